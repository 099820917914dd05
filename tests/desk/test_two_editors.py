"""Two editors, and articles that change while they are open: who has what is shown, and nobody's words are lost."""

from __future__ import annotations

import re
import time
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from desk_articles import opened, queued, record_of
from desk_newsroom import OVERTAKEN, WAIT_SECONDS, asked_for, newer, overruled, reviews, sent, typed
from desk_service import EDITOR, SIGNED, arn_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from conftest import Service

pytestmark = pytest.mark.desk

MINE = "My own words about the ferry across the Sele, which returns to the island in June."
HERS = "Her own words about the ferry across the Sele, which returns to the island in June."


@pytest.fixture
def colleague(browser: Browser) -> Iterator[Page]:
    """The page of another editor, in another browser."""
    context = browser.new_context(locale="en-GB", extra_http_headers={EDITOR: "ruth"})
    yield context.new_page()
    context.close()


def opened_and_claimed(page: Page, service: Service, article: str) -> None:
    """Open an article long enough that it is claimed, by whoever sits at ``page``."""
    with page.expect_response(lambda answer: answer.request.method == "PUT" and "/claims/" in answer.url):
        opened(page, service, article)


def test_who_has_an_article_open_is_shown_and_it_can_be_taken_over(
    page: Page, colleague: Page, service: Service, expected_errors: list[str]
) -> None:
    """Both are told who has it, and it is never locked."""
    expected_errors.append("status of 409")
    article = asked_for(service, "two/claimed.md")
    opened_and_claimed(colleague, service, article)
    opened_and_claimed(page, service, article)

    expect(page.get_by_text("has it open until")).to_contain_text("ruth")
    with page.expect_response(lambda answer: "take_over=true" in answer.url):
        page.get_by_role("button", name="Take over").click()

    expect(page.get_by_text("has it open until")).to_have_count(0)
    (item,) = service.ask("GET", "/queue?prefix=two/claimed")["items"]
    assert item["claim"]["by"] == arn_of("local")
    with colleague.context.new_page() as another:
        opened_and_claimed(another, service, article)
        expect(another.get_by_text("has it open until")).to_contain_text("local")
        expect(another.locator(".row[aria-current]")).to_contain_text("has it open")


def test_two_who_decide_about_one_article_lose_nothing(
    page: Page, colleague: Page, service: Service, expected_errors: list[str]
) -> None:
    """The second one sees both texts; both decisions are on record, each by who made it."""
    expected_errors.extend(("status of 409", "status of 412"))
    article = asked_for(service, "two/decided.md")
    for each, words in ((colleague, HERS), (page, MINE)):
        opened_and_claimed(each, service, article)
        each.keyboard.press("e")
        each.get_by_role("textbox", name="Standfirst").fill(words)
    for each in (colleague, page):
        with each.expect_response(lambda answer: answer.request.method == "PATCH"):
            each.keyboard.press("Control+Enter")

    page.get_by_role("button", name="Look").click()
    conflict = page.get_by_role("region", name="Somebody else was faster")
    expect(conflict).to_contain_text("ruth")
    expect(conflict).to_contain_text("My own words")
    expect(conflict).to_contain_text("Her")
    assert record_of(service, article)["standfirst"] == HERS
    page.get_by_role("button", name="Keep mine").click()
    sent(page)

    assert record_of(service, article)["standfirst"] == MINE
    assert [(row["by"], row["status"]) for row in reviews(service, article)] == [
        (arn_of("ruth"), "approved"),
        (arn_of("local"), "approved"),
    ]
    assert service.ask("GET", f"/review/summaries/{quote(article)}?revision=3")["standfirst"] == HERS


def test_words_typed_while_the_article_changes_are_not_lost(
    page: Page, service: Service, expected_errors: list[str]
) -> None:
    """The decision about the older version is a conflict: the editor sees both, and what was typed is kept."""
    expected_errors.extend(("status of 412", "status of 410"))
    article = asked_for(service, "changing/typed.md")
    opened(page, service, article)
    typed(page, MINE)
    newer(service, article)
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("Control+Enter")

    page.get_by_role("button", name="Look").click()
    conflict = page.get_by_role("region", name="Somebody else was faster")
    expect(conflict).to_contain_text("My own words")
    page.get_by_role("button", name="Edit mine").click()
    expect(page.get_by_role("textbox", name="Standfirst")).to_have_value(MINE)
    expect(page.locator(".paragraphs")).to_contain_text(OVERTAKEN)
    page.keyboard.press("Control+Enter")
    overruled(page, article)
    sent(page)

    assert record_of(service, article)["standfirst"] == MINE


def test_a_decision_that_arrives_before_the_newer_version_waits_beside_it(
    page: Page, service: Service, expected_errors: list[str]
) -> None:
    """The editor's words are served, stale, and the new version's text is offered for a choice."""
    expected_errors.append("status of 410")
    article = asked_for(service, "changing/decided.md")
    opened(page, service, article)
    typed(page, MINE)
    page.keyboard.press("Control+Enter")
    overruled(page, article)
    sent(page)
    newer(service, article)

    page.goto(service.desk_url)
    page.locator(".row", has_text=article).click()
    expect(page.get_by_text("The article changed after an editor decided")).to_be_visible()
    choice = page.get_by_role("group", name="Which texts do you decide about?")
    expect(choice).to_contain_text("My own words")
    # The columns scroll, and the page does not.
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    choice.get_by_role("radio", name="The new version’s").check()
    expect(page.locator(".paragraphs")).to_contain_text(OVERTAKEN)


def test_an_approval_of_what_was_never_shown_says_so(page: Page, service: Service, expected_errors: list[str]) -> None:
    """Where the article could not be had, no sentence was seen with its evidence, and the record has none."""
    expected_errors.append("status of 410")
    article = asked_for(service, "unseen/one.md")
    page.route("**/articles/**", lambda route: route.fulfill(status=410, json={"detail": "It is gone."}))
    page.goto(f"{service.desk_url}#{article}")
    expect(page.get_by_text("The article is no longer there.")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("a")
    overruled(page, article)
    sent(page)

    review = record_of(service, article)["review"]
    assert review["decision"] == "approved"
    assert review["sentences_seen"] == []
    assert review["sentences"] >= 2
    assert [row["sentences_seen"] for row in reviews(service, article)] == [0]


def test_an_embargo_is_marked_where_it_could_be_broken(page: Page, service: Service) -> None:
    """In the queue and above the texts, with its end."""
    article = asked_for(service, "embargo/one.md", embargoed_until="2031-05-06T07:08:00Z")

    opened(page, service, article)

    expect(page.locator(".row[aria-current]")).to_contain_text("Embargo")
    expect(page.locator(".notice.embargo")).to_contain_text(re.compile("6 May 2031|May 6, 2031"))


def test_an_article_withdrawn_while_it_is_open_is_not_decided_about(
    page: Page, service: Service, expected_errors: list[str]
) -> None:
    """The editor is told, and what was typed is still there to be copied."""
    expected_errors.extend(("status of 4",))
    article = asked_for(service, "withdrawn/one.md")
    opened(page, service, article)
    typed(page, MINE)
    removed(service, article)
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("Control+Enter")

    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("main")).to_contain_text(MINE)
    assert is_gone(service, article)
    assert reviews(service, article) == []


def test_an_article_erased_while_it_is_open_leaves_nothing_but_what_the_editor_typed(
    page: Page, service: Service, expected_errors: list[str]
) -> None:
    """A takedown: the service keeps no text of it, and takes no decision about it."""
    expected_errors.extend(("status of 4",))
    article = queued(service, "erased/one.md")
    opened(page, service, article)
    typed(page, MINE)
    service.ask("DELETE", f"/summaries/{quote(article)}")
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("Control+Enter")

    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("main")).to_contain_text(MINE)
    assert reviews(service, article) == []


def removed(service: Service, article: str) -> None:
    """Delete the article's object, and wait until its summary is withdrawn."""
    url = f"{service.s3_url}/{service.bucket}/{quote(article)}"
    urlopen(Request(url, headers=SIGNED, method="DELETE"), timeout=30).close()
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_gone(service, article):
        assert time.monotonic() < deadline


def is_gone(service: Service, article: str) -> bool:
    """Whether the API says that there is no summary any more."""
    try:
        return record_of(service, article)["status"] == "withdrawn"
    except HTTPError as error:
        return error.code == HTTPStatus.GONE
