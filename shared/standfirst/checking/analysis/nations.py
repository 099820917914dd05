"""The countries an English sentence names, by their names, adjectives or people: "France", "French", "Frenchman"."""

import re
from functools import lru_cache

from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.lexicon.english import lexicon_of

LONGEST_NAME = 3
"""Words in the longest name of a country that ``nations.txt`` has."""

LONGEST_ACRONYM = 3
"""Letters, points left out: "US", "UK", "UAE"."""

_WORD = re.compile(r"[A-Za-z]\.(?:[A-Za-z]\.)+|[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def nations_in(passage: Passage) -> frozenset[int]:
    """The countries that ``passage`` names, by the line of ``nations.txt``; none in a language without the table."""
    return _nations_of(passage.text, passage.language) if lexicon_of(passage.language).nations else frozenset()


@lru_cache(maxsize=4_000)
def _nations_of(text: str, language: str) -> frozenset[int]:
    nations = lexicon_of(language).nations
    words = [_key(word.group()) for word in _WORD.finditer(text)]
    names = (
        " ".join(words[start : start + size]) for start in range(len(words)) for size in range(1, LONGEST_NAME + 1)
    )
    return frozenset().union(*(nations.get(name, frozenset()) for name in names))


def _key(word: str) -> str:
    """The lower-case form of a word with a capital, else an empty one: "us" is a pronoun, "US" and "U.S." a country."""
    bare = word.replace(".", "").removesuffix("'s").removesuffix("’s")
    is_acronym = len(bare) <= LONGEST_ACRONYM and bare.isupper()
    return bare.lower() if is_acronym or word[:1].isupper() else ""
