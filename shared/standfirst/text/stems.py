"""Words to their stems, so that "resigned" and "resigns" compare equal: Snowball's stemmers, by language."""

from functools import cache, lru_cache

import Stemmer

from standfirst.text.sentences import primary_subtag

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of ``word`` (lower case) in ``language`` (BCP 47); the word itself in a language nobody stems here."""
    stemmer = _stemmer(primary_subtag(language))
    found: str = stemmer.stemWord(word) if stemmer else word
    return found


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    # Without the cache of its own, which is not made for threads; the one above is.
    return Stemmer.Stemmer(_ALGORITHMS[language], 0) if language in _ALGORITHMS else None
