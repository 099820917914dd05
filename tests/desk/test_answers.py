"""What the API answers seldom, or not on one machine: claims of others, refusals, a second reader, many findings."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from desk_articles import PARAGRAPHS, opened, opinion, queued, record_of
from desk_newsroom import overtaken

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from conftest import Service

MORE_THAN_THE_UNDO_MS = 6_000
MORE_THAN_A_LOOK_MS = 6_000
WORDS = "The ferry across the Sele is back in June, and the repairs cost 410,000 crowns in all."


def records(page: Page, article_id: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Have the API's record of an article changed on its way to the page."""

    def answer(route: Route) -> None:
        response = route.fetch()
        record = response.json()
        change(record)
        route.fulfill(response=response, body=json.dumps(record))

    page.route(f"**/review/summaries/{quote(article_id)}*", answer)


def problem(route: Route, status: int, **members: object) -> None:
    """Answer with problem details."""
    body = json.dumps({"type": "about:blank", "status": status, **members})
    route.fulfill(status=status, body=body, content_type="application/problem+json")


def decide(service: Service, article_id: str, **body: object) -> None:
    """Decide without the page."""
    service.ask("PATCH", f"/summaries/{quote(article_id)}", body, {"If-Match": "*"})


@pytest.mark.desk
def test_an_article_that_somebody_else_has_open_can_be_taken_over(
    page: Page, service: Service, expected_errors: list[str]
) -> None:
    """Who has it is shown, and no more once it is taken."""
    expected_errors.append("status of 409")
    article = queued(service, "answers/claimed.md")
    claim = {"by": "jwt:anna", "until": "2099-11-29T18:00:00Z"}

    def answer(route: Route) -> None:
        if "take_over=true" in route.request.url:
            route.continue_()
        else:
            problem(route, 409, detail="Somebody else has it open.", claim=claim)

    page.route("**/claims/**", answer)
    opened(page, service, article)
    notice = page.get_by_role("main").get_by_text(re.compile("anna.* has it open until"))
    expect(notice).to_be_visible()

    with page.expect_response(lambda response: "take_over=true" in response.url and response.ok):
        page.get_by_role("button", name="Take over").click()

    expect(notice).to_have_count(0)


@pytest.mark.desk
def test_an_editor_chooses_between_edited_texts_and_those_of_a_newer_article(
    page: Page, service: Service, expected_errors: list[str]
) -> None:
    """The page says that the article changed, shows both, and stores what was chosen."""
    expected_errors.append("status of 410")  # The bucket keeps no older version.
    article = queued(service, "answers/pending.md")
    decide(service, article, standfirst=WORDS, status="edited")
    first = "The ferry across the Sele will stay away until July, the town council decided on Friday."
    service.uploaded(article, opinion("Why the ferry stays away", (first, *PARAGRAPHS[1:])))
    page.clock.install()
    opened_without_waiting(page, service, article)
    expect(page.get_by_text("The article changed after an editor decided")).to_be_visible()
    cards = page.locator(".pending .card")
    expect(cards.first).to_contain_text("410,000 crowns in all")

    page.get_by_label("The new version’s").check()

    expect(page.locator(".sentence").first).to_contain_text("July")
    expect(page.locator(".paragraphs")).to_contain_text("stay away until July")
    page.keyboard.press("a")
    overrule_alike(page)
    with page.expect_response(lambda response: response.request.method == "PATCH" and response.ok):
        page.clock.fast_forward(MORE_THAN_THE_UNDO_MS)

    stored = record_of(service, article)
    assert (stored["status"], stored["stale"], stored["pending"]) == ("approved", False, None)
    assert "July" in str(stored["standfirst"])


def opened_without_waiting(page: Page, service: Service, article: str) -> None:
    """Open an article at the desk, whether or not anything is lit."""
    page.goto(f"{service.desk_url}#{quote(article)}")
    page.locator(".sentence").first.wait_for()


def overrule_alike(page: Page) -> None:
    """Say of all findings of each check that the text stands."""
    page.locator("dialog[open]").wait_for()
    while page.locator("dialog[open]").count():
        title = page.locator("#dialog-heading").inner_text()
        page.keyboard.press("Shift+Enter")
        page.wait_for_function("title => document.querySelector('#dialog-heading')?.innerText !== title", arg=title)


@pytest.mark.desk
def test_an_article_that_cannot_be_read_any_more_is_said_to_be_so(
    page: Page, service: Service, expected_errors: list[str]
) -> None:
    """Why its edited texts are stale, in the service's words."""
    expected_errors.extend(("status of 410", "status of 422"))
    article = queued(service, "answers/unreadable.md")
    decide(service, article, standfirst=WORDS, status="edited")
    service.uploaded(article, "\x00\x01\x02\x03")

    opened_without_waiting(page, service, article)

    expect(page.get_by_text("The article can no longer be read")).to_be_visible()
    expect(page.get_by_text("Why the newer version could not be read")).to_be_visible()


@pytest.mark.desk
def test_a_text_that_the_model_is_asked_for_appears_by_itself(page: Page, service: Service) -> None:
    """The page looks for a newer revision."""
    article = queued(service, "answers/again.md")
    page.route("**/regenerations/**", lambda route: route.fulfill(status=202, json={"article_id": article}))
    page.clock.install()
    opened(page, service, article)
    page.keyboard.press("r")
    expect(page.get_by_role("status")).to_contain_text("The model is asked again")
    decide(service, article, standfirst=WORDS, status="edited")

    page.clock.fast_forward(MORE_THAN_A_LOOK_MS)

    expect(page.get_by_role("status")).to_contain_text("The new text is here.")
    expect(page.locator(".sentence").first).to_contain_text("is back in June")


@pytest.mark.desk
@pytest.mark.parametrize("status", [404, 409, 410, 422])
def test_a_decision_that_is_refused_is_shown_with_its_words(
    page: Page, service: Service, expected_errors: list[str], status: int
) -> None:
    """And why; the words can be copied, and edited again."""
    expected_errors.append(f"status of {status}")
    article = queued(service, f"answers/refused-{status}.md")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.route("**/summaries/**", lambda route: problem(route, status, detail="No, because."))
    page.route("**/review/summaries/**", lambda route: route.continue_())
    page.clock.install()
    opened(page, service, article)
    page.keyboard.press("e")
    page.locator("#type-standfirst").fill(WORDS)
    page.get_by_role("button", name="Save only").click()
    page.clock.fast_forward(MORE_THAN_THE_UNDO_MS)

    page.get_by_role("button", name="Look").click()
    refused = page.get_by_role("region", name="Not stored")
    expect(refused).to_contain_text("No, because.")
    expect(refused).to_contain_text("410,000 crowns in all.")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()").startswith(WORDS)
    page.get_by_role("button", name="Edit mine").click()
    expect(page.locator("#type-standfirst")).to_have_value(WORDS)


@pytest.mark.desk
def test_all_findings_of_a_check_are_overruled_with_one_key(page: Page, service: Service) -> None:
    """Shift+Enter; each is recorded, and what another check found is asked about by itself."""
    article = queued(service, "answers/many.md")

    def find_more(record: dict[str, Any]) -> None:
        (finding,) = [each for each in record["findings"] if each["check"] == "kind"]
        names = [{**finding, "check": "name", "text": f"Name {number}"} for number in range(60)]
        record["findings"] = [*names[:30], finding, *names[30:]]

    records(page, article, find_more)
    page.clock.install()
    opened(page, service, article)
    page.keyboard.press("a")
    expect(page.locator("#dialog-heading")).to_contain_text("of 61")
    expect(page.get_by_role("button", name=re.compile("All 60 × .Name"))).to_be_visible()

    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("All 59 × .Name"))).to_be_visible()
    page.get_by_label("Note").fill("They are the article's.")
    page.keyboard.press("Shift+Enter")
    expect(page.locator("dialog")).to_contain_text("Kind of text")
    page.keyboard.press("Enter")
    with page.expect_request(lambda request: request.method == "PATCH") as sent:
        page.clock.fast_forward(MORE_THAN_THE_UNDO_MS)

    told = sent.value.post_data_json["review"]["findings"]
    assert [each["check"] for each in told] == ["name"] * 60 + ["kind"]
    assert len({each["text"] for each in told[:60]}) == 60
    assert [each.get("note") for each in told] == [None, *["They are the article's."] * 59, None]


@pytest.mark.desk
def test_an_edit_that_is_taken_back_is_in_the_fields_again(page: Page, service: Service) -> None:
    """With the words as they were typed."""
    article = queued(service, "answers/undone.md")
    page.clock.install()
    opened(page, service, article)
    page.keyboard.press("e")
    page.locator("#type-standfirst").fill(WORDS)
    page.get_by_role("button", name="Save only").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")

    page.keyboard.press("u")

    expect(page.locator("#type-standfirst")).to_have_value(WORDS)
    page.clock.fast_forward(MORE_THAN_THE_UNDO_MS)
    assert record_of(service, article)["status"] == "needs_review"


@pytest.mark.desk
def test_an_edit_of_the_new_versions_texts_that_is_taken_back_is_at_them_again(page: Page, service: Service) -> None:
    """Not over the served ones, which it was not about."""
    article = overtaken(service, "answers/undone-pending.md")
    page.clock.install()
    opened_without_waiting(page, service, article)
    page.get_by_label("The new version’s").check()
    page.keyboard.press("e")
    page.locator("#type-standfirst").fill(WORDS)
    page.get_by_role("button", name="Save only").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")

    page.keyboard.press("u")

    expect(page.locator("#type-standfirst")).to_have_value(WORDS)
    expect(page.get_by_label("The new version’s")).to_be_checked()
    expect(page.locator(".paragraphs")).to_contain_text("August")


@pytest.mark.desk
def test_how_long_the_texts_are_is_shown_while_they_are_read(page: Page, service: Service) -> None:
    """Beside the limits of the house style."""
    article = queued(service, "answers/counts.md")

    opened(page, service, article)

    words = len(str(record_of(service, article)["standfirst"]).split())
    expect(page.locator(".text .counts").first).to_contain_text(f"{words} words (12–40)")


@pytest.mark.desk
def test_a_second_reader_is_quoted_beside_the_sentence_and_in_the_article(page: Page, service: Service) -> None:
    """And the draft that the checks rejected can be compared, with what was said of it."""
    article = queued(service, "answers/second.md")
    verdict = {
        "field": "standfirst",
        "sentence": 0,
        "judgement": "contradicted",
        "is_proven": False,
        "quote": "after a debate of four hours",
        "reason": "The council decided later.",
        "article_says": "a debate of four hours",
    }

    def read_twice(record: dict[str, Any]) -> None:
        record["second_reading"] = {"verdicts": [verdict]}
        record["rejected_draft"] = {
            "standfirst": "The ferry never returns.",
            "summary": "Nothing is repaired.",
            "key_points": [],
            "findings": [],
            "verdicts": [verdict],
        }

    records(page, article, read_twice)
    opened(page, service, article)

    said = page.locator(".sentence").first.locator(".verdict")
    expect(said).to_contain_text("contradicted (its quote is not in the article)")
    expect(said).to_contain_text("The council decided later.")
    expect(page.locator(".paragraph mark.quote")).to_have_text("after a debate of four hours")
    page.keyboard.press("d")
    comparison = page.get_by_role("region", name="Comparison")
    expect(comparison.locator("del", has_text="never").first).to_be_visible()
    expect(comparison.locator(".verdict")).to_contain_text("contradicted")


@pytest.mark.desk
def test_an_empty_queue_says_what_comes_next(page: Page, service: Service) -> None:
    """And one that a filter empties says so."""
    page.route("**/queue?*", lambda route: route.fulfill(json={"items": [], "cursor": None}))
    counts = {"total": 0, "needs_review": 0, "stale": 0, "pending": 0, "sections": []}
    page.route("**/queue/counts", lambda route: route.fulfill(json=counts))

    page.goto(service.desk_url)

    expect(page.get_by_role("main")).to_contain_text("Nothing waits for review.")
    expect(page.get_by_role("main")).to_contain_text("appears here by itself")
    page.get_by_role("button", name="Stale").click()
    page.get_by_role("button", name="Show everything").click()
    expect(page.get_by_role("button", name="All")).to_have_attribute("aria-pressed", "true")
