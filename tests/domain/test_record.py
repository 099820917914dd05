"""What a record says of itself."""

from datetime import timedelta

import pytest

from builders import MORNING, a_record
from standfirst.domain.draft import Checks, Evidence, Finding, Sentence, Severity
from standfirst.domain.record import Record, RejectedDraft, Status

PUBLISHABLE = {Status.GENERATED, Status.APPROVED, Status.EDITED}


def a_finding(field: str, sentence: int | None, severity: Severity = "warning") -> Finding:
    """A finding about a sentence, or about the whole text."""
    return Finding("number", field, "7", "not in the article", severity, sentence=sentence)


def test_a_record_counts_its_findings_and_names_the_sentences_to_look_at_first() -> None:
    """Each once, in the order of the texts: those that a finding is about, and those with weak evidence."""
    findings = (a_finding("summary", 1, "error"), a_finding("summary", 1), a_finding("summary", None))
    evidence = (
        Evidence("standfirst", 0, (0,)),
        Evidence("summary", 0, (), weak=True),
        Evidence("summary", 1, (2,), weak=True),
        Evidence("key_points", 2, (1,), weak=True),
    )
    update = {"findings": findings, "evidence": evidence, "key_points": ("One.", "Two.", "Three.")}

    record = a_record().model_copy(update=update)

    unsure = (Sentence("summary", 0), Sentence("summary", 1), Sentence("key_points", 2))
    assert record.checks == Checks(errors=1, warnings=2, unsure_sentences=unsure)


def test_no_sentence_of_a_text_that_is_not_served_is_unsure() -> None:
    """The finding stays, to say why there is none."""
    record = a_record().model_copy(update={"findings": (a_finding("summary", 0, "error"),), "summary": ""})

    assert record.checks == Checks(errors=1, warnings=0, unsure_sentences=())


def embargoed(until: str | None) -> Record:
    """A record of an article under embargo until then."""
    record = a_record()
    return record.model_copy(update={"article": record.article.model_copy(update={"embargoed_until": until})})


@pytest.mark.parametrize("status", Status)
def test_what_an_editor_has_to_see_first_is_not_publishable(status: Status) -> None:
    """Nor what was rejected, or serves no text."""
    assert a_record(status=status).is_publishable(MORNING) is (status in PUBLISHABLE)


@pytest.mark.parametrize("status", sorted(PUBLISHABLE))
def test_an_embargo_holds_back_whatever_its_status(status: Status) -> None:
    """Also what an editor approved: the date is the provider's."""
    record = embargoed("2026-03-03T09:00:01Z").model_copy(update={"status": status})

    assert not record.is_publishable(MORNING)
    assert record.is_publishable(MORNING + timedelta(seconds=1))


@pytest.mark.parametrize(
    "until",
    [
        None,
        "2026-03-03T09:00:00Z",
        "2026-03-03T08:59:59.999+00:00",
        "2026-03-03T10:00:00+01:00",
        "2026-03-03T04:00:00-05:00",
        "2026-03-02T21:00:00",
        "2026-03-02",
        "0001-01-01T00:00:00+14:00",
    ],
    ids=["none", "this moment", "just past", "east", "west", "without zone", "yesterday", "first day"],
)
def test_an_embargo_ends(until: str | None) -> None:
    """At its moment; without a zone it ends where that moment comes last, and a date alone as that day begins."""
    assert embargoed(until).is_publishable(MORNING)


@pytest.mark.parametrize(
    "until",
    [
        "2026-03-03T09:00:00.001Z",
        "2026-03-03T09:30:00+00:15",
        "2026-03-03T05:00:00-05:00",
        "2026-03-03T09:00:01",
        "2026-03-04",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-14:00",
        "tomorrow",
        "",
        "2026-13-01T00:00:00Z",
        "1772528400",
        "03/03/2026",
    ],
    ids=[
        "a moment later",
        "east",
        "west",
        "without zone",
        "tomorrow's date",
        "for good",
        "after the last day",
        "a word",
        "empty",
        "no month",
        "seconds",
        "another order",
    ],
)
def test_an_embargo_holds_until_it_is_known_to_be_over(until: str) -> None:
    """What cannot be read is held back: too late can be mended, too early cannot."""
    assert not embargoed(until).is_publishable(MORNING)


@pytest.mark.parametrize("status", Status)
def test_what_was_skipped_failed_or_is_withdrawn_has_no_text(status: Status) -> None:
    """Everything else is there to be read, or reviewed; a rejected text too."""
    assert a_record(status=status).has_text is (status not in {Status.SKIPPED, Status.FAILED, Status.WITHDRAWN})


@pytest.mark.parametrize(
    ("revision", "pending", "follows"),
    [(1, None, None), (2, None, 1), (3, 2, 1), (4, 2, 3), (9, 8, 7), (2, 1, None)],
    ids=["first", "second", "beside one that waits", "after one that waits", "later", "nothing before"],
)
def test_a_revision_follows_the_one_whose_place_it_took(
    revision: int, pending: int | None, follows: int | None
) -> None:
    """The pending revision was never served."""
    record = a_record(revision=revision).model_copy(update={"pending": pending})

    assert record.previous_revision == follows


def test_a_served_record_is_without_the_draft_that_did_not_pass() -> None:
    """And the same otherwise."""
    record = a_record()
    draft = RejectedDraft(standfirst="Wrong.", summary="Wrong.", findings=(), made_by=record.made_by)

    assert record.model_copy(update={"rejected_draft": draft}).as_served() == record
