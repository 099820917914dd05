"""What stands near a figure or a name: the words that say what it is about, the nearer the heavier."""

import math
import re
from collections.abc import Mapping

from standfirst.checking.comparison import Source
from standfirst.checking.passages import Passage
from standfirst.checking.support import LIKE

ACROSS_BOUNDARY = 0.5
"""Weight of a word for each comma or clause mark between."""

ACROSS_FIGURE = 0.6
"""Weight of a word for each other figure between."""

_BOUNDARY = re.compile(r"[;:—–()\"“”]|, ")
_TOKEN = re.compile(r"\w+")

Neighbours = Mapping[str, float]
"""Stems and their weights, 0 to 1."""


def neighbours(passage: Passage, start: int, end: int, leave_out: frozenset[str] = frozenset()) -> Neighbours:
    """The content words of ``passage`` beside its characters ``start`` to ``end``, without those in ``leave_out``."""
    found: dict[str, float] = {}
    for word in passage.words:
        if not word.content or word.key in leave_out or not (word.end <= start or word.start >= end):
            continue
        between = (word.end, start) if word.end <= start else (end, word.start)
        near = _nearness(passage, *between)
        found[word.stem] = max(near, found.get(word.stem, 0.0))
    return found


def _nearness(passage: Passage, start: int, end: int) -> float:
    gap = passage.text[start:end]
    figures = sum(start <= figure.start < end for figure in passage.figures)
    return ACROSS_BOUNDARY ** len(_BOUNDARY.findall(gap)) * ACROSS_FIGURE**figures / (1 + len(_TOKEN.findall(gap)))


def likeness(one: Neighbours, other: Neighbours, source: Source) -> float:
    """How much two places have in common: near and rare words count most."""
    groups = source.lexicon.groups
    by_group: dict[int, float] = {}
    for stem, near in other.items():
        for group in groups.get(stem, ()):
            by_group[group] = max(near, by_group.get(group, 0.0))
    total = 0.0
    for stem, near in one.items():
        there = max(
            [other.get(stem, 0.0), *(LIKE * by_group.get(group, 0.0) for group in groups.get(stem, ()))],
        )
        total += math.sqrt(near * there / (1 + source.spread[stem]))
    return total
