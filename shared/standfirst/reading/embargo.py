"""Embargoes that documents state in fields of their own, whatever a format calls them, also in one that fails."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from standfirst.domain.errors import ReadingError
from standfirst.reading.timestamps import UNTIL_FURTHER_NOTICE, embargo_of, is_later

_NAMES = frozenset(
    f"{start}{end}" for start in ("embargo", "embargoed") for end in ("", "until", "date", "end", "enddate", "time")
)
"""Without "-", "_" and capitals; a prefix such as ``article:`` does not count either."""


def embargo_among(values: Mapping[str, object]) -> str | None:
    """Returns the end of the embargo in ``values``: of several fields that state one, the last date, if any is one."""
    stated = [end for name, value in values.items() if _is_name(name) and (end := embargo_of(value))]
    dates = [end for end in stated if end != UNTIL_FURTHER_NOTICE]
    latest = dates[0] if dates else next(iter(stated), None)
    for date in dates:
        latest = date if is_later(date, latest or date) else latest
    return latest


def _is_name(name: str) -> bool:
    return name.rpartition(":")[2].replace("_", "").replace("-", "").lower() in _NAMES


@contextmanager
def failing_under(embargo: str | None) -> Iterator[None]:
    """Says of each ReadingError that the document is under ``embargo`` all the same."""
    try:
        yield
    except ReadingError as error:
        error.under_embargo(error.embargoed_until or embargo)
        raise
