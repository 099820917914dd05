"""The EventBridge event that announces a new revision to those who show, review or take down summaries."""

from enum import StrEnum

from standfirst.domain.record import Record, Status


class ChangeEventType(StrEnum):
    """The ``detail-type`` of an event, as ``docs/events.md`` describes it."""

    READY = "Summary Ready"
    NEEDS_REVIEW = "Summary Needs Review"
    WITHDRAWN = "Summary Withdrawn"


_OF_STATUS = {
    Status.GENERATED: ChangeEventType.READY,
    Status.APPROVED: ChangeEventType.READY,
    Status.EDITED: ChangeEventType.READY,
    Status.NEEDS_REVIEW: ChangeEventType.NEEDS_REVIEW,
    Status.FAILED: ChangeEventType.NEEDS_REVIEW,
    Status.SKIPPED: ChangeEventType.WITHDRAWN,
    Status.REJECTED: ChangeEventType.WITHDRAWN,
    Status.WITHDRAWN: ChangeEventType.WITHDRAWN,
}


def change_event_type(record: Record) -> ChangeEventType:
    """Returns the type of the event for ``record``, which has become the current revision.

    A human-authored text with a pending revision needs review again.
    """
    event_type = _OF_STATUS[record.status]
    return ChangeEventType.NEEDS_REVIEW if record.pending and event_type is ChangeEventType.READY else event_type
