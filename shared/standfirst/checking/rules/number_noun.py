"""Number and noun: a right number stays with what it counts.

The place of a figure in the draft is compared with each place of the article where the same figure stands, and with
those where another does. Is another's place clearly the likest, and its own hardly like, the two have been exchanged.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.context import Neighbours, likeness, neighbours
from standfirst.checking.analysis.measures import is_same_length, measure_of
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source
from standfirst.checking.rules.numbers import occurrences
from standfirst.domain.draft import Finding
from standfirst.text.numbers.quantities import (
    CLOCK,
    DECADE,
    FIRST_YEAR,
    LAST_YEAR,
    ORDINAL,
    PERCENT,
    TIMING,
    VAGUE,
    Figure,
)

RIVAL = 0.5
"""Another's place is at least this like (``analysis/context.py``), ..."""

TIMES = 2.5
"""... and so many times as like as the best of its own."""

ROUND = Fraction(1, 20)
"""Figures that differ by no larger share may be one and the same."""

SIZE = 10
"""Figures that differ by more times are not taken for one another."""

MOST_FIGURES = 60
"""Figures of a draft that are looked at: far more than a summary has."""

FEW = 3
"""In words, so many are counted out as often as they are quoted."""

_NOT_COUNTED = frozenset((CLOCK, DECADE, ORDINAL, TIMING, VAGUE))


def check_figure_pairs(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``other_figure``) for a figure that the article has for something else."""
    left = MOST_FIGURES
    for claim in comparison.claims:
        figures = claim.passage.plain_figures
        told = frozenset(value for figure in figures for value in figure.values)
        for figure in islice(filter(_counts, figures), left):
            left -= 1
            rival = _rival(figure, claim.passage, told, comparison.source)
            if rival:
                detail = f"the article has it for something else; here it has {rival}"
                question = f"Is it {claim.passage.text[figure.start : figure.end].strip()} here, and not {rival}?"
                yield claim.finding("number_noun", "other_figure", detail, (figure.start, figure.end), question)


def _counts(figure: Figure) -> bool:
    """Whether it counts or measures something exactly: no year, no order, no share in words."""
    if figure.unit in _NOT_COUNTED or (figure.unit == PERCENT and figure.spelt):
        return False
    is_year = FIRST_YEAR <= figure.value <= LAST_YEAR
    return bool(figure.unit) or not (is_year or (figure.spelt and figure.value <= FEW))


def _rival(figure: Figure, passage: Passage, told: frozenset[Fraction], source: Source) -> str:
    """What the article has in the place of ``figure``, when it has that elsewhere; empty when all is well.

    ``told`` are the values of the sentence: what it names itself is nobody's rival.
    """
    place = neighbours(passage, figure.start, figure.end)
    own = [
        _likeness(place, where, other, source)
        for where, other in occurrences(figure, source)
        if other.start in where.plain_starts
    ]
    measure = measure_of(figure, passage)
    if not own or (measure and any(is_same_length(measure, its, is_rounded=True) for its in source.measures)):
        return ""
    rivals = (
        (_likeness(place, where, other, source), where.text[other.start : other.end])
        for where, other in source.figures
        if other.unit == figure.unit and _counts(other) and not other.values & told
        if _is_of_one_size(figure, other) and not _may_be_one(figure, other)
        if figure.unit or _head(passage, figure) == _head(where, other) != ""
    )
    like, rival = max(rivals, default=(0.0, ""))
    return rival.strip() if like >= RIVAL and like > TIMES * max(own) else ""


def _may_be_one(figure: Figure, other: Figure) -> bool:
    """Whether one may be the other told roundly, as in a headline."""
    return abs(figure.value - other.value) <= ROUND * figure.value


def _is_of_one_size(figure: Figure, other: Figure) -> bool:
    return figure.value <= SIZE * other.value and other.value <= SIZE * figure.value


def _likeness(place: Neighbours, passage: Passage, figure: Figure, source: Source) -> float:
    return likeness(place, neighbours(passage, figure.start, figure.end), source)


def _head(passage: Passage, figure: Figure) -> str:
    """The stem of the first content word after ``figure``: mostly what it counts."""
    following = (word.stem for word in passage.words if word.start >= figure.end and word.content)
    return next(following, "")
