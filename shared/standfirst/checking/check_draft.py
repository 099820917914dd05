"""All checks of a draft: every sentence of it against its article, and the whole against the house style."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from standfirst.checking.analysis.comparison import MOST_SENTENCES, Claim, Comparison, compare, within_limits
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.evidence import paragraphs_of
from standfirst.checking.rules.certainty import check_plans, check_stages, check_superlatives
from standfirst.checking.rules.crossed import check_crossed, check_outcomes
from standfirst.checking.rules.dates import check_dates
from standfirst.checking.rules.house_style import check_limits
from standfirst.checking.rules.house_words import check_house_words, without_house_names
from standfirst.checking.rules.leaks import check_leaks
from standfirst.checking.rules.name_role import check_exchanged, check_pronouns, check_status
from standfirst.checking.rules.names import check_names
from standfirst.checking.rules.negation import check_opposites
from standfirst.checking.rules.novel_claims import check_claims
from standfirst.checking.rules.number_noun import check_figure_pairs
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
    check_crossed,
    check_outcomes,
    check_opposites,
    check_exchanged,
    check_status,
    check_stages,
    check_plans,
    check_superlatives,
    check_claims,
)
"""What holds each sentence against the article."""

MOST_FINDINGS = 20
"""Findings of one text; nobody reads more of them one by one, and a record stays small."""

_MORE = ("unchecked", "more")


def check_draft(article: Article, draft: Draft, style: HouseStyle) -> tuple[Finding, ...]:
    """What is wrong with ``draft``: errors that keep it from being served, then warnings for the editor."""
    comparison = compare(article, draft, style.glossary)
    house = (*check_house_words(comparison, draft, style), *check_limits(article, draft, style))
    return _reported((*_grounding(comparison), *house), comparison)


def check_grounding(article: Article, draft: Draft, glossary: tuple[GlossaryTerm, ...] = ()) -> tuple[Finding, ...]:
    """What of ``draft`` the article does not support, whatever its length and style; errors first.

    A name that is written as a term of ``glossary`` needs no support.
    """
    comparison = compare(article, draft, glossary)
    return _reported(_grounding(comparison), comparison)


def _grounding(comparison: Comparison) -> Iterator[Finding]:
    whole = replace(comparison, claims=comparison.claims[:MOST_SENTENCES])
    own_words = _without_taken(whole)
    compared = replace(own_words, claims=within_limits(own_words.claims))
    found = (finding for check in GROUNDING if compared.claims for finding in check(compared))
    yield from without_house_names(found, comparison)
    yield from check_pronouns(replace(whole, claims=within_limits(whole.claims)))
    yield from check_leaks(comparison)
    yield from _without_capitals(own_words.claims)
    known = frozenset(compared.claims)
    for claim in (*own_words.claims, *comparison.claims[MOST_SENTENCES:]):
        if claim not in known:
            yield claim.finding("unchecked", "too_long", "too long to be compared with the article")


def _without_capitals(claims: Iterable[Claim]) -> Iterator[Finding]:
    """Yields a warning for each text in a script without capitals, by which names are known."""
    texts: dict[str, str] = {}
    for claim in claims:
        texts[claim.field] = texts.get(claim.field, "") + claim.passage.text
    for field, text in texts.items():
        if any(map(str.isalpha, text)) and text.lower() == text.upper():
            detail = "names are not compared in this script, which has no capitals"
            yield Finding("unchecked", field, "", detail, "warning", reason="names")


def _reported(findings: Iterable[Finding], comparison: Comparison) -> tuple[Finding, ...]:
    """Returns ``most_telling(findings)``, each with its paragraphs."""
    sentences: dict[tuple[str, int | None], Passage] = {
        (claim.field, claim.sentence): claim.passage for claim in within_limits(comparison.claims)
    }

    def with_paragraphs(finding: Finding) -> Finding:
        sentence = sentences.get((finding.field, finding.sentence))
        return replace(finding, paragraphs=paragraphs_of(sentence, comparison.source)) if sentence else finding

    return tuple(map(with_paragraphs, most_telling(findings)))


def most_telling(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Returns ``findings``, errors first; of one text at most ``MOST_FINDINGS``, and one that says that there are more.

    A finding that says so of an earlier check stays, and is not counted.
    """
    told, counts, untold = [], Counter[str](), []
    for finding in sorted(findings, key=_weight):
        if (finding.check, finding.reason) == _MORE:
            untold.append(finding)
            continue
        counts[finding.field] += 1
        if counts[finding.field] <= MOST_FINDINGS:
            told.append(finding)
    for field, count in counts.items():
        if count > MOST_FINDINGS:
            detail = f"{count - MOST_FINDINGS:,} more findings are not shown"
            untold.append(Finding(_MORE[0], field, "", detail, "warning", reason=_MORE[1]))
    return (*told, *untold)


def _weight(finding: Finding) -> tuple[str, bool]:
    """Returns the key by which findings are sorted: errors first, and of them what was not compared."""
    return finding.severity, finding.check != "unchecked"


def _without_taken(comparison: Comparison) -> Comparison:
    """``comparison`` without the sentences that are the article's, word for word: nothing in them is unsupported."""
    claims = tuple(claim for claim in comparison.claims if not comparison.source.tells(claim.passage.text))
    return replace(comparison, claims=claims)
