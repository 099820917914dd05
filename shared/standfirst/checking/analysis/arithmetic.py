"""Arithmetic: figures that an honest writer works out from those of the article: a sum, a difference, a share."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, chain, combinations, groupby, islice, product
from operator import itemgetter

from standfirst.checking.analysis.measures import Measure, counted_by, measure_of
from standfirst.checking.analysis.proportions import parts_in
from standfirst.checking.analysis.rounding import SHARE_IS, is_rounded
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source
from standfirst.text.numbers.quantities import (
    CENT,
    CLOCK,
    DECADE,
    FIRST_YEAR,
    LAST_YEAR,
    ORDINAL,
    PERCENT,
    POINTS,
    TIMING,
    VAGUE,
    Figure,
)
from standfirst.text.word_lists import whole_words

BEFORE, AFTER = 60, 45
"""Characters before and after a figure in which a word says that it is a sum or a difference."""

MOST_PARTS = 6
"""Figures in a row that are added up at most."""

MOST_FIGURES = 60
"""Figures of a sentence, and of a draft's sentence, that are looked at; a table of more is none to work with."""

MOST_IN_ARTICLE = 2_000
"""Figures of an article that are looked at."""

LEAST_BARE_AMOUNT = 10_000
"""A figure without a unit from which on it may be an amount of money."""

MANY = 100
"""A whole of so many is a share of another figure by chance seldom enough."""

FEWEST_SHARED = 20
"""Things of which a percentage is worked out at least."""

MOST_TIMES = 100
"""Times that an amount is taken at most."""

YEAR = 365.25
"""Days."""

SAME_TIME = 0.005
"""Times of several units that differ by a smaller share are one."""

MINUTE, SECONDS_A_DAY = 60, 86_400
"""Seconds."""

DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
"""Days of a year before each month."""

_SUM = whole_words(
    """
    total* in_all altogether combined together overall between_them sum aggregate jointly both counting plus on_top
    worth
    """
)
_DIFFERENCE = whole_words(
    """
    difference margin gap lead majority fewer less more lower higher better worse later earlier ahead behind
    other others rest remain* all_but another extra further additional above below beat short_of longer shorter
    faster slower older younger up_by down_by rose risen rise fell fallen fall drop* increas* decreas* grew
    grown climb* cut gain* jump* slid shrank shrunk leaves left leaving lifts lifted raises raised added narrow*
    widen* saved
    """
)
_VOTE = whole_words("vote votes voted votes ballot* majority")
_BY = re.compile(r"\bby (?:[^\W\d_]+ ){0,3}$")
_LEAD = re.compile(
    r"[ -][^\W\d_]+ (?:further|farther|longer|higher|faster|slower|better|clear|ahead|behind|more|less)\b"
)
_AVERAGE = re.compile(r"\b(?:average|each|apiece|per|an? (?:year|month|week|day|hour)|annual\w*|yearly|monthly)\b")
_BETWEEN = re.compile(
    r"(?: [^\W\d_]+){0,3} (?:out of|of|from|to|against|compared with|down from|up from|in)(?: [^\W\d_]+){0,3} "
)
_OF_ALL = re.compile(r"\bof (?:the |its |their |all |some |about |nearly |almost )*$", re.IGNORECASE)
_OF_THEM = re.compile(r" of (?:them|those|these|whom|which)\b")
_OF_WHOLE = re.compile(r" of (?:[^\W\d_]+ ){0,3}[$£€]?")
_NO_PARTS = frozenset((CLOCK, DECADE, ORDINAL, TIMING, VAGUE))


def is_worked_out(figure: Figure, passage: Passage, source: Source) -> bool:
    """Returns whether ``figure`` is worked out from the article's: a sum, a difference, a product or a quotient."""
    if (
        not figure.unit
        and counted_by(figure, passage) == "point"
        and _is_sum(replace(figure, unit=POINTS), passage, source)
    ):
        return True
    return _is_sum(figure, passage, source)


def _is_sum(figure: Figure, passage: Passage, source: Source) -> bool:
    """Returns whether the article has the parts of ``figure``, a sum or a difference that ``passage`` says is one.

    The parts count the same, and stand in one sentence of the article, or one of them in ``passage``. The difference of
    two percentages is percentage points. "Three-quarters of $60 million" is $45 million; three of $5 are $15 "in all".
    """
    if figure.unit == PERCENT:
        return any(value in figure.values for value in _points_apart(source)) or any(
            is_rounded(figure, 100 * part / whole, passage.text) or 100 * part / whole in figure.values
            for part, whole in chain(parts_in(passage), *map(parts_in, source.passages))
        )
    if figure.unit in _NO_PARTS or (_is_year(figure, figure.value) and not measure_of(figure, passage)):
        return False
    if figure.unit == CENT:
        currency = next(
            (other.unit for _, other in source.figures if other.unit.isupper() and other.unit != CENT), CENT
        )
        figure = replace(figure, unit=currency)
    around = passage.text[max(0, figure.start - BEFORE) : figure.end + AFTER]
    unit = PERCENT if figure.unit == POINTS else figure.unit
    here = [other for other in passage.figures if other is not figure and other.unit == unit][:MOST_FIGURES]
    if not unit and figure.value >= LEAST_BARE_AMOUNT:  # "172 million pounds, … and the remaining 54 million"
        here += [other for other in passage.figures if other.unit.isupper()][:MOST_FIGURES]
    if _SUM.search(around) and any(_is(figure, value, passage) for value in _sums(figure, here, passage, source)):
        return True
    is_difference = figure.unit == POINTS or _DIFFERENCE.search(around) or _BY.search(passage.text[: figure.start])
    if is_difference and any(_is(figure, value, passage) for value in _differences(figure, here, passage, source)):
        return True
    times = (
        one.value * other.value for one, other in combinations(passage.figures[:MOST_PARTS], 2) if other is not figure
    )
    return any(
        _is(figure, value, passage)
        for value in chain(_products(figure, around, source), _listed(figure, passage, source), times)
    )


def _is_lead(figure: Figure, passage: Passage) -> bool:
    """Returns whether the words beside say by how much: "by 10 centimetres", "nine centimetres further"."""
    return bool(_BY.search(passage.text[: figure.start]) or _LEAD.match(passage.text, figure.end))


def _points_apart(source: Source) -> Iterator[Fraction]:
    """Yields the percentages so many points above and below one of a sentence, and the rest of a hundred."""
    for passage in source.passages:
        points = [figure.value for figure in passage.figures if figure.unit == POINTS]
        shares = [figure.value for figure in passage.figures if figure.unit == PERCENT]
        if len(shares) > 1:
            yield 100 - sum(shares, Fraction(0))
        for share, apart in product(shares[:MOST_PARTS], points[:MOST_PARTS]):
            yield from (share + apart, share - apart)


def _differences(figure: Figure, here: list[Figure], passage: Passage, source: Source) -> Iterator[Fraction]:
    yield from (abs(one.value - other.value) for one, other in _pairs(here, passage, source))
    unit = PERCENT if figure.unit == POINTS else figure.unit
    measure = measure_of(figure, passage)
    for figures in _by_sentence(source, unit, measure):
        yield from (abs(one.value - other.value) for one, other in combinations(figures, 2))
    if figure.unit == POINTS:
        everywhere = [other for _, other in source.figures if other.unit == PERCENT][:MOST_FIGURES]
        yield from (abs(one.value - other.value) for one, other in combinations(everywhere, 2))
    elif measure and measure.size and _is_lead(figure, passage):
        units = figure.value / Fraction(measure.size).limit_denominator(10**9)
        for figures in _by_paragraph(source, unit):
            yield from (units * abs(one.value - other.value) for one, other in combinations(figures, 2))


def _products(figure: Figure, around: str, source: Source) -> Iterator[Fraction]:
    """Yields shares of amounts; where the words say so, also so many times an amount, and an amount by so many."""
    if figure.unit == POINTS:
        return
    is_total, is_average = bool(_SUM.search(around)), bool(_AVERAGE.search(around))
    for passage in _passages(source):
        figures = passage.figures[:MOST_FIGURES]
        for amount in (other for other in figures if other.unit == figure.unit):
            for other in figures:
                if other.unit == PERCENT and (amount.unit or amount.value >= FEWEST_SHARED):
                    yield from (amount.value * other.value / 100, amount.value * (100 - other.value) / 100)
                elif other is not amount and not other.unit and other.value and other.value <= MOST_TIMES:
                    if is_total:
                        yield amount.value * other.value
                    if is_average:
                        yield amount.value / other.value


def is_known_time(measure: Measure, source: Source) -> bool:
    """Returns whether the article has a time of this length, or one between two times of day."""
    lengths = [its.size for its in source.measures if its.dimension == "time"]
    lengths += [float(value) / SECONDS_A_DAY for value in _values(source, TIMING)]
    if any(abs(length - measure.size) <= SAME_TIME * measure.size for length in lengths):
        return True
    return Fraction(round(measure.size * SECONDS_A_DAY / MINUTE)) in _between(_values(source, CLOCK))


def is_time_between(figure: Figure, passage: Passage, source: Source) -> bool:
    """Returns whether it is the time between two times of day, two dates or two timings of a race in the article."""
    measure = measure_of(figure, passage)
    if figure.unit in {CLOCK, TIMING}:  # 2:23 may be minutes and seconds
        return any(between in figure.values for between in _between(_values(source, TIMING)))
    if not figure.value or measure is None or measure.dimension != "time" or measure.size >= YEAR * figure.value:
        return False
    unit = Fraction(round(measure.size * SECONDS_A_DAY)) / figure.value
    if not unit:
        return False
    seconds = chain(
        _between(_values(source, TIMING)),
        (MINUTE * each for each in _between(_values(source, CLOCK))),
        (SECONDS_A_DAY * each for each in _between(_days(source))),
    )
    return any(_is(figure, Fraction(round(each / unit, 2)), passage) for each in seconds)


def _values(source: Source, unit: str) -> set[Fraction]:
    return {value for _, figure in source.figures if figure.unit == unit for value in figure.values}


def _days(source: Source) -> set[Fraction]:
    """Returns the days of the year that the article names; a year that it names none for has 365."""
    dates = (date for passage in source.passages for date in passage.dates if date.month and date.day)
    return {Fraction(DAYS_BEFORE[date.month - 1] + date.day) for date in dates if date.month and date.day}


def _between(moments: set[Fraction]) -> Iterator[Fraction]:
    return (other - one for one, other in combinations(sorted(moments)[:MOST_FIGURES], 2))


def is_number_of_years(figure: Figure, passage: Passage, source: Source) -> bool:
    """Returns whether it is the time between two years of the article and ``passage``, or since the former to today.

    An anniversary or a birthday tells so many years too: "their 10th wedding anniversary".
    """
    if figure.unit not in {"", ORDINAL}:
        return False
    measure = measure_of(figure, passage)
    if figure.unit != ORDINAL and not (measure and measure.dimension == "time" and measure.size >= YEAR * figure.value):
        return False
    span = figure.value if measure is None else Fraction(round(measure.size / YEAR))
    if any(other.unit == ORDINAL and span in other.values for _, other in source.figures):
        return True
    years = {value for _, other in source.figures for value in other.values if _is_year(other, value)}
    years |= {Fraction(year) for year in (source.published_year,) if year}
    here = {value for other in passage.figures for value in other.values if _is_year(other, value)}
    lasting = [its.size / YEAR for its in source.measures if its.dimension == "time"]
    if figure.unit == ORDINAL and any(abs(float(span) - each) < 1 for each in lasting):
        return True
    return span > 0 and any(abs(one - other) == span for one in years | here for other in years)


def is_share(figure: Figure, passage: Passage, source: Source) -> bool:
    """Returns whether a share in words, or "about 30 per cent", is that of one figure in another that counts the same.

    Where ``passage`` says that something rose or fell, also that of their difference; of votes, also that in both. The
    two stand in one sentence of the article, or one of them in ``passage``.
    """
    if figure.unit != PERCENT:
        return False
    is_change, is_vote = bool(_DIFFERENCE.search(passage.text)), bool(_VOTE.search(passage.text))
    if not figure.spelt and not figure.blur:
        return is_change and any(
            _is(figure, change, passage)
            for one, other in _counted_alike(source)
            if one.unit
            for change in _changes(*sorted((one.value, other.value)))
        )
    here = [other for other in passage.figures if other.unit not in {PERCENT, *_NO_PARTS} and other.value]
    here = [other for other in here[:MOST_FIGURES] if not _is_year(other, other.value)]
    beside = [other for other in here if _OF_WHOLE.fullmatch(passage.text[figure.end : max(figure.end, other.start)])]
    near = min(Fraction(SHARE_IS), figure.value / 10)
    return any(
        is_rounded(figure, share, passage.text) if figure.spelt else abs(figure.value - share) <= near
        for one, other in chain(
            _pairs(beside or here, passage, source),
            _parts_of_many(beside, source) if beside else _counted_alike(source),
        )
        for share in _shares(*sorted((one.value, other.value)), is_change=is_change, is_vote=is_vote)
    )


def _changes(part: Fraction, whole: Fraction) -> Iterator[Fraction]:
    """Yields their difference as a percentage of each."""
    if 0 < part < whole:
        yield from (100 * (whole - part) / whole, 100 * (whole - part) / part)


def _shares(part: Fraction, whole: Fraction, *, is_change: bool, is_vote: bool) -> Iterator[Fraction]:
    """Yields, as percentages, what ``part`` is of ``whole``, their difference of either, and each of both."""
    if 0 < part < whole:
        yield 100 * part / whole
        if is_change:
            yield from (*_changes(part, whole), 100 * part / (part + whole))
        if is_vote:
            yield from (100 * part / (part + whole), 100 * whole / (part + whole))


def _parts_of_many(wholes: list[Figure], source: Source) -> Iterator[tuple[Figure, Figure]]:
    """Yields each whole of so many that hardly a bare figure is a share of it by chance, with each of those."""
    for whole in wholes:
        if not whole.unit and whole.value >= MANY:
            yield from ((whole, each.figure) for each in source.counted[:MOST_IN_ARTICLE] if not each.figure.unit)


def _counted_alike(source: Source) -> Iterator[tuple[Figure, Figure]]:
    """Yields the pairs of figures of one sentence that count the same: by their noun, or by the words between them."""
    parts = (each for each in source.counted[:MOST_IN_ARTICLE] if each.figure.unit not in {PERCENT, *_NO_PARTS})
    for _, group in groupby(parts, key=lambda each: id(each.passage)):
        for one, other in combinations([*group][:MOST_FIGURES], 2):
            text = one.passage.text
            is_said = (
                _BETWEEN.fullmatch(text[one.figure.end : other.figure.start])
                or _OF_THEM.match(text, other.figure.end)
                or _OF_ALL.search(text[: one.figure.start])
            )
            is_alike = one.figure.unit or is_said or (one.counted and one.counted == other.counted)
            if one.figure.unit == other.figure.unit and is_alike:
                yield one.figure, other.figure


def _pairs(here: list[Figure], passage: Passage, source: Source) -> Iterator[tuple[Figure, Figure]]:
    """Yields each figure of ``here`` (in ``passage``) with each of the article's that counts or measures the same."""
    everywhere = source.counted[:MOST_IN_ARTICLE]
    for one in here:
        mentions = [each for each in everywhere if each.figure.values & one.values]
        counted = {each.counted for each in mentions} | {counted_by(one, passage), *passage.stems}
        places = {each.passage.place for each in mentions}
        is_amount = bool(one.unit) or one.value >= LEAST_BARE_AMOUNT
        for each in everywhere:
            is_alike = each.counted in counted if each.counted else each.passage.place in places
            if each.figure.unit == one.unit and (is_amount or is_alike):
                yield one, each.figure


def _sums(figure: Figure, here: list[Figure], passage: Passage, source: Source) -> Iterator[Fraction]:
    measure = measure_of(figure, passage)
    groups = [here, *_by_sentence(source, figure.unit, measure), *_by_paragraph(source, figure.unit, measure)]
    if measure:
        measured = [part for group in _by_paragraph(source, "", measure) for part in group][:MOST_FIGURES]
        groups += [list(pair) for pair in combinations(measured, 2)]
    for figures in groups:
        for at, first in enumerate(figures):
            yield from islice(
                accumulate((other.value for other in figures[at + 1 :]), initial=first.value), 1, MOST_PARTS
            )
    yield from (one.value + other.value for one, other in _pairs(here, passage, source))


def _listed(figure: Figure, passage: Passage, source: Source) -> Iterator[Fraction]:
    """Yields sums that nothing says are any: of a list of amounts, and of counts of what ``figure`` counts."""
    counted = counted_by(figure, passage)
    for where in source.passages:
        parts = [other for other in where.figures if other.unit == figure.unit][: MOST_PARTS + 1]
        if len(parts) > MOST_PARTS or not (figure.unit.isupper() or (counted and not figure.unit)):
            continue
        for at, first in enumerate(parts):
            if figure.unit or counted_by(first, where) == counted:
                yield from islice(accumulate((other.value for other in parts[at + 1 :]), initial=first.value), 1, None)


def _by_sentence(source: Source, unit: str, measure: Measure | None = None) -> Iterator[list[Figure]]:
    """Yields the figures of each sentence: of one unit, and of one measure if they have any."""
    for passage in _passages(source):
        yield [
            figure
            for figure in passage.figures
            if figure.value and figure.unit == unit
            if not measure or (measure_of(figure, passage) or measure).unit == measure.unit
        ][:MOST_FIGURES]


def _passages(source: Source) -> Iterator[Passage]:
    """Yields the sentences with the first ``MOST_IN_ARTICLE`` figures."""
    return (passage for passage, _ in groupby(source.figures[:MOST_IN_ARTICLE], key=itemgetter(0)))


def _by_paragraph(source: Source, unit: str, measure: Measure | None = None) -> list[list[Figure]]:
    """Returns the figures of each paragraph: of one unit, and of one measure if it is given."""
    found: dict[int, list[Figure]] = {}
    for passage, figure in source.figures[:MOST_IN_ARTICLE]:
        its = measure_of(figure, passage) if measure else None
        if figure.unit == unit and (not measure or (its and its.unit == measure.unit)):
            found.setdefault(passage.place, []).append(figure)
    return [figures[:MOST_FIGURES] for figures in found.values()]


def _is(figure: Figure, value: Fraction, passage: Passage) -> bool:
    return value in figure.values or is_rounded(figure, value, passage.text)


def _is_year(figure: Figure, value: Fraction) -> bool:
    return not figure.unit and not figure.spelt and FIRST_YEAR <= value <= LAST_YEAR and value.denominator == 1
