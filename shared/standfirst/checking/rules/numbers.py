"""Numbers, amounts and percentages: each has to stand in the article, by value and unit, however it is written."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from standfirst.checking.analysis.arithmetic import (
    is_number_of_years,
    is_share,
    is_time_between,
    is_worked_out,
)
from standfirst.checking.analysis.comparison import Claim, Comparison
from standfirst.checking.analysis.measures import counted_by, is_of_same_unit, is_same_length, measure_of
from standfirst.checking.analysis.rounding import is_rounded
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source
from standfirst.domain.draft import Finding
from standfirst.text.numbers.quantities import DECADE, ORDINAL, PERCENT, POINTS, VAGUE, Figure

SMALL = 3
"""Numbers and ordinals in words up to so many are counted out as often as quoted: "a third theft"."""

VAGUE_TIMES = 1000
"""“Thousands” may stand for figures from its least value to below so many times as much: up to the next such word."""

_NEVER_BARE = frozenset((PERCENT, POINTS, ORDINAL, VAGUE))
"""Units that a figure without one does not stand for."""

_IN_WORDS = {Fraction(1): "first", Fraction(2): "second"}
"""Ordinals in words that are no figures, because they mostly are none."""

_RECURS = re.compile(r" ?(?:\w+ )?(?:anniversar|birthday|season|edition|annual|straight|consecutive|successive)")
"""What goes on after the ordinal of something that comes again: its number is common knowledge."""


MOST_WORKED_OUT = 40
"""Figures of a draft that the article does not have and that are worked out from its own; a draft of more is none."""

MOST, ALMOST_ALL = Fraction(1, 2), Fraction(17, 20)
"""The least share that is "most", and that is "almost all"."""

_MOST_OF = re.compile(
    r"\b(?:most|the majority|(?P<all>(?:almost|nearly|virtually|practically) all)) (?:of )?(?:the |its |their |all )?$",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"(?:[ -]|, )?(?:an? |per |each )?[^\W\d_]+")
_OF = re.compile(r" (?:out )?of (?:the |its |their |all )?")


def check_numbers(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding for every figure that the article does not have: ``number``, ``money`` or ``percentage``.

    The reason is ``counted_out`` for small ones in words, which good writers count out themselves ("two of her
    colleagues"), ``vague`` for "thousands" of what the article does not count, ``recurring`` for "its 45th season",
    else ``unknown``.
    """
    left = MOST_WORKED_OUT
    for claim in comparison.claims:
        yield from _overstated_shares(claim, comparison.source)
        for figure in claim.passage.plain_figures:
            if _is_turned_round(figure, claim.passage, comparison.source):
                detail = "the article has it the other way: over or under"
                yield claim.finding(_check(figure), "unknown", detail, (figure.start, figure.end))
                continue
            if _is_supported(figure, claim.passage, comparison.source):
                continue
            left -= 1
            if left < 0 or not _is_made_from(figure, claim.passage, comparison.source):
                reason = _reason(figure, claim.passage, comparison.source)
                detail = _detail(figure, comparison.source)
                yield claim.finding(_check(figure), reason, detail, (figure.start, figure.end))


def _detail(figure: Figure, source: Source) -> str:
    """Returns what is wrong: with the unit that the article gives the value in, if it has it in another."""
    for passage, other in _of_same_value(figure, source):
        if figure.unit != other.unit:
            return f"the article has {passage.text[other.start : other.end].strip()}"
        if measure := _MEASURED.match(passage.text, other.end):
            return f"the article has {passage.text[other.start : measure.end()]}"
    return "not in the article"


def _overstated_shares(claim: Claim, source: Source) -> Iterator[Finding]:
    """Yields a finding for "most of the 40 schools" where the article has "nine of the 40 schools"."""
    for whole in claim.passage.plain_figures:
        told = _MOST_OF.search(claim.passage.text[: whole.start])
        if told and not whole.unit:
            least = ALMOST_ALL if told["all"] else MOST
            parts = [*_parts_of(whole, source)]
            if parts and max(parts) < least * whole.value:
                yield claim.finding("percentage", "unknown", "the article has fewer", (told.start(), whole.end))


def _parts_of(whole: Figure, source: Source) -> Iterator[Fraction]:
    for passage in source.passages:
        for part, other in pairwise(passage.figures):
            if whole.values & other.values and _OF.fullmatch(passage.text[part.end : other.start]):
                yield part.value


def _is_turned_round(figure: Figure, passage: Passage, source: Source) -> bool:
    """Returns whether it is "over" a value that the article only has "under" it, or the reverse."""
    others = [
        other.blur for where, other in occurrences(figure, source) if is_of_same_unit(figure, passage, other, where)
    ]
    return {figure.blur, *others} == {"over", "under"} and figure.blur not in others


def _reason(figure: Figure, passage: Passage, source: Source) -> str:
    if figure.spelt and not figure.unit and figure.value <= SMALL:
        return "counted_out"
    if figure.unit == VAGUE:
        counted = counted_by(figure, passage)
        is_counted = any(counted and counted == each.counted for each in source.counted)
        return "unknown" if is_counted else "vague"
    if figure.unit == ORDINAL and _RECURS.match(passage.text, figure.end):
        return "recurring"
    return "unknown"


def _check(figure: Figure) -> str:
    if figure.unit in {PERCENT, POINTS}:
        return "percentage"
    return "money" if figure.unit.isupper() else "number"


def occurrences(figure: Figure, source: Source) -> Iterator[tuple[Passage, Figure]]:
    """Yields where the article gives the value of ``figure``, in a unit that fits."""
    for passage, other in _of_same_value(figure, source):
        if _fits(figure, other):
            yield passage, other


def _of_same_value(figure: Figure, source: Source) -> list[tuple[Passage, Figure]]:
    places = {place for value in figure.values for place in source.places_of_value.get(value, ())}
    return [source.figures[place] for place in sorted(places)]


def _fits(figure: Figure, other: Figure) -> bool:
    """Returns whether the units go together: a percentage is no amount of money, and neither is a count of people."""
    if figure.unit and other.unit:
        return figure.unit == other.unit
    if other.unit == ORDINAL:
        return not figure.spelt or figure.value > SMALL
    return (figure.unit or other.unit) not in _NEVER_BARE


def _is_supported(figure: Figure, passage: Passage, source: Source) -> bool:
    """Returns whether the article has the value, in the same unit, or one that it stands for."""
    if any(is_of_same_unit(figure, passage, other, where) for where, other in occurrences(figure, source)):
        return True
    if figure.unit == VAGUE:
        return _is_vaguely_given(figure, source)
    return (
        figure.value == source.published_year
        or (figure.unit == ORDINAL and _is_known_ordinal(figure, passage, source))
        or (figure.unit == DECADE and _holds_year(range(int(figure.value), int(figure.value) + 10), source))
        or _is_rounded(figure, passage, source)
        or _is_in_other_unit(figure, passage, source)
    )


def _is_made_from(figure: Figure, passage: Passage, source: Source) -> bool:
    """Returns whether it is worked out from the article's figures."""
    return (
        is_share(figure, passage, source)
        or is_worked_out(figure, passage, source)
        or is_number_of_years(figure, passage, source)
        or is_time_between(figure, passage, source)
    )


def _is_in_other_unit(figure: Figure, passage: Passage, source: Source) -> bool:
    measure = measure_of(figure, passage)
    return measure is not None and any(
        is_same_length(measure, its, is_rounded=bool(figure.blur)) for its in source.measures
    )


def _is_vaguely_given(figure: Figure, source: Source) -> bool:
    return any(
        figure.value <= value < VAGUE_TIMES * figure.value for _, other in source.figures for value in other.values
    )


def _is_known_ordinal(figure: Figure, passage: Passage, source: Source) -> bool:
    """Returns whether it is a small one in words, a century of a year, or the last of a count ("29th minute").

    Good writers count small ones out themselves.
    """
    if passage.text[figure.end :].lstrip(" -").startswith("centur"):
        return _holds_year(range(100 * int(figure.value) - 100, 100 * int(figure.value) + 1), source)
    if figure.spelt and figure.value <= SMALL:
        return True
    counted = counted_by(figure, passage)
    if counted and any(
        not other.unit and counted_by(other, where) == counted for where, other in _of_same_value(figure, source)
    ):
        return True
    return _IN_WORDS.get(figure.value, "") in source.keys


def _holds_year(years: range, source: Source) -> bool:
    return any(other.unit in {"", DECADE} and value in years for _, other in source.figures for value in other.values)


def _is_rounded(figure: Figure, passage: Passage, source: Source) -> bool:
    return any(
        _fits(figure, other)
        and is_rounded(figure, other.value, passage.text)
        and is_of_same_unit(figure, passage, other, where)
        for where, other in source.figures
    )
