"""How the CPU that a piece of work takes grows with its text: a ratio of two measurements, never a limit in seconds.

Four times the text takes four times the time of linear work, and sixteen times that of quadratic work. Only the CPU of
this process is counted, of several runs the quickest, so a busy machine changes nothing.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

TIMES = 4
MOST = 8.0
"""Between the 4 of linear work and the 16 of quadratic work, at as many times the text."""
HOPELESS = 2.0
"""Seconds of CPU after which work is stopped: what is exponential never ends. Enough for linear work on a slow machine,
or a shorter text would be measured, over which a bound on blocks or windows does not show yet."""
RUNS = 6

Work = Callable[[str], object]


class _Stopped(Exception):
    """Raised in work that would not end."""


@contextmanager
def _stopping(seconds: float) -> Iterator[None]:
    """Raises ``_Stopped`` in what takes more CPU; a pattern that backtracks looks at signals, too."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _Stopped

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def seconds(work: Work, text: str, limit: float = HOPELESS) -> float:
    """Returns the CPU that ``work`` takes, infinite if it is over ``limit``."""
    start = time.thread_time()  # the process's own clock only ticks while a timer counts
    try:
        with _stopping(limit):
            work(text)
    except _Stopped:
        return float("inf")
    return time.thread_time() - start


def growth(work: Work, text: Callable[[int], str], largest: int, noise: float) -> float:
    """Returns how many times as long ``work`` takes on ``TIMES`` times the text, at most ``largest`` characters.

    ``text`` makes one of a length. What takes less than ``noise`` seconds is 1. The sizes shrink until the longer text
    takes less than ``HOPELESS``; infinite if it then takes next to nothing.
    """
    size = largest
    while (larger := seconds(work, text(size))) == float("inf"):
        size //= TIMES
        if size < TIMES:
            return larger
    if larger < noise:
        return 1.0 if size == largest else float("inf")
    # Of several runs, because one that was disturbed makes what grows look as if it did not.
    smaller = min(seconds(work, text(size // TIMES)) for _ in range(2))
    for _ in range(RUNS):
        if larger <= MOST * smaller:
            break
        larger, smaller = min(larger, seconds(work, text(size))), min(smaller, seconds(work, text(size // TIMES)))
    return larger / smaller
