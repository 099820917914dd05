"""Choosing whole sentences that make one text within a house style's limits."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from standfirst.domain.style import TextLimits
from standfirst.writing.extractive.centrality import Vector, cosine

SEEDS = 8
"""So many of the best sentences are tried as the first one picked; the first try that meets the limits is taken."""

LEAST_SEED_WEIGHT = 0.1
"""A seed weighs at least this share of the best one: beyond that a warning is better than a minor matter."""

MOST_REPEATED = 0.75
"""A sentence of whose stems a larger share stands in one that is chosen says nothing new."""

LEANING = 0.5
"""Weight of a sentence that points back to one which is not in the text."""

UNSERVABLE = 3
"""A "sentence" of more than so many times the most the limits allow is none: text without points, a table, code."""

Accepts = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be picked: ``index`` in the article, and what speaks for and against it.

    ``weight`` is what it is picked by; it is made of the others for one purpose, a standfirst or a summary.
    """

    index: int
    paragraph: int
    text: str
    words: int
    vector: Vector
    centrality: float
    fitness: float
    leans: bool
    printable: bool
    heads: bool
    weight: float = 0.0

    @property
    def weight_alone(self) -> float:
        """Its weight in a text that does not hold the sentence before it."""
        return self.weight * (LEANING if self.leans else 1.0)


@dataclass(frozen=True, slots=True)
class Selector:
    """Picks by weight and against repetition (maximal marginal relevance); ``joiner`` stands between sentences.

    ``tiers`` are the sentences to pick from, the sound ones first, each tier with those before it; the last holds all.
    """

    tiers: Sequence[Sequence[Candidate]]
    joiner: str

    def text_of(self, chosen: Iterable[Candidate]) -> str:
        """The chosen sentences as one text, in the order given."""
        return self.joiner.join(each.text for each in chosen)

    def pick(self, limits: TextLimits) -> list[Candidate]:
        """Whole sentences in the article's order, within ``limits``.

        Where that cannot be had, rather too short than too long. Nothing is returned when there are no candidates, or
        only such as are far too long to be sentences.
        """
        nearest: list[Candidate] = []
        for attempt in self._attempts(limits):
            if not nearest or self._distance(attempt, limits) < self._distance(nearest, limits):
                nearest = attempt
            if self.keeps(nearest, limits):
                break
        return nearest

    def keeps(self, chosen: Sequence[Candidate], limits: TextLimits) -> bool:
        """Whether the text of ``chosen`` is neither too long nor too short."""
        return len(chosen) <= limits.sentences.most and not any(self._distance(chosen, limits))

    def pick_points(self, count: int, max_words: int) -> list[Candidate]:
        """Up to ``count`` sentences of at most ``max_words`` words each that stand alone and say different things."""
        short = [each for each in self.tiers[0] if not each.leans and each.words <= max_words]
        chosen: list[Candidate] = []
        while short and len(chosen) < count:
            best = max(short, key=lambda each: _gain(each, chosen))
            chosen.append(best)
            short.remove(best)
        return _in_order(chosen)

    def grown(
        self, seed: Candidate, pool: Sequence[Candidate], limits: TextLimits, accepts: Accepts = lambda _text: True
    ) -> list[Candidate]:
        """``seed`` and the best of ``pool`` beside it, until the text has the least the limits ask for."""
        chosen = [seed]
        left = [each for each in pool if each is not seed]
        while self._shortfall(chosen, limits) and len(chosen) < limits.sentences.most:
            left = [each for each in left if not _is_told(each, chosen)]
            fitting = [each for each in left if self._suits([*chosen, each], limits, accepts)]
            fitting = [each for each in fitting if not each.leans or _follows(each, chosen)] or fitting
            if not fitting:
                break
            best = max(fitting, key=lambda each: _gain(each, chosen))
            left.remove(best)
            chosen = _in_order([*chosen, best])
        return chosen

    def _attempts(self, limits: TextLimits) -> Iterator[list[Candidate]]:
        """Texts to choose from, the better ways of making one first."""
        for tier in self.tiers:
            pool = [each for each in tier if _is_servable(each, limits)]
            for seed in self._seeds(pool, limits):
                yield self.grown(seed, pool, limits)

    def _seeds(self, pool: Sequence[Candidate], limits: TextLimits) -> list[Candidate]:
        short_enough = [each for each in pool if not self._excess([each], limits)] or pool
        alone = [each for each in short_enough if not each.leans] or short_enough
        ranked = sorted(alone, key=lambda each: -each.weight_alone)[:SEEDS]
        return [seed for seed in ranked if seed.weight_alone >= LEAST_SEED_WEIGHT * ranked[0].weight_alone]

    def _suits(self, chosen: list[Candidate], limits: TextLimits, accepts: Accepts) -> bool:
        return not self._excess(chosen, limits) and accepts(self.text_of(_in_order(chosen)))

    def _distance(self, chosen: Sequence[Candidate], limits: TextLimits) -> tuple[int, int]:
        return self._excess(chosen, limits), self._shortfall(chosen, limits)

    def _excess(self, chosen: Sequence[Candidate], limits: TextLimits) -> int:
        characters = len(self.text_of(chosen)) - limits.max_characters if limits.max_characters else 0
        return max(0, _words(chosen) - limits.words.most) + max(0, characters)

    def _shortfall(self, chosen: Sequence[Candidate], limits: TextLimits) -> int:
        return max(0, limits.words.least - _words(chosen)) + max(0, limits.sentences.least - len(chosen))


def _is_servable(candidate: Candidate, limits: TextLimits) -> bool:
    characters = limits.max_characters or len(candidate.text)
    return candidate.words <= UNSERVABLE * limits.words.most and len(candidate.text) <= UNSERVABLE * characters


def _words(chosen: Iterable[Candidate]) -> int:
    return sum(each.words for each in chosen)


def _gain(candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    """What ``candidate`` adds: its weight, less if it repeats one that is chosen or leans on one that is not."""
    likeness = max((cosine(candidate.vector, each.vector) for each in chosen), default=0.0)
    return (candidate.weight if _follows(candidate, chosen) else candidate.weight_alone) * (1 - likeness**2)


def _follows(candidate: Candidate, chosen: Iterable[Candidate]) -> bool:
    return any(each.index == candidate.index - 1 for each in chosen)


def _is_told(candidate: Candidate, chosen: Iterable[Candidate]) -> bool:
    stems = candidate.vector.keys()
    return any(len(stems & each.vector.keys()) > MOST_REPEATED * len(stems) for each in chosen)


def _in_order(chosen: Iterable[Candidate]) -> list[Candidate]:
    return sorted(chosen, key=lambda each: each.index)
