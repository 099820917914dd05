"""A text too long for one request, in parts that are not: cut where the text itself pauses, and without losing any."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from standfirst.model.tokens import QUARTERS_IN_TOKEN, quarters
from standfirst.text.sentences import split_sentences

_AFTER_PARAGRAPH = re.compile(r"(?<=\n\n)(?!\n)")
_MOST_QUARTERS = 8  # of one character

Divide = Callable[[str], Iterable[str]]
"""Takes a text apart; the pieces together are the text."""


def split_text(text: str, language: str, budget: int) -> list[str]:
    """``text`` in parts of at most ``budget`` tokens (at least 2) that together are the text, character by character.

    It is cut after a paragraph (an empty line), where one is too long after a sentence, and in a sentence that is too
    long anywhere. ``language`` is a BCP 47 tag.
    """
    room = max(budget * QUARTERS_IN_TOKEN, _MOST_QUARTERS)
    return list(_packed(_small_enough(text, language, room), room))


def coverage(parts: Iterable[str], text: str) -> int:
    """How much of ``text`` the ``parts`` that were sent are, in percent of its characters, rounded down."""
    return 100 * sum(map(len, parts)) // len(text) if text else 100


def _small_enough(text: str, language: str, room: int) -> Iterator[str]:
    """The largest natural pieces of ``text`` that fit into ``room``."""
    return _divided(text, (_AFTER_PARAGRAPH.split, partial(_sentences, language=language)), room)


def _divided(text: str, ways: Sequence[Divide], room: int) -> Iterator[str]:
    if quarters(text) <= room:
        yield text
    elif not ways:
        yield from _characters(text, room)
    else:
        for piece in ways[0](text):
            yield from _divided(piece, ways[1:], room)


def _sentences(paragraph: str, language: str) -> Iterator[str]:
    """The sentences, each with the white space after it."""
    start = end = 0
    for sentence in split_sentences(paragraph, language):
        at = paragraph.index(sentence, end)
        if end:
            yield paragraph[start:at]
            start = at
        end = at + len(sentence)
    yield paragraph[start:]


def _characters(text: str, room: int) -> Iterator[str]:
    start, used = 0, 0
    for at, more in enumerate(map(quarters, text)):
        if used + more > room:
            yield text[start:at]
            start, used = at, 0
        used += more
    yield text[start:]


def _packed(pieces: Iterable[str], room: int) -> Iterator[str]:
    """``pieces`` put together as long as they fit."""
    part, used = "", 0
    for piece in pieces:
        more = quarters(piece)
        if part and used + more > room:
            yield part
            part, used = "", 0
        part, used = part + piece, used + more
    yield part
