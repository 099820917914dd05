"""Schedules upgrades of texts that a model could not write or read, once it is available again. Runs by schedule."""

from standfirst.wiring import cold_start  # isort: skip  (before all others)

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.adapters.aws.budget_table import DynamoDbBudgetTable
from standfirst.adapters.aws.messages import write_upgrade
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.aws.upload_queue import SqsUploadQueue
from standfirst.adapters.clock import SystemClock
from standfirst.use_cases.background_lane import BackgroundLane
from standfirst.use_cases.schedule_upgrades import ScheduleUpgrades
from standfirst.wiring.function_logger import function_logger
from standfirst.wiring.function_tracer import function_tracer
from standfirst.wiring.model_state import daily_budget, reader_breaker, writer_breaker
from standfirst.wiring.settings import UpgradeSummariesSettings

cold_start.imported()

logger, metrics, tracer = function_logger(), Metrics(), function_tracer()


@cache
def settings() -> UpgradeSummariesSettings:
    """Returns the settings; read once per execution environment."""
    return UpgradeSummariesSettings.from_environment(os.environ)


@cache
def budgets() -> Mapping[str, DynamoDbBudgetTable | None]:
    """Returns the day's budget of each lane, ``None`` without a limit."""
    return {"": daily_budget(settings()), "backfill_": daily_budget(settings().of_lane())}


@cache
def schedule_upgrades() -> ScheduleUpgrades:
    """Returns the use case; built once per execution environment."""
    of_lane = settings().of_lane()
    return ScheduleUpgrades(
        summaries=DynamoDbSummaryTable(settings().summaries_table),
        breaker=writer_breaker(of_lane, of_lane.writer),
        reader_breaker=reader_breaker(of_lane, of_lane.reader),
        budget=budgets()["backfill_"],
        lane=BackgroundLane(SqsUploadQueue(of_lane.backfill_queue_url), of_lane.backfill_concurrency),
        write_message=write_upgrade,
        clock=SystemClock(),
    )


def report_spending(budgets: Mapping[str, DynamoDbBudgetTable | None]) -> None:
    """Tells what is spent today, and what may be, in US dollars; ``budgets`` by what their metrics begin with."""
    for prefix, budget in budgets.items():
        if budget:
            metrics.add_metric(name=f"{prefix}spent_usd", unit=MetricUnit.NoUnit, value=float(budget.spent()))
            metrics.add_metric(name=f"{prefix}budget_usd", unit=MetricUnit.NoUnit, value=float(budget.usd_a_day))


def report_waiting(since: datetime | None) -> None:
    """Tells how long the text that has waited longest has asked for an editor, in seconds; 0 if none does."""
    seconds = (datetime.now(UTC) - since).total_seconds() if since else 0
    metrics.add_metric(name="review_waiting_seconds", unit=MetricUnit.Seconds, value=max(0.0, seconds))


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - Lambda's signature
    """Does one run; after an error the next run tries again."""
    report_waiting(DynamoDbSummaryTable(settings().summaries_table).queued_since())
    if settings().model_provider == "none":
        return
    report_spending(budgets())
    scheduled = schedule_upgrades()()
    metrics.add_metric(name="upgrades_wished", unit=MetricUnit.Count, value=scheduled)
    logger.info("Wished for upgrades", wished=scheduled)
