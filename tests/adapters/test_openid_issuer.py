"""The endpoints of an issuer, asked over HTTP: what is taken, for how long, and what is not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from openid_provider import CLIENT_ID, Issuer, playing_issuer
from standfirst.adapters.openid_issuer import LIFETIME, OpenIdIssuer
from standfirst.domain.errors import TransientError
from standfirst.domain.sign_in import SignIn

SCOPE = "openid summaries/read"
PATH = "/.well-known/openid-configuration"


class SetClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        """Some day."""
        self.time = datetime(2026, 11, 29, tzinfo=UTC)

    def now(self) -> datetime:
        """See ``Clock``."""
        return self.time


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """One that answers."""
    with playing_issuer() as issuer:
        yield issuer


@pytest.fixture
def clock() -> SetClock:
    """Stands still."""
    return SetClock()


def asked(url: str, clock: SetClock | None = None) -> OpenIdIssuer:
    """The issuer at ``url``, as the desk asks it."""
    return OpenIdIssuer(url, CLIENT_ID, SCOPE, clock or SetClock())


def test_the_issuer_says_where_people_sign_in(issuer: Issuer) -> None:
    """The rest the deployment has to say."""
    assert asked(issuer.url).sign_in() == SignIn(
        issuer=issuer.url,
        authorization_endpoint=f"{issuer.url}/authorize",
        token_endpoint=f"{issuer.url}/token",
        end_session_endpoint=f"{issuer.url}/logout",
        client_id=CLIENT_ID,
        scope=SCOPE,
    )


def test_an_answer_is_kept_for_an_hour_and_longer_while_the_issuer_is_down(issuer: Issuer, clock: SetClock) -> None:
    """Nobody is kept from the page by an issuer that does not answer for a while."""
    desk = asked(issuer.url, clock)
    first = desk.sign_in()
    issuer.is_down = True

    assert desk.sign_in() == first
    clock.time += LIFETIME + timedelta(seconds=1)
    assert desk.sign_in() == first


def test_an_issuer_that_moves_is_asked_again(httpserver: HTTPServer, clock: SetClock) -> None:
    """After an hour, not at each request."""
    url = httpserver.url_for("").removesuffix("/")
    httpserver.expect_ordered_request(PATH).respond_with_json(discovery(url))
    httpserver.expect_ordered_request(PATH).respond_with_json(discovery(url, token_endpoint=f"{url}/new"))
    desk = asked(url, clock)
    before = desk.sign_in()

    clock.time += LIFETIME

    assert desk.sign_in() == replace(before, token_endpoint=f"{url}/new")


def test_an_issuer_that_never_answered_is_asked_each_time(issuer: Issuer) -> None:
    """As soon as it answers, people sign in."""
    issuer.is_down = True
    desk = asked(issuer.url)
    with pytest.raises(TransientError):
        desk.sign_in()

    issuer.is_down = False

    assert desk.sign_in().issuer == issuer.url


def discovery(url: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """What an issuer says of itself."""
    endpoints = {"authorization_endpoint": f"{url}/authorize", "token_endpoint": f"{url}/token"}
    return {"issuer": url, **endpoints, **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://login.elsewhere.example"},
        {"token_endpoint": "http://login.newsroom.example/token"},
        {"token_endpoint": "https:///token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
        {"token_endpoint": ["https://login.newsroom.example/token"]},
        {"end_session_endpoint": "http://login.newsroom.example/"},
        {"token_endpoint": "https://login.newsroom.example;script-src"},
        {"token_endpoint": "https://login.newsroom.example,default-src/token"},
        {"token_endpoint": "https://*/token"},
        {"token_endpoint": "https://editor@login.newsroom.example/token"},
        {"token_endpoint": "https://login.newsroom.example\0/token"},
    ],
)
def test_what_no_token_may_go_to_is_not_taken(httpserver: HTTPServer, changes: dict[str, Any]) -> None:
    """Another issuer's document, an open line, and what is no address or more than one."""
    url = httpserver.url_for("").removesuffix("/")
    httpserver.expect_request(PATH).respond_with_json(discovery(url, **changes))

    with pytest.raises(TransientError):
        asked(url).sign_in()


def test_an_issuer_does_not_send_elsewhere(httpserver: HTTPServer) -> None:
    """Its document is where its name says."""
    url = httpserver.url_for("").removesuffix("/")
    httpserver.expect_request(PATH).respond_with_data("", 302, {"Location": f"{url}/elsewhere"})
    httpserver.expect_request("/elsewhere").respond_with_json(discovery(url))

    with pytest.raises(TransientError):
        asked(url).sign_in()


@pytest.mark.parametrize("content", ["", "[]", "{", "null", "\0", "[" * 200_000])
def test_an_answer_that_is_none_is_not_taken(httpserver: HTTPServer, content: str) -> None:
    """A page of a proxy, say."""
    httpserver.expect_request(PATH).respond_with_data(content)

    with pytest.raises(TransientError):
        asked(httpserver.url_for("").removesuffix("/")).sign_in()


@pytest.mark.parametrize("url", ["http://login.newsroom.example", "file:///etc/passwd", "https://", "ftp://a"])
def test_an_issuer_that_is_no_https_address_is_not_asked(url: str) -> None:
    """But for one on this machine, to try it with."""
    with pytest.raises(TransientError, match="is no https address"):
        asked(url).sign_in()
