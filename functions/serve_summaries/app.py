"""Serves summaries over HTTP. Never imports a model client or a document reader."""

from standfirst.wiring import cold_start  # isort: skip  (before all others)

import os
import time
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.adapters.aws.summary_items import SummaryItems
from standfirst.api import plain_get
from standfirst.api.slow_gets import is_slow_get
from standfirst.wiring.function_logger import function_logger
from standfirst.wiring.function_tracer import function_tracer
from standfirst.wiring.plain_settings import ServeSummariesSettings

if TYPE_CHECKING:
    from standfirst.api.app import HttpApi

cold_start.imported()

logger, metrics, tracer = function_logger(), Metrics(), function_tracer()


@cache
def items() -> SummaryItems:
    """Returns the table; built once per execution environment."""
    with cold_start.building():
        return SummaryItems(ServeSummariesSettings.from_environment(os.environ).summaries_table)


@cache
def api() -> "HttpApi":
    """Returns the routes; imported by the first request that needs them, because most of a cold start is theirs."""
    with cold_start.building():
        from standfirst.wiring.serve_api import serve_api  # noqa: PLC0415 - see above

        return serve_api(items, logger)


def answer(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Returns the response to ``event``: to a plain GET from the stored record, to all else from the routes."""
    article_id = plain_get.asked_for(event)
    if article_id is None:
        return api().handle(event, context)
    current = items().current(article_id)
    if current.members and (response := plain_get.answer(event, current.members)):
        return response
    with items().known(current):
        return api().handle(event, context)


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answers one request of the HTTP API, also those without a route."""
    response = answer(event, context)
    metrics.add_metric(name=f"answered_{response['statusCode']}", unit=MetricUnit.Count, value=1)
    if (is_slow := is_slow_get(event, time.time())) is not None:
        metrics.add_metric(name="gets", unit=MetricUnit.Count, value=1)
        metrics.add_metric(name="gets_slow", unit=MetricUnit.Count, value=is_slow)
    return response
