"""The story of a message: it is answered, delivered again later, or put aside for a person. It is never lost."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from standfirst.domain import retry_backoff
from standfirst.domain.article import ArticleId, Regeneration, Upgrade, Upload
from standfirst.domain.errors import InvalidMessage, LeftToQueue, StoreUnavailable, TransientError
from standfirst.domain.ports import DeadLetterReason, Message, TimeLeft, UploadQueue
from standfirst.use_cases.apply_version import Answer, Outcome
from standfirst.use_cases.generate_summary import Attempt
from standfirst.use_cases.summarize_upload import SummarizeUpload

Wish = Upload | Upgrade | Regeneration

MessageReader = Callable[[str], Sequence[Wish]]
"""What the body of a message asks for, nothing where it is none of our business; raises ``InvalidMessage``."""

_OF_NO_ARTICLE = ArticleId("unknown")


@dataclass(frozen=True, slots=True)
class HandleMessage:
    """Answers messages of the queue, which delivers each ``max_receives`` times at most.

    ``draw`` gives a random number from 0 up to 1.
    """

    read: MessageReader
    summarize: SummarizeUpload
    queue: UploadQueue
    max_receives: int
    draw: Callable[[], float]

    def __call__(self, message: Message, time_left: TimeLeft) -> Sequence[Answer]:
        """What became of each article that ``message`` is about, none where it is about none.

        Raises ``LeftToQueue`` from whatever stands in the way, once the message has been hidden for a while.
        """
        try:
            wishes = self.read(message.body)
        except InvalidMessage as error:
            return [self._put_aside(message, _OF_NO_ARTICLE, str(error), "Find out who sends it, and delete it.")]
        attempt = Attempt(time_left, is_last=message.receive_count >= self.max_receives)
        answers: list[Answer] = []
        failures: list[LeftToQueue] = []
        for wish in wishes:
            try:
                answers += self._answer(message, wish, attempt)
            except LeftToQueue as left:
                failures.append(left)
        if failures:
            raise failures[0]
        return answers

    def handle_event(self, body: str, time_left: TimeLeft) -> Sequence[Answer]:
        """The same for a message that no queue holds; raises whatever stands in the way."""
        attempt = Attempt(time_left, is_last=True)
        return [answer for wish in self.read(body) for answer in self._fulfil(wish, attempt)]

    def _fulfil(self, wish: Wish, attempt: Attempt) -> Sequence[Answer]:
        match wish:
            case Upgrade():
                # The text that stands in is served already, and the wish comes again in an hour: one try is enough.
                return self.summarize.upgrade(wish, replace(attempt, is_last=True))
            case Regeneration():
                return self.summarize.regenerate(wish, attempt)
            case Upload():
                return self.summarize(wish, attempt)

    def _answer(self, message: Message, wish: Wish, attempt: Attempt) -> Sequence[Answer]:
        try:
            return self._fulfil(wish, attempt)
        except Exception as error:  # whatever it is, the message stays
            if attempt.is_last and isinstance(wish, Upgrade):
                return [Answer(wish.article_id, Outcome.UNCHANGED, trouble=_reason(error))]
            if attempt.is_last:
                return [self._put_aside(message, wish.article_id, _reason(error), _remedy(error))]
            retry_after = error.retry_after if isinstance(error, TransientError) else None
            # Where it cannot be hidden, it comes back when the queue's own timeout is over.
            with suppress(StoreUnavailable):
                self.queue.change_visibility(
                    message, retry_backoff.delay(message.receive_count, retry_after, self.draw)
                )
            raise LeftToQueue(wish.article_id, error) from error

    def _put_aside(self, message: Message, article_id: ArticleId, reason: str, remedy: str) -> Answer:
        self.queue.dead_letter(message, DeadLetterReason(article_id, reason, remedy))
        return Answer(article_id, Outcome.DEAD_LETTERED, reason)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, TransientError) else f"{type(error).__name__}: {error}"


def _remedy(error: Exception) -> str:
    if isinstance(error, StoreUnavailable):
        return "See that S3 and DynamoDB are well and that the role of SummarizeUploads may use them, then redrive."
    if isinstance(error, TransientError):
        return "Redrive it."
    return "Read the log of SummarizeUploads for this article, mend the cause, then redrive."
