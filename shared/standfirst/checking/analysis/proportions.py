"""Proportions: the part of a whole that a text gives ("nine of the 40 schools"), and that which the article gives."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from standfirst.checking.analysis.measures import counted_by
from standfirst.checking.analysis.rounding import is_rounded
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source
from standfirst.text.numbers.quantities import PERCENT, Figure

MOST, ALMOST_ALL = Fraction(1, 2), Fraction(17, 20)
"""The least share that is "most", and that is "almost all"."""

_MOST_OF = re.compile(
    r"\b(?:most|the majority|(?P<all>(?:almost|nearly|virtually|practically) all)) (?:of )?(?:the |its |their |all )?$",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"\bone (?:out )?of (?:the |its |his |her |their )?$", re.IGNORECASE)
_LONGEST_BEFORE = 50
"""Characters; more than "the majority of their " has."""
_OF = re.compile(r" (?:out )?of (?:the |its |his |her |their |all |some |about |around |roughly |nearly |almost )*")


_SCORE = re.compile(
    r"(?<![\d.,–/-])(\d{1,3})[-–](\d{1,3})(?![\d.,/–-]*\d)"
    r"(?![- ]?(?:year|month|day|week|hour|per|%|million|km|miles?|bn|m)\b)"
)


def unknown_scores_in(passage: Passage, source: Source) -> Iterator[tuple[int, int]]:
    """Yields where ``passage`` has a score or the result of a vote that the article, which has others, has not."""
    found = [*_SCORE.finditer(passage.text)]
    known = {frozenset(score.groups()) for score in _SCORE.finditer(source.text)} if found else set()
    for score in found if known else ():
        if frozenset(score.groups()) not in known:
            yield score.span()


def overstated_in(passage: Passage, source: Source) -> Iterator[tuple[int, int]]:
    """Yields where ``passage`` says "most of the 40 schools" and the article "nine of the 40 schools"."""
    for whole in passage.plain_figures:
        found = _MOST_OF.search(passage.text, max(0, whole.start - _LONGEST_BEFORE), whole.start)
        if found and not whole.unit:
            parts = parts_of(whole, source)
            if parts and max(parts) < (ALMOST_ALL if found["all"] else MOST) * whole.value:
                yield found.start(), whole.end


def is_part_of_whole(figure: Figure, passage: Passage, source: Source) -> bool | None:
    """Returns whether ``figure`` is the part of the whole after it, or the rest, that the article gives.

    ``None`` if it is no part of a whole, or one of which the article gives no part.
    """
    whole = _whole_after(figure, passage)
    parts = parts_of(whole, source) if whole else []
    if not whole or not parts or not whole.value:
        return None
    given = [value for part in parts for value in (part, whole.value - part)]
    if figure.unit == PERCENT:
        given = [100 * value / whole.value for value in given]
    if any(value in figure.values or is_rounded(figure, value, passage.text) for value in given):
        return True
    counted = {"", counted_by(whole, passage)}
    is_elsewhere = any(counted_by(other, where) in counted for where, other in source.of_same_value(figure))
    return None if is_elsewhere and figure.unit != PERCENT else False


def parts_of(whole: Figure, source: Source) -> list[Fraction]:
    """Returns the parts of ``whole`` that the article gives."""
    return [
        part.value
        for passage, figure in source.of_same_value(whole)
        for part, other in pairwise(passage.figures)
        if other is figure and not part.unit and part.value <= other.value and _are_joined(part, other, passage)
    ]


def parts_in(passage: Passage) -> Iterator[tuple[Fraction, Fraction]]:
    """Yields each part that ``passage`` gives, and its whole: "one of eight"."""
    for whole in passage.figures:
        before = max(0, whole.start - _LONGEST_BEFORE)
        if not whole.unit and whole.value > 1 and _ONE_OF.search(passage.text, before, whole.start):
            yield Fraction(1), whole.value
    for part, whole in pairwise(passage.figures):
        if not part.unit and not whole.unit and 0 < part.value <= whole.value and _are_joined(part, whole, passage):
            yield part.value, whole.value


def _whole_after(figure: Figure, passage: Passage) -> Figure | None:
    if figure.unit not in {"", PERCENT}:
        return None
    following = (other for other in passage.figures if other.start >= figure.end)
    whole = next(following, None)
    is_whole = whole and not whole.unit and whole.value > 1 and _are_joined(figure, whole, passage)
    return whole if is_whole else None


def _are_joined(part: Figure, whole: Figure, passage: Passage) -> bool:
    return bool(_OF.fullmatch(passage.text[part.end : whole.start]))
