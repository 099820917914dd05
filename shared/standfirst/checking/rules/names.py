"""Names: of people, places and organisations, spelt as the article spells them."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.names import is_name
from standfirst.checking.analysis.sentence import Passage, Word, capital_runs
from standfirst.checking.analysis.source import Source, without_accents
from standfirst.domain.draft import Finding
from standfirst.text.word_lists import word_set

SHORTEST_ACRONYM, LONGEST_ACRONYM = 2, 6
"""Letters, points left out."""

SHORTEST_ROOT = 4
"""Letters of a name without its ending: of "Londoners", but not of "Iran" and "Iraqis"."""

SHORTEST_PART = 3
"""Letters of a part of a hyphenated word that has to be known."""

_OF_PLACES = ("", "a", "e", "ia", "o", "um", "y")
_OF_PEOPLE = ("", "an", "ans", "er", "ers", "ese", "i", "ian", "ians", "ish", "n", "ns", "s")
"""What forms of one name end in: "Chile" and "Chileans", "Belgium" and "Belgian"; with "Ibarra" goes no "Ibarro"."""

_WELL_KNOWN = frozenset(
    ("wall street", "silicon valley", "white house", "downing street", "capitol hill", "scotland yard", "new year")
)
"""Names that need no article, by their keys: what a market and a government go by."""

_NOT_IN_ACRONYMS = word_set("of the and for")


def check_names(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``name``) for every name, or part of one, that the article does not have.

    The reason is ``expansion`` for a word that a model may know to belong to a name of the article, and that nothing in
    it denies: "Donald" before a bare "Trump", "County" after "Tulsa". Else it is ``unknown``.
    """
    source = comparison.source
    for claim in comparison.claims:
        for run in capital_runs(claim.passage):
            words = [claim.passage.words[at] for at in run]
            known = frozenset(_known_in_run(words, source))
            unknown = [
                word
                for at, word in zip(run, words, strict=True)
                if word not in known and is_name(claim.passage, at, source) and not _is_known(word, source)
            ]
            for word in unknown:
                reason = "expansion" if _is_expansion(word, words, unknown, source) else "unknown"
                yield claim.finding("name", reason, "the article does not name it", (word.start, word.end))


def _known_in_run(words: Sequence[Word], source: Source) -> Iterator[Word]:
    """Yields the words of each part of a name that the article has in one word, shortened, or by its initials.

    "Super Bowl" for "Superbowl", "West Virginia" for "W.Va.", "Liberal Democrat" for "LD", "United States" for "US".
    """
    for start, end in combinations(range(len(words) + 1), 2):
        part = words[start:end]
        keys = [word.key for word in part]
        initials = "".join(key[:1] for key in keys)
        if 1 < len(part) <= LONGEST_ACRONYM and (
            "".join(keys) in source.keys
            or " ".join(keys) in _WELL_KNOWN
            or any(_are_shortened(parts, part) for parts in source.pointed)
            or initials in source.acronyms
            or _is_of_nation(initials, source)
        ):
            yield from part


def _is_expansion(word: Word, words: Sequence[Word], unknown: Sequence[Word], source: Source) -> bool:
    """Returns whether ``word`` stands beside a known name, and the article has no other word in its place.

    A name that always has another name after it ("Ruth" of "Ruth Ames") is no "Ruth Allen"; one that has another one
    before it anywhere is no "Helen Ames".
    """
    at = words.index(word)
    before, after = words[at - 1] if at else None, words[at + 1] if at + 1 < len(words) else None
    if after and after not in unknown and not source.preceded.get(after.key, True):
        return True
    return before is not None and before not in unknown and source.ends_name.get(before.key, False)


def _is_known(word: Word, source: Source) -> bool:
    """Returns whether the article has the name, or what it is made of."""
    return (
        source.holds(word)
        or without_accents(word.key) in source.plain_keys
        or _is_form(word.key, source)
        or _is_of_nation(word.key, source)
        or _is_acronym(word, source)
        or any(_shortens(each, word.key) for each in source.abbreviations)
        or _is_compound(word, source)
    )


def _is_form(key: str, source: Source) -> bool:
    """Returns whether the article has the place of which it names the people, or the reverse."""
    return any(
        key.endswith(ending) and len(root) >= SHORTEST_ROOT and root + other in source.keys
        for endings, others in ((_OF_PEOPLE, _OF_PLACES), (_OF_PLACES, _OF_PEOPLE))
        for ending in endings
        for root in [key.removesuffix(ending)]
        for other in others
    )


def _is_of_nation(key: str, source: Source) -> bool:
    """Returns whether the article has another name of the country, or of its people."""
    names = source.lexicon.nations.get(key)
    return names is not None and not source.capitals.isdisjoint(names)


def _is_acronym(word: Word, source: Source) -> bool:
    """Returns whether the article has words with the initials of "EU" in a row."""
    is_acronym = word.text.replace(".", "").isupper() and SHORTEST_ACRONYM <= len(word.key) <= LONGEST_ACRONYM
    return is_acronym and any(word.key in _initials(passage) for passage in source.passages)


def _are_shortened(parts: Sequence[str], words: Sequence[Word]) -> bool:
    """Returns whether "W.Va." stands for "West Virginia"."""
    return len(parts) == len(words) and all(
        _shortens(part, word.key) or (len(part) == 1 and word.key.startswith(part))
        for part, word in zip(parts, words, strict=True)
    )


def _shortens(letters: str, name: str) -> bool:
    """Returns whether ``letters`` are the first one of ``name`` and others of it in order: "Fla", "Conn"."""
    rest = iter(name[1:])
    return name[:1] == letters[0] and len(name) > len(letters) + 1 and all(letter in rest for letter in letters[1:])


def _initials(passage: Passage) -> str:
    """Returns the first letter of each word with a capital, a blank for each other word that is no small one."""
    words = (word for word in passage.words if word.key not in _NOT_IN_ACRONYMS)
    return "".join(word.key[:1] if word.is_capital else " " for word in words)


def _is_compound(word: Word, source: Source) -> bool:
    """Returns whether it is a hyphenated word whose parts with capitals are known: "Lagos-based", "anti-EU"."""
    parts = [part for part in re.split(r"[-\u2010\u2011'’&]", word.text) if part]
    return len(parts) > 1 and all(not part[0].isupper() or _is_known_part(part.casefold(), source) for part in parts)


def _is_known_part(part: str, source: Source) -> bool:
    return len(part) < SHORTEST_PART or part in source.keys or _is_form(part, source) or _is_of_nation(part, source)
