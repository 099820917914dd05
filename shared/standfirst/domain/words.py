"""Counting words, also where a script puts no spaces between them."""

import re

_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
_SPACED_WORD = re.compile(rf"[^\W{_UNSPACED}_]+(?:['’.,:/-][^\W{_UNSPACED}_]+)*")

CHARACTERS_PER_UNSPACED_WORD = 2
"""Thai, Lao, Burmese, Khmer, Chinese and Japanese text counts one word for so many characters."""


def count_words(text: str) -> int:
    """Words in ``text``; "5,000", "don't" and "Russian-U.S." count one each."""
    unspaced = len(_UNSPACED_CHARACTER.findall(text))
    return len(_SPACED_WORD.findall(text)) + -(-unspaced // CHARACTERS_PER_UNSPACED_WORD)
