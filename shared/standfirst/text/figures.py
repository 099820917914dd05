"""The figures of a text by their values: "£11,000", "11 000 pounds" and "eleven thousand" are one.

Digits are read in every language; number words in English, scale words ("Millionen", "млн", "万") in many.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from standfirst.text import figure_words as words
from standfirst.text.sentences import primary_subtag

PERCENT = "%"
"""The unit of percentages and of shares such as "a quarter"."""

VAGUE = "vague"
"""The unit of "dozens", "thousands": the value is the least that is meant."""

ORDINAL = "ordinal"
DECADE = "decade"
CLOCK = "clock"
"""The unit of a time of day; the value is in minutes."""

_DIGITS = (
    r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:[.,'’٬]\d{3})+(?![\d])|\d+)"
    r"(?:[.,٫]\d+)?"
)
_POINT_IS_DECIMAL = frozenset(("en", "zh", "ja", "ko", "th", "he", "hi", "ga", "ms", "und"))
_HAN = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
_HAN_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN_NUMBER = re.compile(f"[{''.join([*_HAN, *_HAN_TENS, *_HAN_SCALES])}]{{2,}}|[{''.join(_HAN_TENS)}]")
_RANGE_GAP = re.compile(r"\s*(?:and|to|or|und|bis|et|à|y|e|a|o|och|en|i|do|[-–—])\s*")
_LETTERS = re.compile(r"[a-z]+")
_LONGEST_GAP = 6
_OF_A_POINT = re.compile(r"(?: of)? a (?:percentage )?point")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: where it stands in the text, the values it may have, its unit, and the word that blurs it.

    ``values`` are several where a separator may be read two ways. ``unit`` is ``PERCENT``, a currency's code, one of
    the constants above, or empty. ``blur`` is ``about``, ``over``, ``under`` or empty. ``spelt`` is true for words.
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
    found = [*_in_digits(text, language)]
    if language in {"en", "und"}:
        found += _in_words(text, found)
    if language in {"zh", "ja"}:
        found += _in_han(text, found)
    found.sort(key=lambda each: each.start)
    return tuple(_blurred(figure, text) for figure in _with_shared_units(found, text))


@cache
def _digit_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w])(?<!\d[.,])(?P<before>{words.CURRENCY_BEFORE})?\s?"
        rf"(?<![A-Za-z]-)(?<![A-Za-z])(?P<digits>{_DIGITS})"
        rf"(?P<clock>[:.]\d\d)?(?P<time>\s?[ap]\.?m\b\.?)?"
        rf"(?P<suffix>(?:st|nd|rd|th)\b|s\b|(?:{words.SHORT_SCALES})(?![^\W\d_])|(?:-|\s|\u00a0)?(?:{words.SCALES})(?![^\W\d_]))?"
        rf"(?:(?:-|\s|\u00a0)?(?P<after>{words.CURRENCY_AFTER}|{words.PERCENT})(?![^\W\d_]))?",
        re.IGNORECASE,
    )


def _in_digits(text: str, language: str) -> Iterator[Figure]:
    for found in _digit_pattern().finditer(text):
        yield from _digit_figure(found, language)


def _digit_figure(found: re.Match[str], language: str) -> Iterator[Figure]:
    start = found.start("before") if found["before"] else found.start("digits")
    suffix = (found["suffix"] or "").strip(" \u00a0-").lower()
    values = _readings(found["digits"], language)
    if found["time"] or (found["clock"] and not found["before"] and not found["after"]):
        yield from _clock(found, start)
        return
    if suffix in {"st", "nd", "rd", "th"}:
        yield Figure(start, found.end(), values, ORDINAL)
    elif suffix == "s":
        yield Figure(start, found.end(), values, DECADE)
    else:
        scale = words.scale_of(suffix) if suffix else 1
        unit = words.unit_of(found["before"] or "", found["after"] or "")
        yield Figure(start, found.end(), frozenset(value * scale for value in values), unit)


def _clock(found: re.Match[str], start: int) -> Iterator[Figure]:
    hour, minute = _split_clock(found)
    if hour is None:
        yield Figure(start, found.end(), frozenset((Fraction(found["digits"].replace(",", "")),)))
        return
    half = (found["time"] or "").strip().lower()[:1]
    hours = {hour % 12 + (12 if half == "p" else 0)} if half else {hour, hour + 12, hour - 12}
    values = frozenset(Fraction(60 * each + minute) for each in hours if 0 <= each <= 24)
    yield Figure(start, found.end(), values, CLOCK)


def _split_clock(found: re.Match[str]) -> tuple[int | None, int]:
    hour, _, minute = found["digits"].partition(".")
    minute = minute or (found["clock"] or "")[1:] or "0"
    if not (hour.isdigit() and minute.isdigit() and int(hour) <= 24 and int(minute) < 60):
        return None, 0
    return int(hour), int(minute)


def _readings(digits: str, language: str) -> frozenset[Fraction]:
    """The values of ``digits``: "3.214" is one thing in English and another in German; other marks leave no doubt."""
    digits = re.sub(r"[ \u00a0\u202f'’٬]", "", digits)
    marks = re.findall(r"[.,٫]", digits)
    if not marks:
        return frozenset((Fraction(digits),))
    whole, last, rest = digits.rpartition(marks[-1])
    grouped = len(rest) == 3 and len(set(marks)) == 1
    as_group = Fraction(re.sub(r"[.,٫]", "", digits))
    as_decimal = Fraction(f"{re.sub(r'[.,٫]', '', whole)}.{rest}")
    if not grouped:
        return frozenset((as_decimal,))
    decimal_mark = "." if language in _POINT_IS_DECIMAL else ","
    if len(marks) > 1 or last != decimal_mark:
        return frozenset((as_group,))
    return frozenset((as_decimal,)) if language == "en" else frozenset((as_decimal, as_group))


@cache
def _word_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?P<share>{words.SHARES})"
        rf"|(?P<in>(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:in|out of) (?:every )?"
        rf"(?:two|three|four|five|six|seven|eight|nine|ten|100|\d+))"
        rf"|(?P<vague>(?:(?:tens|hundreds) of )?(?:dozens|scores|hundreds|thousands|millions|billions|trillions))"
        rf"|(?P<ordinal>{words.ORDINAL_WORDS})"
        rf"|(?P<number>{words.NUMBER})"
        rf"(?:[ -](?P<after>{words.CURRENCY_AFTER}|{words.PERCENT}))?)\b",
        re.IGNORECASE,
    )


def _in_words(text: str, taken: Sequence[Figure]) -> Iterator[Figure]:
    # The pattern is slow, and most sentences hold no number word.
    if words.SIGNS.isdisjoint(_LETTERS.findall(text.lower())):
        return
    for found in _word_pattern().finditer(text):
        if any(each.start < found.end() and found.start() < each.end for each in taken):
            continue
        if figure := _word_figure(found):
            yield figure


def _word_figure(found: re.Match[str]) -> Figure | None:
    start, end = found.span()
    if found["share"]:
        of_a_point = 100 if _OF_A_POINT.match(found.string, end) else 1
        return Figure(start, end, frozenset((words.share(found["share"].lower()) / of_a_point,)), PERCENT, spelt=True)
    if found["in"]:
        return Figure(start, end, frozenset((words.ratio(found["in"].lower()),)), PERCENT, spelt=True)
    if found["vague"]:
        return Figure(start, end, frozenset((Fraction(words.least_of(found["vague"].lower())),)), VAGUE, spelt=True)
    if found["ordinal"]:
        return Figure(start, end, frozenset((Fraction(words.ordinal(found["ordinal"].lower())),)), ORDINAL, spelt=True)
    value = words.number(found["number"].lower())
    if value is None:
        return None
    return Figure(start, end, frozenset((Fraction(value),)), words.unit_of("", found["after"] or ""), spelt=True)


def _in_han(text: str, taken: Sequence[Figure]) -> Iterator[Figure]:
    for found in _HAN_NUMBER.finditer(text):
        if not any(each.start < found.end() and found.start() < each.end for each in taken):
            yield Figure(*found.span(), frozenset((Fraction(_han_value(found.group())),)), spelt=True)


def _han_value(text: str) -> int:
    total = section = digit = 0
    for character in text:
        if character in _HAN:
            digit = _HAN[character]
        elif character in _HAN_TENS:
            section += (digit or 1) * _HAN_TENS[character]
            digit = 0
        else:
            total += ((section + digit) or 1) * _HAN_SCALES[character]
            section = digit = 0
    return total + section + digit


def _with_shared_units(figures: Sequence[Figure], text: str) -> Iterator[Figure]:
    """The figures, those before a range's end with its unit: "30 to 40 per cent" is two percentages."""
    following: Figure | None = None
    out: list[Figure] = []
    for figure in reversed(figures):
        if (
            following
            and not figure.unit
            and following.unit in _SHARED
            and _is_range(text[figure.end : following.start])
        ):
            figure = replace(figure, unit=following.unit)
        out.append(figure)
        following = figure
    return reversed(out)


_SHARED = frozenset((PERCENT, *words.CURRENCIES))


def _is_range(gap: str) -> bool:
    return len(gap) <= _LONGEST_GAP and bool(_RANGE_GAP.fullmatch(gap))


def _blurred(figure: Figure, text: str) -> Figure:
    before = text[max(0, figure.start - 24) : figure.start]
    found = words.BLUR.search(before)
    return replace(figure, blur=words.blur_of(found.group(1).lower())) if found else figure
