"""Quotations: word for word, or not in quotation marks."""

import re
from collections.abc import Iterator

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.source import Source
from standfirst.checking.lexicon.function_words import ENGLISH_FUNCTION_WORDS
from standfirst.checking.lexicon.negators import is_negator
from standfirst.domain.draft import Finding
from standfirst.text.quotations import quotations_in

FIRST_PERSON = frozenset(("i", "im", "ive", "me", "my", "mine", "we", "weve", "us", "our", "ours"))
_WORDS = re.compile(r"[^\W_]+")
_CONTRACTED = re.compile(r"n't\b")


def check_quotations(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``quotation``) for every quotation that does not stand in the article word for word.

    Marks, capitals, points and contractions may differ, words may not. The reason is ``title`` for the name of a work
    or a thing, which has capitals, ``narrated`` where but small words differ from what the article says, none of them a
    denial or an "I", else ``altered``.
    """
    found = [(claim, at) for claim in comparison.claims for at in quotations_in(claim.passage.text)]
    told = f" {_plain(comparison.source.text)} " if found else ""
    for claim, (start, end) in found:
        quoted = claim.passage.text[start:end]
        if _plain(quoted) and f" {_plain(quoted)} " not in told:
            if _is_title(quoted):
                reason = "title"
            else:
                reason = "narrated" if _is_narrated(_plain(quoted), comparison.source) else "altered"
            yield claim.finding("quotation", reason, "not word for word in the article", (start, end))


def _plain(text: str) -> str:
    folded = text.casefold().replace("’", "'").replace("can't", "cannot").replace("won't", "will not")
    return " ".join(_WORDS.findall(_CONTRACTED.sub(" not", folded).replace("'", "")))


def _is_narrated(quoted: str, source: Source) -> bool:
    """Returns whether a sentence of the article has the content words of ``quoted`` in a row, denied or not as here."""
    matter = _matter(quoted)
    if not matter or not FIRST_PERSON.isdisjoint(quoted.split()):
        return False
    for passage in source.passages:
        narrated = _plain(passage.text)
        if f" {matter} " in f" {_matter(narrated)} " and _denials(quoted) == _denials(narrated):
            return True
    return False


def _matter(plain: str) -> str:
    return " ".join(word for word in plain.split() if word not in ENGLISH_FUNCTION_WORDS and not is_negator(word))


def _denials(plain: str) -> bool:
    return sum(map(is_negator, plain.split())) % 2 == 1


def _is_title(quoted: str) -> bool:
    words = [word for word in _WORDS.findall(quoted) if word.casefold() not in ENGLISH_FUNCTION_WORDS]
    return len(words) > 1 and all(not word[0].islower() for word in words)
