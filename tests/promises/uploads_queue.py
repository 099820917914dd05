"""A queue that delivers at least once, in any order, and its dead letters; and the time that passes meanwhile."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from builders import MORNING
from promises.workers import stop_before
from standfirst.domain.errors import StoreUnavailable
from standfirst.domain.ports import DeadLetterReason, Message

MAX_RECEIVES = 5
"""``maxReceiveCount`` of the template's UploadsQueue."""

VISIBILITY_SECONDS = 600
"""Its ``VisibilityTimeout``."""


@dataclass
class Time:
    """A clock that stands still until the test moves it."""

    seconds: float = 0.0

    def now(self) -> datetime:
        """See ``Clock``."""
        return MORNING + timedelta(seconds=self.seconds)


@dataclass
class Letter:
    """A message in the queue."""

    number: int
    body: str
    receive_count: int = 0
    visible_at: float = 0.0

    @property
    def receipt_handle(self) -> str:
        """That of its last delivery; those before are void."""
        return f"{self.number}/{self.receive_count}"


@dataclass(frozen=True)
class DeadLetter:
    """A message in the dead-letter queue; without a reason where the queue itself gave up."""

    body: str
    reason: DeadLetterReason | None = None


@dataclass
class UploadsQueueModel:
    """``UploadsQueue``, and what SQS does by itself."""

    time: Time
    letters: list[Letter] = field(default_factory=list)
    dead: list[DeadLetter] = field(default_factory=list)
    sent: int = 0

    def waiting(self) -> int:
        """See ``UploadQueue``."""
        stop_before("GetQueueAttributes")
        return len(self.letters)

    def visible(self) -> list[Letter]:
        """What may be delivered now."""
        return [letter for letter in self.letters if letter.visible_at <= self.time.seconds]

    def deliver(self, letter: Letter) -> Message | None:
        """One delivery of ``letter``; ``None`` when it was delivered too often already."""
        if letter.receive_count == MAX_RECEIVES:
            self.letters.remove(letter)
            self.dead.append(DeadLetter(letter.body))
            return None
        letter.receive_count += 1
        letter.visible_at = self.time.seconds + VISIBILITY_SECONDS
        return Message(letter.body, letter.receive_count, letter.receipt_handle)

    def acknowledge(self, message: Message) -> None:
        """Forget it."""
        self.letters = [letter for letter in self.letters if letter.receipt_handle != message.receipt_handle]

    def redrive(self) -> None:
        """Move every dead letter back."""
        bodies, self.dead = [letter.body for letter in self.dead], []
        for body in bodies:
            self.take(body)

    def take(self, body: str) -> Letter:
        """Have one more message, from somebody who has no trouble with that."""
        self.sent += 1
        self.letters.append(Letter(self.sent, body, visible_at=self.time.seconds))
        return self.letters[-1]

    # The port -------------------------------------------------------------------------------------------------------

    def change_visibility(self, message: Message, seconds: int) -> None:
        """See ``UploadsQueue``; of no effect once the message was delivered again."""
        stop_before("ChangeMessageVisibility")
        found = [letter for letter in self.letters if letter.receipt_handle == message.receipt_handle]
        if not found:
            raise StoreUnavailable("The message is not in flight.")
        found[0].visible_at = self.time.seconds + seconds

    def dead_letter(self, message: Message, reason: DeadLetterReason) -> None:
        """See ``UploadsQueue``."""
        stop_before("SendMessage")
        self.dead.append(DeadLetter(message.body, replace(reason)))

    def send(self, body: str) -> None:
        """See ``UploadsQueue``."""
        stop_before("SendMessage")
        self.take(body)
