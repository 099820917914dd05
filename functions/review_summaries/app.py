"""Reviews summaries over HTTP: edit, approve, reject, regenerate, erase. Never imports a model client."""

import os
from functools import cache
from typing import Any

from aws_lambda_powertools import Metrics, Tracer
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.api.app import HttpApi
from standfirst.api.routes.review import review_routes
from standfirst.use_cases.erase_summary import EraseSummary
from standfirst.use_cases.request_regeneration import RequestRegeneration
from standfirst.use_cases.review_summary import ReviewSummary
from standfirst.wiring.function_logger import function_logger
from standfirst.wiring.review_api import erase_summary_from, request_regeneration_from, review_summary_from
from standfirst.wiring.settings import ReviewSummariesSettings

logger, metrics, tracer = function_logger(), Metrics(), Tracer()


@cache
def settings() -> ReviewSummariesSettings:
    """Returns the settings; read once per execution environment."""
    return ReviewSummariesSettings.from_environment(os.environ)


@cache
def review_summary() -> ReviewSummary:
    """Returns the use case; built once per execution environment."""
    return review_summary_from(settings())


@cache
def request_regeneration() -> RequestRegeneration:
    """Returns the use case; built once per execution environment."""
    return request_regeneration_from(settings())


@cache
def erase_summary() -> EraseSummary:
    """Returns the use case; built once per execution environment."""
    return erase_summary_from(settings())


api = HttpApi(logger, review_routes(review_summary, request_regeneration, erase_summary))


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answers one request of the HTTP API."""
    response = api.handle(event, context)
    metrics.add_metric(name=f"answered_{response['statusCode']}", unit=MetricUnit.Count, value=1)
    return response
