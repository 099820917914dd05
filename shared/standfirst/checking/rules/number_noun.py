"""Number and noun: a right number stays with what it counts, an ordinal and a date with what they are said of.

The place of a figure in the draft is compared with each place of the article where the same figure stands, and with
those where another does. Is another's place clearly the likest, and its own hardly like, the two have been exchanged.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.context import Neighbours, likeness, neighbours
from standfirst.checking.analysis.measures import is_same_length, measure_of
from standfirst.checking.analysis.sentence import Passage, Word
from standfirst.checking.analysis.source import Source
from standfirst.checking.rules.numbers import occurrences
from standfirst.domain.draft import Finding
from standfirst.text.dates import DateTold, Mention
from standfirst.text.numbers.quantities import CLOCK, DECADE, ORDINAL, PERCENT, VAGUE, Figure

RIVAL = 0.5
"""Another's place is at least this like (``analysis/context.py``), ..."""

TIMES = 2.5
"""... and so many times as like as the best of its own."""

ROUND = Fraction(1, 20)
"""Figures that differ by no larger share may be one and the same."""

SIZE = 10
"""Figures that differ by more times are not taken for one another."""

DATE_TIMES = 2.0
"""The same for the place of another date."""

FEW = 3
"""In words, so many are counted out as often as they are quoted."""

FIRST_YEAR, LAST_YEAR = 1500, 2100
"""A bare figure from the one to the other is taken for a year, which counts nothing."""

_NOT_COUNTED = frozenset((CLOCK, DECADE, ORDINAL, VAGUE))
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def check_figure_pairs(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``number_noun``) for a figure that the article has for something else."""
    for claim in comparison.claims:
        figures = claim.passage.plain_figures
        told = frozenset(value for figure in figures for value in figure.values)
        for figure in filter(_counts, figures):
            rival = _rival(figure, claim.passage, told, comparison.source)
            if rival:
                detail = f"the article has it for something else; here it has {rival}"
                yield claim.finding("number_noun", "other_figure", detail, (figure.start, figure.end))


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
        if other in where.plain_figures
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


def check_ordinal_pairs(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``number_noun``) for a "third quarter" where the article only has a fourth; in English."""
    source = comparison.source
    found = [(claim, *each) for claim in comparison.claims for each in _ordinals(claim.passage)]
    if not found:
        return
    known = _ordinals_by_noun(source)
    told = frozenset(re.findall(r"[a-z]+", source.text.lower()))
    for claim, ordinal, noun in found:
        if noun in known and ordinal.key not in told:
            detail = f"the article has {', '.join(sorted(known[noun]))}"
            yield claim.finding("number_noun", "other_ordinal", detail, (ordinal.start, ordinal.end))


def _ordinals_by_noun(source: Source) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for passage in source.passages:
        for ordinal, noun in _ordinals(passage):
            found[noun].add(ordinal.key)
    return found


def _ordinals(passage: Passage) -> Iterator[tuple[Word, str]]:
    """Each ordinal with a content word right after it, and the stem of that word."""
    starts = {word.start: word.stem for word in passage.words if word.content}
    for word in passage.words:
        if word.key in _ORDINALS and word.end + 1 in starts:
            yield word, starts[word.end + 1]


def check_date_pairs(comparison: Comparison) -> Iterator[Finding]:
    """A ``warning`` (``date``) for a date of the article on which it has something else happen; in English.

    No more than that: what happens on a Wednesday is told of on a Thursday, and goes on until the Friday.
    """
    for claim in comparison.claims:
        told = frozenset(date.told for date in claim.passage.dates)
        for date in claim.passage.dates:
            if _is_another_day(date, claim.passage, told, comparison.source):
                yield claim.finding("date", "other_day", "in the article this is another day", (date.start, date.end))


def _is_another_day(date: Mention, passage: Passage, told: frozenset[DateTold], source: Source) -> bool:
    """Whether the article has another date, which the sentence does not name (``told``), in the place of ``date``."""
    place = neighbours(passage, date.start, date.end)
    own, rivals = [0.0], [0.0]
    for where in source.passages:
        for other in where.dates:
            if other.told == date.told:
                own.append(_likeness_of_date(place, where, other, source))
            elif other.told not in told and (other.weekday is None) == (date.weekday is None):
                rivals.append(_likeness_of_date(place, where, other, source))
    return len(own) > 1 and max(rivals) >= RIVAL and max(rivals) > DATE_TIMES * max(own)


def _likeness_of_date(place: Neighbours, passage: Passage, date: Mention, source: Source) -> float:
    return likeness(place, neighbours(passage, date.start, date.end), source)
