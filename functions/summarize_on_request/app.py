"""Summarises the article of an API request. The only function of the API that loads the model's client."""

from standfirst.wiring import cold_start, early_start  # noqa: F401 # isort: skip  (before all others)

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.adapters.aws.idempotency import DynamoDbIdempotencyStore
from standfirst.api.app import HttpApi
from standfirst.api.routes.summarize import ANSWER_SECONDS, request_routes
from standfirst.domain.measures import of_record
from standfirst.domain.ports import IdempotencyStore
from standfirst.domain.record import Record
from standfirst.use_cases.summarize_request import SummarizeRequest
from standfirst.wiring.function_logger import function_logger
from standfirst.wiring.function_metrics import FunctionMetrics
from standfirst.wiring.function_tracer import function_tracer
from standfirst.wiring.known_values import known_in_texts
from standfirst.wiring.settings import SummarizeOnRequestSettings
from standfirst.wiring.summarize_api import summarize_request_from

cold_start.imported()

logger, metrics, tracer = function_logger(), Metrics(), function_tracer()
measured = FunctionMetrics(metrics)


@cache
def settings() -> SummarizeOnRequestSettings:
    """Returns the settings; read once per execution environment."""
    return SummarizeOnRequestSettings.from_environment(os.environ)


@cache
def summarize_on_request() -> SummarizeRequest:
    """Returns the use case; built once per execution environment."""
    with cold_start.building():
        return summarize_request_from(settings(), on_breaker_open)


@cache
def idempotency_store() -> IdempotencyStore:
    """Returns the store of responses to requests with idempotency keys."""
    return DynamoDbIdempotencyStore(settings().generations_table)


def on_breaker_open(circuit: str) -> None:
    """Counts and logs that the circuit breaker has opened."""
    metrics.add_metric(name="model_breaker_opened", unit=MetricUnit.Count, value=1)
    logger.error("The breaker has opened", circuit=circuit)


def report(record: Record) -> None:
    """Counts and logs the outcome for an article."""
    degraded = record.made_by and record.made_by.degraded
    metrics.add_metric(name=record.status, unit=MetricUnit.Count, value=1)
    if degraded:
        metrics.add_metric(name=f"degraded_{degraded}", unit=MetricUnit.Count, value=1)
    reading = record.second_reading and record.second_reading.outcome
    if reading:
        metrics.add_metric(name=f"second_reading_{reading}", unit=MetricUnit.Count, value=1)
    # One that was stored before the request has been counted.
    if datetime.now(UTC) - record.updated_at < timedelta(seconds=ANSWER_SECONDS):
        measured.add(of_record(record, known_in_texts(settings()), settings().asked_model))
    logger.info(
        "Answered a request",
        article_id=record.article_id,
        outcome=record.status,
        degraded=degraded,
        second_reading=reading,
    )


api = HttpApi(logger, request_routes(summarize_on_request, idempotency_store, report))


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answers one request of the HTTP API."""
    response = api.handle(event, context)
    metrics.add_metric(name=f"answered_{response['statusCode']}", unit=MetricUnit.Count, value=1)
    measured.flush()
    return response
