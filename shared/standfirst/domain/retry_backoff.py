"""When a message is delivered again: later each time, at no fixed moment, and not before it makes sense."""

from collections.abc import Callable

FIRST_SECONDS = 10
"""The longest wait after the first delivery."""

GROWTH = 3
"""Each further wait may be so many times as long."""

MOST_SECONDS = 15 * 60
"""The longest wait of our own accord."""

LONGEST_SECONDS = 11 * 60 * 60
"""The longest wait that is asked for; SQS hides a message for twelve hours at most, counted from its delivery (Amazon
SQS developer guide, "Visibility timeout")."""


def delay(receive_count: int, retry_after: float | None, draw: Callable[[], float]) -> int:
    """Seconds until the next delivery of a message that was delivered ``receives`` times.

    ``draw`` gives a number from 0 up to 1: half of the wait is left to chance, so that messages which failed together
    do not come back together. ``retry_after`` is the least wait that makes sense; chance comes on top of it.
    """
    longest: int = min(FIRST_SECONDS * GROWTH ** (receive_count - 1), MOST_SECONDS)
    grown = longest * (1 + draw()) / 2
    return max(1, round(min(max(grown, (retry_after or 0) + longest * draw() / 2), LONGEST_SECONDS)))
