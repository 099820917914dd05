"""What is denied and what is hedged in an English sentence: the words that a "not" or a "may" reaches."""

import re
from collections.abc import Iterator

from standfirst.checking.negators import DENYING, NEGATORS
from standfirst.checking.passages import Passage, Word

REACH = 4
"""Content words after a negator, at most, that it denies."""

_ENDS = re.compile(
    r"[,;:.()–—\"“”]|\b(?:but|although|though|while|whereas|because|and|which|who|unless|until|if|except|than|that)\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOT_ONLY = re.compile(r"\s+(?:only|just|merely|least|until|before|since|more|less|longer|later|so)\b")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|[,;:.()–—\"“”]")


def negators(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where the words stand that deny what follows."""
    for found in _WORD.finditer(passage.text):
        key = found.group().lower().replace("’", "'")
        if key in NEGATORS and not _NOT_ONLY.match(passage.text, found.end()):
            yield found.span()


def denied(passage: Passage, reach: int = REACH) -> frozenset[str]:
    """The stems of the first ``reach`` content words after each negator, in its clause."""
    return frozenset(stem for _, end in negators(passage) for stem in reached(passage, end, reach))


def is_denied(word: Word, passage: Passage) -> bool:
    """Whether a negator reaches ``word``, or a verb that denies stands shortly before it."""
    if word.stem in denied(passage):
        return True
    before = [other.key for other in passage.words if other.end <= word.start][-2 * REACH :]
    return any(key in DENYING for key in before)


def denies(passage: Passage) -> bool:
    """Whether anything in it denies, also by a verb ("refused", "ruled out")."""
    return any(True for _ in negators(passage)) or any(word.key in DENYING for word in passage.words)


def reached(passage: Passage, end: int, reach: int = REACH) -> list[str]:
    """The stems of the first ``reach`` content words of the clause after character ``end``."""
    stop = _ENDS.search(passage.text, end)
    limit = stop.start() if stop else len(passage.text)
    return [word.stem for word in passage.words if end <= word.start < limit and word.content][:reach]
