"""What stands near a figure or a name: the words that say what it is about, the nearer the heavier."""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from operator import attrgetter

from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source

ACROSS_BOUNDARY = 0.5
"""Weight of a word for each comma or clause mark between."""

ACROSS_FIGURE = 0.6
"""Weight of a word for each other figure between."""

FARTHEST = 400
"""Characters from which on a word is no neighbour: few sentences are so long, and their words weigh nothing there."""

_BOUNDARY = re.compile(r"[;:—–()\"“”]|, ")
_START = attrgetter("start")
_TOKEN = re.compile(r"\w+")

Neighbours = Mapping[str, float]
"""Stems and their weights, 0 to 1."""


def neighbours(passage: Passage, start: int, end: int, leave_out: frozenset[str] = frozenset()) -> Neighbours:
    """The content words of ``passage`` beside its characters ``start`` to ``end``, without those in ``leave_out``."""
    found: dict[str, float] = defaultdict(float)
    first = bisect_left(passage.words, start - FARTHEST, key=_START)
    last = bisect_left(passage.words, end + FARTHEST, key=_START)
    for word in passage.words[first:last]:
        if word.content and word.key not in leave_out and (word.end <= start or word.start >= end):
            between = (word.end, start) if word.end <= start else (end, word.start)
            found[word.stem] = max(found[word.stem], _nearness(passage, *between))
    return found


def _nearness(passage: Passage, start: int, end: int) -> float:
    """The weight of a word that the characters ``start`` to ``end`` part from what it stands beside."""
    gap = passage.text[start:end]
    figures = bisect_left(passage.figures, end, key=_START) - bisect_left(passage.figures, start, key=_START)
    return ACROSS_BOUNDARY ** len(_BOUNDARY.findall(gap)) * ACROSS_FIGURE**figures / (1 + len(_TOKEN.findall(gap)))


def likeness(one: Neighbours, other: Neighbours, source: Source) -> float:
    """How much two places have in common, from 0: near and rare words count most."""
    shared = ((stem, near * other[stem]) for stem, near in one.items() if stem in other)
    return sum(math.sqrt(weight / (1 + source.spread[stem])) for stem, weight in shared)
