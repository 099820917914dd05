"""The people an English article names, and where."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from standfirst.checking.comparison import Source
from standfirst.checking.passages import Passage, Word

_TITLES = frozenset(
    (
        "mr mrs ms miss dr sir dame lord lady prof professor president prime minister king queen prince princess judge justice "
        "mayor councillor cllr senator sen governor gov chancellor chief inspector sergeant sgt constable captain capt colonel "
        "col general gen lieutenant lt major maj commander admiral detective bishop archbishop father rev reverend pope cardinal "
        "sister brother rabbi imam sheikh ambassador secretary director chairman chairwoman chair coach head commissioner doctor"
    ).split(),
)
_PARTICLES = frozenset("of de van von der den al el da du di bin ibn la le ter y".split())
_PRESENTED_AFTER = re.compile(
    r"\s*,?\s*(?:who\b|whose\b|\(?\d{2}\)?,|(?:, )?(?:aged|said (?:he|she)\b))", re.IGNORECASE
)
_ROLES = (
    r"(?:minister|director|president|mayor|chief|officer|spokes\w+|leader|owner|founder|driver|farmer|teacher|lawyer|prosecutor|judge"
    r"|professor|researcher|analyst|economist|manager|chair\w*|head|secretary|inspector|sergeant|commander|coach|captain|player|resident"
    r"|dealer|expert|doctor|nurse|mediator|campaigner|activist|deputy|governor|commissioner|candidate|singer|author|artist|engineer"
    r"|executive|boss|agent|aide|official|member|mp|councillor|senator|lawmaker|pilot|trader|critic|historian|scientist|archaeologist"
    r"|student|worker|widow|mother|father|son|daughter|wife|husband|brother|sister|neighbour|neighbor|winner|champion|striker|attorney|detective|constable|superintendent|principal|broker|surgeon|physicist|vet|chef|judge|juror|guard|clerk)"
)
_ROLE_BEFORE = re.compile(rf"\b{_ROLES},?\s$", re.IGNORECASE)
_ROLE_AFTER = re.compile(rf",\s(?:[\w'’-]+\s){{0,6}}?{_ROLES}\b", re.IGNORECASE)


LOOK_BACK = 24
"""Characters before a name in which its title or occupation stands."""

_NO_PERSON = frozenset(
    (
        "trust council river university court party police hospital group association union agency board institute bank company "
        "museum street road park bridge club school centre center prison league society foundation federation committee commission "
        "ministry department office service services authority church cathedral airport station hotel theatre college academy "
        "partners securities holdings limited ltd inc plc corp capital energy motors airlines press news times post radio tv award "
        "awards cup open festival act bill treaty agreement island islands lake mount mountain valley bay sea ocean beach forest hill "
        "catering media pictures water foods food rail films studios electric gas steel pharma biologics bakery brewery farms stores "
        "solutions systems technologies software networks logistics shipping lines transport railway trains buses insurance "
        "square hall house palace castle stadium arena tower building plaza north south east west northern southern eastern western"
    ).split(),
)


@dataclass(frozen=True, slots=True)
class Person:
    """One mention: where it stands, and the words of the name in lower case, titles left out; the last is the surname."""

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
        names = tuple(word.key for word in run if word.key not in _TITLES)
        if names and not _NO_PERSON.intersection(names):
            first = next(word for word in run if word.key not in _TITLES)
            yield Person(passage, first.start, run[-1].end, names)


def people_of(source: Source) -> Mapping[str, tuple[Person, ...]]:
    """The mentions of everybody the article presents as a person, by surname.

    A person is who has two names, and an age, a title or an occupation beside them.
    """
    mentions: dict[str, list[Person]] = defaultdict(list)
    known: set[str] = set()
    for passage in source.passages:
        for person in persons_in(passage):
            mentions[person.surname].append(person)
            if len(person.names) > 1 and _is_presented(person):
                known.add(person.surname)
    return {surname: tuple(mentions[surname]) for surname in known}


def _is_presented(person: Person) -> bool:
    """Whether a title, an occupation or an age stands beside the name. Firms speak too, so speaking is not enough."""
    text = person.passage.text
    before = text[max(0, person.start - LOOK_BACK) : person.start]
    title = re.search(r"(\w+)\.?\s$", before)
    return bool(
        _PRESENTED_AFTER.match(text, person.end)
        or _ROLE_AFTER.match(text, person.end)
        or _ROLE_BEFORE.search(before)
        or (title and title[1].lower() in _TITLES)
    )


def _runs(passage: Passage) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in passage.words:
        if run and passage.text[run[-1].end : word.start] not in {" ", ". "}:
            yield run
            run = []
        if word.is_capital and word.content or word.key in _TITLES and word.is_capital:
            run.append(word)
        elif run and word.key in _PARTICLES:
            continue
        elif run:
            yield run
            run = []
    if run:
        yield run
