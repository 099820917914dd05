"""Schedules upgrades: once a model is available again, it writes where the fallback did, or reads what was not read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from standfirst.domain.ports import Breaker, Budget, Clock, SummaryStore, UploadQueue

RETRY_INTERVAL = timedelta(hours=1)
"""An upgrade that did not succeed is scheduled again after this; until then others come first."""

MessageWriter = Callable[[str, str], str]
"""Returns the body of the message for an upgrade, given the bucket and the key of the document."""


@dataclass(frozen=True, slots=True)
class ScheduleUpgrades:
    """Queues upgrades for the worker. Without ``budget`` there is no limit.

    ``breaker`` is the writer's, ``reader_breaker`` that of the second reader.
    """

    summaries: SummaryStore
    breaker: Breaker
    reader_breaker: Breaker
    budget: Budget | None
    queue: UploadQueue
    write_message: MessageWriter
    clock: Clock

    def __call__(self, at_most: int) -> int:
        """Queues up to ``at_most`` upgrades for each model, or one as its trial; returns for how many documents.

        Raises ``StoreUnavailable``.
        """
        if self.budget and self.budget.is_spent():
            return 0
        now = self.clock.now()
        records = [
            *self.summaries.due_for_upgrade(now, self.breaker.calls_allowed(at_most)),
            *self.summaries.due_for_reading(now, self.reader_breaker.calls_allowed(at_most)),
        ]
        scheduled: set[tuple[str, str]] = set()
        for record in records:
            document = (record.article.bucket or "", record.article.key)
            # A package has several records; one upgrade is for all of them.
            if document not in scheduled:
                self.queue.send(self.write_message(*document))
                scheduled.add(document)
            self.summaries.defer_upgrade(record, now + RETRY_INTERVAL)
        return len(scheduled)
