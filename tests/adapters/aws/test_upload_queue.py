"""The upload queue and its dead-letter queue, against moto."""

import time
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import boto3
import pytest

from standfirst.adapters.aws.upload_queue import LONGEST_ATTRIBUTE, SqsUploadQueue
from standfirst.domain import retry_backoff
from standfirst.domain.errors import StoreUnavailable
from standfirst.domain.ports import DeadLetterReason, Message

NUMBERS = count()
BODY = '{"Records": ["Élysée 🚢"]}'


class Queues:
    """Both queues, and what one sees in them."""

    def __init__(self) -> None:
        """Make two that are empty: SQS purges a queue no more than once a minute."""
        self.sqs, number = boto3.client("sqs"), next(NUMBERS)
        self.url, self.dead_letters_url = (
            self.sqs.create_queue(QueueName=f"{name}-{number}", Attributes={"VisibilityTimeout": "600"})["QueueUrl"]
            for name in ("uploads", "dead-letters")
        )
        self.uploads = SqsUploadQueue(self.url, self.dead_letters_url)

    def received(self, url: str | None = None, **how: int) -> list[dict[str, Any]]:
        """What is delivered now."""
        got = self.sqs.receive_message(
            QueueUrl=url or self.url,
            MaxNumberOfMessages=10,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["ApproximateReceiveCount"],
            **how,  # type: ignore[arg-type]
        )
        return [dict(message) for message in got.get("Messages", [])]

    def one(self, **how: int) -> Message:
        """A message that is delivered, as the worker sees it."""
        [got] = self.received(**how)
        return Message(got["Body"], int(got["Attributes"]["ApproximateReceiveCount"]), got["ReceiptHandle"])

    def dead_letter(self, reason: str = "It failed.", article_id: str = "a.txt") -> dict[str, Any]:
        """Complain, and look at what came of it; only its attributes' texts are of interest."""
        self.uploads.dead_letter(Message(BODY, 5, "receipt"), DeadLetterReason(article_id, reason, "Redrive it."))
        [message] = self.received(self.dead_letters_url)
        said = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
        return {"body": message["Body"], **said}


@pytest.fixture
def queues(storage: Mapping[str, str]) -> Queues:
    """Queues of their own."""
    assert storage
    return Queues()


def test_what_is_sent_is_delivered(queues: Queues) -> None:
    """To the letter."""
    queues.uploads.send(BODY)

    [message] = queues.received()
    assert message["Body"] == BODY


def test_a_hidden_message_is_not_delivered_before_its_time(queues: Queues) -> None:
    """Without being hidden it would have come again after a second."""
    queues.uploads.send(BODY)
    message = queues.one(VisibilityTimeout=1)

    queues.uploads.change_visibility(message, 600)

    time.sleep(1.2)
    assert queues.received() == []


def test_a_hidden_message_comes_back_when_its_time_is_over(queues: Queues) -> None:
    """And not when the queue's own ten minutes are; it knows how often it was delivered."""
    queues.uploads.send(BODY)
    message = queues.one()
    assert queues.received() == []

    queues.uploads.change_visibility(message, 1)

    time.sleep(1.2)
    again = queues.one()
    assert (again.body, again.receive_count) == (BODY, 2)


def test_the_longest_delay_is_one_that_is_granted(queues: Queues) -> None:
    """SQS refuses anything over twelve hours."""
    queues.uploads.send(BODY)

    queues.uploads.change_visibility(queues.one(), retry_backoff.LONGEST_SECONDS)

    assert queues.received() == []


def test_hiding_one_message_hides_no_other(queues: Queues) -> None:
    """The rest of the batch is on its own."""
    queues.uploads.send("first")
    message = queues.one()
    queues.uploads.send("second")

    queues.uploads.change_visibility(message, 600)

    assert [each["Body"] for each in queues.received()] == ["second"]


def test_a_dead_lettered_message_says_what_it_is_about_and_what_to_do(queues: Queues) -> None:
    """The message itself is as it was, so that it can be redriven."""
    assert queues.dead_letter(reason="S3 did not answer.", article_id="politics/Élysée 🚢.txt") == {
        "body": BODY,
        "article_id": "politics/Élysée 🚢.txt",
        "reason": "S3 did not answer.",
        "what_to_do": "Redrive it.",
    }
    assert queues.received() == []


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("a\x00b\x1bc\x7fd", "a\ufffdb\ufffdc\x7fd"),
        ("line\r\n\tline", "line\r\n\tline"),
        ("\ud800 half a character", "\ufffd half a character"),
        ("\uffff\ufffe", "\ufffd\ufffd"),
        ("🚢 日本", "🚢 日本"),
    ],
    ids=["control characters", "white space", "a surrogate", "no characters", "astral"],
)
def test_characters_that_sqs_refuses_are_shown_as_replaced(queues: Queues, reason: str, shown: str) -> None:
    """An error's text may hold anything; dead-lettering must not fail for it."""
    assert queues.dead_letter(reason)["reason"] == shown


@pytest.mark.parametrize("text", ["", "x" * 300_000, "🚢" * 300_000], ids=["empty", "long", "long, wide"])
def test_a_reason_has_a_bounded_length_and_is_never_empty(queues: Queues, text: str) -> None:
    """SQS refuses empty attributes, and messages that are too large."""
    said = queues.dead_letter(reason=text, article_id=text)

    wanted = text[:LONGEST_ATTRIBUTE] or "unknown"
    assert (said["reason"], said["article_id"], said["body"]) == (wanted, wanted, BODY)


OPERATIONS: Mapping[str, Callable[[SqsUploadQueue], None]] = {
    "hide": lambda uploads: uploads.change_visibility(Message(BODY, 1, "no receipt"), 10),
    "dead-letter": lambda uploads: uploads.dead_letter(Message(BODY, 1, "r"), DeadLetterReason("a", "b", "c")),
    "send": lambda uploads: uploads.send(BODY),
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS.keys())
@pytest.mark.parametrize("where", ["no queue", "no network"])
def test_a_queue_that_does_not_answer_is_a_transient_error(
    queues: Queues, monkeypatch: pytest.MonkeyPatch, operation: Callable[[SqsUploadQueue], None], where: str
) -> None:
    """In our words; whatever boto3 raised stands behind it."""
    if where == "no network":
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    uploads = SqsUploadQueue(f"{queues.url}-none", f"{queues.dead_letters_url}-none")

    with pytest.raises(StoreUnavailable) as caught:
        operation(uploads)

    assert caught.value.__cause__


def test_a_message_that_is_no_longer_ours_cannot_be_hidden(queues: Queues) -> None:
    """Its receipt is worth nothing any more; the worker goes on without."""
    with pytest.raises(StoreUnavailable):
        queues.uploads.change_visibility(Message(BODY, 1, "no receipt"), 10)


def test_what_waits_is_counted_whoever_has_it(queues: Queues) -> None:
    """Also what is hidden, or sent with a delay: it comes back."""
    for _ in range(3):
        queues.uploads.send(BODY)
    queues.sqs.send_message(QueueUrl=queues.url, MessageBody=BODY, DelaySeconds=60)
    queues.received()

    assert queues.uploads.waiting() == 4


def test_a_queue_that_is_gone_does_not_say_what_waits(queues: Queues) -> None:
    """That is no empty one."""
    queues.sqs.delete_queue(QueueUrl=queues.url)

    with pytest.raises(StoreUnavailable):
        queues.uploads.waiting()
