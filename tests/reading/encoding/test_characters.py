"""Characters that nobody sees: gone from whatever is read, and kept where a language needs them."""

import sys
import unicodedata
from pathlib import Path

import pytest

from standfirst.domain.article import Document
from standfirst.domain.errors import UnreadableText
from standfirst.domain.invisible_characters import without_invisible
from standfirst.reading.document import read_document
from standfirst.reading.encoding.characters import clean_characters

ROOT = Path(__file__).parents[3]
DOCUMENTS = [
    *sorted((ROOT / "local" / "standfirst_local" / "samples").iterdir()),
    *sorted((ROOT / "tests" / "reading" / "json").glob("[as]*.json")),
    *sorted((ROOT / "tests" / "reading" / "json").glob("ninjs_?.json")),
    ROOT / "tests" / "reading" / "xml" / "item.g2.xml",
]
SEEN_FORMATS = frozenset({*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD})
"""Of the category Cf, and signs with a shape."""
HIDDEN = [
    *(code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"),
    *(
        0x34F,
        0x115F,
        0x1160,
        0x17B4,
        0x17B5,
        0x180B,
        0x3164,
        0xFFA0,
        0x2065,
        0xFFF0,
        0xFE00,
        0xFE0F,
        0x1D159,
    ),  # ignorable
    *range(0xE0000, 0xE1000, 0x3F),  # tags, selectors, unassigned
    *range(0xE000, 0xF900, 0x3FF),  # private use
    *range(0xF0000, sys.maxunicode, 0xFFFF),
    *range(0xFDD0, 0xFDF0),  # no characters
    *(plane + last for plane in range(0x10000, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
]
PLANTED = "".join(chr(code) for code in HIDDEN if code not in SEEN_FORMATS)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_reader_takes_out_what_nobody_sees(path: Path) -> None:
    """A document is read as if the characters had never been put into its words and its metadata."""
    text = path.read_text()
    for word in ("the", "of", "and", "in", "de", "der"):
        text = text.replace(f" {word} ", f" {word[0]}{PLANTED}{word[1:]} ")

    assert PLANTED in text
    assert read_document(Document(path.name, text.encode())) == read_document(Document(path.name, path.read_bytes()))


def test_user_metadata_are_cleaned() -> None:
    """They win over the document, and are no safer."""
    content = ("The ferry across the Sele returns in June, the council said. " * 2).encode()

    (article,) = read_document(Document("a.txt", content, headline=f"Boats\u202e {PLANTED}are back"))

    assert article.headline == "Boats are back"


def test_no_control_character_is_left() -> None:
    """A single one goes, as wire feeds have them, or is white space."""
    controls = [chr(code) for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc"]

    for control in controls:
        assert clean_characters("x" * 200 + control).strip() == "x" * 200
    with pytest.raises(UnreadableText):
        clean_characters("\0a\0b")


@pytest.mark.parametrize("code", [0xD800, 0xDFFF], ids=hex)
def test_half_a_pair_is_a_lost_letter(code: int) -> None:
    """Of an emoji that was cut, most of the time."""
    assert clean_characters(f"x{chr(code)}") == "x\ufffd"


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم", "क्\u200dष", "ක්\u200dෂ", "👩\u200d🚒", "❤\ufe0f\u200d🔥", "1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "葛\U000e0100城", "ᠨ\u180b", "שלום!\u200f",
        "\u0600", "\U0001f600", "\U00020000",
    ],
    ids=ascii,
)  # fmt: skip
def test_what_a_language_needs_stays(text: str) -> None:
    """Joiners, selectors, marks of direction, a flag."""
    assert without_invisible(text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\u200cb", "ab"),
        ("می\u200c\u200c\u200cخ", "می\u200cخ"),
        ("a\ufe0f\ufe0e", "a"),
        ("🏴\U000e0061\U000e0062\U000e007f", "🏴"),
        ("a\U000e0100", "a"),
        ("ש\u200f\u200e\u200f", "ש\u200f"),
        ("a\u200f b", "a b"),
    ],
    ids=ascii,
)
def test_elsewhere_the_same_characters_go(text: str, clean: str) -> None:
    """Where no language needs them, they could spell a hidden text."""
    assert without_invisible(text) == clean
