"""``ReviewSummary`` over fakes: what is decided, about which text, and what is recorded of it."""

from dataclasses import dataclass, field

import pytest
from pydantic import ValidationError

from builders import STORY, a_reading, a_record, an_attempt, an_object, an_upload, save
from fakes import FakeArticles, FakeClock, FakeSummaries, FakeWriter
from standfirst.domain.article import Article, ArticleId, StoredObject, Upload
from standfirst.domain.draft import Draft, Evidence, Finding, Sentence
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
from standfirst.domain.record import (
    COMPOSITE_WITH_TRAINED,
    HUMAN_EDITS,
    TRAINED_ALGORITHMIC_MEDIA,
    ArticleSource,
    Record,
    Status,
)
from standfirst.domain.review import LONGEST_FINDING_TEXT, SummaryPatch
from standfirst.domain.review_record import ReviewRecord
from standfirst.domain.sequencer import padded
from standfirst.domain.style import HouseStyle
from standfirst.domain.texts import Texts
from standfirst.use_cases.read_version import ReadVersion
from standfirst.use_cases.review_summary import CheckWords, ReviewSummary
from use_case import a_use_case, choose_default, find_no_evidence, read_lines

ID = ArticleId("politics/ferry.txt")
HERS = "Brackenford gets its ferry back, seven years on."
NEWER = "The ferry across the Sele will not return, the town council of Brackenford said on Friday."
EDITOR = "arn:aws:iam::123456789012:user/editor"


def whatever(_: Record) -> bool:
    """An editor who takes any revision."""
    return True


def find_wrong_words(article: Article, draft: Draft, style: HouseStyle) -> list[Finding]:
    """A check for which everything that is not in the article is wrong."""
    del style
    known = article.text
    texts = {"standfirst": draft.texts["standfirst"], "summary": draft.texts["summary"]}
    return [
        Finding("claim", name, text, "not in the article", "error")  # type: ignore[arg-type]
        for name, text in texts.items()
        if text not in known
    ]


def find_first(article: Article, draft: Draft) -> tuple[Evidence, ...]:
    """A search for which everything comes from the first paragraph."""
    del article, draft
    return (Evidence("standfirst", 0, (0,)),)


@dataclass
class Newsroom:
    """A bucket, a table, the worker's use case and the editor's over them."""

    articles: FakeArticles = field(default_factory=FakeArticles)
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    uploads: int = 0

    @property
    def review(self) -> ReviewSummary:
        """The editor's use case."""
        check = CheckWords(
            ReadVersion(self.articles, read_lines, prefix=""), choose_default, find_wrong_words, find_first
        )
        return ReviewSummary(self.summaries, check, FakeClock())

    def upload(self, text: str) -> Record:
        """Put ``text``, and answer the event; what is served then."""
        self.articles.objects[ID] = an_object(text, etag=f"e{self.uploads + 1}")
        return self.handle_event()

    def handle_event(self) -> Record:
        """Answer the event of what happened in the bucket; what is served then."""
        self.uploads += 1
        a_use_case(self.articles, self.summaries, FakeWriter())(an_upload(sequencer=f"{self.uploads:04}"), an_attempt())
        return self.current

    def says(self, **patch: object) -> Record:
        """The editor's decision about whatever is there."""
        return self.review(ID, SummaryPatch.model_validate(patch), whatever, EDITOR)

    @property
    def current(self) -> Record:
        """What is served."""
        stored = self.summaries.current(ID)
        assert stored
        return stored.record


@pytest.fixture
def newsroom() -> Newsroom:
    """With one article, summarised."""
    newsroom = Newsroom()
    newsroom.upload(STORY)
    return newsroom


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


# ----------------------------------------------------------------------------------------------------------------------
# What a decision rests on
# ----------------------------------------------------------------------------------------------------------------------

FOUND = Finding("claim", "standfirst", "all of it", "a detail", "warning")


@pytest.fixture
def shown(newsroom: Newsroom) -> Newsroom:
    """The same, whose text has three sentences with evidence, and a finding."""
    [record] = newsroom.summaries.revisions[ID]
    evidence = (Evidence("standfirst", 0, (0,)), Evidence("summary", 0, (0,)), Evidence("summary", 1, ()))
    newsroom.summaries.revisions[ID] = [record.model_copy(update={"evidence": evidence, "findings": (FOUND,)})]
    return newsroom


def last(newsroom: Newsroom) -> ReviewRecord:
    """The record of the last decision."""
    return newsroom.summaries.reviews.kept[-1]


def review_of(record: Record) -> dict[str, object]:
    """What the record says of the last decision, in JSON."""
    assert record.review
    return record.review.model_dump(mode="json")


def test_what_was_shown_is_recorded_with_the_decision(shown: Newsroom) -> None:
    """By name in the revision, counted in the record of the decision."""
    decided = shown.says(
        status="approved",
        review={
            "sentences_seen": [{"field": "summary", "sentence": 1}, {"field": "standfirst", "sentence": 0}],
            "findings": [{"check": "claim", "field": "standfirst", "text": "all of it", "note": "I asked him."}],
            "seconds": 14,
        },
    )

    review = review_of(decided)
    assert review["sentences"] == 3
    assert decided.review and decided.review.sentences_seen == (Sentence("standfirst", 0), Sentence("summary", 1))  # noqa: PT018
    finding = {"check": "claim", "field": "standfirst", "text": "all of it", "note": "I asked him."}
    assert review["findings_overruled"] == [finding]
    assert (review["words_changed"], review["seconds"]) == (0, 14)
    record = last(shown)
    assert (record.by, record.revision, record.of, record.decision) == (EDITOR, 2, 1, "approved")
    assert (record.sentences, record.sentences_seen, record.seconds) == (3, 2, 14)
    assert record.findings_overruled == decided.review.findings_overruled
    assert record.at == decided.updated_at


def test_an_approval_without_evidence_is_recorded_as_one(shown: Newsroom) -> None:
    """Nothing was shown, as far as is known."""
    shown.says(status="approved")

    record = last(shown)
    assert (record.sentences, record.sentences_seen, record.findings_overruled, record.seconds) == (3, 0, (), None)


def test_a_text_without_evidence_is_not_one_without_sentences(newsroom: Newsroom) -> None:
    """The article may be gone from the bucket: how many sentences there were, nobody counted."""
    assert newsroom.says(status="approved").evidence == ()

    assert (last(newsroom).sentences, last(newsroom).sentences_seen) == (None, 0)


def test_what_the_text_does_not_have_is_left_out(shown: Newsroom) -> None:
    """Sentences and findings that there are not; and each counts once."""
    seen = [{"field": "summary", "sentence": number} for number in (0, 0, 7, 400)] + [{"field": "no", "sentence": 0}]
    findings = [
        {"check": "claim", "field": "standfirst", "text": "all of it"},
        {"check": "claim", "field": "standfirst", "text": "all of it", "note": "Again."},
        {"check": "number", "field": "standfirst", "text": "12"},
    ]

    shown.says(status="approved", review={"sentences_seen": seen, "findings": findings})

    record = last(shown)
    assert record.sentences_seen == 1
    assert [each.check for each in record.findings_overruled] == ["claim"]


def test_only_so_much_of_a_findings_words_is_recorded(shown: Newsroom) -> None:
    """A hundred of them have room in one item."""
    [record] = shown.summaries.revisions[ID]
    long = Finding("claim", "summary", "w" * 5_000, "a detail", "warning")
    shown.summaries.revisions[ID] = [record.model_copy(update={"findings": (long,)})]

    shown.says(status="approved", review={"findings": [{"check": "claim", "field": "summary", "text": long.text}]})

    assert [len(each.text) for each in last(shown).findings_overruled] == [LONGEST_FINDING_TEXT]


def test_the_words_that_were_changed_are_counted_from_the_generated_text(shown: Newsroom) -> None:
    """Also of a text that was edited before, and of one that is taken back."""
    generated = shown.current.standfirst

    shown.says(standfirst=f"{generated} Really.")
    assert last(shown).words_changed == 1
    shown.says(standfirst=f"{generated} Really and truly.")
    assert last(shown).words_changed == 3
    shown.says(status="approved")
    assert last(shown).words_changed == 3
    shown.says(standfirst=generated)
    assert last(shown).words_changed == 0


def test_after_a_pending_text_was_rejected_the_editors_words_count_as_before(shown: Newsroom) -> None:
    """The rejection is about another text, of which nothing was changed."""
    generated = shown.current.standfirst
    shown.says(standfirst=f"{generated} Really.")
    waiting = shown.upload(NEWER).pending

    shown.says(status="rejected", revision=waiting)
    rejected = last(shown)
    shown.says(status="approved")

    assert (rejected.decision, rejected.of, rejected.status, rejected.words_changed) == (
        "rejected",
        waiting,
        "edited",
        0,
    )
    assert last(shown).words_changed == 1


def test_each_decision_has_its_record_and_nothing_else_has(shown: Newsroom) -> None:
    """Uploads bring none."""
    shown.says(status="approved", note="Good.")
    shown.upload(NEWER)
    shown.says(standfirst=HERS, status="approved")

    assert [(each.revision, each.decision, each.status) for each in shown.summaries.reviews.kept] == [
        (2, "approved", Status.APPROVED),
        (5, "approved", Status.APPROVED),
    ]
    assert [each.ai_disclosure for each in shown.summaries.reviews.kept] == ["none", "none"]


def test_a_decision_that_was_not_stored_has_no_record(shown: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever came between."""

    def refuse(*_: object) -> None:
        raise RevisionConflict(ArticleId(ID))

    monkeypatch.setattr(shown.summaries, "apply", refuse)

    with pytest.raises(RevisionConflict):
        shown.says(status="approved")
    assert shown.summaries.reviews.kept == []
