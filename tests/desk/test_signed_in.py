"""The desk itself where people sign in: an issuer, its tokens before the real API, and what is typed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from api_client import Function
from desk_articles import queued, record_of
from openid_provider import CLIENT_ID, Issuer, playing_issuer
from standfirst_local.deployment import PROJECT
from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction
from standfirst_local.http_api import HttpApi, Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from conftest import Service

MORE_THAN_THE_UNDO_MS = 6_000
WORDS = "The ferry across the Sele is back in June, and the repairs cost 410,000 crowns in all."


class Gateway:
    """The desk's own function beside the real API, which only valid tokens reach."""

    def __init__(self, issuer: Issuer, service: Service, desk: LocalFunction) -> None:
        """Bind to a free port."""
        self.issuer, self.service = issuer, service
        self.may_review = True
        routes = [
            Route("GET", "/desk/", desk),
            Route("GET", "/desk/{file+}", desk),
            Route("ANY", "/{path+}", Function(self._forward)),
        ]
        self.api = HttpApi(routes, 0)
        self.desk_url = f"{self.api.url}/desk/"
        issuer.redirects = (self.desk_url,)

    def _forward(self, event: dict[str, Any]) -> dict[str, Any]:
        headers = event["headers"]
        # As API Gateway says both.
        if headers.get("authorization", "").removeprefix("Bearer ") not in self.issuer.valid_tokens:
            return _answer(401, '{"message":"Unauthorized"}')
        if not self.may_review:
            return _answer(403, '{"message":"Forbidden"}')
        query = f"?{event['rawQueryString']}" if event["rawQueryString"] else ""
        kept = {name: headers[name] for name in ("content-type", "if-match", "idempotency-key") if name in headers}
        method = event["requestContext"]["http"]["method"]
        body = event.get("body")
        url = self.service.api_url + quote(event["rawPath"]) + query
        try:
            with urlopen(Request(url, body and body.encode(), kept, method=method), timeout=30) as answer:
                return _answer(answer.status, answer.read().decode(), {"ETag": answer.headers["ETag"] or ""})
        except HTTPError as error:
            return _answer(error.code, error.read().decode())


def _answer(status: int, body: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    return {"statusCode": status, "headers": {"Content-Type": "application/json", **(headers or {})}, "body": body}


@pytest.fixture
def gateway(service: Service) -> Iterator[Gateway]:
    """Everything but the editor and the browser."""
    variables = {"POWERTOOLS_METRICS_NAMESPACE": "Standfirst", "POWERTOOLS_METRICS_DISABLED": "true"}
    with (
        playing_issuer() as issuer,
        environment({**variables, "JWT_ISSUER": issuer.url, "DESK_CLIENT_ID": CLIENT_ID, "DESK_SCOPE": "openid"}),
    ):
        served = Gateway(issuer, service, LocalFunction("ServeDesk", PROJECT / "functions" / "serve_desk", 1024, 10))
        served.api.start()
        yield served
        served.api.stop()


@pytest.mark.desk
def test_a_session_that_ends_in_an_edit_costs_no_word(
    page: Page, gateway: Gateway, service: Service, expected_errors: list[str]
) -> None:
    """The decision waits, the editor signs in again, and it is sent with the new token; so are the words of an edit."""
    expected_errors.append("status of 401")
    decided, edited = queued(service, "session/decided.md"), queued(service, "session/edited.md")
    page.goto(f"{gateway.desk_url}#{decided}")
    page.locator("[data-lit]").first.wait_for()
    page.clock.install()
    page.keyboard.press("x")
    page.locator("#reject-note").fill("Misses the vote.")
    page.keyboard.press("Control+Enter")
    page.evaluate("id => { location.hash = id; }", edited)
    expect(page.locator("#texts-heading")).to_contain_text(edited)
    page.locator("[data-lit]").first.wait_for()
    page.keyboard.press("e")
    page.locator("#type-standfirst").fill(WORDS)

    gateway.issuer.valid_tokens.clear()
    page.clock.fast_forward(MORE_THAN_THE_UNDO_MS)
    expect(page.get_by_text("You are signed out. 1 decision waits for it")).to_be_visible()
    expect(page.locator("#type-standfirst")).to_have_value(WORDS)
    with page.expect_response(lambda response: response.request.method == "PATCH" and response.ok):
        page.get_by_role("button", name="Sign in").click()

    assert record_of(service, decided)["status"] == "rejected"
    expect(page.locator("#texts-heading")).to_contain_text(edited)
    page.locator(".sentence").first.wait_for()
    page.keyboard.press("e")
    expect(page.locator("#type-standfirst")).to_have_value(WORDS)
    assert len(gateway.issuer.authorizations) == 2


@pytest.mark.desk
def test_who_may_not_review_is_told_so(page: Page, gateway: Gateway, expected_errors: list[str]) -> None:
    """Signed in, without the scope."""
    expected_errors.append("status of 403")
    gateway.may_review = False

    page.goto(gateway.desk_url)

    expect(page.get_by_role("navigation")).to_contain_text("you may not review")
    expect(page.get_by_role("navigation")).to_contain_text("summaries:review")
    expect(page.get_by_role("main")).not_to_contain_text("Nothing waits")
