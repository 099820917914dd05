"""The phrases by which a page's own lines are known, of all languages together: ``lexicon/``, a file per language.

A phrase counts in every language: "video" on a line of its own is boilerplate wherever the page comes from.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from standfirst.text.phrase_files import sections_by_language

_SHORTEST, _LONGEST = 2, 48
"""Characters of the phrases that the beginning of a line is looked at for."""


@cache
def phrases(section: str) -> frozenset[str]:
    """Returns the phrases of ``section`` in all languages, none where no file has it."""
    return frozenset().union(*(sections.get(section, ()) for sections in tables().values()))


def starts_with_phrase(text: str, section: str) -> bool:
    """Returns whether ``text`` begins with one of the phrases of ``section`` that ends where a word does."""
    return any(
        text.startswith(phrase) and not (phrase[-1].isalpha() and text[len(phrase) :][:1].isalpha())
        for phrase in by_beginning(section).get(text[:2], ())
    )


@cache
def by_beginning(section: str) -> Mapping[str, Sequence[str]]:
    """Returns the phrases by their first two letters: most texts begin with none of them."""
    found = defaultdict[str, list[str]](list)
    for phrase in phrases(section):
        if _SHORTEST <= len(phrase) <= _LONGEST:
            found[phrase[:2]].append(phrase)
    return found


def tables() -> Mapping[str, Mapping[str, set[str]]]:
    """Returns language to section to phrases, as the files have them."""
    return sections_by_language("standfirst.reading.boilerplate.lexicon")
