"""When a message is delivered again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.domain.retry_backoff import FIRST_SECONDS, GROWTH, LONGEST_SECONDS, MOST_SECONDS, delay

LOW, HIGH = 0.0, 0.999_999
RECEIVES = st.integers(1, 50)
DRAWS = st.floats(0, 1, exclude_max=True)
RETRY_AFTER = st.none() | st.floats(0, 10**9)


def drawn(number: float, receive_count: int = 1, retry_after: float | None = None) -> int:
    """The delay when chance gives ``number``."""
    return delay(receive_count, retry_after, lambda: number)


@given(receive_count=RECEIVES, retry_after=RETRY_AFTER, draw=DRAWS)
def test_a_delay_is_one_that_sqs_takes(receive_count: int, retry_after: float | None, draw: float) -> None:
    """Whole seconds, at least one, and under the twelve hours that a message can be hidden."""
    seconds = drawn(draw, receive_count, retry_after)

    assert isinstance(seconds, int)
    assert 1 <= seconds <= LONGEST_SECONDS < 12 * 3_600


@given(receive_count=RECEIVES, draw=DRAWS)
def test_without_retry_after_no_delay_is_over_a_quarter_of_an_hour(receive_count: int, draw: float) -> None:
    """And never less than half of what is meant."""
    longest = min(FIRST_SECONDS * GROWTH ** (receive_count - 1), MOST_SECONDS)

    assert longest / 2 - 1 <= drawn(draw, receive_count) <= longest


@pytest.mark.parametrize(
    ("receive_count", "least", "most"),
    [(1, 5, 10), (2, 15, 30), (3, 45, 90), (4, 135, 270), (5, 405, 810), (6, 450, 900), (100, 450, 900)],
)
def test_each_delay_may_be_three_times_as_long(receive_count: int, least: int, most: int) -> None:
    """Until the longest is reached."""
    assert drawn(LOW, receive_count) == least
    assert drawn(HIGH, receive_count) == most


@given(receive_count=st.integers(1, 5), draw=DRAWS)
def test_each_delay_is_longer_than_the_last_one(receive_count: int, draw: float) -> None:
    """With the same luck."""
    assert drawn(draw, receive_count) < drawn(draw, receive_count + 1)


@given(receive_count=RECEIVES, retry_after=st.floats(0, LONGEST_SECONDS), draw=DRAWS)
def test_no_message_comes_back_before_retry_after(receive_count: int, retry_after: float, draw: float) -> None:
    """``retry_after`` is heeded, to the second."""
    assert drawn(draw, receive_count, retry_after) >= round(retry_after) - 1
    assert drawn(draw, receive_count, retry_after) >= drawn(draw, receive_count)


@given(receive_count=RECEIVES, draw=DRAWS, retry_after=st.integers(LONGEST_SECONDS, 10**9))
def test_a_retry_after_of_days_is_cut_to_what_sqs_allows(receive_count: int, draw: float, retry_after: int) -> None:
    """The message comes back before SQS would refuse to hide it, and is asked about again."""
    assert drawn(draw, receive_count, retry_after) == LONGEST_SECONDS


@pytest.mark.parametrize("retry_after", [None, 0.0, 600.0], ids=["none", "at once", "ten minutes"])
def test_messages_that_failed_together_do_not_come_back_together(retry_after: float | None) -> None:
    """Chance spreads them over half of the delay, also where a provider gave all of them the same ``retry_after``."""
    delays = {drawn(number / 100, receive_count=3, retry_after=retry_after) for number in range(100)}

    assert len(delays) > 30
    assert max(delays) - min(delays) >= 40


def test_a_retry_after_that_our_own_delay_covers_changes_nothing() -> None:
    """Ten seconds are over long before seven minutes are."""
    assert drawn(LOW, receive_count=5, retry_after=10) == drawn(LOW, receive_count=5)
