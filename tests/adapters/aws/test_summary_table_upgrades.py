"""One contract for every store of summaries: texts that the model is still to write, and what replaces them."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from builders import MORNING, a_record, process, replace_stored, save
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import RevisionConflict
from standfirst.domain.ports import Stored, SummaryStore
from standfirst.domain.record import Degraded, Record, Status
from standfirst.domain.second_reading import SecondReading
from standfirst.domain.sequencer import padded

A, B = ArticleId("a"), ArticleId("b/ü +?.txt")
LATER = MORNING + timedelta(days=1)


def a_degraded_record(name: str = A, degraded: Degraded = Degraded.MODEL_UNAVAILABLE, minutes: float = 0) -> Record:
    """A record with the fallback's text."""
    record = a_record(name, minutes=minutes)
    assert record.made_by
    return record.model_copy(update={"made_by": record.made_by.model_copy(update={"degraded": degraded})})


def names(records: Sequence[Record]) -> list[str]:
    """The articles, in order."""
    return [record.article_id for record in records]


def test_a_replacement_answers_what_was_answered_before(store: SummaryStore) -> None:
    """It is about the same version: events that were answered stay so, later ones are not."""
    save(store, a_record(A, sequencer="0A"))
    process(store, A, 1, "0C")
    stored = store.current(A)
    assert stored

    replace_stored(store, stored, a_record(A, revision=2, sequencer="0A", status=Status.NEEDS_REVIEW))

    replaced = store.current(A)
    assert replaced
    assert (replaced.record.revision, replaced.sequencer) == (2, padded("0C"))
    assert store.revision(A, 2) == replaced.record
    assert names(store.list_by_updated(Status.NEEDS_REVIEW, None, None, 10)) == [A]
    assert not store.list_by_updated(Status.GENERATED, None, None, 10)
    save(store, a_record(A, revision=3, sequencer="0D"))


def test_a_replacement_is_refused_when_a_revision_came_between(store: SummaryStore) -> None:
    """A newer article, or an editor: theirs stays."""
    save(store, a_record(A, sequencer="0A"))
    stored = store.current(A)
    assert stored
    save(store, a_record(A, revision=2, sequencer="0B"))

    with pytest.raises(RevisionConflict):
        replace_stored(store, stored, a_record(A, revision=2, sequencer="0A", status=Status.NEEDS_REVIEW))

    assert store.revision(A, 2) == a_record(A, revision=2, sequencer="0B")


def test_of_two_replacements_at_once_only_one_is_stored(store: SummaryStore) -> None:
    """The second would follow a revision that is no longer there, though both answer the same event."""
    save(store, a_record(A, sequencer="0A"))
    stored = store.current(A)
    assert stored
    replace_stored(store, stored, a_record(A, revision=2))

    with pytest.raises(RevisionConflict):
        replace_stored(store, stored, a_record(A, revision=2, status=Status.NEEDS_REVIEW))

    assert store.revision(A, 2) == a_record(A, revision=2)


def test_a_replacement_is_refused_when_an_event_came_between(store: SummaryStore) -> None:
    """What was read before it need not be what lies there now."""
    save(store, a_record(A, sequencer="0A"))
    stored = store.current(A)
    assert stored
    process(store, A, 1, "0B")

    with pytest.raises(RevisionConflict):
        replace_stored(store, stored, a_record(A, revision=2))

    answered = store.current(A)
    assert answered
    assert (answered.record.revision, answered.sequencer) == (1, padded("0B"))
    assert store.revision(A, 2) is None


def test_nothing_is_replaced_where_nothing_is(store: SummaryStore) -> None:
    """A table that was emptied meanwhile stays empty."""
    with pytest.raises(RevisionConflict):
        replace_stored(store, Stored(a_record(A), padded("0A")), a_record(A, revision=2))

    assert store.current(A) is None


def test_what_the_model_is_still_to_write_is_listed_by_when_it_is_due(store: SummaryStore) -> None:
    """Longest first, across all partitions of the index, and nothing that is due later."""
    for minutes, name in enumerate("jihgfedcba"):
        save(store, a_degraded_record(name, minutes=minutes))

    due = store.due_for_upgrade(MORNING + timedelta(minutes=7), 100)

    assert names(due) == list("jihgfedc")
    assert due[0] == a_degraded_record("j")


@pytest.mark.parametrize("limit", [0, 1, 4, 9, 10, 50])
def test_no_more_is_listed_than_is_asked_for(store: SummaryStore, limit: int) -> None:
    """Those that wait longest; none when none is wanted."""
    for minutes, name in enumerate("abcdefghij"):
        save(store, a_degraded_record(name, minutes=minutes))

    assert names(store.due_for_upgrade(LATER, limit)) == list("abcdefghij")[:limit]


@pytest.mark.parametrize(
    ("record", "listed"),
    [
        (a_degraded_record(degraded=Degraded.MODEL_UNAVAILABLE), True),
        (a_degraded_record(degraded=Degraded.BUDGET), True),
        (a_degraded_record(degraded=Degraded.REFUSED), False),
        (a_degraded_record(degraded=Degraded.TRUNCATED), False),
        (a_degraded_record(degraded=Degraded.UNGROUNDED), False),
        (a_record(A), False),
        (a_degraded_record().model_copy(update={"status": Status.NEEDS_REVIEW}), True),
        (a_degraded_record().model_copy(update={"status": Status.EDITED}), False),
        (a_degraded_record().model_copy(update={"status": Status.APPROVED}), False),
        (a_degraded_record().model_copy(update={"status": Status.REJECTED}), False),
        (a_record(A, status=Status.FAILED).model_copy(update={"made_by": None}), False),
    ],
    ids=[
        "unavailable",
        "budget",
        "refused",
        "truncated",
        "ungrounded",
        "not degraded",
        "needs review",
        "edited",
        "approved",
        "rejected",
        "failed",
    ],
)
def test_only_what_the_model_was_not_asked_for_is_listed(store: SummaryStore, record: Record, listed: bool) -> None:  # noqa: FBT001
    """An answer of the model's is one, whatever it was; and a person's decision is the last."""
    save(store, record)

    assert bool(store.due_for_upgrade(LATER, 10)) == listed


def test_what_is_to_be_read_is_listed_apart_from_what_is_to_be_written(store: SummaryStore) -> None:
    """One model may be out while the other is not; both lists are left as soon as it is done."""
    reading = SecondReading(policy="doubtful", outcome="unavailable")
    unread = a_record("unread").model_copy(update={"second_reading": reading})
    save(store, unread)
    save(store, a_degraded_record("unwritten"))

    assert store.due_for_reading(LATER, 10) == [unread]
    assert names(store.due_for_upgrade(LATER, 10)) == ["unwritten"]

    store.defer_upgrade(unread, LATER)
    assert store.due_for_reading(MORNING, 10) == []

    stored = store.current(ArticleId("unread"))
    assert stored
    replace_stored(store, stored, a_record("unread", revision=2))
    assert store.due_for_reading(LATER, 10) == []


def test_what_was_written_leaves_the_list(store: SummaryStore) -> None:
    """By a replacement, by a newer article, by a withdrawal, or by an edit."""
    for name in ("replaced", "newer", "withdrawn", "edited", "still"):
        save(store, a_degraded_record(name))
    stored = store.current(ArticleId("replaced"))
    assert stored

    replace_stored(store, stored, a_record("replaced", revision=2))
    save(store, a_record("newer", revision=2, sequencer="0B"))
    save(store, a_record("withdrawn", revision=2, sequencer="0B", status=Status.WITHDRAWN))
    save(
        store,
        a_record("edited", revision=3, status=Status.EDITED),
        pending=a_degraded_record("edited").model_copy(
            update={"revision": 2, "article": a_record("edited", sequencer="0B").article}
        ),
    )

    assert names(store.due_for_upgrade(LATER, 10)) == ["still"]


def test_an_answered_event_leaves_a_record_in_the_list(store: SummaryStore) -> None:
    """The same article was uploaded again, and the model could still not be had."""
    save(store, a_degraded_record(A))

    process(store, A, 1, "0B")

    assert names(store.due_for_upgrade(LATER, 10)) == [A]


def test_what_is_put_off_goes_to_the_end_of_the_line(store: SummaryStore) -> None:
    """It is due again at the moment it was put off to, and not before."""
    first, second = a_degraded_record(A), a_degraded_record(B, minutes=5)
    save(store, first)
    save(store, second)

    store.defer_upgrade(first, MORNING + timedelta(hours=1))

    assert names(store.due_for_upgrade(MORNING + timedelta(minutes=59), 10)) == [B]
    assert names(store.due_for_upgrade(MORNING + timedelta(hours=1), 10)) == [B, A]
    stored = store.current(A)
    assert stored
    assert (stored.record, stored.sequencer) == (first, padded("0A"))


def test_putting_off_what_is_no_longer_the_newest_does_nothing(store: SummaryStore) -> None:
    """A newer article is due from when it came."""
    old = a_degraded_record(A)
    newer = a_degraded_record(A, minutes=1).model_copy(
        update={"revision": 2, "article": a_record(A, sequencer="0B").article}
    )
    save(store, old)
    save(store, newer)

    store.defer_upgrade(old, MORNING + timedelta(hours=1))

    assert store.due_for_upgrade(MORNING + timedelta(minutes=2), 10) == [newer]


def test_putting_off_what_has_been_written_does_not_list_it_again(store: SummaryStore) -> None:
    """Nor does it what was never saved."""
    save(store, a_record(A))

    store.defer_upgrade(a_record(A), MORNING)
    store.defer_upgrade(a_degraded_record(B), MORNING)

    assert store.due_for_upgrade(LATER, 10) == []
    assert store.current(B) is None


def test_what_the_budget_had_no_room_for_is_due_the_next_day(store: SummaryStore) -> None:
    """Before, it would only be refused again; the day is UTC's."""
    save(store, a_degraded_record(A))
    stored = store.current(A)
    assert stored
    again = a_degraded_record(A, Degraded.BUDGET, minutes=30).model_copy(update={"revision": 2})

    replace_stored(store, stored, again)

    midnight = MORNING.replace(hour=0) + timedelta(days=1)
    assert store.due_for_upgrade(midnight - timedelta(minutes=1), 10) == []
    assert store.due_for_upgrade(midnight, 10) == [again]
