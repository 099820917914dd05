"""Who does what to whom in an English sentence, as far as the words beside a verb show it without a parser."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from standfirst.checking.analysis.sentence import Passage, Word
from standfirst.checking.lexicon.clauses import (
    BE,
    BESIDE_VERB,
    BREAKS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
)
from standfirst.checking.lexicon.english import VerbForm

MOST_BETWEEN = 6
"""Words between a verb and the "by" or "to" that goes with it, at most."""

LONGEST_CLAUSE = 30
"""Words of a clause, on either side, that are looked at."""

LONGEST_SENTENCE = 300
"""Words of a sentence, at most: more is a list, and its verbs have no parties."""

_MARK = re.compile(r"[,;:()\[\]–—\"“”]|\s-\s")
_NO_VERB_AFTER = (DETERMINERS | PREPOSITIONS) - {"to"}


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a verb: its noun, the stems of its noun and of its nearest name, and how it is shown."""

    head: Word
    stems: frozenset[str]
    text: str

    def without(self, stems: frozenset[str]) -> "Party":
        """Returns it without words that the other side has as well: "Manchester United", "Manchester City"."""
        return Party(self.head, self.stems - stems, self.text) if stems else self


class Act(NamedTuple):
    """A two-party verb, by its participle: the word, who does it, and whom it is done to."""

    verb: str
    word: Word
    agent: Party
    patient: Party


def acts_in(passage: Passage, forms: Mapping[str, tuple[VerbForm, ...]]) -> Iterator[Act]:
    """Yields the verbs of ``passage`` that are among ``forms`` and have both parties in their clause."""
    words = passage.words if len(passage.words) <= LONGEST_SENTENCE else ()
    for at, word in enumerate(words):
        if word.key in forms:
            acts = (_act(passage, at, form) for form in forms[word.key])
            yield from [act for act in acts if act][:1]


def _act(passage: Passage, at: int, form: VerbForm) -> Act | None:
    """The verb at word ``at`` with its parties, turned round for a passive and for "lost to"."""
    words = passage.words
    if at and words[at - 1].key in _NO_VERB_AFTER:
        return None
    link, is_active = at, form.is_active
    if form.link:
        link = _linked(passage, at, form.link)
    elif is_passive(passage, at):
        link, is_active = _linked(passage, at, "by"), False
    first, second = (party_before(passage, at), _party_after(passage, link)) if link >= 0 else (None, None)
    if not first or not second:
        return None
    agent, patient = (first, second) if is_active else (second, first)
    common = agent.stems & patient.stems
    if common in (agent.stems, patient.stems):
        return None
    return Act(form.verb, words[at], agent.without(common), patient.without(common))


def is_passive(passage: Passage, at: int) -> bool:
    """Returns whether the verb stands after a form of "be", or right before "by", figures aside: "beaten 6-1 by"."""
    words = passage.words
    if words[at].key.endswith("ing"):
        return False
    before = at - 1
    while before >= 0 and (words[before].key in BESIDE_VERB - BE or words[before].key.endswith("ly")):
        before -= 1
    is_before_by = at + 1 < len(words) and words[at + 1].key == "by" and not _is_parted(passage, at)
    return is_before_by or (before >= 0 and words[before].key in BE and not _is_parted(passage, before))


def _linked(passage: Passage, at: int, link: str) -> int:
    """The index of ``link`` shortly after word ``at`` in the same clause; -1 if there is none."""
    for after in range(at + 1, min(at + 2 + MOST_BETWEEN, len(passage.words))):
        if _is_parted(passage, after - 1):
            return -1
        if passage.words[after].key == link:
            return after
    return -1


def subject_of(passage: Passage, at: int) -> Party | None:
    """Returns who or what word ``at`` is said of, also past "a" and "the": "was the first"."""
    while at and passage.words[at - 1].key in DETERMINERS and not _is_parted(passage, at - 1):
        at -= 1
    return party_before(passage, at)


def party_before(passage: Passage, at: int) -> Party | None:
    """Returns who stands before the verb at word ``at``, past auxiliaries, "who" and a phrase between commas."""
    words = passage.words
    end = at
    while end and (words[end - 1].key in BESIDE_VERB or words[end - 1].key.endswith("ly")):
        if _is_parted(passage, end - 1) and words[end].key not in RELATIVE:
            break
        end -= 1
    if not end or words[end - 1].key in BREAKS - RELATIVE:
        return None
    start = _clause_start(passage, end)
    if end < at and words[end].key == "to":
        named = last_name(words[start:end])
        return _party_of(passage, named[-1], named, named) if named else _party(passage, start, end)
    is_apart = _is_parted(passage, end - 1) and words[end].key not in RELATIVE
    if is_apart and words[at].key.endswith("ing"):
        return None
    if is_apart and start and len(_MARK.findall(passage.text[words[end - 1].end : words[end].start])) == 1:
        # One comma, and not two round a mere figure (", 17, "): a phrase between commas ends here.
        phrase = _phrase_start(passage, end)
        is_name = words[phrase].key not in RELATIVE | BREAKS
        subject = _party(passage, _clause_start(passage, phrase), phrase) if phrase else None
        return _joined(subject, _party(passage, phrase, end) if is_name else None)
    return _party(passage, start, end)


def _party_after(passage: Passage, at: int) -> Party | None:
    """Who stands after word ``at``: the first noun with its name, also with one that a comma sets off after it."""
    words = passage.words
    end = at + 1
    has_noun = False
    while end < min(len(words), at + LONGEST_CLAUSE) and not _is_parted(passage, end - 1):
        if words[end].key in BREAKS | PREPOSITIONS or (has_noun and words[end].key in DETERMINERS | BESIDE_VERB):
            break
        has_noun = has_noun or words[end].content
        end += 1
    found = _party(passage, at + 1, end)
    is_named = any(word.is_capital for word in words[at + 1 : end])
    if found and not is_named and passage.text[words[end - 1].end :].startswith(", "):
        after = end
        while after < len(words) and words[after].is_capital and words[after].content:
            after += 1
        return _joined(found, _party(passage, end, after))
    return found


def clause_of(passage: Passage, at: int) -> frozenset[str]:
    """Returns the stems of the content words of the clause that word ``at`` stands in."""
    words = passage.words
    end = at + 1
    while end < min(len(words), at + LONGEST_CLAUSE) and not _is_parted(passage, end - 1):
        if words[end].key in BREAKS:
            break
        end += 1
    return frozenset(word.stem for word in words[_clause_start(passage, at + 1) : end] if word.content)


def last_name(words: Sequence[Word]) -> list[Word]:
    """Returns the last run of words with capitals among ``words``."""
    run: list[Word] = []
    for word in reversed(words):
        if word.is_capital and word.content and (not run or run[-1].start - word.end <= len(". ")):
            run.append(word)
        elif run:
            break
    return run[::-1]


def _joined(one: Party | None, other: Party | None) -> Party | None:
    return Party(one.head, one.stems | other.stems, f"{one.text}, {other.text}") if one and other else one or other


def _phrase_start(passage: Passage, end: int) -> int:
    """The index of the first word since the last mark before word ``end``."""
    start = end - 1
    while start and not _is_parted(passage, start - 1) and end - start < LONGEST_CLAUSE:
        start -= 1
    return start


def _clause_start(passage: Passage, end: int) -> int:
    """The index of the first word of the clause that goes on until word ``end``."""
    start = max(0, end - 1)
    while start and not _is_parted(passage, start - 1) and end - start < LONGEST_CLAUSE:
        if passage.words[start - 1].key in BREAKS:
            break
        start -= 1
    return start


def _party(passage: Passage, start: int, end: int) -> Party | None:
    """The party that the words from ``start`` until ``end`` name: their first noun, their last, and their last name."""
    words = passage.words[start:end]
    contents = [word for word in words if word.content]
    if not contents or words[-1].key in PRONOUNS:
        return None
    named = last_name(words)
    stop = next((word.start for word in words if word.key in PREPOSITIONS and word.start > contents[0].start), None)
    head = [word for word in contents if stop is None or word.start < stop][-1]
    return _party_of(passage, head, [*named, contents[-1], head], named or contents[-1:])


def _party_of(passage: Passage, head: Word, words: Iterable[Word], shown: Sequence[Word]) -> Party:
    text = passage.text[shown[0].start : shown[-1].end]
    return Party(head, frozenset(word.stem for word in words), text)


def _is_parted(passage: Passage, at: int) -> bool:
    """Whether a mark stands between word ``at`` and the next."""
    return bool(_MARK.search(passage.text, passage.words[at].end, passage.words[at + 1].start))
