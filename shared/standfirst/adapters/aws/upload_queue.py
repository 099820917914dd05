"""The SQS queue of uploads and commands, and its dead-letter queue."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.errors import StoreUnavailable
from standfirst.domain.ports import DeadLetterReason, Message

if TYPE_CHECKING:
    from mypy_boto3_sqs.literals import QueueAttributeNameType

LONGEST_ATTRIBUTE = 2_000
"""Longest message attribute, in characters; attributes count towards the size that SQS allows a message."""

# Characters that SQS allows in no message (Amazon SQS API reference, SendMessage).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class SqsUploadQueue:
    """``UploadQueue`` over two queues, given by URL. One serves all threads of a process."""

    def __init__(self, queue_url: str, dead_letters_url: str = "") -> None:
        """Makes the client; nothing is sent yet."""
        self._queue_url = queue_url
        self._dead_letters_url = dead_letters_url
        self._sqs = boto3.client("sqs", config=client_config.DEFAULT)

    def change_visibility(self, message: Message, seconds: int) -> None:
        """See ``UploadQueue``."""
        try:
            self._sqs.change_message_visibility(
                QueueUrl=self._queue_url, ReceiptHandle=message.receipt_handle, VisibilityTimeout=seconds
            )
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"SQS did not hide a message: {error}") from error

    def dead_letter(self, message: Message, reason: DeadLetterReason) -> None:
        """See ``UploadQueue``; the reason's fields become attributes of the message."""
        attributes = {"article_id": reason.article_id, "reason": reason.reason, "what_to_do": reason.remedy}
        try:
            self._sqs.send_message(
                QueueUrl=self._dead_letters_url,
                MessageBody=message.body,
                MessageAttributes={
                    name: {"DataType": "String", "StringValue": _allowed(text)} for name, text in attributes.items()
                },
            )
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"SQS did not dead-letter a message: {error}") from error

    def send(self, body: str) -> None:
        """See ``UploadQueue``."""
        try:
            self._sqs.send_message(QueueUrl=self._queue_url, MessageBody=body)
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"SQS did not take a message: {error}") from error

    def waiting(self) -> int:
        """See ``UploadQueue``; SQS counts a message a little after it was sent."""
        counts: Sequence[QueueAttributeNameType] = (
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        )
        try:
            found = self._sqs.get_queue_attributes(QueueUrl=self._queue_url, AttributeNames=counts)
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"SQS did not say how many messages wait: {error}") from error
        return sum(int(found["Attributes"][name]) for name in counts)


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)[:LONGEST_ATTRIBUTE] or "unknown"
