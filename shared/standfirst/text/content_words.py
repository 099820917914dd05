"""The words of a text that carry its matter: no stop words, one spelling for one word."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from stopwordsiso import stopwords

from standfirst.domain.word_count import UNSPACED
from standfirst.text.sentences import primary_subtag

_TOKEN = re.compile(rf"[{UNSPACED}]+|[^\W{UNSPACED}_]+(?:['’.,-][^\W{UNSPACED}_]+)*")
_UNSPACED_RUN = re.compile(rf"[{UNSPACED}]")
_ARABIC_ARTICLE = re.compile(
    r"^(?:[وبكف]?ال|لل)(?=\w{3})"
)  # written as one with the word, and "and", "in", "as" before
_POSSESSIVE = re.compile(r"['’]s?$")
_THOUSANDS = re.compile(r"(?<=\d)[.,'’](?=\d{3}(?!\d))")


def content_words(text: str, language: str) -> list[str]:
    """Content words of ``text`` in order, folded in case, with repetitions.

    "Russia's" counts as "russia" and "5,000" as "5000". A script without spaces gives pairs of neighbouring
    characters instead of words: they need no dictionary and serve comparison as well. The Arabic article goes.
    """
    language = primary_subtag(language)
    words = (_content_word(word, language) for token in _TOKEN.findall(text.casefold()) for word in _words_of(token))
    return [word for word in words if word is not None]


def _words_of(token: str) -> Sequence[str]:
    if not token.isascii() and _UNSPACED_RUN.match(token):
        return [token[at : at + 2] for at in range(max(1, len(token) - 1))]
    return (token,)


@lru_cache(maxsize=20_000)
def _content_word(word: str, language: str) -> str | None:
    """Returns ``word`` in its one spelling; ``None`` for a stop word."""
    plain = _THOUSANDS.sub("", _POSSESSIVE.sub("", word)).replace("’", "'")
    return None if plain in _stop_words(language) else _ARABIC_ARTICLE.sub("", plain)


@cache
def _stop_words(language: str) -> frozenset[str]:
    """Stop words of one language (two letters); none for a language nobody has listed."""
    return frozenset(stopwords(language))


def shared_words(text: str, headline: str, language: str) -> float:
    """The share (0 to 1) of the content words of ``headline`` that ``text`` repeats; 0 for a headline without any."""
    wanted = frozenset(content_words(headline, language))
    return len(wanted.intersection(content_words(text, language))) / len(wanted) if wanted else 0.0
