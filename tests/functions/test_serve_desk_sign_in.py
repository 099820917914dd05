"""What the page is told of the issuer, and what its policy lets it ask there."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from http_events import an_event
from openid_provider import CLIENT_ID, Issuer, playing_issuer
from standfirst_local.deployment import PROJECT
from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction

SCOPE = "openid summaries:read summaries:review summaries:write"
Ask = Callable[[str], dict[str, Any]]


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """One that answers."""
    with playing_issuer() as issuer:
        yield issuer


@pytest.fixture
def ask(issuer: Issuer) -> Iterator[Ask]:
    """Asks a new environment of the function for a file."""
    variables = {"POWERTOOLS_METRICS_NAMESPACE": "Standfirst", "POWERTOOLS_METRICS_DISABLED": "true"}
    with environment({**variables, "JWT_ISSUER": issuer.url, "DESK_CLIENT_ID": CLIENT_ID, "DESK_SCOPE": SCOPE}):
        function = LocalFunction("ServeDesk", PROJECT / "functions" / "serve_desk", 1024, 10)
        event = an_event("http_get_summary", routeKey="GET /desk/{file+}")
        yield lambda file: function.invoke(event | {"pathParameters": {"file": file}})


def test_the_page_is_told_where_people_sign_in(ask: Ask, issuer: Issuer) -> None:
    """And as whom, and for what, it asks."""
    answer = ask("config.json")

    assert (answer["statusCode"], json.loads(answer["body"])["sign_in"]) == (
        200,
        {
            "issuer": issuer.url,
            "authorization_endpoint": f"{issuer.url}/authorize",
            "token_endpoint": f"{issuer.url}/token",
            "end_session_endpoint": f"{issuer.url}/logout",
            "client_id": CLIENT_ID,
            "scope": SCOPE,
        },
    )


def test_the_page_may_ask_the_issuer_for_a_token_and_nobody_else(ask: Ask, issuer: Issuer) -> None:
    """The one other origin in its policy."""
    policy = ask("index.html")["headers"]["Content-Security-Policy"]

    assert f"connect-src 'self' {issuer.url};" in policy
    assert policy.count("http") == 1


def test_an_issuer_that_cannot_be_reached_is_said_so(ask: Ask, issuer: Issuer) -> None:
    """The page loads all the same, to say it."""
    issuer.is_down = True

    page, answer = ask("index.html"), ask("config.json")

    assert page["statusCode"] == 200
    assert "connect-src 'self';" in page["headers"]["Content-Security-Policy"]
    assert answer["statusCode"] == 503
    assert answer["headers"]["Content-Type"] == "application/problem+json"
    assert int(answer["headers"]["Retry-After"]) > 0
    assert "issuer" in json.loads(answer["body"])["detail"]


def test_a_page_that_was_loaded_while_the_issuer_was_down_is_loaded_again(ask: Ask, issuer: Issuer) -> None:
    """It has kept a policy that lets it ask for no token: the ETag is another one with another policy."""
    issuer.is_down = True
    before = ask("index.html")

    issuer.is_down = False

    assert ask("index.html")["headers"]["ETag"] != before["headers"]["ETag"]
