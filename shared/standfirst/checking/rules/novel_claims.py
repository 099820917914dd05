"""Novel claims: what a sentence says has to come from somewhere in the article."""

from collections.abc import Iterator

from standfirst.checking.analysis.comparison import Claim, Comparison
from standfirst.checking.analysis.names import is_name
from standfirst.checking.analysis.source import Source
from standfirst.domain.draft import Finding

MOST_NOVEL = 0.6
"""A larger share of the words and figures of a sentence that is nowhere in the article makes it a novel claim, ..."""

FEWEST = 3
"""... if it is so many words at least."""


def check_claims(comparison: Comparison) -> Iterator[Finding]:
    """Findings (``claim``) for what the article has nothing of.

    An ``error`` for a concrete thing that no word of the article can stand for, and for a sentence with hardly a word
    of the article in it; in English. In other languages the sentence alone counts, and is a ``warning``: words there
    are compared by their stems only.
    """
    source = comparison.source
    reason = "sentence" if source.is_english else "sentence_by_stems"
    for claim in comparison.claims:
        yield from _inventions(claim, source)
        if _is_novel(claim, source):
            yield claim.finding("claim", reason, "hardly a word of this is in the article")


def _inventions(claim: Claim, source: Source) -> Iterator[Finding]:
    """The concrete things that the article has nothing like."""
    for at, word in enumerate(claim.passage.words):
        is_concrete = word.content and word.key in source.lexicon.concrete
        if is_concrete and not source.holds(word) and not is_name(claim.passage, at, source):
            yield claim.finding("claim", "thing", "nothing like it is in the article", (word.start, word.end))


def _is_novel(claim: Claim, source: Source) -> bool:
    """Whether most of the sentence is nowhere in the article; its figures are another check's, and count as told."""
    words = [word for word in claim.passage.words if word.content]
    novel = sum(not source.holds(word) for word in words)
    return novel >= FEWEST and novel > MOST_NOVEL * (len(words) + len(claim.passage.figures))
