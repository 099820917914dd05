"""Where a list goes on: an opaque text, of one list only."""

import base64
import binascii
import hashlib
import json

from standfirst.domain.errors import InvalidField

MAX_CURSOR = 256
"""No cursor of ours is longer, in characters."""


def write_cursor(listed: str, position: str) -> str:
    """The cursor for what comes after ``position`` in the list ``listed``, which is named by what was asked for."""
    return base64.urlsafe_b64encode(json.dumps([_mark(listed), position]).encode()).decode().rstrip("=")


def read_cursor(listed: str, cursor: str) -> str:
    """The position in ``cursor``; raises ``InvalidField`` for one that the list ``listed`` did not give out."""
    try:
        if len(cursor) > MAX_CURSOR:
            raise ValueError(len(cursor))  # noqa: TRY301
        padding = "=" * (-len(cursor) % 4)
        mark, position = json.loads(base64.b64decode(cursor + padding, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise InvalidField("cursor", "The cursor is not one that this API gave out.") from error
    if not isinstance(position, str):
        raise InvalidField("cursor", "The cursor is not one that this API gave out.")
    if mark != _mark(listed):
        raise InvalidField("cursor", "The cursor belongs to another list.")
    return position


def _mark(listed: str) -> str:
    return hashlib.sha256(listed.encode(errors="replace")).hexdigest()[:12]
