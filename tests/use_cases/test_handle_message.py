"""``HandleMessage`` over fakes: a message is processed, redelivered or dead-lettered, and never lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from builders import a_draft, an_object
from fakes import FakeArticles, FakeQueue, FakeSummaries, FakeSummarizer, FakeWriter
from standfirst.domain.article import ArticleId, Backfill, Regeneration, Upgrade, Upload
from standfirst.domain.errors import (
    BudgetSpent,
    GenerationInProgress,
    InvalidMessage,
    LeftToQueue,
    ModelBusy,
    ModelSwitchedOff,
    RevisionConflict,
    StoreRefused,
    StoreUnavailable,
)
from standfirst.domain.ports import Message
from standfirst.use_cases.apply_version import Outcome
from standfirst.use_cases.handle_message import Command, HandleMessage
from use_case import a_use_case

MAX_RECEIVES = 5
LAST = MAX_RECEIVES
FAULTS = [
    StoreUnavailable("S3 is slow."),
    RevisionConflict("Changed."),
    GenerationInProgress("At it."),
    ModelBusy("Busy."),
    ZeroDivisionError("a bug"),
]


def read_words(body: str) -> Sequence[Command]:
    """A message is a list of article ids; ``?`` is not ours.

    They begin with ``^`` for an upgrade, ``*`` for a regeneration and ``+`` for a backfill.
    """
    if body == "?":
        raise InvalidMessage("The message is no JSON.")
    return [_command(ArticleId(word)) for word in body.split()]


def _command(article_id: ArticleId) -> Command:
    named = ArticleId(article_id[1:])
    if article_id.startswith("^"):
        return Upgrade(named, "articles", named)
    if article_id.startswith("+"):
        return Backfill(named, "articles", named, "a run")
    if article_id.startswith("*"):
        return Regeneration(named, named, "articles", named, "a request", "an editor")
    return Upload(article_id, "articles", article_id, "0A")


@dataclass
class Worker:
    """The use case, and the fakes around it."""

    articles: FakeArticles = field(default_factory=lambda: FakeArticles({"a": an_object(), "b": an_object()}))
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    queue: FakeQueue = field(default_factory=FakeQueue)
    chance: float = 0.0

    @property
    def handle(self) -> HandleMessage:
        """With everything faked."""
        summarize = a_use_case(self.articles, self.summaries, FakeWriter())
        return HandleMessage(read_words, summarize, self.queue, MAX_RECEIVES, lambda: self.chance)


@pytest.fixture
def worker() -> Worker:
    """Two articles lie in the bucket."""
    return Worker()


def a_minute() -> float:
    """All the time there is."""
    return 60.0


def test_a_message_is_answered_for_each_article_it_is_about(worker: Worker) -> None:
    """And the queue is left alone."""
    results = worker.handle(Message("a b ^a *a", 1, "r"), a_minute)

    assert [(result.article_id, result.outcome) for result in results] == [
        ("a", Outcome.GENERATED),
        ("b", Outcome.GENERATED),
        ("a", Outcome.OUTDATED),
        ("a", Outcome.UNCHANGED),
    ]
    assert (worker.queue.hidden, worker.queue.dead_letters) == ([], [])


def test_a_message_about_no_article_is_acknowledged(worker: Worker) -> None:
    """Such as S3's test event."""
    assert worker.handle(Message("", 1, "r"), a_minute) == []


def test_an_invalid_message_is_dead_lettered_at_once(worker: Worker) -> None:
    """Five deliveries would not make it one."""
    [result] = worker.handle(Message("?", 1, "r"), a_minute)

    [(message, reason)] = worker.queue.dead_letters
    assert (result.outcome, result.reason) == (Outcome.DEAD_LETTERED, "The message is no JSON.")
    assert (message.body, reason.article_id, reason.reason) == ("?", "unknown", "The message is no JSON.")
    assert reason.remedy


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_an_error_hides_the_message_and_leaves_it_to_the_queue(worker: Worker, fault: Exception) -> None:
    """Also what nobody foresaw; the handler learns about which article it is."""
    worker.articles.objects["a"] = fault
    message = Message("a", 1, "r")

    with pytest.raises(LeftToQueue, match=str(fault)) as caught:
        worker.handle(message, a_minute)

    assert (caught.value.article_id, caught.value.__cause__) == ("a", fault)
    assert worker.queue.hidden == [(message, 5)]
    assert worker.queue.dead_letters == []


def test_each_delivery_waits_longer_than_the_one_before(worker: Worker) -> None:
    """Whatever is in the way gets time to pass."""
    worker.articles.objects["a"] = StoreUnavailable("S3 is slow.")

    for receive_count in range(1, LAST):
        with pytest.raises(LeftToQueue):
            worker.handle(Message("a", receive_count, "r"), a_minute)

    waits = [seconds for _, seconds in worker.queue.hidden]
    assert waits == sorted(set(waits))
    assert len(waits) == LAST - 1


def test_retry_after_is_heeded(worker: Worker) -> None:
    """``Retry-After``."""
    worker.articles.objects["a"] = ModelBusy("Busy.", retry_after=120)

    with pytest.raises(LeftToQueue):
        worker.handle(Message("a", 1, "r"), a_minute)

    assert worker.queue.hidden[0][1] == 120


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_at_the_last_delivery_the_message_is_dead_lettered_with_article_reason_and_remedy(
    worker: Worker, fault: Exception
) -> None:
    """SQS would put it aside without a word."""
    worker.articles.objects["a"] = fault
    message = Message("a", LAST, "r")

    [result] = worker.handle(message, a_minute)

    [(kept, reason)] = worker.queue.dead_letters
    assert (result.article_id, result.outcome) == ("a", Outcome.DEAD_LETTERED)
    assert (kept, reason.article_id) == (message, "a")
    assert str(fault) in reason.reason
    assert "edrive" in reason.remedy


def test_a_queue_that_does_not_answer_loses_no_message(worker: Worker) -> None:
    """It is delivered again when the queue's own timeout is over, or moved by SQS itself."""
    worker.articles.objects["a"] = StoreUnavailable("S3 is slow.")
    worker.queue.error = StoreUnavailable("SQS is slow.")

    with pytest.raises(LeftToQueue):
        worker.handle(Message("a", 1, "r"), a_minute)
    with pytest.raises(StoreUnavailable):
        worker.handle(Message("a", LAST, "r"), a_minute)


def test_one_article_of_a_message_in_trouble_is_answered_when_it_comes_again(worker: Worker) -> None:
    """The others need not wait for it, and are not written twice."""
    worker.articles.objects["a"] = StoreUnavailable("S3 is slow.")
    with pytest.raises(LeftToQueue):
        worker.handle(Message("a b", 1, "r"), a_minute)
    worker.articles.objects["a"] = an_object()

    results = worker.handle(Message("a b", 2, "r"), a_minute)

    assert [result.outcome for result in results] == [Outcome.GENERATED, Outcome.OUTDATED]


def test_a_direct_invocation_raises_the_error(worker: Worker) -> None:
    """Nobody would deliver it again."""
    worker.articles.objects["a"] = StoreUnavailable("S3 is slow.")

    with pytest.raises(StoreUnavailable):
        worker.handle.handle_direct_invocation("a", a_minute)
    assert worker.queue.hidden == []


def test_an_upgrade_is_never_dead_lettered(worker: Worker) -> None:
    """Its article has a text, and it is scheduled again in an hour."""
    worker.articles.objects["a"] = StoreUnavailable("S3 is slow.")

    [result] = worker.handle(Message("^a", LAST, "r"), a_minute)

    assert (result.outcome, result.trouble) == (Outcome.UNCHANGED, "S3 is slow.")
    assert worker.queue.dead_letters == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_regeneration_is_redelivered_and_dead_lettered_in_the_end(worker: Worker, fault: Exception) -> None:
    """Nobody requests it a second time: it was accepted."""
    worker.handle(Message("a", 1, "r"), a_minute)
    worker.articles.objects["a"] = fault
    with pytest.raises(LeftToQueue):
        worker.handle(Message("*a", 1, "r"), a_minute)

    [result] = worker.handle(Message("*a", LAST, "r"), a_minute)

    [(message, reason)] = worker.queue.dead_letters
    assert (result.article_id, result.outcome, len(worker.queue.hidden)) == ("a", Outcome.DEAD_LETTERED, 1)
    assert (message.body, reason.article_id) == ("*a", "a")
    assert str(fault) in reason.reason


def test_a_regeneration_is_answered_without_the_model_at_its_last_delivery(worker: Worker) -> None:
    """What is served stays, and the answer says why nothing came of it."""
    busy = ModelBusy("Busy.")
    model = FakeSummarizer([a_draft("One.", "One."), busy, busy])
    answer = replace(worker.handle, summarize=a_use_case(worker.articles, worker.summaries, FakeWriter(), model))
    answer(Message("a", 1, "r"), a_minute)

    with pytest.raises(LeftToQueue):
        answer(Message("*a", LAST - 1, "r"), a_minute)
    [last] = answer(Message("*a", LAST, "r"), a_minute)

    assert (last.outcome, last.trouble) == (Outcome.UNCHANGED, "Busy.")
    assert worker.queue.dead_letters == []


@pytest.mark.parametrize(
    ("fault", "shortest", "longest"),
    [(BudgetSpent("Spent.", 7_200), 7_200, 7_300), (ModelSwitchedOff("Open."), 1, 10), (ModelBusy("Busy."), 1, 10)],
    ids=["until the next day", "the breaker", "busy"],
)
def test_a_backfill_waits_for_the_model(worker: Worker, fault: Exception, shortest: int, longest: int) -> None:
    """Nothing is written in its place; at the last delivery a person is told what to do."""
    model = FakeSummarizer([fault, fault], unpaid=(type(fault),))
    handle = replace(worker.handle, summarize=a_use_case(worker.articles, worker.summaries, FakeWriter(), model))

    with pytest.raises(LeftToQueue):
        handle(Message("+a", 1, "r"), a_minute)
    [(_, seconds)] = worker.queue.hidden
    [result] = handle(Message("+a", LAST, "r"), a_minute)

    assert shortest <= seconds <= longest
    assert not worker.summaries.revisions
    [(_, reason)] = worker.queue.dead_letters
    assert (result.outcome, reason.article_id, reason.reason) == (Outcome.DEAD_LETTERED, "a", str(fault))
    assert "edrive" in reason.remedy


@pytest.mark.parametrize("received", [1, LAST])
def test_what_the_store_refuses_for_good_is_dead_lettered_at_once(worker: Worker, received: int) -> None:
    """With what to do about it, which is not to look after S3 and DynamoDB; an upgrade only says so."""
    worker.articles.objects["a"] = StoreRefused("Too large.")

    [upload, upgrade, other] = worker.handle(Message("a ^a b", received, "r"), a_minute)

    assert (upload.outcome, upload.reason) == (Outcome.DEAD_LETTERED, "Too large.")
    assert (upgrade.outcome, upgrade.trouble) == (Outcome.UNCHANGED, "Too large.")
    assert other.outcome is Outcome.GENERATED
    [(_, reason)] = worker.queue.dead_letters
    assert reason.remedy == StoreRefused.remedy
    assert not worker.queue.hidden
