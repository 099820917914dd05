"""Numbers, amounts and percentages: each has to stand in the article, by value and unit, however it is written."""

import re
from collections.abc import Iterator
from fractions import Fraction

from standfirst.checking.analysis.arithmetic import (
    is_known_time,
    is_number_of_years,
    is_share,
    is_time_between,
    is_worked_out,
)
from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.measures import (
    composites_in,
    counted_by,
    is_of_same_unit,
    is_same_length,
    measure_of,
)
from standfirst.checking.analysis.proportions import is_part_of_whole, overstated_in, unknown_scores_in
from standfirst.checking.analysis.rounding import is_rounded
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source
from standfirst.domain.draft import Finding
from standfirst.text.numbers.quantities import CENT, CLOCK, DECADE, ORDINAL, PERCENT, POINTS, VAGUE, Figure

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
"""Figures that the article does not have and that are made from its own, in one draft; a draft of more is none."""

NEAR_MINUTES = 20
"""Minutes that "shortly before" a time of day may hide."""

_NEAR_TIME = re.compile(
    r"\b(?:(?:(?:shortly|just|soon|a little|minutes) )?(?P<side>before|after)|around|about|nearly|almost|roughly) $",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?:No\.? ?|[Nn]umber |ranked |seeded )$|#$")
_LISTED = re.compile(r"(?:[,.)]| \([^)]*\),?)? [A-Z]")
_MEASURED = re.compile(r"(?:[ -]|, )?(?:an? |per |each )?[^\W\d_]+")


def check_numbers(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding for every figure that the article does not have: ``number``, ``money`` or ``percentage``.

    The reason is ``counted_out`` for small ones in words, which good writers count out themselves ("two of her
    colleagues"), ``vague`` for "thousands" of what the article does not count, ``recurring`` for "its 45th season",
    else ``unknown``.
    """
    left = MOST_WORKED_OUT
    source = comparison.source
    for claim in comparison.claims:
        passage = claim.passage
        for at in overstated_in(passage, source):
            yield claim.finding("percentage", "unknown", "the article has fewer", at)
        for at in unknown_scores_in(passage, source):
            yield claim.finding("number", "unknown", "no such score in the article", at)
        composites = [*composites_in(passage)]
        for start, end, measure in composites:
            if not is_known_time(measure, source):
                yield claim.finding("number", "unknown", "not in the article", (start, end))
        for figure in passage.plain_figures:
            if any(start <= figure.start < end for start, end, _ in composites):
                continue
            detail = _wrong(figure, passage, source)
            if not detail and not _is_supported(figure, passage, source):
                left -= 1
                detail = "" if left >= 0 and _is_made_from(figure, passage, source) else _detail(figure, source)
            if detail:
                reason = _reason(figure, passage, source)
                yield claim.finding(_check(figure), reason, detail, (figure.start, figure.end))


def _wrong(figure: Figure, passage: Passage, source: Source) -> str:
    """Returns what is wrong with a figure that the article has, but not so; empty if nothing is."""
    if _is_turned_round(figure, passage, source):
        return "the article has it the other way: over or under"
    if is_part_of_whole(figure, passage, source) is False:
        return "the article has another part of them"
    return ""


def _detail(figure: Figure, source: Source) -> str:
    """Returns what is wrong: with the unit that the article gives the value in, if it has it in another."""
    for passage, other in source.of_same_value(figure):
        if figure.unit != other.unit:
            return f"the article has {passage.text[other.start : other.end].strip()}"
        if measure := _MEASURED.match(passage.text, other.end):
            return f"the article has {passage.text[other.start : measure.end()]}"
    return "not in the article"


def _is_turned_round(figure: Figure, passage: Passage, source: Source) -> bool:
    """Returns whether it is "over" so many of what the article only has "under" so many of, or the reverse."""
    counted = counted_by(figure, passage)
    if figure.blur not in {"over", "under", "less"} or not counted:
        return False
    others = {other.blur for where, other in occurrences(figure, source) if counted_by(other, where) == counted}
    return bool(others) and others <= ({"under", "less"} if figure.blur == "over" else {"over"})


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
    for passage, other in source.of_same_value(figure):
        if _fits(figure, other):
            yield passage, other


def _fits(figure: Figure, other: Figure) -> bool:
    """Returns whether the units go together: a percentage is no amount of money, and neither is a count of people."""
    if figure.unit and other.unit:
        return figure.unit == other.unit or (
            CENT in {figure.unit, other.unit} and figure.unit.isupper() == other.unit.isupper()
        )
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
        or (figure.unit == CLOCK and _is_near_time(figure, passage, source))
        or (figure.unit == ORDINAL and _is_known_ordinal(figure, passage, source))
        or (figure.unit == DECADE and _holds_year(range(int(figure.value), int(figure.value) + 10), source))
        or _is_in_other_unit(figure, passage, source)
    )


def _is_made_from(figure: Figure, passage: Passage, source: Source) -> bool:
    """Returns whether it is one of the article's figures rounded, or worked out from them."""
    return (
        _is_rounded(figure, passage, source)
        or bool(is_part_of_whole(figure, passage, source))
        or is_share(figure, passage, source)
        or is_worked_out(figure, passage, source)
        or is_number_of_years(figure, passage, source)
        or is_time_between(figure, passage, source)
    )


def _is_in_other_unit(figure: Figure, passage: Passage, source: Source) -> bool:
    measure = measure_of(figure, passage)
    return measure is not None and any(
        is_same_length(measure, its, is_rounded=bool(figure.blur)) for its in source.measures
    )


def _is_near_time(figure: Figure, passage: Passage, source: Source) -> bool:
    """Returns whether it is a time of day of the article, told as "shortly before 10am" or "around 10am"."""
    near = _NEAR_TIME.search(passage.text[: figure.start])
    if not near:
        return False
    side = (near["side"] or "").lower()
    apart = (
        one - other for one in figure.values for _, its in source.figures if its.unit == CLOCK for other in its.values
    )
    return any(abs(each) <= NEAR_MINUTES and (not side or (each > 0) == (side == "before")) for each in apart)


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
    for where, other in source.of_same_value(figure):
        if not other.unit and ((counted and counted_by(other, where) == counted) or _is_place(other, where)):
            return True
    return _IN_WORDS.get(figure.value, "") in source.keys


def _is_place(figure: Figure, passage: Passage) -> bool:
    """Returns whether a bare figure is a place in a list or a ranking: "No. 17", "4 C Rathbone", "3, Kemar Roy"."""
    return bool(_NUMBERED.search(passage.text[: figure.start]) or _LISTED.match(passage.text, figure.end))


def _holds_year(years: range, source: Source) -> bool:
    return any(other.unit in {"", DECADE} and value in years for _, other in source.figures for value in other.values)


def _is_rounded(figure: Figure, passage: Passage, source: Source) -> bool:
    return any(
        _fits(figure, other)
        and is_rounded(figure, other.value, passage.text)
        and is_of_same_unit(figure, passage, other, where)
        for where, other in source.figures
    )
