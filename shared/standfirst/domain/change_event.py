"""What a new revision means to those who show, review or take down summaries: the kind of event that tells of it."""

from enum import StrEnum

from standfirst.domain.record import Record, Status


class ChangeEventType(StrEnum):
    """The ``detail-type`` of an event; ``docs/events.md`` says what it asks for."""

    READY = "Summary Ready"
    NEEDS_REVIEW = "Summary Needs Review"
    WITHDRAWN = "Summary Withdrawn"


_OF_STATUS = {
    Status.GENERATED: ChangeEventType.READY,
    Status.APPROVED: ChangeEventType.READY,
    Status.EDITED: ChangeEventType.READY,
    Status.NEEDS_REVIEW: ChangeEventType.NEEDS_REVIEW,
    Status.FAILED: ChangeEventType.NEEDS_REVIEW,
    Status.REJECTED: ChangeEventType.WITHDRAWN,
    Status.WITHDRAWN: ChangeEventType.WITHDRAWN,
}


def change_event_type(record: Record) -> ChangeEventType:
    """How to tell of ``record``, now that it is what is served.

    Words of a person beside which something newer waits want a person again.
    """
    told = _OF_STATUS[record.status]
    return ChangeEventType.NEEDS_REVIEW if record.pending and told is ChangeEventType.READY else told
