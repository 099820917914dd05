"""The real handlers, with the environment of the template, against moto over HTTP."""

from collections.abc import Callable, Iterator, Mapping
from uuid import uuid4

import boto3
import pytest

from standfirst_local.deployment import PROJECT
from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction


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
def load_function(table: str) -> Iterator[Callable[[str], LocalFunction]]:
    """Loads a function anew, in the environment that the template gives it."""
    variables = {
        # Powertools keeps one logger per name.
        "POWERTOOLS_SERVICE_NAME": f"tests-{uuid4()}",
        "POWERTOOLS_METRICS_NAMESPACE": "Standfirst",
        "POWERTOOLS_LOG_LEVEL": "INFO",
        "SUMMARIES_TABLE": table,
        "MAX_RECEIVES": "5",
    }
    with environment(variables):
        yield lambda name: LocalFunction(name, PROJECT / "functions" / name, memory_mb=1024, timeout_seconds=90)


@pytest.fixture
def summarize_uploads(load_function: Callable[[str], LocalFunction]) -> LocalFunction:
    """The worker."""
    return load_function("summarize_uploads")


@pytest.fixture
def serve_summaries(load_function: Callable[[str], LocalFunction]) -> LocalFunction:
    """The API."""
    return load_function("serve_summaries")
