"""The event source mapping: what Lambda does between a queue and a function."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

    from standfirst_local.functions import LocalFunction

logger = logging.getLogger(__name__)

_IDLE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class EventSourceMapping:
    """Which queue feeds which function, in batches of how many (SQS gives at most ten at once)."""

    queue_url: str
    queue_arn: str
    function: LocalFunction
    batch_size: int


class Pump:
    """Polls one queue from a thread of its own and invokes the function, as Lambda's documentation describes it.

    A message is deleted unless the function reported it as failed (``ReportBatchItemFailures``); when the function
    raised, none is. What stays is delivered again after its visibility timeout, and SQS itself moves it to the dead
    letter queue when it was received too often.
    """

    def __init__(self, sqs: SQSClient, mapping: EventSourceMapping) -> None:
        """Prepare; ``start`` begins to poll."""
        self._sqs = sqs
        self._mapping = mapping
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"pump-{mapping.function.name}", daemon=True)

    def start(self) -> None:
        """Begin to poll."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the batch in hand and return."""
        self._stopping.set()
        self._thread.join()

    def deliver_batch(self) -> int:
        """Delivers what is visible now, up to one batch. Returns how many messages that were."""
        messages = self._sqs.receive_message(
            QueueUrl=self._mapping.queue_url,
            MaxNumberOfMessages=self._mapping.batch_size,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        ).get("Messages", [])
        if messages:
            failed = self._invoke(messages)
            self._delete([message for message in messages if message["MessageId"] not in failed])
        return len(messages)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                delivered = self.deliver_batch()
            except (ClientError, BotoCoreError):
                logger.exception("The queue %s could not be polled", self._mapping.queue_url)
                delivered = 0
            if not delivered:
                self._stopping.wait(_IDLE_SECONDS)

    def _invoke(self, messages: Sequence[MessageTypeDef]) -> set[str]:
        """Returns the ids of the messages that stay in the queue."""
        event = {"Records": [_record(message, self._mapping.queue_arn) for message in messages]}
        try:
            answer = self._mapping.function.invoke(event)
        except Exception:  # of any kind: Lambda keeps the batch
            logger.exception("%s raised", self._mapping.function.name)
            return {message["MessageId"] for message in messages}
        failures = (answer or {}).get("batchItemFailures", [])
        return {failure["itemIdentifier"] for failure in failures}

    def _delete(self, messages: Sequence[MessageTypeDef]) -> None:
        for message in messages:
            self._sqs.delete_message(QueueUrl=self._mapping.queue_url, ReceiptHandle=message["ReceiptHandle"])


def _record(message: MessageTypeDef, queue_arn: str) -> dict[str, Any]:
    """One record of the event, in the shape of the Lambda developer guide, "Using Lambda with Amazon SQS"."""
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": message.get("MessageAttributes", {}),
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": queue_arn.split(":")[3],
    }
