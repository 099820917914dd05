"""Negation: nothing is denied that the article says, and nothing said that it denies; no outcome is turned round."""

from collections.abc import Iterator

from standfirst.checking.comparison import Claim, Comparison, Source
from standfirst.checking.neighbours import Neighbours, likeness, neighbours
from standfirst.checking.negators import DENYING
from standfirst.checking.passages import Passage, Word, clauses_of
from standfirst.checking.scopes import denied, denies, is_denied, negators, reached
from standfirst.checking.support import ranked
from standfirst.domain.draft import Finding

LIKE_ENOUGH = 0.45
"""A sentence of the article this like (0 to 1) is taken to tell the same."""

NEAREST = 2
"""So many sentences of the article are looked at, the likest."""

OPPOSITE_PLACE = 0.65
"""The same for a word and its opposite: "won" and "lost" stand side by side in many a true sentence."""

DENIED_FIRST = 1
"""Content words right after a negator that are looked for: what it denies beyond doubt."""

TIMES = 1.5
"""The opposite's place has to be so many times as like as the word's own."""

SAME_PLACE = 0.3
"""Likeness of two places (``neighbours.py``) from which on a word is said of the same thing."""


def check_negation(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``negation``) where a sentence and the article's own sentence contradict each other; in English."""
    source = comparison.source
    if not source.lexicon.opposites:
        return
    for claim in comparison.claims:
        for clause in clauses_of(claim.passage):
            near = [passage for score, passage in ranked(clause, source)[:NEAREST] if score >= LIKE_ENOUGH]
            for at, detail in (
                *_added(clause, near, source),
                *_lost(clause, near, source),
                *_turned(clause, near, source),
            ):
                span = (clause.start + at[0], clause.start + at[1])
                yield claim.finding("negation", detail, "error", span)


_Found = Iterator[tuple[tuple[int, int], str]]


def _added(clause: Passage, near: list[Passage], source: Source) -> _Found:
    """What the draft denies, and the article says without any denial."""
    for start, end in negators(clause):
        stems = reached(clause, end, DENIED_FIRST)
        told = [
            (passage, other)
            for word in clause.words
            if word.start >= end and word.stem in stems
            for passage in near
            for other in passage.words
            if other.stem == word.stem
            if _is_said_there(other, passage, neighbours(clause, word.start, word.end), source)
        ]
        if told and not any(is_denied(other, passage) for passage, other in told):
            yield (start, end), "the article does not deny it"
            return


def _lost(clause: Passage, near: list[Passage], source: Source) -> _Found:
    """What the article denies of the same, and the draft says without any denial."""
    if any(True for _ in negators(clause)):
        return
    for passage in near:
        stems = denied(passage, DENIED_FIRST)
        for word in clause.words:
            if word.content and not word.is_capital and word.stem in stems and not is_denied(word, clause):
                if _is_denied_there(word, clause, passage, source):
                    yield (word.start, word.end), "the article denies it"
                    return


def _is_denied_there(word: Word, clause: Passage, passage: Passage, source: Source) -> bool:
    """Whether the likest place where the article has ``word`` is the one in ``passage`` that denies it."""
    place = neighbours(clause, word.start, word.end)
    there = _likest([other for other in passage.words if other.stem == word.stem], passage, place, source)
    elsewhere = (
        _likest([other for other in each.words if other.stem == word.stem], each, place, source)
        for each in (source.passages[at] for at in source.by_stem.get(word.stem, ()))
        if word.stem not in denied(each)
    )
    return there >= SAME_PLACE and there > max(elsewhere, default=0.0)


def _turned(clause: Passage, near: list[Passage], source: Source) -> _Found:
    """A word where the article's sentence has the opposite, and does not have the word, or not there."""
    lexicon = source.lexicon
    for word in clause.words:
        opposites = lexicon.opposites.get(word.stem)
        if not opposites or not word.content or word.key in DENYING:
            continue
        place, groups = neighbours(clause, word.start, word.end), lexicon.groups.get(word.stem, frozenset())
        for passage in near:
            same = [
                other for other in passage.words if other.stem == word.stem or lexicon.groups_of([other.stem]) & groups
            ]
            against = [other for other in passage.words if other.content and other.stem in opposites]
            like, unlike = (_likest(others, passage, place, source) for others in (same, against))
            if unlike >= OPPOSITE_PLACE and unlike > TIMES * like and denies(passage) == denies(clause):
                yield (word.start, word.end), "the article says the opposite"
                return


def _likest(others: list[Word], passage: Passage, place: Neighbours, source: Source) -> float:
    return max((likeness(place, neighbours(passage, each.start, each.end), source) for each in others), default=0.0)


def _is_said_there(other: Word, passage: Passage, place: Neighbours, source: Source) -> bool:
    return likeness(place, neighbours(passage, other.start, other.end), source) >= SAME_PLACE
