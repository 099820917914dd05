"""Counting words, also where a script puts no spaces between them."""

import re
from functools import cache

UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, Chinese and Japanese, as the inside of a character class."""

CHARACTERS_PER_UNSPACED_WORD = 2
"""So many characters of those scripts count for one word."""


def count_words(text: str) -> int:
    """Words in ``text``; "5,000", "don't" and "Russian-U.S." count one each."""
    unspaced = 0 if text.isascii() else len(_unspaced_character().findall(text))
    return len(_spaced_word().findall(text)) + -(-unspaced // CHARACTERS_PER_UNSPACED_WORD)


# Compiled at first use: whoever only serves records never counts, and need not wait for it at a cold start.


@cache
def _unspaced_character() -> re.Pattern[str]:
    return re.compile(f"[{UNSPACED}]")


@cache
def _spaced_word() -> re.Pattern[str]:
    return re.compile(rf"[^\W{UNSPACED}_]+(?:['’.,:/-][^\W{UNSPACED}_]+)*")
