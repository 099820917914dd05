"""Serves the evidence desk: the page on which editors review summaries. It has no rights and holds no texts."""

from standfirst.wiring import cold_start  # isort: skip  (before all others)

import os
from functools import cache
from pathlib import Path
from typing import Any

from aws_lambda_powertools import Metrics, Tracer
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.api.desk_page import DeskPage
from standfirst.wiring.desk import desk_files, sign_in_from
from standfirst.wiring.function_logger import function_logger
from standfirst.wiring.plain_settings import ServeDeskSettings

cold_start.imported()

logger, metrics, tracer = function_logger(), Metrics(), Tracer()


@cache
def desk_page() -> DeskPage:
    """Returns the page; its files are read, and the issuer's answer is kept, once per execution environment."""
    settings = ServeDeskSettings.from_environment(os.environ)
    return DeskPage(desk_files(Path(__file__).parent / "desk"), sign_in_from(settings), logger)


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """Answers one request for the page."""
    response = desk_page().handle(event)
    metrics.add_metric(name=f"answered_{response['statusCode']}", unit=MetricUnit.Count, value=1)
    return response
