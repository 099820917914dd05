"""Dates and times as newsroom formats write them, in the form of RFC 3339."""

import re
from datetime import UTC, date, datetime, timedelta

UNTIL_FURTHER_NOTICE = "9999-12-31T23:59:59Z"
"""The end of an embargo without one: RFC 3339's last moment, so that whoever compares times holds the article back."""

_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?)?", re.ASCII
)
_WHOLE_MINUTES = timedelta(minutes=1)
_LONGEST_DATE = 10
_NO_EMBARGO = frozenset({"false", "no", "none", "null", "0", "~"})


def normalize_timestamp(stated: str | None) -> str | None:
    """Returns ``stated`` in the form of RFC 3339; ISO 8601's basic form (``20260303T101500Z``) is what NITF writes.

    None for what is no date; a year or a month alone is none. A date alone stays one, and a time without a zone stays
    without. What cannot be read is dropped rather than refused, because the summary does not depend on it.
    """
    text = (stated or "").strip()
    try:
        if len(text) <= _LONGEST_DATE:
            return date.fromisoformat(text).isoformat()
        timestamp = datetime.fromisoformat(text)
        if (timestamp.utcoffset() or timedelta()) % _WHOLE_MINUTES:
            # ISO 8601 has offsets with seconds, RFC 3339 has not.
            timestamp = timestamp.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return text if _RFC_3339.fullmatch(text) else timestamp.isoformat().replace("+00:00", "Z")


def embargo_end(stated: str | None) -> str:
    """Returns when an existing embargo ends; one whose end is missing or unreadable is never over."""
    return normalize_timestamp(stated) or UNTIL_FURTHER_NOTICE


def embargo_of(stated: object) -> str | None:
    """Returns the end of the embargo in a field for one, of any type; None for an empty field or one that says no.

    Anything else that is no date is an embargo without an end.
    """
    text = str(stated or "").strip()
    return embargo_end(text) if text and text.lower() not in _NO_EMBARGO else None


def is_later(timestamp: str, than: str) -> bool:
    """Returns whether ``timestamp`` comes after ``than``, both normalized; without a zone they are in UTC."""
    return _instant(timestamp) > _instant(than)


def _instant(timestamp: str) -> datetime:
    instant = datetime.fromisoformat(timestamp)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
