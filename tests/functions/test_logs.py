"""What is logged at DEBUG, by the functions and by every library: no article, text or key."""

import importlib
import io
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from pkgutil import walk_packages

import boto3
import pytest
from pydantic import BaseModel

import model_server as play
import standfirst
from builders import STORY
from http_events import an_event, as_json, body_of
from model_server import ModelServer
from standfirst.domain.article import ArticleId
from standfirst_local.functions import LocalFunction

Load = Callable[[str], LocalFunction]

ID = ArticleId("politics/ferry.txt")
KEY = "sk-stored-in-the-account"
HERS = "Her own words about the crossing of the Sele, quite unlike the article."
DRAFT = play.draft("The model says that the crossing costs 987,654 crowns.", "It will cost 987,654 crowns in all.")
SECRET = ["landing stage", "240,000", "987,654", "Her own words", KEY]
"""Of the article, of the model's draft, and of an editor."""


@pytest.fixture
def lambdas_log() -> io.StringIO:
    """What Lambda's own handler, that of the root logger, was given."""
    return io.StringIO()


@pytest.fixture
def load(load_function: Load, lambdas_log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Loads a function as Lambda does with LogLevel DEBUG: the level of everything, and a handler takes it all."""
    monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", "DEBUG")
    root, level = logging.getLogger(), logging.getLogger().level
    handler = logging.StreamHandler(lambdas_log)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield load_function
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def bucket(storage: Mapping[str, str]) -> str:
    """With one article."""
    boto3.client("s3").put_object(Bucket=storage["ArticlesBucket"], Key=ID, Body=STORY.encode())
    return storage["ArticlesBucket"]


@pytest.fixture
def with_model(model: ModelServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A model that gets a figure wrong, and its key in a secret."""
    secrets = boto3.client("secretsmanager")
    arn = secrets.create_secret(Name="of-the-logs", SecretString=json.dumps({"OPENAI_API_KEY": KEY}))["ARN"]
    for name, value in {"PROVIDER": "openai", "BASE_URL": model.base_url, "KEY_SECRET": arn}.items():
        monkeypatch.setenv(f"MODEL_{name}", value)
    model.answers(DRAFT)
    yield
    secrets.delete_secret(SecretId=arn, ForceDeleteWithoutRecovery=True)


def an_upload(bucket: str) -> dict[str, object]:
    """The batch with the event of the article."""
    entry = {"key": ID, "sequencer": "0A", "size": 5}
    body = json.dumps({"Records": [{"eventSource": "aws:s3", "s3": {"bucket": {"name": bucket}, "object": entry}}]})
    return {
        "Records": [
            {"messageId": "m0", "receiptHandle": "r0", "body": body, "attributes": {"ApproximateReceiveCount": "1"}}
        ]
    }


def walk(load: Load, bucket: str) -> None:
    """The worker, GET, PATCH and POST, each as it succeeds and as it is refused."""
    load("summarize_uploads").invoke(an_upload(bucket))
    serve, review, request = (load(name) for name in ("serve_summaries", "review_summaries", "summarize_on_request"))
    found = serve.invoke(an_event("http_get_summary", ID))
    assert found["statusCode"] == 200
    etag = found["headers"]["ETag"]

    def patched(patch: object, tag: str) -> int:
        event = an_event("http_patch_summary", ID, headers={"if-match": tag}, **as_json(patch))
        return int(review.invoke(event)["statusCode"])

    assert patched({"standfirst": HERS, "status": [HERS]}, etag) == 422
    assert patched({"standfirst": HERS}, '"99"') == 412
    assert patched({"standfirst": HERS}, etag) == 200
    assert HERS in body_of(serve.invoke(an_event("http_get_summary", ID)))["standfirst"]
    assert request.invoke(an_event("http_post_summary", **as_json({"text": STORY})))["statusCode"] in {200, 201}
    assert request.invoke(an_event("http_post_summary", **as_json({"text": [STORY]})))["statusCode"] >= 400


def logged_secrets(lambdas_log: io.StringIO, capfd: pytest.CaptureFixture[str]) -> list[str]:
    """What of ``SECRET`` was logged, beside what has to be."""
    logged = "".join([*capfd.readouterr(), lambdas_log.getvalue()])
    assert f'"article_id":"{ID}"' in logged
    return [secret for secret in SECRET if secret in logged]


def test_nothing_of_a_text_is_logged_at_debug(
    load: Load, bucket: str, lambdas_log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without a model, and so without a stored key."""
    walk(load, bucket)

    assert logged_secrets(lambdas_log, capfd) == []


@pytest.mark.usefixtures("with_model")
def test_nothing_of_a_draft_or_key_is_logged_at_debug(
    load: Load, bucket: str, lambdas_log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    """With a model, whose rejected draft is kept."""
    walk(load, bucket)

    assert logged_secrets(lambdas_log, capfd) == []


def test_a_record_that_cannot_be_read_is_a_fault_whose_log_shows_none_of_it(
    load: Load, bucket: str, storage: Mapping[str, str], lambdas_log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    """The error names the member, without what is in it."""
    load("summarize_uploads").invoke(an_upload(bucket))
    boto3.client("dynamodb").update_item(
        TableName=storage["SummariesTable"],
        Key={"article_id": {"S": ID}, "item": {"S": "CURRENT"}},
        UpdateExpression="SET standfirst = :broken, headline = :broken",
        ExpressionAttributeValues={":broken": {"L": [{"S": HERS}]}},
    )

    answer = load("serve_summaries").invoke(an_event("http_get_summary", ID))

    assert answer["statusCode"] == 500
    assert logged_secrets(lambdas_log, capfd) == []


def models() -> set[type[BaseModel]]:
    """Every model of ours that holds something of an article, a text or a request."""
    for module in walk_packages(standfirst.__path__, "standfirst."):
        importlib.import_module(module.name)
    found, of_operators = set(BaseModel.__subclasses__()), {"settings", "prices", "house_style"}
    while more := {below for each in found for below in each.__subclasses__()} - found:
        found |= more
    modules = {each: each.__module__.split(".") for each in found}
    return {each for each, path in modules.items() if path[0] == "standfirst" and path[-1] not in of_operators}


def test_no_validation_error_shows_what_it_is_about() -> None:
    """Also of a model that is added later; what an operator has set may be shown."""
    assert len(models()) > 20
    assert [each for each in models() if not each.model_config.get("hide_input_in_errors")] == []
