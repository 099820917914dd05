"""What is done with each kind of article: written, reviewed or skipped, and what a person can do about it."""

from dataclasses import dataclass, field, replace

import pytest

from builders import STORY, a_draft, a_style, an_attempt, an_object, an_upload, replace_stored
from fakes import FakeArticles, FakeClock, FakeGenerationCache, FakeSummaries, FakeSummarizer, FakeWriter
from standfirst.domain.article import Article, ArticleId, ArticleKind, Document, Regeneration, UnreadPart, Upgrade
from standfirst.domain.change_event import ChangeEventType, change_event_type
from standfirst.domain.deadline import Deadline
from standfirst.domain.errors import ModelUnusable, NothingToReview
from standfirst.domain.listing import Listing
from standfirst.domain.record import Degraded, Record, Status
from standfirst.domain.review import SummaryPatch
from standfirst.domain.style import HouseStyle
from standfirst.use_cases.apply_version import Outcome
from standfirst.use_cases.get_summaries import GetSummaries
from standfirst.use_cases.read_version import ReadVersion
from standfirst.use_cases.review_summary import CheckWords, ReviewSummary
from standfirst.use_cases.summarize_request import SummarizeRequest
from use_case import a_use_case, find_no_evidence, find_nothing, only, read_lines

ID = ArticleId("politics/ferry.txt")
STARS = "horoscope\nAries will cross the Sele by ferry.\nTaurus will wait for the next one."
COLUMN = "opinion\nThe council of Brackenford should be ashamed of its ferry."
BY_MODEL = [a_draft(f"The {word} text.", f"The {word} summary.") for word in ("first", "second", "third")]


def read_kind(document: Document) -> list[Article | UnreadPart]:
    """A reader for which the first line may name the kind."""
    [article] = read_lines(document)
    assert isinstance(article, Article)
    named = [kind for kind in ArticleKind if kind == article.paragraphs[0]]
    return [replace(article, kind=named[0], paragraphs=article.paragraphs[1:]) if named else article]


def choose(article_id: ArticleId, wanted: str | None) -> HouseStyle:
    """A style that skips horoscopes and has columns reviewed."""
    del article_id, wanted
    return replace(a_style(), kinds={"horoscope": "skip", "opinion": "review"})


@dataclass
class Newsroom:
    """A bucket, a table, a model, and the use cases over them."""

    articles: FakeArticles = field(default_factory=FakeArticles)
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    model: FakeSummarizer = field(default_factory=lambda: FakeSummarizer([*BY_MODEL], unpaid=(ModelUnusable,)))
    uploads: int = 0

    def __post_init__(self) -> None:
        """The same table for all."""
        worker = a_use_case(self.articles, self.summaries, FakeWriter(), self.model, FakeGenerationCache())
        self.worker = replace(worker, read=read_kind, choose_style=choose)
        check = CheckWords(ReadVersion(self.articles, read_kind, prefix=""), choose, find_nothing, find_no_evidence)
        self.review = ReviewSummary(self.summaries, check, FakeClock())

    def upload(self, text: str) -> Outcome:
        """Put ``text``, and answer the event."""
        self.uploads += 1
        self.articles.objects[ID] = an_object(text, etag=f"e{hash(text)}")
        return only(self.worker(an_upload(sequencer=f"{self.uploads:04}"), an_attempt())).outcome

    def regenerate(self) -> Outcome:
        """A person asks for a text."""
        command = Regeneration(ID, ID, "articles", ID, f"request {self.uploads}", "an editor")
        return only(self.worker.regenerate(command, an_attempt(is_last=True))).outcome

    def says(self, **patch: object) -> Record:
        """The editor's decision about whatever is there."""
        return self.review(ID, SummaryPatch.model_validate(patch), lambda _: True, "an editor")

    @property
    def current(self) -> Record:
        """What is served."""
        stored = self.summaries.current(ID)
        assert stored
        return stored.record


@pytest.fixture
def newsroom() -> Newsroom:
    """Nothing is known of the article."""
    return Newsroom()


def test_a_skipped_kind_is_neither_written_nor_paid_for(newsroom: Newsroom) -> None:
    """The record says so, and what it is about."""
    outcome = newsroom.upload(STARS)

    record = newsroom.current
    assert (outcome, record.status) == (Outcome.SKIPPED, Status.SKIPPED)
    assert (record.standfirst, record.summary, record.made_by, record.usage) == (None, None, None, None)
    assert record.reason == "The house style default@1 skips articles of the kind horoscope: no text was written."
    assert (record.article.kind, record.language, record.article.words) == ("horoscope", "en", 14)
    assert newsroom.model.assignments == []


def test_a_reviewed_kind_is_written_and_needs_review(newsroom: Newsroom) -> None:
    """With a finding that says why."""
    assert newsroom.upload(COLUMN) is Outcome.NEEDS_REVIEW

    [finding] = newsroom.current.findings
    assert (finding.check, finding.reason, finding.severity) == ("kind", "opinion", "warning")
    assert newsroom.current.summary == "The first summary."


def test_news_is_written_as_ever(newsroom: Newsroom) -> None:
    """No finding, and no review."""
    assert newsroom.upload(STORY) is Outcome.GENERATED
    assert newsroom.current.findings == ()


def test_a_skipped_article_that_comes_again_changes_nothing(newsroom: Newsroom) -> None:
    """Until it is another one."""
    newsroom.upload(STARS)

    assert newsroom.upload(STARS) is Outcome.UNCHANGED
    assert newsroom.upload(STORY) is Outcome.GENERATED


def test_the_same_text_of_another_kind_is_treated_anew(newsroom: Newsroom) -> None:
    """A provider mends the genre of an item that it has sent."""
    newsroom.upload(STORY)

    assert newsroom.upload(f"opinion\n{STORY}") is Outcome.NEEDS_REVIEW
    assert newsroom.upload(f"horoscope\n{STORY}") is Outcome.SKIPPED
    assert newsroom.upload(STORY) is Outcome.GENERATED


def test_the_same_text_of_another_kind_is_not_paid_for_again(newsroom: Newsroom) -> None:
    """What the model would be told is the same."""
    newsroom.upload(STORY)
    newsroom.upload(f"opinion\n{STORY}")

    assert (newsroom.current.article.kind, newsroom.current.standfirst) == ("opinion", "The first text.")
    assert len(newsroom.model.assignments) == 1


def test_a_text_that_was_served_goes_when_its_article_becomes_one_to_skip(newsroom: Newsroom) -> None:
    """And those who show it are told to take it down."""
    newsroom.upload(STORY)
    newsroom.upload(STARS)

    assert newsroom.current.standfirst is None
    assert change_event_type(newsroom.current) is ChangeEventType.WITHDRAWN


def test_a_persons_words_stay_when_their_article_becomes_one_to_skip(newsroom: Newsroom) -> None:
    """They are stale; whoever approves them then has seen the new version."""
    newsroom.upload(STORY)
    newsroom.says(standfirst="Hers.")

    assert newsroom.upload(STARS) is Outcome.PENDING
    assert newsroom.upload(STARS) is Outcome.UNCHANGED
    assert (newsroom.current.standfirst, newsroom.current.stale) == ("Hers.", True)
    approved = newsroom.says(status="approved")
    assert (approved.stale, approved.pending, approved.article.kind) == (False, None, "horoscope")


def test_a_rejection_is_remembered_while_the_article_is_one_to_skip(newsroom: Newsroom) -> None:
    """As while it cannot be read: nobody wants the text when the same article comes back."""
    newsroom.upload(STORY)
    newsroom.says(status="rejected")

    assert newsroom.upload(STARS) is Outcome.SKIPPED
    assert newsroom.upload(STORY) is Outcome.RESTORED
    assert newsroom.current.status is Status.REJECTED


def test_an_approved_text_whose_article_turns_out_to_be_news_does_not_say_otherwise(newsroom: Newsroom) -> None:
    """The finding was about the kind that the article had before."""
    newsroom.upload(COLUMN)
    newsroom.says(status="approved")
    assert [finding.check for finding in newsroom.current.findings] == ["kind"]

    assert newsroom.upload(COLUMN.removeprefix("opinion\n")) is Outcome.UPDATED
    assert (newsroom.current.status, newsroom.current.findings) == (Status.APPROVED, ())


def test_an_editor_writes_about_a_skipped_article_by_hand(newsroom: Newsroom) -> None:
    """Those words are a person's like any others; there is nothing to approve or reject before."""
    newsroom.upload(STARS)

    for decision in ("approved", "rejected"):
        with pytest.raises(NothingToReview):
            newsroom.says(status=decision)
    record = newsroom.says(standfirst="Hers.", summary="Her summary.")

    assert (record.status, record.standfirst, record.reason) == (Status.EDITED, "Hers.", None)
    assert newsroom.upload(STARS) is Outcome.UNCHANGED


def test_a_regeneration_writes_about_a_skipped_article(newsroom: Newsroom) -> None:
    """Somebody asked for it; it needs a review, and stays when the article comes again."""
    newsroom.upload(STARS)

    assert newsroom.regenerate() is Outcome.NEEDS_REVIEW
    [finding] = newsroom.current.findings
    assert finding.detail == "The article is of the kind horoscope, which the house style skips."
    assert newsroom.upload(STARS) is Outcome.UNCHANGED


def test_a_text_that_was_asked_for_goes_on_waiting_beside_a_persons_words(newsroom: Newsroom) -> None:
    """Also when the article comes again, and another model would write about it."""
    newsroom.upload(STORY)
    newsroom.says(standfirst="Hers.")
    newsroom.upload(STARS)
    assert newsroom.regenerate() is Outcome.PENDING

    newsroom.model.identity = replace(newsroom.model.identity, model="another")
    assert newsroom.upload(STARS) is Outcome.PENDING

    assert newsroom.current.pending
    pending = newsroom.summaries.revision(ID, newsroom.current.pending)
    assert pending
    assert (newsroom.current.standfirst, pending.standfirst) == ("Hers.", "The third text.")


def test_a_text_that_was_asked_for_is_upgraded_like_others(newsroom: Newsroom) -> None:
    """The fallback wrote it, because the model could not be had."""
    newsroom.upload(STARS)
    newsroom.model.script.insert(0, ModelUnusable("no key"))
    newsroom.regenerate()
    assert newsroom.current.made_by
    assert newsroom.current.made_by.degraded is Degraded.MODEL_UNAVAILABLE

    only(newsroom.worker.upgrade(Upgrade(ID, "articles", ID), an_attempt()))

    assert (newsroom.current.status, newsroom.current.standfirst) == (Status.NEEDS_REVIEW, "The first text.")


@pytest.mark.parametrize("article_id", [None, ID], ids=["not stored", "stored"])
def test_a_request_about_a_skipped_kind_is_answered_without_a_text(
    newsroom: Newsroom, article_id: ArticleId | None
) -> None:
    """Nothing is paid then, either."""
    worker = newsroom.worker
    request = SummarizeRequest(
        articles=worker.articles,
        summaries=worker.summaries,
        read=worker.read,
        choose_style=worker.choose_style,
        generate=worker.generate,
        clock=worker.clock,
        bucket="articles",
        prefix="",
        sleep=lambda _: None,
    )

    done = request(Document("a.txt", STARS.encode()), article_id, "a caller", Deadline(25, clock=lambda: 0.0))

    assert (done.record.status, done.is_stored) == (Status.SKIPPED, article_id is not None)
    assert newsroom.model.assignments == []


def test_a_record_without_a_kind_is_as_good_as_one_of_news(newsroom: Newsroom) -> None:
    """Older releases stored none: the same article changes nothing."""
    newsroom.upload(STORY)
    stored = newsroom.summaries.current(ID)
    assert stored
    source = stored.record.article.model_copy(update={"kind": None})
    replace_stored(newsroom.summaries, stored, stored.record.model_copy(update={"article": source, "revision": 2}))

    assert newsroom.upload(STORY) is Outcome.UNCHANGED


def test_lists_are_filtered_by_kind(newsroom: Newsroom) -> None:
    """Page by page, as by what may be published."""
    newsroom.upload(COLUMN)
    find = GetSummaries(newsroom.summaries, FakeClock())

    assert [len(find.list_by_updated(Listing(kind=kind), None, 10).records) for kind in ArticleKind][:4] == [0, 0, 1, 0]
    assert find.list_publishable(Listing(kind=ArticleKind.OPINION), None, 10).records == []
