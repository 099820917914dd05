"""Leaks: what no standfirst holds, and a model writes that followed somebody's orders."""

import re
from collections.abc import Iterator
from itertools import pairwise

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.lexicon.function_words import ENGLISH_FUNCTION_WORDS
from standfirst.domain.draft import Finding
from standfirst.domain.texts import TEXTS
from standfirst.safety.forbidden_content import unprintable_in

_WORD = re.compile(r"\w+")
_BEGINS_SMALL = re.compile(r"^[a-zà-öø-ÿ][^\W\d_A-Z]*\s")
_BREAKS_OFF = re.compile(r"[^.!?…。！？؟۔।\"'”’»)\]」』]\s*$")


def check_leaks(comparison: Comparison) -> Iterator[Finding]:
    """Findings (``instruction``) for addresses, code, emoji, orders, talk to the reader or about the text itself.

    An ``error``; talk is a ``warning`` where the article itself talks so: then an editor decides.
    """
    yield from _fragments(comparison)
    yield from _obeyed(comparison)
    for claim in comparison.claims:
        text = claim.passage.text
        for found in unprintable_in(text, comparison.source.language):
            said = text[found.start : found.end].casefold()
            is_the_articles = not found.never and said in comparison.source.talk
            reason = "article_talk" if is_the_articles else "unprintable"
            yield claim.finding("instruction", reason, found.detail, (found.start, found.end))


def _obeyed(comparison: Comparison) -> Iterator[Finding]:
    """Words in a row that stand in the text that gives orders, and nowhere else in the article."""
    source = comparison.source
    if not source.left_out:
        return
    ordered, told = (f" {_plain(text)} " for text in (source.left_out, source.text))
    for claim in comparison.claims if ordered.strip() else ():
        words = _plain(claim.passage.text).split()
        for first, second in pairwise(words):
            run = f" {first} {second} "
            if run in ordered and run not in told and not _is_small(first, second):
                yield claim.finding("instruction", "obeyed", "the words of an order to a machine")
                break


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _is_small(*words: str) -> bool:
    return ENGLISH_FUNCTION_WORDS.issuperset(words)


def _fragments(comparison: Comparison) -> Iterator[Finding]:
    """What begins or ends in the middle of a sentence, as something stuck on does, and is not the article's own."""
    for field in (kind.name for kind in TEXTS if kind.is_prose):
        claims = [claim for claim in comparison.claims if claim.field == field]
        for claim, broken, detail in (
            *((claim, _BEGINS_SMALL, "begins in the middle of a sentence") for claim in claims[:1]),
            *((claim, _BREAKS_OFF, "breaks off") for claim in claims[-1:]),
        ):
            if broken.search(claim.passage.text) and not comparison.source.tells(claim.passage.text):
                yield claim.finding("instruction", "fragment", detail)
