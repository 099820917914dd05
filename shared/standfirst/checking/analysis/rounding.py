"""Which figures of the article a rounded one may stand for: "more than 4,500", "about 2m", "a third"."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from standfirst.checking.analysis.source import Source
from standfirst.text.numbers.quantities import PERCENT, Figure

MARGIN = Fraction(1, 10)
"""“More than 4,500” may be up to so much more, as a share of itself."""

SHARE_IS = 1
"""Percentage points: "a third" may stand for 33 or 34 per cent."""

FARTHEST = 50
"""Figures of a paragraph between two that are compared: more stand between in tables only, where all are too many."""

SHARE_STEP = Fraction(5)
"""Percentage points: what a blurred share in words ("nearly a third") may hide."""


def is_rounded(figure: Figure, value: Fraction, text: str) -> bool:
    """Whether ``figure``, which stands in ``text``, may be ``value`` told roundly."""
    told = figure.value
    if not value or not told:
        return False
    if figure.unit == PERCENT and figure.spelt and abs(told - value) <= SHARE_IS:
        return True
    match figure.blur:
        case "over":
            return told <= value < told + max(_step(figure, text), told * MARGIN)
        case "under":
            return value <= told and told - max(_step(figure, text), told * MARGIN) < value
        case "about":
            return abs(told - value) * 2 <= _step(figure, text)
    return False


def is_share_told(figure: Figure, text: str, source: Source) -> bool:
    """Whether a share in words, or "about 30 per cent", is that of one figure in another, in one paragraph.

    Of their difference, too: that is what something fell or rose by.
    """
    if figure.unit != PERCENT or not (figure.spelt or figure.blur):
        return False
    shares = (share for figures in _by_paragraph(source) for share in _shares(figures))
    return any(
        is_rounded(figure, share, text) if figure.spelt else abs(figure.value - share) <= SHARE_IS for share in shares
    )


def _by_paragraph(source: Source) -> list[list[Figure]]:
    """The figures of each paragraph that one may be a share of, or have a share in it."""
    found: dict[int, list[Figure]] = defaultdict(list)
    for passage, figure in source.figures:
        if figure.unit != PERCENT and figure.value:
            found[passage.place].append(figure)
    return list(found.values())


def _shares(figures: list[Figure]) -> Iterator[Fraction]:
    """What each figure is of each larger one, and their difference of either, as percentages."""
    for pair in _near(figures):
        for one, other in (pair, pair[::-1]):
            if one.value < other.value and one.unit == other.unit:
                part, whole = one.value, other.value
                yield from (100 * part / whole, 100 * (whole - part) / whole, 100 * (whole - part) / part)


def _near(figures: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The pairs of figures that may be told of one another."""
    return ((one, other) for at, one in enumerate(figures) for other in figures[at + 1 : at + FARTHEST])


def _step(figure: Figure, text: str) -> Fraction:
    """What a rounded figure may hide: its last digit that is not 0 counts so much (100 in 1,200, 0.1 in 3.2)."""
    if figure.spelt and figure.unit == PERCENT:
        return SHARE_STEP
    if figure.spelt and text[: figure.end].endswith("dozen"):
        return Fraction(12)
    return _last_place(figure.value)


@lru_cache(maxsize=1_000)  # asked of one figure for each of the article's
def _last_place(value: Fraction) -> Fraction:
    step = Fraction(1)
    while value % step:
        step /= 10
    while not value % (step * 10):
        step *= 10
    return step
