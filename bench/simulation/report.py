"""The simulated days, and what they are simulated with: the tables of docs/scale.md."""

from collections.abc import Sequence
from dataclasses import dataclass

import model_cost
from simulation import limits
from simulation.day import Day
from simulation.limits import Use, ceilings
from simulation.service import BATCH, Deployment, Outcome, Simulation, Times

TIMES = Times(own=0.024, cold=2.5, answer=2.5, slow_answer=6.0)
"""``own`` is "CPU of own work per article" of `make bench` on a quiet machine, and measured anew by
`make simulate MEASURE=1`; the others are assumptions: no provider promises how long its model takes."""

SEED = 1

MILLION = 1_000_000

DEFAULTS = Deployment("as it comes")
RAISED = Deployment("raised", maximum_concurrency=400, daily_budget_usd=2_000, tier=limits.LARGE)
READY = Deployment("raised, warm table", 400, 2_000, limits.LARGE, has_warm_table=True)
WITHOUT_MODEL = Deployment("no model", maximum_concurrency=100, tier=None)

DAYS: Sequence[tuple[Day, Deployment]] = (
    (Day("500 a day", 500), DEFAULTS),
    (Day("5,000 a day", 5_000), DEFAULTS),
    (Day("100,000 a day", 100_000), DEFAULTS),
    (Day("1 million a day", MILLION), DEFAULTS),
    (Day("1 million a day", MILLION), RAISED),
    (Day("1 million, 10,000 of them in the first minute of each hour", MILLION, at_each_hour=10_000), RAISED),
    (Day("1 million, 10,000 of them in the first minute of each hour", MILLION, at_each_hour=10_000), READY),
    (Day("1 million, and an election night with six times as many", MILLION, night_factor=6), READY),
    (Day("1 million a day", MILLION), WITHOUT_MODEL),
)

_DAYS_HEAD = (
    "| day | settings | uploads | p50 | p95 | p99 | longest | model | budget spent | model busy | repeated | at once "
    "| waiting | cold starts | hottest item or partition |\n| --- | --- " + "| ---: " * 12 + "| ---: |"
)
_CEILINGS_HEAD = "| limit | articles a second | millions a day | then |\n| --- | ---: | ---: | --- |"


def use() -> Use:
    """Returns what one article of 5 KB uses; the model's part is reckoned by ``bench/model_cost.py``."""
    of_model = model_cost.article_usage()
    return Use(of_model.calls, of_model.tokens, of_model.usd, record_units=RECORD_UNITS, table_units=TABLE_UNITS)


RECORD_UNITS = 5
"""Write units of one record of some 5 KB, in the table or an index of it."""

TABLE_UNITS = 27
"""Those of a new article in the summaries table: the claim of the event, and, twice each because one transaction writes
them, the current record, its revision and the check of the claim (DynamoDB developer guide, "Transactions")."""


@dataclass(frozen=True, slots=True)
class SimulatedDay:
    """One line of the table of days."""

    day: Day
    deployment: Deployment
    outcome: Outcome

    def __str__(self) -> str:
        """Returns the line in Markdown."""
        outcome = self.outcome
        waits = " | ".join(f"{outcome.wait(share):,}" for share in (0.5, 0.95, 0.99, 1))
        shares = " | ".join(f"{outcome.share(writer):.0%}" for writer in ("model", "budget", "unavailable"))
        hottest = max(outcome.peak_units["index"], outcome.peak_units["budget"]) / limits.PARTITION_WRITES
        return (
            f"| {self.day.name} | {self.deployment.name} | {outcome.waits.total():,} | {waits} | {shares} "
            f"| {outcome.redelivered.total():,} | {outcome.peak_concurrency:,} | {outcome.peak_waiting:,} "
            f"| {outcome.cold_starts:,} | {min(1.0, hottest):.0%} |"
        )


def simulated(day: Day, deployment: Deployment, times: Times = TIMES, seed: int = SEED) -> SimulatedDay:
    """Returns what comes of ``day``."""
    return SimulatedDay(day, deployment, Simulation(deployment, times, use(), seed).run(day.arrivals(seed)))


def days_table(days: Sequence[SimulatedDay]) -> str:
    """Returns the days as a table in Markdown."""
    return "\n".join([_DAYS_HEAD, *map(str, days)])


def ceilings_table(times: Times = TIMES) -> str:
    """Returns the limits of a deployment as it comes, but with the largest tier, the lowest first."""
    answers = times.answers()
    # Ten answers at once: the slowest of them ends the batch.
    batch = sum(answers[index] * ((index + 1) ** BATCH - index**BATCH) for index in range(BATCH)) / BATCH**BATCH
    batch += BATCH * times.own * limits.ONE_CPU_MB / DEFAULTS.memory_mb
    rows = [
        f"| {each.limit} | {each.articles_a_second:,.0f} | {each.articles_a_second * 86_400 / MILLION:,.1f} "
        f"| {each.then} |"
        for each in ceilings(use(), limits.LARGE, DEFAULTS.maximum_concurrency, batch)
    ]
    return "\n".join([_CEILINGS_HEAD, *rows])
