"""Numbers, amounts and percentages: each has to stand in the article, by value and unit, however it is written."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from standfirst.checking.comparison import Comparison, Source
from standfirst.checking.passages import Passage
from standfirst.domain.draft import Finding
from standfirst.text.figures import CLOCK, DECADE, ORDINAL, PERCENT, VAGUE, Figure

MARGIN = Fraction(1, 10)
"""“More than 4,500” may be up to so much more."""

SMALL = 3
"""Ordinals in words up to so many are not looked for: "a third theft" is counted out."""

SHARE_IS = 1
"""Percentage points: "a third" may stand for 33 or 34 per cent."""


TIME_UNITS = {
    "second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0,
    "decade": 3650.0, "century": 36500.0,
}  # fmt: skip
"""Days in each unit of time."""

SAME_TIME = 0.07
"""Times that differ by a smaller share are one, told in two units: 28 years are nearly three decades."""

_TIME = re.compile(rf"[ -]({'|'.join(TIME_UNITS)})s?\b", re.IGNORECASE)
_COUNTS = re.compile(r"[\s-]*[^\W\d_]")


def check_numbers(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` for every figure the article does not have; ``check`` is ``number``, ``money`` or ``percentage``."""
    for claim in comparison.claims:
        for figure in plain_figures(claim.passage):
            if not is_supported(figure, claim.passage, comparison.source):
                at = (figure.start, figure.end)
                yield claim.finding(_kind(figure), "not in the article", "error", at)


def plain_figures(passage: Passage) -> list[Figure]:
    """The figures of ``passage`` that are no day of a month, and not a mere "1"."""
    days = [(date.start, date.end) for date in passage.dates if date.day]
    return [
        figure
        for figure in passage.figures
        if not any(start <= figure.start < end for start, end in days) and (figure.unit or figure.value != 1)
    ]


def occurrences(figure: Figure, source: Source) -> Iterator[tuple[Passage, Figure]]:
    """Where the article gives the value of ``figure``."""
    for passage, other in source.figures:
        if figure.values & other.values and fits(figure, other):
            yield passage, other


def fits(figure: Figure, other: Figure) -> bool:
    """Whether the units go together: a percentage is no amount of money, and neither is a count of people."""
    exclusive = {PERCENT, ORDINAL, DECADE, CLOCK, VAGUE}
    if figure.unit == other.unit:
        return True
    if figure.unit in exclusive or other.unit in exclusive:
        return {figure.unit, other.unit} == {"", CLOCK} or {figure.unit, other.unit} == {"", DECADE}
    return not (figure.unit and other.unit)


def is_supported(figure: Figure, passage: Passage, source: Source) -> bool:
    """Whether the article has the value, one that it rounds, or the same words."""
    if any(True for _ in occurrences(figure, source)) or (
        figure.unit == ORDINAL and _is_told_ordinal(figure, passage, source)
    ):
        return True
    others = [other for _, other in source.figures if fits(figure, other)]
    if figure.unit == VAGUE:
        return any(figure.value <= value < 1000 * figure.value for _, each in source.figures for value in each.values)
    if any(_is_rounded(figure, other, passage.text) for other in others) or _is_same_time(figure, passage, source):
        return True
    if is_ratio(figure, passage, source):
        return True
    if not figure.unit and not _COUNTS.match(passage.text, figure.end):
        return any(figure.values & other.values for _, other in source.figures)
    return figure.spelt and passage.text[figure.start : figure.end].lower() in source.text.lower()


def _is_told_ordinal(figure: Figure, passage: Passage, source: Source) -> bool:
    """Whether it is a small one in words, which good writers count out, or a century that a year lies in."""
    if passage.text[figure.end :].lstrip(" -").startswith("centur"):
        years = range(100 * int(figure.value) - 100, 100 * int(figure.value) + 1)
        return any(not other.unit and other.value in years for _, other in source.figures)
    return figure.spelt and figure.value <= SMALL


def is_same_time(value: float, unit: str, source: Source) -> bool:
    """Whether the article has a time as a figure of another unit: three months for 90 days."""
    days = value * TIME_UNITS[unit]
    return any(
        other_unit not in {"", unit} and abs(days - float(other.value) * TIME_UNITS[other_unit]) <= days * SAME_TIME
        for where, other in source.figures
        for other_unit in [time_unit(other, where)]
    )


def _is_same_time(figure: Figure, passage: Passage, source: Source) -> bool:
    unit = time_unit(figure, passage)
    return bool(unit) and is_same_time(float(figure.value), unit, source)


def time_unit(figure: Figure, passage: Passage) -> str:
    """``day`` of "28 days" and "28-day"; empty when it is no time."""
    found = _TIME.match(passage.text, figure.end)
    return found[1].lower() if found else ""


def is_ratio(figure: Figure, passage: Passage, source: Source) -> bool:
    """Whether a share in words is that of one figure in another, or of their difference, in one paragraph."""
    if not (figure.spelt and figure.unit == PERCENT):
        return False
    by_paragraph: dict[int, list[Figure]] = {}
    for where, other in source.figures:
        if other.unit != PERCENT and other.value:
            by_paragraph.setdefault(where.place, []).append(other)
    shares = (
        Fraction(100 * part, base)
        for figures in by_paragraph.values()
        for one in figures
        for other in figures
        if one.value < other.value and one.unit == other.unit
        for whole in [other.value]
        for part, base in ((one.value, whole), (whole - one.value, whole), (whole - one.value, one.value))
    )
    return any(_is_rounded(figure, replace(figure, values=frozenset((share,))), passage.text) for share in shares)


def _is_rounded(figure: Figure, other: Figure, text: str) -> bool:
    told, known = figure.value, other.value
    if not known or not told:
        return False
    if figure.unit == PERCENT and figure.spelt and abs(told - known) <= SHARE_IS:
        return True
    step = _step(figure, text)
    match figure.blur:
        case "over":
            return told <= known < told + max(step, told * MARGIN)
        case "under":
            return told - max(step, told * MARGIN) < known <= told
        case "about":
            return abs(told - known) * 2 <= step
    return False


def _step(figure: Figure, text: str) -> Fraction:
    """What a rounded figure may hide: its last digit that is not 0 counts so much (100 in 1,200, 0.1 in 3.2)."""
    if figure.spelt and figure.unit == PERCENT:
        return Fraction(5)
    if figure.spelt and text[: figure.end].endswith("dozen"):
        return Fraction(12)
    value = figure.value
    step = Fraction(1)
    while value % step:
        step /= 10
    while not value % (step * 10):
        step *= 10
    return step


def _kind(figure: Figure) -> str:
    if figure.unit == PERCENT:
        return "percentage"
    return "money" if figure.unit and figure.unit.isalpha() and figure.unit.isupper() else "number"
