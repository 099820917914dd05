"""English words that a claim turns on: the tables beside this file.

``nations.en.txt`` has what else a country is called, ``opposites.en.txt`` what excludes each other and
``two_party_verbs.en.txt`` what one party does to another. Other languages have no tables.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from standfirst.text.sentences import primary_subtag


class Side(NamedTuple):
    """One side of a pair of opposites: the number of the pair, and 0 or 1."""

    pair: int
    side: int


class VerbForm(NamedTuple):
    """A form of a verb: its participle, the word it goes on with ("lost to") or none, and if the agent comes first."""

    verb: str
    link: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language, by words as they stand, in lower case."""

    nations: Mapping[str, frozenset[str]] = field(default_factory=dict)
    opposites: Mapping[str, tuple[Side, ...]] = field(default_factory=dict)
    verb_forms: Mapping[str, tuple[VerbForm, ...]] = field(default_factory=dict)


def lexicon_of(language: str) -> Lexicon:
    """The lexicon for ``language`` (BCP 47); an empty one for all but English."""
    return _english() if primary_subtag(language) == "en" else Lexicon()


@cache
def _english() -> Lexicon:
    nations = {name: frozenset(line.split()) for line in _lines("nations") for name in line.split()}
    return Lexicon(nations, _opposites(), _verb_forms())


def _opposites() -> Mapping[str, tuple[Side, ...]]:
    found: dict[str, tuple[Side, ...]] = {}
    for pair, line in enumerate(_lines("opposites")):
        for side, words in enumerate(line.split("|")):
            found |= {word: (*found.get(word, ()), Side(pair, side)) for word in words.split()}
    return found


def _verb_forms() -> Mapping[str, tuple[VerbForm, ...]]:
    found: dict[str, tuple[VerbForm, ...]] = {}
    for line in _lines("two_party_verbs"):
        verb, _, sides = line.partition(": ")
        for is_active, forms in zip((True, False), sides.split("|"), strict=False):
            for form, _, link in (each.partition(":") for each in forms.split()):
                found[form] = (*found.get(form, ()), VerbForm(verb, link, is_active))
    return found


def _lines(table: str) -> Iterator[str]:
    text = files("standfirst.checking.lexicon").joinpath(f"{table}.en.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
