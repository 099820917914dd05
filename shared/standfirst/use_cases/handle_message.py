"""Handles one SQS message: processes it, leaves it for redelivery, or moves it to the dead-letter queue."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from standfirst.domain import retry_backoff
from standfirst.domain.article import ArticleId, Backfill, Regeneration, Upgrade, Upload
from standfirst.domain.deadline import Deadline
from standfirst.domain.errors import (
    BudgetSpent,
    InvalidMessage,
    LeftToQueue,
    ModelError,
    StoreRefused,
    StoreUnavailable,
    TransientError,
)
from standfirst.domain.ports import DeadLetterReason, Message, UploadQueue
from standfirst.use_cases.apply_version import Outcome, Result
from standfirst.use_cases.generate_summary import Attempt
from standfirst.use_cases.summarize_upload import SummarizeUpload

Command = Upload | Upgrade | Regeneration | Backfill

MessageReader = Callable[[str], Sequence[Command]]
"""Returns the commands in a message's body, none if it is about no article of ours; raises ``InvalidMessage``."""

_NO_ARTICLE = ArticleId("unknown")


@dataclass(frozen=True, slots=True)
class HandleMessage:
    """Handles messages of the queue, which delivers each at most ``max_receives`` times.

    ``draw`` gives a random number from 0 up to 1.
    """

    read: MessageReader
    summarize: SummarizeUpload
    queue: UploadQueue
    max_receives: int
    draw: Callable[[], float]

    def __call__(self, message: Message, deadline: Deadline) -> Sequence[Result]:
        """Returns one result per article in the message, or an empty list.

        Raises ``LeftToQueue``, chained from the cause, after extending the message's visibility timeout.
        """
        try:
            commands = self.read(message.body)
        except InvalidMessage as error:
            return [self._dead_letter(message, _NO_ARTICLE, str(error), "Find out who sends it, and delete it.")]
        attempt = Attempt(deadline, is_last=message.receive_count >= self.max_receives)
        results: list[Result] = []
        failures: list[LeftToQueue] = []
        for command in commands:
            try:
                results += self._handle(message, command, attempt)
            except LeftToQueue as left:
                failures.append(left)
        if failures:
            raise failures[0]
        return results

    def handle_direct_invocation(self, body: str, deadline: Deadline) -> Sequence[Result]:
        """Handles an event that did not come through the queue; raises the first error."""
        attempt = Attempt(deadline, is_last=True)
        return [result for command in self.read(body) for result in self._dispatch(command, attempt)]

    def _handle(self, message: Message, command: Command, attempt: Attempt) -> Sequence[Result]:
        try:
            return [self._dead_lettered(message, result) for result in self._dispatch(command, attempt)]
        except StoreRefused as error:
            if isinstance(command, Upgrade):
                return [Result(command.article_id, Outcome.UNCHANGED, trouble=str(error))]
            return [self._given_up(message, command, str(error), error.remedy)]
        except Exception as error:  # after any error the message is redelivered or in the dead-letter queue
            if attempt.is_last and isinstance(command, Upgrade):
                return [Result(command.article_id, Outcome.UNCHANGED, trouble=_reason(error))]
            if attempt.is_last:
                return [self._given_up(message, command, _reason(error), _remedy(error))]
            retry_after = error.retry_after if isinstance(error, TransientError | BudgetSpent) else None
            # If this fails, the message is redelivered after the queue's own visibility timeout.
            with suppress(StoreUnavailable):
                delay = retry_backoff.delay(message.receive_count, retry_after, self.draw)
                self.queue.change_visibility(message, delay)
            raise LeftToQueue(command.article_id, error) from error

    def _dispatch(self, command: Command, attempt: Attempt) -> Sequence[Result]:
        match command:
            case Upgrade():
                # One attempt is enough: the fallback's text is served, and the upgrade is scheduled again in an hour.
                return self.summarize.upgrade(command, replace(attempt, is_last=True))
            case Backfill():
                return self.summarize.backfill(command, attempt)
            case Regeneration():
                return self.summarize.regenerate(command, attempt)
            case Upload():
                return self.summarize(command, attempt)

    def _dead_lettered(self, message: Message, result: Result) -> Result:
        """Returns ``result``, after moving the message if it is one that a person has to do something about."""
        if result.outcome is Outcome.DEAD_LETTERED:
            self._dead_letter(message, result.article_id, result.reason or "", result.remedy or "")
        return result

    def _given_up(self, message: Message, command: Command, reason: str, remedy: str) -> Result:
        result = self._dead_letter(message, command.article_id, reason, remedy)
        return replace(result, uploaded_at=command.at) if isinstance(command, Upload) else result

    def _dead_letter(self, message: Message, article_id: ArticleId, reason: str, remedy: str) -> Result:
        self.queue.dead_letter(message, DeadLetterReason(article_id, reason, remedy))
        return Result(article_id, Outcome.DEAD_LETTERED, reason)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, TransientError | ModelError) else f"{type(error).__name__}: {error}"


def _remedy(error: Exception) -> str:
    if isinstance(error, StoreUnavailable):
        return "See that S3 and DynamoDB are well and that the role of SummarizeUploads may use them, then redrive."
    if isinstance(error, BudgetSpent):
        return "Redrive it tomorrow, or raise BackfillBudgetUsd first."
    if isinstance(error, ModelError):
        return "See that the model may be asked: key, rights, quota and name; then redrive."
    if isinstance(error, TransientError):
        return "Redrive it."
    return "Read the log of SummarizeUploads for this article, mend the cause, then redrive."
