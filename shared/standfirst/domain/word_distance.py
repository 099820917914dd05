"""How many words an editor changed."""

import re
from collections.abc import Sequence
from functools import cache

from standfirst.domain.texts import Texts
from standfirst.domain.word_count import UNSPACED

MOST_COMPARED = 500
"""Words of each text that are compared, behind those that both begin with: some six times what a summary has."""


def words_changed(before: Texts, after: Texts) -> int:
    """Returns the word distance between two sets of texts, text by text."""
    return sum(distance(_words(before.as_one(name)), _words(after.as_one(name))) for name in after)


def distance(before: Sequence[str], after: Sequence[str]) -> int:
    """Returns the least number of words to insert, delete or replace (Levenshtein distance, over words).

    Of what is longer than ``MOST_COMPARED`` all that follows counts as changed.
    """
    same = _common(before, after)
    before, after = before[same:], after[same:]
    same = _common(before[::-1], after[::-1])
    before, after = before[: len(before) - same], after[: len(after) - same]
    rest = max(len(before), len(after), MOST_COMPARED) - MOST_COMPARED
    before, after = before[:MOST_COMPARED], after[:MOST_COMPARED]
    row = list(range(len(after) + 1))
    for number, word in enumerate(before, start=1):
        diagonal, row[0] = row[0], number
        for place, other in enumerate(after, start=1):
            diagonal, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, diagonal + (word != other))
    return row[-1] + rest


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Returns the number of words that both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (word, its) in pairs if word != its), min(len(one), len(other)))


def _words(text: str) -> list[str]:
    """Returns the words with their punctuation; of scripts without spaces, each character."""
    return _word().findall(text)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
