"""One spelling for every character: what stays in a text, what is only ink of the page it was copied from."""

import re
import unicodedata

from standfirst.domain.errors import UnreadableText
from standfirst.domain.invisible_characters import without_invisible

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")

# Marks of direction: an article is compared with its draft, which may spell the same words without.
_DIRECTION = re.compile("[\u061c\u200e\u200f]")

_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_UNREADABLE = re.compile("[\x00\ud800-\udfff\ufffd]")

# Wire feeds frame an article with a handful of control characters (IPTC 7901: SOH, STX, ETX); a binary is full of them.
_CONTROLS_PER_TEXT = 0.01


def clean_characters(text: str) -> str:
    """Returns ``text`` in NFC, with line feeds as its only newlines, plain spaces, and nothing invisible in it.

    Raises UnreadableText for what no text holds: NUL, lone surrogates, replacement characters, many control characters.
    """
    text = _without_controls(_NEWLINES.sub("\n", text))
    text = without_invisible(_DIRECTION.sub("", text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text))


def _without_controls(text: str) -> str:
    if found := _UNREADABLE.search(text):
        raise UnreadableText(_what_is_wrong(found.group()))
    kept, controls = _CONTROL.subn("", text)
    if controls > len(text) * _CONTROLS_PER_TEXT:
        raise UnreadableText(f"The file holds {controls} control characters: it is not text.")
    return kept


def _what_is_wrong(character: str) -> str:
    if character == "\ufffd":
        return "The text holds the replacement character U+FFFD: letters were lost before it was uploaded."
    if character == "\x00":
        return "The file holds NUL bytes: it is not text."
    return "The text holds half a surrogate pair, so characters of it are missing."
