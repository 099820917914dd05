"""Certainty: nothing has come further than the article says, and one of the largest is not the largest."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.parties import Party, is_passive, subject_of
from standfirst.checking.analysis.sentence import Passage
from standfirst.checking.analysis.source import Source
from standfirst.checking.analysis.support import nearest
from standfirst.checking.lexicon.stages import IS_PLANNED, NO_VERB_AFTER, NOT_YET, STAGES, Rung
from standfirst.domain.draft import Finding

LIKE_ENOUGH = 0.35
"""A sentence of the article this like (0 to 1) is taken to be of the same."""

NEAREST = 2
"""So many sentences of the article are looked at, the likest."""

LOOK_BACK = 40
"""Characters before a word in which "not", "if" or "warrant" keeps it from having happened."""

OBJECT = 6
"""Words after a verb that may be its object."""

MOST = 50
"""Words of a draft, or of a sentence, that a rule looks at: far more than a summary has."""

_SUPERLATIVE = re.compile(r"(?<!one of )(?<!among )\bthe ((?:most|least) \w+|\w{3,}est)\b", re.IGNORECASE)
_MARK = re.compile(r"[.;:,“”\"]")
_NAME = re.compile(r"\b[A-Z]")
_FULL_NAME = re.compile(r"\b[A-Z][^\s,]{1,60} [A-Z]")


def check_stages(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``stage``) for "charged" where the person in the article is only accused; in English."""
    source = comparison.source
    if not source.is_english:
        return
    reached = (
        (claim, found, ladder, at)
        for claim in comparison.claims
        for ladder in STAGES
        for at, (word, _) in enumerate(ladder)
        for found in [word and _happened(word, claim.passage.text)]
        if found
    )
    for claim, found, ladder, at in islice(reached, MOST):
        is_begun = any(sign.search(source.text) for _, sign in ladder[: at + 1])
        if is_begun and not _is_reached(ladder[at:], _patient(claim.passage, found), source):
            question = f"Has it come so far that “{found[0]}” is right?"
            yield claim.finding("certainty", "stage", "the article has not come so far", found.span(), question)


def _happened(word: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Where ``word`` first stands in ``text`` without a "not", "if" or "will" before it in its clause."""
    for found in word.finditer(text):
        before = text[max(0, found.start() - LOOK_BACK) : found.start()]
        if not NOT_YET.search(_MARK.split(before)[-1]):
            return found
    return None


def _patient(passage: Passage, found: re.Match[str]) -> Party | None:
    """Whom it has happened to, if the verb is a passive."""
    at = next((at for at, word in enumerate(passage.words) if word.start >= found.start()), 0)
    return subject_of(passage, at) if is_passive(passage, at) else None


def _is_reached(rungs: Sequence[Rung], patient: Party | None, source: Source) -> bool:
    """Whether the article has come to one of ``rungs``, and not clearly with others than ``patient`` only."""
    for passage in source.passages:
        signs = [sign for _, sign in rungs if _happened(sign, passage.text)]
        if signs and not _is_of_others(signs, passage, patient):
            return True
    return False


def _is_of_others(signs: Sequence[re.Pattern[str]], passage: Passage, patient: Party | None) -> bool:
    """Whether ``passage`` does not name ``patient``, and says one of ``signs`` of another by name, or of several."""
    if not patient or not _NAME.search(patient.text) or patient.stems & passage.all_stems:
        return False
    others = [_patient(passage, found) for sign in signs for found in sign.finditer(passage.text)]
    return any(other and (_FULL_NAME.search(other.text) or other.head.key.endswith("s")) for other in others)


def check_plans(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``planned``) for "has opened" where the article has "plans to open"; in English."""
    source = comparison.source
    claims = comparison.claims if source.is_english else ()
    done = ((claim, at) for claim in claims for at in range(1, len(claim.passage.words)) if _is_done(claim.passage, at))
    for claim, at in islice(done, MOST):
        word, things = claim.passage.words[at], _object(claim.passage, at)
        planned, happened = 0, 0
        for passage in (source.passages[each] for each in source.by_stem.get(word.stem, ())):
            for place, other in enumerate(passage.words):
                if other.stem != word.stem:
                    continue
                shared = len(things & _object(passage, place))
                if IS_PLANNED.search(passage.text[max(0, other.start - LOOK_BACK) : other.start]):
                    planned = max(planned, shared)
                elif other.key.endswith("ed"):
                    happened = max(happened, shared)
        if planned > happened:
            question = f"Has it already {word.text}?"
            detail = "in the article it is planned"
            yield claim.finding("certainty", "planned", detail, (word.start, word.end), question)


def _is_done(passage: Passage, at: int) -> bool:
    """Whether word ``at`` is a verb that says what has happened: "has opened", "The chain opened"."""
    word, before = passage.words[at], passage.words[at - 1].key
    if not word.content or not word.key.endswith("ed") or before in NO_VERB_AFTER:
        return False
    text = passage.text[max(0, word.start - LOOK_BACK) : word.start]
    return before in {"has", "have"} or (not NOT_YET.search(text) and subject_of(passage, at) is not None)


def _object(passage: Passage, at: int) -> frozenset[str]:
    return frozenset(word.stem for word in passage.words[at + 1 : at + 1 + OBJECT] if word.content)


def check_superlatives(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``one_of``) for "the largest" where the article has "one of the largest"; in English."""
    source = comparison.source
    for claim in comparison.claims if source.is_english else ():
        superlatives = list(islice(_SUPERLATIVE.finditer(claim.passage.text), MOST))
        near = nearest(claim.passage, source, NEAREST, LIKE_ENOUGH) if superlatives else ()
        for found in superlatives:
            word = re.escape(found[1])
            among = rf"\b(?:one|some|two|three|many) of (?:\w+ ){{1,3}}?{word}|among \w+ {word}"
            if any(re.search(among, passage.text, re.IGNORECASE) for passage in near):
                question = f"Is it {found[0]}, and not one of several?"
                yield claim.finding("certainty", "one_of", "the article says one of them", found.span(), question)
