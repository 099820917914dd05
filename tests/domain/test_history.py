"""An article's revisions, each beside the one that it took the place of."""

from collections.abc import Sequence

import pytest
from pydantic import JsonValue

from builders import MORNING, a_record
from standfirst.domain.history import Revision, revision_of
from standfirst.domain.record import Record, Review, Status
from standfirst.domain.revisions import (
    Stamp,
    rejected,
    reviewed,
    with_edited_texts,
    with_pending_revision,
    withdrawn,
    without_pending,
)

EDITOR = "arn:aws:iam::123456789012:user/editor"
HERS = "Brackenford gets its ferry back."


def a_stamp(revision: int) -> Stamp:
    """The editor's, in the same morning."""
    return Stamp(a_record().article_id, revision, MORNING, EDITOR)


def a_review(decision: Status, of: int = 1) -> Review:
    """The editor's decision."""
    return Review.model_validate({"decision": decision, "by": EDITOR, "at": MORNING, "of": of, "note": "Seen."})


def edited(before: Record) -> Record:
    """``before`` with the editor's standfirst."""
    review = a_review(Status.EDITED, of=before.revision)
    words = with_edited_texts(before, before.texts.replaced(standfirst=HERS))
    return reviewed(words, a_stamp(before.revision + 1), review, before)


def a_new_version(revision: int) -> Record:
    """What was made of the article as it is now."""
    record = a_record(revision=revision, sequencer="0B", minutes=30)
    article = record.article.model_copy(update={"etag": "e2"})
    return record.model_copy(
        update={"standfirst": "The ferry will not return.", "article": article, "content_hash": "2"}
    )


def changes(revision: Revision) -> dict[str, tuple[JsonValue, JsonValue]]:
    """From what to what, by member."""
    return {change.field: (change.before, change.after) for change in revision.changes}


def history_of(*records: Record) -> Sequence[Revision]:
    """All of them, each beside the one that it follows."""
    known = {record.revision: record for record in records}
    return [revision_of(record, known.get(record.previous_revision or 0)) for record in records]


def test_the_first_revision_came_from_nothing() -> None:
    """What there is to say of it, and no member that is empty."""
    record = a_record(minutes=5)

    first = revision_of(record, None)

    assert (first.revision, first.follows, first.status) == (1, None, Status.GENERATED)
    assert (first.at, first.by, first.review) == (record.updated_at, "tests", None)
    assert changes(first) == {
        "status": (None, "generated"),
        "headline": (None, "Ferry to return"),
        "standfirst": (None, record.standfirst),
        "summary": (None, record.summary),
    }


def test_an_edit_is_shown_with_both_texts_and_the_review() -> None:
    """And with nothing that stayed."""
    before = a_record()

    edit = revision_of(edited(before), before)

    assert (edit.follows, edit.by, edit.status) == (1, EDITOR, Status.EDITED)
    assert edit.review == a_review(Status.EDITED)
    assert changes(edit) == {"status": ("generated", "edited"), "standfirst": (before.standfirst, HERS)}


def test_an_approval_changes_the_status_alone() -> None:
    """The words are the same."""
    before = a_record(status=Status.NEEDS_REVIEW)

    approval = revision_of(reviewed(before, a_stamp(2), a_review(Status.APPROVED), before), before)

    assert approval.review == a_review(Status.APPROVED)
    assert changes(approval) == {"status": ("needs_review", "approved")}


def test_a_rejection_is_shown() -> None:
    """With its reason."""
    before = a_record()

    rejection = revision_of(rejected(before, a_stamp(2), a_review(Status.REJECTED)), before)

    assert rejection.review
    assert rejection.review.note == "Seen."
    assert changes(rejection) == {"status": ("generated", "rejected")}


def test_a_pending_revision_is_not_the_previous_one_of_human_authored_text() -> None:
    """Both follow the text as it was: the pending one was never served."""
    human_authored = edited(a_record())
    pending = a_new_version(3)
    held = with_pending_revision(human_authored, a_stamp(4), pending)

    _, _, waiting, stale = history_of(a_record(), human_authored, pending, held)

    assert (waiting.follows, stale.follows) == (2, 2)
    assert changes(waiting)["standfirst"] == (HERS, "The ferry will not return.")
    assert changes(waiting)["article.etag"] == (None, "e2")
    assert changes(stale) == {"stale": (False, True), "pending": (None, 3)}


def test_another_text_of_the_same_article_is_pending_without_making_the_current_one_stale() -> None:
    """A regeneration brought it."""
    human_authored = edited(a_record())
    held = with_pending_revision(human_authored, a_stamp(4), a_record(revision=3))

    assert changes(revision_of(held, human_authored)) == {"pending": (None, 3)}


def test_a_review_is_shown_once_where_it_was_made() -> None:
    """Though it stays on the record."""
    human_authored = edited(a_record())
    pending = a_new_version(3)
    held = with_pending_revision(human_authored, a_stamp(4), pending)
    moved = held.model_copy(update={"revision": 5})
    kept = without_pending(moved, a_stamp(6), a_review(Status.REJECTED, of=3))

    revisions = history_of(a_record(), human_authored, pending, held, moved, kept)

    decisions = [revision.review and (revision.review.decision, revision.review.of) for revision in revisions]
    assert decisions == [None, (Status.EDITED, 1), None, None, None, (Status.REJECTED, 3)]
    assert [revision.follows for revision in revisions] == [None, 1, 2, 2, 4, 5]
    assert changes(revisions[-1]) == {"pending": (3, None)}


def test_approving_a_pending_revision_is_compared_with_the_text_that_was_served() -> None:
    """A reader saw those before."""
    human_authored = edited(a_record())
    pending = a_new_version(3)
    held = with_pending_revision(human_authored, a_stamp(4), pending)
    approved = reviewed(pending, a_stamp(5), a_review(Status.APPROVED, of=3), pending)

    approval = history_of(a_record(), human_authored, pending, held, approved)[-1]

    assert approval.follows == 4
    assert changes(approval) == {
        "status": ("edited", "approved"),
        "standfirst": (HERS, "The ferry will not return."),
        "stale": (True, False),
        "pending": (3, None),
        "article.etag": (None, "e2"),
    }


@pytest.mark.parametrize(
    ("was", "became"), [(None, "2026-03-04T00:00:00Z"), ("2026-03-04T00:00:00Z", "2026-03-05"), ("2026-03-04", None)]
)
def test_an_embargo_that_changed_is_shown(was: str | None, became: str | None) -> None:
    """The text may be the same: it is why a site shows it, or does not."""
    before = a_record()
    before = before.model_copy(update={"article": before.article.model_copy(update={"embargoed_until": was})})
    article = before.article.model_copy(update={"embargoed_until": became, "words": 45, "sequencer": "0C"})

    moved = revision_of(before.model_copy(update={"revision": 2, "article": article}), before)

    assert changes(moved) == {"article.embargoed_until": (was, became)}


def test_a_withdrawal_takes_everything() -> None:
    """As the reader sees it."""
    before = a_record()

    gone = revision_of(withdrawn(a_stamp(2), before.article, None), before)

    assert changes(gone) == {
        "status": ("generated", "withdrawn"),
        "headline": ("Ferry to return", None),
        "standfirst": (before.standfirst, None),
        "summary": (before.summary, None),
    }


def test_key_points_are_shown_as_lists() -> None:
    """Whole ones: a list that lost one point is another list."""
    before = a_record().model_copy(update={"key_points": ("One.", "Two.")})

    fewer = revision_of(
        with_edited_texts(before, before.texts.replaced(key_points=["Two."])).model_copy(update={"revision": 2}), before
    )

    assert changes(fewer) == {"key_points": (["One.", "Two."], ["Two."])}
