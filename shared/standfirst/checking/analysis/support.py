"""Which sentences of the article a sentence of the draft goes back to."""

import math
from collections import defaultdict

from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source
from standfirst.text.numbers.quantities import Figure

MOST_SUPPORTING = 3
"""Sentences of the article that are named as support of one of the draft: what an editor will look at."""

LEAST_SHARE = 0.3
"""A further sentence supports when it is so like, as a share of the likest one's likeness."""


def ranked(passage: Passage, source: Source) -> list[tuple[float, Passage]]:
    """The sentences of the article that share words or figures with ``passage``, the likest first, 0 to 1.

    Of two as like the earlier one: a draft has the same evidence whenever it is checked.
    """
    scores: dict[int, float] = defaultdict(float)
    most = float(len(passage.figures))
    for stem in sorted(passage.stems):
        weight = _weight(stem, source)
        most += weight
        for at in source.by_stem.get(stem, ()):
            scores[at] += weight
    for figure in passage.figures:
        for at in _places_of_figure(figure, source):
            scores[at] += 1.0
    best_first = sorted(scores.items(), key=lambda each: (-each[1], each[0]))
    return [(score / most, source.passages[at]) for at, score in best_first]


def nearest(passage: Passage, source: Source, count: int, least: float) -> list[Passage]:
    """The ``count`` likest sentences of the article, as far as they are ``least`` like (0 to 1)."""
    return [other for score, other in ranked(passage, source)[:count] if score >= least]


def supporting(passage: Passage, source: Source) -> list[Passage]:
    """Up to ``MOST_SUPPORTING`` sentences that together tell most of ``passage``, the likest first."""
    left = set(passage.stems)
    chosen: list[Passage] = []
    candidates = ranked(passage, source)
    for score, candidate in candidates:
        if len(chosen) == MOST_SUPPORTING or score < LEAST_SHARE * candidates[0][0]:
            break
        told = left & candidate.stems
        if told or not chosen:
            chosen.append(candidate)
            left -= told
    return chosen


def _weight(stem: str, source: Source) -> float:
    """How much a shared word tells: the fewer sentences of the article hold it, the more."""
    return math.log(1 + (len(source.passages) + 1) / (source.spread[stem] or 1))


def _places_of_figure(figure: Figure, source: Source) -> set[int]:
    return {at for value in figure.values for at in source.by_value.get(value, ())}
