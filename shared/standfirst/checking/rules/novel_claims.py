"""Novel claims: what a sentence says has to come from somewhere in the article."""

from collections.abc import Iterator

from standfirst.checking.analysis.comparison import Claim, Comparison
from standfirst.checking.analysis.names import is_name
from standfirst.checking.analysis.source import Source
from standfirst.checking.analysis.support import nearest
from standfirst.domain.draft import Finding, Severity
from standfirst.text.word_lists import word_set

MOST_NOVEL = 0.6
"""A sentence of whose content words a larger share is nowhere in the article tells another story."""

BEFORE_VERBS = word_set("to will would can could may might must should shall not")
"""After these a word tells what somebody does, and names no thing: "to cushion the blow"."""

LEAST_SUPPORT = 0.18
"""Likeness (0 to 1) of a sentence to the likest one of the article, at least, for that to support it."""

SHORT = 6
"""Content words. A sentence without more of them, and without a figure, says what one sentence of the article says."""

LEAST_SUPPORT_OF_SHORT = 0.3
"""The same for such a sentence."""

LEAST_TOLD = 0.15
"""Of the content words of a sentence a larger share is the article's own, however much it is reworded."""

FEWEST = 2
"""So many novel words at least make a novel claim."""


def check_claims(comparison: Comparison) -> Iterator[Finding]:
    """Findings (``claim``) for what the article has nothing of.

    An ``error`` for a concrete thing that no word of the article can stand for, and for a sentence with hardly a word
    of the article in it; in English. In other languages the sentence alone counts, and is a ``warning``: words there
    are compared by their stems only.
    """
    source = comparison.source
    severity: Severity = "error" if source.is_english else "warning"
    for claim in comparison.claims:
        yield from _inventions(claim, source)
        if _is_novel(claim, source):
            yield claim.finding("claim", "hardly a word of this is in the article", severity)
        elif not nearest(claim.passage, source, 1, _least_support(claim)):
            yield claim.finding("claim", "no sentence of the article says anything like it", severity)


def _least_support(claim: Claim) -> float:
    words = sum(word.content for word in claim.passage.words)
    return LEAST_SUPPORT_OF_SHORT if words <= SHORT and not claim.passage.figures else LEAST_SUPPORT


def _inventions(claim: Claim, source: Source) -> Iterator[Finding]:
    """The concrete things that the article has nothing like."""
    words = claim.passage.words
    for at, word in enumerate(words):
        is_concrete = word.content and word.key in source.lexicon.concrete
        is_verb = at > 0 and words[at - 1].key in BEFORE_VERBS
        if is_concrete and not is_verb and not source.holds(word) and not is_name(claim.passage, at, source):
            yield claim.finding("claim", "nothing like it is in the article", "error", (word.start, word.end))


def _is_novel(claim: Claim, source: Source) -> bool:
    """Whether most of the sentence is nowhere in the article, or next to nothing of it word for word."""
    words = [word for word in claim.passage.words if word.content]
    novel = sum(not source.holds(word) for word in words)
    told = sum(word.stem in source.stems for word in words)
    is_another_story = novel >= FEWEST and novel > MOST_NOVEL * len(words)
    return is_another_story or told < LEAST_TOLD * len(words)
