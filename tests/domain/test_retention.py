"""Which old revisions lose their texts, and what stays of them."""

from datetime import timedelta

import pytest

from builders import MORNING, a_reading, a_record
from standfirst.domain.record import Record, Review, Status
from standfirst.domain.retention import is_expired, without_texts
from standfirst.domain.stored_record import from_stored, to_stored

KEPT = 3


def at(revision: int, **update: object) -> Record:
    """A revision that was generated in that minute of the morning."""
    record = a_record(revision=revision, minutes=revision)
    return record.model_copy(update={"generated_at": record.updated_at} | update)


CURRENT = at(10)


@pytest.mark.parametrize(("revision", "expired"), [(1, True), (6, True), (7, False), (9, False)])
def test_the_newest_old_revisions_keep_their_texts(revision: int, expired: bool) -> None:  # noqa: FBT001 - a case
    """As many as are wanted before the newest one."""
    assert is_expired(at(revision), CURRENT, KEPT) is expired


@pytest.mark.parametrize("decision", [Status.EDITED, Status.APPROVED, Status.REJECTED])
def test_what_an_editor_decided_keeps_its_texts(decision: Status) -> None:
    """The revision that the decision brought; one that only carries it on does not."""
    moment = MORNING + timedelta(minutes=2)
    review = Review(decision=decision, by="her", at=moment, of=1)  # type: ignore[arg-type] - one of the three
    decided = at(2, status=decision, review=review, updated_at=moment)

    assert not is_expired(decided, CURRENT, KEPT)
    assert is_expired(at(4, status=decision, review=review), CURRENT, KEPT)


@pytest.mark.parametrize("needed", ["pending", "last_reviewed"])
def test_what_the_newest_revision_refers_to_keeps_its_texts(needed: str) -> None:
    """An editor may still approve or find again what they are."""
    current = CURRENT.model_copy(update={needed: 2})

    assert not is_expired(at(2), current, KEPT)
    assert is_expired(at(3), current, KEPT)


def test_the_generated_text_that_an_editors_is_compared_with_is_kept() -> None:
    """Where the newest one came from, however often it was carried on."""
    current = CURRENT.model_copy(update={"generated_at": at(2).generated_at})

    assert not is_expired(at(2), current, KEPT)
    assert is_expired(at(3, generated_at=at(2).generated_at), current, KEPT)


def test_texts_go_once() -> None:
    """What has none is not written again."""
    assert not is_expired(without_texts(at(1), MORNING), CURRENT, KEPT)


def test_who_stored_it_about_what_and_at_what_cost_stays() -> None:
    """All but the texts and what is said of them; also where it is stored and read."""
    record = at(1, content_hash="content", second_reading=a_reading())
    gone = {
        "standfirst",
        "summary",
        "key_points",
        "findings",
        "evidence",
        "rejected_draft",
        "second_reading",
        "expired_at",
    }

    left = from_stored(to_stored(without_texts(record, MORNING)))

    assert not any(left.texts.values())
    assert (left.findings, left.evidence, left.rejected_draft) == ((), (), None)
    assert left.second_reading
    assert left.second_reading.verdicts == ()
    assert left.expired_at == "2026-03-03T09:00:00.000Z"
    stays = Record.model_fields.keys() - gone
    assert {name: getattr(left, name) for name in stays} == {name: getattr(record, name) for name in stays}
