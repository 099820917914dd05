"""The story of a message, told with fakes: it is answered, delivered again, or put aside, and never lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from builders import a_draft, an_object
from fakes import FakeArticles, FakeQueue, FakeSummaries, FakeSummarizer, FakeWriter
from standfirst.domain.article import ArticleId, Regeneration, Upgrade, Upload
from standfirst.domain.errors import (
    GenerationInProgress,
    InvalidMessage,
    LeftToQueue,
    ModelBusy,
    RevisionConflict,
    StoreUnavailable,
)
from standfirst.domain.ports import Message
from standfirst.use_cases.apply_version import Outcome
from standfirst.use_cases.handle_message import HandleMessage
from stories import a_story

MAX_RECEIVES = 5
LAST = MAX_RECEIVES
FAULTS = [
    StoreUnavailable("S3 is slow."),
    RevisionConflict("Changed."),
    GenerationInProgress("At it."),
    ModelBusy("Busy."),
    ZeroDivisionError("a bug"),
]


def read_words(body: str) -> Sequence[Upload | Upgrade | Regeneration]:
    """A message is a list of article ids, with ``^`` for a wish to upgrade, ``*`` to regenerate; ``?`` is not ours."""
    if body == "?":
        raise InvalidMessage("The message is no JSON.")
    return [_wish(ArticleId(word)) for word in body.split()]


def _wish(article_id: ArticleId) -> Upload | Upgrade | Regeneration:
    named = ArticleId(article_id[1:])
    if article_id.startswith("^"):
        return Upgrade(named, "articles", named)
    if article_id.startswith("*"):
        return Regeneration(named, named, "articles", named, "a wish", "an editor")
    return Upload(article_id, "articles", article_id, "0A")


@dataclass
class Desk:
    """The story, and what it is told with."""

    articles: FakeArticles = field(default_factory=lambda: FakeArticles({"a": an_object(), "b": an_object()}))
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    queue: FakeQueue = field(default_factory=FakeQueue)
    chance: float = 0.0

    @property
    def answer(self) -> HandleMessage:
        """With everything faked."""
        story = a_story(self.articles, self.summaries, FakeWriter())
        return HandleMessage(read_words, story, self.queue, MAX_RECEIVES, lambda: self.chance)


@pytest.fixture
def desk() -> Desk:
    """Two articles lie in the bucket."""
    return Desk()


def a_minute() -> float:
    """All the time there is."""
    return 60.0


def test_a_message_is_answered_for_each_article_it_is_about(desk: Desk) -> None:
    """And the queue is left alone."""
    answers = desk.answer(Message("a b ^a *a", 1, "r"), a_minute)

    assert [(answer.article_id, answer.outcome) for answer in answers] == [
        ("a", Outcome.GENERATED),
        ("b", Outcome.GENERATED),
        ("a", Outcome.OUTDATED),
        ("a", Outcome.UNCHANGED),
    ]
    assert (desk.queue.hidden, desk.queue.aside) == ([], [])


def test_a_message_about_no_article_is_let_go(desk: Desk) -> None:
    """Such as S3's test event."""
    assert desk.answer(Message("", 1, "r"), a_minute) == []


def test_a_message_that_is_none_of_ours_is_put_aside_at_once(desk: Desk) -> None:
    """Five deliveries would not make it one."""
    [answer] = desk.answer(Message("?", 1, "r"), a_minute)

    [(message, complaint)] = desk.queue.aside
    assert (answer.outcome, answer.reason) == (Outcome.DEAD_LETTERED, "The message is no JSON.")
    assert (message.body, complaint.article_id, complaint.reason) == ("?", "unknown", "The message is no JSON.")
    assert complaint.remedy


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_what_stands_in_the_way_hides_the_message_and_leaves_it_to_the_queue(desk: Desk, fault: Exception) -> None:
    """Also what nobody foresaw; the handler learns about which article it is."""
    desk.articles.objects["a"] = fault
    message = Message("a", 1, "r")

    with pytest.raises(LeftToQueue, match=str(fault)) as caught:
        desk.answer(message, a_minute)

    assert (caught.value.article_id, caught.value.__cause__) == ("a", fault)
    assert desk.queue.hidden == [(message, 5)]
    assert desk.queue.aside == []


def test_each_delivery_waits_longer_than_the_one_before(desk: Desk) -> None:
    """Whatever is in the way gets time to pass."""
    desk.articles.objects["a"] = StoreUnavailable("S3 is slow.")

    for receive_count in range(1, LAST):
        with pytest.raises(LeftToQueue):
            desk.answer(Message("a", receive_count, "r"), a_minute)

    waits = [seconds for _, seconds in desk.queue.hidden]
    assert waits == sorted(set(waits))
    assert len(waits) == LAST - 1


def test_the_wish_of_the_provider_is_heeded(desk: Desk) -> None:
    """``Retry-After``."""
    desk.articles.objects["a"] = ModelBusy("Busy.", retry_after=120)

    with pytest.raises(LeftToQueue):
        desk.answer(Message("a", 1, "r"), a_minute)

    assert desk.queue.hidden[0][1] == 120


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_at_the_last_delivery_the_message_is_put_aside_with_article_reason_and_remedy(
    desk: Desk, fault: Exception
) -> None:
    """SQS would put it aside without a word."""
    desk.articles.objects["a"] = fault
    message = Message("a", LAST, "r")

    [answer] = desk.answer(message, a_minute)

    [(kept, complaint)] = desk.queue.aside
    assert (answer.article_id, answer.outcome) == ("a", Outcome.DEAD_LETTERED)
    assert (kept, complaint.article_id) == (message, "a")
    assert str(fault) in complaint.reason
    assert "edrive" in complaint.remedy


def test_a_queue_that_does_not_answer_loses_no_message(desk: Desk) -> None:
    """It is delivered again when the queue's own timeout is over, or put aside by SQS itself."""
    desk.articles.objects["a"] = StoreUnavailable("S3 is slow.")
    desk.queue.error = StoreUnavailable("SQS is slow.")

    with pytest.raises(LeftToQueue):
        desk.answer(Message("a", 1, "r"), a_minute)
    with pytest.raises(StoreUnavailable):
        desk.answer(Message("a", LAST, "r"), a_minute)


def test_one_article_of_a_message_in_trouble_is_answered_when_it_comes_again(desk: Desk) -> None:
    """The others need not wait for it, and are not written twice."""
    desk.articles.objects["a"] = StoreUnavailable("S3 is slow.")
    with pytest.raises(LeftToQueue):
        desk.answer(Message("a b", 1, "r"), a_minute)
    desk.articles.objects["a"] = an_object()

    answers = desk.answer(Message("a b", 2, "r"), a_minute)

    assert [answer.outcome for answer in answers] == [Outcome.GENERATED, Outcome.OUTDATED]


def test_a_message_that_no_queue_holds_raises_what_stands_in_its_way(desk: Desk) -> None:
    """Nobody would deliver it again."""
    desk.articles.objects["a"] = StoreUnavailable("S3 is slow.")

    with pytest.raises(StoreUnavailable):
        desk.answer.handle_event("a", a_minute)
    assert desk.queue.hidden == []


def test_a_wish_for_an_upgrade_is_never_put_aside(desk: Desk) -> None:
    """Its article is served, and it is wished for again in an hour."""
    desk.articles.objects["a"] = StoreUnavailable("S3 is slow.")

    [answer] = desk.answer(Message("^a", LAST, "r"), a_minute)

    assert (answer.outcome, answer.trouble) == (Outcome.UNCHANGED, "S3 is slow.")
    assert desk.queue.aside == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_wish_for_a_regeneration_comes_again_and_is_put_aside_in_the_end(desk: Desk, fault: Exception) -> None:
    """Nobody wishes for it a second time: whoever did was told that it will be done."""
    desk.answer(Message("a", 1, "r"), a_minute)
    desk.articles.objects["a"] = fault
    with pytest.raises(LeftToQueue):
        desk.answer(Message("*a", 1, "r"), a_minute)

    [answer] = desk.answer(Message("*a", LAST, "r"), a_minute)

    [(message, complaint)] = desk.queue.aside
    assert (answer.article_id, answer.outcome, len(desk.queue.hidden)) == ("a", Outcome.DEAD_LETTERED, 1)
    assert (message.body, complaint.article_id) == ("*a", "a")
    assert str(fault) in complaint.reason


def test_a_wish_for_a_regeneration_is_answered_without_the_model_at_its_last_delivery(desk: Desk) -> None:
    """What is served stays, and the answer says why nothing came of the wish."""
    busy = ModelBusy("Busy.")
    model = FakeSummarizer([a_draft("One.", "One."), busy, busy])
    answer = replace(desk.answer, summarize=a_story(desk.articles, desk.summaries, FakeWriter(), model))
    answer(Message("a", 1, "r"), a_minute)

    with pytest.raises(LeftToQueue):
        answer(Message("*a", LAST - 1, "r"), a_minute)
    [last] = answer(Message("*a", LAST, "r"), a_minute)

    assert (last.outcome, last.trouble) == (Outcome.UNCHANGED, "Busy.")
    assert desk.queue.aside == []
