"""The figures of a text by their values: "£11,000", "11 000 pounds" and "eleven thousand" are one.

Digits are read in every language; number words in English, scale words ("Millionen", "млн", "万") in many.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from operator import attrgetter

from standfirst.domain.word_count import UNSPACED
from standfirst.text.numbers import words
from standfirst.text.numbers.digits import DIGITS, values_of
from standfirst.text.numbers.han import HAN_NUMBER, han_value
from standfirst.text.sentences import primary_subtag

PERCENT = "%"
"""The unit of percentages and of shares such as "a quarter"."""

POINTS = "points"
"""The unit of percentage points."""

VAGUE = "vague"
"""The unit of "dozens", "thousands": the value is the least that is meant."""

ORDINAL = "ordinal"
DECADE = "decade"
CLOCK = "clock"
"""The unit of a time of day; the value is in minutes."""

TIMING = "timing"
"""The unit of a time that a race took, as 1:44:52 or 3:56.41; the value is in seconds."""

CENT = "CENT"
"""The unit of an amount in cents, of whatever currency; the value is in whole units of it."""

HUNDRED = 100
"""Per cent."""

FIRST_YEAR, LAST_YEAR = 1500, 2100
"""A bare figure from the one to the other may be a year."""

HOURS, MINUTES = 24, 60
"""In a day, in an hour."""

LOOK_BACK = 24
"""Characters before a figure in which a word stands that blurs it."""

_RANGE_GAP = re.compile(r"\s*(?:and|to|or|und|bis|et|à|y|e|a|o|och|en|i|do|[-–—])\s*")
_LETTERS = re.compile(r"[a-z]+")
_ONE = Fraction(1)
_DIGIT = re.compile(r"\d")
_LONGEST_GAP = 6
"""Characters between the two figures of a range."""

_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th"))
_SHARED = frozenset((PERCENT, POINTS, *words.CURRENCIES))
"""Units that the end of a range gives its beginning."""

_HUNDREDTHS = {"PENNY": "GBP", "CENT": CENT}

_OF_A_POINT = re.compile(r"(?: of)? a (?:percentage )?point")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: where it stands in the text, the values it may have, its unit, and the word that blurs it.

    ``values`` are several where a separator may be read two ways. ``unit`` is ``PERCENT``, a currency's code, one of
    the constants above, or empty. ``blur`` is ``about``, ``over``, ``under``, ``less`` or empty. ``spelt``
    is true for words.
    """

    start: int
    end: int
    values: frozenset[Fraction]
    unit: str = ""
    blur: str = ""
    spelt: bool = False

    @property
    def value(self) -> Fraction:
        """The likeliest value."""
        return min(self.values)


def figures_in(text: str, language: str) -> tuple[Figure, ...]:
    """Every figure of ``text`` in order. "One" is none, nor is a digit inside a name ("Covid-19", "G7")."""
    language = primary_subtag(language)
    # The patterns are slow, and most sentences hold no figure.
    found = _timings(text) if ":" in text else []
    has_digit = _DIGIT.search(text) is not None
    if has_digit:
        found += [figure for figure in _in_digits(text, language) if not overlaps(found, figure.start, figure.end)]
    if language in {"en", "und"}:
        has_word = not words.SIGNS.isdisjoint(_LETTERS.findall(text.lower()))
        in_words = [*_in_words(text, found)] if has_word else []
        found += [*in_words, *_ratios(text)] if has_word or has_digit else []
    if language in {"zh", "ja"}:
        found += _in_han(text, found)
    found.sort(key=lambda each: each.start)
    return tuple(_blurred(figure, text) for figure in _with_shared_units(found, text))


@cache
def _digit_pattern() -> re.Pattern[str]:
    # None of these scripts has capitals; to look for them would take half of the time to compile it.
    joined, letter = rf"(?-i:[^\W{UNSPACED}])", rf"(?-i:[^\W\d_{UNSPACED}])"
    return re.compile(
        rf"(?<!{joined})(?<!\d[.,])(?P<before>{words.CURRENCY_BEFORE})?\s?"
        rf"(?:(?<![A-Za-z]-)|(?<=\bmid-)|(?<=\bpre-)|(?<=\bpost-))(?<![A-Za-z])(?P<digits>{DIGITS})(?P<half>½)?"
        rf"(?P<clock>[:.]\d\d)?(?P<time>\s?[ap]\.?m\b\.?|\s?o['’]clock)?"
        rf"(?P<suffix>(?:st|nd|rd|th)\b|s\b|(?:{words.SHORT_SCALES})(?!{letter})"
        rf"|(?:-|\s|\u00a0)?(?:{words.SCALES})(?!{letter}))?"
        rf"(?:(?:-|\s|\u00a0)?(?P<after>{words.CURRENCY_AFTER}|{words.POINTS}|{words.PERCENT})(?!{letter}))?",
        re.IGNORECASE,
    )


def _in_digits(text: str, language: str) -> Iterator[Figure]:
    return (_digit_figure(found, language) for found in _digit_pattern().finditer(text))


def _timings(text: str) -> list[Figure]:
    return [_timing(found) for found in _TIMING.finditer(text)]


def _timing(found: re.Match[str]) -> Figure:
    seconds = Fraction(found["seconds"].replace(",", "."))
    for at, part in enumerate(reversed(found["before"].rstrip(":").split(":")), start=1):
        seconds += int(part) * 60**at
    return Figure(*found.span(), frozenset((seconds,)), TIMING)


def _digit_figure(found: re.Match[str], language: str) -> Figure:
    if found["time"] or (found["clock"] and not found["before"] and not found["after"]):
        return _clock(found, language)
    start = found.start("before") if found["before"] else found.start("digits")
    suffix = (found["suffix"] or "").strip(" \u00a0-").lower()
    values = values_of(found["digits"], language)
    if found["half"]:
        values = frozenset(value + Fraction(1, 2) for value in values)
    if suffix in _ORDINAL_ENDINGS:
        return Figure(start, found.end(), values, ORDINAL)
    if suffix == "s":
        return Figure(start, found.end(), values, DECADE)
    scale = Fraction(words.scale_of(suffix)) if suffix else _ONE
    unit = words.unit_of(found["before"] or "", found["after"] or "")
    if unit in _HUNDREDTHS:
        unit, scale = _HUNDREDTHS[unit], scale / 100
    read = values if scale == 1 else frozenset(value * scale for value in values)
    # "300m" are metres as well as millions.
    return Figure(start, found.end(), read | values if suffix == "m" and not unit else read, unit)


def _clock(found: re.Match[str], language: str) -> Figure:
    """A time of day, or a number after all ("45:30", "30.06.2024"). Without "am" or "pm" it may be either."""
    start = found.start("before") if found["before"] else found.start("digits")
    hour, _, minute = found["digits"].partition(".")
    minute = minute or (found["clock"] or "")[1:] or "0"
    if not (_is_below(hour, HOURS + 1) and _is_below(minute, MINUTES)):
        return Figure(start, found.end(), values_of(found["digits"], language))
    half = (found["time"] or "").strip().lower()[:1].replace("o", "")
    hours = {int(hour) % 12 + (12 if half == "p" else 0)} if half else {int(hour) + shift for shift in (-12, 0, 12)}
    values = frozenset(Fraction(MINUTES * each + int(minute)) for each in hours if 0 <= each <= HOURS)
    return Figure(start, found.end(), values, CLOCK)


def _is_below(digits: str, limit: int) -> bool:
    return digits.isdigit() and len(digits) <= len(str(limit)) and int(digits) < limit


@cache
def _word_pattern() -> re.Pattern[str]:
    # The lookaheads say how any of it may begin: most words begin otherwise, and need not be tried at length.
    return re.compile(
        rf"\b(?=[abdefhmnostz])(?={words.BEGINNING})(?:(?P<decimal>{words.DECIMAL})|(?P<share>{words.SHARES})"
        rf"|(?P<vague>(?:(?:tens|hundreds) of )?(?:dozens|scores|hundreds|thousands|millions|billions|trillions))"
        rf"|(?P<ordinal>{words.ORDINAL_WORDS})"
        rf"|(?P<number>{words.NUMBER})"
        rf"(?:[ -](?P<after>{words.CURRENCY_AFTER}|{words.POINTS}|{words.PERCENT}))?)\b",
        re.IGNORECASE,
    )


_TIMING = re.compile(
    r"(?<![\d:.])(?P<before>(?:\d{1,2}:){2}|\d{1,2}:(?=\d\d[.,]\d))(?P<seconds>[0-5]\d(?:[.,]\d{1,3})?)(?![\d:])"
)
"""1:44:52 and 3:56.41, but not 18:30."""

_RATIO = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|\d{1,3}) (?:in|out of) (?:every )?"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\b(?![.,]?\d)",
    re.IGNORECASE,
)


def _ratios(text: str) -> Iterator[Figure]:
    """Yields the shares in "one in five" and "nine out of 10", whose parts are figures too."""
    for found in _RATIO.finditer(text):
        if found[0].isascii() and 0 < (value := words.ratio(found[0].lower())) <= HUNDRED:
            yield Figure(*found.span(), frozenset((value,)), PERCENT, spelt=True)


def _in_words(text: str, taken: Sequence[Figure]) -> Iterator[Figure]:
    for found in _word_pattern().finditer(text):
        if not overlaps(taken, *found.span()) and (figure := _word_figure(found)):
            yield figure


def _word_figure(found: re.Match[str]) -> Figure | None:
    kind = next(name for name in ("decimal", "share", "vague", "ordinal", "number") if found[name])
    if not found[kind].isascii():  # "ſix" and "mıllion" match too, as other cases of "six" and "million"
        return None
    told = found[kind].lower()
    match kind:
        case "decimal":
            value, unit = words.decimal(told), ""
        case "share":
            is_of_point = bool(_OF_A_POINT.match(found.string, found.end()))
            value, unit = (words.share(told) / 100, POINTS) if is_of_point else (words.share(told), PERCENT)
        case "vague":
            value, unit = Fraction(words.least_of(told)), VAGUE
        case "ordinal":
            value, unit = Fraction(words.ordinal(told)), ORDINAL
        case _ if found["mixed"]:
            value = words.mixed(found["mixed"].lower(), found["mixed_scale"], told)
            unit = words.unit_of("", found["after"] or "")
        case _:
            number = words.number(told)
            if number is None:
                return None
            value, unit = Fraction(number), words.unit_of("", found["after"] or "")
    if unit in _HUNDREDTHS:
        unit, value = _HUNDREDTHS[unit], value / 100
    # "Nine per cent" is as exact as 9 %; "a tenth" is not.
    return Figure(*found.span(), frozenset((value,)), unit, spelt=unit != PERCENT or kind != "number")


def _in_han(text: str, taken: Sequence[Figure]) -> Iterator[Figure]:
    for found in HAN_NUMBER.finditer(text):
        if not overlaps(taken, *found.span()):
            yield Figure(*found.span(), frozenset((Fraction(han_value(found.group())),)), spelt=True)


def overlaps(figures: Sequence[Figure], start: int, end: int) -> bool:
    """Whether any of ``figures``, which are in order, shares a character of ``start`` to ``end``."""
    at = bisect_left(figures, end, key=attrgetter("start"))
    return at > 0 and figures[at - 1].end > start


def _with_shared_units(figures: Sequence[Figure], text: str) -> Iterator[Figure]:
    """The figures, those before a range's end with its unit: "30 to 40 per cent" is two percentages."""
    out: list[Figure] = []
    for figure in reversed(figures):
        following = out[-1] if out else figure
        is_shared = not figure.unit and following.unit in _SHARED and _is_range(text[figure.end : following.start])
        out.append(replace(figure, unit=following.unit) if is_shared else figure)
    return reversed(out)


def _is_range(gap: str) -> bool:
    return len(gap) <= _LONGEST_GAP and bool(_RANGE_GAP.fullmatch(gap))


def _blurred(figure: Figure, text: str) -> Figure:
    before = text[max(0, figure.start - LOOK_BACK) : figure.start]
    found = words.BLUR.search(before)
    return replace(figure, blur=words.blur_of(found.group(1).lower())) if found else figure
