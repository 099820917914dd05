"""The phrases by which a notice is known, of all languages together: ``lexicon/``, a file per language."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from standfirst.domain.word_count import UNSPACED
from standfirst.text.phrase_files import sections_by_language

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_DOTTED = "\u0307"
"""What small letters make of the Turkish İ, beside an i."""


def words_of(text: str) -> list[str]:
    """Returns the words of ``text`` in small letters, as phrases are compared with it."""
    return _WORD.findall(text.casefold().replace(_DOTTED, ""))


def phrases_in(text: str, section: str) -> Iterator[str]:
    """Yields the phrases of ``section`` that stand in ``text``, in whole words where there are spaces between them."""
    spaced, unspaced = _phrases(section)
    words = words_of(text)
    line = f" {' '.join(words)} "
    for word in dict.fromkeys(words):
        yield from (phrase for phrase in spaced.get(word, ()) if f" {phrase} " in line)
    if _UNSPACED.search(text):
        yield from (phrase for phrase in unspaced if phrase in line)


def is_phrase(text: str, section: str) -> bool:
    """Returns whether ``text`` is a phrase of ``section`` and nothing else."""
    spaced, unspaced = _phrases(section)
    line = " ".join(words_of(text))
    return line in spaced.get(line.partition(" ")[0], ()) or line in unspaced


@cache
def _phrases(section: str) -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    """Returns the phrases by their first word, and those of scripts without spaces between words."""
    spaced, unspaced = defaultdict[str, set[str]](set), set[str]()
    for sections in sections_by_language("standfirst.reading.notices.lexicon").values():
        for phrase in (" ".join(words_of(each)) for each in sections.get(section, ())):
            if _UNSPACED.search(phrase):
                unspaced.add(phrase)
            else:
                spaced[phrase.partition(" ")[0]].add(phrase)
    return {first: frozenset(known) for first, known in spaced.items()}, frozenset(unspaced)
