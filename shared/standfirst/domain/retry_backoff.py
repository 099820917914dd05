"""Exponential backoff with jitter for the redelivery of a message."""

from collections.abc import Callable

FIRST_SECONDS = 10
"""Longest wait after the first delivery."""

GROWTH = 3
"""Factor by which each further wait may be longer."""

MOST_SECONDS = 15 * 60
"""Longest wait without ``retry_after``."""

LONGEST_SECONDS = 11 * 60 * 60
"""Longest wait with ``retry_after``; SQS hides a message for twelve hours at most, counted from its delivery (Amazon
SQS developer guide, "Visibility timeout")."""


def delay(receive_count: int, retry_after: float | None, draw: Callable[[], float]) -> int:
    """Returns the seconds until the next delivery of a message that was received ``receive_count`` times.

    ``draw`` gives a random number from 0 up to 1: half of the wait is random, so that messages which failed together
    do not come back together. ``retry_after`` is the shortest useful wait; the random part is added to it.
    """
    longest: int = min(FIRST_SECONDS * GROWTH ** (receive_count - 1), MOST_SECONDS)
    grown = longest * (1 + draw()) / 2
    return max(1, round(min(max(grown, (retry_after or 0) + longest * draw() / 2), LONGEST_SECONDS)))
