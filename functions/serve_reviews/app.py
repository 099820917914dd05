"""Serves editors the queue, claims on its articles and what they decided, over HTTP.

Never imports a model client or a document reader.
"""

from standfirst.wiring import cold_start  # isort: skip  (before all others)

import os
from functools import cache
from typing import Any

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.adapters.aws.claim_table import DynamoDbClaimTable
from standfirst.adapters.aws.reviews_table import DynamoDbReviewsTable
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.clock import SystemClock
from standfirst.api.app import HttpApi
from standfirst.api.routes.queue import queue_routes
from standfirst.api.routes.reviews import reviews_routes
from standfirst.use_cases.claim_article import ClaimArticle
from standfirst.use_cases.get_queue import GetQueue
from standfirst.use_cases.list_reviews import ListReviews
from standfirst.wiring.function_logger import function_logger
from standfirst.wiring.function_tracer import function_tracer
from standfirst.wiring.plain_settings import ServeReviewsSettings

cold_start.imported()

logger, metrics, tracer = function_logger(), Metrics(), function_tracer()


@cache
def settings() -> ServeReviewsSettings:
    """Returns the settings; read once per execution environment."""
    return ServeReviewsSettings.from_environment(os.environ)


@cache
def list_reviews() -> ListReviews:
    """Returns the use case; built once per execution environment."""
    return ListReviews(DynamoDbReviewsTable(settings().reviews_table))


@cache
def get_queue() -> GetQueue:
    """Returns the use case; built once per execution environment."""
    summaries = DynamoDbSummaryTable(settings().summaries_table)
    return GetQueue(summaries, DynamoDbClaimTable(settings().reviews_table), SystemClock())


@cache
def claim_article() -> ClaimArticle:
    """Returns the use case; built once per execution environment."""
    return ClaimArticle(DynamoDbClaimTable(settings().reviews_table), SystemClock())


api = HttpApi(logger, queue_routes(get_queue, claim_article), reviews_routes(list_reviews))


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answers one request of the HTTP API."""
    response = api.handle(event, context)
    metrics.add_metric(name=f"answered_{response['statusCode']}", unit=MetricUnit.Count, value=1)
    return response
