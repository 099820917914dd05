"""What one measurement comes to: a row with its interval, or a reason why there is none."""

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
"""As Lambda counts them."""

_DRAWS = 1_000
_BOTH_SIDES = 0.025
"""The share of the draws that is left out at each end: an interval of 95 %."""


class CannotMeasure(Exception):
    """A measurement could not be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A median, and the interval that bootstrapping gives for it."""

    value: float
    low: float
    high: float

    def __format__(self, digits: str) -> str:
        return f"{self.value:{digits}} ({self.low:{digits}} to {self.high:{digits}})"


def median(values: Sequence[float]) -> Estimate:
    """Returns the median of ``values`` with its interval; the same values give the same one."""
    draw = random.Random(1)  # noqa: S311 - no secret
    medians = sorted(statistics.median(draw.choices(values, k=len(values))) for _ in range(_DRAWS))
    cut = int(_DRAWS * _BOTH_SIDES)
    return Estimate(statistics.median(values), medians[cut], medians[-1 - cut])


def ratio(pairs: Sequence[tuple[float, float]]) -> Estimate:
    """Returns the median of the pairwise ratios: both of a pair met the same weather."""
    return median([ours / theirs for ours, theirs in pairs])


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``value`` and ``budget`` are in ``unit``, ``x`` for a ratio to ``reference``."""

    name: str
    value: float | Estimate
    unit: str
    budget: float | None = None
    reference: str = ""
    detail: str = ""

    @property
    def figure(self) -> float:
        """Returns the value without its interval."""
        return self.value.value if isinstance(self.value, Estimate) else self.value

    @property
    def shown(self) -> str:
        """Returns the value as people read it."""
        return f"{figure(self.value, self.unit)} {self.unit}"

    @property
    def verdict(self) -> str:
        """Returns ``ok`` up to the budget, ``over`` beyond it, nothing where there is none."""
        if self.budget is None:
            return ""
        return "ok" if self.figure <= self.budget else "over"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that has no figure this time, and what to do about it. No failure: nobody asked for the figure."""

    name: str
    how_to_get_it: str


def table(lines: Sequence[Row | Skipped]) -> str:
    """Returns ``lines`` under a heading, in columns."""
    cells = [("", "measured", "budget", "", ""), *(_cells(line) for line in lines)]
    name, measured, budget = (max(len(row[column]) for row in cells) for column in range(3))
    return "\n".join(
        f"{row[0]:{name}}  {row[1]:>{measured}}  {row[2]:>{budget}}  {row[3]:4}  {row[4]}".rstrip() for row in cells
    )


def _cells(line: Row | Skipped) -> tuple[str, str, str, str, str]:
    match line:
        case Row():
            budget = "" if line.budget is None else f"≤ {line.budget:g} {line.unit}"
            detail = "; ".join(each for each in (line.reference and f"to {line.reference}", line.detail) if each)
            return line.name, line.shown, budget, line.verdict, detail
        case Skipped():
            return line.name, "–", "", "", line.how_to_get_it


_DIGITS = {"x": ".2f", "ms": ".1f", "s": ".2f", "MB": ".2f", "USD": ".4f", "%": ".1f", "min": ".1f"}


def figure(value: float | Estimate, unit: str) -> str:
    """Returns a value as people read it, without its unit."""
    return f"{value:{_DIGITS.get(unit, ',.0f')}}"
