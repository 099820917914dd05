"""``EraseSummary`` over fakes: what is erased, what stays, and what may not come back."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace

import pytest

from builders import A_MINUTE, STORY, a_draft, an_attempt, an_object, an_upload, replace_stored
from fakes import FakeArticles, FakeClock, FakeGenerationCache, FakeSummaries, FakeSummarizer, FakeWriter
from standfirst.domain.article import Article, ArticleId, Regeneration, Upload
from standfirst.domain.change_event import ChangeEventType, change_event_type
from standfirst.domain.errors import (
    ArticleWithdrawn,
    InvalidField,
    ReadingError,
    RevisionConflict,
    StoreUnavailable,
    SummaryNotFound,
)
from standfirst.domain.ports import Assignment, Generation, Stored, Transition
from standfirst.domain.record import OverruledFinding, Record, Status
from standfirst.domain.review import SummaryPatch
from standfirst.domain.usage import Usage
from standfirst.use_cases.apply_version import Outcome
from standfirst.use_cases.erase_summary import EraseSummary
from standfirst.use_cases.review_summary import Checked, ReviewSummary
from standfirst.use_cases.summarize_request import SummarizeRequest
from use_case import a_use_case, only, read_lines

ID = ArticleId("politics/ferry.txt")
LEGAL = "arn:aws:iam::123456789012:user/legal"
NEWER = "The ferry across the Sele will not return, the town council of Brackenford said on Friday."
OTHER = "A bridge across the Sele is to be built instead, the town council of Brackenford said on Monday."


@dataclass
class InterruptedSummaries(FakeSummaries):
    """A table that fails once where ``fails`` says."""

    fails: str | None = None

    def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
        """See ``FakeSummaries``."""
        self._fail("apply")
        super().apply(transition, expected, event)

    def erase(self, article_id: ArticleId, before: int) -> None:
        """See ``FakeSummaries``; deletes some before it fails."""
        if self.fails == "erase":
            del self.revisions[article_id][0]
        self._fail("erase")
        super().erase(article_id, before)

    def _fail(self, step: str) -> None:
        if self.fails == step:
            self.fails = None
            raise StoreUnavailable(step)


@dataclass
class InterruptedCache(FakeGenerationCache):
    """A cache that fails once."""

    fails: bool = False

    def forget(self, content: str) -> None:
        """See ``FakeGenerationCache``."""
        if self.fails:
            self.fails = False
            raise StoreUnavailable("forget")
        super().forget(content)


@dataclass
class Newsroom:
    """A bucket, a table, a model and its cache; the worker's use case and that of takedowns over them."""

    articles: FakeArticles = field(default_factory=FakeArticles)
    summaries: InterruptedSummaries = field(default_factory=InterruptedSummaries)
    cache: InterruptedCache = field(default_factory=InterruptedCache)
    model: FakeSummarizer = field(
        default_factory=lambda: FakeSummarizer([a_draft(f"Text {n}.", f"Summary {n}.") for n in range(9)])
    )
    uploads: int = 0

    @property
    def erase(self) -> EraseSummary:
        """The use case."""
        return EraseSummary(
            self.summaries, self.summaries.reviews, self.articles, self.cache, read_lines, FakeClock(), prefix=""
        )

    def upload(self, text: str, etag: str | None = None) -> Outcome:
        """Put ``text``, and handle its event."""
        self.articles.objects[ID] = an_object(text, etag=etag or f"e{self.uploads}")
        return self.handle_event()

    def handle_event(self) -> Outcome:
        """Handle an event of what is in the bucket."""
        self.uploads += 1
        worker = a_use_case(self.articles, self.summaries, FakeWriter(), self.model, self.cache)
        return only(worker(an_upload(sequencer=f"{self.uploads:04}"), an_attempt())).outcome

    def handle_event_of_package(self) -> None:
        """Handle an event of a package that is in the bucket."""
        self.uploads += 1
        worker = a_use_case(self.articles, self.summaries, FakeWriter())
        worker(an_upload(sequencer=f"{self.uploads:04}"), an_attempt())

    @property
    def records(self) -> list[Record]:
        """All that is stored."""
        return self.summaries.revisions[ID]


@pytest.fixture
def newsroom() -> Newsroom:
    """With one article in two versions, the second of which waits beside an editor's words."""
    newsroom = Newsroom()
    newsroom.upload(STORY)
    stored = newsroom.summaries.current(ID)
    assert stored
    replace_stored(
        newsroom.summaries, stored, stored.record.model_copy(update={"revision": 2, "status": Status.EDITED})
    )
    newsroom.upload(NEWER)
    newsroom.summaries.record_request(ID, "r1", "a caller")
    return newsroom


def is_erased(newsroom: Newsroom) -> bool:
    """Whether nothing is left but who erased what and when."""
    [record] = newsroom.records
    has_text = any(record.texts.values()) or record.headline or record.article.standfirst
    return not (has_text or newsroom.cache.kept or newsroom.summaries.requests) and record.erased_by == LEGAL


def test_nothing_is_left_but_who_erased_what_and_when(newsroom: Newsroom) -> None:
    """Revisions, the pending one, generated texts and requests; subscribers are told to take it down."""
    assert (len(newsroom.records), len(newsroom.cache.kept)) == (4, 2)

    record = newsroom.erase(ID, LEGAL)

    assert newsroom.records == [record]
    assert is_erased(newsroom)
    assert (record.status, record.revision, record.updated_by) == (Status.WITHDRAWN, 5, LEGAL)
    assert record.erased_at == record.updated_at
    assert change_event_type(record) is ChangeEventType.WITHDRAWN
    assert ID in newsroom.articles.objects


def test_a_takedown_may_be_repeated(newsroom: Newsroom) -> None:
    """The first one counts."""
    first = newsroom.erase(ID, LEGAL)

    assert newsroom.erase(ID, "somebody else") == first
    assert newsroom.records == [first]


@pytest.mark.parametrize("step", ["apply", "forget", "erase"])
def test_a_takedown_that_was_interrupted_goes_on_when_it_is_repeated(newsroom: Newsroom, step: str) -> None:
    """Wherever it stopped; and nothing is served in between, once it has begun."""
    newsroom.cache.fails = step == "forget"
    newsroom.summaries.fails = step

    with pytest.raises(StoreUnavailable):
        newsroom.erase(ID, LEGAL)
    newsroom.cache.fails, newsroom.summaries.fails = False, None
    newsroom.erase(ID, LEGAL)

    assert is_erased(newsroom)


@pytest.mark.parametrize("text", [STORY, NEWER], ids=["older version", "newest version"])
def test_erased_content_stays_erased_if_it_is_uploaded_again(newsroom: Newsroom, text: str) -> None:
    """Also a version before the last one; the model is not asked."""
    newsroom.erase(ID, LEGAL)
    asked = len(newsroom.model.assignments)

    assert newsroom.upload(text, etag="another object") is Outcome.UNCHANGED
    assert is_erased(newsroom)
    assert len(newsroom.model.assignments) == asked


def test_a_version_that_was_in_the_bucket_stays_erased_though_its_event_comes_later(newsroom: Newsroom) -> None:
    """It was there when the takedown came."""
    newsroom.articles.objects[ID] = an_object(OTHER, etag="late")
    newsroom.erase(ID, LEGAL)

    assert newsroom.handle_event() is Outcome.UNCHANGED
    assert newsroom.upload(OTHER, etag="uploaded again") is Outcome.UNCHANGED
    assert is_erased(newsroom)


def test_other_content_under_the_id_is_a_new_summary_and_what_was_erased_does_not_come_back(newsroom: Newsroom) -> None:
    """Whatever came between."""
    erased = newsroom.erase(ID, LEGAL)

    assert newsroom.upload(OTHER) is Outcome.GENERATED
    assert newsroom.upload(STORY) is Outcome.WITHDRAWN
    assert [record.status for record in newsroom.records] == [Status.WITHDRAWN, Status.GENERATED, Status.WITHDRAWN]
    again = newsroom.erase(ID, "somebody else")
    assert newsroom.records == [erased, again]
    assert newsroom.upload(NEWER) is Outcome.UNCHANGED


def test_a_regeneration_that_was_queued_before_brings_nothing_back(newsroom: Newsroom) -> None:
    """Neither of what is erased, nor once other content is there."""
    command = Regeneration(ID, ID, "articles", ID, "r2", "an editor")
    worker = a_use_case(newsroom.articles, newsroom.summaries, FakeWriter(), newsroom.model, newsroom.cache)
    newsroom.erase(ID, LEGAL)
    assert only(worker.regenerate(command, an_attempt())).outcome is Outcome.OUTDATED
    newsroom.upload(OTHER)
    newsroom.articles.objects[ID] = an_object(STORY, etag="again")

    only(worker.regenerate(command, an_attempt()))

    assert newsroom.records[-1].status is Status.WITHDRAWN


@dataclass
class Meanwhile(FakeSummarizer):
    """A model that takes so long that something happens meanwhile."""

    happens: Callable[[], object] = lambda: None

    def write(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation:
        """See ``FakeSummarizer``."""
        generation = super().write(assignment, record_usage)
        self.happens()
        return generation


def test_what_is_being_generated_meanwhile_is_neither_stored_nor_kept(newsroom: Newsroom) -> None:
    """The worker finds that the record has changed, and at its next try that the content was erased."""
    newsroom.model = Meanwhile([a_draft("Too late.", "Too late.")], happens=lambda: newsroom.erase(ID, LEGAL))

    with pytest.raises(RevisionConflict):
        newsroom.upload(OTHER)

    assert is_erased(newsroom)
    assert newsroom.handle_event() is Outcome.UNCHANGED
    assert is_erased(newsroom)


def test_a_takedown_wins_over_whoever_changes_the_record_meanwhile(newsroom: Newsroom) -> None:
    """It looks again; an editor who comes later is told that the article is gone."""

    def check(record: Record, texts: object) -> Checked:
        del record, texts
        newsroom.erase(ID, LEGAL)
        return Checked([])

    review = ReviewSummary(newsroom.summaries, check, FakeClock())

    with pytest.raises(ArticleWithdrawn):
        review(ID, SummaryPatch(standfirst="Words of an editor."), lambda _: True, "an editor")

    assert is_erased(newsroom)


def test_an_erased_article_that_is_sent_again_is_refused_before_it_is_put_into_the_bucket(newsroom: Newsroom) -> None:
    """410 for the caller; other content is taken."""
    worker = a_use_case(newsroom.articles, newsroom.summaries, FakeWriter(), newsroom.model, newsroom.cache)
    request = SummarizeRequest(
        newsroom.articles,
        newsroom.summaries,
        read_lines,
        worker.choose_style,
        worker.generate,
        FakeClock(),
        "articles",
        "",
        sleep=lambda _: None,
    )
    newsroom.erase.with_object(ID, LEGAL)

    with pytest.raises(ArticleWithdrawn, match="erased"):
        request(an_object(STORY).document, ID, "a caller", A_MINUTE)

    assert newsroom.articles.objects == {}
    assert request(an_object(OTHER).document, ID, "a caller", A_MINUTE).record.status is Status.GENERATED


def test_the_object_goes_too_if_it_is_asked_for(newsroom: Newsroom) -> None:
    """The event of its deletion finds nothing to do, and it may be asked for later as well."""
    newsroom.erase(ID, LEGAL)
    newsroom.erase.with_object(ID, LEGAL)

    assert ID not in newsroom.articles.objects
    assert newsroom.handle_event() is Outcome.UNCHANGED
    assert is_erased(newsroom)


def test_an_object_is_not_deleted_while_it_holds_another_article() -> None:
    """Nor is anything else erased then; the last article takes the object with it."""
    newsroom = Newsroom()
    newsroom.articles.objects[ID] = an_object(f"# a\n{STORY}\n# b\n{OTHER}\n")
    a_use_case(newsroom.articles, newsroom.summaries, FakeWriter())(an_upload(), an_attempt())
    first, second = (ArticleId(f"{ID}/{part}") for part in ("a", "b"))

    with pytest.raises(InvalidField, match=r"package.*ferry\.txt/b"):
        newsroom.erase.with_object(first, LEGAL)
    untouched = [newsroom.summaries.revisions[each][-1].erased_at for each in (first, second)]
    newsroom.erase(first, LEGAL)
    newsroom.erase.with_object(second, LEGAL)

    assert untouched == [None, None]
    assert newsroom.articles.objects == {}
    assert all(newsroom.summaries.revisions[each][-1].erased_at for each in (first, second))


def test_an_object_is_not_deleted_while_it_holds_an_article_that_is_still_to_be_summarised(newsroom: Newsroom) -> None:
    """Its event is on the way."""
    newsroom.articles.objects[ID] = an_object(f"# a\n{STORY}\n# b\n{OTHER}\n", etag="late")

    with pytest.raises(InvalidField, match=r"package.*ferry\.txt/b"):
        newsroom.erase.with_object(ID, LEGAL)

    assert newsroom.records[-1].erased_at is None
    newsroom.handle_event_of_package()
    newsroom.erase(ID, LEGAL)
    newsroom.erase.with_object(ArticleId(f"{ID}/b"), LEGAL)
    assert newsroom.articles.objects == {}


def test_an_erased_article_of_a_package_stays_erased_while_the_others_are_summarised() -> None:
    """Also in a new version of the package, as long as the article is the same."""
    newsroom = Newsroom()
    worker = a_use_case(newsroom.articles, newsroom.summaries, FakeWriter())
    newsroom.articles.objects[ID] = an_object(f"# a\n{STORY}\n# b\n{OTHER}\n")
    worker(an_upload(sequencer="01"), an_attempt())
    newsroom.erase(ArticleId(f"{ID}/a"), LEGAL)
    newsroom.articles.objects[ID] = an_object(f"# a\n{STORY}\n# b\n{NEWER}\n", etag="e2")

    outcomes = [result.outcome for result in worker(an_upload(sequencer="02"), an_attempt())]

    assert outcomes == [Outcome.UNCHANGED, Outcome.GENERATED]


def test_there_is_nothing_to_erase_of_what_is_unknown(newsroom: Newsroom) -> None:
    """Most likely the id is misspelt."""
    for article_id in (ArticleId("unknown"), ArticleId("long" * 1_000)):
        with pytest.raises(SummaryNotFound):
            newsroom.erase(article_id, LEGAL)
        with pytest.raises(SummaryNotFound):
            newsroom.erase.with_object(article_id, LEGAL)


def test_an_article_that_cannot_be_read_is_erased_by_its_object(newsroom: Newsroom) -> None:
    """The same object stays erased; another one that cannot be read says so again."""

    def read_nothing(document: object) -> list[Article]:
        raise ReadingError(str(document))

    newsroom.articles.objects[ID] = an_object("", etag="unreadable")
    replace(newsroom.erase, read=read_nothing)(ID, LEGAL)

    assert newsroom.handle_event() is Outcome.UNCHANGED
    assert newsroom.upload("", etag="another") is Outcome.FAILED


@pytest.mark.parametrize("fails", [None, "apply", "forget", "erase"])
def test_the_record_of_a_decision_stays_without_its_texts(newsroom: Newsroom, fails: str | None) -> None:
    """Who decided what and when; also if the takedown is interrupted anywhere and repeated."""
    review = ReviewSummary(newsroom.summaries, lambda _about, _texts: Checked([]), FakeClock())
    evidence = {"seconds": 9}
    patch = {"status": "rejected", "note": "Hers.", "review": evidence}
    review(ID, SummaryPatch.model_validate(patch), lambda _: True, "an editor")
    finding = OverruledFinding(check="claim", field="standfirst", text="words", note="His.")
    reviews = newsroom.summaries.reviews
    reviews.kept = [each.model_copy(update={"findings_overruled": (finding,)}) for each in reviews.kept]
    [before] = reviews.kept
    newsroom.summaries.fails = fails if fails in {"apply", "erase"} else None
    newsroom.cache.fails = fails == "forget"

    for _ in range(2):
        with suppress(StoreUnavailable):
            newsroom.erase(ID, LEGAL)

    [after] = reviews.kept
    assert (after.note, after.erased_at) == (None, newsroom.records[-1].erased_at)
    assert [(each.check, each.text, each.note) for each in after.findings_overruled] == [("claim", "", None)]
    assert (after.by, after.at, after.seconds, after.decision) == ("an editor", before.at, 9, "rejected")
