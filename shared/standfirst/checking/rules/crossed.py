"""Crossed pairs: figures and dates of the article, each said of what the article says another of."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple, TypeVar

from standfirst.checking.analysis.comparison import Claim, Comparison
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source
from standfirst.checking.rules.number_noun import ROUND
from standfirst.checking.rules.numbers import occurrences
from standfirst.domain.draft import Finding
from standfirst.text.numbers.quantities import CLOCK, DECADE, FIRST_YEAR, LAST_YEAR, ORDINAL, VAGUE, Figure
from standfirst.text.word_lists import word_set

LEAN = 0.3
"""A label is of one of two figures when it leans to it by so much: 0 is half way between them, 1 beside it."""

AGREEING = 0.5
"""The labels that lean the same way in the article weigh at most this share of those that lean the other way."""

ACROSS_BOUNDARY = 0.1
"""Weight of a label for each comma, conjunction or other figure between it and the figure."""

NEAR = 0.06
"""A label of the draft stands at least this near (0 to 1) to its figure: no "and" is between."""

OUTCOME_NEAR = 0.12
"""The same for "killed" or "rose"."""

OTHER_OUTCOME = 0.15
"""The opposite outcome weighs at most this share of it."""

FARTHEST = 200
"""Characters from which on a word is no label."""

NAME_LENGTH = 6
"""Letters by which a name is known: "Romania" and "Romanian" are one."""

MOST = 12
"""Figures of a sentence, and places of one in the article, that are compared: more are a table."""

MOST_SENTENCES = 50
"""Sentences of a draft that are looked at: far more than a summary has."""

_BOUNDARY = re.compile(
    r"[,;:—–()\"“”] |\b(?:and|but|while|whereas|when|after|before|compared|against|than|from|to(?= *$| \W?\d))\b"
)
_TOKEN = re.compile(r"\w+")
_START = attrgetter("start")
_NOT_PAIRED = frozenset((CLOCK, DECADE, ORDINAL, VAGUE))
_YEAR, _DAY, _WEEKDAY = "year", "day", "weekday"
_DATES = frozenset((_YEAR, _DAY, _WEEKDAY))
_OUTCOMES = {
    word: outcome
    for outcome, words in {
        "killed": "dead died die dies dying death deaths killed kills kill killing fatality fatalities fatal toll",
        "injured": "injured injuring injure injures injury injuries wounded wounding hurt hurts hospitalised "
        "hospitalized",
        "up": "rise rises rose risen rising increase increased increases grew grow grown growth climbed climb gain "
        "gained gains raise raises raised raising jump jumped surge surged soar soared",
        "down": "fall falls fell fallen falling decrease decreased decreases drop drops dropped decline declined "
        "declines slipped slide slid shrank cut cuts lower lowered plunged tumbled slumped sank",
    }.items()
    for word in words.split()
}
_MONTHS_AND_DAYS = word_set(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
    """
)
_OPPOSITES = {"killed": "injured", "injured": "killed", "up": "down", "down": "up"}
_CHANGES = frozenset(("up", "down"))

_T = TypeVar("_T")

_Weights = Mapping[str, float]
"""Labels, and how near they stand to a figure, 0 to 1."""


_Label = tuple[str, int, int]
"""A label, and where it starts and ends."""

_Labels = Callable[[Passage, int, int, Source], Iterable[_Label]]
"""The labels of a sentence between two of its characters."""


class _Place(NamedTuple):
    """Where a figure or a date stands."""

    passage: Passage
    start: int
    end: int


class _Spot(NamedTuple):
    """A figure or a date of the draft, its value, and where the article has it."""

    place: _Place
    value: Hashable
    known: Sequence[_Place]


def check_crossed(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``crossed``) for two figures, or two dates, in each other's places; in English."""
    source = comparison.source
    for claim in comparison.claims[:MOST_SENTENCES] if source.is_english else ():
        for kind, spots in _spots_by_kind(claim.passage, source).items():
            if 1 < len(spots) <= MOST:
                for one, other in _crossed_pairs(kind, spots, source):
                    shown = [claim.passage.text[place.start : place.end].strip() for place in (one, other)]
                    yield claim.finding(
                        "date" if kind in _DATES else "number_noun",
                        "crossed",
                        "the article has them the other way round",
                        (one.start, other.end),
                        f"Is {shown[0]} said of the one and {shown[1]} of the other, and not the other way round?",
                    )


def _spots_by_kind(passage: Passage, source: Source) -> Mapping[str, list[_Spot]]:
    """The figures of a sentence by unit, and its dates; those that the article has."""
    found: dict[str, list[_Spot]] = defaultdict(list)
    figures = [figure for figure in passage.plain_figures if figure.unit not in _NOT_PAIRED]
    for figure in figures if 1 < len(figures) <= MOST else ():
        places = _places_of(figure, source)
        if 0 < len(places) <= MOST:
            kind = _YEAR if _is_year(figure) else figure.unit
            found[kind].append(_Spot(_Place(passage, figure.start, figure.end), figure.value, places))
    for date in passage.dates if 1 < len(passage.dates) <= MOST else ():
        places = [
            _Place(where, other.start, other.end)
            for where in source.passages
            for other in where.dates
            if other.told == date.told
        ]
        if 0 < len(places) <= MOST:
            kind = _DAY if date.weekday is None else _WEEKDAY
            found[kind].append(_Spot(_Place(passage, date.start, date.end), date.told, places))
    return found


def _places_of(figure: Figure, source: Source) -> list[_Place]:
    return [_Place(where, other.start, other.end) for where, other in occurrences(figure, source)]


def _is_year(figure: Figure) -> bool:
    is_plain = not figure.unit and not figure.spelt and figure.end - figure.start == len("2000")
    return is_plain and FIRST_YEAR <= figure.value <= LAST_YEAR


def _crossed_pairs(kind: str, spots: Sequence[_Spot], source: Source) -> Iterator[tuple[_Place, _Place]]:
    """The pairs of ``spots`` whose labels the article has the other way round."""
    found = set()
    for labels in (_words,) if kind in _DATES else (_names, _years):
        here = [_weights((spot.place,), labels, source) for spot in spots]
        there = [_weights(spot.known, labels, source) for spot in spots]
        for one, other in combinations(range(len(spots)), 2):
            if _are_distinct(kind, spots[one], spots[other]) and _are_crossed(
                (here[one], here[other]), (there[one], there[other])
            ):
                found.add((spots[one].place, spots[other].place))
    yield from found


def _are_distinct(kind: str, one: _Spot, other: _Spot) -> bool:
    """Whether a boundary stands between the two, and neither may be the other rounded."""
    if not _BOUNDARY.search(one.place.passage.text, one.place.end, other.place.start):
        return False
    if isinstance(one.value, Fraction) and isinstance(other.value, Fraction) and kind != _YEAR:
        return abs(one.value - other.value) > ROUND * max(one.value, other.value)
    return one.value != other.value


def _are_crossed(here: tuple[_Weights, _Weights], there: tuple[_Weights, _Weights]) -> bool:
    """Whether labels of both figures lean to the other one in the article, and hardly any leans the same way."""
    agreeing, crossed = 0.0, [0.0, 0.0]
    for label in here[0].keys() | here[1].keys():
        lean, its = _lean(label, here), _lean(label, there)
        weight = max(each.get(label, 0.0) for each in here)
        if min(abs(lean), abs(its)) < LEAN:
            continue
        if (lean > 0) == (its > 0):
            agreeing += weight * abs(lean * its)
        elif weight >= NEAR:
            crossed[lean < 0] += weight * abs(lean * its)
    return min(crossed) > 0 and agreeing <= AGREEING * sum(crossed)


def _lean(label: str, weights: tuple[_Weights, _Weights]) -> float:
    """Which of two figures a label stands nearer to: 1 is the first, -1 the second."""
    one, other = (each.get(label, 0.0) for each in weights)
    return (one - other) / (one + other) if one + other else 0.0


def check_outcomes(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``outcome``) for "12 killed" where the article has 12 injured, or "rose 3 %" where it fell."""
    source = comparison.source
    for claim in comparison.claims[:MOST_SENTENCES] if source.is_english else ():
        outcomes = {_OUTCOMES[word.key] for word in claim.passage.words if word.key in _OUTCOMES}
        figures = [figure for figure in claim.passage.plain_figures if figure.unit not in _NOT_PAIRED]
        for figure in figures[:MOST] if outcomes else ():
            is_change_of = bool(figure.unit) or not outcomes <= _CHANGES
            if is_change_of and not claim.passage.text[: figure.start].endswith(" of "):
                yield from _turned_outcome(claim, figure, outcomes if figure.unit else outcomes - _CHANGES, source)


def _turned_outcome(claim: Claim, figure: Figure, outcomes: Iterable[str], source: Source) -> Iterator[Finding]:
    """A finding where the article has ``figure`` beside the opposite of one of ``outcomes`` wherever it stands."""
    here = _weights((_Place(claim.passage, figure.start, figure.end),), _outcomes, source)
    there = [_weights((place,), _outcomes, source) for place in _places_of(figure, source)[:MOST]]
    for outcome in sorted(outcomes):
        other = _OPPOSITES[outcome]
        if there and _is_of(outcome, here) and all(_is_of(other, weights) for weights in there):
            shown = claim.passage.text[figure.start : figure.end].strip()
            question = f"Is it {shown} {outcome}, and not {shown} {other}?"
            detail = f"the article has it for what is {other}"
            yield claim.finding("number_noun", "outcome", detail, (figure.start, figure.end), question)


def _is_of(outcome: str, weights: _Weights) -> bool:
    """Whether the outcome stands near a figure, and the opposite one hardly does."""
    near = weights.get(outcome, 0.0)
    return near >= OUTCOME_NEAR and weights.get(_OPPOSITES[outcome], 0.0) <= OTHER_OUTCOME * near


def _weights(places: Iterable[_Place], labels: _Labels, source: Source) -> _Weights:
    """The labels beside a figure wherever it stands, the nearer the heavier."""
    found: dict[str, float] = defaultdict(float)
    for passage, start, end in places:
        for label, first, last in labels(passage, start - FARTHEST, end + FARTHEST, source):
            if last <= start or first >= end:
                between = (last, start) if last <= start else (end, first)
                found[label] = max(found[label], _nearness(passage, *between))
    return found


def _nearness(passage: Passage, start: int, end: int) -> float:
    gap = passage.text[start:end]
    figures = sum(figure.unit != ORDINAL for figure in _between(passage.figures, start, end))
    return ACROSS_BOUNDARY ** (len(_BOUNDARY.findall(gap)) + figures) / (1 + len(_TOKEN.findall(gap)))


def _words(passage: Passage, start: int, end: int, _: Source) -> Iterable[_Label]:
    """The content words that are no part of a date."""
    dates = [(date.start, date.end) for date in passage.dates]
    for word in _between(passage.words, start, end):
        if word.content and not any(first <= word.start < last for first, last in dates):
            yield word.stem, word.start, word.end


def _names(passage: Passage, start: int, end: int, source: Source) -> Iterable[_Label]:
    for word in _between(passage.words, start, end):
        if word.is_capital and word.content and word.key in source.capitals and word.key not in _MONTHS_AND_DAYS:
            yield word.key[:NAME_LENGTH], word.start, word.end


def _years(passage: Passage, start: int, end: int, _: Source) -> Iterable[_Label]:
    return ((str(each.value), each.start, each.end) for each in _between(passage.figures, start, end) if _is_year(each))


def _outcomes(passage: Passage, start: int, end: int, _: Source) -> Iterable[_Label]:
    for word in _between(passage.words, start, end):
        if word.key in _OUTCOMES:
            yield _OUTCOMES[word.key], word.start, word.end


def _between(spans: Sequence[_T], start: int, end: int) -> Sequence[_T]:
    return spans[bisect_left(spans, start, key=_START) : bisect_left(spans, end, key=_START)]
