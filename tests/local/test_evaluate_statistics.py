"""Shares and their intervals, against published figures."""

import pytest

from standfirst_local.evaluation.statistics import bootstrap, mean_of, percentile, share


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_the_interval_of_a_share_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    """The last is the example of Newcombe, "Two-sided confidence intervals for the single proportion", 1998."""
    estimate = share(part, whole)

    assert estimate is not None
    assert estimate == pytest.approx((part / whole, low, high), abs=0.0001)


def test_nothing_has_no_share_and_no_mean() -> None:
    """Rather than a wrong one."""
    assert share(0, 0) is None
    assert mean_of([]) is None


def test_the_bootstrap_is_the_same_each_time_and_holds_the_mean() -> None:
    """Its seed is fixed."""
    values = [float(number % 7) for number in range(100)]

    estimate = mean_of(values)

    assert estimate is not None
    assert estimate == mean_of(values)
    # 2.95 ± 1.96 standard errors of 0.2.
    assert estimate == pytest.approx((2.95, 2.56, 3.34), abs=0.06)


def test_draws_without_a_value_are_left_out() -> None:
    """A draw may lack one of two classes."""
    estimate = bootstrap([True, False], lambda drawn: 1.0 if len(set(drawn)) == 2 else None)

    assert estimate == (1.0, 1.0, 1.0)


def test_a_percentile_is_the_nearest_rank() -> None:
    """A value that there is."""
    assert percentile([1, 2, 3, 4], 0.5) == 2
    assert percentile([1, 2, 3, 4], 0.95) == 4
    assert percentile([1], 0.025) == 1
