"""The queue of what is done in the background: it is kept shallow, so that nothing in it waits for long.

An upgrade of today's news stands behind no archive then: who sends an archive sends as much as there is room for.
"""

from dataclasses import dataclass

from standfirst.domain.ports import UploadQueue

MESSAGES_PER_BATCH = 100
"""How many messages may wait for each batch that is worked on at once.

That is what it gets through in some five minutes, ten at a time, if the model takes half a minute, as in the flex tier.
"""


@dataclass(frozen=True, slots=True)
class BackgroundLane:
    """The queue of backfills and upgrades, of which ``concurrency`` batches are worked on at once."""

    queue: UploadQueue
    concurrency: int

    def room(self) -> int:
        """Returns how many more messages the queue should have; raises ``StoreUnavailable``."""
        return max(0, MESSAGES_PER_BATCH * self.concurrency - self.queue.waiting())

    def send(self, body: str) -> None:
        """Sends a message with this body; raises ``StoreUnavailable``."""
        self.queue.send(body)
