"""The real handlers, with the environment of the template, against moto over HTTP."""

import json
from collections.abc import Callable, Iterator, Mapping
from uuid import uuid4

import boto3
import pytest
from aws_lambda_powertools.utilities.circuit_breaker import base as circuit_breaker

from emulated import empty
from model_server import ModelServer
from model_worker import KEY
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst_local.deployment import PROJECT
from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction


@pytest.fixture
def table(storage: Mapping[str, str]) -> str:
    """The summaries table; nothing is in it, or known of a model."""
    empty(*(storage[name] for name in ("SummariesTable", "ReviewsTable", "GenerationsTable", "ModelStateTable")))
    # Powertools counts faults for the whole process.
    circuit_breaker._LOCAL_FAILURES.clear()  # noqa: SLF001
    return storage["SummariesTable"]


@pytest.fixture
def load_function(table: str, storage: Mapping[str, str]) -> Iterator[Callable[..., LocalFunction]]:
    """Loads a function again, in the environment that the template gives it."""
    variables = {
        # Powertools keeps one logger per name.
        "POWERTOOLS_SERVICE_NAME": f"tests-{uuid4()}",
        "POWERTOOLS_METRICS_NAMESPACE": "Standfirst",
        "POWERTOOLS_LOG_LEVEL": "INFO",
        "SUMMARIES_TABLE": table,
        "REVIEWS_TABLE": storage["ReviewsTable"],
        "GENERATIONS_TABLE": storage["GenerationsTable"],
        "MODEL_STATE_TABLE": storage["ModelStateTable"],
        "UPLOADS_QUEUE_URL": storage["UploadsQueue"],
        "DEAD_LETTER_QUEUE_URL": storage["UploadsDeadLetterQueue"],
        "BACKFILL_QUEUE_URL": storage["BackfillQueue"],
        "BACKFILL_CONCURRENCY": "2",
        "ARTICLES_BUCKET": storage["ArticlesBucket"],
        "MAX_RECEIVES": "5",
    }
    with environment(variables):
        yield lambda name, timeout_seconds=90: LocalFunction(
            name, PROJECT / "functions" / name, memory_mb=1024, timeout_seconds=timeout_seconds
        )


@pytest.fixture
def summarize_uploads(load_function: Callable[[str], LocalFunction]) -> LocalFunction:
    """The worker."""
    return load_function("summarize_uploads")


@pytest.fixture
def serve_summaries(load_function: Callable[[str], LocalFunction]) -> LocalFunction:
    """The API."""
    return load_function("serve_summaries")


@pytest.fixture
def review_summaries(load_function: Callable[[str], LocalFunction]) -> LocalFunction:
    """What editors ask."""
    return load_function("review_summaries")


@pytest.fixture
def serve_reviews(load_function: Callable[[str], LocalFunction]) -> LocalFunction:
    """What editors decided."""
    return load_function("serve_reviews")


@pytest.fixture
def summarize_on_request(load_function: Callable[..., LocalFunction]) -> LocalFunction:
    """What a CMS asks while it waits."""
    return load_function("summarize_on_request", timeout_seconds=29)


@pytest.fixture
def with_key(
    request: pytest.FixtureRequest,
    storage: Mapping[str, str],
    model: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """A deployment that asks the model that is played; its key lies where the template may say it does."""
    del storage
    monkeypatch.setenv("MODEL_PROVIDER", "openai")
    monkeypatch.setenv("SECOND_READER", "off")  # what it does is for tests of its own
    monkeypatch.setenv("MODEL_BASE_URL", model.base_url)
    if getattr(request, "param", "secret") == "secret":
        secrets = boto3.client("secretsmanager")
        arn = secrets.create_secret(Name="openai", SecretString=json.dumps({"OPENAI_API_KEY": KEY}))["ARN"]
        monkeypatch.setenv("MODEL_KEY_SECRET", arn)
        yield
        secrets.delete_secret(SecretId=arn, ForceDeleteWithoutRecovery=True)
    else:
        boto3.client("ssm").put_parameter(Name="/standfirst/openai", Value=KEY, Type="SecureString", Overwrite=True)
        monkeypatch.setenv("MODEL_KEY_PARAMETER", "/standfirst/openai")
        yield


@pytest.fixture
def worker(with_key: None, load_function: Callable[[str], LocalFunction]) -> LocalFunction:
    """The function of such a deployment."""
    del with_key
    return load_function("summarize_uploads")


@pytest.fixture
def bucket(storage: Mapping[str, str]) -> str:
    """The bucket of the template."""
    return storage["ArticlesBucket"]


@pytest.fixture
def summaries(table: str) -> DynamoDbSummaryTable:
    """What the handler stored."""
    return DynamoDbSummaryTable(table)
