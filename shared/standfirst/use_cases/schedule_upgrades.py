"""The story of the upgrades: once the model can be had again, it gets its turn where the extractive writer stood in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from standfirst.domain.ports import Breaker, Budget, Clock, SummaryStore, UploadQueue

AGAIN = timedelta(hours=1)
"""After so long an upgrade that came to nothing is wished for again; it goes to the end of the line until then."""

MessageWriter = Callable[[str, str], str]
"""The body of a message that wishes for an upgrade of what lies in a bucket under a key."""


@dataclass(frozen=True, slots=True)
class ScheduleUpgrades:
    """Wishes for upgrades; the queue's worker fulfils them. Without a ``budget`` there is no limit to what is spent."""

    summaries: SummaryStore
    breaker: Breaker
    budget: Budget | None
    queue: UploadQueue
    write_message: MessageWriter
    clock: Clock

    def __call__(self, at_most: int) -> int:
        """Of how many documents an upgrade was wished for, ``at_most`` so many, or one as a trial of the model.

        Raises ``StoreUnavailable``.
        """
        if self.budget and self.budget.is_spent():
            return 0
        now = self.clock.now()
        records = self.summaries.due_for_upgrade(now, self.breaker.calls_allowed(at_most))
        wished: set[tuple[str, str]] = set()
        for record in records:
            document = (record.article.bucket or "", record.article.key)
            # A package has several records, and one wish is for all of them.
            if document not in wished:
                self.queue.send(self.write_message(*document))
                wished.add(document)
            self.summaries.defer_upgrade(record, now + AGAIN)
        return len(wished)
