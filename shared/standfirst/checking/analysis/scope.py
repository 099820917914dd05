"""What is denied and what is hedged in an English sentence: the words that a "not" or a "may" reaches."""

import re
from collections.abc import Iterator

from standfirst.checking.analysis.sentence import Passage, Word
from standfirst.checking.lexicon.negators import DENYING, NEGATORS
from standfirst.text.word_lists import any_of

REACH = 4
"""Content words after a negator, at most, that it denies."""

LOOK_BACK = 8
"""Words, at most, from a verb that denies to what it denies: "ruled out any further cut to the rate"."""

_ENDS = re.compile(
    r"[,;:.()–—\"“”]|\b(?:"
    + any_of(
        "but although though while whereas because and which who unless until if except than that "
        "after before when since"
    )
    + r")\b"
)
"""Where a clause ends, and what is said in it reaches no further."""

_OF_WHICH = re.compile(r"\s+of (?:which|whom|who)\b")
"""After "none": it denies what is said of all of them."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NO_DENIAL = re.compile(rf"\s+(?:{any_of('only just merely least until before since more less longer later so')})\b")
"""What makes a "not" before it no denial: "not only", "not until", "no later"."""


def negators(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where the words stand that deny what follows."""
    for found in _WORD.finditer(passage.text):
        key = found.group().lower().replace("’", "'")
        if key in NEGATORS and not _NO_DENIAL.match(passage.text, found.end()):
            yield found.span()


def has_negator(passage: Passage) -> bool:
    """Whether any word in it denies what follows."""
    return any(True for _ in negators(passage))


def denied(passage: Passage, reach: int = REACH) -> frozenset[str]:
    """The stems of the first ``reach`` content words after each negator, in its clause."""
    return frozenset(stem for _, end in negators(passage) for stem in reached(passage, end, reach))


def is_denied(word: Word, passage: Passage) -> bool:
    """Whether a negator reaches ``word``, or a verb that denies stands shortly before it."""
    if word.stem in denied(passage):
        return True
    before = [other.key for other in passage.words if other.end <= word.start][-LOOK_BACK:]
    return not DENYING.isdisjoint(before)


def denies(passage: Passage) -> bool:
    """Whether anything in it denies, also by a verb ("refused", "ruled out")."""
    return has_negator(passage) or any(word.key in DENYING for word in passage.words)


def reached(passage: Passage, end: int, reach: int) -> list[str]:
    """The stems of the first ``reach`` content words of the clause after character ``end``."""
    of_which = _OF_WHICH.match(passage.text, end)
    stop = _ENDS.search(passage.text, of_which.end() if of_which else end)
    limit = stop.start() if stop else len(passage.text)
    return [word.stem for word in passage.words if end <= word.start < limit and word.content][:reach]
