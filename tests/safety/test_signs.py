"""Cheap signs are looked for before slow patterns; none may rule out what its pattern would have found."""

import re

import pytest

from standfirst.safety import forbidden_content
from standfirst.text.dates import dates_in
from standfirst.text.numbers import quantities, words

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "Aug", "Sept"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Mondays"]
SHARES = ["half of them", "a third of them", "two-thirds of it", "quarter of it", "an eighth of it", "one in nine"]
OTHERS = ["the eighth", "twenty-first", "dozens", "scores", "tens of thousands", "fifty per cent", "9 out of 10"]
MARKS = [
    "https://a.example/b",
    "www.example.org",
    "example.com",
    "a@b.example",
    "<b>",
    "`x`",
    "**x**",
    "![a",
    "{{x}}",
    "<|x|>",
]


@pytest.mark.parametrize("words", [*words.NUMBERS, *SHARES, *OTHERS])
def test_a_figure_in_words_may_begin_with_any_letter_that_it_does_begin_with(words: str) -> None:
    """The pattern finds as much as it would without looking at the letter first."""
    pattern = quantities._word_pattern()  # noqa: SLF001 - its first letters are what is tested
    in_full = re.compile(re.sub(r"\(\?=\[[^]]*\]\)", "", pattern.pattern, count=1), pattern.flags)
    text = f"They counted two {words}, {words} dollars and {words}."

    assert in_full.pattern != pattern.pattern
    assert [found.span() for found in pattern.finditer(text)] == [found.span() for found in in_full.finditer(text)]


@pytest.mark.parametrize("name", [*MONTHS, *SHORT_MONTHS, *WEEKDAYS])
def test_every_month_and_weekday_is_a_date(name: str) -> None:
    """Also where it is shortened."""
    assert dates_in(f"It happened in {name} 3.")


@pytest.mark.parametrize("mark", [*MARKS, "](x)", "😀"])
def test_every_kind_of_mark_is_found_as_by_its_pattern_alone(mark: str) -> None:
    """Addresses, code and emoji."""
    text = f"See {mark} here."

    by_patterns = sum(len(pattern.findall(text)) for *_, pattern, _ in forbidden_content._MARKS)  # noqa: SLF001
    assert len([*forbidden_content.marks_in(text)]) == by_patterns > 0
