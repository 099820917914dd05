"""Novel claims: what a sentence says has to come from somewhere in the article."""

from collections.abc import Iterator

from standfirst.checking.comparison import Claim, Comparison, Source
from standfirst.checking.names import is_name
from standfirst.checking.passages import Word
from standfirst.domain.draft import Finding, Severity

MOST_NOVEL = 0.6
"""A sentence of whose content words a larger share is nowhere in the article tells another story."""

FEWEST = 3
"""So many novel words at least make a novel claim."""


def check_claims(comparison: Comparison) -> Iterator[Finding]:
    """Findings (``claim``) for what the article has nothing of.

    An ``error`` for a concrete thing that no word of the article can stand for, and for a sentence with hardly a word
    of the article in it; in English. In other languages the sentence alone counts, and is a ``warning``: words there are
    compared by their stems only.
    """
    source = comparison.source
    for claim in comparison.claims:
        words = [word for word in claim.passage.words if word.content]
        novel = [word for word in words if not source.holds(word)]
        yield from _invented(claim, novel, source)
        if len(novel) >= FEWEST and len(novel) > MOST_NOVEL * len(words):
            severity: Severity = "error" if source.lexicon.groups else "warning"
            yield claim.finding("claim", "hardly a word of this is in the article", severity)


def _invented(claim: Claim, novel: list[Word], source: Source) -> Iterator[Finding]:
    at = {word.start: index for index, word in enumerate(claim.passage.words)}
    for word in novel:
        if word.key in source.lexicon.kinds and not is_name(claim.passage, at[word.start], source):
            yield claim.finding("claim", "nothing like it is in the article", "error", (word.start, word.end))
