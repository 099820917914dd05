"""Lists of words as they are easiest to read, one string each, made into sets and patterns."""

import re


def word_set(words: str) -> frozenset[str]:
    """The words of ``words``."""
    return frozenset(words.split())


def any_of(words: str) -> str:
    """The text of a pattern of any of ``words``; the first that fits is taken.

    ``_`` stands for a blank, ``*`` for any rest of a word and ``+`` for a rest that is not empty.
    """
    return "|".join(
        word.replace("_", " ").replace("*", r"\w*").replace("+", r"\w+") for word in dict.fromkeys(words.split())
    )


def whole_words(words: str, *patterns: str) -> re.Pattern[str]:
    """A pattern of any of ``words``, or else of ``patterns``, as whole words in any case."""
    return re.compile(rf"\b(?:{'|'.join((any_of(words), *patterns))})\b", re.IGNORECASE)
