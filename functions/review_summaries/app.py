"""What editors call: articles and checks, edit, approve, reject, regenerate, erase. Never imports a model client."""

from standfirst.wiring import cold_start, early_start  # noqa: F401 # isort: skip  (before all others)

import os
from functools import cache
from typing import Any

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.api.app import HttpApi
from standfirst.api.routes.articles import article_routes
from standfirst.api.routes.review import review_routes
from standfirst.domain.measures import of_review
from standfirst.domain.review_record import ReviewRecord
from standfirst.wiring.function_logger import function_logger
from standfirst.wiring.function_metrics import FunctionMetrics
from standfirst.wiring.function_tracer import function_tracer
from standfirst.wiring.known_values import known_in_reviews
from standfirst.wiring.review_api import ReviewUseCases
from standfirst.wiring.settings import ReviewSummariesSettings

cold_start.imported()

logger, metrics, tracer = function_logger(), Metrics(), function_tracer()
measured = FunctionMetrics(metrics)


@cache
def settings() -> ReviewSummariesSettings:
    """Returns the settings; read once per execution environment."""
    return ReviewSummariesSettings.from_environment(os.environ)


@cache
def use_cases() -> ReviewUseCases:
    """Returns the use cases; built once per execution environment."""
    return ReviewUseCases(settings(), on_review)


def on_review(review: ReviewRecord) -> None:
    """Counts and times a decision."""
    measured.add(of_review(review, known_in_reviews(settings())))


api = HttpApi(
    logger,
    review_routes(
        lambda: use_cases().review_summary,
        lambda: use_cases().request_regeneration,
        lambda: use_cases().erase_summary,
    ),
    article_routes(lambda: use_cases().get_article, lambda: use_cases().check_texts),
)


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answers one request of the HTTP API."""
    response = api.handle(event, context)
    metrics.add_metric(name=f"answered_{response['statusCode']}", unit=MetricUnit.Count, value=1)
    measured.flush()
    return response
