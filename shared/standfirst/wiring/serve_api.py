"""Builds the routes of ``functions/serve_summaries``, for all that is no plain GET (``api/plain_get.py``)."""

from collections.abc import Callable
from functools import cache

from aws_lambda_powertools import Logger

from standfirst.adapters.aws.summary_items import SummaryItems
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.clock import SystemClock
from standfirst.api.app import HttpApi
from standfirst.api.routes.openapi import document_routes
from standfirst.api.routes.read import reading_routes
from standfirst.api.whole_api import document, methods
from standfirst.use_cases.get_summaries import GetSummaries


def serve_api(items: Callable[[], SummaryItems], logger: Logger) -> HttpApi:
    """Returns the API over the table that ``items`` returns, which is asked for once there is something to read."""

    @cache
    def get_summaries() -> GetSummaries:
        return GetSummaries(DynamoDbSummaryTable(items()), SystemClock())

    return HttpApi(logger, reading_routes(get_summaries), document_routes(document), methods=methods)
