"""Signing in, in a browser: an issuer that looks at the proof, an API that looks at the token, a page between them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from api_client import Function, route
from openid_provider import CLIENT_ID, EDITOR, Issuer, playing_issuer
from standfirst_local.deployment import PROJECT
from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction
from standfirst_local.http_api import HttpApi, Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

SCOPE = "openid summaries:read summaries:review summaries:write"

TRY = """
import { signIn, SignInFailed } from "/desk/sign_in.js";

const say = (id, text) => (document.getElementById(id).textContent = text);
const typed = document.getElementById("typed");
typed.value = localStorage.getItem("typed") ?? "";

async function ask() {
  const headers = (token) => ({ headers: { Authorization: `Bearer ${token}` } });
  let token = await session.token();
  let answer = await fetch("/queue", headers(token));
  if (answer.status === 401) {
    token = await session.renew(token);
    answer = await fetch("/queue", headers(token));
  }
  say("answer", `${answer.status} ${document.getElementById("answer").dataset.count++}`);
}

const attempt = (action) => action().catch((error) => {
  if (!(error instanceof SignInFailed)) throw error;
  say("failure", error.message);
});

let session;
async function begin() {
  const config = await (await fetch("/desk/config.json")).json();
  session = await signIn(config, async () => localStorage.setItem("typed", typed.value));
  say("who", session.who);
  await ask();
}

document.getElementById("ask").onclick = () => attempt(ask);
document.getElementById("twice").onclick = () => attempt(() => Promise.all([ask(), ask()]));
document.getElementById("begin").onclick = () => attempt(begin);
document.getElementById("out").onclick = () => session.signOut();
attempt(begin);
"""
"""A page that does what the desk does with its session, and nothing else."""

MARKUP = """<!doctype html><html lang="en"><head><title>Try</title><link rel="icon" href="/desk/icon.svg">
<script type="module" src="/try.js"></script></head><body>
<p id="who"></p><p id="answer" data-count="1"></p><p id="failure"></p><input id="typed" aria-label="typed">
<button id="ask">ask</button><button id="twice">twice</button>
<button id="begin">begin</button><button id="out">out</button>
</body></html>"""


class Deployment:
    """The desk's own function, that page under the same policy, and an API that takes the issuer's tokens."""

    def __init__(self, issuer: Issuer, desk: LocalFunction) -> None:
        """Bind to a free port."""
        self.issuer = issuer
        self.tokens: list[str] = []
        """What requests to the API brought."""
        routes = [
            Route("GET", "/desk/{file+}", desk),
            route("GET /try", Function(lambda event: self._page(desk, event))),
            route("GET /try.js", Function(lambda _: _text("text/javascript", TRY))),
            route("GET /queue", Function(self._queue)),
        ]
        self.api = HttpApi(routes, 0)
        self.url = f"{self.api.url}/try"
        issuer.redirects = (self.url,)

    def _page(self, desk: LocalFunction, event: dict[str, Any]) -> dict[str, Any]:
        index = desk.invoke(event | {"routeKey": "GET /desk/"})
        return _text("text/html", MARKUP, {"Content-Security-Policy": index["headers"]["Content-Security-Policy"]})

    def _queue(self, event: dict[str, Any]) -> dict[str, Any]:
        token = event["headers"].get("authorization", "").removeprefix("Bearer ")
        self.tokens.append(token)
        # As API Gateway says it.
        is_valid = token in self.issuer.valid_tokens
        return _text("application/json", "{}") | ({} if is_valid else {"statusCode": 401})


def _text(kind: str, body: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    return {"statusCode": 200, "headers": {"Content-Type": kind, **(headers or {})}, "body": body}


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """Signs everybody in."""
    with playing_issuer() as issuer:
        yield issuer


@pytest.fixture
def deployment(issuer: Issuer) -> Iterator[Deployment]:
    """Everything but the editor and the browser."""
    variables = {"POWERTOOLS_METRICS_NAMESPACE": "Standfirst", "POWERTOOLS_METRICS_DISABLED": "true"}
    with environment({**variables, "JWT_ISSUER": issuer.url, "DESK_CLIENT_ID": CLIENT_ID, "DESK_SCOPE": SCOPE}):
        served = Deployment(issuer, LocalFunction("ServeDesk", PROJECT / "functions" / "serve_desk", 1024, 10))
        served.api.start()
        yield served
        served.api.stop()


def test_an_editor_signs_in_and_the_token_goes_with_each_request(page: Page, deployment: Deployment) -> None:
    """The issuer has compared the verifier with the challenge, and the code is gone from the address."""
    page.goto(f"{deployment.url}#politics/ferry.txt")

    expect(page.locator("#answer")).to_have_text("200 1")
    expect(page.locator("#who")).to_have_text(EDITOR)
    (asked,), (grant,) = deployment.issuer.authorizations, deployment.issuer.grants
    assert (asked["scope"], asked["code_challenge_method"], grant["grant_type"]) == (
        SCOPE,
        "S256",
        "authorization_code",
    )
    assert "code_verifier" not in asked
    assert "client_secret" not in grant
    assert deployment.tokens == [*deployment.issuer.valid_tokens]
    assert page.url == f"{deployment.url}#politics/ferry.txt"


def test_a_page_that_is_loaded_again_asks_for_no_other_token(page: Page, deployment: Deployment) -> None:
    """It lasts as long as the tab, and no longer: another tab signs in by itself."""
    page.goto(deployment.url)
    expect(page.locator("#answer")).to_have_text("200 1")

    page.reload()
    expect(page.locator("#answer")).to_have_text("200 1")
    asked_by_one_tab = len(deployment.issuer.grants)
    with page.context.new_page() as other:
        other.goto(deployment.url)
        expect(other.locator("#answer")).to_have_text("200 1")

    assert (asked_by_one_tab, len(deployment.issuer.grants)) == (1, 2)


@pytest.mark.desk
def test_a_token_that_is_refused_is_renewed_and_nothing_typed_is_lost(
    page: Page, deployment: Deployment, expected_errors: list[str]
) -> None:
    """The browser goes to the issuer and comes back to the same article."""
    expected_errors.append("status of 401")
    page.goto(f"{deployment.url}#politics/ferry.txt")
    expect(page.locator("#answer")).to_have_text("200 1")
    page.locator("#typed").fill("Half a sentence")

    deployment.issuer.valid_tokens.clear()
    with page.expect_event("framenavigated", lambda frame: "code=" in frame.url):
        page.locator("#ask").click()

    expect(page.locator("#answer")).to_have_text("200 1")
    expect(page.locator("#typed")).to_have_value("Half a sentence")
    assert page.url == f"{deployment.url}#politics/ferry.txt"
    assert len(deployment.issuer.authorizations) == 2


@pytest.mark.desk
def test_a_refresh_token_renews_without_leaving_the_page(
    page: Page, deployment: Deployment, expected_errors: list[str]
) -> None:
    """Where the issuer gives one. Two requests that are refused at once use it once."""
    expected_errors.append("status of 401")
    deployment.issuer.gives_refresh_tokens = True
    page.goto(deployment.url)
    expect(page.locator("#answer")).to_have_text("200 1")

    deployment.issuer.valid_tokens.clear()
    page.locator("#twice").click()

    expect(page.locator("#answer")).to_have_text("200 3")
    assert [grant["grant_type"] for grant in deployment.issuer.grants] == ["authorization_code", "refresh_token"]
    assert len(deployment.issuer.authorizations) == 1


@pytest.mark.desk
def test_a_token_that_has_run_out_is_not_even_sent(page: Page, deployment: Deployment) -> None:
    """The issuer says how long it lasts."""
    deployment.issuer.expires_in = 0
    deployment.issuer.gives_refresh_tokens = True
    page.goto(deployment.url)
    expect(page.locator("#answer")).to_have_text("200 1")

    page.locator("#ask").click()

    expect(page.locator("#answer")).to_have_text("200 2")
    assert len(set(deployment.tokens)) == len(deployment.tokens) == 2
    assert {grant["grant_type"] for grant in deployment.issuer.grants[1:]} == {"refresh_token"}


@pytest.mark.desk
def test_a_token_that_the_api_never_takes_is_not_asked_for_forever(
    page: Page, deployment: Deployment, expected_errors: list[str]
) -> None:
    """An audience that does not fit, say: once more, and then a person is told."""
    expected_errors.append("status of 401")
    deployment.issuer.valid_tokens = _Nothing()

    page.goto(deployment.url)

    expect(page.locator("#failure")).to_have_text(re.compile("does not accept the token"))
    assert len(deployment.issuer.authorizations) == 2


class _Nothing(set[str]):
    def __contains__(self, _: object) -> bool:
        return False


@pytest.mark.desk
def test_an_answer_that_nobody_asked_for_is_not_used(page: Page, deployment: Deployment) -> None:
    """Somebody sends a link with a code of their own, to have an editor work in their name; RFC 6749, section 10.12."""
    page.goto(f"{deployment.url}?code=of-somebody-else&state=of-somebody-else")

    expect(page.locator("#answer")).to_have_text("200 1")
    assert "of-somebody-else" not in json.dumps(deployment.issuer.grants)
    assert page.url == deployment.url


@pytest.mark.desk
def test_an_answer_to_another_question_is_not_used(page: Page, deployment: Deployment) -> None:
    """Also while this tab waits for one: the code is left alone, and the page asks again."""
    deployment.issuer.first_state = "of-somebody-else"

    page.goto(deployment.url)

    expect(page.locator("#answer")).to_have_text("200 1")
    assert (len(deployment.issuer.authorizations), len(deployment.issuer.grants)) == (2, 1)


@pytest.mark.desk
def test_a_refusal_is_shown_and_can_be_tried_again(page: Page, deployment: Deployment) -> None:
    """In the issuer's words."""
    deployment.issuer.refuses_with = "You are not on the list."
    page.goto(deployment.url)
    expect(page.locator("#failure")).to_have_text("You are not on the list.")

    deployment.issuer.refuses_with = None
    page.locator("#begin").click()

    expect(page.locator("#answer")).to_have_text("200 1")


@pytest.mark.desk
def test_who_signs_out_leaves_no_token_behind(page: Page, deployment: Deployment) -> None:
    """Here or at the issuer, which is told where to come back to, as it wants to be told."""
    page.goto(deployment.url)
    expect(page.locator("#answer")).to_have_text("200 1")

    page.locator("#out").click()

    expect(page.locator("body")).to_have_text("Signed out.")
    assert deployment.issuer.sign_outs == [
        {"client_id": CLIENT_ID, "post_logout_redirect_uri": deployment.url, "logout_uri": deployment.url}
    ]
    page.goto(deployment.url)
    expect(page.locator("#answer")).to_have_text("200 1")
    assert len(deployment.issuer.authorizations) == 2
