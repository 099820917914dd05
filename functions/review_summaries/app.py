"""What editors do over HTTP: edit, approve, reject, have written anew. Never imports a model client."""

import os
import uuid
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.adapters.dynamodb_summaries import DynamoDbSummaries
from standfirst.adapters.s3_articles import S3Articles
from standfirst.adapters.sqs_uploads import SqsUploads
from standfirst.adapters.system_clock import SystemClock
from standfirst.adapters.upload_messages import write_regeneration
from standfirst.api.http_api import HttpApi
from standfirst.api.review_routes import review_routes
from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.find_summaries import FindSummaries
from standfirst.reading.document import read_document
from standfirst.request_regeneration import RequestRegeneration
from standfirst.review_summary import CheckWords, ReviewSummary
from standfirst.settings import ReviewSummariesSettings
from standfirst.writing.house_style import load_styles

logger, metrics, tracer = Logger(), Metrics(), Tracer()


@cache
def settings() -> ReviewSummariesSettings:
    """Read once per execution environment."""
    return ReviewSummariesSettings.from_environment(os.environ)


@cache
def review_summary() -> ReviewSummary:
    """The story of an editor, with its collaborators."""
    style = load_styles(settings().house_styles).for_article
    check = CheckWords(S3Articles(), read_document, style, check_draft, find_evidence, settings().articles_prefix)
    return ReviewSummary(DynamoDbSummaries(settings().summaries_table), check, SystemClock())


@cache
def request_regeneration() -> RequestRegeneration:
    """The story of a wish, with its collaborators."""
    return RequestRegeneration(
        find=FindSummaries(DynamoDbSummaries(settings().summaries_table), SystemClock()),
        queue=SqsUploads(settings().uploads_queue_url),
        write_message=write_regeneration,
        new_wish=lambda: str(uuid.uuid4()),
        prefix=settings().articles_prefix,
    )


api = HttpApi(logger, review_routes(review_summary, request_regeneration))


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """One request of the HTTP API."""
    answered = api.answer(event, context)
    metrics.add_metric(name=f"answered_{answered['statusCode']}", unit=MetricUnit.Count, value=1)
    return answered
