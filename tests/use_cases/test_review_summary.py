"""``ReviewSummary`` over fakes: what is decided, and about which text."""

from dataclasses import dataclass

import pytest
from pydantic import ValidationError

from builders import STORY, a_reading, a_record, an_object, save
from fakes import FakeArticles, FakeSummaries
from review_case import EDITOR, HERS, ID, NEWER, Newsroom, find_wrong_words, whatever, with_an_article
from standfirst.domain.ai_disclosure import COMPOSITE_WITH_TRAINED, HUMAN_EDITS, TRAINED_ALGORITHMIC_MEDIA
from standfirst.domain.article import ArticleId, StoredObject, Upload
from standfirst.domain.draft import Evidence
from standfirst.domain.errors import (
    ArticleRemoved,
    ArticleWithdrawn,
    InvalidField,
    NothingToReview,
    RevisionConflict,
    StoreUnavailable,
    SummaryNotFound,
    UnexpectedRevision,
)
from standfirst.domain.ports import Stored, Transition
from standfirst.domain.record import ArticleSource, Record, Status
from standfirst.domain.review import SummaryPatch
from standfirst.domain.sequencer import padded
from standfirst.domain.texts import Texts
from standfirst.use_cases.read_version import ReadVersion
from standfirst.use_cases.review_summary import CheckWords
from use_case import choose_default, find_no_evidence, read_lines


@pytest.fixture
def newsroom() -> Newsroom:
    """With one article, summarised."""
    return with_an_article()


def test_words_of_an_editor_are_served_as_edited(newsroom: Newsroom) -> None:
    """What is left out stays, and it is recorded who did it, when and about which revision."""
    before = newsroom.current

    record = newsroom.says(standfirst=f"  {HERS} ", note="Too long for the app.")

    assert record == newsroom.current
    assert (record.status, record.standfirst, record.summary) == (Status.EDITED, HERS, before.summary)
    assert (record.revision, record.updated_by) == (before.revision + 1, EDITOR)
    assert record.review
    assert (record.review.decision, record.review.by, record.review.of) == (Status.EDITED, EDITOR, before.revision)
    assert (record.review.at, record.review.note) == (record.updated_at, "Too long for the app.")
    assert record.generated_at == before.generated_at


def test_what_the_checks_find_in_an_editors_words_is_a_warning_and_recorded_as_overruled(newsroom: Newsroom) -> None:
    """No served text has an error finding; what a person overruled stays visible."""
    record = newsroom.says(standfirst=HERS)

    assert [(finding.text, finding.severity) for finding in record.findings] == [(HERS, "warning")]
    assert record.review
    assert [(finding.text, finding.severity) for finding in record.review.overruled] == [(HERS, "error")]
    assert record.evidence == (Evidence("standfirst", 0, (0,)),)


def test_words_that_the_article_supports_have_no_findings(newsroom: Newsroom) -> None:
    """Then there is nothing to overrule."""
    record = newsroom.says(standfirst=STORY.split("\n\n")[1])

    assert record.findings == ()
    assert record.review
    assert record.review.overruled == ()


def test_an_approved_text_stays_as_it_is(newsroom: Newsroom) -> None:
    """With its findings, and without the draft that did not pass."""
    before = newsroom.current

    record = newsroom.says(status="approved")

    assert (record.status, record.standfirst, record.findings) == (Status.APPROVED, before.standfirst, before.findings)
    assert record.digital_source_type == before.digital_source_type


def test_a_text_is_edited_and_approved_in_one_go(newsroom: Newsroom) -> None:
    """The words are the editor's, and nobody else has to look."""
    record = newsroom.says(summary=HERS, key_points=["One.", "Two."], status="approved")

    assert (record.status, record.summary, record.key_points) == (Status.APPROVED, HERS, ("One.", "Two."))


def test_a_rejected_text_says_so(newsroom: Newsroom) -> None:
    """It stays readable for those who want to know why."""
    before = newsroom.current

    record = newsroom.says(status="rejected", note="It buries the news.")

    assert (record.status, record.standfirst) == (Status.REJECTED, before.standfirst)
    assert record.review
    assert record.review.note == "It buries the news."


def test_a_rejected_text_makes_way_for_a_newer_version(newsroom: Newsroom) -> None:
    """Nobody stands behind it."""
    newsroom.says(status="rejected")

    record = newsroom.upload(NEWER)

    assert (record.status, record.standfirst, record.review) == (Status.GENERATED, NEWER, None)


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [
        ("http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia", HUMAN_EDITS),
        (TRAINED_ALGORITHMIC_MEDIA, COMPOSITE_WITH_TRAINED),
        (COMPOSITE_WITH_TRAINED, COMPOSITE_WITH_TRAINED),
    ],
    ids=["picked sentences", "a model's", "a model's, edited before"],
)
def test_the_digital_source_type_of_edited_words_tells_of_both(newsroom: Newsroom, kind: str, becomes: str) -> None:
    """IPTC's codes for what a machine and a person made together."""
    newsroom.summaries.revisions[ID][-1] = newsroom.current.model_copy(update={"digital_source_type": kind})

    assert newsroom.says(standfirst=HERS).digital_source_type == becomes


def test_an_editor_gets_an_error_when_somebody_else_was_faster(newsroom: Newsroom) -> None:
    """Nothing is stored then."""
    seen = newsroom.current
    newsroom.says(status="approved")

    with pytest.raises(UnexpectedRevision, match="revision 2"):
        newsroom.review(ID, SummaryPatch(standfirst=HERS), lambda record: record == seen, "another")

    assert newsroom.current.status is Status.APPROVED


def test_an_event_that_changes_no_word_does_not_get_into_the_editors_way(newsroom: Newsroom) -> None:
    """The same text, uploaded again between the look and the write, moves only the sequencer."""
    seen = newsroom.current

    class Interrupted(FakeSummaries):
        def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
            if self.processed[ID] < "0009":
                self.processed[ID] = padded("0009")
            super().apply(transition, expected, event)

    newsroom.summaries = Interrupted(newsroom.summaries.revisions, newsroom.summaries.processed)

    record = newsroom.review(ID, SummaryPatch(standfirst=HERS), lambda record: record == seen, EDITOR)

    assert record.standfirst == HERS
    assert newsroom.current == record


def test_a_summary_that_never_rests_is_given_up_for_now(newsroom: Newsroom) -> None:
    """The editor may come back."""

    class Restless(FakeSummaries):
        def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
            del transition, expected, event
            raise RevisionConflict(ID)

    newsroom.summaries = Restless(newsroom.summaries.revisions, newsroom.summaries.processed)

    with pytest.raises(RevisionConflict):
        newsroom.says(standfirst=HERS)


def test_what_was_overruled_stays_on_words_that_are_approved_as_they_are(newsroom: Newsroom) -> None:
    """An approval does not make the finding go away."""
    newsroom.says(standfirst=HERS)

    record = newsroom.says(status="approved")

    assert record.review
    assert [finding.text for finding in record.review.overruled] == [HERS]
    assert [finding.severity for finding in record.findings] == ["warning"]


def test_nobody_stands_behind_no_words(newsroom: Newsroom) -> None:
    """Where the checks left nothing, a person has to write something."""
    newsroom.summaries.revisions[ID][-1] = newsroom.current.model_copy(update={"standfirst": "", "summary": ""})

    with pytest.raises(NothingToReview, match="no words"):
        newsroom.says(status="approved")
    assert newsroom.says(standfirst=HERS).status is Status.EDITED


def test_a_rejected_text_stays_rejected_while_the_article_says_the_same(newsroom: Newsroom) -> None:
    """Also when it was deleted meanwhile, and comes back."""
    newsroom.says(status="rejected", note="It is libel.")

    again = newsroom.upload(STORY)
    newsroom.articles.objects.clear()
    newsroom.handle_event()
    back = newsroom.upload(STORY)

    assert [record.status for record in (again, back)] == [Status.REJECTED, Status.REJECTED]
    assert back.review
    assert back.review.note == "It is libel."


# ----------------------------------------------------------------------------------------------------------------------
# Pending revisions
# ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def stale(newsroom: Newsroom) -> Newsroom:
    """With an editor's words at revision 2, and a newer version of the article waiting at 3 (held back by 4)."""
    newsroom.says(standfirst=HERS)
    newsroom.upload(NEWER)
    assert (newsroom.current.revision, newsroom.current.stale, newsroom.current.pending) == (4, True, 3)
    return newsroom


def test_a_pending_revision_is_served_once_it_is_approved(stale: Newsroom) -> None:
    """The words before it stay in the history."""
    record = stale.says(status="approved", revision=3)

    assert (record.status, record.standfirst, record.summary) == (Status.APPROVED, NEWER, NEWER)
    assert (record.stale, record.pending, record.revision) == (False, None, 5)
    assert record.review
    assert record.review.of == 3
    # The same text again changes nothing: the words are about it now.
    assert stale.upload(NEWER).revision == 5


def test_a_pending_revision_may_be_edited_and_approved(stale: Newsroom) -> None:
    """The words that are not given are those that waited."""
    record = stale.says(standfirst=HERS, revision=3)

    assert (record.status, record.standfirst, record.summary) == (Status.EDITED, HERS, NEWER)
    assert (record.stale, record.pending) == (False, None)


def test_old_words_may_be_approved_for_the_new_version(stale: Newsroom) -> None:
    """They are checked against it, because it is another text than the one they were written about."""
    record = stale.says(status="approved")

    assert (record.status, record.standfirst, record.stale, record.pending) == (Status.APPROVED, HERS, False, None)
    assert record.article.etag == "e2"
    assert {finding.detail for finding in record.findings} == {"not in the article"}
    assert stale.upload(NEWER).revision == record.revision


def test_old_words_edited_are_about_the_new_version(stale: Newsroom) -> None:
    """Their author has seen it."""
    record = stale.says(standfirst=NEWER)

    assert (record.standfirst, record.stale, record.article.etag) == (NEWER, False, "e2")
    assert "standfirst" not in {finding.field for finding in record.findings}


def with_a_reading(newsroom: Newsroom, record: Record) -> Newsroom:
    """The newsroom, whose current ``record`` a second reader has read."""
    newsroom.summaries.revisions[ID][-1] = record.model_copy(update={"second_reading": a_reading()})
    return newsroom


def test_words_of_an_editor_are_not_said_to_have_been_read_by_the_second_reader(newsroom: Newsroom) -> None:
    """What it said of the words before, and what that cost, stays in their revision."""
    with_a_reading(newsroom, newsroom.current)

    record = newsroom.says(standfirst=HERS, status="approved")

    before = newsroom.summaries.revision(ID, 1)
    assert (record.second_reading, record.checks.second_reader) == (None, "off")
    assert before
    assert before.second_reading == a_reading()
    assert before.second_reading.usage.cost_usd == "0.0002"


def test_a_reading_stays_with_a_text_that_is_approved_or_rejected_as_it_is(newsroom: Newsroom) -> None:
    """It is about the same words and the same article."""
    with_a_reading(newsroom, newsroom.current)

    decided = [newsroom.says(status=status) for status in ("approved", "rejected")]

    assert [record.second_reading for record in decided] == [a_reading()] * 2


def test_a_reading_of_an_older_version_does_not_stand_for_the_new_one(newsroom: Newsroom) -> None:
    """Words that are approved again for a version that the second reader did not have are not read."""
    newsroom.says(status="approved")
    with_a_reading(newsroom, newsroom.current)
    newsroom.upload(NEWER)
    assert newsroom.current.second_reading

    record = newsroom.says(status="approved")

    assert (record.article.etag, record.second_reading) == ("e2", None)


def test_a_rejected_pending_revision_goes_and_the_words_stay(stale: Newsroom) -> None:
    """They are still about an older version, and say so."""
    record = stale.says(status="rejected", revision=3, note="No news in it.")

    assert (record.status, record.standfirst) == (Status.EDITED, HERS)
    assert (record.stale, record.pending) == (True, None)
    assert record.review
    assert (record.review.decision, record.review.of) == (Status.REJECTED, 3)


def test_what_was_rejected_does_not_come_back_with_the_same_version(stale: Newsroom) -> None:
    """Uploaded again it is no news; the article as it was before, or another one, is."""
    stale.says(status="rejected", revision=3)

    assert stale.upload(NEWER).pending is None
    assert stale.upload(NEWER + "\nAnd more.").pending


def test_words_are_rejected_without_the_pending_revision(stale: Newsroom) -> None:
    """That one is still to be decided about."""
    record = stale.says(status="rejected")

    assert (record.status, record.standfirst, record.pending) == (Status.REJECTED, HERS, 3)
    assert stale.says(status="approved", revision=3).standfirst == NEWER


def test_only_a_text_that_counts_can_be_meant(stale: Newsroom) -> None:
    """Not one from the history; the error says which there are."""
    with pytest.raises(InvalidField, match="4, which is the newest, or 3, which waits"):
        stale.says(status="approved", revision=1)


def test_a_version_that_cannot_be_read_goes_on_waiting(newsroom: Newsroom) -> None:
    """The words are approved, and somebody still has to see to the document."""
    newsroom.says(standfirst=HERS)
    newsroom.upload("")

    record = newsroom.says(status="approved")

    assert (record.status, record.standfirst) == (Status.APPROVED, HERS)
    assert (record.stale, record.pending) == (True, 3)


def test_a_version_that_cannot_be_read_cannot_be_approved(newsroom: Newsroom) -> None:
    """There is nothing to approve."""
    newsroom.says(standfirst=HERS)
    newsroom.upload("")

    with pytest.raises(NothingToReview, match="failed"):
        newsroom.says(status="approved", revision=3)


@dataclass
class CountingArticles(FakeArticles):
    """A bucket that counts what is fetched."""

    fetched: int = 0

    def fetch_version(self, source: ArticleSource) -> StoredObject:
        """See ``FakeArticles``."""
        self.fetched += 1
        return super().fetch_version(source)


@dataclass
class Interrupting(FakeSummaries):
    """A table where somebody else is faster: first ``events`` without a change, then, if asked for, a new version."""

    events: int = 0
    newer: Record | None = None

    def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
        """See ``FakeSummaries``."""
        if transition and expected and self.events:
            self.events -= 1
            self.processed[ID] = padded(f"9{9 - self.events}")
        elif transition and self.newer:
            self.revisions[ID].append(self.newer)
            self.newer = None
        super().apply(transition, expected, event)


def test_the_article_is_fetched_and_checked_once_whoever_comes_between(newsroom: Newsroom) -> None:
    """Reading and checking the longest article takes seconds: only the decision is made again."""
    newsroom.articles = CountingArticles(newsroom.articles.objects)
    newsroom.summaries = Interrupting(newsroom.summaries.revisions, newsroom.summaries.processed, events=3)

    record = newsroom.says(standfirst=HERS)

    assert (record.standfirst, newsroom.articles.fetched) == (HERS, 1)


def test_words_that_were_checked_against_an_older_version_are_not_stored(newsroom: Newsroom) -> None:
    """The editor who took any revision looks again; the longest article is not read twice for it."""
    newer = newsroom.current.model_copy(update={"revision": 2, "article": ArticleSource(key=ID, bucket="b", etag="e2")})
    newsroom.articles = CountingArticles(newsroom.articles.objects)
    newsroom.summaries = Interrupting(newsroom.summaries.revisions, newsroom.summaries.processed, newer=newer)

    with pytest.raises(RevisionConflict):
        newsroom.says(standfirst=HERS)

    assert (newsroom.articles.fetched, newsroom.current.revision) == (1, 2)


# ----------------------------------------------------------------------------------------------------------------------
# What cannot be reviewed, or not be checked
# ----------------------------------------------------------------------------------------------------------------------


def test_there_is_nothing_to_review_of_an_article_that_is_unknown_failed_or_gone(newsroom: Newsroom) -> None:
    """Each with an error of its own."""
    patch = SummaryPatch(status=Status.APPROVED)
    save(newsroom.summaries, a_record("failed", status=Status.FAILED))
    save(newsroom.summaries, a_record("gone", status=Status.WITHDRAWN))

    with pytest.raises(SummaryNotFound, match="unknown"):
        newsroom.review(ArticleId("unknown"), patch, whatever, EDITOR)
    with pytest.raises(NothingToReview, match="failed"):
        newsroom.review(ArticleId("failed"), patch, whatever, EDITOR)
    with pytest.raises(ArticleWithdrawn, match="gone"):
        newsroom.review(ArticleId("gone"), patch, whatever, EDITOR)
    with pytest.raises(SummaryNotFound):
        newsroom.review(ArticleId("long" * 1_000), patch, whatever, EDITOR)


@pytest.mark.parametrize("trouble", [ArticleRemoved("It is gone."), an_object("")], ids=["gone", "unreadable"])
def test_words_that_cannot_be_checked_are_taken_with_a_warning(newsroom: Newsroom, trouble: Exception) -> None:
    """A person may know what the bucket does not."""
    newsroom.articles.objects[ID] = trouble

    record = newsroom.says(standfirst=HERS)

    assert record.standfirst == HERS
    assert [(finding.check, finding.severity) for finding in record.findings] == [("unchecked", "warning")]
    assert record.evidence == ()


def test_words_are_not_taken_while_the_bucket_does_not_answer(newsroom: Newsroom) -> None:
    """They would go unchecked for a passing reason."""
    newsroom.articles.objects[ID] = StoreUnavailable("S3 is down.")

    with pytest.raises(StoreUnavailable):
        newsroom.says(standfirst=HERS)

    assert newsroom.current.status is Status.GENERATED


def test_approving_asks_for_no_article(newsroom: Newsroom) -> None:
    """Its text was checked when it was written."""
    newsroom.articles.objects[ID] = StoreUnavailable("S3 is down.")

    assert newsroom.says(status="approved").status is Status.APPROVED


def test_words_about_one_article_of_a_package_are_checked_against_that_one() -> None:
    """Whatever the others say."""
    articles = FakeArticles({"in/wire.xml": an_object(f"# a\n{STORY}\n# b\n{NEWER}\n")})
    check = CheckWords(
        ReadVersion(articles, read_lines, prefix="in/"), choose_default, find_wrong_words, find_no_evidence
    )
    source = ArticleSource(bucket="articles", key="in/wire.xml", etag="e1", version_id="v1")
    of = {part: a_record(f"wire.xml/{part}").model_copy(update={"article": source}) for part in ("a", "b", "c")}
    texts = Texts(standfirst=NEWER, summary=NEWER)

    assert len(check(of["a"], texts).findings) == 2
    assert not check(of["b"], texts).findings
    assert [finding.check for finding in check(of["c"], texts).findings] == ["unchecked"]


def test_words_about_the_article_with_the_documents_id_are_checked_against_that_one() -> None:
    """It is known by its part; another one that cannot be read leaves the words unchecked."""
    articles = FakeArticles({"in/wire.xml": an_object(f"# a\n{STORY}\n# b\n{NEWER}\n# c\n")})
    check = CheckWords(
        ReadVersion(articles, read_lines, prefix="in/"), choose_default, find_wrong_words, find_no_evidence
    )
    source = ArticleSource(bucket="articles", key="in/wire.xml", etag="e1", version_id="v1")
    of = {
        part: a_record("wire.xml").model_copy(update={"article": source.model_copy(update={"part": part})})
        for part in ("a", "b", "c")
    }
    texts = Texts(standfirst=NEWER, summary=NEWER)

    assert [len(check(of[part], texts).findings) for part in ("a", "b")] == [2, 0]
    assert [finding.detail for finding in check(of["c"], texts).findings] == [
        "Nothing was checked against the article. Nothing is in it."
    ]


def test_a_patch_that_is_none_never_reaches_the_story() -> None:
    """Its shape says so."""
    with pytest.raises(ValidationError):
        SummaryPatch.model_validate({"standfirst": None})
