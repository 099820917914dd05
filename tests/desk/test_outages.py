"""The desk over a slow or failing API: what is typed and decided stays, and is sent once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from desk_articles import opened, record_of
from desk_newsroom import asked_for, overruled, reviews, sent, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from conftest import Service

pytestmark = pytest.mark.desk

MINE = "My own words about the ferry across the Sele, which returns to the island in June."
DELAY_MS = 5_000
QUEUE = re.compile(r"/queue(/counts)?(\?|$)")

OUTAGES: dict[str, Callable[[Route], None]] = {
    "503 with Retry-After": lambda route: route.fulfill(
        status=503, headers={"Retry-After": "7"}, json={"detail": "Later."}
    ),
    "500": lambda route: route.fulfill(status=500, body="<h1>Internal Server Error</h1>", content_type="text/html"),
    "connection refused": lambda route: route.abort("connectionrefused"),
    "half a body": lambda route: route.fulfill(
        status=200, headers={"Content-Type": "application/json", "Content-Length": "5000"}, body='{"article_id": "'
    ),
}


@pytest.mark.parametrize("outage", OUTAGES)
def test_words_decided_during_an_outage_survive_a_reload_and_are_sent_once(
    page: Page, service: Service, expected_errors: list[str], outage: str
) -> None:
    """Whatever the answer is like, as long as it is no answer of the service."""
    expected_errors.extend(("status of 50", "Failed to load resource"))
    article = asked_for(service, f"outage/{outage.replace(' ', '-')}.md")
    before = int(str(record_of(service, article)["revision"]))
    # Before the page: a clock that is exchanged later begins anew, and the time of the review would be negative.
    page.clock.install()
    opened(page, service, article)
    typed(page, MINE)
    page.route("**/checks", OUTAGES[outage])
    page.route("**/summaries/**", lambda route: _failing(route, outage))
    with page.expect_request(lambda request: request.method == "PATCH"):
        page.keyboard.press("Control+Enter")
        overruled(page, article)
        page.clock.fast_forward(6_000)
    expect(page.get_by_text("could not be sent yet")).to_be_visible()

    page.reload()
    expect(page.get_by_text("could not be sent yet")).to_be_visible()
    assert record_of(service, article)["revision"] == before

    page.unroute_all()
    page.get_by_role("button", name="Try now").click()
    sent(page)
    record = record_of(service, article)
    assert (record["standfirst"], record["revision"]) == (MINE, before + 1)
    assert len(reviews(service, article)) == 1


def _failing(route: Route, outage: str) -> None:
    if route.request.method == "PATCH":
        OUTAGES[outage](route)
    else:
        route.continue_()


def test_a_pause_that_the_service_asks_for_is_kept(page: Page, service: Service, expected_errors: list[str]) -> None:
    """With Retry-After of a minute nothing is sent for half of one."""
    expected_errors.append("status of 503")
    article = asked_for(service, "outage/pause.md")
    # Before the page: a clock that is exchanged later begins anew, and the time of the review would be negative.
    page.clock.install()
    opened(page, service, article)
    tried: list[str] = []

    def refuse(route: Route) -> None:
        if route.request.method != "PATCH":
            route.continue_()
            return
        tried.append(route.request.url)
        route.fulfill(status=503, headers={"Retry-After": "60"}, json={"detail": "Later."})

    page.route("**/summaries/**", refuse)
    page.keyboard.press("a")
    overruled(page, article)
    page.clock.fast_forward(6_000)
    expect(page.get_by_text("could not be sent yet")).to_be_visible()
    page.clock.fast_forward(30_000)
    expect(page.get_by_text("could not be sent yet")).to_be_visible()
    assert len(tried) == 1

    page.unroute_all()
    page.clock.fast_forward(31_000)
    sent(page)
    assert record_of(service, article)["status"] == "approved"


def test_words_that_are_typed_survive_a_reload_while_nothing_answers(
    page: Page, service: Service, expected_errors: list[str]
) -> None:
    """They are there with the next edit, as soon as the article can be read again."""
    expected_errors.extend(("status of 503", "Failed to load resource"))
    article = asked_for(service, "outage/typed.md")
    opened(page, service, article)
    typed(page, MINE)
    page.route("**/review/**", OUTAGES["503 with Retry-After"])
    page.route(QUEUE, OUTAGES["503 with Retry-After"])
    page.reload()
    expect(page.get_by_text("The texts cannot be shown now")).to_be_visible()
    expect(page.get_by_text("The queue could not be read")).to_be_visible()

    page.unroute_all()
    page.reload()
    page.locator(".sentence").first.wait_for()
    page.keyboard.press("e")

    expect(page.get_by_role("textbox", name="Standfirst")).to_have_value(MINE)


def test_a_slow_api_keeps_nobody_from_working(page: Page, service: Service) -> None:
    """With five seconds a response, a decision is taken at once, the page goes on, and it is stored once."""
    articles = [asked_for(service, f"slow/{name}.md") for name in ("other", "one")]
    opened(page, service, articles[1])
    delayed: list[Route] = []

    is_over = False

    def delay(route: Route) -> None:
        if is_over:
            route.continue_()
        else:
            delayed.append(route)

    for path in ("summaries", "articles", "claims"):
        page.route(f"**/{path}/**", delay)
    page.route(QUEUE, delay)
    page.clock.install()
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("Approved.")
    expect(page.locator("#texts .id")).to_have_text(articles[0])
    with page.expect_request(lambda request: request.method == "PATCH"):
        page.clock.fast_forward(6_000)
    page.clock.fast_forward(DELAY_MS)

    assert record_of(service, articles[1])["status"] == "needs_review"
    patches = [route for route in delayed if route.request.method == "PATCH"]
    assert len(patches) == 1
    is_over = True
    for route in delayed:
        route.continue_()
    sent(page)
    assert len(reviews(service, articles[1])) == 1
    page.locator("[data-lit]").first.wait_for()
