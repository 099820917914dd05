"""Dates and weekdays: each has to be one of the article's."""

import re
from collections.abc import Collection, Iterator

from standfirst.checking.comparison import Comparison
from standfirst.domain.draft import Finding
from standfirst.text.dates import Mention


_Told = tuple[int | None, int | None, int | None]
_NEXT = re.compile(
    r"\b(?:the )?(?:next|following) (?:day|morning|afternoon|evening|night)\b|\bday after\b", re.IGNORECASE
)
_BEFORE = re.compile(
    r"\b(?:the )?(?:previous|preceding) (?:day|evening|night)\b|\b(?:day|evening|night) before\b", re.IGNORECASE
)


def check_dates(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``date``) for every weekday, month and day of a month that the article does not name."""
    known = {date for passage in comparison.source.passages for date in map(_told, passage.dates)}
    months = {month for month, _, _ in known}
    for claim in comparison.claims:
        for date in claim.passage.dates:
            month, day, weekday = told = _told(date)
            if told in known or (month and day is None and month in months) or _is_next_day(told, known, comparison):
                continue
            detail = "no such date in the article" if weekday is None else "no such weekday in the article"
            yield claim.finding("date", detail, "error", (date.start, date.end))


def _is_next_day(told: _Told, known: Collection[_Told], comparison: Comparison) -> bool:
    """Whether the article has the day before, and something on "the following morning"; or the day after, and an eve."""
    month, day, _ = told
    text = comparison.source.text
    return day is not None and (
        ((month, day - 1, None) in known and bool(_NEXT.search(text)))
        or ((month, day + 1, None) in known and bool(_BEFORE.search(text)))
    )


def _told(date: Mention) -> _Told:
    return date.month, date.day, date.weekday
