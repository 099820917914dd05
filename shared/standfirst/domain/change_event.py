"""What a new revision means to those who show, review or take down summaries: the kind of event that tells of it."""

from enum import StrEnum

from standfirst.domain.record import Record, Status


class Announcement(StrEnum):
    """The ``detail-type`` of an event; ``docs/events.md`` says what it asks for."""

    READY = "Summary Ready"
    NEEDS_REVIEW = "Summary Needs Review"
    WITHDRAWN = "Summary Withdrawn"


_OF_STATUS = {
    Status.GENERATED: Announcement.READY,
    Status.APPROVED: Announcement.READY,
    Status.EDITED: Announcement.READY,
    Status.NEEDS_REVIEW: Announcement.NEEDS_REVIEW,
    Status.FAILED: Announcement.NEEDS_REVIEW,
    Status.REJECTED: Announcement.WITHDRAWN,
    Status.WITHDRAWN: Announcement.WITHDRAWN,
}


def announcement(record: Record) -> Announcement:
    """How to tell of ``record``, now that it is what is served.

    Words of a person beside which something newer waits want a person again.
    """
    told = _OF_STATUS[record.status]
    return Announcement.NEEDS_REVIEW if record.pending and told is Announcement.READY else told
