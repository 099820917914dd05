"""Dates and weekdays: each has to be one of the article's."""

import re
from collections.abc import Iterator
from itertools import pairwise

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.source import Source
from standfirst.domain.draft import Finding
from standfirst.text.dates import DateTold, Mention

DAYS_IN_WEEK = 7

_NEXT_DAY = re.compile(
    r"\b(?:the )?(?:next|following) (?:day|morning|afternoon|evening|night)\b|\bday after\b", re.IGNORECASE
)
_DAY_BEFORE = re.compile(
    r"\b(?:the )?(?:previous|preceding) (?:day|evening|night)\b|\b(?:day|evening|night) before\b", re.IGNORECASE
)


def check_dates(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``date``) for every weekday, month and day that the article does not name; in English."""
    found = [(claim, date) for claim in comparison.claims for date in claim.passage.dates]
    if not found:
        return
    known = frozenset(date.told for passage in comparison.source.passages for date in passage.dates)
    for claim, date in found:
        is_told = _is_known(date, known) or _is_told_from_next_day(date, known, comparison.source)
        if not (is_told or _is_told_by_weekday(date, comparison.source)):
            detail = "no such date in the article" if date.weekday is None else "no such weekday in the article"
            yield claim.finding("date", detail, "error", (date.start, date.end))


def _is_known(date: Mention, known: frozenset[DateTold]) -> bool:
    """Whether the article has the date; of a month without a day, any day of it."""
    if date.month and date.day is None:
        return any(month == date.month for month, _, _ in known)
    return date.told in known


def _is_told_from_next_day(date: Mention, known: frozenset[DateTold], source: Source) -> bool:
    """Whether the article has the day before, and a "following morning", or the day after, and an "evening before"."""
    if date.day is None:
        return False
    day_before, day_after = (date.month, date.day - 1, None), (date.month, date.day + 1, None)
    return (day_before in known and bool(_NEXT_DAY.search(source.text))) or (
        day_after in known and bool(_DAY_BEFORE.search(source.text))
    )


def _is_told_by_weekday(date: Mention, source: Source) -> bool:
    """Whether the article has a near day with its weekday, and the weekday of ``date``: "on the Saturday"."""
    weekdays = {each.weekday for passage in source.passages for each in passage.dates if each.weekday is not None}
    return date.day is not None and any(
        day.month == date.month
        and abs(day.day - date.day) < DAYS_IN_WEEK
        and (weekday + date.day - day.day) % DAYS_IN_WEEK in weekdays
        for day, weekday in _days_with_weekday(source)
        if day.day is not None
    )


def _days_with_weekday(source: Source) -> Iterator[tuple[Mention, int]]:
    """Each "Friday 22 August" and "Friday, August 22"."""
    for passage in source.passages:
        for weekday, day in pairwise(passage.dates):
            if weekday.weekday is not None and day.day is not None and day.start - weekday.end <= len(", the "):
                yield day, weekday.weekday
