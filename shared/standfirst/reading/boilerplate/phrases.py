"""The phrases by which a page's own lines are known, of all languages together: ``lexicon/``, a file per language.

A phrase counts in every language: "video" on a line of its own is boilerplate wherever the page comes from.
"""

from collections.abc import Mapping
from functools import cache

from standfirst.text.phrase_files import sections_by_language

_LONGEST = 48
"""Characters of the longest phrase that a line is looked at for."""


@cache
def phrases(section: str) -> frozenset[str]:
    """Returns the phrases of ``section`` in all languages, none where no file has it."""
    return frozenset().union(*(sections.get(section, ()) for sections in tables().values()))


def starts_with_phrase(text: str, section: str) -> bool:
    """Returns whether ``text`` begins with one of the phrases of ``section`` that ends where a word does."""
    known = phrases(section)
    if text[:2] not in beginnings(section):
        return False
    longest = min(len(text), _LONGEST)
    return any(
        text[:end] in known and (end == len(text) or not (text[end - 1].isalpha() and text[end].isalpha()))
        for end in range(2, longest + 1)
    )


@cache
def beginnings(section: str) -> frozenset[str]:
    """Returns the first two letters of each phrase: most texts begin with none of them."""
    return frozenset(phrase[:2] for phrase in phrases(section))


def tables() -> Mapping[str, Mapping[str, set[str]]]:
    """Returns language to section to phrases, as the files have them."""
    return sections_by_language("standfirst.reading.boilerplate.lexicon")
