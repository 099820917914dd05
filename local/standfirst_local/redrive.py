"""``redrive``: shows the messages in the dead-letter queue and has SQS move them back into the uploads queue."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from standfirst.adapters.aws.messages import read_message
from standfirst.domain.errors import InvalidMessage
from standfirst_local.deployed_stack import DeployedStack, OperationFailed, client, find_stack, status_of
from standfirst_local.terminal import Terminal, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

MOST_SHOWN = 100
WATCH_SECONDS = 60
"""How long the move is watched; it continues by itself."""

UPLOADS, BACKFILLS = ("UploadsDeadLetterQueue", "UploadsQueue"), ("BackfillDeadLetterQueue", "BackfillQueue")
"""Logical ids of template.yaml: a dead-letter queue, and the queue that its messages go back to."""

_UNHANDLED = (
    "The function did not finish, however often it was tried: it crashed, ran out of time, or has a wrong setting."
)
_FIX = "Read the log of SummarizeUploads, or of BackfillArticles, fix the cause, then redrive."
_EXCERPT = 60

_READING_SECONDS = 30
"""How long a message is hidden while the others are read: the same one would come again and again otherwise."""

_POLL_SECONDS = 0.2
_SETTLE_SECONDS = 5
"""AWS may say that a move is complete before it has counted it."""

_ENDED = {"COMPLETED", "FAILED", "CANCELLED"}


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message in the dead-letter queue, and when it was sent, in seconds of the epoch."""

    article: str
    reason: str
    remedy: str
    sent: float


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue, and about how many of its messages are visible and in flight (hidden)."""

    url: str
    arn: str
    visible: int
    hidden: int

    @property
    def name(self) -> str:
        """What the AWS console calls it."""
        return self.arn.rsplit(":", maxsplit=1)[-1]


@dataclass(frozen=True, slots=True)
class Stack:
    """What of a deployed stack is needed here; the ``source`` is where its dead letters go back to."""

    dead_letters: Queue
    source: Queue
    article_prefix: str


@dataclass(frozen=True, slots=True)
class Move:
    """A message move task as ``ListMessageMoveTasks`` reports it; ``started`` is 0 where there is none."""

    started: int = 0
    status: str = ""
    moved: int = 0
    to_move: int = 0
    failure: str = ""

    @property
    def counted(self) -> bool:
        """Whether its numbers are final."""
        return self.status in _ENDED and (self.status != "COMPLETED" or self.moved >= self.to_move)


def show(stack_name: str, queues: tuple[str, str]) -> int:
    """Shows what is in the dead-letter queue of ``queues``. Returns the exit status."""
    return status_of(lambda: _show(stack_name, queues))


def redrive(stack_name: str, queues: tuple[str, str]) -> int:
    """Shows what is in the dead-letter queue of ``queues`` and moves it to the other. Returns the exit status."""
    return status_of(lambda: _show_and_move(stack_name, queues))


def dead_letter(message: MessageTypeDef, article_prefix: str) -> DeadLetter:
    """Returns what ``message`` says: in its attributes if the worker sent it, else in the S3 event in its body."""
    system = message.get("Attributes", {})
    attributes = message.get("MessageAttributes", {})
    stated = {name: value.get("StringValue", "") for name, value in attributes.items()}
    if "DeadLetterQueueSourceArn" in system:
        # SQS moved it here. A reason on it is that of an earlier time, before it was redriven.
        stated = {"article_id": stated.get("article_id", "")}
    return DeadLetter(
        article=stated.get("article_id") or _article_in(message.get("Body", ""), article_prefix),
        reason=stated.get("reason") or _UNHANDLED,
        remedy=stated.get("what_to_do") or _FIX,
        sent=int(system.get("SentTimestamp", 0)) / 1000,
    )


def ago(seconds: float) -> str:
    """Returns ``seconds`` as an age in one unit."""
    for unit, length in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length:.0f} {unit} ago"
    return f"{max(seconds, 0):.0f} s ago"


def _show(stack_name: str, queues: tuple[str, str]) -> None:
    sqs: SQSClient = client("sqs")
    stack = _stack(find_stack(stack_name), sqs, queues)
    _check_that_none_runs(_newest_move(sqs, stack.dead_letters), stack.dead_letters)
    if _shown(sqs, stack):
        print(f"Nothing was moved: without --dry-run they go back to {stack.source.name}.")


def _show_and_move(stack_name: str, queues: tuple[str, str]) -> None:
    sqs: SQSClient = client("sqs")
    stack = _stack(find_stack(stack_name), sqs, queues)
    before = _newest_move(sqs, stack.dead_letters)
    _check_that_none_runs(before, stack.dead_letters)
    if _shown(sqs, stack):
        print(_outcome(_moved(sqs, stack, before), stack.source))


def _stack(deployed: DeployedStack, sqs: SQSClient, queues: tuple[str, str]) -> Stack:
    dead_letters, source = (_queue(sqs, deployed.resource(logical_id)) for logical_id in queues)
    return Stack(dead_letters, source, deployed.parameters.get("ArticlePrefix", ""))


def _queue(sqs: SQSClient, url: str) -> Queue:
    attributes = sqs.get_queue_attributes(
        QueueUrl=url,
        AttributeNames=["QueueArn", "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    )["Attributes"]
    return Queue(
        url=url,
        arn=attributes["QueueArn"],
        visible=int(attributes["ApproximateNumberOfMessages"]),
        hidden=int(attributes["ApproximateNumberOfMessagesNotVisible"]),
    )


def _check_that_none_runs(newest: Move, queue: Queue) -> None:
    # Before anything is received: a running move skips messages that we have received.
    if newest.status and newest.status not in _ENDED:
        raise OperationFailed(
            f"SQS is already moving messages out of {queue.name}, {newest.moved} of {newest.to_move} so far: "
            "wait until it is done, or cancel it in the console"
        )


def _shown(sqs: SQSClient, stack: Stack) -> bool:
    """Shows what can be moved. Returns whether that is anything."""
    queue = stack.dead_letters
    letters = [dead_letter(message, stack.article_prefix) for message in _messages_in(sqs, queue)]
    if not letters and queue.hidden:
        raise OperationFailed(
            f"{queue.name} has {_messages(queue.hidden)} that another consumer has received: try again in a minute"
        )
    if not letters:
        print(f"There are no messages in {queue.name}.")
        return False
    total = max(queue.visible, MOST_SHOWN) if len(letters) == MOST_SHOWN else len(letters)
    console = Terminal()
    console.print(Text(f"{_messages(total)} in {queue.name}:\n"), soft_wrap=True)
    for letter in sorted(letters, key=lambda each: each.sent):
        console.print(_entry(letter), soft_wrap=True)
    if total > len(letters):
        print(f"… and {total - len(letters)} more.\n")
    return True


def _messages_in(sqs: SQSClient, queue: Queue) -> list[MessageTypeDef]:
    """Returns the first messages that can be received, each once, and makes them visible again."""
    seen: dict[str, MessageTypeDef] = {}
    try:
        while len(seen) < MOST_SHOWN and (received := _received(sqs, queue, min(10, MOST_SHOWN - len(seen)))):
            seen |= {message["MessageId"]: message for message in received}
    finally:
        _release(sqs, queue, list(seen.values()))
    return list(seen.values())


def _received(sqs: SQSClient, queue: Queue, most: int) -> Sequence[MessageTypeDef]:
    # Only a receive that waits asks all of SQS's servers.
    return sqs.receive_message(
        QueueUrl=queue.url,
        MaxNumberOfMessages=most,
        VisibilityTimeout=_READING_SECONDS,
        WaitTimeSeconds=1,
        MessageAttributeNames=["article_id", "reason", "what_to_do"],
        MessageSystemAttributeNames=["SentTimestamp", "DeadLetterQueueSourceArn"],
    ).get("Messages", [])


def _release(sqs: SQSClient, queue: Queue, messages: Sequence[MessageTypeDef]) -> None:
    """Makes ``messages`` visible again, so that they can be moved."""
    for start in range(0, len(messages), 10):
        batch = messages[start : start + 10]
        # Entries that SQS reports as failed are visible again already.
        sqs.change_message_visibility_batch(
            QueueUrl=queue.url,
            Entries=[
                {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 0}
                for number, message in enumerate(batch)
            ],
        )


def _article_in(body: str, prefix: str) -> str:
    try:
        articles = [command.article_id for command in read_message(body, prefix)]
    except (InvalidMessage, RecursionError):
        # Any sender may have put anything into the queue.
        articles = []
    return ", ".join(articles) or f"no article: {body[:_EXCERPT]}"


def _entry(letter: DeadLetter) -> Text:
    return Text.assemble(
        (one_line(letter.article), "bold"),
        (f" · sent {ago(time.time() - letter.sent)}\n", "dim"),
        f"  {one_line(letter.reason)}\n",
        f"  → {one_line(letter.remedy)}\n",
    )


def _newest_move(sqs: SQSClient, queue: Queue) -> Move:
    for task in sqs.list_message_move_tasks(SourceArn=queue.arn, MaxResults=1).get("Results", []):
        return Move(
            started=task.get("StartedTimestamp", 0),
            status=task.get("Status", ""),
            moved=task.get("ApproximateNumberOfMessagesMoved", 0),
            to_move=task.get("ApproximateNumberOfMessagesToMove", 0),
            failure=task.get("FailureReason", ""),
        )
    return Move()


def _moved(sqs: SQSClient, stack: Stack, before: Move) -> Move:
    # The destination is said because a message that was sent to the dead-letter queue has no queue to go back to.
    sqs.start_message_move_task(SourceArn=stack.dead_letters.arn, DestinationArn=stack.source.arn)
    with Terminal(stderr=True).status("Moving …") as status:
        for move in _followed(sqs, stack.dead_letters, before):
            status.update(f"Moved {move.moved} of {_messages(move.to_move)} …")
    return move


def _followed(sqs: SQSClient, queue: Queue, before: Move) -> Iterator[Move]:
    """Yields the state of the move after ``before`` until it has ended or ``WATCH_SECONDS`` have."""
    deadline = time.monotonic() + WATCH_SECONDS
    while True:
        newest = _newest_move(sqs, queue)
        # A running task shows its handle and an ended one does not, so that only its time tells it from the last one.
        move = newest if newest.started != before.started else Move()
        yield move
        if move.status in _ENDED:
            deadline = min(deadline, time.monotonic() + _SETTLE_SECONDS)
        if move.counted or time.monotonic() >= deadline:
            return
        time.sleep(_POLL_SECONDS)


def _outcome(move: Move, destination: Queue) -> str:
    """Returns what to print about ``move``. Raises ``OperationFailed`` if it failed."""
    if move.status == "COMPLETED":
        return f"Moved {move.moved} of {_messages(move.to_move)} back to {destination.name}."
    if move.status in _ENDED:
        how = "failed" if move.status == "FAILED" else "was cancelled"
        why = f": {move.failure}" if move.failure else ""
        raise OperationFailed(f"the move to {destination.name} {how} after {_messages(move.moved)}{why}")
    return f"Moved {move.moved} of {_messages(move.to_move)} so far; SQS continues by itself."


def _messages(number: int) -> str:
    return "1 message" if number == 1 else f"{number} messages"
