"""The real handlers, with the environment of the template, against moto over HTTP."""

from collections.abc import Iterator, Mapping

import boto3
import pytest

from standfirst_local.deployment import PROJECT
from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction

ENVIRONMENT = {
    "POWERTOOLS_SERVICE_NAME": "tests",
    "POWERTOOLS_METRICS_NAMESPACE": "Standfirst",
    "POWERTOOLS_LOG_LEVEL": "INFO",
}


@pytest.fixture
def table(storage: Mapping[str, str]) -> str:
    """The summaries table, empty."""
    name = storage["SummariesTable"]
    dynamodb = boto3.client("dynamodb")
    for page in dynamodb.get_paginator("scan").paginate(TableName=name):
        for item in page["Items"]:
            dynamodb.delete_item(TableName=name, Key={key: item[key] for key in ("article_id", "item")})
    return name


@pytest.fixture
def summarize_uploads(table: str) -> Iterator[LocalFunction]:
    """The function, newly loaded."""
    with environment(ENVIRONMENT | {"SUMMARIES_TABLE": table}):
        yield LocalFunction("summarize_uploads", PROJECT / "functions" / "summarize_uploads", 1024, 90)


@pytest.fixture
def serve_summaries(table: str) -> Iterator[LocalFunction]:
    """The function, newly loaded."""
    with environment(ENVIRONMENT | {"SUMMARIES_TABLE": table}):
        yield LocalFunction("serve_summaries", PROJECT / "functions" / "serve_summaries", 1024, 10)
