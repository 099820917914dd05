"""Certainty: a hedge is not lost, and a part is not told as the whole."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.scope import has_negator, reached
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source
from standfirst.checking.analysis.support import nearest
from standfirst.checking.lexicon.certainty import DOUBTS, HEDGES, PARTS, STRONG, WHOLES
from standfirst.domain.draft import Finding

LIKE_ENOUGH = 0.35
"""A sentence of the article this like (0 to 1) is taken to tell the same."""

NEAREST = 2
"""So many sentences of the article are looked at, the likest."""

HEDGED = 5
"""Content words after a hedge, at most, that it makes uncertain."""

STRONG_REACH = 6
"""Content words after a strong word, at most, that it is said of."""

MOST_HEDGES = 20
"""Hedges looked at in one sentence; a text of more is none, and must not take long."""

_SUPERLATIVE = re.compile(r"(?<!one of )(?<!among )\bthe ((?:most|least) \w+|\w{3,}est)\b", re.IGNORECASE)

_Found = Iterator[tuple[tuple[int, int], str]]
"""Where in a clause something is wrong, and what."""


def check_certainty(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``certainty``) where the article hedges or limits what the draft says outright; in English."""
    source = comparison.source
    if not source.is_english:
        return
    for claim in comparison.claims:
        for clause in claim.passage.clauses:
            for (start, end), detail in _overstatements(clause, source):
                at = (clause.start + start, clause.start + end)
                yield claim.finding("certainty", "overstated", detail, at)


def _overstatements(clause: Passage, source: Source) -> _Found:
    near = nearest(clause, source, NEAREST, LIKE_ENOUGH)
    if near:
        yield from _hedge_lost(clause, near)
        yield from _part_as_whole(clause, near[0], source)
        yield from _one_of_as_only(clause, near)


def _hedge_lost(clause: Passage, near: list[Passage]) -> _Found:
    if DOUBTS.search(clause.text):
        return
    for strong in STRONG.finditer(clause.text):
        stems = frozenset(reached(clause, strong.end(), STRONG_REACH))
        passage = next((each for each in near if stems & each.stems), None)
        if passage and not _says_outright(strong[0], stems, passage) and _is_hedged(stems, passage):
            yield strong.span(), "the article is less certain"
            return


def _says_outright(strong: str, stems: frozenset[str], passage: Passage) -> bool:
    """Whether the article uses the same strong word of the same."""
    uses = re.finditer(rf"\b{re.escape(strong)}\b", passage.text, re.IGNORECASE)
    return bool(stems & _reached_by(uses, passage, STRONG_REACH))


def _is_hedged(stems: frozenset[str], passage: Passage) -> bool:
    """Whether a hedge of ``passage`` reaches at least half of what it has of ``stems``."""
    hedged = stems & _reached_by(HEDGES.finditer(passage.text), passage, HEDGED)
    return bool(hedged) and 2 * len(hedged) >= len(stems & passage.stems)


def _reached_by(found: Iterable[re.Match[str]], passage: Passage, reach: int) -> frozenset[str]:
    return frozenset(stem for each in islice(found, MOST_HEDGES) for stem in reached(passage, each.end(), reach))


def _part_as_whole(clause: Passage, passage: Passage, source: Source) -> _Found:
    whole = WHOLES.search(clause.text)
    if not whole or has_negator(clause) or PARTS.search(clause.text) or not PARTS.search(passage.text):
        return
    if not re.search(rf"\b{re.escape(whole.group())}\b", source.text, re.IGNORECASE):
        yield whole.span(), "the article says it of a part only"


def _one_of_as_only(clause: Passage, near: list[Passage]) -> _Found:
    """Each "the largest" where the article has "one of the largest" or "among the largest"."""
    for found in _SUPERLATIVE.finditer(clause.text):
        among = re.compile(
            rf"\b(?:one|some|two|three|many) of (?:\w+ ){{1,3}}?{re.escape(found[1])}|among \w+ {re.escape(found[1])}",
            re.IGNORECASE,
        )
        if any(among.search(passage.text) for passage in near):
            yield found.span(), "the article says one of them"
