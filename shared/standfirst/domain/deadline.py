"""Deadlines, and the seconds that a model call needs. No model call is made with too little time for its answer."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from threading import Thread
from typing import Self, TypeVar

MODEL_ANSWER_SECONDS = 10.0
"""A model call with less time than this is not made, nor one with less than recent calls took: it would be paid for and
not waited for."""

AFTER_MODEL_SECONDS = 8.0
"""Reserved after a model call: to cache what was paid for, to check it, for the fallback writer and the record."""

MODEL_SECONDS = MODEL_ANSWER_SECONDS + AFTER_MODEL_SECONDS
"""The time that must be left before a model call."""

STORE_SECONDS = 3.0
"""Enough to store a text that is written already, and to answer."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time at which a caller stops waiting: ``at``, in seconds on ``clock``.

    The default is the wall clock, because a monotonic one stops while Lambda freezes the process: a thread that an
    earlier invocation left running would believe that it is in time.
    """

    at: float
    clock: Callable[[], float] = time.time

    @classmethod
    def after(cls, seconds: float, clock: Callable[[], float] = time.time) -> Self:
        """Returns the deadline ``seconds`` from now."""
        return cls(clock() + seconds, clock)

    @property
    def seconds_left(self) -> float:
        """Seconds until the deadline; negative once it has passed."""
        return self.at - self.clock()

    def enough_for(self, seconds: float) -> bool:
        """Returns whether at least ``seconds`` are left."""
        return self.seconds_left >= seconds

    def reserving(self, seconds: float) -> Self:
        """Returns a deadline ``seconds`` earlier, which leaves that time for what comes afterwards."""
        return replace(self, at=self.at - seconds)


def run_within(seconds: float, call: Callable[[], T]) -> T:
    """Returns what ``call`` returns, or raises what it raises; raises ``TimeoutError`` if it takes longer.

    ``call`` runs in a thread of its own, which is then abandoned and delays no later call.
    """
    return begun(call).result(max(0.0, seconds))


def begun(call: Callable[[], T]) -> Future[T]:
    """Returns the future result of ``call``, which runs in a thread of its own."""
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(call())
        except BaseException as error:  # noqa: BLE001 - passed on to the thread that waits
            done.set_exception(error)

    Thread(target=run, name="deadline", daemon=True).start()
    return done
