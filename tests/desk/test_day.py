"""A day at the desk: twenty summaries by the keyboard alone, and the record that proves who decided what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from desk_articles import queued, record_of
from desk_newsroom import asked_for, decide, overruled, overtaken, reviews, sent, tabbed_to
from desk_service import arn_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from conftest import Service

MINE = "The ferry across the Sele is back in June, and the repairs cost 410,000 crowns."
THEIRS = "Another editor's words about the ferry across the Sele, which returns in June."
REASON = "Misses what the council decided."


def a_day(service: Service) -> list[str]:
    """Twenty articles in the queue: twelve as they are, five with a finding, two overtaken, one for two editors."""
    return [
        *(asked_for(service, f"day/plain-{number:02}.md") for number in range(12)),
        *(queued(service, f"day/finding-{number}.md") for number in range(5)),
        *(overtaken(service, f"day/stale-{number}.md") for number in range(2)),
        asked_for(service, "day/conflict.md"),
    ]


@pytest.mark.desk
def test_twenty_summaries_are_reviewed_by_keyboard_alone(
    page: Page, service: Service, expected_errors: list[str]
) -> None:
    """Each is stored as it was decided, once, and the month's list of reviews says so of each."""
    # Of what is overtaken, the older version of the article is not in the bucket any more.
    expected_errors.extend(("status of 412", "status of 410"))
    articles = a_day(service)
    before = reviews(service, "day/")
    page.goto(service.desk_url)
    page.locator(".sentence").first.wait_for()
    _only_the_section(page, "day")
    expected = {article: _decided(page, service, article) for article in _each(page, articles)}

    expect(page.get_by_role("button", name="Look")).to_be_visible(timeout=30_000)
    tabbed_to(page, page.get_by_role("button", name="Look"))
    page.keyboard.press("Enter")
    conflict = page.get_by_role("region", name="Somebody else was faster")
    expect(conflict).to_contain_text("Another editor's")
    tabbed_to(page, page.get_by_role("button", name="Keep mine"))
    page.keyboard.press("Enter")
    sent(page)

    assert expected.keys() == set(articles)
    stored = {article: record_of(service, article) for article in articles}
    assert {article: record["status"] for article, record in stored.items()} == expected
    assert {article for article, record in stored.items() if record["standfirst"] == MINE} == {
        "day/finding-0.md",
        "day/conflict.md",
    }
    rows = [row for row in reviews(service, "day/") if row not in before]
    assert [row["by"] for row in rows if row["by"] == arn_of("another")] == [arn_of("another")]
    mine = {row["article_id"]: row for row in rows if row["by"] == arn_of("local")}
    assert len(mine) == len(rows) - 1 == 20
    assert {article: row["status"] for article, row in mine.items()} == expected
    # Words of one's own have no evidence that was shown before they were typed.
    unseen = {article for article, row in mine.items() if not row["sentences_seen"]}
    assert unseen <= {"day/stale-1.md", "day/conflict.md", "day/finding-0.md"}
    assert {article for article, row in mine.items() if row["findings_overruled"]} == {
        f"day/finding-{number}.md" for number in range(1, 5)
    }
    assert [row["note"] for row in mine.values() if row["status"] == "rejected"] == [REASON]
    assert {article for article, row in mine.items() if row["words_changed"]} >= {"day/finding-0.md", "day/conflict.md"}


def _only_the_section(page: Page, section: str) -> None:
    page.keyboard.press("/")
    tabbed_to(page, page.get_by_label("Section"))
    page.keyboard.type(section)
    expect(page.locator(".row").first).to_contain_text(f"{section}/")
    tabbed_to(page, page.locator(".row").first)
    page.keyboard.press("Enter")


def _each(page: Page, articles: list[str]) -> Iterator[str]:
    """The article that is open, as often as there are articles; the page goes on by itself."""
    shown = page.locator("#texts .id")
    for number in range(len(articles)):
        page.locator("[data-lit], .article .notice").first.wait_for()
        article = shown.inner_text()
        yield article
        if number < len(articles) - 1:
            expect(shown).not_to_have_text(article)


def _decided(page: Page, service: Service, article: str) -> str:
    """Decide about the article that is open; returns the status that it then has."""
    keyboard = page.keyboard
    keyboard.press("ArrowDown")
    if article == "day/plain-03.md":
        keyboard.press("x")
        expect(page.get_by_role("textbox", name="Reason")).to_be_focused()
        keyboard.type(REASON)
        keyboard.press("Control+Enter")
        return "rejected"
    if article in {"day/finding-0.md", "day/conflict.md"}:
        keyboard.press("ArrowUp")
        keyboard.press("e")
        expect(page.get_by_role("textbox", name="Standfirst")).to_be_focused()
        keyboard.press("Control+a")
        keyboard.type(MINE)
        if article == "day/conflict.md":
            decide(service, article, standfirst=THEIRS)
        keyboard.press("Control+Enter")
        return "approved"
    if article == "day/stale-0.md":
        tabbed_to(page, page.get_by_role("radio", name="The ones in use"), "Shift+Tab")
        keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name="The new version’s")).to_be_checked()
        tabbed_to(page, page.get_by_role("button", name="Approve"))
        keyboard.press("Enter")
    else:
        keyboard.press("a")
    overruled(page, article)
    return "approved"
