"""Evidence: for each sentence of a draft, the paragraphs that support it."""

from standfirst.checking.analysis.comparison import claims_of
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import OUTSIDE_BODY, Source, source_of
from standfirst.checking.analysis.support import supporting
from standfirst.domain.article import Article
from standfirst.domain.draft import Draft, Evidence


def find_evidence(article: Article, draft: Draft) -> tuple[Evidence, ...]:
    """Where an editor finds what each sentence says; none for one that shares no word with the body.

    A key point counts as one text; its sentences are numbered through.
    """
    source = source_of(article)
    claims = claims_of(draft, article.language)
    found = ((claim, paragraphs_of(claim.passage, source)) for claim in claims)
    return tuple(Evidence(claim.field, claim.sentence, places) for claim, places in found if places)


def paragraphs_of(sentence: Passage, source: Source) -> tuple[int, ...]:
    """Returns the indexes of the paragraphs of the article that support ``sentence``, in order."""
    return tuple(sorted({passage.place for passage in supporting(sentence, source)} - {OUTSIDE_BODY}))
