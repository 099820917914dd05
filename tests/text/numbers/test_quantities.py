"""The figures of a text by their values."""

from fractions import Fraction

import pytest

from standfirst.text.numbers.quantities import (
    CENT,
    CLOCK,
    DECADE,
    ORDINAL,
    PERCENT,
    POINTS,
    TIMING,
    VAGUE,
    Figure,
    figures_in,
)


def _only(text: str, language: str = "en") -> Figure:
    (figure,) = figures_in(text, language)
    return figure


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        pytest.param("en", "£11,000", 11_000, "GBP", id="pounds before"),
        pytest.param("en", "11,000 pounds", 11_000, "GBP", id="pounds after"),
        pytest.param("en", "eleven thousand", 11_000, "", id="words"),
        pytest.param("en", "two thousand, five hundred", 2_500, "", id="words with a comma"),
        pytest.param("en", "$2.5bn", 2_500_000_000, "USD", id="a short scale"),
        pytest.param("en", "40 per cent", 40, PERCENT, id="per cent"),
        pytest.param("en", "half of them", 50, PERCENT, id="a half"),
        pytest.param("en", "three-quarters", 75, PERCENT, id="three quarters"),
        pytest.param("en", "five and a half", Fraction(11, 2), "", id="a half more"),
        pytest.param("en", "two-and-a-half million", 2_500_000, "", id="a half more, of millions"),
        pytest.param("en", "5½", Fraction(11, 2), "", id="a half as a character"),
        pytest.param("en", "six percentage points", 6, POINTS, id="percentage points"),
        pytest.param("en", "a quarter of a point", Fraction(1, 4), POINTS, id="a share of a point"),
        pytest.param("en", "38 cents", Fraction(38, 100), CENT, id="cents"),
        pytest.param("en", "1:44:52", 6_292, TIMING, id="the time of a race"),
        pytest.param("en", "3:56.41", Fraction(23_641, 100), TIMING, id="the time of a shorter race"),
        pytest.param("en", "13 lakh", 1_300_000, "", id="lakh"),
        pytest.param("en", "2 crore", 20_000_000, "", id="crore"),
        pytest.param("en", "the mid-1970s", 1970, DECADE, id="the middle of a decade"),
        pytest.param("ja", "１３", 13, "", id="full-width digits"),
        pytest.param("de", "2,5 Prozentpunkte", Fraction(5, 2), POINTS, id="German percentage points"),
        pytest.param("en", "the 21st", 21, ORDINAL, id="an ordinal"),
        pytest.param("en", "the twenty-third", 23, ORDINAL, id="an ordinal in words"),
        pytest.param("en", "the 1960s", 1960, DECADE, id="a decade"),
        pytest.param("en", "tens of thousands", 20_000, VAGUE, id="vague"),
        pytest.param("en", "6.30pm", 18 * 60 + 30, CLOCK, id="a time of day"),
        pytest.param("de", "3,5 Tonnen", Fraction(7, 2), "", id="German decimal"),
        pytest.param("de", "11.000", 11_000, "", id="German thousands"),
        pytest.param("de", "2,4 Millionen Euro", 2_400_000, "EUR", id="German millions"),
        pytest.param("fr", "11 000", 11_000, "", id="French thousands"),
        pytest.param("fr", "11\u202f000 €", 11_000, "EUR", id="French thousands, narrow space"),
        pytest.param("ru", "5 млрд рублей", 5_000_000_000, "ROUBLE", id="Russian billions"),
        pytest.param("pl", "7 tys. złotych", 7_000, "ZLOTY", id="Polish thousands"),
        pytest.param("zh", "全长320公里", 320, "", id="digits between Chinese characters"),
        pytest.param("zh", "三百二十公里", 320, "", id="Chinese numerals"),
        pytest.param("zh", "投资5万元", 50_000, "YUAN", id="digits and a Chinese scale"),
        pytest.param("ja", "約3億円の費用", 300_000_000, "YEN", id="digits and a Japanese scale"),
        pytest.param("ja", "三億円", 300_000_000, "", id="Japanese numerals"),
        pytest.param("ar", "١٢٣", 123, "", id="Arabic digits"),
    ],
)
def test_a_figure_has_the_value_and_unit_it_is_read_with(language: str, text: str, value: Fraction, unit: str) -> None:
    """However it is written."""
    figure = _only(text, language)

    assert (figure.value, figure.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "blur"),
    [
        pytest.param("about 40", "about", id="about"),
        pytest.param("more than 40", "over", id="more than"),
        pytest.param("up to 40", "less", id="up to"),
        pytest.param("exactly 40", "", id="exactly"),
    ],
)
def test_the_word_before_a_figure_may_blur_it(text: str, blur: str) -> None:
    """What it hides depends on it."""
    assert _only(text).blur == blur


@pytest.mark.parametrize("text", ["Covid-19", "G7", "one of them", "the first", "a second thought"])
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    """Names hold digits, and pronouns look like numbers."""
    assert figures_in(text, "en") == ()


def test_the_start_of_a_range_has_the_unit_of_its_end() -> None:
    """Nobody writes the sign twice."""
    low, high = figures_in("from 30 to 40 per cent", "en")

    assert (low.unit, high.unit) == (PERCENT, PERCENT)


def test_a_separator_that_may_be_read_two_ways_gives_both_values() -> None:
    """Papers write "3,214" in both ways where the comma is the decimal mark."""
    assert _only("3,214", "de").values == {Fraction(3214), Fraction("3.214")}


@pytest.mark.parametrize(
    "text", ["9" * 5_000, "9" * 5_000 + ":30", "10.99.99", "1 234:50", "0 in 0", "ſix", "mıllion", "1.234.567:30"]
)
def test_odd_figures_are_read_without_a_fault(text: str) -> None:
    """Hostile text may hold anything."""
    assert all(figure.values for figure in figures_in(text, "en"))


@pytest.mark.parametrize("text", ["the second half of 2017", "a first half", "half-time", "a half-century"])
def test_half_of_a_time_is_no_share(text: str) -> None:
    """A half of a match or a year is told by its order."""
    assert [figure.unit for figure in figures_in(text, "en") if figure.unit == PERCENT] == []


def test_the_scale_of_digits_is_no_figure_of_its_own_behind_one_in_words() -> None:
    """What "12 millions" has is one figure, also where "Three" stands before it."""
    figures = figures_in("Three ships carried 12 millions.", "en")

    assert [figure.value for figure in figures] == [3, 12_000_000]


def test_one_in_five_is_a_share_and_its_parts_are_figures() -> None:
    """Another writer says "nine of the ten"."""
    assert [(figure.value, figure.unit) for figure in figures_in("nine out of ten", "en")] == [
        (9, ""), (90, PERCENT), (10, ""),
    ]  # fmt: skip
