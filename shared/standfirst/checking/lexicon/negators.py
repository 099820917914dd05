"""The English words that deny."""

import re

from standfirst.text.word_lists import any_of, word_set

_NEGATORS = """
    not no never nor neither none nobody nothing without cannot can't won't don't doesn't didn't isn't aren't wasn't
    weren't hasn't haven't hadn't couldn't wouldn't shouldn't mustn't needn't ain't nowhere hardly barely scarcely
    fail failed fails failing
"""
_NEGATOR_WORDS = word_set(_NEGATORS)
_NEGATOR = re.compile(rf"\b(?:{any_of(_NEGATORS)})\b")


def is_negator(word: str) -> bool:
    """Returns whether ``word`` (lower case, straight apostrophe) denies what follows."""
    return word in _NEGATOR_WORDS


def has_negator(text: str) -> bool:
    """Returns whether any word of ``text`` denies what follows."""
    return bool(_NEGATOR.search(text.replace("’", "'").casefold()))
