"""Evidence: for each sentence of a draft, the paragraphs that support it."""

from standfirst.checking.analysis.comparison import claims_of
from standfirst.checking.analysis.source import OUTSIDE_BODY, source_of
from standfirst.checking.analysis.support import supporting
from standfirst.domain.article import Article
from standfirst.domain.draft import Draft, Evidence


def find_evidence(article: Article, draft: Draft) -> tuple[Evidence, ...]:
    """Where an editor finds what each sentence says; none for one that shares no word with the body.

    A key point counts as one text; its sentences are numbered through.
    """
    source = source_of(article)
    found = []
    for claim in claims_of(draft, article.language):
        places = {passage.place for passage in supporting(claim.passage, source)} - {OUTSIDE_BODY}
        if places:
            found.append(Evidence(claim.field, claim.sentence, tuple(sorted(places))))
    return tuple(found)
