"""The newsroom's own words: the names and spellings of its glossary, and the words that it avoids."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from standfirst.checking.analysis.comparison import Claim, Comparison
from standfirst.checking.analysis.sentence import Passage
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.style import GlossaryTerm, HouseStyle
from standfirst.text.house_words import glossary_of, words_in_any_case
from standfirst.text.quotations import quotations_in

_WORD = re.compile(r"[^\W_]+")


def check_house_words(comparison: Comparison, draft: Draft, style: HouseStyle) -> Iterator[Finding]:
    """Warnings for what ``style`` spells otherwise (``glossary``) and what it does not write (``avoid``).

    One for each spelling in a text, at its first place. Nothing is found in a quotation that the article has word for
    word, nor is a word to avoid that is part of a name of the glossary.
    """
    if not (style.glossary or style.avoid):
        return
    told = f" {_plain(comparison.source.text)} "
    texts = {field: _without_verbatim(draft.texts.as_one(field), told) for field in draft.texts}
    seen: set[tuple[str, str, str]] = set()
    for claim in comparison.claims:
        start = claim.passage.start
        for finding in _found_in(claim, texts[claim.field][start : start + len(claim.passage.text)], style):
            key = (finding.field, finding.check, finding.text)
            if key not in seen:
                seen.add(key)
                yield finding


def without_house_names(findings: Iterable[Finding], comparison: Comparison) -> Iterator[Finding]:
    """Returns ``findings`` but those (``name``) about a name that stands there in full as the glossary has it.

    That is: each word with a capital in it is part of a right form. So "Kyiv-based" and "Holt's" may be names of the
    house as "Kyiv" and "Dana Holt" are.
    """
    if not comparison.glossary:
        yield from findings
        return
    sentences = {(claim.field, claim.sentence): claim.passage for claim in comparison.claims}
    known: dict[Passage, frozenset[int]] = {}
    for finding in findings:
        if finding.check == "name" and finding.span and finding.sentence is not None:
            sentence = sentences[finding.field, finding.sentence]
            if sentence not in known:
                known[sentence] = _house_words(sentence.text, comparison.glossary)
            start, end = (at - sentence.start for at in finding.span)
            names = {word.start() for word in _WORD.finditer(sentence.text, start, end) if word[0][0].isupper()}
            if names and names <= known[sentence]:
                continue
        yield finding


def _house_words(text: str, glossary: tuple[GlossaryTerm, ...]) -> frozenset[int]:
    """Returns where the words begin that are part of a right form."""
    right = (place for place in glossary_of(glossary).places_in(text) if place.is_right)
    return frozenset(word.start() for place in right for word in _WORD.finditer(text, place.start, place.end))


def _found_in(claim: Claim, text: str, style: HouseStyle) -> Iterator[Finding]:
    """Findings in ``text``, which is that of ``claim`` without its verbatim quotations."""
    terms = list(glossary_of(style.glossary).places_in(text))
    for start, end, term, is_right in terms:
        if not is_right:
            title = f", title “{term.title}”" if term.title else ""
            detail = f"the house style writes “{term.term}”{title}"
            yield replace(claim.finding("glossary", "wrong_form", detail, (start, end)), suggestion=term.term)
    unnamed = _blanked(text, ((place.start, place.end) for place in terms if place.is_right))
    for start, end, word in words_in_any_case(style.avoid).places_in(unnamed):
        suggestion = style.suggestions.get(word)
        detail = f"the house style avoids “{word}”" + (f" and writes “{suggestion}”" if suggestion else "")
        yield replace(claim.finding("avoid", "avoided", detail, (start, end)), suggestion=suggestion)


def _without_verbatim(text: str, told: str) -> str:
    """Returns ``text`` with blanks for the quotations whose words stand in ``told`` in the same order."""
    return _blanked(text, (at for at in quotations_in(text) if f" {_plain(text[slice(*at)])} " in told))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _blanked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Returns ``text`` with blanks at ``places``, of the same length."""
    out, at = [], 0
    for start, end in places:
        out += [text[at:start], "\n" * (end - start)]
        at = end
    return "".join([*out, text[at:]])
