"""Dates and weekdays: each has to be one of the article's."""

from collections.abc import Iterator

from standfirst.checking.analysis.comparison import Comparison
from standfirst.domain.draft import Finding
from standfirst.text.dates import DateTold, Mention


def check_dates(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``date``) for every weekday, month and day that the article does not name; in English."""
    found = [(claim, date) for claim in comparison.claims for date in claim.passage.dates]
    if not found:
        return
    known = frozenset(date.told for passage in comparison.source.passages for date in passage.dates)
    for claim, date in found:
        if not _is_known(date, known):
            detail = "no such date in the article" if date.weekday is None else "no such weekday in the article"
            yield claim.finding("date", "unknown", detail, (date.start, date.end))


def _is_known(date: Mention, known: frozenset[DateTold]) -> bool:
    """Whether the article has the date; of a month without a day, any day of it."""
    if date.month and date.day is None:
        return any(month == date.month for month, _, _ in known)
    return date.told in known
