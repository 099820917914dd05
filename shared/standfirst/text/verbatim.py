"""Whether words stand in a text as they are quoted, typographic marks and white space apart."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from standfirst.domain.word_count import UNSPACED

MOST_TRIES = 20
"""Places that are looked at for one quotation: a text of one repeated letter has it everywhere and nowhere whole."""

_MARKS = str.maketrans(
    {
        **dict.fromkeys("\"'`´‘’‚‛“”„‟′″‹›«»「」『』ʼ״׳", "'"),
        **dict.fromkeys("-‐‑‒–—―−", "-"),
    }
)
_JOINING = frozenset("'-")
"""Blanks beside these, and a second one, are a matter of typesetting."""
_NO_BLANK_BEFORE = _JOINING | frozenset(".,;:!?")

_ENDS = " '-.,;:。、،؛"
_ELLIPSIS = re.compile(r"[\[(]?\.{3,}[\])]?")
_UNSPACED = re.compile(f"[{UNSPACED}]")

Span = tuple[int, int]


class Folded(NamedTuple):
    """A text with one character for all that look alike, and where in the original each of them stands."""

    text: str
    places: Sequence[int]

    def find(self, quote: str) -> tuple[Span, ...]:
        """Returns where ``quote`` stands in the original, part by part where it leaves something out ("…").

        Empty if it does not stand there as whole words and figures, in its case but for the first letter of each part.
        """
        whole = fold(quote).text
        for parts in ((whole,), _ELLIPSIS.split(whole)):
            spans = self._in_order([stripped for part in parts if (stripped := part.strip(_ENDS))])
            if spans:
                return tuple((self.places[start], self.places[end - 1] + 1) for start, end in spans)
        return ()

    def _in_order(self, parts: Sequence[str]) -> Sequence[Span]:
        spans: list[Span] = []
        for part in parts:
            after = spans[-1][1] if spans else 0
            forms = {part, part[0].swapcase() + part[1:]}
            found = min(filter(None, (self._first(form, after) for form in forms)), default=None)
            if found is None:
                return ()
            spans.append(found)
        return spans

    def _first(self, part: str, after: int) -> Span | None:
        for _ in range(MOST_TRIES):
            start = self.text.find(part, after)
            if start < 0:
                return None
            if not (_cuts(self.text, start) or _cuts(self.text, start + len(part))):
                return start, start + len(part)
            after = start + 1
        return None


def fold(text: str) -> Folded:
    """Returns ``text`` with blanks, quotation marks, dashes and composed letters alike, without what nobody sees."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for each in _alike(character):
            if folded and folded[-1] == " " and each in _NO_BLANK_BEFORE:
                folded.pop()
                places.pop()
            last = folded[-1] if folded else " "
            if (each == " " and (last == " " or last in _JOINING)) or (each in _JOINING and each == last):
                continue
            folded.append(each)
            places.append(place)
    return Folded("".join(folded), places)


@lru_cache(maxsize=10_000)
def _alike(character: str) -> str:
    if unicodedata.category(character) == "Cf":
        return ""
    if character.isspace():
        return " "
    if (mark := character.translate(_MARKS)) != character:
        return mark
    return "".join(
        " " if each.isspace() else each for each in unicodedata.normalize("NFKD", character).translate(_MARKS)
    )


def _cuts(text: str, at: int) -> bool:
    """Returns whether a word or a figure of ``text`` goes on from before ``at`` to after it."""
    before, after = text[max(0, at - 2) : at], text[at : at + 2]
    if not before or not after:
        return False
    if _is_of_word(before[-1]) and _is_of_word(after[0]):
        return True
    around = before + after
    return any(
        around[mark] in ".,' " and around[mark - 1].isdigit() and around[mark + 1].isdigit()
        for mark in (len(before) - 1, len(before))
        if 0 < mark < len(around) - 1
    )


def _is_of_word(character: str) -> bool:
    is_part = character.isalnum() or unicodedata.category(character).startswith("M")
    return is_part and not _UNSPACED.match(character)
