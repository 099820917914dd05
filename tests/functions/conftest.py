"""The real handlers, with the environment of the template, against moto over HTTP."""

from collections.abc import Iterator, Mapping
from uuid import uuid4

import boto3
import pytest

from standfirst_local.deployment import PROJECT
from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction


def variables(table: str) -> dict[str, str]:
    """What the template sets. The service has a name of its own, because Powertools keeps one logger per name."""
    return {
        "POWERTOOLS_SERVICE_NAME": f"tests-{uuid4()}",
        "POWERTOOLS_METRICS_NAMESPACE": "Standfirst",
        "POWERTOOLS_LOG_LEVEL": "INFO",
        "SUMMARIES_TABLE": table,
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
    with environment(variables(table)):
        yield LocalFunction("summarize_uploads", PROJECT / "functions" / "summarize_uploads", 1024, 90)


@pytest.fixture
def serve_summaries(table: str) -> Iterator[LocalFunction]:
    """The function, newly loaded."""
    with environment(variables(table)):
        yield LocalFunction("serve_summaries", PROJECT / "functions" / "serve_summaries", 1024, 10)
