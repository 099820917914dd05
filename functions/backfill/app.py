"""Quotes, begins, advances and reports runs of the backfill.

``BackfillStateMachine`` sends the steps ``advance`` and ``prepare``, the command line the others.
"""

import os
from functools import cache
from typing import Any

from aws_lambda_powertools import Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.domain.backfill_run import Run
from standfirst.domain.deadline import Deadline
from standfirst.wiring.backfill import BackfillUseCases
from standfirst.wiring.backfill_steps import STEPS
from standfirst.wiring.function_logger import function_logger
from standfirst.wiring.settings import BackfillSettings

logger, metrics, tracer = function_logger(), Metrics(), Tracer()

LAST_SECONDS = 10.0
"""Reserved at the end of an invocation to let go of the run."""


@cache
def use_cases() -> BackfillUseCases:
    """Returns the use cases; built once per execution environment."""
    return BackfillUseCases(BackfillSettings.from_environment(os.environ), report)


def report(run: Run) -> None:
    """Counts and logs what became of a run that has ended."""
    metrics.add_metric(name=f"backfill_{run.state}", unit=MetricUnit.Count, value=1)
    metrics.add_metric(name="backfill_written", unit=MetricUnit.Count, value=run.counts.written)
    metrics.add_metric(name="backfill_left", unit=MetricUnit.Count, value=run.counts.left)
    # Here, because other steps have no metrics.
    metrics.flush_metrics()
    logger.info("A run of the backfill has ended", run=run.run_id, state=run.state, **run.counts.model_dump())


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Does one step; what it raises is the caller's to repeat, or to show."""
    deadline = Deadline.after(context.get_remaining_time_in_millis() / 1000 - LAST_SECONDS)
    step = event["step"]
    answer = STEPS[step](use_cases(), event, deadline)
    logger.info("Did a step of the backfill", step=step, run=event.get("run"), next=answer.get("next"))
    return answer
