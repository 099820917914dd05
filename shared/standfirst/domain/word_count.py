"""Counts words, also in scripts without spaces between them."""

import re
from functools import cache, lru_cache

UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, Chinese and Japanese, for a regular expression's character class."""

CHARACTERS_PER_UNSPACED_WORD = 2
"""Characters of those scripts that count as one word."""


@lru_cache(maxsize=256)  # the reader, the writer and the checks count the same paragraphs
def count_words(text: str) -> int:
    """Returns the number of words in ``text``; "5,000", "don't" and "Russian-U.S." are one each."""
    unspaced = 0 if text.isascii() else len(_unspaced_character().findall(text))
    return len(_spaced_word().findall(text)) + -(-unspaced // CHARACTERS_PER_UNSPACED_WORD)


# Compiled at first use: a function that only serves records never counts words, so its cold start does not pay for it.


@cache
def _unspaced_character() -> re.Pattern[str]:
    return re.compile(f"[{UNSPACED}]")


@cache
def _spaced_word() -> re.Pattern[str]:
    return re.compile(rf"[^\W{UNSPACED}_]+(?:['’.,:/-][^\W{UNSPACED}_]+)*")
