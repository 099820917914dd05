"""Novel claims: what a sentence says has to come from somewhere in the article."""

from collections.abc import Iterator

from standfirst.checking.analysis.comparison import Claim, Comparison
from standfirst.checking.analysis.source import Source
from standfirst.domain.draft import Finding

MOST_NOVEL = 0.55
"""A larger share of the words and figures of a sentence that is nowhere in the article makes it a novel claim, ..."""

FEWEST = 4
"""... if it is so many words at least."""


def check_claims(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``claim``) for every sentence with hardly a word of the article in it."""
    for claim in comparison.claims:
        if _is_novel(claim, comparison.source):
            yield claim.finding("claim", "sentence", "hardly a word of this is in the article")


def _is_novel(claim: Claim, source: Source) -> bool:
    """Returns whether most of the sentence is nowhere in the article; its figures, another check's, count as told."""
    words = [word for word in claim.passage.words if word.content]
    novel = sum(not source.holds(word) for word in words)
    return novel >= FEWEST and novel > MOST_NOVEL * (len(words) + len(claim.passage.figures))
