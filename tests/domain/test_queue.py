"""What asks for an editor, what the queue shows of it, and how it is counted."""

import json
from datetime import timedelta

import pytest

from builders import MORNING, a_record
from standfirst.domain.article import ArticleId
from standfirst.domain.draft import Finding
from standfirst.domain.queue import (
    LONGEST_HEADLINE,
    Claim,
    asks_for_editor,
    count,
    entry_from_stored,
    entry_of,
    section_of,
)
from standfirst.domain.record import Record, Status


def a_queued(name: str = "a", **members: object) -> Record:
    """A record with these members."""
    return a_record(name, status=Status.NEEDS_REVIEW).model_copy(update=members)


@pytest.mark.parametrize("status", list(Status))
def test_of_all_statuses_needs_review_alone_asks_for_an_editor(status: Status) -> None:
    """The others do if the article has changed, or a revision waits."""
    record = a_record(status=status)

    assert asks_for_editor(record) is (status is Status.NEEDS_REVIEW)
    assert asks_for_editor(record.model_copy(update={"stale": True}))
    assert asks_for_editor(record.model_copy(update={"pending": 1}))


@pytest.mark.parametrize(
    ("article_id", "section"),
    [("politics/ferry.txt", "politics"), ("a/b/c", "a"), ("ferry.txt", ""), ("/ferry.txt", ""), ("", "")],
)
def test_the_section_is_the_first_folder(article_id: str, section: str) -> None:
    """None without one."""
    assert section_of(ArticleId(article_id)) == section


def test_an_entry_names_each_check_once_and_counts_all_findings() -> None:
    """In the order of the record."""
    found = [("number", "warning"), ("name", "error"), ("number", "warning")]
    findings = tuple(Finding(check, "summary", "x", "y", severity) for check, severity in found)  # type: ignore[arg-type]

    entry = entry_of(a_queued(findings=findings))

    assert (entry.findings, entry.errors, entry.warnings) == (("number", "name"), 1, 2)


def test_a_stored_entry_comes_back_whole_and_small() -> None:
    """Without what the key of the index has, and with as much of the headline as fits a line."""
    record = a_queued("politics/ferry.txt", headline="A headline " * 1_000, pending=3, stale=True)
    entry = entry_of(record)

    stored = entry.to_stored()

    assert entry_from_stored("politics/ferry.txt", record.position, json.loads(stored)) == entry
    assert len(entry.headline or "") <= LONGEST_HEADLINE
    assert len(stored) < 500
    assert entry.position == record.position


def test_an_entry_of_a_later_release_is_read_past_what_is_new_in_it() -> None:
    """During a deployment, and after a rollback."""
    stored = json.loads(entry_of(a_queued(status=Status.EDITED, stale=True)).to_stored())

    later = entry_from_stored(
        "a", a_queued().position, {**stored, "status": "held", "kind": "cartoon", "desk": "night"}
    )

    assert (later.status, later.kind, later.stale) == (Status.NEEDS_REVIEW, None, True)


def test_entries_are_counted_by_reason_and_by_section() -> None:
    """One that asks for two reasons is one of the total."""
    entries = [
        entry_of(a_queued("politics/a")),
        entry_of(a_queued("politics/b", status=Status.EDITED, stale=True, pending=2)),
        entry_of(a_queued("c", status=Status.APPROVED, pending=2)),
    ]

    counts = count(entries)

    assert counts.model_dump() == {
        "total": 3,
        "needs_review": 1,
        "stale": 1,
        "pending": 2,
        "sections": (
            {"section": "politics", "total": 2, "needs_review": 1, "stale": 1, "pending": 1},
            {"section": "", "total": 1, "needs_review": 0, "stale": 0, "pending": 1},
        ),
    }
    assert count([]).model_dump() == {"total": 0, "needs_review": 0, "stale": 0, "pending": 0, "sections": ()}


def test_a_claim_ends_at_its_time() -> None:
    """Not a millisecond later."""
    claim = Claim(by="an editor", until=MORNING)

    assert claim.is_live(MORNING - timedelta(milliseconds=1))
    assert not claim.is_live(MORNING)
