"""Pagination cursors: opaque text that names the position where one list continues."""

import base64
import binascii
import hashlib
import json
import re

from standfirst.domain.errors import InvalidField

MAX_CURSOR = 256
"""Longest cursor, in characters."""


def write_cursor(listed: str, position: str) -> str:
    """Returns the cursor for what follows ``position`` in ``listed``, the name of the list and its filters."""
    return base64.urlsafe_b64encode(json.dumps([_list_hash(listed), position]).encode()).decode().rstrip("=")


def read_cursor(listed: str, cursor: str) -> str:
    """Returns the position in ``cursor``; raises ``InvalidField`` if it is not a cursor of the list ``listed``."""
    try:
        if len(cursor) > MAX_CURSOR:
            raise ValueError(len(cursor))  # noqa: TRY301
        padding = "=" * (-len(cursor) % 4)
        list_hash, position = json.loads(base64.b64decode(cursor + padding, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise InvalidField("cursor", "The cursor is not one that this API gave out.") from error
    if not isinstance(position, str):
        raise InvalidField("cursor", "The cursor is not one that this API gave out.")
    if list_hash != _list_hash(listed):
        raise InvalidField("cursor", "The cursor belongs to another list.")
    return position


def position_in(listed: str, cursor: str | None, pattern: re.Pattern[str]) -> str | None:
    """Returns the position in ``cursor``, ``None`` without one; raises ``InvalidField`` if it is not as ``pattern``."""
    if cursor is None:
        return None
    position = read_cursor(listed, cursor)
    if not pattern.fullmatch(position):
        raise InvalidField("cursor", "The cursor is not one that this API gave out.")
    return position


def _list_hash(listed: str) -> str:
    return hashlib.sha256(listed.encode(errors="replace")).hexdigest()[:12]
