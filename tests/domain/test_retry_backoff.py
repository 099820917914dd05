"""When a message is delivered again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.domain.retry_backoff import FIRST_SECONDS, GROWTH, LONGEST_SECONDS, MOST_SECONDS, delay

LOW, HIGH = 0.0, 0.999_999
RECEIVES = st.integers(1, 50)
DRAWS = st.floats(0, 1, exclude_max=True)
WISHES = st.none() | st.floats(0, 10**9)


def drawn(number: float, receives: int = 1, retry_after: float | None = None) -> int:
    """The delay when chance gives ``number``."""
    return delay(receives, retry_after, lambda: number)


@settings(deadline=None)
@given(receives=RECEIVES, retry_after=WISHES, draw=DRAWS)
def test_a_delay_is_one_that_sqs_takes(receives: int, retry_after: float | None, draw: float) -> None:
    """Whole seconds, at least one, and under the twelve hours that a message can be hidden."""
    seconds = drawn(draw, receives, retry_after)

    assert isinstance(seconds, int)
    assert 1 <= seconds <= LONGEST_SECONDS < 12 * 3_600


@settings(deadline=None)
@given(receives=RECEIVES, draw=DRAWS)
def test_of_our_own_accord_nobody_waits_longer_than_a_quarter_of_an_hour(receives: int, draw: float) -> None:
    """And never less than half of what is meant."""
    longest = min(FIRST_SECONDS * GROWTH ** (receives - 1), MOST_SECONDS)

    assert longest / 2 - 1 <= drawn(draw, receives) <= longest


@pytest.mark.parametrize(
    ("receives", "least", "most"),
    [(1, 5, 10), (2, 15, 30), (3, 45, 90), (4, 135, 270), (5, 405, 810), (6, 450, 900), (100, 450, 900)],
)
def test_each_delay_may_be_three_times_as_long(receives: int, least: int, most: int) -> None:
    """Until the longest is reached."""
    assert drawn(LOW, receives) == least
    assert drawn(HIGH, receives) == most


@settings(deadline=None)
@given(receives=st.integers(1, 5), draw=DRAWS)
def test_each_delay_is_longer_than_the_last_one(receives: int, draw: float) -> None:
    """With the same luck."""
    assert drawn(draw, receives) < drawn(draw, receives + 1)


@settings(deadline=None)
@given(receives=RECEIVES, retry_after=st.floats(0, LONGEST_SECONDS), draw=DRAWS)
def test_nobody_comes_back_before_it_makes_sense(receives: int, retry_after: float, draw: float) -> None:
    """The provider's wish is heeded, to the second."""
    assert drawn(draw, receives, retry_after) >= round(retry_after) - 1
    assert drawn(draw, receives, retry_after) >= drawn(draw, receives)


@settings(deadline=None)
@given(receives=RECEIVES, draw=DRAWS, wish=st.integers(LONGEST_SECONDS, 10**9))
def test_a_wish_for_days_is_cut_to_what_can_be_had(receives: int, draw: float, wish: int) -> None:
    """The message comes back before SQS would refuse to hide it, and is asked about again."""
    assert drawn(draw, receives, wish) == LONGEST_SECONDS


@pytest.mark.parametrize("retry_after", [None, 0.0, 600.0], ids=["no wish", "at once", "ten minutes"])
def test_messages_that_failed_together_do_not_come_back_together(retry_after: float | None) -> None:
    """Chance spreads them over half of the delay, also where a provider told all of them the same."""
    delays = {drawn(number / 100, receives=3, retry_after=retry_after) for number in range(100)}

    assert len(delays) > 30
    assert max(delays) - min(delays) >= 40


def test_a_wish_that_our_own_delay_covers_changes_nothing() -> None:
    """Ten seconds are over long before seven minutes are."""
    assert drawn(LOW, receives=5, retry_after=10) == drawn(LOW, receives=5)
