"""One spelling for every character: what stays in a text, what is only ink of the page it was copied from."""

import re
import unicodedata

from standfirst.domain.errors import UnreadableText
from standfirst.domain.invisible_characters import without_invisible

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")

# Marks of direction: an article is compared with its draft, which may spell the same words without.
_DIRECTION = re.compile("[\u061c\u200e\u200f]")

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_HALF_PAIR = re.compile("[\ud800-\udfff]")

LOST = "\ufffd"
"""What stands for a letter that was lost before the text was uploaded."""

_FEW_LOST = 3
_MOST_LOST = 0.002
"""Share of the characters; a text in any language loses more when all letters with an accent are lost."""

# Wire feeds frame an article with a handful of control characters (IPTC 7901: SOH, STX, ETX); a binary is full of them.
_CONTROLS_PER_TEXT = 0.01


def clean_characters(text: str) -> str:
    """Returns ``text`` in NFC, with line feeds as its only newlines, plain spaces, and nothing invisible in it.

    Half a surrogate pair is a lost letter. Raises UnreadableText for many control characters, which no text holds.
    """
    text = _without_controls(_NEWLINES.sub("\n", text))
    text = without_invisible(_DIRECTION.sub("", text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text))


def are_few(lost: int, text: str | bytes) -> bool:
    """Returns whether ``text`` can be read all the same, though ``lost`` letters of it are lost."""
    return lost <= max(_FEW_LOST, len(text) * _MOST_LOST)


def refuse_lossy(text: str) -> None:
    """Raises UnreadableText for a text of which more than a few letters are lost."""
    if not are_few(lost := text.count(LOST), text):
        raise UnreadableText(
            f"The text holds {lost:,} replacement characters (U+FFFD): letters were lost before it was uploaded."
        )


def _without_controls(text: str) -> str:
    kept, controls = _CONTROL.subn("", _HALF_PAIR.sub(LOST, text))
    if controls > len(text) * _CONTROLS_PER_TEXT:
        raise UnreadableText(f"The file holds {controls:,} control characters: it is not text.")
    return kept
