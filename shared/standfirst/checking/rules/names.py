"""Names: of people, places and organisations, spelt as the article spells them."""

import re
from collections.abc import Iterator

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.names import is_name
from standfirst.checking.analysis.sentence import Passage, Word
from standfirst.checking.analysis.source import Source
from standfirst.domain.draft import Finding
from standfirst.text.word_lists import word_set

SHORTEST_ACRONYM, LONGEST_ACRONYM = 2, 6
"""Letters, points left out."""

SHORTEST_ROOT = 4
"""Letters of a name that an ending was added to: of "Londoners", but not of "Iran" and "Iraqis"."""

SHORTEST_PART = 3
"""Letters of a part of a hyphenated word that has to be known."""

_ENDINGS = word_set("er ers ian ians ans an n ns ish ese i s based born led owned backed")
"""What makes another word of a name: "Londoners", "Lagos-based"."""

_LEFT_OFF = ("", "a", "e", "y")
"""What a name may lose before such an ending: "Sicilian", "Chilean"."""

_PREFIXES = ("anti-", "pro-", "ex-", "non-", "mid-", "post-", "pre-")
_NOT_IN_ACRONYMS = word_set("of the and for")


def check_names(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``name``) for every name, or part of one, that the article does not have."""
    source = comparison.source
    for claim in comparison.claims:
        for at, word in enumerate(claim.passage.words):
            if is_name(claim.passage, at, source) and not _is_known(word, source):
                yield claim.finding("name", "the article does not name it", "error", (word.start, word.end))


def _is_known(word: Word, source: Source) -> bool:
    """Whether the article has the name, or what it is made of."""
    return (
        source.holds(word) or _is_acronym(word, source) or _is_derived(word.key, source) or _is_compound(word, source)
    )


def _is_acronym(word: Word, source: Source) -> bool:
    """Whether the article has words with the initials of "EU" in a row."""
    is_acronym = word.text.replace(".", "").isupper() and SHORTEST_ACRONYM <= len(word.key) <= LONGEST_ACRONYM
    return is_acronym and any(word.key in _initials(passage) for passage in source.passages)


def _initials(passage: Passage) -> str:
    """The first letter of each word with a capital, a blank for each other word that is no small one."""
    words = (word for word in passage.words if word.key not in _NOT_IN_ACRONYMS)
    return "".join(word.key[:1] if word.is_capital else " " for word in words)


def _is_derived(key: str, source: Source) -> bool:
    """Whether it is a known name and an ending."""
    return any(
        len(root) >= SHORTEST_ROOT and any(root + left_off in source.keys for left_off in _LEFT_OFF)
        for ending in _ENDINGS
        if (root := key.removesuffix(ending)) != key
    )


def _is_compound(word: Word, source: Source) -> bool:
    """Whether it is a hyphenated word of known parts: "Lagos-based"."""
    key = word.key
    for prefix in _PREFIXES:
        key = key.removeprefix(prefix)
    parts = [part for part in re.split(r"[-'&]", key) if part]
    as_written = [part for part in re.split(r"[-'’&]", word.text) if part][-len(parts) :]
    return (len(parts) > 1 or key != word.key) and all(
        not written[:1].isupper() or _is_known_part(part, source)
        for part, written in zip(parts, as_written, strict=False)
    )


def _is_known_part(part: str, source: Source) -> bool:
    return len(part) < SHORTEST_PART or part in source.keys or part in _ENDINGS
