"""docs/scale.md has the tables that the simulation prints, and the simulation keeps count of every upload."""

from pathlib import Path

import pytest
from simulate import bills_table
from simulation import limits
from simulation.limits import ProviderTier
from simulation.report import DAYS, TIMES, ceilings_table, simulated, use
from simulation.service import Deployment, Simulation, Times

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"


def test_the_page_has_the_limits_that_are_reckoned() -> None:
    """The table of limits is made by the script."""
    page = PAGE.read_text(encoding="utf-8")

    assert ceilings_table() in page


def test_the_page_has_the_days_that_are_simulated() -> None:
    """The small days are simulated and billed anew; `make simulate` compares all of them."""
    page = PAGE.read_text(encoding="utf-8")

    small = [simulated(day, deployment) for day, deployment in DAYS if day.uploads <= 5_000]

    assert len(small) == 2
    assert all(str(day) in page for day in small)
    assert bills_table(small) in page


@pytest.mark.parametrize("concurrency", [2, 50])
@pytest.mark.parametrize("budget", [None, 0, 1])
def test_every_upload_gets_a_text(concurrency: int, budget: float | None) -> None:
    """A burst that is more than everything takes is worked off, each upload once."""
    deployment = Deployment("small", concurrency, budget, limits.SMALL)

    outcome = Simulation(deployment, TIMES, use(), seed=1).run([3_000, *[0] * 10, 500])

    assert outcome.writers.total() == outcome.waits.total() == 3_500
    assert outcome.peak_concurrency <= concurrency
    assert outcome.usd <= (budget if budget is not None else outcome.usd)
    assert (outcome.writers["model"] > 0) == (budget != 0)


def test_a_queue_is_worked_off_as_fast_as_the_concurrency_allows() -> None:
    """1,000 uploads at once and two batches of ten at a time, each of one second: fifty seconds."""
    deployment = Deployment("two", maximum_concurrency=2, tier=None, memory_mb=1_769)

    outcome = Simulation(deployment, Times(own=0.1, cold=0, answer=1, slow_answer=2), use(), seed=1).run([1_000])

    assert outcome.wait(1) == pytest.approx(50, abs=2)
    assert outcome.invocations == 100


def test_what_the_provider_refuses_comes_back_and_falls_to_the_extractive_writer() -> None:
    """At one article a second, a burst of 500 does not wait eight minutes for the model."""
    tier = ProviderTier("tiny", 95, 10_000_000)

    outcome = Simulation(Deployment("tiny", 50, None, tier), TIMES, use(), seed=1).run([500])

    assert outcome.redelivered["provider"] > 500
    assert outcome.writers["unavailable"] > 0
    assert outcome.writers["model"] + outcome.writers["unavailable"] == 500
