"""What `make bench` says of a change, and how it counts requests that wait for each other."""

import re
from pathlib import Path

import baseline
import pytest
from bill.quantities import one_after_the_other
from figures import FIGURES, Curve, drawn
from measurement import Estimate, Row, ratio
from runs import Run


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A baseline of its own."""
    monkeypatch.setattr(baseline, "BASELINE", tmp_path / "baseline.json")
    return tmp_path / "baseline.json"


def a_run(start: float, calls: int, milliseconds: float = 10) -> Run:
    """A run with a ratio, a count and a time."""
    estimate = Estimate(start, start * 0.98, start * 1.02)
    rows = [Row("start", estimate, "x"), Row("asked", calls, "calls"), Row("work", milliseconds, "ms")]
    return Run([("", row) for row in rows])


@pytest.mark.usefixtures("kept")
def test_a_row_is_worse_once_its_interval_leaves_the_baselines_and_a_count_at_once() -> None:
    """Within the intervals a ratio is noise; one request more is one more."""
    baseline.write(a_run(1.10, 4))

    assert "0 worse, 0 better" in baseline.compared(a_run(1.13, 4))
    assert baseline.compared(a_run(1.40, 5)).splitlines()[1:] == [
        "Worse:",
        "  start: 1.1 to 1.4 x",
        "  asked: 4 to 5 calls",
    ]
    assert "Better:\n  asked: 4 to 3 calls" in baseline.compared(a_run(1.10, 3))


def test_times_are_not_in_the_baseline(kept: Path) -> None:
    """Another machine has others."""
    baseline.write(a_run(1.10, 4, milliseconds=10))

    assert "work" not in kept.read_text(encoding="utf-8")
    assert "0 worse" in baseline.compared(a_run(1.10, 4, milliseconds=99))


def test_requests_that_are_under_way_at_once_are_one_round_trip() -> None:
    """Of two that begin together, the next one waits for the first to end only if it begins after it."""
    claim, fetch, write = (5.0, 0.0), (6.0, 1.0), (12.0, 7.0)

    assert one_after_the_other([claim, fetch]) == 1
    assert one_after_the_other([claim, write]) == 2
    assert one_after_the_other([claim, fetch, write]) == 2


def test_a_ratio_is_that_of_neighbours() -> None:
    """A machine that is twice as slow for one pair changes nothing."""
    found = ratio([(12, 10), (24, 20), (12.1, 10), (11.9, 10)])

    assert found.value == pytest.approx(1.2)
    assert found.low >= 1.19


def test_equal_factors_are_equally_far_where_a_figure_grows_by_factors() -> None:
    """On both axes, so that a line that is no steeper than one for one is linear."""
    curve = Curve("size", "work", [(1, 10), (10, 100), (100, 1_000)])

    [points] = re.findall(r'polyline .* points="(.*)"', drawn(FIGURES["size"], [curve]))

    first, middle, last = ([float(place) for place in point.split(",")] for point in points.split())
    assert middle == [(one + other) / 2 for one, other in zip(first, last, strict=True)]
