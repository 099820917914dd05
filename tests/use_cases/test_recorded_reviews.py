"""``ReviewSummary`` over fakes: what is recorded of a decision, and what it rests on."""

import pytest

from review_case import EDITOR, HERS, ID, NEWER, Newsroom, with_an_article
from standfirst.domain.article import ArticleId, ArticleKind
from standfirst.domain.draft import Evidence, Finding, Sentence
from standfirst.domain.errors import RevisionConflict
from standfirst.domain.record import Record, Status
from standfirst.domain.review import LONGEST_FINDING_TEXT
from standfirst.domain.review_record import ReviewRecord

FOUND = Finding("claim", "standfirst", "all of it", "a detail", "warning")


@pytest.fixture
def newsroom() -> Newsroom:
    """With one article, summarised."""
    return with_an_article()


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


@pytest.fixture
def with_spans(newsroom: Newsroom) -> Newsroom:
    """A text of two sentences whose places are known, with a finding in each and one about the whole."""
    [record] = newsroom.summaries.revisions[ID]
    first, second = "The ferry is back.", "It costs 410,000 crowns."
    spans = [(0, len(first)), (len(first) + 1, len(first) + 1 + len(second))]
    findings = (
        Finding("claim", "summary", "back", "a detail", "warning", sentence=0),
        Finding("number", "summary", "410,000", "a detail", "warning", sentence=1),
        Finding("limits", "summary", "", "too short", "warning"),
    )
    told = {
        "summary": f"{first} {second}",
        "evidence": tuple(Evidence("summary", number, (0,), span=span) for number, span in enumerate(spans)),
        "findings": findings,
        "article": record.article.model_copy(update={"kind": ArticleKind.NEWS}),
    }
    newsroom.summaries.revisions[ID] = [record.model_copy(update=told)]
    return newsroom


def test_the_sentences_that_were_changed_are_recorded_and_what_that_says_of_the_findings(with_spans: Newsroom) -> None:
    """A finding whose sentence was changed was a hit; one in a sentence that stayed was not looked at."""
    with_spans.says(summary="The ferry is back. It costs 240,000 crowns.")

    record = last(with_spans)
    assert record.sentences_changed == (Sentence("summary", 1),)
    assert [(each.check, each.became) for each in record.findings] == [
        ("claim", "left"),
        ("number", "edited"),
        ("limits", "edited"),
    ]


def test_a_finding_that_the_editor_let_stand_is_recorded_as_overruled(with_spans: Newsroom) -> None:
    """The others are left as they are; nothing was changed."""
    named = {"check": "number", "field": "summary", "text": "410,000"}

    with_spans.says(status="approved", review={"findings": [named]})

    record = last(with_spans)
    assert record.sentences_changed == ()
    assert [(each.check, each.sentence, each.became) for each in record.findings] == [
        ("claim", 0, "left"),
        ("number", 1, "overruled"),
        ("limits", None, "left"),
    ]


def test_which_sentences_were_changed_is_unknown_where_their_places_are(shown: Newsroom) -> None:
    """Never none."""
    shown.says(standfirst=HERS)

    assert last(shown).sentences_changed is None


def test_what_wrote_the_text_is_recorded_with_the_decision(with_spans: Newsroom) -> None:
    """Prompt, style and kind of the text that was decided about, and when it was written."""
    before = with_spans.current
    assert before.made_by

    with_spans.says(status="rejected", note="Not this.")

    record = last(with_spans)
    assert (record.prompt, record.style) == (before.made_by.prompt, before.made_by.style)
    assert (record.kind, record.generated_at) == ("news", before.generated_at)
    assert {each.became for each in record.findings} == {"left"}
