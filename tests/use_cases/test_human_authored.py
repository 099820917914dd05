"""Human-authored text stays current, whatever arrives: the text of a newer version is pending."""

from dataclasses import dataclass, field

import pytest

from builders import STORY, an_attempt, an_object, an_upload, replace_stored
from fakes import FakeArticles, FakeClock, FakeSummaries, FakeWriter
from standfirst.domain.article import ArticleId
from standfirst.domain.ports import WriterIdentity
from standfirst.domain.record import Record, Status
from standfirst.domain.review import SummaryPatch
from standfirst.use_cases.apply_version import Outcome
from standfirst.use_cases.review_summary import Checked, ReviewSummary
from standfirst.use_cases.summarize_upload import SummarizeUpload
from use_case import a_use_case, only

ID = ArticleId("politics/ferry.txt")
HERS = "Brackenford gets its ferry back, seven years on."
NEWER = "The ferry across the Sele will not return, the town council of Brackenford said on Friday."


@dataclass
class Newsroom:
    """A bucket, a table and the use case over them; uploads are numbered."""

    articles: FakeArticles = field(default_factory=FakeArticles)
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    writer: FakeWriter = field(default_factory=FakeWriter)
    uploads: int = 0

    @property
    def summarize(self) -> SummarizeUpload:
        """With everything faked."""
        return a_use_case(self.articles, self.summaries, self.writer)

    def upload(self, text: str) -> Outcome:
        """Put ``text``, and answer the event."""
        self.articles.objects[ID] = an_object(text)
        return self._tell()

    def delete(self) -> Outcome:
        """Take the article away, and answer the event."""
        self.articles.objects.clear()
        return self._tell()

    def _tell(self) -> Outcome:
        self.uploads += 1
        return only(self.summarize(an_upload(sequencer=f"{self.uploads:04}"), an_attempt())).outcome

    def says(self, status: Status, **words: str) -> None:
        """A person edits, approves or rejects what is current."""
        stored = self.summaries.current(ID)
        assert stored
        changes = {"status": status, "revision": stored.record.revision + 1, "updated_by": "an editor", **words}
        replace_stored(self.summaries, stored, stored.record.model_copy(update=changes))

    @property
    def current(self) -> Record:
        """What is served."""
        stored = self.summaries.current(ID)
        assert stored
        return stored.record

    @property
    def pending(self) -> Record:
        """The pending revision."""
        assert self.current.pending
        found = self.summaries.revision(ID, self.current.pending)
        assert found
        return found


@pytest.fixture(params=[Status.EDITED, Status.APPROVED])
def newsroom(request: pytest.FixtureRequest) -> Newsroom:
    """An article that was summarised, and then edited or approved."""
    newsroom = Newsroom()
    newsroom.upload(STORY)
    newsroom.says(request.param, standfirst=HERS)
    return newsroom


def test_a_newer_version_is_pending_beside_human_authored_text(newsroom: Newsroom) -> None:
    """Her words are served and said to be stale; the text of the new version is a revision of its own."""
    status = newsroom.current.status

    outcome = newsroom.upload(NEWER)

    assert outcome is Outcome.PENDING
    current = newsroom.current
    assert (current.standfirst, current.status, current.stale) == (HERS, status, True)
    assert (newsroom.pending.standfirst, newsroom.pending.status) == (NEWER, Status.GENERATED)
    assert [record.revision for record in newsroom.summaries.revisions[ID]] == [1, 2, 3, 4]


def test_the_newest_version_is_the_pending_one(newsroom: Newsroom) -> None:
    """However many arrive."""
    newsroom.upload(NEWER)
    newsroom.upload(NEWER.replace("Friday", "Saturday"))

    assert newsroom.current.standfirst == HERS
    assert newsroom.pending.standfirst == NEWER.replace("Friday", "Saturday")


def test_a_version_that_is_pending_already_is_not_written_again(newsroom: Newsroom) -> None:
    """Uploaded again, or delivered again."""
    newsroom.upload(NEWER)
    revisions, written = len(newsroom.summaries.revisions[ID]), len(newsroom.writer.written)

    outcome = newsroom.upload(NEWER)

    assert outcome is Outcome.UNCHANGED
    assert (len(newsroom.summaries.revisions[ID]), len(newsroom.writer.written)) == (revisions, written)


def test_an_unchanged_upload_leaves_human_authored_text_as_it_is(newsroom: Newsroom) -> None:
    """They are about this very text."""
    outcome = newsroom.upload(STORY)

    assert outcome is Outcome.UNCHANGED
    assert (newsroom.current.standfirst, newsroom.current.stale) == (HERS, False)


def test_words_are_no_longer_stale_when_their_version_comes_back(newsroom: Newsroom) -> None:
    """A correction is taken back: nothing waits any more, and nothing is written."""
    newsroom.upload(NEWER)
    written = len(newsroom.writer.written)

    newsroom.upload(STORY)

    current = newsroom.current
    assert (current.standfirst, current.stale, current.pending) == (HERS, False, None)
    assert current.article.sequencer == "0003"
    assert len(newsroom.writer.written) == written


def test_a_version_that_cannot_be_read_is_pending_with_its_reason(newsroom: Newsroom) -> None:
    """It takes no words away."""
    assert newsroom.upload("") is Outcome.FAILED

    assert (newsroom.current.standfirst, newsroom.current.stale) == (HERS, True)
    assert newsroom.pending.status is Status.FAILED
    assert newsroom.pending.reason


def test_a_deleted_article_is_withdrawn_and_its_words_wait_for_its_return(newsroom: Newsroom) -> None:
    """Some systems replace an article by deleting it and putting it again."""
    newsroom.delete()
    withdrawn = newsroom.current

    newsroom.upload(NEWER)

    assert (withdrawn.status, withdrawn.standfirst) == (Status.WITHDRAWN, None)
    assert (newsroom.current.standfirst, newsroom.current.stale) == (HERS, True)
    assert newsroom.pending.standfirst == NEWER


def test_an_article_that_comes_back_as_it_was_has_its_words_again(newsroom: Newsroom) -> None:
    """Nothing about them is stale."""
    newsroom.upload(NEWER)
    newsroom.delete()

    newsroom.upload(STORY)

    assert (newsroom.current.standfirst, newsroom.current.stale, newsroom.current.pending) == (HERS, False, None)


def test_words_outlive_two_deletions(newsroom: Newsroom) -> None:
    """And an unreadable version between them."""
    newsroom.delete()
    newsroom.upload("")
    newsroom.delete()

    newsroom.upload(STORY)

    assert (newsroom.current.standfirst, newsroom.current.stale) == (HERS, False)


def test_an_older_event_changes_nothing(newsroom: Newsroom) -> None:
    """It was delivered late."""
    newsroom.upload(NEWER)
    before = newsroom.current

    outcome = only(newsroom.summarize(an_upload(sequencer="0001"), an_attempt())).outcome

    assert outcome is Outcome.OUTDATED
    assert newsroom.current == before


def test_a_text_that_a_person_rejected_is_replaced_by_that_of_a_newer_version() -> None:
    """A rejection is about the text that was rejected."""
    newsroom = Newsroom()
    newsroom.upload(STORY)
    newsroom.says(Status.REJECTED)

    newsroom.upload(NEWER)

    assert (newsroom.current.standfirst, newsroom.current.status) == (NEWER, Status.GENERATED)


def test_words_about_an_unchanged_article_stay_fresh_whichever_writer_would_write_now(newsroom: Newsroom) -> None:
    """Another model, prompt or style is no news of the article."""
    newsroom.writer.identity = WriterIdentity("fake", version="2")

    outcome = newsroom.upload(STORY)

    assert outcome is Outcome.UNCHANGED
    assert (newsroom.current.standfirst, newsroom.current.stale) == (HERS, False)


def test_a_rejected_text_does_not_come_back_after_a_version_that_cannot_be_read() -> None:
    """The article says the same again; the failure is over, and the person's words stay stale."""
    newsroom = Newsroom()
    newsroom.upload(STORY)
    newsroom.says(Status.APPROVED)
    newsroom.upload(NEWER)
    review = ReviewSummary(newsroom.summaries, lambda _about, _texts: Checked([]), FakeClock())
    rejection = SummaryPatch(status=Status.REJECTED, revision=newsroom.current.pending)
    review(ID, rejection, lambda _: True, "an editor")
    newsroom.upload("")
    assert newsroom.pending.status is Status.FAILED

    assert newsroom.upload(NEWER) is Outcome.UPDATED

    assert (newsroom.current.status, newsroom.current.stale, newsroom.current.pending) == (Status.APPROVED, True, None)
    assert newsroom.upload(NEWER) is Outcome.UNCHANGED
    assert newsroom.upload(STORY) is Outcome.RESTORED
