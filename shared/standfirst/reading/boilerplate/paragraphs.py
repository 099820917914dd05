"""Text to paragraphs: one per line, or hard-wrapped ones that have to be unwrapped. Decided per document."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from standfirst.domain.article import MAX_TEXT_CHARACTERS
from standfirst.domain.errors import DocumentTooLarge

MAX_LINES = 40_000
"""More lines than an article of the longest length has even when it is wrapped at ten characters."""

_HOPELESS = 4 * MAX_TEXT_CHARACTERS
"""Characters; whatever boilerplate and tags are in a text of that length, it is longer than any article we take."""

# Columns at which mail programs, terminals and wire systems wrap: 65 to 80, some a little more.
_WIDEST_WRAP = 100
_NARROWEST_WRAP = 40
_OVERLONG_SHARE = 0.1
_UNFINISHED_SHARE = 0.4

# A line that ends a sentence this far before the margin was ended on purpose; one that ends none, this far.
_DELIBERATE_SLACK = 12
_DELIBERATE_SLACK_MID_SENTENCE = 26
_INDENT = 2

# Chinese and Japanese characters and their marks: twice as wide as a letter, and without spaces between their words.
_WIDE = re.compile("[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60]")

_SENTENCE_END = re.compile(r"[.!?…:;。！？।؟։။።][\"'”’»“)\]」』）】]{0,3}$")
_HYPHENATED = re.compile(r"(\w{2,40})-$")
_HYPHENATED_WORD = re.compile(r"\w+(?:-\w+)*")
_BROKEN = re.compile(r"\w{1,40}-\n\s{0,40}\w{1,40}")
_FIRST_WORD = re.compile(r"\w{1,40}")

# "Wirtschafts- und Finanzpolitik": the hyphen stands for a word that follows, and a space belongs after it.
_CONJUNCTIONS = frozenset(
    {
        "und", "oder", "bzw", "sowie", "als", "bis", "and", "or", "to", "et", "ou", "y", "o", "u", "e", "ed", "och",
        "eller", "og", "tai", "ja", "en", "of", "i", "lub", "ve", "veya", "и", "или", "та", "або",
    }
)  # fmt: skip

# English compounds that keep their hyphen wherever a line happens to end.
_FIRST_HALVES = frozenset(
    {
        "well", "so", "long", "self", "non", "ex", "co", "anti", "pro", "pre", "post", "mid", "vice", "half", "high",
        "low", "short", "full", "part", "far", "all", "cross", "semi", "ill", "one", "two", "three", "four", "five",
        "six", "seven", "eight", "nine", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
        "ninety",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or one lone line of a page, on one line; ``gap`` says whether a blank line stands before it."""

    text: str
    gap: bool


def refuse_long(lengths: Iterable[int]) -> None:
    """Raise DocumentTooLarge for a text so long that reading it would only waste the time."""
    characters = sum(lengths)
    if characters > _HOPELESS:
        raise DocumentTooLarge(f"The text has {characters:,} characters; at most {MAX_TEXT_CHARACTERS:,} are read.")


def split_blocks(text: str) -> list[Block]:
    """Returns the paragraphs and lone lines of ``text``, unwrapped; raises DocumentTooLarge over ``MAX_LINES``."""
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        raise DocumentTooLarge(f"The text has {len(lines):,} lines; an article has at most {MAX_LINES:,}.")
    width = _wrap_width([line.strip() for line in lines])
    if width is None:
        return list(_one_block_per_line(lines))
    return list(_unwrapped(lines, width, _Words(text)))


def ends_sentence(text: str) -> bool:
    """Returns whether ``text`` ends as a sentence does, or as a phrase that announces what follows."""
    return bool(_SENTENCE_END.search(text[-6:].rstrip()))


def _wrap_width(lines: list[str]) -> int | None:
    """Returns the column at which the document is hard-wrapped, or None when each of its lines is a paragraph."""
    widths = [_width(line) for line in lines]
    overlong = sum(width for width in widths if width > _WIDEST_WRAP)
    if overlong > sum(widths) * _OVERLONG_SHARE:
        return None
    followed = [line for at, line in enumerate(lines[:-1]) if lines[at + 1] and widths[at] >= _NARROWEST_WRAP]
    unfinished = [line for line in followed if not ends_sentence(line)]
    if not unfinished or len(unfinished) < len(followed) * _UNFINISHED_SHARE:
        return None
    return max(width for width in widths if width <= _WIDEST_WRAP)


def _width(text: str) -> int:
    """Returns the columns that ``text`` takes."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _one_block_per_line(lines: list[str]) -> Iterator[Block]:
    gap = False
    for line in lines:
        if text := " ".join(line.split()):
            yield Block(text, gap)
        gap = not text


def _unwrapped(lines: list[str], width: int, words: "_Words") -> Iterator[Block]:
    block: list[str] = []
    gap = False
    for line in lines:
        text = " ".join(line.split())
        if block and (not text or _begins_paragraph(block[-1], line, text, width)):
            yield Block(_joined(block, words), gap)
            block, gap = [], not text
        if text:
            block.append(text)
        elif not block:
            gap = True
    if block:
        yield Block(_joined(block, words), gap)


def _begins_paragraph(previous: str, line: str, text: str, width: int) -> bool:
    """Returns whether ``text`` was put on a new line on purpose: indented, or fitting on the line before."""
    if _HYPHENATED.search(previous[-42:]) and text[:1].islower():
        return False
    finished = ends_sentence(previous)
    if finished and _width(line) - _width(line.lstrip()) >= _INDENT:
        return True
    first = text[0] if _WIDE.match(text) else text.split(" ", 1)[0]
    slack = width - _width(previous) - 1 - _width(first)
    return slack >= (_DELIBERATE_SLACK if finished else _DELIBERATE_SLACK_MID_SENTENCE)


def _joined(lines: list[str], words: "_Words") -> str:
    text = lines[0]
    parts = [text]
    for line in lines[1:]:
        parts[-1:] = words.join(parts[-1], line)
    return "".join(parts)


class _Words:
    """The words of a document, which know best how one that is broken at a line's end is spelled."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: frozenset[str] | None = None

    def join(self, line: str, following: str) -> tuple[str, str]:
        """Returns ``line`` as it has to end, and ``following``, so that they can be put together."""
        if _WIDE.match(line[-1]) and _WIDE.match(following):
            return line, following
        broken = _HYPHENATED.search(line[-42:])
        first = _FIRST_WORD.match(following)
        if not broken or not first or not first.group()[0].islower():
            return (line if line.endswith("-") and first else f"{line} "), following
        if first.group() in _CONJUNCTIONS:
            return f"{line} ", following
        return (line if self._is_compound(broken.group(1), first.group()) else line[:-1]), following

    def _is_compound(self, left: str, right: str) -> bool:
        """Returns whether the hyphen belongs to the word ("so-called"), not to the line's end ("govern-ment")."""
        if self._known is None:
            unbroken = _BROKEN.sub(" ", self._text.lower())
            self._known = frozenset(_HYPHENATED_WORD.findall(unbroken))
        left, right = left.lower(), right.lower()
        if f"{left}-{right}" in self._known or left in _FIRST_HALVES or left.isdigit():
            return True
        return left + right not in self._known and left in self._known and right in self._known
