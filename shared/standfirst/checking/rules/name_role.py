"""Name and role: who did it to whom, who is "former", and who is "he"."""

import re
from collections.abc import Iterator
from itertools import islice

from standfirst.checking.analysis.comparison import Claim, Comparison
from standfirst.checking.analysis.parties import Act, acts_in, last_name
from standfirst.checking.analysis.sentence import Passage, Word
from standfirst.checking.analysis.source import Source
from standfirst.checking.lexicon.clauses import BREAKS, PREPOSITIONS
from standfirst.checking.lexicon.people import KIN, TITLES
from standfirst.checking.lexicon.statuses import STATUSES
from standfirst.domain.draft import Finding
from standfirst.text.word_lists import whole_words

MOST = 50
"""Verbs, statuses and sentences of a draft that are looked at: far more than a summary has."""

STATUS_REACH = 8
"""Words from "former" to the name that it is said of, at most."""

_HE = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
_MALE = whole_words(
    "he him his himself mr man men male boy* father* son sons brother* husband* king prince lord sir actor guy"
)
_FEMALE = whole_words(
    "she her hers herself mrs ms miss woman women female girl* mother* daughter* sister* wife queen princess lady dame "
    "actress"
)
_PRONOUNS = ((_HE, _MALE, _SHE), (_SHE, _FEMALE, _HE))
"""A pronoun, what shows that the article may mean it, and the other one."""


def check_exchanged(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``exchanged``) for a verb whose parties the article has the other way round; in English."""
    source = comparison.source
    forms = source.lexicon.verb_forms
    acts = list(islice(((claim, act) for claim in comparison.claims for act in acts_in(claim.passage, forms)), MOST))
    verbs = {act.verb for _, act in acts}
    told = forms.keys() & source.keys if verbs else ()
    used = {key: forms[key] for key in told if any(form.verb in verbs for form in forms[key])}
    known = [act for passage in source.passages if used for act in acts_in(passage, used)]
    for claim, act in acts:
        others = [other for other in known if other.verb == act.verb]
        if any(_are_exchanged(act, other) for other in others) and not any(_are_same(act, other) for other in others):
            detail = "the article has it the other way round"
            question = f"Is {act.patient.text} the one that was {act.verb} by {act.agent.text}?"
            yield claim.finding("name_role", "exchanged", detail, (act.word.start, act.word.end), question)


def _are_exchanged(one: Act, other: Act) -> bool:
    """Whether each has the other's agent as its patient, and neither party stays in its place."""
    crossed = one.agent.stems & other.patient.stems and one.patient.stems & other.agent.stems
    return bool(crossed) and not one.agent.stems & other.agent.stems and not one.patient.stems & other.patient.stems


def _are_same(one: Act, other: Act) -> bool:
    return bool(one.agent.stems & other.agent.stems and one.patient.stems & other.patient.stems)


def check_status(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``status``) for a "former" or "acting" that the article does not have of the person."""
    source = comparison.source
    claims = comparison.claims if source.is_english else ()
    added = (
        (claim, found, signs)
        for claim in claims
        for status, signs in STATUSES
        for found in status.finditer(claim.passage.text)
    )
    for claim, found, signs in islice(added, MOST):
        phrase, name = _bearer(claim.passage, found)
        if name and not _is_known_of(name[-1], phrase[0].stem, found[0], signs, source):
            shown = claim.passage.text[name[0].start : name[-1].end]
            question = f"Is “{found[0].lower()}” said of {shown}?"
            yield claim.finding("name_role", "status", "the article does not say so", found.span(), question)


def _is_known_of(surname: Word, first: str, status: str, signs: re.Pattern[str], source: Source) -> bool:
    """Whether the article does not name the person, or has a sign of the status in a sentence that does, or the next.

    "A former vice president", of nobody by name, may be the person too.
    """
    places = [at for at, passage in enumerate(source.passages) if surname.stem in passage.stems]
    is_near = any(signs.search(passage.text) for at in places for passage in source.passages[at : at + 2])
    return not places or is_near or any(_has_unnamed(passage, status, first) for passage in source.passages)


def _has_unnamed(passage: Passage, status: str, first: str) -> bool:
    """Whether the status stands before the word ``first``, by its stem, and no name follows."""
    found = re.finditer(rf"\b{re.escape(status)}", passage.text, re.IGNORECASE)
    phrases = (_bearer(passage, each) for each in found)
    return any(not name and phrase and phrase[0].stem == first for phrase, name in phrases)


def _bearer(passage: Passage, status: re.Match[str]) -> tuple[list[Word], list[Word]]:
    """The phrase that a status begins, and the name at its end, without titles; no name for several people."""
    phrase: list[Word] = []
    end = status.end()
    dates = {date.start for date in passage.dates}
    for word in passage.words:
        if word.end > status.end():
            is_apart = word.start in dates or passage.text[end : word.start].strip(" -.")
            if is_apart or len(phrase) == STATUS_REACH or word.key in PREPOSITIONS or word.key in BREAKS:
                break
            phrase.append(word)
            end = word.end
    named = phrase[: 1 + max((at for at, word in enumerate(phrase) if word.is_capital), default=-1)]
    is_plural = any(word.key.endswith("s") and not word.is_capital for word in named)
    return phrase, [] if is_plural else [word for word in last_name(named) if word.key not in TITLES]


def check_pronouns(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``pronoun``) for "he" of somebody whom the article only calls "she", and the reverse."""
    source = comparison.source
    claims = comparison.claims if source.is_english else ()
    for pronoun, signs, other in _PRONOUNS:
        if not any(pronoun.search(claim.passage.text) for claim in claims) or signs.search(source.text):
            continue
        for claim, before in islice(zip(claims, (None, *claims), strict=False), MOST):
            found = pronoun.search(claim.passage.text)
            name = _only_name(claim, before, found.start()) if found else []
            if found and name and _is_called(name[-1], other, source):
                question = f"Is {' '.join(word.text for word in name)} “{found[0].lower()}”?"
                detail = "the article has another pronoun"
                yield claim.finding("name_role", "pronoun", detail, found.span(), question)


def _only_name(claim: Claim, before: Claim | None, at: int) -> list[Word]:
    """The only name before a pronoun in its sentence, or else in the sentence before."""
    words = tuple(word for word in claim.passage.words if word.start < at)
    if not any(word.is_capital and word.content for word in words):
        words = before.passage.words if before and before.field == claim.field else ()
    name = last_name(words)
    others = [word for word in words if word.is_capital and word.content and word not in name]
    return [] if others or any(word.key in KIN for word in words) else name


def _is_called(surname: Word, pronoun: re.Pattern[str], source: Source) -> bool:
    """Whether the article has ``pronoun`` in a sentence with the name, or the next."""
    places = [at for at, passage in enumerate(source.passages) if surname.stem in passage.stems]
    return any(pronoun.search(passage.text) for at in places for passage in source.passages[at : at + 2])
