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
_SPEAKS = re.compile(
    r"\s*,?\s*(?:who\b|(?:also |later |then )?(?:sa(?:id|ys)|told|tells|add(?:ed|s)|claim(?:ed|s)|warn(?:ed|s)|argue[ds]|insist(?:ed|s)"
    r"|believe[ds]|describe[ds]|call(?:ed|s)|admit(?:ted|s)|suggest(?:ed|s)|estimate[ds]|wrote|writes|declined|refused|denie[ds]"
    r"|explain(?:ed|s)|acknowledge[ds]|promise[ds]|welcomed|accused|blamed|defended|urged|testified|resigned|announced|thinks)\b"
    r"|\(?\d{2}\b|, (?:an? |the )?[a-z])"
)
_SPOKEN = re.compile(r"\b(?:said|says|told|added|asked|wrote|by|with|to)\s(?:[a-z]+\s){0,4}$")
_LOWER_ROLE = re.compile(
    r"\b(?:minister|director|president|mayor|chief|officer|spokes\w+|leader|owner|founder|driver|farmer|teacher|lawyer|prosecutor|judge"
    r"|professor|researcher|analyst|economist|manager|chair\w*|head|secretary|inspector|sergeant|commander|coach|captain|player|resident"
    r"|dealer|expert|doctor|nurse|mediator|campaigner|activist|deputy|governor|commissioner|candidate|singer|author|artist|engineer"
    r"|executive|boss|agent|aide|official|member|mp|councillor|senator|lawmaker|pilot|trader|critic|historian|scientist|archaeologist"
    r"|student|worker|widow|mother|father|son|daughter|wife|husband|brother|sister|neighbour|neighbor|winner|champion|striker),?\s$",
    re.IGNORECASE,
)


_NO_PERSON = frozenset(
    (
        "trust council river university court party police hospital group association union agency board institute bank company "
        "museum street road park bridge club school centre center prison league society foundation federation committee commission "
        "ministry department office service services authority church cathedral airport station hotel theatre college academy "
        "partners securities holdings limited ltd inc plc corp capital energy motors airlines press news times post radio tv award "
        "awards cup open festival act bill treaty agreement island islands lake mount mountain valley bay sea ocean beach forest hill "
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

    A person is who has two names and speaks, has an age, a title or an occupation beside the name.
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
    text = person.passage.text
    before = text[: person.start]
    title = re.search(r"(\w+)\.?\s$", before)
    return bool(
        _SPEAKS.match(text, person.end)
        or _LOWER_ROLE.search(before)
        or (title and title[1].lower() in _TITLES)
        or _SPOKEN.search(before)
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
