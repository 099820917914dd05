"""Uploads, and the way their events take to the queue.

Moto sends its events at once, in order and once, without a sequencer. So the bucket tells a queue of the soak's own,
and ``Relay`` takes them from there to the service's queue as S3 would: with a sequencer, some twice, none in order.
"""

from __future__ import annotations

import json
import random
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

import boto3
from children import CannotSoak

if TYPE_CHECKING:
    from mypy_boto3_sqs.literals import QueueAttributeNameType
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef
    from newsroom import Upload

UPLOADERS = 4

_MOST_WAITING = 20
"""Nobody uploads while so many messages wait: versions that all lie there already are overtaken, not worked on."""

_LOOK_EVERY = 5

_TWICE = 0.2
"""The share of events that are delivered twice."""

_WINDOW = 50
"""So many events wait for one another, and are sent on in any order."""

_BATCH = 10
_IDLE_SECONDS = 0.1


class Backlog:
    """How many messages a queue holds."""

    def __init__(self, queue: str) -> None:
        """Prepare, for a queue by its URL."""
        self._sqs = boto3.client("sqs")
        self._queue = queue

    def waiting(self) -> int:
        """Those that nobody has in hand."""
        return self._sum("ApproximateNumberOfMessages")

    def all(self) -> int:
        """Those, and those that somebody has in hand."""
        return self._sum("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")

    def _sum(self, *names: QueueAttributeNameType) -> int:
        found = self._sqs.get_queue_attributes(QueueUrl=self._queue, AttributeNames=names)["Attributes"]
        return sum(int(found[name]) for name in names)


class Uploads:
    """Uploads from several threads at once; those of one article are made by one of them, in order."""

    def __init__(self, bucket: str, uploads: Sequence[Upload], backlog: Backlog) -> None:
        """Prepare; ``backlog`` is that of the service's queue."""
        self._s3 = boto3.client("s3")
        self._bucket = bucket
        self._backlog = backlog
        shares: list[list[Upload]] = [[] for _ in range(UPLOADERS)]
        for upload in uploads:
            shares[zlib.crc32(upload.key.encode()) % UPLOADERS].append(upload)
        self._failures: list[Exception] = []
        self._threads = [threading.Thread(target=self._run, args=(share,), daemon=True) for share in shares]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def done(self) -> bool:
        """Whether everything is uploaded; raises ``CannotSoak`` if something could not be."""
        if self._failures:
            raise CannotSoak("An upload failed.") from self._failures[0]
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self, uploads: Sequence[Upload]) -> None:
        try:
            for number, upload in enumerate(uploads):
                while number % _LOOK_EVERY == 0 and self._backlog.waiting() > _MOST_WAITING:
                    time.sleep(_IDLE_SECONDS)
                self._upload(upload)
        except Exception as error:  # noqa: BLE001 - told to whoever asks whether we are done
            self._failures.append(error)

    def _upload(self, upload: Upload) -> None:
        if upload.content is None:
            self._s3.delete_object(Bucket=self._bucket, Key=upload.key)
        else:
            self._s3.put_object(Bucket=self._bucket, Key=upload.key, Body=upload.content)


class Relay:
    """Takes events from one queue to another, from a thread of its own."""

    def __init__(self, source: str, destination: str, seed: int) -> None:
        """Prepare, for queues by their URLs."""
        self._sqs = boto3.client("sqs")
        self._source = source
        self._destination = destination
        self._chance = random.Random(seed)  # noqa: S311 - a draw, no secret
        self._counter = count(int(time.time()) << 32)
        self._window: list[str] = []
        self._finishing = threading.Event()
        self._failures: list[Exception] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._came: defaultdict[str, list[str | None]] = defaultdict(list)
        self.sent = 0

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def finish(self) -> None:
        """No more uploads come: send on what waits."""
        self._finishing.set()

    def done(self) -> bool:
        """Whether all is sent; raises ``CannotSoak`` if it cannot be."""
        if self._failures:
            raise CannotSoak("The events could not be sent on.") from self._failures[0]
        return not self._thread.is_alive()

    def require_all(self, uploads: Sequence[Upload]) -> None:
        """Raise ``CannotSoak`` unless all events came, those of one key in order: the sequencers go by that."""
        made: defaultdict[str, list[str | None]] = defaultdict(list)
        for upload in uploads:
            made[upload.key].append(upload.etag)
        if made != self._came:
            raise CannotSoak("The emulated S3 did not tell of every upload, in order.")

    def _run(self) -> None:
        try:
            while self._take() or not self._finishing.wait(_IDLE_SECONDS):
                self._send(leave=_WINDOW)
            self._send(leave=0)
        except Exception as error:  # noqa: BLE001 - told to whoever asks whether we are done
            self._failures.append(error)

    def _take(self) -> int:
        """Put the next events into the window, some twice; how many those were."""
        found = self._sqs.receive_message(QueueUrl=self._source, MaxNumberOfMessages=_BATCH).get("Messages", [])
        for message in found:
            event = self._with_sequencer(json.loads(message["Body"]))
            self._window += [event] * (1 + (self._chance.random() < _TWICE))
            self._sqs.delete_message(QueueUrl=self._source, ReceiptHandle=message["ReceiptHandle"])
        return len(found)

    def _with_sequencer(self, event: dict[str, Any]) -> str:
        """The event as S3 would have sent it; s3:TestEvent has no records."""
        for record in event.get("Records", []):
            entry = record["s3"]["object"]
            is_there = record["eventName"].startswith("ObjectCreated:")
            self._came[unquote_plus(entry["key"])].append(entry["eTag"] if is_there else None)
            # Of different lengths, as S3 says they may be: a longer one is later than what it begins with.
            entry["sequencer"] = f"{next(self._counter):018X}" + self._chance.choice(("", "3", "A7", "00E5"))
        return json.dumps(event)

    def _send(self, leave: int) -> None:
        while len(self._window) > leave:
            self._chance.shuffle(self._window)
            batch, self._window = self._window[:_BATCH], self._window[_BATCH:]
            entries: list[SendMessageBatchRequestEntryTypeDef] = [
                {"Id": str(number), "MessageBody": body} for number, body in enumerate(batch)
            ]
            if self._sqs.send_message_batch(QueueUrl=self._destination, Entries=entries).get("Failed"):
                raise CannotSoak("The queue did not take an event.")
            self.sent += len(batch)
