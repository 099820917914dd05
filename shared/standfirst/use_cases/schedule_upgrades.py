"""Schedules upgrades: once a model is available again, it writes where the fallback did, or reads what was not read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from standfirst.domain.ports import Breaker, Budget, Clock, SummaryStore
from standfirst.use_cases.background_lane import BackgroundLane

RETRY_INTERVAL = timedelta(hours=1)
"""An upgrade that did not succeed is scheduled again after this; until then others come first."""

MessageWriter = Callable[[str, str], str]
"""Returns the body of the message for an upgrade, given the bucket and the key of the document."""


@dataclass(frozen=True, slots=True)
class ScheduleUpgrades:
    """Queues upgrades for the worker of the background lane, whose breakers and budget these are.

    ``breaker`` is the writer's, ``reader_breaker`` that of the second reader. Without ``budget`` there is no limit.
    """

    summaries: SummaryStore
    breaker: Breaker
    reader_breaker: Breaker
    budget: Budget | None
    lane: BackgroundLane
    write_message: MessageWriter
    clock: Clock

    def __call__(self) -> int:
        """Queues as many upgrades as the lane has room for, or one as a model's trial; returns for how many documents.

        Raises ``StoreUnavailable``.
        """
        if (self.budget and self.budget.is_spent()) or not (room := self.lane.room()):
            return 0
        now = self.clock.now()
        # At most half of the room is for readings: neither kind waits for all of the other.
        unread = self.summaries.due_for_reading(now, self.reader_breaker.calls_allowed(-(-room // 2)))
        unwritten = self.summaries.due_for_upgrade(now, self.breaker.calls_allowed(room - len(unread)))
        scheduled: set[tuple[str, str]] = set()
        for record in (*unwritten, *unread):
            document = (record.article.bucket or "", record.article.key)
            # A package has several records; one upgrade is for all of them.
            if document not in scheduled:
                self.lane.send(self.write_message(*document))
                scheduled.add(document)
            self.summaries.defer_upgrade(record, now + RETRY_INTERVAL)
        return len(scheduled)
