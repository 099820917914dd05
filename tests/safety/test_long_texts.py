"""Nobody keeps a worker busy with a text that repeats a word: the time grows as the text does."""

import re
import time
from collections.abc import Callable, Iterator

import pytest

from builders import a_draft
from checked import an_article_in
from standfirst.checking.analysis.comparison import compare as leaks_compare
from standfirst.checking.rules import leaks
from standfirst.safety import forbidden_content, lexicon, prompt_injection

CHARACTERS = 2_000
TIMES = 4
AT_ONCE = 0.2
"""Seconds of CPU in which any text of this length is done, whatever else the machine does."""
MARKS = (
    "( ",
    "a ",
    "a",
    "A",
    ". ",
    ", ",
    "“",
    "« ",
    "'",
    "<",
    "[",
    "{",
    "#",
    "`",
    "*",
    "— ",
    "a.",
    "a@",
    "@",
    "-",
    "\n",
    ":",
    "a: ",
    "9 ",
    "я",
)


def patterns_in(value: object, name: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns in ``value``, and in what it holds."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, prompt_injection.Order):
        yield name, value.pattern
    elif isinstance(value, tuple | list):
        for at, each in enumerate(value):
            yield from patterns_in(each, f"{name} {at}")


PATTERNS = [
    *(
        (f"{module.__name__.rsplit('.', 1)[-1]} {name}", pattern)
        for module in (prompt_injection, forbidden_content, leaks)
        for constant, value in vars(module).items()
        for name, pattern in patterns_in(value, constant)
    ),
    *(
        (f"{language} {at}", kind.pattern)
        for language in lexicon.languages()
        for at, kind in enumerate(forbidden_content.talk_of(language))
    ),
]


def units_of(pattern: re.Pattern[str]) -> Iterator[str]:
    """Words of ``pattern``, alone and with the one behind, and marks."""
    words = list(dict.fromkeys(re.findall(r"[^\W\d_]{2,}", pattern.pattern)))
    step = max(1, len(words) // 8)
    yield from MARKS
    for at in range(0, len(words), step):
        yield f"{words[at]} "
        yield f" {' '.join(words[at : at + 2])}"


def seconds(work: Callable[[str], object], text: str) -> float:
    """The CPU that ``work`` takes."""
    start = time.process_time()
    work(text)
    return time.process_time() - start


def grows_faster(work: Callable[[str], object], unit: str) -> bool:
    """Whether four times the text takes much more than four times the time."""
    text = unit * (CHARACTERS // len(unit))
    longer = text * TIMES
    return seconds(work, longer) > AT_ONCE and seconds(work, longer) > 2 * TIMES * seconds(work, text)


@pytest.mark.parametrize("pattern", [pytest.param(each, id=name) for name, each in PATTERNS])
def test_no_pattern_is_slow_on_a_text_that_repeats_one_of_its_words(pattern: re.Pattern[str]) -> None:
    """A pattern that is added is tested, too: they are taken from the modules."""
    slow = [unit for unit in units_of(pattern) if grows_faster(lambda text: list(pattern.finditer(text)), unit)]

    assert slow == []


@pytest.mark.parametrize(
    "unit", ["not ", "ignore ", "( ", "this article ", "a b ", "“a” ", "The ferry sails. ", "dup. ", "Aa. "]
)
def test_a_draft_that_repeats_a_word_is_checked_at_once(unit: str) -> None:
    """With all of the check for leaks, whatever the draft and the article say."""
    article = an_article_in("en", "The ferry across the Sele will sail again in June.")

    def checked(text: str) -> object:
        return list(leaks.check_leaks(leaks_compare(article, a_draft(summary=text))))

    assert not grows_faster(checked, unit)
