"""Schedules upgrades of texts that a model could not write or read, once it is available again. Runs by schedule."""

import os
from functools import cache
from typing import Any

from aws_lambda_powertools import Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.adapters.aws.budget_table import DynamoDbBudgetTable
from standfirst.adapters.aws.circuit_breaker import SECOND_READER, DynamoDbBreaker
from standfirst.adapters.aws.messages import write_upgrade
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.aws.upload_queue import SqsUploadQueue
from standfirst.adapters.clock import SystemClock
from standfirst.use_cases.schedule_upgrades import ScheduleUpgrades
from standfirst.wiring.function_logger import function_logger
from standfirst.wiring.settings import UpgradeSummariesSettings

logger, metrics, tracer = function_logger(), Metrics(), Tracer()


@cache
def settings() -> UpgradeSummariesSettings:
    """Returns the settings; read once per execution environment."""
    return UpgradeSummariesSettings.from_environment(os.environ)


@cache
def budget() -> DynamoDbBudgetTable | None:
    """Returns the day's budget, ``None`` without a limit."""
    usd_a_day = settings().daily_budget_usd
    return None if usd_a_day is None else DynamoDbBudgetTable(settings().model_state_table, usd_a_day, SystemClock())


@cache
def schedule_upgrades() -> ScheduleUpgrades:
    """Returns the use case; built once per execution environment."""
    table = settings().model_state_table
    return ScheduleUpgrades(
        summaries=DynamoDbSummaryTable(settings().summaries_table),
        breaker=DynamoDbBreaker(table, settings().writer),
        reader_breaker=DynamoDbBreaker(table, settings().reader, role=SECOND_READER),
        budget=budget(),
        queue=SqsUploadQueue(settings().uploads_queue_url),
        write_message=write_upgrade,
        clock=SystemClock(),
    )


def report_spending(budget: DynamoDbBudgetTable) -> None:
    """Tells what is spent today, and what may be, in US dollars."""
    metrics.add_metric(name="spent_usd", unit=MetricUnit.NoUnit, value=float(budget.spent()))
    metrics.add_metric(name="budget_usd", unit=MetricUnit.NoUnit, value=float(budget.usd_a_day))


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - Lambda's signature
    """Does one run; after an error the next run tries again."""
    if settings().model_provider == "none":
        return
    if limited := budget():
        report_spending(limited)
    scheduled = schedule_upgrades()(settings().upgrades_per_run)
    metrics.add_metric(name="upgrades_wished", unit=MetricUnit.Count, value=scheduled)
    logger.info("Wished for upgrades", wished=scheduled)
