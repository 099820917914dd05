"""Choosing whole sentences, from the article's beginning on, that make one text within a house style's limits.

News tells the matter first, so the first sentences that stand alone are taken in the article's order. Weighing them by
how central they are (PacSum, LexRank) was tried, and lost to the lead on articles that nobody had looked at.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from standfirst.domain.style import TextLimits
from standfirst.writing.extractive.candidate import Candidate

STARTS = 8
"""So many sentences are tried as the first one; the first try that meets the limits is taken."""

MOST_REPEATED = 0.75
"""A sentence of whose stems a larger share stands in one that is chosen says nothing new."""

UNSERVABLE = 3
"""A "sentence" of more than so many times the most the limits allow is none: text without points, a table, code."""


@dataclass(frozen=True, slots=True)
class LazyFilter:
    """The ones of ``candidates`` for which ``belongs`` is true, asked only as far as somebody iterates."""

    candidates: Iterable[Candidate]
    belongs: Callable[[Candidate], bool]
    most: int | None = None
    """So many, the first ones."""

    def __iter__(self) -> Iterator[Candidate]:
        """Returns them in order."""
        return islice(filter(self.belongs, self.candidates), self.most)


@dataclass(frozen=True, slots=True)
class Selector:
    """Picks from ``tiers``: the sound sentences first, each tier with those before it; the last holds all.

    ``joiner`` stands between two sentences of a text.
    """

    tiers: Sequence[Iterable[Candidate]]
    joiner: str

    def without(self, told: Iterable[Candidate]) -> "Selector":
        """Returns a selector that picks none of ``told``, and nothing that says the same."""
        told = list(told)
        left = [LazyFilter(tier, lambda each: each not in told and not _is_told(each, told)) for tier in self.tiers]
        return Selector(left, self.joiner)

    def text_of(self, chosen: Iterable[Candidate]) -> str:
        """Returns the chosen sentences as one text, in the order given."""
        return self.joiner.join(each.text for each in chosen)

    def pick(self, limits: TextLimits) -> list[Candidate]:
        """Returns whole sentences in the article's order, within ``limits``.

        Where that cannot be had, rather too short than too long, and of a sounder tier than within the limits. Returns
        nothing when there are no candidates, or only such as are far too long to be sentences.
        """
        for tier in self.tiers:
            pool = LazyFilter(tier, lambda each: _is_servable(each, limits))
            if nearest := self._nearest(pool, LazyFilter(pool, lambda each: each.leads and not each.needs), limits):
                return nearest
        return self._nearest(pool, pool, limits)

    def pick_sound(self, limits: TextLimits, begins: Callable[[Candidate], bool], before: int) -> list[Candidate]:
        """Returns sound sentences within ``limits``, nothing where there are none.

        The first of them ``begins``, and its index is below ``before``.
        """
        pool = LazyFilter(self.tiers[0], lambda each: _is_servable(each, limits))
        near = takewhile(lambda each: each.index < before, pool)
        starts = (each for each in near if each.leads and not each.needs and begins(each))
        chosen = self._nearest(pool, starts, limits)
        return chosen if self.keeps(chosen, limits) else []

    def _nearest(self, pool: Iterable[Candidate], starts: Iterable[Candidate], limits: TextLimits) -> list[Candidate]:
        nearest: list[Candidate] = []
        for start in islice(starts, STARTS):
            text = self.grown([start], pool, limits)
            if not nearest or self._distance(text, limits) < self._distance(nearest, limits):
                nearest = text
            if self.keeps(nearest, limits):
                break
        return nearest

    def keeps(self, chosen: Sequence[Candidate], limits: TextLimits) -> bool:
        """Returns whether the text of ``chosen`` is neither too long nor too short."""
        return len(chosen) <= limits.sentences.most and not any(self._distance(chosen, limits))

    def fits(self, chosen: Sequence[Candidate], limits: TextLimits) -> bool:
        """Returns whether the text of ``chosen`` is not too long."""
        return len(chosen) <= limits.sentences.most and not self._excess(chosen, limits)

    def pick_points(self, count: int, max_words: int) -> list[Candidate]:
        """Returns up to ``count`` sentences of at most ``max_words`` words that stand alone, each another matter."""
        chosen: list[Candidate] = []
        for each in self.tiers[0] if count else ():
            if not each.needs and each.words <= max_words and not _is_told(each, chosen):
                chosen.append(each)
            if len(chosen) == count:
                break
        return chosen

    def grown(self, chosen: Sequence[Candidate], pool: Iterable[Candidate], limits: TextLimits) -> list[Candidate]:
        """Returns ``chosen`` and those after it in ``pool``, until the text has the least that ``limits`` ask for."""
        grown = [*chosen]
        for each in pool:
            if not self._shortfall(grown, limits) or len(grown) >= limits.sentences.most:
                break
            is_next = each.index > grown[-1].index and each.is_clear_among(grown)
            if is_next and not _is_told(each, grown) and not self._excess([*grown, each], limits):
                grown.append(each)
        return grown

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


def _is_told(candidate: Candidate, chosen: Iterable[Candidate]) -> bool:
    return any(len(candidate.stems & each.stems) > MOST_REPEATED * len(candidate.stems) for each in chosen)
