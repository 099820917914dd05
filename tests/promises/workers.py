"""Workers that stop before each call to the outside, so that a test says what happens next, and to whom."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import ClientError, ReadTimeoutError

from standfirst.domain.errors import LeftToQueue, TransientError
from standfirst.domain.ports import Message

MODEL, AFTER_MODEL = "Model", "AfterModel"
"""Where the model is asked, and where its answer is paid for."""

READER, AFTER_READER = "Reader", "AfterReader"
"""The same of the second reader."""

SAVE = "TransactWriteItems"
"""Where a revision is stored."""

ACKNOWLEDGE = "Acknowledge"
"""Where a message, or a caller, is answered."""

PUT = "PutObject"
"""Where a document that was sent is put into the bucket."""

SLEEP = "Sleep"
"""Where somebody else is waited for."""

PLAYED = (MODEL, AFTER_MODEL, READER, AFTER_READER, "ChangeMessageVisibility", "SendMessage", ACKNOWLEDGE, SLEEP)
"""What boto3 has no part in."""


class Killed(BaseException):
    """The process is gone: nothing of it reaches the outside any more, no clean-up either."""


def _nothing() -> None:
    """Nobody has to hear of it."""


@dataclass(frozen=True)
class Task:
    """What a worker does; it may end in an error that is ``foreseen``, and then there is no result.

    Done, a ``message`` is acknowledged. ``regeneration_id`` is that of the regeneration, if the worker does one.
    ``when_put`` hears that a document lies in the bucket.
    """

    work: Callable[[], object]
    foreseen: tuple[type[Exception], ...]
    message: Message | None = None
    regeneration_id: str | None = None
    when_put: Callable[[], None] = _nothing


class Worker(threading.Thread):
    """One delivery of a message, or one request, in a thread that runs only between two calls to the outside.

    ``stands_before`` is the call that comes next, ``None`` at the end. One that is ``lost`` was killed, or its time is
    up: the queue, or the caller, heard nothing of it. The queue will deliver the message again.
    """

    def __init__(self, task: Task, deadline: float) -> None:
        """Start it, as far as the first call."""
        super().__init__(daemon=True)
        self.task = task
        self.deadline = deadline
        self.result: object = None
        self.stands_before: str | None = None
        self.faults_in_a_row = 0
        self.lost = False
        self.is_done = False
        self.unforeseen: BaseException | None = None
        self._may_run, self._has_stopped = threading.Semaphore(0), threading.Semaphore(0)
        self._meets: BaseException | None = None
        self._loses_next_answer = False
        self.start()
        self._has_stopped.acquire()

    @property
    def stands_before_aws(self) -> bool:
        """Whether the next call is boto3's."""
        return self.stands_before not in {None, *PLAYED}

    # What the test does with it -------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Make the call, and stop before the next."""
        self.faults_in_a_row = 0
        self._resume(None)

    def fail(self, error: Exception) -> None:
        """Have the call come to nothing but ``error``."""
        self.faults_in_a_row += 1
        self._resume(error)

    def go_on_without_answer(self) -> None:
        """Make the call, of which no answer comes back."""
        self.faults_in_a_row += 1
        self._loses_next_answer = True
        self._resume(None)

    def kill(self) -> None:
        """End it here."""
        self.lost = True
        self._resume(Killed())
        self.join()

    def _resume(self, meets: BaseException | None) -> None:
        assert self.stands_before, "There is nobody any more who could go on."
        self._meets = meets
        self._may_run.release()
        self._has_stopped.acquire()

    # What it does itself --------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Do the task, and say so."""
        try:
            self.result = self.task.work()
            self.stop_before(ACKNOWLEDGE)
            self.is_done = True
        except LeftToQueue as left:
            self.unforeseen = None if isinstance(left.__cause__, TransientError) else left.__cause__
        except (*self.task.foreseen, Killed):
            pass
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.unforeseen = error
        finally:
            self.stands_before = None
            self._has_stopped.release()

    def stop_before(self, call: str) -> None:
        """Wait until the test says how ``call`` goes; raises what it is to meet."""
        if not isinstance(self._meets, Killed):
            self.stands_before = call
            self._has_stopped.release()
            self._may_run.acquire()
        if self._meets:
            raise self._meets

    def heed_answer(self) -> None:
        """Raise what boto3 raises when no answer comes, if none is to come."""
        if self._loses_next_answer:
            self._loses_next_answer = False
            raise ReadTimeoutError(endpoint_url="https://aws.example")


def stop_before(call: str) -> None:
    """Stop the worker whose thread this is; the test's own thread goes on."""
    if isinstance(thread := threading.current_thread(), Worker):
        thread.stop_before(call)


def stop_before_aws(session: boto3.Session) -> None:
    """Have every client of ``session`` stop its worker before each request."""

    def before(model: Any, **_: object) -> None:  # noqa: ANN401 - botocore's
        stop_before(model.name)

    def after(model: Any, **_: object) -> None:  # noqa: ANN401 - botocore's
        if isinstance(thread := threading.current_thread(), Worker):
            if model.name == PUT:
                thread.task.when_put()
            thread.heed_answer()

    session.events.register("before-call", before)
    session.events.register("after-call", after)


def throttled(call: str) -> ClientError:
    """What boto3 raises once it has given up trying ``call`` again."""
    code = "SlowDown" if call == "GetObject" else "ThrottlingException"
    return ClientError({"Error": {"Code": code, "Message": "Slow down."}}, call)
