"""Which event announces a new revision."""

import pytest

from builders import a_record
from standfirst.domain.change_event import ChangeEventType, change_event_type
from standfirst.domain.record import Status

OF_STATUS = {
    Status.GENERATED: "Summary Ready",
    Status.APPROVED: "Summary Ready",
    Status.EDITED: "Summary Ready",
    Status.NEEDS_REVIEW: "Summary Needs Review",
    Status.FAILED: "Summary Needs Review",
    Status.SKIPPED: "Summary Withdrawn",
    Status.REJECTED: "Summary Withdrawn",
    Status.WITHDRAWN: "Summary Withdrawn",
}


@pytest.mark.parametrize("status", Status)
def test_every_status_is_announced(status: Status) -> None:
    """To those who show summaries, review them, or take them down."""
    assert change_event_type(a_record(status=status)) == OF_STATUS[status]


@pytest.mark.parametrize("status", [Status.EDITED, Status.APPROVED])
def test_human_authored_text_with_a_pending_revision_needs_review(status: Status) -> None:
    """The status alone does not say so."""
    stale = a_record(status=status).model_copy(update={"stale": True, "pending": 2})

    assert change_event_type(stale) is ChangeEventType.NEEDS_REVIEW


@pytest.mark.parametrize("status", [Status.REJECTED, Status.WITHDRAWN])
def test_what_is_to_be_taken_down_is_taken_down_whatever_is_pending(status: Status) -> None:
    """An editor's no is not softened by a newer version."""
    stale = a_record(status=status).model_copy(update={"stale": True})

    assert change_event_type(stale) is ChangeEventType.WITHDRAWN
