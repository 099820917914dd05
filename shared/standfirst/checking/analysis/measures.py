"""Measures: a figure with its unit of time, length, weight and so on, and what it is by ("£2.40 a trip")."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.lexicon.function_words import ENGLISH_FUNCTION_WORDS
from standfirst.text.numbers.quantities import Figure, overlaps
from standfirst.text.word_lists import word_set

_UNITS = (
    ("time", 1 / 86_400, r"seconds?|secs?"),
    ("time", 1 / 1_440, r"minutes?|mins?"),
    ("time", 1 / 24, r"hours?|hrs?"),
    ("time", 1, r"days?"),
    ("time", 7, r"weeks?"),
    ("time", 30.44, r"months?"),
    ("time", 365.25, r"years?|yrs?"),
    ("time", 3_652.5, r"decades?"),
    ("time", 36_525, r"century|centuries"),
    ("length", 0.001, r"mm|millimet(?:er|re)s?"),
    ("length", 0.01, r"cm|centimet(?:er|re)s?"),
    ("length", 0.0254, r"inch(?:es)?"),
    ("length", 0.3048, r"feet|foot|ft"),
    ("length", 0.9144, r"yards?|yds?"),
    ("length", 1, r"met(?:er|re)s?"),
    ("length", 1_000, r"km|kms|kilomet(?:er|re)s?"),
    ("length", 1_609.3, r"miles?"),
    ("length", 1_852, r"nautical miles?"),
    ("speed", 1, r"km/h|kph|kmh|kilomet(?:er|re)s? (?:per|an) hour"),
    ("speed", 1.6093, r"mph|miles (?:per|an) hour"),
    ("speed", 1.852, r"knots?"),
    ("area", 0.0929, r"square (?:feet|foot)|sq ft"),
    ("area", 1, r"square met(?:er|re)s?|sq m"),
    ("area", 4_046.9, r"acres?"),
    ("area", 10_000, r"hectares?"),
    ("area", 1_000_000, r"square kilomet(?:er|re)s?|sq km"),
    ("area", 2_590_000, r"square miles?|sq miles?"),
    ("weight", 0.001, r"grams?|grammes?"),
    ("weight", 0.0283, r"ounces?|oz"),
    ("weight", 0.4536, r"lbs?"),
    ("weight", 1, r"kg|kgs|kilos?|kilogram(?:me)?s?"),
    ("weight", 1_000, r"tons?|tonnes?|metric tons?"),
    ("volume", 1, r"lit(?:er|re)s?"),
    ("volume", 3.785, r"gallons?"),
    ("volume", 159, r"barrels?"),
    ("power", 1, r"kw|kilowatts?"),
    ("power", 1_000, r"mw|megawatts?"),
    ("power", 1_000_000, r"gw|gigawatts?"),
    ("temperature", 1, r"°c|degrees? celsius|celsius"),
    ("temperature", 2, r"°f|degrees? fahrenheit|fahrenheit"),
)
"""The dimension of each unit, its size, and how it is written."""

SAME, NEARLY_SAME = 0.02, 0.07
"""Measures that differ by a smaller share are one, given in two units; the second if a word says that it is rounded."""

COMPOSITE = -1
"""The unit of a measure that is told in several units, or as a part of one."""

_NOT_CONVERTED = frozenset(("temperature",))
_UNIT = re.compile(
    r"[ \u00a0-]?(?:[^\W\d_]+[ -])??(?:"
    + "|".join(
        f"(?P<u{at}>{pattern})" for at, (_, _, pattern) in sorted(enumerate(_UNITS), key=lambda each: -len(each[1][2]))
    )
    + r")\b",
    re.IGNORECASE,
)
_AND = re.compile(r",? (?:and )?| ?")
_PART_OF_TIME = re.compile(
    r"\b(?:half an? |(?:a quarter|three[- ]quarters|half) of an? |half[- ])(?:hour|(?P<century>century))\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r" ?(?:to|and|or|-|–) ?$")
_COUNTED = re.compile(r" ([a-z]{3,})")
_PER = re.compile(r",? (?:a|an|per|each|every) ([a-z]+)")
_JOINED = re.compile(r"[ -](?:of (?:the |its |their |those |all |his |her )?)?(?:[^\W\d_]+ )?")
_PEOPLE = word_set(
    """
    people persons men women children employees staff workers jobs members residents passengers patients pupils students
    victims survivors officers players voters fans crew
    """
)
_TIMES = frozenset(("hour", "day", "night", "week", "weekend", "month", "quarter", "year"))


class Measure(NamedTuple):
    """The dimension of a measure, its unit (an index) and its size in the dimension's base unit."""

    dimension: str
    unit: int
    size: float


def measure_of(figure: Figure, passage: Passage) -> Measure | None:
    """Returns the measure that ``figure`` begins, as in "28 days", "a 28-day" and "between 20 and 28 days"."""
    if figure.unit:
        return None
    found = _UNIT.match(passage.text, figure.end)
    if not found:
        following = next((other for other in passage.figures if other.start >= figure.end), None)
        if following and _RANGE.fullmatch(passage.text[figure.end : following.start]):
            found = _UNIT.match(passage.text, following.end)
    if not found or not found.lastgroup or overlaps(passage.figures, found.start(), found.end()):
        return None
    unit = int(found.lastgroup[1:])
    dimension, size, _ = _UNITS[unit]
    return Measure(dimension, unit, float(figure.value) * size)


def composites_in(passage: Passage) -> Iterator[tuple[int, int, Measure]]:
    """Yields where each time of several units stands, and its length: "nine years and four months", "4hr 18min"."""
    start = end = -1
    parts: list[Measure] = []
    for figure in passage.figures:
        measure = measure_of(figure, passage)
        if measure and measure.dimension == "time":
            is_next = parts and parts[-1].unit > measure.unit and _AND.fullmatch(passage.text[end : figure.start])
            if not is_next:
                yield from _composite(start, end, parts)
                start, parts = figure.start, []
            parts.append(measure)
            found = _UNIT.match(passage.text, figure.end)
            end = found.end() if found else figure.end
    yield from _composite(start, end, parts)


def _composite(start: int, end: int, parts: list[Measure]) -> Iterator[tuple[int, int, Measure]]:
    if len(parts) > 1:
        yield start, end, Measure("time", COMPOSITE, sum(part.size for part in parts))


def fractions_in(passage: Passage) -> Iterator[Measure]:
    """Yields the length of each part of an hour or a century that is told in words: "a quarter of an hour"."""
    for found in _PART_OF_TIME.finditer(passage.text):
        share = 0.5 if "half" in found[0].lower() else 0.75 if "three" in found[0].lower() else 0.25
        yield Measure("time", COMPOSITE, share * (36_525 if found["century"] else 1 / 24))


def is_of_same_unit(figure: Figure, passage: Passage, other: Figure, where: Passage) -> bool:
    """Returns whether two figures of one value can mean the same: no miles for kilometres, no "a day" for "a trip"."""
    one, its = measure_of(figure, passage), measure_of(other, where)
    if one and its:
        return one.unit == its.unit
    if one and _counts_something(other, where):
        return False
    by, its_by = _by(figure, passage), _by(other, where)
    return by == its_by or not (by in _TIMES and its_by)


def is_same_length(one: Measure, other: Measure, *, is_rounded: bool) -> bool:
    """Returns whether two measures are one in two units: 90 days and 13 weeks."""
    is_converted = other.unit != one.unit and one.dimension not in _NOT_CONVERTED
    apart = (NEARLY_SAME if is_rounded else SAME) * one.size
    return is_converted and other.dimension == one.dimension and abs(other.size - one.size) <= apart


def counted_by(figure: Figure, passage: Passage) -> str:
    """Returns the stem of the noun that follows ``figure``, which mostly is what it counts; one for all people."""
    following = next((word for word in passage.words if word.start >= figure.end and word.content), None)
    if not following or not _JOINED.fullmatch(passage.text[figure.end : following.start]):
        return ""
    return "people" if following.key in _PEOPLE else following.stem


def _counts_something(figure: Figure, passage: Passage) -> bool:
    """Returns whether a noun stands right after a bare figure: "25 people" gives no 25 miles."""
    found = _COUNTED.match(passage.text, figure.end)
    is_bare = passage.text[figure.end - 1].isdigit() or figure.spelt
    return is_bare and found is not None and found[1] not in ENGLISH_FUNCTION_WORDS


def _by(figure: Figure, passage: Passage) -> str:
    found = _PER.match(passage.text, figure.end)
    return found[1] if found else ""
