"""The dates and weekdays that an English text names. Years stand among its figures."""

import re
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_DATE = re.compile(
    rf"\b(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<month>{_MONTH})"
    rf"(?: (?P<after>\d{{1,2}})(?:st|nd|rd|th)?\b(?![,.]?\d)(?! (?:of|out)\b))?"
    r"(?:,? (?P<year>(?:1[5-9]|20)\d\d)\b)?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_AND = r" ?(?:to|and|or|through|until|-|–|—) ?"
_FIRST_OF_RANGE = re.compile(rf"\b(?P<before>\d{{1,2}})(?:st|nd|rd|th)?(?={_AND}{_DAY} (?P<month>{_MONTH}))")
_LAST_OF_RANGE = re.compile(rf"\b(?P<month>{_MONTH}) {_DAY}{_AND}(?P<before>\d{{1,2}})(?:st|nd|rd|th)?\b")
_SIGN = re.compile(f"(?:{'|'.join(each.title() for each in (*_MONTHS, *_WEEKDAYS))})")
"""How each name of a month or weekday begins: one fast search, and most sentences hold none."""

_QUARTERS = ("first", "second", "third", "fourth")
_QUARTER = re.compile(rf"\b(?:(?P<quarter>{'|'.join(_QUARTERS)})[ -]quarter\b|Q(?P<number>[1-4])\b)", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")


DateTold = tuple[int | None, int | None, int | None, int | None]
"""Month, day, weekday and quarter, as far as they are told."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as it is named: ``month`` 1 to 12, ``day`` of it and ``year``, or ``weekday`` 0 (Monday) to 6.

    Or the ``quarter`` of a year, 1 to 4.
    """

    start: int
    end: int
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    year: int | None = None
    quarter: int | None = None

    @property
    def told(self) -> DateTold:
        """What two mentions of the same date have in common."""
        return self.month, self.day, self.weekday, self.quarter


def dates_in(text: str) -> tuple[Mention, ...]:
    """Every month, with its day, every weekday and every quarter that ``text`` names, in order.

    "May" counts with a capital only.
    """
    found = [*map(_quarter, _QUARTER.finditer(text))]
    if _SIGN.search(text):
        ranges = (*_FIRST_OF_RANGE.finditer(text), *_LAST_OF_RANGE.finditer(text))
        found += [*map(_date, _DATE.finditer(text)), *map(_of_range, ranges), *map(_weekday, _WEEKDAY.finditer(text))]
    return tuple(sorted(found, key=lambda each: each.start))


def _date(found: re.Match[str]) -> Mention:
    day = found["before"] or found["after"]
    year = int(found["year"]) if found["year"] else None
    end = len(found[0].removesuffix(found["year"] or "").rstrip(", ")) + found.start()
    return Mention(found.start(), end, month=_month(found["month"]), day=int(day) if day else None, year=year)


def _of_range(found: re.Match[str]) -> Mention:
    return Mention(*found.span("before"), month=_month(found["month"]), day=int(found["before"]))


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()[:3]) + 1


def _weekday(found: re.Match[str]) -> Mention:
    return Mention(found.start(), found.end(), weekday=_WEEKDAYS.index(found["weekday"].lower()))


def _quarter(found: re.Match[str]) -> Mention:
    number = found["number"] or _QUARTERS.index(found["quarter"].lower()) + 1
    return Mention(*found.span(), quarter=int(number))
