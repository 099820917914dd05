"""Serves summaries over HTTP. Never imports a model client or a document reader."""

from standfirst import cold_start  # isort: skip  (before all others)

import os
from functools import cache
from typing import Annotated, Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.adapters.dynamodb_summaries import DynamoDbSummaries
from standfirst.api.paths import id_in_segment, with_id_as_one_segment
from standfirst.api.problems import answer_with_problems
from standfirst.domain.record import MAX_REVISION, Record, Shape, Status
from standfirst.find_summaries import FindSummaries
from standfirst.settings import ServeSummariesSettings

cold_start.imported()

logger, metrics, tracer = Logger(), Metrics(), Tracer()
app = APIGatewayHttpResolver(enable_validation=True)
answer_with_problems(app)


class SummaryList(Shape):
    """A page of summaries, newest first; ``cursor`` begins the next page and is ``None`` on the last."""

    summaries: tuple[Record, ...]
    cursor: str | None


@cache
def find_summaries() -> FindSummaries:
    """The story, with its store; made once per execution environment."""
    settings = ServeSummariesSettings.from_environment(os.environ)
    return FindSummaries(DynamoDbSummaries(settings.summaries_table))


@app.get("/summaries")
def list_summaries(
    status: Annotated[Status | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query()] = None,
) -> SummaryList:
    """The newest summaries, of one status or of all, a page at a time."""
    page = find_summaries().newest(status, cursor, limit)
    return SummaryList(summaries=tuple(record.as_served() for record in page.records), cursor=page.cursor)


@app.get("/summaries/<article_id>")
def get_summary(
    article_id: Annotated[str, Path()],
    revision: Annotated[int | None, Query(ge=1, le=MAX_REVISION)] = None,
    rejected_draft: Annotated[bool, Query()] = False,  # noqa: FBT002 - a query parameter
) -> Record:
    """One article's summary: the newest revision, or the one asked for; with the rejected draft for an editor."""
    logger.append_keys(article_id=id_in_segment(article_id))
    record = find_summaries().one(id_in_segment(article_id), revision)
    return record if rejected_draft else record.as_served()


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """One request of the HTTP API."""
    answer = app.resolve(with_id_as_one_segment(event), context)
    metrics.add_metric(name=f"answered_{answer['statusCode']}", unit=MetricUnit.Count, value=1)
    return answer
