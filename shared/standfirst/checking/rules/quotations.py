"""Quotations: word for word, or not in quotation marks."""

import re
from collections.abc import Iterator

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.source import Source
from standfirst.checking.lexicon.function_words import ENGLISH_FUNCTION_WORDS
from standfirst.checking.lexicon.negators import is_negator
from standfirst.domain.draft import Finding
from standfirst.text.quotations import quotations_in

_WORDS = re.compile(r"[^\W_]+")
_CONTRACTED = re.compile(r"n't\b")


def check_quotations(comparison: Comparison) -> Iterator[Finding]:
    """Findings (``quotation``) for every quotation that does not stand in the article word for word.

    Marks, capitals, points and contractions may differ, words may not: an ``error``. Only where the quoted words are
    the paper's own, nobody's quotation, and no more than small words differ, it is a ``warning``.
    """
    source = comparison.source
    found = [(claim, at) for claim in comparison.claims for at in quotations_in(claim.passage.text)]
    told = f" {_plain(source.text)} " if found else ""
    for claim, (start, end) in found:
        quoted = _plain(claim.passage.text[start:end])
        if not quoted or f" {quoted} " in told:
            continue
        if _is_narrated(quoted, source):
            yield claim.finding("quotation", "narrated", "the article says so, but not in a quotation", (start, end))
        else:
            yield claim.finding("quotation", "altered", "these words are not the article's", (start, end))


def _plain(text: str) -> str:
    folded = text.casefold().replace("’", "'").replace("can't", "cannot").replace("won't", "will not")
    return " ".join(_WORDS.findall(_CONTRACTED.sub(" not", folded).replace("'", "")))


def _is_narrated(quoted: str, source: Source) -> bool:
    """Whether the matter of ``quoted`` stands in a sentence outside quotation marks, denied or not as it is."""
    matter = _matter(quoted)
    if not matter:
        return False
    for passage in source.passages:
        narrated = _plain(_without_quotations(passage.text))
        at = f" {_matter(narrated)} ".find(f" {matter} ")
        if at >= 0 and _denials(quoted) == _denials(narrated):
            return True
    return False


def _matter(plain: str) -> str:
    return " ".join(word for word in plain.split() if word not in ENGLISH_FUNCTION_WORDS and not is_negator(word))


def _denials(plain: str) -> bool:
    return sum(map(is_negator, plain.split())) % 2 == 1


def _without_quotations(text: str) -> str:
    out, at = [], 0
    for start, end in quotations_in(text):
        out.append(text[at:start])
        at = end
    return "".join([*out, text[at:]])
