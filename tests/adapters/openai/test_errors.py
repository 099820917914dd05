"""How the client's exceptions are translated."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import get_args

import httpx2
import openai
import pytest
from openai.types.responses import ResponseError

from standfirst.adapters.openai import errors
from standfirst.domain.errors import (
    ModelBusy,
    ModelDown,
    ModelMisconfigured,
    ModelRefused,
    ModelUnavailable,
    ModelUnusable,
)

REQUEST = httpx2.Request("POST", "https://api.example/v1/responses")


def exported_exceptions() -> set[type[Exception]]:
    """Every exception that openai exports."""
    exported = [thing for name, thing in vars(openai).items() if not name.startswith("_")]
    # isinstance would load what the proxies among them stand for.
    return {thing for thing in exported if type(thing) is type and issubclass(thing, Exception)}


def subclasses(kind: type[Exception]) -> Iterator[type[Exception]]:
    """Every subclass of ``kind``, and ``kind``."""
    yield kind
    for each in kind.__subclasses__():
        yield from subclasses(each)


def an_error(status: int, *, body: dict[str, str] | None = None, **headers: str) -> openai.APIStatusError:
    """What the client raises for a response with ``status``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    transport = httpx2.MockTransport(lambda _: httpx2.Response(status, headers=named, json={"error": body}))
    client = openai.OpenAI(api_key="x", max_retries=0, http_client=httpx2.Client(transport=transport))
    with pytest.raises(openai.APIStatusError) as raised:
        client.models.list()
    return raised.value


def test_every_exported_exception_of_the_client_is_in_the_table() -> None:
    """A newer client may export another."""
    exported = exported_exceptions()

    assert len(exported) > 15
    assert {name for name in openai.__all__ if name.endswith("Error")} <= {kind.__name__ for kind in exported}
    assert exported <= errors.TRANSLATIONS.keys()


def test_an_exception_that_the_client_does_not_export_counts_as_its_base() -> None:
    """It cannot be named here, and is an error of the client all the same."""
    hidden = {
        kind
        for kind in subclasses(openai.OpenAIError)
        if kind.__module__.startswith("openai") and kind not in errors.TRANSLATIONS
    }

    assert hidden
    # Not made by its own __init__, which each has another of.
    assert {type(errors.translated(kind.__new__(kind))) for kind in hidden} == {ModelUnusable}


@pytest.mark.parametrize(
    ("status", "body", "meaning"),
    [
        (400, {"code": "unsupported_parameter"}, ModelMisconfigured),
        (400, {"code": "context_length_exceeded"}, ModelMisconfigured),
        (400, {"code": "invalid_prompt"}, ModelRefused),
        (400, {"code": "content_policy_violation"}, ModelRefused),
        (400, {"code": "content_filter"}, ModelRefused),
        (400, {"code": "model_not_found"}, ModelUnusable),
        (401, {"code": "invalid_api_key"}, ModelUnusable),
        (402, {}, ModelUnusable),
        (403, {"code": "unsupported_country_region_territory"}, ModelUnusable),
        (404, {"code": "model_not_found"}, ModelUnusable),
        (404, {}, ModelUnusable),
        (408, {}, ModelDown),
        (409, {}, ModelBusy),
        (413, {}, ModelMisconfigured),
        (422, {}, ModelMisconfigured),
        (429, {}, ModelBusy),
        (429, {"code": "rate_limit_exceeded"}, ModelBusy),
        (429, {"code": "resource_unavailable"}, ModelBusy),
        (429, {"code": "insufficient_quota", "type": "insufficient_quota"}, ModelUnusable),
        (429, {"code": "project_spend_limit_exceeded", "type": "insufficient_quota"}, ModelUnusable),
        (429, {"code": "credit_balance_exhausted"}, ModelUnusable),
        (500, {"code": "server_error"}, ModelDown),
        (502, {}, ModelDown),
        (503, {"code": "server_is_overloaded"}, ModelDown),
        (504, {}, ModelDown),
        (529, {}, ModelDown),
    ],
)
def test_a_status_means_to_wait_to_act_or_to_let_be(status: int, body: dict[str, str], meaning: type) -> None:
    """The code decides where the status does not: a quota is no rate limit, a filtered article no wrong request."""
    assert type(errors.translated(an_error(status, body=body))) is meaning


@pytest.mark.parametrize(
    ("exc", "meaning"),
    [
        (openai.APITimeoutError(REQUEST), ModelDown),
        (openai.APIConnectionError(request=REQUEST), ModelDown),
        (json.JSONDecodeError("Expecting value", "<html>", 0), ModelDown),
        (json.JSONDecodeError("Expecting value", "", 0), ModelDown),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), ModelDown),
        (openai.OpenAIError("no region"), ModelUnusable),
    ],
    ids=["timeout", "connection", "no JSON", "nothing", "no text", "the client cannot ask"],
)
def test_an_answer_that_never_came_counts_against_the_model(exc: Exception, meaning: type) -> None:
    """Several in a row open the breaker; what only an operator can mend opens it at once."""
    assert type(errors.translated(exc)) is meaning


@pytest.mark.parametrize("status", [429, 503], ids=["busy", "down"])
def test_busy_and_down_both_hand_on_the_wish_to_wait(status: int) -> None:
    """The queue heeds it, whichever it is."""
    error = errors.translated(an_error(status, body={}, retry_after="7"))

    assert isinstance(error, ModelUnavailable)
    assert error.retry_after == 7.0


def test_the_message_has_the_codes_and_the_request_but_no_words_of_the_provider() -> None:
    """Some providers repeat the request in theirs, and an operator needs only the codes."""
    body = {"message": "Cannot take 'The minister resigns'", "type": "invalid_request_error", "param": "input"}

    said = str(errors.translated(an_error(400, body=body, x_request_id="req_1")))

    assert said == "The model's provider answered 400, invalid_request_error, input (request req_1)."


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry_after": "7"}, 7.0),
        ({"retry_after": "0.25"}, 0.25),
        ({"retry_after_ms": "1500", "retry_after": "7"}, 1.5),
        ({"retry_after": "-3"}, 0.0),
        ({"retry_after": "soon"}, None),
        ({"retry_after": "inf"}, None),
        ({"retry_after": "nan"}, None),
        ({"retry_after": "Fri, 31 Feb 2026 00:00:00 GMT"}, None),
        ({"retry_after": "Mon, 01 Jan 2024 00:00:00 GMT"}, 0.0),
    ],
)
def test_the_providers_wish_to_wait_is_kept(headers: dict[str, str], seconds: float | None) -> None:
    """In seconds, however it is put; one that makes no sense is none."""
    error = errors.translated(an_error(429, body={}, **headers))

    assert isinstance(error, ModelUnavailable)
    assert error.retry_after == seconds


def test_a_wish_to_wait_may_be_a_date() -> None:
    """RFC 9110 allows both."""
    error = errors.translated(an_error(503, retry_after=format_datetime(datetime.now(UTC) + timedelta(hours=1))))

    assert isinstance(error, ModelUnavailable)
    assert error.retry_after == pytest.approx(3600, abs=60)


def test_every_published_code_of_a_failed_answer_has_a_meaning() -> None:
    """What is about images, or the provider's set-up, is a wrong request; the others have a status in the table."""
    codes = set(get_args(ResponseError.model_fields["code"].annotation))

    unknown = codes - errors.STATUS_OF_CODE.keys()

    assert {code for code in unknown if "image" not in code} == {"data_residency_mismatch"}
    assert {type(errors.failure([code])) for code in unknown} == {ModelMisconfigured}


@pytest.mark.parametrize("code", sorted(errors.STATUS_OF_CODE))
def test_a_code_means_the_same_in_a_200_as_beside_its_status(code: str) -> None:
    """Else a spent quota would be asked again at each delivery, and a rate limit would call for the operator."""
    status = errors.STATUS_OF_CODE[code]
    spoken = errors.translated(an_error(status, body={"code": code, "type": "error"}))

    assert type(errors.failure([code])) is type(spoken)
    assert type(errors.failure(["error", code])) is type(spoken)
    assert code in str(errors.failure([code]))
    assert type(errors.failure([str(status)])) is type(errors.translated(an_error(status, body={})))


def test_a_failure_repeats_codes_and_no_sentences() -> None:
    """Some servers put their message where the code belongs, and in it the article."""
    error = errors.failure(["The minister resigns", "server_error"])

    assert str(error) == "The model's provider answered 200 and that it failed: server_error."
