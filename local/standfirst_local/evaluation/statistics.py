"""Shares and means with their 95 % intervals."""

import math
import random
from collections.abc import Callable, Sequence
from statistics import fmean
from typing import NamedTuple, TypeVar

Z = 1.959964
"""The 97.5th percentile of the normal distribution."""

RESAMPLES, SEED = 2_000, 15

T = TypeVar("T")


class Estimate(NamedTuple):
    """A figure, and the 95 % interval around it."""

    value: float
    low: float
    high: float


def share(part: int, whole: int) -> Estimate | None:
    """Returns ``part`` of ``whole`` (0 to 1) with Wilson's interval; ``None`` of nothing.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    if not whole:
        return None
    value, spread = part / whole, Z**2 / whole
    middle = (value + spread / 2) / (1 + spread)
    half = math.sqrt(value * (1 - value) * spread + spread**2 / 4) / (1 + spread)
    return Estimate(value, max(0.0, middle - half), min(1.0, middle + half))


def bootstrap(units: Sequence[T], figure: Callable[[Sequence[T]], float | None]) -> Estimate | None:
    """Returns ``figure`` of ``units`` with the interval of the percentile bootstrap; ``None`` where it has no value.

    The seed is fixed, so that the same units give the same interval.
    """
    value = figure(units)
    if value is None:
        return None
    chance = random.Random(SEED)  # noqa: S311 - nothing secret
    drawn = (figure(chance.choices(units, k=len(units))) for _ in range(RESAMPLES))
    found = sorted(each for each in drawn if each is not None)
    return Estimate(value, percentile(found, 0.025), percentile(found, 0.975))


def mean_of(values: Sequence[float]) -> Estimate | None:
    """Returns the mean of ``values`` with the interval of the bootstrap; ``None`` of none."""
    return bootstrap(values, lambda drawn: fmean(drawn) if drawn else None)


def percentile(ordered: Sequence[float], at: float) -> float:
    """Returns the value at the share ``at`` (0 to 1) of ``ordered``, the nearest rank."""
    return ordered[max(0, math.ceil(at * len(ordered)) - 1)]
