"""How texts talk about themselves and how machines are ordered about, in words: a file per language.

A file has sections, ``[corrections]``, of phrases in small letters that semicolons part; ``*`` stands for any rest of a
word. What each section is for stands in ``en.txt``.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from standfirst.text.phrase_files import sections_by_language

UNSPACED = frozenset({"ja", "zh"})
_UNSPACED_LETTER = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_WORDS = re.compile(r"[^\W\d_]+")
_AND = {
    "de": "und bitte dann sondern stattdessen",
    "en": "and please kindly then now instead just always to must should",
    "es": "y por_favor luego después",
    "fr": "et puis alors plutôt",
    "it": "e poi invece",
    "nl": "en dan graag",
    "pt": "e depois por_favor favor",
}
"""Words before an imperative within a clause, in languages whose imperatives are other forms of a verb too."""
ADDRESSED = ("machine", "condenses", "output", "given")
"""Sections of what names a machine or its text."""
_JOINED = {"ar": "[وفلب]?"}
"""Letters that are written as one with the word behind them."""
_CLAUSE = r"(?:^|[.!?:;,\n\"“”«»‘'()\[\]#>*–—-]\s{{0,3}}|(?<!\w)(?:{})\s)"
_HEAD = 3
"""Letters by which the beginnings of words are looked up."""
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
def section_pattern(language: str, *sections: str) -> re.Pattern[str]:
    """Returns a pattern of any phrase of ``sections``, in small letters.

    What all phrases share stands once in it, which makes it ten times as fast as ``pattern_of`` each.
    """
    any_of = "|".join(
        re.escape(phrase).replace(r"\ ", r"\s").replace(r"\*", r"\w*").replace("'", "['’]")
        for section in sections
        for phrase in phrases(language, section)
    )
    if language in UNSPACED:
        return re.compile(any_of)
    return re.compile(rf"(?<!\w){_JOINED.get(language, '')}(?:{any_of})(?!\w)")


@cache
def imperative_pattern(language: str, section: str) -> re.Pattern[str]:
    """Returns a pattern of the phrases of ``section``, where ``language`` has its imperatives.

    Where an imperative may be another form of the verb too, only at the start of a clause.
    """
    before = _CLAUSE.format("|".join(_AND[language].split()).replace("_", r"\s")) if language in _AND else ""
    return re.compile(f"{before}(?:{section_pattern(language, section).pattern})")


def languages_addressed(lowered: str, words: AbstractSet[str]) -> list[str]:
    """Returns the languages of which a phrase may stand in ``lowered`` that names a machine or its text.

    ``words`` are those of ``lowered``.
    """
    whole, begun = _rare_words()
    found = set[str]().union(*(whole[word] for word in words & whole.keys()))
    for head in begun.keys() & {*lowered, *(word[:_HEAD] for word in words)}:
        found.update(*(spoken for begin, spoken in begun[head].items() if begin in lowered))
    return sorted(found if _UNSPACED_LETTER.search(lowered) else found - UNSPACED)


@cache
def _rare_words() -> tuple[Mapping[str, set[str]], Mapping[str, Mapping[str, set[str]]]]:
    """Returns the longest words of the phrases that say who is addressed, and the beginnings of such words.

    These stand under their first letters, or under the first character if they may stand within a word.
    """
    whole = defaultdict[str, set[str]](set)
    begun = defaultdict[str, defaultdict[str, set[str]]](lambda: defaultdict(set))
    for language in languages():
        for phrase in (each for section in ADDRESSED for each in phrases(language, section)):
            is_whole = language not in UNSPACED and language not in _JOINED
            words = [word for word in phrase.split() if "*" not in word] if is_whole else []
            if words:
                whole[max(_WORDS.findall(" ".join(words)), key=len)].add(language)
            else:
                begin = max(re.split(r"[*\s]", phrase), key=len)
                is_first = is_whole and f"*{begin}" not in phrase and begin[:_HEAD].isalpha() and len(begin) >= _HEAD
                begun[begin[:_HEAD] if is_first else begin[0]][begin].add(language)
    return whole, begun


@cache
def last_words(language: str) -> frozenset[str]:
    """Returns the words that no text in ``language`` ends with: conjunctions, articles, some prepositions."""
    return frozenset(phrases(language, "unfinished"))
