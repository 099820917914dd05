"""All checks of a draft: every sentence of it against its article, and the whole against the house style."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from standfirst.checking.analysis.comparison import Comparison, compare
from standfirst.checking.evidence import paragraphs_of
from standfirst.checking.rules.attribution import check_attribution
from standfirst.checking.rules.certainty import check_certainty
from standfirst.checking.rules.dates import check_dates
from standfirst.checking.rules.house_style import check_limits
from standfirst.checking.rules.house_words import check_house_words, without_house_names
from standfirst.checking.rules.leaks import check_leaks
from standfirst.checking.rules.name_role import check_name_pairs
from standfirst.checking.rules.names import check_names
from standfirst.checking.rules.negation import check_negation
from standfirst.checking.rules.novel_claims import check_claims
from standfirst.checking.rules.number_noun import (
    check_date_pairs,
    check_figure_pairs,
    check_ordinal_pairs,
)
from standfirst.checking.rules.numbers import check_numbers
from standfirst.checking.rules.quotations import check_quotations
from standfirst.domain.article import Article
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.style import GlossaryTerm, HouseStyle

GROUNDING: Sequence[Callable[[Comparison], Iterator[Finding]]] = (
    check_numbers,
    check_dates,
    check_names,
    check_quotations,
    check_figure_pairs,
    check_ordinal_pairs,
    check_date_pairs,
    check_name_pairs,
    check_negation,
    check_certainty,
    check_attribution,
    check_claims,
)
"""What holds each sentence against the article."""


def check_draft(article: Article, draft: Draft, style: HouseStyle) -> tuple[Finding, ...]:
    """What is wrong with ``draft``: errors that keep it from being served, and warnings for the editor."""
    comparison = compare(article, draft, style.glossary)
    return (
        *_ungrounded(comparison),
        *check_house_words(comparison, draft, style),
        *check_limits(article, draft, style),
    )


def check_grounding(article: Article, draft: Draft, glossary: tuple[GlossaryTerm, ...] = ()) -> tuple[Finding, ...]:
    """What of ``draft`` the article does not support, whatever its length and style.

    A name that is written as a term of ``glossary`` needs no support.
    """
    return _ungrounded(compare(article, draft, glossary))


def _ungrounded(comparison: Comparison) -> tuple[Finding, ...]:
    own_words = _without_taken(comparison)
    found = (
        *(finding for check in GROUNDING if own_words.claims for finding in check(own_words)),
        *check_leaks(comparison),
    )
    claims = {(claim.field, claim.sentence): claim.passage for claim in comparison.claims}
    return tuple(
        replace(finding, paragraphs=paragraphs_of(claims[finding.field, finding.sentence], comparison.source))
        for finding in without_house_names(found, comparison)
        if finding.sentence is not None
    )


def _without_taken(comparison: Comparison) -> Comparison:
    """``comparison`` without the sentences that are the article's, word for word: nothing in them is unsupported."""
    claims = tuple(claim for claim in comparison.claims if not comparison.source.tells(claim.passage.text))
    return replace(comparison, claims=claims)
