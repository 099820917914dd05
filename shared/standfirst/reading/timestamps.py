"""Dates as newsroom formats write them, in the form of RFC 3339."""

from datetime import UTC, date, datetime

UNTIL_FURTHER_NOTICE = "9999-12-31T23:59:59Z"
"""The end of an embargo without one: RFC 3339's last moment, so that whoever compares times holds the story back."""

_LONGEST_DATE = 10


def moment(stated: str | None) -> str | None:
    """``stated`` if it is a date or a time in the form of RFC 3339, else None.

    A date nobody can read is dropped and not refused: the summary does not depend on it, and is worth more than it.
    """
    text = (stated or "").strip()
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text


def norm_moment(stated: str | None) -> str | None:
    """``stated``, in ISO 8601's basic or extended form, in that of RFC 3339: ``20260303T101500Z`` is what NITF writes.

    None for what is no date (a year or a month alone is none either). A time without a zone is left without.
    """
    text = (stated or "").strip()
    try:
        if len(text) <= _LONGEST_DATE:
            return date.fromisoformat(text).isoformat()
        moment = datetime.fromisoformat(text).isoformat()
    except ValueError:
        return None
    return f"{moment.removesuffix('+00:00')}Z" if moment.endswith("+00:00") else moment


def embargo_end(stated: str | None) -> str:
    """When an embargo ends that is known to be there: one whose end is not said, or unreadable, is never over."""
    return norm_moment(stated) or UNTIL_FURTHER_NOTICE


def is_later(moment: str, than: str) -> bool:
    """Whether ``moment`` comes after ``than``, both from ``norm_moment``; without a zone they are in UTC."""
    return _instant(moment) > _instant(than)


def _instant(moment: str) -> datetime:
    instant = datetime.fromisoformat(moment)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
