"""The words of a house style in a text: the terms of its glossary, and the words that it avoids.

All of a list are found with one pattern, so that the time is that of the text, not of the list.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from standfirst.domain.style import GlossaryTerm
from standfirst.domain.word_count import UNSPACED

STYLES = 32
"""So many lists stay compiled; a deployment has a few styles."""

_SPACED = rf"[^\W{UNSPACED}]"
"""A character that is part of a word where spaces stand between words."""

_ALIKE = str.maketrans("’‘ʼ‐‑\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", "'''--  ")
"""Apostrophes, hyphens and blanks that look the same."""


class Place(NamedTuple):
    """Where one of the phrases stands in a text; ``phrase`` is as it was listed."""

    start: int
    end: int
    phrase: str


class Phrases:
    """Finds words and phrases in a text, as whole words.

    Of two that overlap the first counts, and of two that begin at the same place the longer one.
    """

    def __init__(self, phrases: Iterable[str], fold: Callable[[str], str]) -> None:
        """Texts and phrases are compared as ``fold`` makes them, which must not change their length."""
        self._fold = fold
        self._listed = {fold(phrase): phrase for phrase in phrases}
        self._pattern = _pattern_of(self._listed)

    def places_in(self, text: str) -> Iterator[Place]:
        """Returns where they stand in ``text``, in order."""
        for found in self._pattern.finditer(self._fold(text)) if self._listed else ():
            yield Place(*found.span(), self._listed[found[0]])


class TermPlace(NamedTuple):
    """Where a term of the glossary stands in a text, in a right or in a wrong form."""

    start: int
    end: int
    term: GlossaryTerm
    is_right: bool


class Glossary:
    """Finds the terms of a glossary in a text, in the case that they are written in."""

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        """Takes the right and the wrong forms of ``terms``."""
        terms = tuple(terms)
        wrong = {form: (term, False) for term in terms for form in term.wrong_forms}
        self._forms = wrong | {form: (term, True) for term in terms for form in term.right_forms}
        self._phrases = Phrases(self._forms, alike)

    def places_in(self, text: str) -> Iterator[TermPlace]:
        """Returns where they stand in ``text``, in order; not a wrong form that is part of a longer right one."""
        for start, end, form in self._phrases.places_in(text):
            yield TermPlace(start, end, *self._forms[form])


@lru_cache(maxsize=STYLES)
def glossary_of(terms: tuple[GlossaryTerm, ...]) -> Glossary:
    """Returns what finds ``terms``."""
    return Glossary(terms)


@lru_cache(maxsize=STYLES)
def words_in_any_case(words: tuple[str, ...]) -> Phrases:
    """Returns what finds ``words`` in any case."""
    return Phrases(words, _lower)


def alike(text: str) -> str:
    """Returns ``text`` with one apostrophe, hyphen and blank for all that look the same, of the same length."""
    return text if text.isascii() else text.translate(_ALIKE)


def _lower(text: str) -> str:
    lower = alike(text).lower()
    if len(lower) == len(text):
        return lower
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in alike(text))


def _pattern_of(phrases: Iterable[str]) -> re.Pattern[str]:
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(phrases, reverse=True):  # the longer of two that begin alike first
        by_first.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
    # The first character stands before the look back, so that a search leaps from one such character to the next.
    branches = (f"{re.escape(first)}{_begins(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items())
    return re.compile(f"(?:{'|'.join(branches)})(?!(?<={_SPACED}){_SPACED})")


def _begins(first: str) -> str:
    return rf"(?<!{_SPACED}{re.escape(first)})" if re.match(_SPACED, first) else ""
