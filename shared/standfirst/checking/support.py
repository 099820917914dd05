"""Which sentences of the article a sentence of the draft goes back to."""

import math
from collections import defaultdict
from collections.abc import Iterator

from standfirst.checking.comparison import Source
from standfirst.checking.passages import Passage

LIKE = 0.7
"""Weight of a word of like meaning against the word itself."""

MOST_SUPPORTING = 3


def weight(stem: str, source: Source) -> float:
    """How much a shared word tells: the fewer sentences of the article hold it, the more."""
    return math.log(1 + (len(source.passages) + 1) / (source.spread[stem] or 1))


def ranked(passage: Passage, source: Source) -> list[tuple[float, Passage]]:
    """The sentences of the article that share words or figures with ``passage``, the likest first, 0 to 1."""
    scores: dict[int, float] = defaultdict(float)
    most = 0.0
    for stem in passage.stems:
        told = weight(stem, source)
        most += told
        for at, likeness in _places(stem, source):
            scores[at] += likeness * told
    for figure in passage.figures:
        most += 1.0
        for at in _figure_places(figure.values, source):
            scores[at] += 1.0
    best_first = sorted(scores.items(), key=lambda each: -each[1])
    return [(score / most, source.passages[at]) for at, score in best_first] if most else []


def _places(stem: str, source: Source) -> Iterator[tuple[int, float]]:
    direct = source.by_stem.get(stem, ())
    yield from ((at, 1.0) for at in direct)
    found = set(direct)
    for group in source.lexicon.groups.get(stem, ()):
        for at in source.by_group.get(group, ()):
            if at not in found:
                found.add(at)
                yield at, LIKE


def _figure_places(values: frozenset[object], source: Source) -> set[int]:
    return {at for value in values for at in source.by_value.get(value, ())}


def supporting(passage: Passage, source: Source) -> list[Passage]:
    """Up to ``MOST_SUPPORTING`` sentences that together tell most of ``passage``, the likest first."""
    left = set(passage.stems)
    chosen: list[Passage] = []
    candidates = ranked(passage, source)
    for score, candidate in candidates:
        if len(chosen) == MOST_SUPPORTING or score < LEAST_SHARE * candidates[0][0]:
            break
        told = {stem for stem in left if _tells(candidate, stem, source)}
        if told or not chosen:
            chosen.append(candidate)
            left -= told
    return chosen


LEAST_SHARE = 0.3
"""A further sentence supports when it is at least so like as the likest."""


def _tells(candidate: Passage, stem: str, source: Source) -> bool:
    return stem in candidate.stems or bool(source.lexicon.groups.get(stem, frozenset()) & candidate.groups)
