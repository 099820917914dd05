"""The people an English article names, and where."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from standfirst.checking.analysis.sentence import Passage, Word
from standfirst.checking.analysis.source import Source
from standfirst.checking.lexicon.people import NO_PERSON, OCCUPATION, TITLES

LOOK_BACK = 24
"""Characters before a name in which its title or occupation stands."""

_IN_ONE_NAME = frozenset((" ", ". "))
"""What may stand between two words of a name."""

_TITLE_BEFORE = re.compile(r"(\w+)\.?\s$")
_OCCUPATION_BEFORE = re.compile(rf"\b(?:{OCCUPATION}),?\s$", re.IGNORECASE)
_OCCUPATION_AFTER = re.compile(rf",\s(?:[\w'’-]+\s){{0,6}}?(?:{OCCUPATION})\b", re.IGNORECASE)
_PRESENTED_AFTER = re.compile(
    r"\s*,?\s*(?:who\b|whose\b|\(?\d{2}\)?,|(?:, )?(?:aged|said (?:he|she)\b))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Person:
    """Where it stands, and the words of the name without titles, in lower case; the surname is the last."""

    passage: Passage
    start: int
    end: int
    names: tuple[str, ...]

    @property
    def surname(self) -> str:
        """What later mentions go by."""
        return self.names[-1]


def persons_in(passage: Passage) -> Iterator[Person]:
    """Every run of words with capitals that may name a person, titles left out."""
    for run in _runs(passage):
        names = [word for word in run if word.key not in TITLES]
        keys = tuple(word.key for word in names)
        if names and NO_PERSON.isdisjoint(keys):
            yield Person(passage, names[0].start, run[-1].end, keys)


def people_of(source: Source, known: Collection[str]) -> Mapping[str, tuple[Person, ...]]:
    """The mentions of everybody the article presents as a person, or whose surname is ``known``, by surname."""
    mentions: dict[str, list[Person]] = defaultdict(list)
    for passage in source.passages:
        for person in persons_in(passage):
            mentions[person.surname].append(person)
    return {
        surname: tuple(persons)
        for surname, persons in mentions.items()
        if surname in known or any(map(is_presented, persons))
    }


def is_presented(person: Person) -> bool:
    """Whether two names have a title, an occupation or an age beside them. Firms speak too: that is not enough."""
    if len(person.names) == 1:
        return False
    text = person.passage.text
    before = text[max(0, person.start - LOOK_BACK) : person.start]
    title = _TITLE_BEFORE.search(before)
    return bool(
        _PRESENTED_AFTER.match(text, person.end)
        or _OCCUPATION_AFTER.match(text, person.end)
        or _OCCUPATION_BEFORE.search(before)
        or (title and title[1].lower() in TITLES)
    )


def _runs(passage: Passage) -> Iterator[list[Word]]:
    """The words with capitals that stand together."""
    run: list[Word] = []
    for word in passage.words:
        if word.is_capital and (word.content or word.key in TITLES):
            if run and passage.text[run[-1].end : word.start] not in _IN_ONE_NAME:
                yield run
                run = []
            run.append(word)
    if run:
        yield run
