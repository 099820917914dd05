"""A day of uploads: how many arrive in each second of it."""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

DAY_SECONDS = 24 * 60 * 60
HOUR_SECONDS = 60 * 60
MINUTE_SECONDS = 60

BY_HOUR = (2, 1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 6, 6, 6, 6, 6, 6, 6, 5, 4, 4, 3, 2, 1)
"""How the articles of an ordinary day are spread over its hours: an assumption, a newsroom that is awake by day."""

NIGHT = frozenset((19, 20, 21, 22, 23, 0))
"""The hours of an election night."""

LARGE_MEAN = 50


@dataclass(frozen=True, slots=True)
class Day:
    """A day of so many uploads, and what is special about it.

    ``at_each_hour`` more arrive within the first minute of every hour, as a wire that is sent on does.
    ``night_factor`` multiplies what arrives from seven in the evening until one in the morning.
    """

    name: str
    uploads: int
    at_each_hour: int = 0
    night_factor: float = 1.0

    def arrivals(self, seed: int) -> Iterator[int]:
        """Yields the uploads of each second; the draws of one ``seed`` are always the same."""
        draw = random.Random(seed)  # noqa: S311 - a draw, no secret
        usual = (self.uploads - 24 * self.at_each_hour) / sum(BY_HOUR) / HOUR_SECONDS
        for second in range(DAY_SECONDS):
            hour, of_hour = divmod(second, HOUR_SECONDS)
            rate = usual * BY_HOUR[hour] + (self.at_each_hour / MINUTE_SECONDS if of_hour < MINUTE_SECONDS else 0)
            yield poisson(rate * (self.night_factor if hour in NIGHT else 1), draw.random)


def poisson(mean: float, draw: Callable[[], float]) -> int:
    """Returns a draw from the Poisson distribution; for large means from the normal one that it comes close to."""
    if mean > LARGE_MEAN:
        normal = math.sqrt(-2 * math.log(1 - draw())) * math.cos(2 * math.pi * draw())
        return max(0, round(mean + math.sqrt(mean) * normal))
    count, product, least = 0, draw(), math.exp(-mean)
    while product > least:
        count, product = count + 1, product * draw()
    return count
