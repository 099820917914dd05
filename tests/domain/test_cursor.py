"""Where a list goes on."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.domain.cursor import MAX_CURSOR, read_cursor, write_cursor
from standfirst.domain.errors import InvalidField

LIST = "summaries generated"
POSITION = "2026-03-03T09:00:00.000Z#0123456789abcdef"


def encoded(content: bytes) -> str:
    """``content`` as a cursor would hold it."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@given(listed=st.text(), position=st.text(max_size=20))
def test_what_is_written_can_be_read(listed: str, position: str) -> None:
    """Whatever the list is called."""
    assert read_cursor(listed, write_cursor(listed, position)) == position


def test_a_cursor_can_stand_in_a_query_as_it_is() -> None:
    """Nobody has to encode it: no plus, slash, comma or equals sign."""
    cursors = [write_cursor(LIST, POSITION[:length]) for length in range(len(POSITION))]

    assert all(cursor.replace("-", "").replace("_", "").isalnum() for cursor in cursors)
    assert max(map(len, cursors)) < MAX_CURSOR


def test_a_cursor_of_another_list_is_refused() -> None:
    """It would go on in the middle of something else."""
    with pytest.raises(InvalidField, match="another list") as raised:
        read_cursor("summaries failed", write_cursor(LIST, POSITION))

    assert raised.value.field == "cursor"


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        " ",
        "x",
        "!!!!",
        "ä",
        "\ud800",
        "\x00",
        "a,b",
        encoded(b"no JSON"),
        encoded(b"\xff\xfe\xfd"),
        encoded(b"null"),
        encoded(b"1"),
        encoded(b"[]"),
        encoded(b'["mark"]'),
        encoded(b'["mark", "position", "more"]'),
        encoded(b'["mark", 2]'),
        encoded(b'["mark", null]'),
        encoded(b'["mark", ["position"]]'),
        encoded(b"[" * 180),
        encoded(b'[["mark"], "position"]'),
        encoded(b'{"mark": "position"}'),
        write_cursor(LIST, POSITION)[:-4],
        write_cursor(LIST, POSITION) + "QUFB",
        write_cursor(LIST, POSITION) + "\n",
        f"!!!!{write_cursor(LIST, POSITION)}",
        write_cursor(LIST, POSITION).replace("W", "w", 1),
        write_cursor(LIST, "x" * MAX_CURSOR),
        "A" * 10_000,
    ],
    ids=[
        "empty",
        "space",
        "short",
        "no base64",
        "umlaut",
        "no text",
        "NUL",
        "comma",
        "no JSON",
        "no UTF-8",
        "null",
        "number",
        "empty list",
        "no position",
        "too many",
        "number for a position",
        "null for a position",
        "list for a position",
        "deep",
        "list for a mark",
        "object",
        "cut",
        "longer",
        "line break",
        "signs before",
        "changed",
        "too long",
        "far too long",
    ],
)
def test_what_is_no_cursor_of_ours_is_refused(cursor: str) -> None:
    """With one error that a caller can do something about."""
    with pytest.raises(InvalidField) as raised:
        read_cursor(LIST, cursor)

    assert raised.value.field == "cursor"


@given(st.text(max_size=MAX_CURSOR + 10) | st.binary(max_size=190).map(encoded))
def test_whatever_comes_is_read_or_refused(cursor: str) -> None:
    """Never anything else."""
    with pytest.raises(InvalidField):
        read_cursor(LIST, cursor)


def test_the_mark_of_a_list_cannot_be_left_out() -> None:
    """Nor guessed as nothing."""
    with pytest.raises(InvalidField):
        read_cursor(LIST, encoded(json.dumps(["", POSITION]).encode()))
