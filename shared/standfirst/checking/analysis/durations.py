"""Times by their length, whatever unit they are told in: 28 years are nearly three decades."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source
from standfirst.text.numbers.quantities import Figure

DAYS_IN = {
    "second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0,
    "decade": 3650.0, "century": 36500.0,
}  # fmt: skip
"""Days in each unit of time."""

SAME_TIME = 0.07
"""Times that differ by a smaller share are one, told in two units."""

_UNIT = re.compile(rf"[ -]({'|'.join(DAYS_IN)})s?\b", re.IGNORECASE | re.ASCII)
_ONE_LONG = re.compile(rf"\bone-({'|'.join(DAYS_IN)})\b")


class Duration(NamedTuple):
    """A length of time as a text tells it, and where its figure stands."""

    value: Fraction
    unit: str
    start: int
    end: int

    @property
    def days(self) -> float:
        """Its length."""
        return float(self.value) * DAYS_IN[self.unit]


def time_unit(figure: Figure, passage: Passage) -> str:
    """``day`` of "28 days" and "28-day"; empty when it is no time."""
    found = _UNIT.match(passage.text, figure.end)
    return found[1].lower() if found else ""


def durations_in(passage: Passage) -> Iterator[Duration]:
    """Every time that ``passage`` tells by a bare figure and a unit, and "one-year" and its like."""
    for figure in passage.figures:
        if not figure.unit and (unit := time_unit(figure, passage)):
            yield Duration(figure.value, unit, figure.start, figure.end)
    for found in _ONE_LONG.finditer(passage.text):
        yield Duration(Fraction(1), found[1], *found.span())


def is_told_otherwise(duration: Duration, source: Source) -> bool:
    """Whether the article tells this length by a figure of another unit: three months for 90 days."""
    return any(
        unit not in {"", duration.unit}
        and _is_same_length(duration, Duration(other.value, unit, other.start, other.end))
        for passage, other in source.figures
        for unit in [time_unit(other, passage)]
    )


def is_told_in_other_time(figure: Figure, passage: Passage, source: Source) -> bool:
    """Whether ``figure`` is a length of time that the article tells by a figure of another unit."""
    unit = time_unit(figure, passage)
    return bool(unit) and is_told_otherwise(Duration(figure.value, unit, figure.start, figure.end), source)


def _is_same_length(one: Duration, other: Duration) -> bool:
    return abs(one.days - other.days) <= one.days * SAME_TIME
