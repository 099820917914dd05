"""Whatever the figure: each way in which papers write it passes, and another figure does not."""

from hypothesis import example, given
from hypothesis import strategies as st

from checked import errors

COUNTS = st.integers(min_value=1_000, max_value=9_999_999)
DIGITS = st.integers(min_value=1, max_value=3)
ALWAYS = ("{:,} people came.", "{} people came.", "People came, {:,} of them.")


def _rounded(value: int, digits: int) -> int:
    """Returns ``value`` with its first ``digits`` digits only, rounded down."""
    step = 10 ** (len(str(value)) - digits)
    return value // step * step


@given(value=COUNTS, way=st.sampled_from(ALWAYS))
def test_a_count_passes_with_and_without_separators(value: int, way: str) -> None:
    """The same value in another spelling."""
    assert errors(f"In all {value:,} people came.", way.format(value)) == []


@given(value=COUNTS, digits=DIGITS)
def test_more_than_a_count_rounded_down_passes(value: int, digits: int) -> None:
    """And "nearly" what is rounded up, as far as it is near."""
    below = _rounded(value, digits)

    if value < below * 3 // 2:
        assert errors(f"In all {value:,} people came.", f"More than {below:,} people came.") == []


@given(value=st.integers(min_value=10_000_000, max_value=999_999_999))
def test_millions_with_one_decimal_pass(value: int) -> None:
    """£11,336,157 is £11.3m."""
    assert errors(f"The bridge cost £{value:,}.", f"The bridge cost £{value / 1_000_000:.1f}m.") == []


@given(tenths=st.integers(min_value=11, max_value=999).filter(lambda tenths: tenths % 10 != 5))
def test_a_percentage_without_its_tenths_passes(tenths: int) -> None:
    """85.3 per cent is 85 per cent."""
    share = tenths / 10

    assert errors(f"Some {share}% of voters came.", f"{round(share)} percent of voters came.") == []


@example(value=5_000_000, times=2, word="about ")
@given(value=COUNTS, times=st.sampled_from((2, 3, 10)), word=st.sampled_from(("", "about ", "nearly ", "more than ")))
def test_several_times_the_count_is_an_error_whatever_word_stands_before_it(value: int, times: int, word: str) -> None:
    """No word makes a figure twice as large, and the article has no other."""
    assert errors(f"In all {value:,} people came.", f"{word}{times * value:,} people came.".capitalize()) != []


@given(
    value=COUNTS, unit=st.sampled_from((("km", "miles"), ("£{}", "€{}"), ("%", "percentage points"), ("days", "weeks")))
)
def test_another_unit_is_an_error(value: int, unit: tuple[str, str]) -> None:
    """The value alone tells nothing."""
    one, other = ((form if "{}" in form else "{} " + form).format(f"{value:,}") for form in unit)

    assert errors(f"It came to {one}.", f"It came to {other}.") != []
