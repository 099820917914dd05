"""A text taken apart for comparison: its sentences, and the words, figures and dates of each."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from stopwordsiso import stopwords

from standfirst.checking.lexicon.function_words import ENGLISH_FUNCTION_WORDS
from standfirst.text.dates import Mention, dates_in
from standfirst.text.numbers.quantities import PERCENT, Figure, figures_in, overlaps
from standfirst.text.sentences import primary_subtag, split_sentences
from standfirst.text.stems import stem

FEWEST_IN_CLAUSE = 3
"""Content words; a shorter piece stays with the next one, and a shorter last one with the one before."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’.&\u00ad\u2010\u2011-][^\W_]+)*")
_HYPHENS = str.maketrans({"\u00ad": "", "\u2010": "-", "\u2011": "-", "’": "'"})
_IN_ONE_NAME = frozenset((" ", ". ", "\u00a0"))
_POSSESSIVE = re.compile(r"['’]s?$")
_CONJUNCTIONS = "and|but|while|whereas|although|though|after|before|because|as well as|rather than|which|who|with"
_CLAUSE_END = re.compile(rf"[,;:–—]\s|\s(?=(?:{_CONJUNCTIONS})\s)")


class Word(NamedTuple):
    """One word: as it stands, where, its form in lower case without points or possessive, and its stem.

    ``content`` is false for function words and for the words of a figure.
    """

    text: str
    start: int
    end: int
    key: str
    stem: str
    content: bool

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True)
class Passage:
    """One sentence. ``place`` is the paragraph it stands in (of a source) and ``start`` where it begins in its text."""

    text: str
    language: str
    place: int
    start: int = 0

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words in order; those of a figure ("million", "pounds") are there, but carry no matter of their own."""
        figures, words, end = self.figures, [], 0
        for text in _WORD.findall(self.text):
            start = self.text.index(text, end)
            end = start + len(text)
            if not text[0].isdigit() or any(map(str.isalpha, text)):
                key, its_stem, has_matter = _forms(text, self.language)
                is_content = has_matter and not (figures and overlaps(figures, start, start + 1))
                words.append(Word(text, start, end, key, its_stem, is_content))
        return tuple(words)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures in order."""
        return figures_in(self.text, self.language)

    @cached_property
    def plain_figures(self) -> tuple[Figure, ...]:
        """The figures that are no day of a month, no part of "1/3" or "2024/25", and not a mere "1"."""
        days = [(date.start, date.end) for date in self.dates if date.day]
        days += [(each.start, each.end) for each in self.figures if each.unit == PERCENT and each.spelt]
        return tuple(
            figure
            for figure in self.figures
            if not any(start <= figure.start < end for start, end in days if end - start > figure.end - figure.start)
            and (figure.unit or figure.value != 1)
            and "/" not in (self.text[figure.start - 1 : figure.start], self.text[figure.end : figure.end + 1])
        )

    @cached_property
    def plain_starts(self) -> frozenset[int]:
        """Where these begin."""
        return frozenset(figure.start for figure in self.plain_figures)

    @cached_property
    def dates(self) -> tuple[Mention, ...]:
        """Its dates and weekdays in order; in English."""
        return dates_in(self.text) if primary_subtag(self.language) == "en" else ()

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its content words."""
        return frozenset(word.stem for word in self.words if word.content)

    @cached_property
    def all_stems(self) -> frozenset[str]:
        """The stems of all its words."""
        return frozenset(word.stem for word in self.words)

    @cached_property
    def clauses(self) -> tuple["Passage", ...]:
        """It in pieces that each say one thing; their ``start`` counts from its beginning."""
        contents = [word.start for word in self.words if word.content]
        pieces: list[Passage] = []
        start = 0
        for end in (*(found.end() for found in _CLAUSE_END.finditer(self.text)), len(self.text)):
            before, here = (bisect_left(contents, at) for at in (start, end))
            rest = len(contents) - here
            if here - before >= FEWEST_IN_CLAUSE and (rest >= FEWEST_IN_CLAUSE or not rest):
                pieces.append(Passage(self.text[start:end], self.language, self.place, start))
                start = end
        return tuple(pieces) or (Passage(self.text, self.language, self.place),)


def capital_runs(passage: Passage) -> Iterator[list[int]]:
    """Yields the indexes of the words with capitals that stand together, with but a blank or a point between them."""
    run: list[int] = []
    for at, word in enumerate(passage.words):
        if run and not _goes_on(passage.words[run[-1]], word, passage):
            yield run
            run = []
        if word.is_capital and (word.content or run):
            run.append(at)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _goes_on(word: Word, following: Word, passage: Passage) -> bool:
    """Returns whether two words may be one name: "Atlanta’s Tess" is none."""
    is_possessive = _POSSESSIVE.search(word.text.replace("’", "'"))
    return not is_possessive and passage.text[word.end : following.start] in _IN_ONE_NAME


def passages_of(text: str, language: str, place: int) -> list[Passage]:
    """The sentences of ``text``, each with where it begins."""
    return placed(split_sentences(text, language), text, language, place)


def placed(sentences: Iterable[str], text: str, language: str, place: int) -> list[Passage]:
    """The ``sentences`` of ``text``, each with where it begins."""
    out, at = [], 0
    for sentence in sentences:
        at = text.index(sentence, at)
        out.append(Passage(sentence, language, place, at))
        at += len(sentence)
    return out


@lru_cache(maxsize=50_000)
def _forms(text: str, language: str) -> tuple[str, str, bool]:
    """The key and the stem of a word, and whether it has matter of its own: acronyms have ("US", "IT")."""
    key = _POSSESSIVE.sub("", text.translate(_HYPHENS)).casefold().replace(".", "")
    is_acronym = text.isupper() and len(key) > 1
    has_matter = is_acronym or key not in _function_words(primary_subtag(language))
    return key, stem(key, language), has_matter


@cache
def _function_words(language: str) -> frozenset[str]:
    """Words without matter. The English list of the library holds many that a claim may turn on ("kept", "million")."""
    return ENGLISH_FUNCTION_WORDS if language == "en" else frozenset(stopwords(language))
