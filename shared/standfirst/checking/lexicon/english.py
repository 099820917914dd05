"""English words that a claim turns on: the tables beside this file.

``opposites.en.txt`` has what excludes each other, ``nations.en.txt`` what else a country is called. Other languages
have no tables.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from standfirst.text.sentences import primary_subtag
from standfirst.text.stems import stem


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language: ``opposites`` by stem, the others by words as they stand, in lower case."""

    opposites: Mapping[str, frozenset[str]] = field(default_factory=dict)
    nations: Mapping[str, frozenset[str]] = field(default_factory=dict)


def lexicon_of(language: str) -> Lexicon:
    """The lexicon for ``language`` (BCP 47); an empty one for all but English."""
    return _english() if primary_subtag(language) == "en" else Lexicon()


@cache
def _english() -> Lexicon:
    nations = {name: frozenset(line.split()) for line in _lines("nations") for name in line.split()}
    return Lexicon(_opposites(), nations)


def _opposites() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in _lines("opposites"):
        sides = [frozenset(stem(word, "en") for word in side.split()) for side in line.split("|")]
        for at, side in enumerate(sides):
            others = frozenset().union(*sides[:at], *sides[at + 1 :])
            for word in side:
                found[word] |= others - {word}
    return {word: frozenset(others) for word, others in found.items()}


def _lines(table: str) -> Iterator[str]:
    text = files("standfirst.checking.lexicon").joinpath(f"{table}.en.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
