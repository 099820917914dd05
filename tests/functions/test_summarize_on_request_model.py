"""The same function with a model, whose provider is played over HTTP."""

import json
import time
from collections.abc import Callable, Iterator, Mapping

import boto3
import pytest

import model_server as play
from builders import STORY
from http_events import a_post, body_of
from model_server import ModelServer
from standfirst_local.functions import LocalFunction

STANDFIRST = (
    "Brackenford’s council voted on Tuesday to bring back the crossing, "
    "which stopped in 2019 when a flood washed its landing stage away."
)
SUMMARY = (
    "The town council of Brackenford voted on Tuesday to reopen the ferry across the Sele. It stopped in 2019, "
    "when a flood washed away its landing stage. Repairs will cost {} crowns, the council said, "
    "and are to be finished by June."
)
GOOD = play.draft(STANDFIRST, SUMMARY.format("240,000"))
WRONG = play.draft(STANDFIRST, SUMMARY.format("290,000"))


@pytest.fixture
def deployed(
    storage: Mapping[str, str], table: str, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ModelServer]:
    """A deployment that asks the model that is played."""
    del storage, table
    boto3.client("ssm").put_parameter(Name="/standfirst/openai", Value="sk-test", Type="SecureString", Overwrite=True)
    monkeypatch.setenv("MODEL_PROVIDER", "openai")
    monkeypatch.setenv("SECOND_READER", "off")  # what it does is for tests of its own
    monkeypatch.setenv("MODEL_BASE_URL", model.base_url)
    monkeypatch.setenv("MODEL_KEY_PARAMETER", "/standfirst/openai")
    return model


@pytest.fixture
def function(deployed: ModelServer, load_function: Callable[..., LocalFunction]) -> LocalFunction:
    """The function of such a deployment."""
    del deployed
    return load_function("summarize_on_request", timeout_seconds=29)


def test_the_models_text_is_answered(function: LocalFunction, deployed: ModelServer) -> None:
    """Checked, and with what it cost."""
    deployed.answers(GOOD)

    body = body_of(function.invoke(a_post()))

    assert (body["standfirst"], body["status"], body["made_by"]["writer"]) == (STANDFIRST, "generated", "openai")
    assert body["usage"]["cost_usd"]


def test_a_draft_with_errors_is_never_answered(function: LocalFunction, deployed: ModelServer) -> None:
    """It is revised once, and then the fallback writes."""
    deployed.answers(WRONG)

    body = body_of(function.invoke(a_post()))

    assert (body["made_by"]["writer"], body["made_by"]["degraded"]) == ("extractive", "ungrounded")
    assert "290,000" not in json.dumps(body)
    assert len(deployed.requests) == 2


def test_the_article_that_is_posted_and_uploaded_is_paid_for_once(
    function: LocalFunction,
    deployed: ModelServer,
    load_function: Callable[..., LocalFunction],
    storage: Mapping[str, str],
) -> None:
    """The worker finds it summarised."""
    deployed.answers(GOOD)
    function.invoke(a_post(article_id="politics/ferry.txt"))
    uploaded = {
        "eventSource": "aws:s3",
        "eventTime": "2026-03-03T10:14:00.000Z",
        "s3": {
            "bucket": {"name": storage["ArticlesBucket"]},
            "object": {"key": "politics/ferry.txt", "size": 1, "sequencer": "0A"},
        },
    }

    load_function("summarize_uploads").invoke({"Records": [uploaded]})
    again = function.invoke(a_post(article_id="another.txt"))

    assert body_of(again)["standfirst"] == STANDFIRST
    assert len(deployed.requests) == 1


@pytest.mark.parametrize(
    ("trouble", "degraded"),
    [
        (play.http_error(500), "model_unavailable"),
        (play.refusal(), "refused"),
        (play.http_error(401), "model_unavailable"),
    ],
    ids=["a model that fails", "a refusal", "a wrong key"],
)
def test_the_article_is_answered_for_where_the_model_is_not(
    function: LocalFunction, deployed: ModelServer, trouble: play.Answer, degraded: str
) -> None:
    """With its own sentences, and why."""
    deployed.answers(trouble)

    answer = function.invoke(a_post())

    body = body_of(answer)
    assert (answer["statusCode"], body["made_by"]["degraded"]) == (200, degraded)
    assert body["standfirst"] in STORY


def test_a_request_that_has_waited_long_is_answered_without_the_model(
    function: LocalFunction, deployed: ModelServer
) -> None:
    """There is not enough left of the 25 seconds to ask one, and the answer says so."""
    event = a_post()
    event["requestContext"]["timeEpoch"] = int((time.time() - 20) * 1000)

    body = body_of(function.invoke(event))

    assert (body["made_by"]["writer"], body["made_by"]["degraded"]) == ("extractive", "model_unavailable")
    assert deployed.requests == []
