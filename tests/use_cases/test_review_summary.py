"""The story of an editor, told with fakes: what is decided, about which text, and what is recorded of it."""

from dataclasses import dataclass, field

import pytest
from pydantic import ValidationError

from builders import STORY, a_record, an_attempt, an_object, an_upload, save
from fakes import FakeArticles, FakeClock, FakeSummaries, FakeWriter
from standfirst.domain.article import Article, ArticleId, Upload
from standfirst.domain.draft import Draft, Evidence, Finding
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
from standfirst.domain.review import SummaryPatch
from standfirst.domain.sequencer import padded
from standfirst.domain.style import HouseStyle
from standfirst.domain.texts import Texts
from standfirst.use_cases.review_summary import CheckWords, ReviewSummary
from stories import a_story, choose_default, find_no_evidence, read_lines

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
class Desk:
    """A bucket, a table, the worker's story and the editor's over them."""

    articles: FakeArticles = field(default_factory=FakeArticles)
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    uploads: int = 0

    @property
    def review(self) -> ReviewSummary:
        """The editor's story."""
        check = CheckWords(self.articles, read_lines, choose_default, find_wrong_words, find_first, prefix="")
        return ReviewSummary(self.summaries, check, FakeClock())

    def upload(self, text: str) -> Record:
        """Put ``text``, and answer the event; what is served then."""
        self.articles.objects[ID] = an_object(text, etag=f"e{self.uploads + 1}")
        return self.tell()

    def tell(self) -> Record:
        """Answer the event of what happened in the bucket; what is served then."""
        self.uploads += 1
        a_story(self.articles, self.summaries, FakeWriter())(an_upload(sequencer=f"{self.uploads:04}"), an_attempt())
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
def desk() -> Desk:
    """With one article, summarised."""
    desk = Desk()
    desk.upload(STORY)
    return desk


def test_words_of_an_editor_are_served_as_edited(desk: Desk) -> None:
    """What is left out stays, and it is recorded who did it, when and about which revision."""
    before = desk.current

    record = desk.says(standfirst=f"  {HERS} ", note="Too long for the app.")

    assert record == desk.current
    assert (record.status, record.standfirst, record.summary) == (Status.EDITED, HERS, before.summary)
    assert (record.revision, record.updated_by) == (before.revision + 1, EDITOR)
    assert record.review
    assert (record.review.decision, record.review.by, record.review.of) == (Status.EDITED, EDITOR, before.revision)
    assert (record.review.at, record.review.note) == (record.updated_at, "Too long for the app.")
    assert record.generated_at == before.generated_at


def test_what_the_checks_find_in_an_editors_words_is_a_warning_and_recorded_as_overruled(desk: Desk) -> None:
    """No served text has an error finding; what a person overruled stays visible."""
    record = desk.says(standfirst=HERS)

    assert [(finding.text, finding.severity) for finding in record.findings] == [(HERS, "warning")]
    assert record.review
    assert [(finding.text, finding.severity) for finding in record.review.overruled] == [(HERS, "error")]
    assert record.evidence == (Evidence("standfirst", 0, (0,)),)


def test_words_that_the_article_supports_have_no_findings(desk: Desk) -> None:
    """Then there is nothing to overrule."""
    record = desk.says(standfirst=STORY.split("\n\n")[1])

    assert record.findings == ()
    assert record.review
    assert record.review.overruled == ()


def test_an_approved_text_stays_as_it_is(desk: Desk) -> None:
    """With its findings, and without the draft that did not pass."""
    before = desk.current

    record = desk.says(status="approved")

    assert (record.status, record.standfirst, record.findings) == (Status.APPROVED, before.standfirst, before.findings)
    assert record.digital_source_type == before.digital_source_type


def test_a_text_is_edited_and_approved_in_one_go(desk: Desk) -> None:
    """The words are the editor's, and nobody else has to look."""
    record = desk.says(summary=HERS, key_points=["One.", "Two."], status="approved")

    assert (record.status, record.summary, record.key_points) == (Status.APPROVED, HERS, ("One.", "Two."))


def test_a_rejected_text_says_so(desk: Desk) -> None:
    """It stays readable for whoever wants to know why."""
    before = desk.current

    record = desk.says(status="rejected", note="It buries the news.")

    assert (record.status, record.standfirst) == (Status.REJECTED, before.standfirst)
    assert record.review
    assert record.review.note == "It buries the news."


def test_a_rejected_text_makes_way_for_a_newer_version(desk: Desk) -> None:
    """Nobody stands behind it."""
    desk.says(status="rejected")

    record = desk.upload(NEWER)

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
def test_the_digital_source_type_of_edited_words_tells_of_both(desk: Desk, kind: str, becomes: str) -> None:
    """IPTC's codes for what a machine and a person made together."""
    desk.summaries.revisions[ID][-1] = desk.current.model_copy(update={"digital_source_type": kind})

    assert desk.says(standfirst=HERS).digital_source_type == becomes


def test_the_editor_is_told_when_somebody_else_was_faster(desk: Desk) -> None:
    """Nothing is stored then."""
    seen = desk.current
    desk.says(status="approved")

    with pytest.raises(UnexpectedRevision, match="revision 2"):
        desk.review(ID, SummaryPatch(standfirst=HERS), lambda record: record == seen, "another")

    assert desk.current.status is Status.APPROVED


def test_an_event_that_changes_no_word_does_not_get_into_the_editors_way(desk: Desk) -> None:
    """The same text, uploaded again between the look and the write, moves only the sequencer."""
    seen = desk.current

    class Interrupted(FakeSummaries):
        def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
            if self.answered[ID] < "0009":
                self.answered[ID] = padded("0009")
            super().apply(transition, expected, event)

    desk.summaries = Interrupted(desk.summaries.revisions, desk.summaries.answered)

    record = desk.review(ID, SummaryPatch(standfirst=HERS), lambda record: record == seen, EDITOR)

    assert record.standfirst == HERS
    assert desk.current == record


def test_a_summary_that_never_rests_is_given_up_for_now(desk: Desk) -> None:
    """The editor may come back."""

    class Restless(FakeSummaries):
        def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
            del transition, expected, event
            raise RevisionConflict(ID)

    desk.summaries = Restless(desk.summaries.revisions, desk.summaries.answered)

    with pytest.raises(RevisionConflict):
        desk.says(standfirst=HERS)


def test_what_was_overruled_stays_on_words_that_are_approved_as_they_are(desk: Desk) -> None:
    """Whoever approves them does not make the finding go away."""
    desk.says(standfirst=HERS)

    record = desk.says(status="approved")

    assert record.review
    assert [finding.text for finding in record.review.overruled] == [HERS]
    assert [finding.severity for finding in record.findings] == ["warning"]


def test_nobody_stands_behind_no_words(desk: Desk) -> None:
    """Where the checks left nothing, a person has to write something."""
    desk.summaries.revisions[ID][-1] = desk.current.model_copy(update={"standfirst": "", "summary": ""})

    with pytest.raises(NothingToReview, match="no words"):
        desk.says(status="approved")
    assert desk.says(standfirst=HERS).status is Status.EDITED


def test_a_rejected_text_stays_rejected_while_the_article_says_the_same(desk: Desk) -> None:
    """Also when it was deleted meanwhile, and comes back."""
    desk.says(status="rejected", note="It is libel.")

    again = desk.upload(STORY)
    desk.articles.objects.clear()
    desk.tell()
    back = desk.upload(STORY)

    assert [record.status for record in (again, back)] == [Status.REJECTED, Status.REJECTED]
    assert back.review
    assert back.review.note == "It is libel."


# ----------------------------------------------------------------------------------------------------------------------
# What waits beside an editor's words
# ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def stale(desk: Desk) -> Desk:
    """With an editor's words at revision 2, and a newer version of the article waiting at 3 (held back by 4)."""
    desk.says(standfirst=HERS)
    desk.upload(NEWER)
    assert (desk.current.revision, desk.current.stale, desk.current.pending) == (4, True, 3)
    return desk


def test_what_waits_is_served_once_it_is_approved(stale: Desk) -> None:
    """The words before it stay in the history."""
    record = stale.says(status="approved", revision=3)

    assert (record.status, record.standfirst, record.summary) == (Status.APPROVED, NEWER, NEWER)
    assert (record.stale, record.pending, record.revision) == (False, None, 5)
    assert record.review
    assert record.review.of == 3
    # The same text again changes nothing: the words are about it now.
    assert stale.upload(NEWER).revision == 5


def test_what_waits_may_be_edited_on_its_way(stale: Desk) -> None:
    """The words that are not given are those that waited."""
    record = stale.says(standfirst=HERS, revision=3)

    assert (record.status, record.standfirst, record.summary) == (Status.EDITED, HERS, NEWER)
    assert (record.stale, record.pending) == (False, None)


def test_old_words_may_be_approved_for_the_new_version(stale: Desk) -> None:
    """They are checked against it, because it is another text than the one they were written about."""
    record = stale.says(status="approved")

    assert (record.status, record.standfirst, record.stale, record.pending) == (Status.APPROVED, HERS, False, None)
    assert record.article.etag == "e2"
    assert {finding.detail for finding in record.findings} == {"not in the article"}
    assert stale.upload(NEWER).revision == record.revision


def test_old_words_edited_are_about_the_new_version(stale: Desk) -> None:
    """Their author has seen it."""
    record = stale.says(standfirst=NEWER)

    assert (record.standfirst, record.stale, record.article.etag) == (NEWER, False, "e2")
    assert "standfirst" not in {finding.field for finding in record.findings}


def test_what_waits_goes_when_it_is_rejected_and_the_words_stay(stale: Desk) -> None:
    """They are still about an older version, and say so."""
    record = stale.says(status="rejected", revision=3, note="No news in it.")

    assert (record.status, record.standfirst) == (Status.EDITED, HERS)
    assert (record.stale, record.pending) == (True, None)
    assert record.review
    assert (record.review.decision, record.review.of) == (Status.REJECTED, 3)


def test_what_was_rejected_does_not_come_back_with_the_same_version(stale: Desk) -> None:
    """Uploaded again it is no news; the article as it was before, or another one, is."""
    stale.says(status="rejected", revision=3)

    assert stale.upload(NEWER).pending is None
    assert stale.upload(NEWER + "\nAnd more.").pending


def test_words_are_rejected_without_what_waits_beside_them(stale: Desk) -> None:
    """That one is still to be decided about."""
    record = stale.says(status="rejected")

    assert (record.status, record.standfirst, record.pending) == (Status.REJECTED, HERS, 3)
    assert stale.says(status="approved", revision=3).standfirst == NEWER


def test_only_a_text_that_counts_can_be_meant(stale: Desk) -> None:
    """Not one from the history; the error says which there are."""
    with pytest.raises(InvalidField, match="4, which is the newest, or 3, which waits"):
        stale.says(status="approved", revision=1)


def test_a_version_that_cannot_be_read_goes_on_waiting(desk: Desk) -> None:
    """The words are approved, and somebody still has to see to the document."""
    desk.says(standfirst=HERS)
    desk.upload("")

    record = desk.says(status="approved")

    assert (record.status, record.standfirst) == (Status.APPROVED, HERS)
    assert (record.stale, record.pending) == (True, 3)


def test_a_version_that_cannot_be_read_cannot_be_approved(desk: Desk) -> None:
    """There is nothing to approve."""
    desk.says(standfirst=HERS)
    desk.upload("")

    with pytest.raises(NothingToReview, match="failed"):
        desk.says(status="approved", revision=3)


# ----------------------------------------------------------------------------------------------------------------------
# What cannot be reviewed, or not be checked
# ----------------------------------------------------------------------------------------------------------------------


def test_there_is_nothing_to_review_of_an_article_that_is_unknown_failed_or_gone(desk: Desk) -> None:
    """Each with an error of its own."""
    patch = SummaryPatch(status=Status.APPROVED)
    save(desk.summaries, a_record("failed", status=Status.FAILED))
    save(desk.summaries, a_record("gone", status=Status.WITHDRAWN))

    with pytest.raises(SummaryNotFound, match="unknown"):
        desk.review(ArticleId("unknown"), patch, whatever, EDITOR)
    with pytest.raises(NothingToReview, match="failed"):
        desk.review(ArticleId("failed"), patch, whatever, EDITOR)
    with pytest.raises(ArticleWithdrawn, match="gone"):
        desk.review(ArticleId("gone"), patch, whatever, EDITOR)
    with pytest.raises(SummaryNotFound):
        desk.review(ArticleId("long" * 1_000), patch, whatever, EDITOR)


@pytest.mark.parametrize("trouble", [ArticleRemoved("It is gone."), an_object("")], ids=["gone", "unreadable"])
def test_words_that_cannot_be_checked_are_taken_with_a_warning(desk: Desk, trouble: Exception) -> None:
    """A person may know what the bucket does not."""
    desk.articles.objects[ID] = trouble

    record = desk.says(standfirst=HERS)

    assert record.standfirst == HERS
    assert [(finding.check, finding.severity) for finding in record.findings] == [("unchecked", "warning")]
    assert record.evidence == ()


def test_words_are_not_taken_while_the_bucket_does_not_answer(desk: Desk) -> None:
    """They would go unchecked for a passing reason."""
    desk.articles.objects[ID] = StoreUnavailable("S3 is down.")

    with pytest.raises(StoreUnavailable):
        desk.says(standfirst=HERS)

    assert desk.current.status is Status.GENERATED


def test_approving_asks_for_no_article(desk: Desk) -> None:
    """Its text was checked when it was written."""
    desk.articles.objects[ID] = StoreUnavailable("S3 is down.")

    assert desk.says(status="approved").status is Status.APPROVED


def test_words_about_one_article_of_a_package_are_checked_against_that_one() -> None:
    """Whatever the others say."""
    articles = FakeArticles({"in/wire.xml": an_object(f"# a\n{STORY}\n# b\n{NEWER}\n")})
    check = CheckWords(articles, read_lines, choose_default, find_wrong_words, find_no_evidence, prefix="in/")
    source = ArticleSource(bucket="articles", key="in/wire.xml", etag="e1", version_id="v1")
    of = {part: a_record(f"wire.xml/{part}").model_copy(update={"article": source}) for part in ("a", "b", "c")}
    texts = Texts(standfirst=NEWER, summary=NEWER)

    assert len(check(of["a"], texts).findings) == 2
    assert not check(of["b"], texts).findings
    assert [finding.check for finding in check(of["c"], texts).findings] == ["unchecked"]


def test_a_patch_that_is_none_never_reaches_the_story() -> None:
    """Its shape says so."""
    with pytest.raises(ValidationError):
        SummaryPatch.model_validate({"standfirst": None})
