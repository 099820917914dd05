"""An article that somebody sends and waits for is answered in time, by the rules of an upload."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from builders import STORY, a_draft, an_attempt, an_object, replace_stored
from fakes import FakeArticles, FakeClock, FakeGenerationCache, FakeSummaries, FakeSummarizer, FakeWriter
from standfirst.domain.article import ArticleId, Document, StoredObject, Upload
from standfirst.domain.deadline import Deadline
from standfirst.domain.errors import (
    ArticleWithdrawn,
    BudgetSpent,
    EmptyDocument,
    InvalidField,
    ModelBusy,
    ModelDown,
    ModelError,
    ModelRefused,
    ModelSwitchedOff,
    ModelUnavailable,
    NotOneArticle,
    RevisionConflict,
    StoreUnavailable,
)
from standfirst.domain.ports import Stored, Transition
from standfirst.domain.record import Degraded, Record, Status, Usage
from standfirst.use_cases.apply_version import Outcome
from standfirst.use_cases.summarize_request import Summarized, SummarizeRequest, refuse_unfit_id
from standfirst.use_cases.summarize_upload import SummarizeUpload
from stories import a_story, choose_default, only, read_lines

ID = ArticleId("politics/ferry.txt")
KEY = f"in/{ID}"
HERS = "Brackenford gets its ferry back, seven years on."
NEWER = "The ferry across the Sele will not return, the town council of Brackenford said on Friday."
FIRST, SECOND, THIRD = (a_draft(f"The {word} text.", f"The {word} summary.") for word in ("first", "second", "third"))
FIRST_SENTENCE = STORY.split("\n\n", maxsplit=1)[0]


def a_document(text: str = STORY, style: str | None = None) -> Document:
    """What somebody sends."""
    return Document(ID, text.encode(), "text/plain", style=style)


@dataclass
class Desk:
    """Everything outside, the story of a request over it, and that of the worker who answers the events meanwhile."""

    articles: FakeArticles = field(default_factory=FakeArticles)
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    model: FakeSummarizer = field(
        default_factory=lambda: FakeSummarizer([FIRST, SECOND, THIRD], unpaid=(ModelUnavailable, ModelError))
    )
    log: FakeGenerationCache = field(default_factory=FakeGenerationCache)
    seconds: float = 25.0
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The worker shares all of it."""
        self.worker: SummarizeUpload = a_story(self.articles, self.summaries, FakeWriter(), self.model, self.log)
        self.story = SummarizeRequest(
            articles=self.articles,
            summaries=self.summaries,
            read=read_lines,
            choose_style=choose_default,
            generate=self.worker.generate,
            clock=FakeClock(),
            bucket="articles",
            prefix="in/",
            sleep=self.sleep,
        )

    def sleep(self, seconds: float) -> None:
        """Let time pass, and the next thing happen."""
        self.waits.append(seconds)
        self.seconds -= seconds
        if self.meanwhile:
            self.meanwhile.pop(0)()

    def post(self, text: str = STORY, article_id: ArticleId | None = ID) -> Summarized:
        """What comes of sending ``text``."""
        return self.story(a_document(text), article_id, "a caller", Deadline(0, clock=lambda: -self.seconds))

    def tell(self, sequencer: str) -> Outcome:
        """The worker answers an event."""
        upload = Upload(ID, "articles", KEY, sequencer)
        return only(self.worker(upload, an_attempt())).outcome

    def upload(self, text: str, sequencer: str) -> Outcome:
        """Somebody else puts ``text``, and the worker answers the event."""
        self.articles.objects[KEY] = an_object(text, name=KEY, etag=f"e{sequencer}")
        return self.tell(sequencer)

    def says(self, status: Status, **changes: object) -> None:
        """A person edits, approves or rejects what is current."""
        stored = self.summaries.current(ID)
        assert stored
        update = {"status": status, "revision": stored.record.revision + 1, "updated_by": "an editor", **changes}
        replace_stored(self.summaries, stored, stored.record.model_copy(update=update))

    def after_look(self, happens: Callable[[], object]) -> None:
        """Have something happen once, between the look at what is stored and whatever follows it, when all is put."""
        left = [happens]

        def fetch(upload: Upload) -> StoredObject:
            found = FakeArticles.fetch(self.articles, upload)
            if left:
                left.pop()()
            return found

        self.story = replace(self.story, articles=Watched(self.articles, fetch))

    @property
    def revisions(self) -> Sequence[Record]:
        """Every revision."""
        return self.summaries.revisions[ID]


@dataclass
class Watched:
    """A bucket in which something happens while it is read."""

    articles: FakeArticles
    fetch: Callable[[Upload], StoredObject]

    def put(self, bucket: str, document: Document, request_id: str) -> None:
        """As ever."""
        self.articles.put(bucket, document, request_id)


@pytest.fixture
def desk() -> Desk:
    """Nothing is known of the article."""
    return Desk()


# ----------------------------------------------------------------------------------------------------------------------
# Without an id
# ----------------------------------------------------------------------------------------------------------------------


def test_an_article_without_an_id_is_answered_and_stored_nowhere(desk: Desk) -> None:
    """Neither in the bucket nor in the table."""
    summarized = desk.post(article_id=None)

    record = summarized.record
    assert (record.standfirst, record.status, summarized.is_stored) == (
        FIRST.texts["standfirst"],
        Status.GENERATED,
        False,
    )
    assert (record.article_id, record.revision, record.updated_by) == ("", 1, "a caller")
    assert (record.article.bucket, record.article.key, record.article.words) == (None, "", 45)
    assert (desk.articles.objects, desk.summaries.revisions) == ({}, {})


def test_an_article_without_an_id_is_paid_once(desk: Desk) -> None:
    """By whatever name it comes later."""
    desk.post(article_id=None)

    desk.post()

    assert len(desk.model.assignments) == 1


# ----------------------------------------------------------------------------------------------------------------------
# With an id
# ----------------------------------------------------------------------------------------------------------------------


def test_an_article_with_an_id_is_put_into_the_bucket_and_stored(desk: Desk) -> None:
    """The bucket is the source of truth; who sent it stands on the revision."""
    summarized = desk.post()

    record = summarized.record
    assert (summarized.is_stored, summarized.is_new) == (True, True)
    assert (record.standfirst, record.revision, record.updated_by) == (FIRST.texts["standfirst"], 1, "a caller")
    assert (record.article.bucket, record.article.key, record.article.etag) == ("articles", KEY, "put 1")
    assert desk.revisions == [record]
    assert desk.articles.objects[KEY].document == replace(a_document(), name=KEY)  # type: ignore[union-attr]


def test_the_text_is_paid_for_before_anybody_can_hear_of_the_article(desk: Desk) -> None:
    """A worker that answers the event at once neither waits for us nor makes us wait."""
    put, paid = desk.articles.put, []

    def put_and_count(bucket: str, document: Document, request_id: str) -> None:
        paid.append(len(desk.log.kept))
        put(bucket, document, request_id)
        desk.tell("0B")

    desk.articles.put = put_and_count  # type: ignore[method-assign]

    record = desk.post().record

    assert (record.updated_by, record.article.sequencer) == ("a caller", "0B")
    assert (paid, desk.waits, len(desk.model.assignments)) == ([1], [], 1)


def test_the_event_of_what_was_put_finds_it_answered(desk: Desk) -> None:
    """Though nobody knew of it before, and one that is older is let go from then on."""
    desk.post()

    assert desk.tell("0B") is Outcome.UNCHANGED
    assert desk.tell("0A") is Outcome.OUTDATED
    assert (len(desk.revisions), len(desk.model.assignments)) == (1, 1)


def test_the_same_article_again_is_answered_with_what_is_stored(desk: Desk) -> None:
    """It is paid once, and new once."""
    first = desk.post()

    again = desk.post()

    assert (again.record, again.is_stored, again.is_new) == (first.record, True, False)
    assert len(desk.model.assignments) == 1


def test_another_text_under_the_same_id_is_its_next_revision(desk: Desk) -> None:
    """It answers the same events as before: the one of what was put is still to come."""
    desk.upload(STORY, "0A")

    summarized = desk.post(NEWER)

    assert (summarized.record.standfirst, summarized.record.revision) == (SECOND.texts["standfirst"], 2)
    assert (summarized.is_new, summarized.record.article.sequencer) == (False, "0A")
    assert desk.tell("0B") is Outcome.UNCHANGED


@pytest.mark.parametrize("status", [Status.EDITED, Status.APPROVED])
def test_a_persons_words_stay_and_the_new_text_waits(desk: Desk, status: Status) -> None:
    """What is answered is what is served; the number of what waits stands on it."""
    desk.upload(STORY, "0A")
    desk.says(status, standfirst=HERS)

    record = desk.post(NEWER).record

    assert (record.standfirst, record.status, record.stale) == (HERS, status, True)
    assert record.pending == 3
    assert (desk.revisions[2].standfirst, desk.revisions[3]) == (SECOND.texts["standfirst"], record)


def test_what_waits_already_is_not_written_again(desk: Desk) -> None:
    """The same article is sent twice."""
    desk.upload(STORY, "0A")
    desk.says(Status.EDITED, standfirst=HERS)
    first = desk.post(NEWER)

    assert desk.post(NEWER).record == first.record
    assert len(desk.model.assignments) == 2


def test_an_article_that_was_deleted_comes_back(desk: Desk) -> None:
    """The event of its deletion may come late: the bucket is asked what is there."""
    desk.upload(STORY, "0A")
    desk.articles.objects.clear()
    desk.tell("0B")

    summarized = desk.post()

    assert (summarized.record.status, summarized.record.revision, summarized.is_new) == (Status.GENERATED, 3, False)
    assert desk.tell("0BB") is Outcome.UNCHANGED


# ----------------------------------------------------------------------------------------------------------------------
# What cannot be summarised
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (a_document(""), EmptyDocument),
        (a_document(style="tabloid"), InvalidField),
        (a_document(f"# one\n{STORY}\n# two\n{STORY}"), NotOneArticle),
        (a_document(f"# one\n{STORY}"), NotOneArticle),
    ],
    ids=["unreadable", "unknown style", "a package", "a package of one"],
)
@pytest.mark.parametrize("article_id", [None, ID], ids=["without an id", "with an id"])
def test_what_cannot_be_read_is_said_to_whoever_sends_it(
    desk: Desk, document: Document, error: type[Exception], article_id: ArticleId | None
) -> None:
    """Nothing is stored, and nothing paid."""
    with pytest.raises(error):
        desk.story(document, article_id, "a caller", lambda: 25.0)

    assert (desk.articles.objects, desk.summaries.revisions, desk.model.assignments) == ({}, {}, [])


@pytest.mark.parametrize(
    "article_id",
    ["", "/a", "a/", "a//b", ".", "a/../b", "./a", "a\nb", "a\x7f", "a\ud800", "ü" * 511],
    ids=[
        "nothing",
        "slash first",
        "slash last",
        "two slashes",
        "a dot",
        "dots",
        "dot first",
        "a line",
        "delete",
        "half a character",
        "too long behind the prefix",
    ],
)
def test_an_id_that_no_object_can_have_is_refused(desk: Desk, article_id: str) -> None:
    """Before anything is paid."""
    with pytest.raises(InvalidField) as caught:
        desk.post(article_id=ArticleId(article_id))

    assert caught.value.field == "article_id"
    assert (desk.articles.objects, desk.model.assignments) == ({}, [])


@pytest.mark.parametrize(
    "article_id", ["a", "Élysée/日本 🚢 + 100%.txt", "...", "a/.b", "a..b/c", "ü" * 510 + "x"], ids=ascii
)
def test_any_other_id_will_do(article_id: str) -> None:
    """As long as S3 takes it."""
    refuse_unfit_id(ArticleId(article_id), "in/")


# ----------------------------------------------------------------------------------------------------------------------
# In time
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("article_id", [None, ID], ids=["without an id", "with an id"])
@pytest.mark.parametrize(
    ("error", "why"),
    [
        (ModelDown("too late"), Degraded.MODEL_UNAVAILABLE),
        (ModelBusy("busy", retry_after=60), Degraded.MODEL_UNAVAILABLE),
        (ModelSwitchedOff("open"), Degraded.MODEL_UNAVAILABLE),
        (BudgetSpent("spent"), Degraded.BUDGET),
        (ModelRefused("no"), Degraded.REFUSED),
    ],
    ids=["down", "busy for long", "breaker open", "budget spent", "refused"],
)
def test_the_articles_own_sentences_answer_where_the_model_does_not(
    desk: Desk, article_id: ArticleId | None, error: Exception, why: Degraded
) -> None:
    """Nobody waits, or asks again, where the model does not say when it can be had, or says that it is a long time."""
    desk.model.script = [error]

    record = desk.post(article_id=article_id).record

    assert record.made_by
    assert (record.standfirst, record.made_by.degraded, desk.waits) == (FIRST_SENTENCE, why, [])


def test_a_model_that_can_be_had_in_a_moment_is_waited_for(desk: Desk) -> None:
    """As long as there is time for it to write."""
    desk.model.script = [ModelBusy("busy", retry_after=3), FIRST]

    assert desk.post().record.standfirst == FIRST.texts["standfirst"]
    assert desk.waits == [3]


def test_a_model_is_not_waited_for_when_it_would_have_no_time_to_write(desk: Desk) -> None:
    """It would be paid for, and not waited for."""
    desk.model.script = [ModelBusy("busy", retry_after=3)] * 9

    desk.post()

    # 25 seconds less two waits leave 19; a third one would leave less than a call needs.
    assert desk.waits == [3, 3]


def test_a_call_that_was_not_answered_in_time_may_cost_something_all_the_same(desk: Desk) -> None:
    """Nobody knows what, and the record says so."""
    desk.model.script, desk.model.bills, desk.model.unpaid = [ModelDown("late")], [Usage(cost_usd=None)], ()

    record = desk.post().record

    assert record.usage
    assert record.usage.cost_usd is None


def test_what_stood_in_is_the_models_to_write_when_the_event_comes(desk: Desk) -> None:
    """The worker has more time."""
    desk.model.script = [ModelDown("too late"), FIRST]
    desk.post()

    assert desk.tell("0B") is Outcome.GENERATED
    assert desk.revisions[-1].standfirst == FIRST.texts["standfirst"]


def test_somebody_else_who_writes_about_the_same_text_is_waited_for(desk: Desk) -> None:
    """It is paid once."""
    mark = paid_by_somebody_else(desk)
    desk.meanwhile = [lambda: None, lambda: desk.log.in_progress.discard(mark)]

    assert desk.post().record.standfirst == FIRST.texts["standfirst"]
    assert len(desk.waits) == 2


def test_somebody_else_who_writes_for_too_long_is_not_waited_for(desk: Desk) -> None:
    """The answer still comes in time."""
    paid_by_somebody_else(desk)

    record = desk.post().record

    assert record.standfirst == FIRST_SENTENCE
    assert desk.seconds >= 2


def paid_by_somebody_else(desk: Desk) -> str:
    """The mark under which somebody is writing about the story at this moment."""
    elsewhere = FakeGenerationCache()
    Desk(log=elsewhere).post(article_id=None)
    [mark] = elsewhere.kept
    desk.log.in_progress.add(mark)
    return mark


# ----------------------------------------------------------------------------------------------------------------------
# Others come between
# ----------------------------------------------------------------------------------------------------------------------


def test_a_worker_who_saves_first_has_answered_for_us(desk: Desk) -> None:
    """The event of our own upload is quick; its text was paid for before, and is credited to the caller."""
    desk.after_look(lambda: desk.tell("0B"))

    summarized = desk.post()

    assert (summarized.record.updated_by, summarized.record.article.sequencer) == ("a caller", "0B")
    assert summarized.is_new
    assert (len(desk.revisions), len(desk.model.assignments)) == (1, 1)


def test_a_worker_who_has_begun_stores_the_first_revision(desk: Desk) -> None:
    """Only the worker knows which parts the document had; we look again until it is there."""
    desk.after_look(lambda: desk.summaries.claim_event(ID, "0B"))
    desk.meanwhile = [lambda: None, lambda: desk.tell("0B")]

    record = desk.post().record

    assert (record.updated_by, record.article.sequencer) == ("a caller", "0B")
    assert desk.waits == [0.25, 0.25]


def test_a_worker_who_never_comes_to_an_end_is_not_waited_for(desk: Desk) -> None:
    """The article lies in the bucket, its text is paid for, and whoever asks again is answered at once."""
    desk.summaries.claim_event(ID, "0B")

    with pytest.raises(RevisionConflict):
        desk.post()

    assert 2 <= desk.seconds < 4
    assert KEY in desk.articles.objects


def test_a_newer_upload_wins_and_is_what_is_answered(desk: Desk) -> None:
    """The article that was sent is no longer what lies in the bucket."""
    desk.upload(STORY, "0A")
    desk.after_look(lambda: desk.upload("Something newer still is said of the ferry.", "0C"))

    record = desk.post(NEWER).record

    assert record == desk.revisions[-1]
    assert (record.standfirst, record.article.etag) == (THIRD.texts["standfirst"], "e0C")


def test_a_newer_upload_whose_event_is_late_is_answered_all_the_same(desk: Desk) -> None:
    """What lies in the bucket is what counts."""
    put = desk.articles.put

    def put_and_be_overtaken(bucket: str, document: Document, request_id: str) -> None:
        put(bucket, document, request_id)
        desk.articles.objects[KEY] = an_object(NEWER, name=KEY, etag="e2")

    desk.articles.put = put_and_be_overtaken  # type: ignore[method-assign]

    record = desk.post(STORY).record

    assert (record.standfirst, record.article.etag) == (SECOND.texts["standfirst"], "e2")
    assert desk.tell("0B") is Outcome.UNCHANGED


def test_a_person_who_edits_meanwhile_is_not_overwritten(desk: Desk) -> None:
    """We look again, and her words stay."""
    desk.upload(STORY, "0A")
    desk.after_look(lambda: desk.says(Status.EDITED, standfirst=HERS))

    record = desk.post(NEWER).record

    assert (record.standfirst, record.stale) == (HERS, True)
    assert len(desk.model.assignments) == 2


def test_an_article_that_is_deleted_meanwhile_is_said_to_be(desk: Desk) -> None:
    """An event tells the worker."""
    put = desk.articles.put

    def put_and_delete(bucket: str, document: Document, request_id: str) -> None:
        put(bucket, document, request_id)
        desk.articles.objects.clear()

    desk.articles.put = put_and_delete  # type: ignore[method-assign]

    with pytest.raises(ArticleWithdrawn):
        desk.post()
    assert desk.summaries.revisions == {}


def test_a_package_that_takes_its_place_meanwhile_is_left_to_its_event(desk: Desk) -> None:
    """Whoever sends the article again is the latest."""
    put = desk.articles.put

    def put_and_be_overtaken(bucket: str, document: Document, request_id: str) -> None:
        put(bucket, document, request_id)
        desk.articles.objects[KEY] = an_object(f"# one\n{STORY}\n# two\n{NEWER}", name=KEY)

    desk.articles.put = put_and_be_overtaken  # type: ignore[method-assign]

    with pytest.raises(RevisionConflict, match="package"):
        desk.post()
    assert desk.summaries.revisions == {}


def test_an_article_where_a_package_was_is_stored_by_its_event(desk: Desk) -> None:
    """Which knows the parts that have to go."""
    desk.articles.objects[KEY] = an_object(f"# one\n{STORY}\n# two\n{NEWER}", name=KEY)
    desk.worker(Upload(ID, "articles", KEY, "0A"), an_attempt())
    desk.meanwhile = [lambda: desk.worker(Upload(ID, "articles", KEY, "0B"), an_attempt())]

    record = desk.post().record

    assert (record.article_id, record.status) == (ID, Status.GENERATED)
    assert desk.summaries.revisions[ArticleId(f"{ID}/one")][-1].status is Status.WITHDRAWN


# ----------------------------------------------------------------------------------------------------------------------
# The stores
# ----------------------------------------------------------------------------------------------------------------------


def test_a_store_that_stumbles_is_asked_again(desk: Desk) -> None:
    """What was written is not written again."""
    desk.story = replace(desk.story, summaries=Stumbling(desk.summaries, 1))

    assert desk.post().record.standfirst == FIRST.texts["standfirst"]
    assert (len(desk.model.assignments), desk.waits) == (1, [0.25])


def test_a_store_that_does_not_answer_is_said_to_whoever_waits(desk: Desk) -> None:
    """While there is still time to say it."""
    desk.story = replace(desk.story, summaries=Stumbling(desk.summaries, 1_000))

    with pytest.raises(StoreUnavailable):
        desk.post()
    assert desk.seconds >= 2


@dataclass
class Stumbling(FakeSummaries):
    """A table that does not take the first so many records."""

    def __init__(self, summaries: FakeSummaries, stumbles: int) -> None:
        """Over the same table."""
        super().__init__(summaries.revisions, summaries.answered, summaries.packages, summaries.due, summaries.claimed)
        self.stumbles = stumbles

    def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
        """Or not."""
        if self.stumbles and transition:
            self.stumbles -= 1
            raise StoreUnavailable("throttled")
        super().apply(transition, expected, event)
