"""How much of an article each of its sentences stands for.

A sentence is central when what follows takes up its words: news tells the matter first and goes on about it. That is
PacSum (Zheng and Lapata, "Sentence Centrality Revisited for Unsupervised Summarization", ACL 2019) with plain tf-idf
vectors and links forward above all. Because a sum of cosines is the cosine with a sum, it takes linear time.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from standfirst.text.content_words import content_words

STEM_LENGTH = 6
"""Words are compared by so many first letters: a crude stem, but one that every inflecting language shares."""

BACKWARD = 0.1
"""Weight of a link to an earlier sentence; without any, the last sentences of a short article would weigh nothing."""

Vector = Mapping[str, float]


def term_vectors(sentences: Sequence[str], language: str) -> list[Vector]:
    """One tf-idf vector of length 1 per sentence (of length 0 for a sentence without content words)."""
    counts = [Counter(word[:STEM_LENGTH] for word in content_words(sentence, language)) for sentence in sentences]
    spread = Counter(stem for stems in counts for stem in stems)
    rarity = {stem: math.log((len(sentences) + 1) / (count + 0.5)) for stem, count in spread.items()}
    return [_unit({stem: count * rarity[stem] for stem, count in stems.items()}) for stems in counts]


def cosine(one: Vector, other: Vector) -> float:
    """Likeness of two unit vectors, 0 to 1; to a sum of unit vectors, the sum of the likenesses."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * long.get(stem, 0.0) for stem, weight in short.items())


def centrality(vectors: Sequence[Vector]) -> list[float]:
    """A weight from 0 to 1 for each sentence: its likeness to all that follow it, and a little to all before it."""
    following = _likeness_to_earlier(vectors[::-1])[::-1]
    preceding = _likeness_to_earlier(vectors)
    likeness = [after + BACKWARD * before for after, before in zip(following, preceding, strict=True)]
    most = max(likeness, default=0.0) or 1.0
    return [value / most for value in likeness]


def _likeness_to_earlier(vectors: Sequence[Vector]) -> list[float]:
    earlier: dict[str, float] = {}
    likeness = []
    for vector in vectors:
        likeness.append(cosine(vector, earlier))
        for stem, weight in vector.items():
            earlier[stem] = earlier.get(stem, 0.0) + weight
    return likeness


def _unit(vector: Mapping[str, float]) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {stem: weight / length for stem, weight in vector.items()} if length else {}
