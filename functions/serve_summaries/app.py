"""Serves summaries over HTTP. Never imports a model client or a document reader."""

from standfirst.wiring import cold_start  # isort: skip  (before all others)

import os
import time
from functools import cache
from typing import Any

from aws_lambda_powertools import Metrics, Tracer
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.clock import SystemClock
from standfirst.api.app import HttpApi
from standfirst.api.routes.openapi import document_routes
from standfirst.api.routes.read import reading_routes
from standfirst.api.slow_gets import is_slow_get
from standfirst.api.whole_api import document, methods
from standfirst.use_cases.get_summaries import GetSummaries
from standfirst.wiring.function_logger import function_logger
from standfirst.wiring.settings import ServeSummariesSettings

cold_start.imported()

logger, metrics, tracer = function_logger(), Metrics(), Tracer()


@cache
def get_summaries() -> GetSummaries:
    """Returns the use case; built once per execution environment."""
    settings = ServeSummariesSettings.from_environment(os.environ)
    return GetSummaries(DynamoDbSummaryTable(settings.summaries_table), SystemClock())


api = HttpApi(logger, reading_routes(get_summaries), document_routes(document), methods=methods)


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answers one request of the HTTP API, also those without a route."""
    response = api.handle(event, context)
    metrics.add_metric(name=f"answered_{response['statusCode']}", unit=MetricUnit.Count, value=1)
    if (is_slow := is_slow_get(event, time.time())) is not None:
        metrics.add_metric(name="gets", unit=MetricUnit.Count, value=1)
        metrics.add_metric(name="gets_slow", unit=MetricUnit.Count, value=is_slow)
    return response
