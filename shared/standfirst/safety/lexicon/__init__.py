"""How texts talk about themselves and how machines are ordered about, in words: a file per language.

A file has sections, ``[corrections]``, of phrases in small letters that semicolons part; ``*`` stands for any rest of a
word. What each section is for stands in ``en.txt``.
"""

import re
from collections.abc import Sequence
from functools import cache

from standfirst.text.phrase_files import sections_by_language

UNSPACED = frozenset({"ja", "zh"})
_WRITTEN_AS = {"nb": "no", "nn": "no"}


@cache
def languages() -> tuple[str, ...]:
    """Returns the languages that have a file."""
    return tuple(sections_by_language(__name__))


@cache
def phrases(language: str, section: str) -> Sequence[str]:
    """Returns the phrases of ``section``, the longest first; none for a language without a file."""
    language = _WRITTEN_AS.get(language, language)
    sections = sections_by_language(__name__).get(language, {})
    return sorted(sections.get(section, ()), key=len, reverse=True)


@cache
def pattern_of(phrase: str, language: str) -> str:
    """Returns a pattern of ``phrase`` in whole words, if ``language`` has spaces between words."""
    text = re.escape(phrase).replace(r"\ ", r"\s").replace(r"\*", r"\w*").replace("'", "['’]")
    before = r"(?<!\w)" if phrase[0].isalnum() and language not in UNSPACED else ""
    after = r"(?!\w)" if phrase[-1].isalnum() and language not in UNSPACED else ""
    return f"{before}{text}{after}"


@cache
def last_words(language: str) -> frozenset[str]:
    """Returns the words that no text in ``language`` ends with: conjunctions, articles, some prepositions."""
    return frozenset(phrases(language, "unfinished"))
