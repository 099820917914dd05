"""What words may stand for one another in English news: the tables beside this file, by stem.

``same.txt`` groups words that say the same, ``opposites.txt`` what excludes each other, ``kinds.txt`` concrete words
none of which paraphrases another, ``wider.txt`` the general words that may stand for particular ones, ``nations.txt``
countries, their adjectives and people, ``irregular.txt`` forms that no stemmer knows. Other languages have no tables:
their words are then compared by stem alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from standfirst.text.sentences import primary_subtag
from standfirst.text.stems import stem

_Ids = frozenset[int]
_NONE: _Ids = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language.

    Words are stems as ``stem_of`` gives them; only the forms in ``irregular`` and ``concrete`` and the names of
    ``nations`` are words as they stand, in lower case.
    """

    language: str
    irregular: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, _Ids] = field(default_factory=dict)
    opposites: Mapping[str, frozenset[str]] = field(default_factory=dict)
    concrete: frozenset[str] = frozenset()
    narrower: Mapping[str, frozenset[str]] = field(default_factory=dict)
    nations: Mapping[str, _Ids] = field(default_factory=dict)

    def stem_of(self, word: str) -> str:
        """The stem of ``word``, in lower case: "fell" and "falls" are both "fall"."""
        return stem(self.irregular.get(word, word), self.language)

    def groups_of(self, stems: Iterable[str]) -> _Ids:
        """The groups of like words that any of ``stems`` belongs to."""
        return frozenset().union(*(self.groups.get(each, _NONE) for each in stems))


def lexicon_of(language: str) -> Lexicon:
    """The lexicon for ``language`` (BCP 47); an empty one for all but English."""
    return _english() if primary_subtag(language) == "en" else Lexicon(language)


@cache
def _english() -> Lexicon:
    plain = Lexicon("en", {form: base for base, *forms in _lines("irregular") for form in forms})
    return Lexicon(
        language="en",
        irregular=plain.irregular,
        groups=_numbered(map(plain.stem_of, words) for words in _lines("same")),
        opposites=_opposites(plain),
        concrete=_concrete(plain),
        narrower=_narrower(plain),
        nations=_numbered(map(_name, words) for words in _lines("nations")),
    )


def _concrete(plain: Lexicon) -> frozenset[str]:
    """Every form of the members of ``kinds.txt``."""
    irregular: dict[str, list[str]] = defaultdict(list)
    for form, base in plain.irregular.items():
        irregular[base].append(form)
    return frozenset(
        form
        for kind, *members in _lines("kinds")
        for member in members
        for form in (*_forms(member, kind.removesuffix(":")), *irregular[member])
    )


def _forms(word: str, kind: str) -> Iterator[str]:
    """``word`` as it may be spelt with an ending; some of what comes out is no word, and does no harm."""
    yield from (word, word + "s", word + "es")
    if word.endswith("y"):
        yield word[:-1] + "ies"
    if kind.endswith("-verb") or kind in {"reaction", "crime"}:
        root = word.removesuffix("e")
        yield from (root + "ed", root + "ing", word + word[-1:] + "ed", word + word[-1:] + "ing", word[:-1] + "ied")


def _narrower(plain: Lexicon) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for wider, *members in _lines("wider"):
        key = plain.stem_of(wider.removesuffix(":"))
        found[key] = found.get(key, frozenset()).union(map(plain.stem_of, members))
    return found


def _opposites(plain: Lexicon) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in _text("opposites"):
        sides = [frozenset(map(plain.stem_of, side.split())) for side in line.split("|")]
        for at, side in enumerate(sides):
            others = frozenset().union(*sides[:at], *sides[at + 1 :])
            for word in side:
                found[word] |= others - {word}
    return {word: frozenset(others) for word, others in found.items()}


def _name(word: str) -> str:
    return word.replace("_", " ")


def _numbered(groups: Iterable[Iterable[str]]) -> Mapping[str, _Ids]:
    """The groups, by number, that each word belongs to."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for word in group:
            found[word].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _lines(table: str) -> Iterator[list[str]]:
    """The words of each line; the marks between its sides go."""
    return (line.replace("|", " ").split() for line in _text(table))


def _text(table: str) -> Iterator[str]:
    text = files("standfirst.checking.lexicon").joinpath(f"{table}.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
