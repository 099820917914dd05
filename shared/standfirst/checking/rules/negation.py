"""Negation: nothing is denied that the article says, and nothing said that it denies; no outcome is turned round."""

from collections.abc import Iterable, Iterator

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.context import Neighbours, likeness, neighbours
from standfirst.checking.analysis.scope import REACH, denied, denies, has_negator, is_denied, negators, reached
from standfirst.checking.analysis.sentence import Passage, Word
from standfirst.checking.analysis.source import Source
from standfirst.checking.analysis.support import nearest
from standfirst.checking.lexicon.negators import DENYING
from standfirst.domain.draft import Finding

LIKE_ENOUGH = 0.45
"""A sentence of the article this like (0 to 1) is taken to tell the same."""

NEAREST = 2
"""So many sentences of the article are looked at, the likest."""

SAME_PLACE = 0.3
"""Likeness of two places (``analysis/context.py``) from which on a word is said of the same thing."""

OPPOSITE_PLACE = 0.65
"""The same for a word and its opposite: "won" and "lost" stand side by side in many a true sentence."""

TIMES = 1.5
"""The opposite's place has to be so many times as like as the word's own."""

DENIED_FIRST = 1
"""Content words right after a negator that are looked for: what it denies beyond doubt."""

_Found = Iterator[tuple[tuple[int, int], str]]
"""Where in a clause something is wrong, and what."""


def check_negation(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``negation``) where a sentence and the article's own sentence contradict each other; in English."""
    source = comparison.source
    if not source.is_english:
        return
    for claim in comparison.claims:
        for clause in claim.passage.clauses:
            for (start, end), detail in _contradictions(clause, source):
                at = (clause.start + start, clause.start + end)
                yield claim.finding("negation", "contradicted", detail, at)


def _contradictions(clause: Passage, source: Source) -> _Found:
    near = nearest(clause, source, NEAREST, LIKE_ENOUGH)
    yield from _denial_added(clause, near, source)
    yield from _denial_lost(clause, near, source)
    yield from _turned_round(clause, near, source)


def _denial_added(clause: Passage, near: list[Passage], source: Source) -> _Found:
    """The first thing that the draft denies, and the article says without any denial."""
    for start, end in negators(clause):
        stems = reached(clause, end, DENIED_FIRST)
        told = [
            (other, passage)
            for word in clause.words
            if word.start >= end and word.stem in stems
            for other, passage in _said_of_the_same(word, clause, near, source)
        ]
        denials = frozenset().union(*(denied(passage) for passage in near))
        if told and denials.isdisjoint(reached(clause, end, REACH)) and not any(is_denied(*each) for each in told):
            yield (start, end), "the article does not deny it"
            return


def _said_of_the_same(
    word: Word, clause: Passage, near: list[Passage], source: Source
) -> Iterator[tuple[Word, Passage]]:
    """Where ``near`` have ``word`` of the same thing as ``clause`` has."""
    place = _place(word, clause)
    for passage in near:
        for other in _all_of(word, passage):
            if likeness(place, _place(other, passage), source) >= SAME_PLACE:
                yield other, passage


def _denial_lost(clause: Passage, near: list[Passage], source: Source) -> _Found:
    """The first thing that the article denies of the same, and the draft says without any denial."""
    if has_negator(clause):
        return
    for passage in near:
        stems = denied(passage, DENIED_FIRST)
        for word in clause.words:
            is_said = word.content and not word.is_capital and word.stem in stems and not is_denied(word, clause)
            if is_said and _is_denied_there(word, clause, passage, source):
                yield (word.start, word.end), "the article denies it"
                return


def _is_denied_there(word: Word, clause: Passage, passage: Passage, source: Source) -> bool:
    """Whether the likest place where the article has ``word`` is the one in ``passage`` that denies it."""
    place = _place(word, clause)
    there = _likest(_all_of(word, passage), passage, place, source)
    elsewhere = (
        _likest(_all_of(word, other), other, place, source)
        for other in (source.passages[at] for at in source.by_stem.get(word.stem, ()))
        if word.stem not in denied(other)
    )
    return there >= SAME_PLACE and there > max(elsewhere, default=0.0)


def _turned_round(clause: Passage, near: list[Passage], source: Source) -> _Found:
    """The first word where the article's sentence has the opposite, and does not have the word, or not there."""
    for word in clause.words:
        if word.content and word.key not in DENYING:
            for passage in near:
                if _is_opposite_there(word, clause, passage, source) and denies(passage) == denies(clause):
                    yield (word.start, word.end), "the article says the opposite"
                    return


def _is_opposite_there(word: Word, clause: Passage, passage: Passage, source: Source) -> bool:
    """Whether ``passage`` has an opposite of ``word`` in its place, far rather than the word."""
    opposites = source.lexicon.opposites.get(word.stem)
    if not opposites:
        return False
    against = [other for other in passage.words if other.content and other.stem in opposites]
    place = _place(word, clause)
    unlike = _likest(against, passage, place, source)
    return unlike >= OPPOSITE_PLACE and unlike > TIMES * _likest(_all_of(word, passage), passage, place, source)


def _all_of(word: Word, passage: Passage) -> list[Word]:
    return [other for other in passage.words if other.stem == word.stem]


def _likest(words: Iterable[Word], passage: Passage, place: Neighbours, source: Source) -> float:
    """How like ``place`` the likest place of ``words`` in ``passage`` is."""
    return max((likeness(place, _place(word, passage), source) for word in words), default=0.0)


def _place(word: Word, passage: Passage) -> Neighbours:
    return neighbours(passage, word.start, word.end)
