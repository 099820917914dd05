"""The story of the upgrades: once the model can be had again, it gets its turn where the extractive writer stood in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from standfirst.domain.ports import Breaker, Budget, Clock, SummaryStore, UploadsQueue

AGAIN = timedelta(hours=1)
"""After so long an upgrade that came to nothing is wished for again; it goes to the end of the line until then."""

MessageWriter = Callable[[str, str], str]
"""The body of a message that wishes for an upgrade of what lies in a bucket under a key."""


@dataclass(frozen=True, slots=True)
class UpgradeSummaries:
    """Wishes for upgrades; the queue's worker fulfils them. Without a ``budget`` there is no limit to what is spent."""

    summaries: SummaryStore
    breaker: Breaker
    budget: Budget | None
    queue: UploadsQueue
    write_message: MessageWriter
    clock: Clock

    def __call__(self, at_most: int) -> int:
        """How many upgrades were wished for, ``at_most`` so many; one as a trial while the model is not answering.

        Raises ``StoreUnavailable``.
        """
        if self.budget and self.budget.is_spent():
            return 0
        now = self.clock.now()
        records = self.summaries.degraded(now, self.breaker.calls_allowed(at_most))
        for record in records:
            self.queue.send(self.write_message(record.article.bucket or "", record.article.key))
            self.summaries.put_off(record, now + AGAIN)
        return len(records)
