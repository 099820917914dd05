"""Numbers, amounts and percentages: each has to stand in the article, by value and unit, however it is written."""

from collections.abc import Iterator
from fractions import Fraction

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.durations import is_told_in_other_time
from standfirst.checking.analysis.rounding import is_rounded, is_share_told
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source
from standfirst.domain.draft import Finding
from standfirst.text.numbers.quantities import ORDINAL, PERCENT, VAGUE, Figure

SMALL = 3
"""Numbers and ordinals in words up to so many are counted out as often as quoted: "a third theft"."""

VAGUE_TIMES = 1000
"""“Thousands” may stand for figures from its least value to below so many times as much: up to the next such word."""

_NEVER_BARE = frozenset((PERCENT, ORDINAL, VAGUE))
"""Units that a figure without one does not stand for."""

_IN_WORDS = {Fraction(1): "first", Fraction(2): "second"}
"""Ordinals in words that are no figures, because they mostly are none."""


def check_numbers(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` for every figure the article does not have; ``check`` is ``number``, ``money`` or ``percentage``.

    A ``warning`` for small ones in words, which good writers count out themselves ("two of her colleagues").
    """
    for claim in comparison.claims:
        for figure in claim.passage.plain_figures:
            if not _is_supported(figure, claim.passage, comparison.source):
                reason = "counted_out" if _is_counted_out(figure) else "unknown"
                yield claim.finding(_kind(figure), reason, "not in the article", (figure.start, figure.end))


def _is_counted_out(figure: Figure) -> bool:
    return figure.spelt and not figure.unit and figure.value <= SMALL


def occurrences(figure: Figure, source: Source) -> Iterator[tuple[Passage, Figure]]:
    """Where the article gives the value of ``figure``, in a unit that fits."""
    for passage, other in source.figures:
        if figure.values & other.values and _fits(figure, other):
            yield passage, other


def _fits(figure: Figure, other: Figure) -> bool:
    """Whether the units go together: a percentage is no amount of money, and neither is a count of people."""
    if figure.unit and other.unit:
        return figure.unit == other.unit
    return (figure.unit or other.unit) not in _NEVER_BARE


def _is_supported(figure: Figure, passage: Passage, source: Source) -> bool:
    """Whether the article has the value, or one that it rounds."""
    if any(True for _ in occurrences(figure, source)):
        return True
    if figure.unit == VAGUE:
        return _is_vaguely_told(figure, source)
    return (
        (figure.unit == ORDINAL and _is_told_ordinal(figure, passage, source))
        or _is_told_roundly(figure, passage, source)
        or is_told_in_other_time(figure, passage, source)
        or is_share_told(figure, passage.text, source)
    )


def _is_vaguely_told(figure: Figure, source: Source) -> bool:
    return any(
        figure.value <= value < VAGUE_TIMES * figure.value for _, other in source.figures for value in other.values
    )


def _is_told_ordinal(figure: Figure, passage: Passage, source: Source) -> bool:
    """Whether it is a small one in words, which good writers count out, or a century that a year lies in."""
    if passage.text[figure.end :].lstrip(" -").startswith("centur"):
        years = range(100 * int(figure.value) - 100, 100 * int(figure.value) + 1)
        return any(not other.unit and other.value in years for _, other in source.figures)
    if figure.spelt:
        return figure.value <= SMALL
    return _IN_WORDS.get(figure.value, "") in source.keys


def _is_told_roundly(figure: Figure, passage: Passage, source: Source) -> bool:
    others = (other for _, other in source.figures if _fits(figure, other))
    return any(is_rounded(figure, other.value, passage.text) for other in others)


def _kind(figure: Figure) -> str:
    if figure.unit == PERCENT:
        return "percentage"
    return "money" if figure.unit.isalpha() and figure.unit.isupper() else "number"
