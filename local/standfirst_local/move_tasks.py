"""What moto's SQS lacks: moving the messages of a dead-letter queue to another queue.

After StartMessageMoveTask and ListMessageMoveTasks of the Amazon SQS API reference, and "Learn how to configure a
dead-letter queue redrive" of its developer guide. Where those say nothing, the words of the errors are those that AWS
was recorded to answer (LocalStack, ``test_sqs_move_task.snapshot.json``).
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult
from moto.sqs import urls
from moto.sqs.exceptions import QueueDoesNotExist, SQSException
from moto.sqs.responses import SQSResponse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from moto.sqs.models import Queue, SQSBackend

MOST_PER_SECOND = 500
"""The fastest that SQS moves messages, and what it does here if nobody asks for less."""

_IN_HAND_SECONDS = 30
"""How long a message is hidden in its old queue while it is put into the new one."""

_LISTED = 10
_ALREADY = "There is already a task running. Only one active task is allowed for a source queue arn at a given time."
_RUNNING, _COMPLETED, _FAILED = "RUNNING", "COMPLETED", "FAILED"


class SqsWithMoveTasks(SQSResponse):
    """Moto's SQS and the two operations; unlike the real one, it must be told the destination."""

    def start_message_move_task(self) -> ActionResult:
        """Begin to move what is visible now; ``{"TaskHandle"}``."""
        destination_arn = self._get_param("DestinationArn")
        if destination_arn is None:
            raise SQSException("UnsupportedOperation", "Here a message move task needs a DestinationArn.")
        source = self._queue("SourceArn")
        destination = self._queue("DestinationArn")
        if not self.sqs_backend.list_dead_letter_source_queues(source.name):
            raise SQSException("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue.")
        if any(task.status == _RUNNING for task in _tasks_of(source)):
            raise SQSException("InvalidParameterValue", _ALREADY)
        task = MoveTask(self.sqs_backend, source, destination, self._get_param("MaxNumberOfMessagesPerSecond"))
        _tasks_of(source).insert(0, task)
        task.start()
        return ActionResult({"TaskHandle": task.handle})

    def list_message_move_tasks(self) -> ActionResult:
        """The newest tasks of a source queue, the newest first; ``{"Results": […]}``."""
        most = self._get_param("MaxResults", 1)
        if not 1 <= most <= _LISTED:
            raise SQSException("InvalidParameterValue", f"Value for parameter MaxResults must be 1 to {_LISTED}.")
        tasks = _tasks_of(self._queue("SourceArn"))
        return ActionResult({"Results": [task.entry() for task in tasks[:most]]})

    def _queue(self, parameter: str) -> Queue:
        arn = self._get_param(parameter)
        for queue in self.sqs_backend.queues.values():
            if queue.queue_arn == arn:
                return queue
        message = f"The resource that you specified for the {parameter} parameter doesn't exist."
        raise SQSException("ResourceNotFoundException", message)


class MoveTask:
    """Moves one message after the other from a thread of its own; ``entry`` says how far it is."""

    def __init__(self, backend: SQSBackend, source: Queue, destination: Queue, rate: int | None) -> None:
        """Prepare; ``start`` begins to move. ``rate`` is in messages per second."""
        self._backend = backend
        self._source = source
        self._destination = destination
        self._rate = rate
        self._to_move = len(source.messages)
        self._moved = 0
        self._started_milliseconds = time.time_ns() // 1_000_000
        self._failure: str | None = None
        self.status = _RUNNING
        self.handle = f"{source.name}-{time.time_ns()}"

    def start(self) -> None:
        """Begin to move."""
        threading.Thread(target=self._run, name=self.handle, daemon=True).start()

    def entry(self) -> dict[str, Any]:
        """A ``ListMessageMoveTasksResultEntry``; like the real one, it shows the handle of a running task only."""
        optional = {
            "TaskHandle": self.handle if self.status == _RUNNING else None,
            "MaxNumberOfMessagesPerSecond": self._rate,
            "FailureReason": self._failure,
        }
        return {
            "Status": self.status,
            "SourceArn": self._source.queue_arn,
            "DestinationArn": self._destination.queue_arn,
            "ApproximateNumberOfMessagesMoved": self._moved,
            "ApproximateNumberOfMessagesToMove": self._to_move,
            "StartedTimestamp": self._started_milliseconds,
        } | {name: value for name, value in optional.items() if value is not None}

    def _run(self) -> None:
        try:
            for _ in self._paced():
                if not self._move_one():
                    break
                self._moved += 1
        except SQSException as error:
            self._failure, self.status = error.code, _FAILED
        else:
            self.status = _COMPLETED

    def _paced(self) -> Iterator[int]:
        for number in range(self._to_move):
            time.sleep(1 / (self._rate or MOST_PER_SECOND))
            yield number

    def _move_one(self) -> bool:
        """Whether there was a message left to move.

        It is sent as any message is: it gets an id and a receive count of its own, and what the new queue would refuse
        fails the task and stays.
        """
        self._check_that_the_queues_are_still_there()
        taken = self._backend.receive_message(self._source.name, 1, 0, _IN_HAND_SECONDS, ["All"])
        for message in taken:
            receipt_handle = message.receipt_handle or ""
            try:
                self._backend.send_message(
                    self._destination.name,
                    message.body,
                    message_attributes=message.message_attributes,
                    system_attributes=message.system_attributes,
                )
            except SQSException:
                self._backend.change_message_visibility(self._source.name, receipt_handle, 0)
                raise
            self._backend.delete_message(self._source.name, receipt_handle)
        return bool(taken)

    def _check_that_the_queues_are_still_there(self) -> None:
        # By identity: when moto was reset meanwhile, queues of the same names are other queues.
        for queue in (self._source, self._destination):
            if self._backend.queues.get(queue.name) is not queue:
                raise QueueDoesNotExist


def teach_sqs() -> None:
    """Have every moto server that is made from now on answer the two operations."""
    urls.url_paths = dict.fromkeys(urls.url_paths, SqsWithMoveTasks().dispatch)


def _tasks_of(source: Queue) -> list[MoveTask]:
    # On the queue itself, so that they are gone when it is.
    tasks: list[MoveTask] = vars(source).setdefault("message_move_tasks", [])
    return tasks
