"""Whether a sentence is in another language than its article: by script, by stop words, then by a detector.

A detector alone needs more than a sentence: it is asked about one without a stop word that only the article's language
has. What is in quotation marks may be in any language, and so may names and titles.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from stopwordsiso import langs, stopwords

from standfirst.text.detector import KIN, recognise
from standfirst.text.quotations import quotations_in
from standfirst.text.sentences import primary_subtag

_SCRIPTS = {
    "Latn": r"A-Za-z\u00c0-\u024f",
    "Cyrl": r"\u0400-\u052f",
    "Grek": r"\u0370-\u03ff",
    "Arab": r"\u0600-\u06ff",
    "Hebr": r"\u0590-\u05ff",
    "Deva": r"\u0900-\u097f",
    "Thai": r"\u0e00-\u0e7f",
    "Kana": r"\u3040-\u30ff",
    "Hani": r"\u4e00-\u9fff",
    "Hang": r"\uac00-\ud7af",
}
_LETTER = re.compile("|".join(f"(?P<{name}>[{letters}])" for name, letters in _SCRIPTS.items()))
_WEIGHTS = {"Hani": 3, "Kana": 2, "Hang": 3}
"""A letter of these says as much as so many of an alphabet."""

_LISTED_AS = {"nb": "no", "nn": "no"}
"""Under which code stopwordsiso has a language."""

_COMPARED = ("cs", "da", "de", "en", "es", "fi", "fr", "it", "nl", "no", "pl", "pt", "ru", "sv", "tr", "uk")
_NOT_ENGLISH = frozenset(("de", "et", "la", "non", "un"))
"""Words of names and of Latin in the English list of stopwordsiso."""
_KIN = ({"da", "no", "sv"}, {"es", "pt"}, {"ru", "uk"})
"""Languages that share too many short words to be told apart in a sentence."""

_TOLD_ALIKE = ({"da", "nb", "nn", "no", "sv"}, *KIN)
"""Languages that the detector does not tell apart in a sentence."""

LEAST_OF_ARTICLE = 0.25
"""A script with a larger share of the story's letters is the article's; what somebody planted has a smaller one."""

MOST_OWN = 0.2
"""A sentence is in another script if a smaller share of its letters is in those of the article."""

LEAST_LETTERS = 15
"""Letters, weighed, from which on the script of a sentence counts: a name may be in any."""

LEAST_KANA, MOST_HAN = 6, 60
"""Weighed letters: more of the first are no Chinese, more of the second without any kana no Japanese."""

LEAST_WORDS = 2
"""Words of another language, names and titles aside, and two more for each word of the article's."""

MOST_SHARED = 4
"""A sentence with more stop words of the article's language is in it."""

LEAST_TOLD, LEAST_SURE = 4, 0.8
"""So many words tell a detector their language; and how sure of it, from 0 to 1, it has to be."""

_TITLE = re.compile("《[^《》]*》")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAMPLE = 4_000


class _LanguageProfile(NamedTuple):
    scripts: frozenset[str]
    language: str
    letters: frozenset[str]


@lru_cache(maxsize=512)  # what leaves out orders, the writer and the checks ask about the same sentences
def is_in_other_language(sentence: str, story: str, language: str) -> bool:
    """Returns whether ``sentence`` is in another language than ``story``, whose declared one is ``language``."""
    unquoted = _unquoted(sentence)
    article = _profile_of(story, primary_subtag(language))
    is_plain = unquoted.isascii() and "Latn" in article.scripts
    if not is_plain and _is_in_other_script(_letters(unquoted), article.scripts):
        return True
    if not _stop_words(article.language):
        return False
    words = _WORD.findall(unquoted)
    return _has_stop_words_of_another(words, article) or (
        len(words) >= LEAST_TOLD and _is_detected_as_other(unquoted, words, article.language)
    )


def _has_stop_words_of_another(words: Sequence[str], article: _LanguageProfile) -> bool:
    unusual = {word for word in words if not word.isascii() and word[0].islower()}
    strange = sum(not article.letters.issuperset(word) for word in unusual)
    if len(_any_other(article.language).intersection(words)) + strange < LEAST_WORDS:
        return False
    said, small = frozenset(map(str.lower, words)), frozenset({word for word in words if word[0].islower()})
    return any(
        len(small & theirs) + strange >= LEAST_WORDS + 2 * len(said & ours)
        for theirs, ours in _others(article.language)
    )


def _is_detected_as_other(sentence: str, words: Sequence[str], language: str) -> bool:
    """Returns whether the detector is sure of another language, and no stop word of ``language`` says otherwise."""
    if not _in_no_other(language).isdisjoint(map(str.lower, words)):
        return False
    own, said = _stop_words(language), frozenset(map(str.lower, words))
    if len(said & own) > MOST_SHARED:
        return False
    theirs, sureness = recognise(sentence)
    is_alike = theirs == language or any({theirs, language} <= kin for kin in _TOLD_ALIKE)
    return sureness >= LEAST_SURE and not is_alike and said.isdisjoint(own - _stop_words(theirs))


def _is_in_other_script(letters: Mapping[str, int], known: frozenset[str]) -> bool:
    total = sum(letters.values())
    if not known or total < LEAST_LETTERS:
        return False
    kana, han = letters.get("Kana", 0), letters.get("Hani", 0)
    # Japanese and Chinese share characters, but hardly a sentence of Japanese has no kana.
    is_other_han = kana > LEAST_KANA if "Kana" not in known else han > MOST_HAN and not kana
    own = sum(count for script, count in letters.items() if script in known)
    return own < MOST_OWN * total or ("Hani" in known and is_other_han)


def _unquoted(text: str) -> str:
    rest, at = "", 0
    for start, end in quotations_in(text):
        rest, at = f"{rest}{text[at:start]} ", end
    return _TITLE.sub(" ", rest + text[at:])


def _letters(text: str) -> Counter[str]:
    counts = Counter[str]()
    for letter, count in Counter(text).items():
        if script := _script_of(letter):
            counts[script] += count * _WEIGHTS.get(script, 1)
    return counts


@lru_cache(maxsize=4_096)
def _script_of(character: str) -> str | None:
    found = _LETTER.match(character)
    return found and found.lastgroup


@lru_cache(maxsize=8)
def _profile_of(text: str, language: str) -> _LanguageProfile:
    sample = text[:_SAMPLE]
    letters = _letters(sample)
    total = sum(letters.values())
    scripts = frozenset(script for script, count in letters.items() if count >= LEAST_OF_ARTICLE * total)
    if scripts & {"Kana", "Hani"}:
        scripts |= {"Hani"}
    words = frozenset(_WORD.findall(sample.lower()))
    counts = {each: len(words & _stop_words(each)) for each in _COMPARED}
    likeliest = max(_COMPARED, key=lambda each: counts[each])
    own = len(words & _stop_words(language))
    # A system that declares its own language, not the text's, is believed only where the text does not tell otherwise.
    is_other = counts[likeliest] > 2 * own and language in {*_COMPARED, "und"}
    main = likeliest if is_other else language
    return _LanguageProfile(scripts, main, _letters_of(main).union(text.lower()))


@cache
def _stop_words(language: str) -> frozenset[str]:
    words = frozenset(stopwords(_LISTED_AS.get(language, language)))
    return words - _NOT_ENGLISH if language == "en" else words


@cache
def _letters_of(language: str) -> frozenset[str]:
    """Returns the letters of the stop words of ``language``."""
    return frozenset().union(*_stop_words(language))


@cache
def _in_no_other(language: str) -> frozenset[str]:
    """Returns the stop words of ``language`` that are none of any other one: what has one needs no detector."""
    return _stop_words(language) - stopwords(langs() - {_LISTED_AS.get(language, language)})


@cache
def _others(language: str) -> Sequence[tuple[frozenset[str], frozenset[str]]]:
    """Returns the stop words of each other language that ``language`` has not, and those that only ``language`` has."""
    own = _stop_words(language)
    kin = {language}.union(*(group for group in _KIN if language in group))
    return [(_stop_words(each) - own, own - _stop_words(each)) for each in _COMPARED if each not in kin]


@cache
def _any_other(language: str) -> frozenset[str]:
    return frozenset[str]().union(*(theirs for theirs, _ in _others(language)))
