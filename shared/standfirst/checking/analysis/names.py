"""Which words of a sentence are names, by their capitals."""

import re

from standfirst.checking.analysis.sentence import Passage, Word
from standfirst.checking.analysis.source import Source
from standfirst.text.sentences import primary_subtag
from standfirst.text.word_lists import word_set

LOOK_BACK = 6
"""Characters before a word that show whether a sentence, or a quotation, begins with it."""

_NO_NAMES = word_set(
    """
    i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr aug sep sept oct nov dec am pm ad bc tv mps mp dna covid
    internet english god christmas easter victorian edwardian georgian elizabethan tudor gothic id ids ceo ceos cfo coo
    mp day eve boxing former acting pm vip pr hr it ai gp gps er suv suvs cctv gdp dj pc
    """
)
"""English words with a capital that name nobody an article has to introduce; dates are looked at elsewhere."""

_NOUNS_HAVE_CAPITALS = frozenset(("de", "lb"))
"""Languages in which only two words with capitals in a row show a name."""

_STARTS = re.compile(r"(?:[.!?:…]['\"”’»)]*\s+|[\"“„«‘(]\s?|^['‘]|\s['‘]|[–—-]\s)$")
_COMMON_ENDING = re.compile(
    r"(?:ing|ed|ly|ers|ors|ists|ion|ions|ment|ments|ies|ials|ants|ents|ous|ful|al)$",
)
"""English words that end so are seldom names."""


def is_name(passage: Passage, at: int, source: Source) -> bool:
    """Whether word ``at`` of ``passage`` is a name, or part of one."""
    word = passage.words[at]
    if not word.is_capital or word.key in _NO_NAMES or not word.content or len(word.key) == 1:
        return False
    if primary_subtag(passage.language) in _NOUNS_HAVE_CAPITALS:
        return _is_beside_capital(passage, at) and word.stem not in source.stems
    return _is_name_at_start(passage, at) if _is_at_start(word, passage) else True


def _is_at_start(word: Word, passage: Passage) -> bool:
    """Whether the word has its capital from the sentence or quotation that it begins."""
    return not word.start or bool(_STARTS.search(passage.text[max(0, word.start - LOOK_BACK) : word.start]))


def _is_name_at_start(passage: Passage, at: int) -> bool:
    """Whether a word at the start is a name all the same: an acronym, or one that goes on as names do."""
    word = passage.words[at]
    if word.text.isupper() and len(word.text) > 1:
        return True
    return not _COMMON_ENDING.search(word.key) and _goes_on_as_name(passage, at)


def _goes_on_as_name(passage: Passage, at: int) -> bool:
    """Whether another capital follows."""
    return at + 1 < len(passage.words) and passage.words[at + 1].content and _are_joined_capitals(passage, at)


def _is_beside_capital(passage: Passage, at: int) -> bool:
    """Whether a word with a capital stands right after, or right before and not first in the sentence."""
    after = at + 1 < len(passage.words) and _are_joined_capitals(passage, at)
    return after or (at > 1 and _are_joined_capitals(passage, at - 1))


def _are_joined_capitals(passage: Passage, at: int) -> bool:
    """Whether the words ``at`` and after it both have capitals, and but a blank between them."""
    one, other = passage.words[at : at + 2]
    return one.is_capital and other.is_capital and passage.text[one.end : other.start] == " "
