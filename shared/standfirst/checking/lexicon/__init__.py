"""What words may stand for one another in English news: the tables beside this file, by stem.

``same.txt`` groups words that say the same, ``opposites.txt`` what excludes each other, ``kinds.txt`` concrete words none
of which paraphrases another, ``wider.txt`` the general words that may stand for particular ones, ``nations.txt``
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

SEVERAL_MEANINGS = 2
"""A word in so many groups of like words means too many things to belong to one kind."""

LOOSE_KINDS = frozenset(
    (
        "currency magnitude multiple fraction frequency ordinal month weekday time-unit time-of-day unit court-people "
        "evidence trait emotion-adjective social-status appearance language business-role business-event financial economic "
        "industry housing housing-event worker-status shape pattern news-form energy resource leisure diet meeting-kind "
        "politician-role work-event vote government-body government-form political-event road administrative-unit motion-verb "
        "make-verb voice-verb season computing business-kind diplomacy belief-group age gender settlement level-of-government "
        "insurance tax benefit document legal-document body-of-law media social-event cook-way space school-people business-role"
    ).split(),
)
"""Kinds whose members good writers do put for one another, or for a figure, a date or a name that another check sees."""

Ids = frozenset[int]
_NONE: Ids = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language. Every key and member is a stem as ``stem_of`` gives it."""

    language: str
    irregular: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, Ids] = field(default_factory=dict)
    opposites: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    narrower: Mapping[str, frozenset[str]] = field(default_factory=dict)
    nations: Mapping[str, Ids] = field(default_factory=dict)

    def stem_of(self, word: str) -> str:
        """The stem of ``word``, in lower case: "fell" and "falls" are both "fall"."""
        return stem(self.irregular.get(word, word), self.language)

    def groups_of(self, stems: Iterable[str]) -> Ids:
        """The groups of ``same.txt`` that any of ``stems`` belongs to."""
        return frozenset().union(*(self.groups.get(each, _NONE) for each in stems))


def lexicon_of(language: str) -> Lexicon:
    """The lexicon for ``language`` (BCP 47); an empty one for all but English."""
    return _english() if primary_subtag(language) == "en" else Lexicon(language)


@cache
def _english() -> Lexicon:
    irregular = {form: base for base, *forms in _lines("irregular") for form in forms}
    plain = Lexicon("en", irregular)
    kinds = {_stem(plain, member): name.removesuffix(":") for name, *members in _lines("kinds") for member in members}
    narrower: dict[str, frozenset[str]] = {}
    for wider, *members in _lines("wider"):
        stems = frozenset(_stem(plain, member) for member in members)
        stem_of_wider = _stem(plain, wider.removesuffix(":"))
        narrower[stem_of_wider] = narrower.get(stem_of_wider, frozenset()) | stems
    groups = _numbered([[_stem(plain, word) for word in line] for line in _lines("same")])
    return Lexicon(
        language="en",
        irregular=irregular,
        groups=groups,
        opposites=_opposites(plain),
        kinds=dict(_kinds(plain, groups)),
        narrower=narrower,
        nations=_numbered(
            [[word.replace("_", " ") for side in line[:3] for word in side] for line in _sides("nations")],
        ),
    )


def _kinds(plain: Lexicon, groups: Mapping[str, Ids]) -> Iterator[tuple[str, str]]:
    """Each form of the members of the kinds that nothing paraphrases, without those of several meanings."""
    irregular: dict[str, list[str]] = defaultdict(list)
    for form, base in plain.irregular.items():
        irregular[base].append(form)
    for name, *members in _lines("kinds"):
        kind = name.removesuffix(":")
        for member in members if kind not in LOOSE_KINDS else ():
            if len(groups.get(_stem(plain, member), _NONE)) < SEVERAL_MEANINGS and member not in plain.irregular:
                yield from ((form, kind) for form in (*_forms(member, kind), *irregular[member]))


def _forms(word: str, kind: str) -> Iterator[str]:
    yield from (word, word + "s", word + "es")
    if word.endswith("y"):
        yield word[:-1] + "ies"
    if kind.endswith("-verb") or kind in {"reaction", "crime"}:
        stem = word.removesuffix("e")
        yield from (stem + "ed", stem + "ing", word + word[-1:] + "ed", word + word[-1:] + "ing", word[:-1] + "ied")


def _opposites(plain: Lexicon) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for sides in _sides("opposites"):
        stems = [[_stem(plain, word) for word in side] for side in sides]
        for at, side in enumerate(stems):
            others = {word for other in (*stems[:at], *stems[at + 1 :]) for word in other}
            for word in side:
                found[word] |= others
    return {word: frozenset(others - {word}) for word, others in found.items()}


def _stem(plain: Lexicon, word: str) -> str:
    return " ".join(plain.stem_of(part) for part in word.split("_"))


def _numbered(groups: Iterable[Iterable[str]]) -> dict[str, Ids]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for word in group:
            found[word].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _sides(table: str) -> Iterator[list[list[str]]]:
    for line in _text(table):
        yield [side.split() for side in line.split("|")]


def _lines(table: str) -> Iterator[list[str]]:
    return (line.split() for line in _text(table))


def _text(table: str) -> Iterator[str]:
    text = files("standfirst.checking.lexicon").joinpath(f"{table}.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
