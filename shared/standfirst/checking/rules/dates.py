"""Dates and weekdays: each has to be one of the article's."""

from collections.abc import Iterator, Sequence

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.source import Source
from standfirst.domain.draft import Finding
from standfirst.text.dates import Mention


def check_dates(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``date``) for every weekday, month and day that the article does not name; in English.

    And for a month with a year that the article only has with other months.
    """
    found = [(claim, date) for claim in comparison.claims for date in claim.passage.dates]
    if not found:
        return
    source = comparison.source
    known = [date for passage in source.passages for date in passage.dates]
    for claim, date in found:
        at = (date.start, date.end)
        if not _is_known(date, known):
            detail = "no such weekday in the article" if date.weekday is not None else "no such date in the article"
            yield claim.finding("date", "unknown", detail, at)
        elif date.year and _is_of_other_months(date.year, date, known, source):
            yield claim.finding("date", "unknown", f"not in {date.year} in the article", at)


def _is_known(date: Mention, known: Sequence[Mention]) -> bool:
    """Returns whether the article has the date: of a month any day, and some quarter if it names any."""
    if date.quarter and not any(other.quarter for other in known):
        return True
    if date.month and date.day is None:
        return any(other.month == date.month for other in known)
    return any(other.told == date.told for other in known)


def _is_of_other_months(year: int, date: Mention, known: Sequence[Mention], source: Source) -> bool:
    """Returns whether each ``year`` of the article stands beside a month that is not that of ``date``."""
    months = [other.month for other in known if other.year == year]
    mentions = sum(year in figure.values for _, figure in source.figures)
    return year != source.published_year and date.month not in months and 0 < mentions == len(months)
