"""Pairs: a right number stays with what it counts, a name with what its bearer is, did or said.

The place in the draft is compared with each place of the article where the same figure or name stands, and with those
where another does. Is another's place clearly the likest, and its own hardly like, the two have been exchanged.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations

from standfirst.checking.comparison import Claim, Comparison, Source
from standfirst.checking.neighbours import Neighbours, likeness, neighbours
from standfirst.checking.numbers import TIME_UNITS, is_same_time, occurrences, plain_figures, time_unit
from standfirst.checking.passages import Passage, Word
from standfirst.checking.people import Person, people_of, persons_in
from standfirst.domain.draft import Finding
from standfirst.text.dates import Mention
from standfirst.text.figures import CLOCK, DECADE, ORDINAL, PERCENT, VAGUE, Figure

RIVAL = 0.5
"""Another's place is at least this like, ..."""

TIMES = 2.5
"""... and so many times as like as the best of its own."""

FEW = 3
"""In words, so many are counted out as often as they are quoted."""

_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_NOT_COUNTED = frozenset((CLOCK, DECADE, ORDINAL, VAGUE))


def check_figure_pairs(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``number_noun``) for a figure that the article has for something else."""
    source = comparison.source
    for claim in comparison.claims:
        figures = plain_figures(claim.passage)
        told = frozenset(value for figure in figures for value in figure.values)
        for figure in figures:
            if not _counts(figure):
                continue
            own = [
                (passage, other) for passage, other in occurrences(figure, source) if other in plain_figures(passage)
            ]
            place = neighbours(claim.passage, figure.start, figure.end)
            best = max((_at(place, passage, other, source) for passage, other in own), default=None)
            if best is None:
                continue
            rivals = [
                (_at(place, passage, other, source), passage.text[other.start : other.end])
                for passage, other in source.figures
                if other.unit == figure.unit and _counts(other) and not other.values & told
                if figure.unit or _same_head(claim.passage, figure, passage, other, source)
            ]
            like, rival = max(rivals, default=(0.0, ""))
            if like >= RIVAL and like > TIMES * best:
                detail = f"the article has it for something else; here it has {rival.strip()}"
                yield claim.finding("number_noun", detail, "error", (figure.start, figure.end))


def _counts(figure: Figure) -> bool:
    """Whether it counts or measures something exactly: no year, no order, no share in words."""
    if figure.unit in _NOT_COUNTED or (figure.unit == PERCENT and figure.spelt):
        return False
    is_year = _FIRST_YEAR <= figure.value <= _LAST_YEAR
    return bool(figure.unit) or not (is_year or (figure.spelt and figure.value <= FEW))


def _at(place: Neighbours, passage: Passage, figure: Figure, source: Source) -> float:
    return likeness(place, neighbours(passage, figure.start, figure.end), source)


def _same_head(one: Passage, figure: Figure, other: Passage, rival: Figure, source: Source) -> bool:
    """Whether both figures count the same thing: the first word after them is the same, or like."""
    mine, its = _head(one, figure), _head(other, rival)
    groups = source.lexicon.groups
    return bool(mine and its) and (mine == its or bool(groups.get(mine, frozenset()) & groups.get(its, frozenset())))


def _head(passage: Passage, figure: Figure) -> str:
    following = (word.stem for word in passage.words if word.start >= figure.end and word.content)
    return next(following, "")


_ORDINALS = ("first second third fourth fifth sixth seventh eighth ninth tenth").split()
_ONE_LONG = re.compile(r"\bone-(\w+)")


def check_ordinal_pairs(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``number_noun``) for a "third quarter" where the article only has a fourth; in English."""
    source = comparison.source
    known = [pair for passage in source.passages for pair in _ordinal_pairs(passage)]
    told = re.findall(r"[a-z]+", source.text.lower())
    for claim in comparison.claims:
        for word, (ordinal, head) in zip(_ordinals(claim.passage), _ordinal_pairs(claim.passage), strict=True):
            others = {other for other, its_head in known if head and its_head == head}
            if others and ordinal not in told:
                detail = f"the article has {', '.join(sorted(others))}"
                yield claim.finding("number_noun", detail, "error", (word.start, word.end))


def _ordinals(passage: Passage) -> list[Word]:
    return [word for word in passage.words if word.key in _ORDINALS]


def _ordinal_pairs(passage: Passage) -> list[tuple[str, str]]:
    """Each ordinal, and the stem of the word right after it."""
    return [
        (word.key, next((other.stem for other in passage.words if other.start == word.end + 1), ""))
        for word in _ordinals(passage)
    ]


def check_time_units(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``number_noun``) for "35 months" where the article has 35 years, whenever it has a 35; in English."""
    source = comparison.source
    known: dict[Fraction, set[str]] = defaultdict(set)
    for passage in source.passages:
        for value, unit, _ in _durations(passage):
            known[value].add(unit)
    for claim in comparison.claims:
        for value, unit, span in _durations(claim.passage):
            if known[value] and unit not in known[value] and not is_same_time(float(value), unit, source):
                yield claim.finding("number_noun", f"the article has {', '.join(sorted(known[value]))}", "error", span)


def _durations(passage: Passage) -> Iterator[tuple[Fraction, str, tuple[int, int]]]:
    for figure in passage.figures:
        if not figure.unit and (unit := time_unit(figure, passage)):
            yield figure.value, unit, (figure.start, figure.end)
    for found in _ONE_LONG.finditer(passage.text):
        if found[1] in TIME_UNITS:
            yield Fraction(1), found[1], found.span()


def check_date_pairs(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``date``) for a weekday of the article on which it has something else happen; in English."""
    source = comparison.source
    known = [(passage, date) for passage in source.passages for date in passage.dates]
    for claim in comparison.claims:
        told = {(date.weekday, date.month, date.day) for date in claim.passage.dates}
        for date in claim.passage.dates:
            place = neighbours(claim.passage, date.start, date.end)
            same = [likeness(place, neighbours(p, d.start, d.end), source) for p, d in known if _same_date(d, date)]
            rivals = [
                likeness(place, neighbours(p, d.start, d.end), source)
                for p, d in known
                if (d.weekday is None) == (date.weekday is None) and (d.weekday, d.month, d.day) not in told
            ]
            if same and rivals and max(rivals) >= DATE_RIVAL and max(rivals) > DATE_TIMES * max(same):
                yield claim.finding("date", "in the article this is another day", "error", (date.start, date.end))


DATE_RIVAL = 0.5
DATE_TIMES = 2.0


def _same_date(one: Mention, other: Mention) -> bool:
    return (one.weekday, one.month, one.day) == (other.weekday, other.month, other.day)


# ----------------------------------------------------------------------------------------------------------------------
# Names
# ----------------------------------------------------------------------------------------------------------------------

PRONOUN_WEIGHT = 0.25
"""Weight of the words of the next sentence, when it goes on with "he" or "she"."""

_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers)\b", re.IGNORECASE)
_OWN_WORK = frozenset("said say told tell add".split())


def check_name_pairs(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``name_role``) for a person in the place where the article has another; in English."""
    source = comparison.source
    if not source.lexicon.groups:
        return
    people = people_of(source)
    all_names = _names_of(people)
    for claim in comparison.claims:
        here = [person for person in persons_in(claim.passage) if person.surname in people]
        places = [neighbours(claim.passage, person.start, person.end, all_names) for person in here]
        yield from _taken_places(claim, here, places, people, source)
        yield from _exchanged(claim, here, places, people, source)


_People = Mapping[str, tuple[Person, ...]]


def _taken_places(
    claim: Claim, here: list[Person], places: list[Neighbours], people: _People, source: Source
) -> Iterator[Finding]:
    """Persons in the place of somebody whom the sentence does not name."""
    names = _names_of(people)
    told = frozenset(name for person in persons_in(claim.passage) for name in person.names)
    for person, place in zip(here, places, strict=True):
        best = _best(place, people[person.surname], names, source)
        rivals = [
            (_place_of(place, mention, names, source), mention)
            for surname, mentions in people.items()
            if surname not in told
            for mention in mentions
            if not any(word.key == person.surname for word in mention.passage.words)
        ]
        like, rival = max(rivals, key=lambda each: each[0], default=(0.0, None))
        if rival and like >= NAME_RIVAL and like > NAME_TIMES * best:
            yield _misplaced(claim, person, rival)


def _exchanged(
    claim: Claim, here: list[Person], places: list[Neighbours], people: _People, source: Source
) -> Iterator[Finding]:
    """Two persons of the sentence, each in the place where the article has the other."""
    names = _names_of(people)
    for (one, its), (other, others) in combinations(zip(here, places, strict=True), 2):
        if one.surname == other.surname:
            continue
        mine, theirs = people[one.surname], people[other.surname]
        straight = _best(its, mine, names, source) + _best(others, theirs, names, source)
        crossed = _best(its, theirs, names, source) + _best(others, mine, names, source)
        if crossed >= 2 * NAME_RIVAL and crossed > EXCHANGED_TIMES * straight:
            yield _misplaced(claim, one, theirs[0])


def _names_of(people: _People) -> frozenset[str]:
    return frozenset(name for mentions in people.values() for person in mentions for name in person.names)


def _best(place: Neighbours, mentions: tuple[Person, ...], names: frozenset[str], source: Source) -> float:
    return max(_place_of(place, mention, names, source) for mention in mentions)


def _misplaced(claim: Claim, person: Person, rival: Person) -> Finding:
    other = rival.passage.text[rival.start : rival.end]
    return claim.finding("name_role", f"the article has {other} here", "error", (person.start, person.end))


EXCHANGED_TIMES = 1.5
"""Two persons fit each other's places so many times better than their own."""

NAME_RIVAL = 0.3
NAME_TIMES = 3.0


def _place_of(place: Neighbours, mention: Person, names: frozenset[str], source: Source) -> float:
    return likeness(place, _told_of(mention, names, source), source)


def _told_of(mention: Person, names: frozenset[str], source: Source) -> Neighbours:
    """What stands beside a mention, and in the sentences after it that go on with a pronoun."""
    found = dict(neighbours(mention.passage, mention.start, mention.end, names))
    at = source.passages.index(mention.passage)
    for passage in source.passages[at + 1 : at + 3]:
        if passage.place != mention.passage.place or not _PRONOUN.search(passage.text):
            break
        for stem in passage.stems:
            found.setdefault(stem, PRONOUN_WEIGHT)
    return found
