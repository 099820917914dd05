"""Which answers to readers count as slow."""

import pytest

from standfirst.api.slow_gets import is_slow_get


@pytest.mark.parametrize(
    ("method", "milliseconds", "slow"),
    [("GET", 0, False), ("GET", 300, False), ("GET", 301, True), ("OPTIONS", 9_000, None)],
)
def test_a_get_is_slow_after_300_milliseconds(method: str, milliseconds: int, slow: bool | None) -> None:  # noqa: FBT001
    """Since API Gateway took the request; other methods are not timed."""
    event = {"requestContext": {"http": {"method": method}, "timeEpoch": 1_000_000}}

    assert is_slow_get(event, 1_000 + milliseconds / 1000) is slow
