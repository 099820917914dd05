"""Dates and weekdays: each has to be one of the article's."""

import re
from collections.abc import Iterator

from standfirst.checking.comparison import Comparison
from standfirst.checking.source import Source
from standfirst.domain.draft import Finding
from standfirst.text.dates import DateTold, Mention

_NEXT_DAY = re.compile(
    r"\b(?:the )?(?:next|following) (?:day|morning|afternoon|evening|night)\b|\bday after\b", re.IGNORECASE
)
_DAY_BEFORE = re.compile(
    r"\b(?:the )?(?:previous|preceding) (?:day|evening|night)\b|\b(?:day|evening|night) before\b", re.IGNORECASE
)


def check_dates(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``date``) for every weekday, month and day that the article does not name; in English."""
    known = frozenset(date.told for passage in comparison.source.passages for date in passage.dates)
    for claim in comparison.claims:
        for date in claim.passage.dates:
            if not (_is_known(date, known) or _is_told_from_next_day(date, known, comparison.source)):
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
