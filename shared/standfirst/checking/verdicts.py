"""When a second reader reads a draft, and what its verdicts come to.

A verdict counts as far as its quote proves it (``analysis/proof.py``). Whatever a reader says, and whatever the article
told it to say, the errors of the rules stay.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from standfirst.checking.analysis.comparison import Claim, claims_of, within_limits
from standfirst.checking.analysis.proof import Proof, Proofs
from standfirst.checking.analysis.source import Source, source_of
from standfirst.checking.check_draft import most_telling
from standfirst.checking.evidence import paragraphs_of
from standfirst.domain.article import Article
from standfirst.domain.draft import MOST_EVIDENCE, MOST_PARAGRAPHS, Draft, Evidence, Finding
from standfirst.domain.second_reading import Judgement, Policy, ReadDraft, SentenceToRead, Verdict
from standfirst.domain.style import HouseStyle
from standfirst.domain.unsure_sentences import HOUSE_STYLE_CHECKS
from standfirst.text.house_words import words_in_any_case

LONGEST_SHOWN = 160
"""Characters of the article's quote that a finding repeats."""

MOST_LOOKED_UP = 3
"""Verdicts on one sentence whose quotes are looked up, where they agree; a sound answer has one."""

_NOT_FOR_A_READER = HOUSE_STYLE_CHECKS | {"instruction", "unchecked", "second_reader"}
"""The checks whose findings no quote from the article answers."""

_UNDECIDED = {
    "supported": "the second reader finds it in the article, but its quote does not show it",
    "contradicted": "the second reader says that the article says otherwise, but its quote does not show it",
    "not_in_article": "the second reader does not find it in the article, but the checks do",
    "opinion_or_unclear": "the second reader cannot tell whether the article says it",
}

_Key = tuple[str, int]
"""A text and the index of a sentence in it."""


def sentences_to_read(
    article: Article, draft: Draft, findings: Sequence[Finding], style: HouseStyle, policy: Policy
) -> tuple[SentenceToRead, ...]:
    """Returns the sentences of ``draft`` for the second reader; none if ``policy`` does not have it read.

    A draft of which each sentence is the article's, word for word, is not read. ``doubtful`` has one read if a check is
    unsure of it, if the article has little of one of its sentences, or if the house names its kind of story.
    """
    claims = _readable(article, draft)
    source = source_of(article)
    if policy == "off" or all(source.tells(claim.passage.text) for claim in claims):
        return ()
    if policy == "doubtful" and not (
        any(map(_is_unsure, findings)) or _is_thin(draft, claims, source) or _is_of_kind(article, draft, style)
    ):
        return ()
    questions: dict[_Key, dict[str, None]] = defaultdict(dict)
    for finding in findings:
        if finding.question and finding.sentence is not None:
            questions[finding.field, finding.sentence][finding.question] = None
    return tuple(
        SentenceToRead(
            claim.field,
            claim.sentence,
            claim.passage.text,
            tuple(questions[claim.field, claim.sentence]),
            paragraphs_of(claim.passage, source),
        )
        for claim in claims
    )


def weigh_verdicts(
    article: Article, draft: Draft, findings: Sequence[Finding], verdicts: Sequence[Verdict]
) -> ReadDraft:
    """Returns what follows from ``verdicts`` on ``draft``, which was checked with ``findings`` and has its evidence.

    What is proven to contradict a sentence, or not found by the rules either, is an error. A proven quote that supports
    one clears what the checks were unsure of there, and is its evidence. Everything else leaves a warning, but for a
    sentence that is the article's word for word: what a reader says against it is mistaken.
    """
    source, proofs = source_of(article), Proofs(article)
    evidence = {(each.field, each.sentence): each for each in draft.evidence}
    given: dict[_Key, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        given[each.field, each.sentence].append(each)
    kept: list[Verdict] = []
    found: list[Finding] = []
    cleared: set[_Key] = set()
    for claim in _readable(article, draft):
        key = claim.field, claim.sentence
        judgements = {each.judgement for each in given[key]}
        judgement = judgements.pop() if len(judgements) == 1 else None
        is_verbatim = source.tells(claim.passage.text)
        may_prove = judgement == "supported" or (judgement and not is_verbatim)
        proven = ((each, proofs.of(each, claim.passage)) for each in given[key][:MOST_LOOKED_UP] if may_prove)
        verdict, proof = next((pair for pair in proven if pair[1]), (next(iter(given[key]), None), None))
        if verdict:
            kept.append(_looked_up(verdict, proof, article))
        if judgement == "supported" and proof:
            cleared.add(key)
            evidence[key] = _better(evidence.get(key), claim, proof)
        elif not is_verbatim:
            is_weak = key not in evidence or evidence[key].weak
            finding = _finding(claim, judgement, proof, is_weak=is_weak)
            paragraphs = (proof.paragraphs if proof else ()) or paragraphs_of(claim.passage, source)
            found.append(replace(finding, paragraphs=paragraphs))
    left = [each for each in findings if not (_is_unsure(each) and (each.field, each.sentence) in cleared)]
    places = {field: at for at, field in enumerate(draft.texts)}
    in_order = sorted(evidence.values(), key=lambda each: (places.get(each.field, len(places)), each.sentence))
    return ReadDraft(most_telling((*left, *found)), tuple(in_order[:MOST_EVIDENCE]), tuple(kept))


def _readable(article: Article, draft: Draft) -> tuple[Claim, ...]:
    """Returns the sentences with letters that are compared with the article."""
    return tuple(
        claim
        for claim in within_limits(claims_of(draft, article.language))
        if any(map(str.isalpha, claim.passage.text))
    )


def _is_unsure(finding: Finding) -> bool:
    return finding.severity == "warning" and bool(finding.question) and finding.check not in _NOT_FOR_A_READER


def _is_thin(draft: Draft, claims: Sequence[Claim], source: Source) -> bool:
    """Returns whether the article has little of a sentence that is not its own."""
    firm = {(each.field, each.sentence) for each in draft.evidence if not each.weak}
    return any((each.field, each.sentence) not in firm and not source.tells(each.passage.text) for each in claims)


def _is_of_kind(article: Article, draft: Draft, style: HouseStyle) -> bool:
    """Returns whether the story is of a kind that ``style`` has read, by its beginning and by what is written of it."""
    beginning = (article.headline or "", article.standfirst or "", *article.paragraphs[:1])
    text = "\n".join((*beginning, *map(draft.texts.as_one, draft.texts)))
    return any(any(words_in_any_case(kind.words).places_in(text)) for kind in style.second_reader_kinds)


def _finding(claim: Claim, judgement: Judgement | None, proof: Proof | None, *, is_weak: bool) -> Finding:
    """Returns the finding of ``judgement``, in words of ours and of the article: the reader's own are unchecked."""
    quote = proof.quote if proof else ""
    if len(quote) > LONGEST_SHOWN:
        quote = quote[: LONGEST_SHOWN - 1].rstrip() + "…"
    if judgement == "contradicted" and proof:
        return claim.finding(
            "second_reader", "contradicted", f"the second reader found that the article says otherwise: “{quote}”"
        )
    if judgement == "not_in_article" and (proof or is_weak):
        nearest = f"; it says: “{quote}”" if proof else ""
        detail = f"the second reader did not find it in the article{nearest}"
        return claim.finding("second_reader", "not_in_article", detail)
    detail = _UNDECIDED[judgement] if judgement else "the second reader has no one verdict on it"
    return claim.finding("second_reader", "undecided", detail)


def _looked_up(verdict: Verdict, proof: Proof | None, article: Article) -> Verdict:
    """Returns ``verdict`` with the article's characters and their place for its quote, if it is proven."""
    if proof:
        return replace(verdict, quote=proof.quote, paragraphs=proof.paragraphs, is_proven=True)
    named = (at for at in dict.fromkeys(verdict.paragraphs) if 0 <= at < len(article.paragraphs))
    return replace(verdict, paragraphs=tuple(named)[:MOST_PARAGRAPHS], is_proven=False)


def _better(evidence: Evidence | None, claim: Claim, proof: Proof) -> Evidence:
    """Returns the evidence with the quote: its place first, then the others if they were more than weak."""
    start = claim.passage.start
    known = evidence or Evidence(
        claim.field, claim.sentence, (), weak=True, span=(start, start + len(claim.passage.text))
    )
    others = () if known.weak and proof.paragraphs else known.paragraphs
    paragraphs = tuple(dict.fromkeys((*proof.paragraphs, *others)))[:MOST_PARAGRAPHS]
    return replace(known, paragraphs=paragraphs, weak=False, quote=proof.quote)
