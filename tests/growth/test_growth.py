"""Nothing that is made of what somebody uploads or a model answers takes more time than its length accounts for.

What is tried is found, not listed: every pattern of the package, the reader of every format, every check of a draft,
and what both writers do on this machine. Each gets texts that repeat something, four times as many of them the second
time.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import pytest

from builders import a_draft
from growth.documents import DOCUMENTS, NAMES, SENTENCE, TEXTS, UNITS
from growth.measure import MOST, Work, growth
from growth.patterns import attacks, patterns, use_of
from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.checking.verdicts import weigh_verdicts
from standfirst.domain.article import Article, Document, Language
from standfirst.domain.errors import ReadingError
from standfirst.domain.second_reading import SentenceToRead, Verdict
from standfirst.model.tokens import estimate_tokens
from standfirst.reading import document
from standfirst.reading.detection.format import Format
from standfirst.safety.prompt_injection import without_instructions
from standfirst.second_reader.answer import read_verdicts
from standfirst.second_reader.prompt import reading_prompt
from standfirst.writing.extractive.lexicon.not_news import answers_to
from standfirst.writing.extractive.writer import ExtractiveWriter
from standfirst.writing.house_style import load_styles
from standfirst.writing.model.chunking import split_text
from standfirst.writing.model.prompt import draft_prompt

PATTERNS = list(patterns().items())
PATTERN_CHARACTERS, PATTERN_NOISE = 2_000, 0.0005
CHARACTERS, NOISE = 32_000, 0.02
"""What is quadratic and stays below the noise here is done with the longest text within seconds."""
STYLE = load_styles(None).named("default")

number = count()


def slow_texts(pattern: re.Pattern[Any], use: Callable[[Any], object]) -> Iterator[tuple[str, str, str]]:
    """The beginning, the unit and the end of the texts over which ``pattern`` takes too long."""

    def work(text: str) -> object:
        return use(text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text)

    def is_slow(lead: str, unit: str, end: str) -> bool:
        def text(length: int) -> str:
            return lead + unit * (length // len(unit)) + end

        return growth(work, text, PATTERN_CHARACTERS, PATTERN_NOISE) > MOST

    return (attack for attack in attacks(pattern) if is_slow(*attack))


def slow_units(work: Work, units: dict[str, str]) -> list[str]:
    """The names of the ``units`` that, repeated, make ``work`` take too long."""
    work(SENTENCE)  # what is loaded, or kept, is so the first time

    def is_slow(unit: str) -> bool:
        return growth(work, lambda length: unit * (length // len(unit)), CHARACTERS, NOISE) > MOST

    return [name for name, unit in units.items() if is_slow(unit)]


def an_article_of(text: str) -> Article:
    """An article that nothing has been asked about before."""
    paragraphs = (f"{next(number)}. {SENTENCE}", *(each for each in text.split("\n\n") if each.strip()))
    return Article(paragraphs=paragraphs, language=Language("en"), format="text", headline="Ferry sails again")


def checked(article: Article, summary: str) -> None:
    """What is done with each draft."""
    draft = a_draft(standfirst=SENTENCE, summary=summary)
    check_draft(article, draft, STYLE)
    find_evidence(article, draft)


def prompted(text: str) -> None:
    """What is done with an article before a model reads it."""
    article = an_article_of(text)
    estimate_tokens(article.text)
    split_text(article.text, article.language, 200)
    draft_prompt(article, STYLE)


def prompted_to_read(text: str) -> None:
    """What is done with an article, and with an answer, when a second reader reads a draft."""
    sentence = (SentenceToRead("summary", 0, text, (text,), (0, 1)),)
    reading_prompt(an_article_of(text), sentence, 60_000)
    reading_prompt(an_article_of(text), sentence, 200)
    answer = {"verdict": "contradicted", "sentence": 1, "paragraphs": [1], "quote": text, "reason": text}
    read_verdicts(json.dumps({"verdicts": [{**answer, "article_says": text}]}), sentence, 2)


def read_again(article: Article, quote: str, verdicts: int) -> None:
    """What is done with the answer of a second reader."""
    draft = a_draft(summary="The council said that Ana Bel paid 12 crowns. The ferry sails again.")
    places = tuple(range(len(article.paragraphs)))
    answers = [Verdict("summary", each % 2, "supported", places, quote) for each in range(verdicts)]
    weigh_verdicts(article, draft, (), answers)


WORK: dict[str, Work] = {
    "a draft checked": lambda text: checked(an_article_of(""), text),
    "an article checked against": lambda text: checked(
        an_article_of(text), "The council said on 3 March that Ana Bel paid 12 crowns, “all of it”, not 13 or 14 %."
    ),
    "an article extracted from": lambda text: ExtractiveWriter().write(an_article_of(text), STYLE),
    "an article for a model": prompted,
    "an article and an answer of a second reader": prompted_to_read,
    "a long quote looked up": lambda text: read_again(an_article_of(""), text, 4),
    "a quote looked up in a long article": lambda text: read_again(an_article_of(text), text[:500], 4),
    "many verdicts": lambda text: read_again(an_article_of(""), text[:50], len(text) // 100),
    "many denials": lambda text: answers_to(["He is accused.", "He denies it."] * (len(text) // 20), "", "en"),
    "an article searched for orders": lambda text: list(without_instructions(text.split("\n\n"))),
}


@pytest.mark.parametrize(("pattern", "names"), PATTERNS, ids=[names[0] for _, names in PATTERNS])
def test_no_pattern_backtracks_over_a_long_text(pattern: re.Pattern[Any], names: list[str]) -> None:
    """Whatever a part of it may repeat, with an end that makes it fail."""
    assert next(slow_texts(pattern, use_of(pattern, names)), None) is None


@pytest.mark.parametrize(
    ("kind", "at"),
    [pytest.param(kind, at, id=f"{kind} {at}") for kind in DOCUMENTS for at in range(len(DOCUMENTS[kind]))],
)
def test_no_reader_takes_long_over_a_document_that_repeats_something(kind: Format, at: int) -> None:
    """As its body, or as what else it states; be it read or refused."""
    document_of = DOCUMENTS[kind][at]

    def work(text: str) -> None:
        with suppress(ReadingError):
            document.read_document(Document(name=NAMES.get(kind, "a.json"), content=document_of(text)))

    assert slow_units(work, dict(UNITS)) == []


def test_a_reader_that_is_added_is_tried() -> None:
    """A format without documents here would be tried by nobody."""
    assert DOCUMENTS.keys() == document._READERS.keys()  # noqa: SLF001 - the registry of readers


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_no_check_and_no_writer_takes_long_over_a_text_that_repeats_something(work: Work) -> None:
    """All checks of a draft, on a long draft and on a long article, and what both writers do on this machine."""
    assert slow_units(work, dict(TEXTS)) == []


@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        pytest.param(re.compile(r"\s+$"), "search", id="quadratic, by its starts"),
        pytest.param(re.compile(r"a\d*b?\d*$"), "match", id="quadratic, by two repeats"),
        pytest.param(re.compile(r"\s*(?:<a>)?\s*(?:<b>)?\s*<c"), "match", id="cubic"),
        pytest.param(re.compile(r"(?:\w+,?)+:"), "match", id="exponential"),
        pytest.param(re.compile(rb"x\n*\n*y"), "match", id="of bytes"),
    ],
)
def test_a_pattern_that_backtracks_is_noticed(pattern: re.Pattern[Any], use: str) -> None:
    """Else the tests above would say nothing."""
    assert next(slow_texts(pattern, getattr(pattern, use)), None)


@pytest.mark.parametrize(
    "pattern", [re.compile(r"(?<!\s)\s+$"), re.compile(r"\s*+(?:<a>\s*+)?<c"), re.compile("[a-z]{9}")]
)
def test_a_pattern_that_does_not_is_none(pattern: re.Pattern[str]) -> None:
    """Anything else would be a test that fails now and then."""
    assert list(slow_texts(pattern, pattern.match)) == []


@pytest.mark.parametrize(
    ("work", "is_slow"),
    [
        pytest.param(lambda text: [text.count(word) for word in text.split()], True, id="quadratic"),
        pytest.param(lambda text: [len(word) for word in text.split() for _ in range(99)], False, id="linear"),
    ],
)
def test_work_that_looks_at_all_for_each_word_is_noticed(work: Work, is_slow: bool) -> None:  # noqa: FBT001
    """And work that does not is not."""
    assert slow_units(work, {"words": "a b "}) == (["words"] if is_slow else [])


def test_patterns_are_found_wherever_a_module_keeps_them() -> None:
    """In itself, in containers, in what is made when it is needed, and for each language."""
    found = {name for _, names in PATTERNS for name in names}

    assert found >= {
        "reading.formats.ninjs.roles._NITF",
        "reading.boilerplate.datelines._DATELINES",
        "safety.prompt_injection.ORDERS",
        "safety.forbidden_content.talk_of",
        "domain.word_count._spaced_word",
    }
