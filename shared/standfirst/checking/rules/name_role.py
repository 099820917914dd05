"""Name and role: a name stays with what its bearer is, did or said.

The place of a person in the draft is compared with each place of the article where the same person stands, and with
those where another does. Is another's place clearly the likest, and their own hardly like, the two have been exchanged.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from standfirst.checking.analysis.comparison import Claim, Comparison
from standfirst.checking.analysis.context import Neighbours, likeness, neighbours
from standfirst.checking.analysis.people import Person, is_presented, people_of, persons_in
from standfirst.checking.analysis.source import Source
from standfirst.domain.draft import Finding

RIVAL = 0.3
"""Another person's place is at least this like (``analysis/context.py``), ..."""

TIMES = 3.0
"""... and so many times as like as the best of their own."""

EXCHANGED_TIMES = 1.5
"""Two persons of one sentence fit each other's places so many times better than their own."""

SENTENCES_AFTER = 2
"""Sentences after the one with the name that may go on with "he" or "she"."""

PRONOUN_WEIGHT = 0.25
"""Weight of the words of such a sentence, 0 to 1: it is far from the name."""

_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Told:
    """The people of an article, by surname, and what it tells of them."""

    source: Source
    people: Mapping[str, tuple[Person, ...]]

    @cached_property
    def names(self) -> frozenset[str]:
        """Every word of every name."""
        return frozenset(name for mentions in self.people.values() for person in mentions for name in person.names)

    @cached_property
    def places(self) -> Mapping[int, int]:
        """The index of each sentence of the article, by its identity."""
        return {id(passage): at for at, passage in enumerate(self.source.passages)}

    def place_of(self, person: Person) -> Neighbours:
        """What stands beside a mention, names left out."""
        return neighbours(person.passage, person.start, person.end, self.names)

    def best(self, place: Neighbours, surname: str) -> float:
        """How like ``place`` the likest mention of a person stands."""
        return max(self.likeness(place, mention) for mention in self.people[surname])

    def likeness(self, place: Neighbours, mention: Person) -> float:
        """How like ``place`` a mention stands."""
        return likeness(place, self._told_of(mention), self.source)

    def _told_of(self, mention: Person) -> Neighbours:
        """What stands beside a mention, and in the sentences after it that go on with a pronoun."""
        found = dict(self.place_of(mention))
        after = self.places[id(mention.passage)] + 1
        for passage in self.source.passages[after : after + SENTENCES_AFTER]:
            if passage.place != mention.passage.place or not _PRONOUN.search(passage.text):
                break
            for stem in passage.stems:
                found.setdefault(stem, PRONOUN_WEIGHT)
        return found


def check_name_pairs(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``name_role``) for a person in the place where the article has another; in English."""
    source = comparison.source
    if not source.is_english:
        return
    everybody = [person for claim in comparison.claims for person in persons_in(claim.passage)]
    if not everybody:
        return
    told = _Told(source, people_of(source, {person.surname for person in everybody if is_presented(person)}))
    for claim in comparison.claims:
        here = [
            (person, told.place_of(person)) for person in persons_in(claim.passage) if person.surname in told.people
        ]
        for person, place in here:
            yield from _taken_place(claim, person, place, told)
        for (one, its), (other, others) in combinations(here, 2):
            if one.surname != other.surname and _are_exchanged(one, its, other, others, told):
                yield _misplaced(claim, one, told.people[other.surname][0])


def _taken_place(claim: Claim, person: Person, place: Neighbours, told: _Told) -> Iterator[Finding]:
    """A finding when ``person`` stands where the article has somebody whom the sentence does not name."""
    rivals = [(told.likeness(place, mention), mention) for mention in _absent(claim, person, told)]
    like, rival = max(rivals, key=lambda each: each[0], default=(0.0, person))
    if like >= RIVAL and like > TIMES * told.best(place, person.surname):
        yield _misplaced(claim, person, rival)


def _absent(claim: Claim, person: Person, told: _Told) -> Iterator[Person]:
    """The mentions of the people whom the sentence does not name, in sentences without ``person``."""
    here = frozenset(name for each in persons_in(claim.passage) for name in each.names)
    for surname, mentions in told.people.items():
        for mention in mentions if surname not in here else ():
            if not any(word.key == person.surname for word in mention.passage.words):
                yield mention


def _are_exchanged(one: Person, its: Neighbours, other: Person, others: Neighbours, told: _Told) -> bool:
    """Whether the article has each of two persons, whose places are ``its`` and ``others``, in the other's place."""
    own, its_own = told.best(its, one.surname), told.best(others, other.surname)
    crossed, its_crossed = told.best(its, other.surname), told.best(others, one.surname)
    return (
        crossed + its_crossed >= 2 * RIVAL
        and min(crossed - own, its_crossed - its_own) > 0
        and crossed + its_crossed > EXCHANGED_TIMES * (own + its_own)
    )


def _misplaced(claim: Claim, person: Person, rival: Person) -> Finding:
    other = rival.passage.text[rival.start : rival.end]
    return claim.finding("name_role", "other_person", f"the article has {other} here", (person.start, person.end))
