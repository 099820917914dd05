"""The kind of a text by how it is built: a recipe has quantities, a live blog times, an interview questions."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from standfirst.domain.article import ArticleKind
from standfirst.domain.word_count import count_words
from standfirst.reading.boilerplate.paragraphs import ends_sentence
from standfirst.text.phrase_files import sections_by_language

_MOST_LINES = 400
"""Lines that are looked at: what a text is shows in them."""

_SHORT = 15
"""Words of a heading, an ingredient or a question without an answer in it."""

_INGREDIENT = re.compile(r"\W{0,3}(?:\d{1,4}(?:[.,/–-]\d{1,3})?\s?[¼½¾⅓⅔]?|[¼½¾⅓⅔])\s?([^\W\d_]{1,20})\b")
_METRIC = frozenset({"g", "kg", "mg", "l", "dl", "cl", "ml", "oz", "lb", "lbs"})
_LEAST_INGREDIENTS, _LEAST_MEASURED = 4, 3

_WORD = re.compile(r"[^\W\d_]+")
_SYMBOLS = frozenset("♈♉♊♋♌♍♎♏♐♑♒♓")
_LEAST_SIGNS = 9

_LEAST_FIGURES = 0.3
"""Share of the words that have a figure in them; in news it is 6 %, in business news 15 %."""
_SCORE = re.compile(r"\b\d{1,3}\s?[-–:]\s?\d{1,3}\b")
_LEAST_SCORES, _SHARE_OF_SCORES = 4, 0.6

_CLOCK = re.compile(r"\W{0,6}([01]?\d|2[0-3])[:.h]([0-5]\d)(?![\d.:/])")
_LEAST_TIMES, _SHARE_OF_TIMES, _IN_ORDER = 4, 0.25, 0.8

_QUESTION_ENDS = ("?", "？", "؟")
_CLOSING = " *_”“\"'»«)’"
_MARKED_QUESTION = re.compile(
    r"\W{0,4}(Q|P|F|D|S|В|Question|Frage|Pregunta|Pergunta|Domanda|Vraag)\s?[.:]\s", re.IGNORECASE
)
_LEAST_QUESTIONS, _SHARE_OF_QUESTIONS = 4, 0.25

_NUMBERED = re.compile(r"\W{0,4}(\d{1,2})\s?[.):]\s+\S")
_LEAST_NUMBERED, _SHARE_OF_HEADINGS = 4, 0.8

_LIFE = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)\s?[–-]\s?(1[89]\d\d|20\d\d)(?!\d)")
_SHORTEST_LIFE, _LONGEST_LIFE = 16, 115

_STARS = frozenset("★☆⭐✭✩")
_MOST_STARS = 10

_END_LINES = 8

_QUOTE = re.compile('["“”„«»]')
_DASHES = ("–", "—", "-")
_LEAST_PERSONAL, _SHARE_OF_PERSONAL = 3, 0.3


def kind_of_text(headline: str, lines: Sequence[str], language: str) -> ArticleKind | None:
    """Returns the kind of a text with ``lines`` under ``headline``; ``None`` for one that may be news."""
    lines = lines[:_MOST_LINES]
    rules: Mapping[ArticleKind, Callable[[], bool]] = {
        ArticleKind.RECIPE: lambda: _is_recipe(lines),
        ArticleKind.HOROSCOPE: lambda: _is_horoscope(lines),
        ArticleKind.LIVE: lambda: _is_live(lines),
        ArticleKind.RESULTS: lambda: _is_results(lines),
        ArticleKind.INTERVIEW: lambda: _is_interview(lines),
        ArticleKind.LIST: lambda: _is_list(lines),
        ArticleKind.REVIEW: lambda: any(map(_is_stars, lines)),
        ArticleKind.RELEASE: lambda: any(map(_is_contact, lines[-_END_LINES:])),
        ArticleKind.OBITUARY: lambda: _names_a_life(headline),
        ArticleKind.OPINION: lambda: _is_personal(lines, language),
    }
    return next((kind for kind, holds in rules.items() if holds()), None)


def _is_recipe(lines: Sequence[str]) -> bool:
    """Returns whether several short lines begin with a quantity, and most of those with a measure of the kitchen."""
    found = [match for line in lines if (match := _INGREDIENT.match(line)) and count_words(line) <= _SHORT]
    measures = _METRIC | _phrases("measures")
    measured = sum(match[1].casefold() in measures for match in found)
    return len(found) >= _LEAST_INGREDIENTS and measured >= _LEAST_MEASURED


def _is_horoscope(lines: Sequence[str]) -> bool:
    """Returns whether most signs of the zodiac begin a line, in one language or as symbols."""
    symbols = {line.lstrip()[:1] for line in lines} & _SYMBOLS
    words = {match[0].casefold() for line in lines if (match := _WORD.search(line[:30]))}
    most = max((len(words & signs) for signs in _by_language("signs").values()), default=0)
    return max(len(symbols), most) >= _LEAST_SIGNS


def _is_results(lines: Sequence[str]) -> bool:
    words = sum(len(line.split()) for line in lines)
    with_figures = [line for line in lines if any(map(str.isdigit, line))]
    figures = sum(any(map(str.isdigit, word)) for line in with_figures for word in line.split())
    scores = sum(bool(_SCORE.search(line)) and count_words(line) <= _SHORT for line in with_figures)
    are_scores = scores >= _LEAST_SCORES and scores >= len(lines) * _SHARE_OF_SCORES
    return are_scores or (words > 0 and figures >= words * _LEAST_FIGURES)


def _is_live(lines: Sequence[str]) -> bool:
    """Returns whether many lines begin with the time, in order forwards or backwards."""
    times = [60 * int(match[1]) + int(match[2]) for line in lines if (match := _CLOCK.match(line))]
    if len(times) < max(_LEAST_TIMES, len(lines) * _SHARE_OF_TIMES):
        return False
    later = sum(first <= second for first, second in pairwise(times))
    earlier = sum(first >= second for first, second in pairwise(times))
    return max(later, earlier) >= (len(times) - 1) * _IN_ORDER


def _is_interview(lines: Sequence[str]) -> bool:
    """Returns whether question and answer take turns; a question is a line of its own."""
    asks = [_is_question(line) for line in lines]
    answered = sum(first and not second for first, second in pairwise(asks))
    return answered >= max(_LEAST_QUESTIONS, len(lines) * _SHARE_OF_QUESTIONS)


def _is_question(line: str) -> bool:
    return line.rstrip(_CLOSING).endswith(_QUESTION_ENDS) or bool(_MARKED_QUESTION.match(line))


def _is_list(lines: Sequence[str]) -> bool:
    """Returns whether there are headings numbered in order, up or down to 1."""
    headed = [(int(match[1]), line) for line in lines if (match := _NUMBERED.match(line))]
    numbers = [number for number, _ in headed]
    if len(numbers) < _LEAST_NUMBERED or sorted(numbers) != list(range(1, len(numbers) + 1)):
        return False
    headings = sum(count_words(line) <= _SHORT and not ends_sentence(line) for _, line in headed)
    return numbers in (sorted(numbers), sorted(numbers, reverse=True)) and headings >= len(numbers) * _SHARE_OF_HEADINGS


def _is_stars(line: str) -> bool:
    """Returns whether ``line`` is nothing but a rating in stars."""
    marks = "".join(line.split())
    return bool(marks) and len(marks) <= _MOST_STARS and _STARS.issuperset(marks)


def _is_contact(line: str) -> bool:
    """Returns whether ``line`` begins as the contact at the end of a press release does."""
    before, colon, _ = line.partition(":")
    return bool(colon) and before.strip(_CLOSING).casefold() in _phrases("release contacts")


def _names_a_life(headline: str) -> bool:
    """Returns whether ``headline`` has the years of a life: "Ada Brandt, 1931–2026"."""
    return any(_SHORTEST_LIFE <= int(life[2]) - int(life[1]) <= _LONGEST_LIFE for life in _LIFE.finditer(headline))


def _is_personal(lines: Sequence[str], language: str) -> bool:
    """Returns whether the writer says "I" in many paragraphs, outside of quotations."""
    pronouns = _by_language("first person").get(language.partition("-")[0], set())
    personal = sum(not pronouns.isdisjoint(_words_outside_quotations(line)) for line in lines)
    return personal >= max(_LEAST_PERSONAL, len(lines) * _SHARE_OF_PERSONAL)


def _words_outside_quotations(line: str) -> Iterable[str]:
    if line.startswith(_DASHES):  # what somebody says, in many languages
        return []
    return _WORD.findall(" ".join(_QUOTE.split(line)[::2]).casefold())


@cache
def _phrases(section: str) -> frozenset[str]:
    return frozenset().union(*_by_language(section).values())


@cache
def _by_language(section: str) -> Mapping[str, set[str]]:
    languages = sections_by_language("standfirst.reading.kinds.lexicon")
    return {language: sections[section] for language, sections in languages.items() if section in sections}
