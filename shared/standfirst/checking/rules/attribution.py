"""Attribution: what somebody claims stays theirs."""

from collections.abc import Iterator

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source
from standfirst.checking.analysis.support import nearest
from standfirst.checking.lexicon.attribution import CLAIMS, PARTISANS, SAYINGS, TELLING
from standfirst.checking.lexicon.certainty import DOUBTS
from standfirst.domain.draft import Finding
from standfirst.text.quotations import quotations_in

NEAR = 60
"""Characters between who tells and that they do, at most."""

NEARLY_THE_SAME = 0.75
"""Likeness (0 to 1) of a sentence that tells in other words what another one has."""

LIKE_ENOUGH = 0.5
"""A sentence of the article this like (0 to 1) is taken to tell the same."""


def check_attribution(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``attribution``) where the draft tells as a fact what the article marks as somebody's claim.

    What officials merely "said" may be told as it is: honest summaries do. What partisans said may not, as far as it is
    told nearly in their words. In English.
    """
    source = comparison.source
    if not source.is_english:
        return
    for claim in comparison.claims:
        told = None if _is_attributed(claim.passage.text) else _told_as_fact(claim.passage, source)
        if told:
            at = (told.start, told.start + len(told.text.rstrip()))
            yield claim.finding("attribution", "claimed", "in the article somebody claims it", at)


def _told_as_fact(passage: Passage, source: Source) -> Passage | None:
    """The first clause that is a claim in the article's sentence likest to it, and is told without a doubt."""
    return next(
        (
            clause
            for clause in passage.clauses
            for told in nearest(clause, source, 1, LIKE_ENOUGH)
            if not DOUBTS.search(clause.text) and (_is_claimed(clause, told) or _is_partisan(clause, told, source))
        ),
        None,
    )


def _is_partisan(clause: Passage, told: Passage, source: Source) -> bool:
    """Whether somebody who speaks for a side says nearly the same."""
    is_same = bool(nearest(clause, source, 1, NEARLY_THE_SAME))
    return is_same and any(
        PARTISANS.search(told.text, max(0, telling.start() - NEAR), telling.end() + NEAR)
        for telling in TELLING.finditer(told.text)
    )


def _is_claimed(clause: Passage, told: Passage) -> bool:
    """Whether most of what ``clause`` has of ``told`` is claimed there: it stands after the marker."""
    marker = CLAIMS.search(told.text)
    if not marker:
        return False
    shared = [word for word in told.words if word.stem in clause.stems]
    after = [word for word in shared if word.start >= marker.end()]
    return 2 * len(after) > len(shared)


def _is_attributed(text: str) -> bool:
    return bool(CLAIMS.search(text) or SAYINGS.search(text)) or any(True for _ in quotations_in(text))
