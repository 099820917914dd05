"""What an editor does at the desk, over the whole service: nothing of it is lost, and the record says what was seen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from desk_articles import opened, opinion, overrule_all, queued, record_of

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from conftest import Service

MORE_THAN_THE_UNDO_MS = 6_000
WAIT_SECONDS = 30


def stored(page: Page, service: Service, article_id: str) -> dict[str, Any]:
    """What is stored once the time to take a decision back is over."""
    with page.expect_response(lambda response: response.request.method == "PATCH"):
        page.clock.fast_forward(MORE_THAN_THE_UNDO_MS)
    return record_of(service, article_id)


def status_line(page: Page) -> Any:  # noqa: ANN401 - what Playwright finds
    """What was said last."""
    return page.get_by_role("status")


def change(service: Service, article_id: str, **body: object) -> None:
    """Decide as somebody else would, without the page."""
    path = f"{service.api_url}/review/summaries/{quote(article_id)}"
    with urlopen(path, timeout=30) as answer:
        tag = answer.headers["ETag"]
    service.ask("PATCH", f"/summaries/{quote(article_id)}", body, {"If-Match": tag})


def test_an_editor_reviews_by_keyboard_alone(page: Page, service: Service) -> None:
    """Reads sentence by sentence, approves, edits and rejects; the records tell what was seen and overruled."""
    third, second, first = (queued(service, f"morning/{name}.md") for name in ("third", "second", "first"))
    page.clock.install()
    page.goto(service.desk_url)
    keyboard = page.keyboard
    page.locator(".sentence").first.wait_for()
    keyboard.press("/")
    keyboard.type(first)
    keyboard.press("Enter")
    expect(page.locator("#sentence-0")).to_be_focused()
    page.locator("[data-lit]").first.wait_for()
    keyboard.press("ArrowDown")
    expect(page.locator("#sentence-1")).to_be_focused()
    keyboard.press("a")
    overrule_all(page)

    expect(status_line(page)).to_contain_text("Approved.")
    approved = stored(page, service, first)
    assert approved["status"] == "approved"
    assert {"field": "standfirst", "sentence": 0} in approved["review"]["sentences_seen"]
    assert [each["check"] for each in approved["review"]["findings_overruled"]] == ["kind"]

    page.locator(".row[aria-current]", has_text=second).wait_for()
    keyboard.press("e")
    expect(page.locator("#type-standfirst")).to_be_focused()
    keyboard.press("Control+a")
    keyboard.type("The ferry across the Sele is back in June, and the repairs cost 410,000 crowns.")
    page.clock.fast_forward(500)
    expect(page.locator("#counts-standfirst")).to_contain_text("15 words (12–40)")
    keyboard.press("Control+Enter")
    expect(status_line(page)).to_contain_text("Approved.")
    edited = stored(page, service, second)
    assert edited["standfirst"].startswith("The ferry across the Sele is back")
    assert edited["review"]["words_changed"] > 0

    page.locator(".row[aria-current]", has_text=third).wait_for()
    keyboard.press("x")
    expect(page.locator("#reject-note")).to_be_focused()
    keyboard.type("Misses the vote.")
    keyboard.press("Control+Enter")
    rejected = stored(page, service, third)
    assert (rejected["status"], rejected["review"]["note"]) == ("rejected", "Misses the vote.")


@pytest.mark.desk
@pytest.mark.parametrize(("key", "field"), [("x", "reject-note"), ("e", "type-standfirst"), ("/", "search")])
def test_a_field_is_there_before_the_next_key(page: Page, service: Service, key: str, field: str) -> None:
    """Whoever types on at once loses nothing, and no letter acts as a key."""
    opened(page, service, queued(service, f"quick/{field}.md"))

    focused = page.evaluate(
        """key => {
            document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
            return document.activeElement.id;
        }""",
        key,
    )

    assert focused == field


@pytest.mark.desk
@pytest.mark.parametrize(("key", "field"), [("x", "#reject-note"), ("e", "#type-standfirst")])
def test_a_field_that_is_asked_for_while_the_article_loads_comes_with_it(
    page: Page, service: Service, key: str, field: str
) -> None:
    """Until then no letter of what is typed acts as a key."""
    article = queued(service, f"quick/{key}-waits.md")
    waiting: list[Route] = []
    is_over = False

    def hold(route: Route) -> None:
        if is_over:
            route.continue_()
        else:
            waiting.append(route)

    page.route("**/review/summaries/**", hold)
    page.goto(f"{service.desk_url}#{quote(article)}")
    expect(page.locator("#texts-heading")).to_contain_text(article)

    for pressed in (key, "u", "a", "h", "?"):
        page.keyboard.press(pressed)
    is_over = True
    for route in waiting:
        route.continue_()

    expect(page.locator(field)).to_be_focused()
    expect(page.get_by_role("status")).to_be_empty()


@pytest.mark.desk
def test_a_decision_can_be_taken_back_before_it_is_sent(page: Page, service: Service) -> None:
    """U brings the article back as it was, and nothing is stored."""
    article = queued(service, "undo/one.md")
    page.clock.install()
    opened(page, service, article)
    page.keyboard.press("a")
    overrule_all(page)
    expect(status_line(page)).to_contain_text("Approved.")

    page.keyboard.press("u")

    expect(status_line(page)).to_contain_text("Taken back:")
    expect(page.locator("#texts-heading")).to_contain_text(article)
    page.clock.fast_forward(MORE_THAN_THE_UNDO_MS)
    assert record_of(service, article)["status"] == "needs_review"


@pytest.mark.desk
def test_each_text_stands_beside_the_version_that_it_is_about(page: Page, service: Service) -> None:
    """Also when the article moved on after an editor approved: the bucket keeps what it was."""
    article = queued(service, "stale/one.md")
    change(service, article, status="approved")
    service.uploaded(article, opinion("Ferries resume").replace("June", "July"))
    opened(page, service, article)
    column, lit = page.locator("section.article"), page.locator("[data-lit]").first

    lit.wait_for()
    expect(column).to_contain_text("June")
    expect(column).not_to_contain_text("July")
    page.get_by_role("radio", name="The new version’s").check()

    lit.wait_for()
    expect(column).to_contain_text("July")
    expect(column).not_to_contain_text("June")


@pytest.mark.desk
def test_two_editors_lose_neither_text(page: Page, service: Service, expected_errors: list[str]) -> None:
    """Who was slower sees both texts, and keeps the own one over the newest revision."""
    expected_errors.append("status of 412")
    article = queued(service, "conflict/one.md")
    page.clock.install()
    opened(page, service, article)
    page.keyboard.press("e")
    page.locator("#type-standfirst").fill("My words about the ferry across the Sele, which returns in June.")
    change(service, article, standfirst="Their words about the ferry across the Sele.", status="edited")
    page.keyboard.press("Control+Enter")
    expect(status_line(page)).not_to_contain_text("Checking")
    if page.locator("dialog[open]").count():
        overrule_all(page)
    stored(page, service, article)

    page.get_by_role("button", name="Look").click()
    conflict = page.get_by_role("region", name="Somebody else was faster")
    expect(conflict).to_contain_text("My words")
    expect(conflict).to_contain_text("Their words")
    with page.expect_response(lambda response: response.request.method == "PATCH" and response.ok):
        page.get_by_role("button", name="Keep mine").click()

    assert str(record_of(service, article)["standfirst"]).startswith("My words")


@pytest.mark.desk
def test_what_is_decided_offline_is_sent_later(page: Page, service: Service, expected_errors: list[str]) -> None:
    """The page says what waits, keeps it over a reload, and sends it once."""
    expected_errors.extend(("ERR_INTERNET_DISCONNECTED", "Failed to load resource"))
    article = queued(service, "offline/one.md")
    page.clock.install()
    opened(page, service, article)
    page.context.set_offline(True)
    page.keyboard.press("x")
    page.locator("#reject-note").fill("Not now.")
    page.keyboard.press("Control+Enter")
    page.clock.fast_forward(MORE_THAN_THE_UNDO_MS)
    expect(page.get_by_text("Offline. 1 decision waits")).to_be_visible()
    assert record_of(service, article)["status"] == "needs_review"

    with page.expect_response(lambda response: response.request.method == "PATCH" and response.ok):
        page.context.set_offline(False)

    assert record_of(service, article)["status"] == "rejected"
    page.wait_for_function("() => Object.keys(localStorage).every(key => !key.includes('outbox'))")


@pytest.mark.desk
def test_leaving_the_page_sends_what_waits(page: Page, service: Service, expected_errors: list[str]) -> None:
    """And the next page knows that it arrived, although nobody was there to hear."""
    expected_errors.append("status of 412")
    article = queued(service, "leaving/one.md")
    opened(page, service, article)
    page.keyboard.press("x")
    page.locator("#reject-note").fill("Not now.")
    page.keyboard.press("Control+Enter")
    expect(status_line(page)).to_contain_text("Rejected.")

    page.goto("about:blank")
    deadline = time.monotonic() + WAIT_SECONDS
    while record_of(service, article)["status"] != "rejected":
        assert time.monotonic() < deadline

    page.clock.install()
    page.goto(service.desk_url)
    page.get_by_role("heading", name="Queue").wait_for()
    page.clock.fast_forward(20_000)

    page.wait_for_function("() => Object.keys(localStorage).every(key => !key.includes('outbox'))")
    assert record_of(service, article)["revision"] == 2


@pytest.mark.desk
def test_what_is_typed_survives_a_reload(page: Page, service: Service) -> None:
    """Words that were not stored are there again with the next edit."""
    article = queued(service, "draft/one.md")
    opened(page, service, article)
    page.keyboard.press("e")
    page.locator("#type-standfirst").fill("Words that nobody stored yet.")

    page.reload()
    page.locator(".sentence").first.wait_for()
    page.keyboard.press("e")

    expect(page.locator("#type-standfirst")).to_have_value("Words that nobody stored yet.")


@pytest.mark.desk
def test_somebody_elses_claim_is_shown_and_can_be_taken(page: Page, service: Service) -> None:
    """One who opens an article is its claimant; on the way out the claim ends."""
    article = queued(service, "claim/one.md")
    with page.expect_response(lambda response: response.request.method == "PUT"):
        opened(page, service, article)
    (claimed,) = service.ask("GET", "/queue?prefix=claim/")["items"]
    assert claimed["claim"]["is_mine"]

    with page.expect_response(lambda response: response.request.method == "DELETE"):
        page.keyboard.press("j")
        page.keyboard.press("k")
