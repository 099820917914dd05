"""How texts talk about themselves and how machines are ordered about, in words: a file per language.

A file has sections, ``[corrections]``, of phrases in small letters that semicolons part; ``*`` stands for any rest of a
word. What each section is for stands in ``en.txt``.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

LANGUAGES = tuple("ar cs da de en es fi fr it ja nl no pl pt ru sv tr uk zh".split())

_SECTION = re.compile(r"\[([a-z ]+)\]")
UNSPACED = frozenset({"ja", "zh"})


@cache
def phrases(language: str, section: str) -> Sequence[str]:
    """Returns the phrases of ``section``, the longest first; none for a language without a file."""
    return sorted(_read(language).get(section, ()), key=len, reverse=True) if language in LANGUAGES else ()


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


@cache
def _read(language: str) -> Mapping[str, set[str]]:
    sections, section = defaultdict[str, set[str]](set), ""
    text = files(__name__).joinpath(f"{language}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if heading := _SECTION.fullmatch(line):
            section = heading[1]
        elif line and not line.startswith("# "):
            sections[section].update(phrase for phrase in map(str.strip, line.split(";")) if phrase)
    return sections
