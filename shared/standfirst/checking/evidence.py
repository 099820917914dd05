"""Evidence: for each sentence of a draft, the paragraphs that support it."""

from standfirst.checking.analysis.comparison import claims_of, within_limits
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import OUTSIDE_BODY, Source, source_of
from standfirst.checking.analysis.support import ranked, supporting
from standfirst.domain.article import Article
from standfirst.domain.draft import Draft, Evidence

LEAST_SUPPORT = 0.25
"""Share (0 to 1) of a sentence's content below which the likest sentence of the article is weak evidence for it.

In 186 summaries by language models, judged by people, 33 % of the 73 sentences with a marked error are below it, and
8 % of the 701 of honest summaries; below 0.3, 45 % and 13 % (November 2026, data that was read when this was chosen).
"""


def find_evidence(article: Article, draft: Draft) -> tuple[Evidence, ...]:
    """Where an editor finds what each sentence says, and whether that is much of it.

    None for a sentence without a word that could be compared, and for what is too long. A key point counts as one
    text; its sentences are numbered through.
    """
    source = source_of(article)
    compared = within_limits(claims_of(draft, article.language))
    return tuple(
        Evidence(
            claim.field,
            claim.sentence,
            paragraphs_of(claim.passage, source),
            weak=_is_weak(claim.passage, source),
            span=(claim.passage.start, claim.passage.start + len(claim.passage.text)),
        )
        for claim in compared
        if claim.passage.stems or claim.passage.figures
    )


def _is_weak(sentence: Passage, source: Source) -> bool:
    """Returns whether the article says ``sentence`` in other words than its own, if at all."""
    likest = next(iter(ranked(sentence, source)), None)
    return likest is None or likest[0] < LEAST_SUPPORT


def paragraphs_of(sentence: Passage, source: Source) -> tuple[int, ...]:
    """Returns the indexes of the paragraphs of the article that support ``sentence``, in order."""
    return tuple(sorted({passage.place for passage in supporting(sentence, source)} - {OUTSIDE_BODY}))
