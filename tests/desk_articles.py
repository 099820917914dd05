"""Articles that tests upload for the desk: of kinds that the bundled house style has reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Service

PARAGRAPHS = (
    "The ferry across the Sele will return in June, the town council decided on Friday after a debate of four hours.",
    "Repairs to the landing stages will cost 410,000 crowns, half of it paid by the state, said Ruth Ames of the port.",
    "The ferry was taken out of service in November, when a storm damaged both stages and flooded the ticket office.",
    "Some 1,200 people live on the island, and for them the next bridge is an hour away, the council was told.",
)


def opinion(headline: str, paragraphs: tuple[str, ...] = PARAGRAPHS, language: str = "en") -> str:
    """An article of a kind that an editor is to see, in the format of the bucket's plain text."""
    return f'---\nheadline: "{headline}"\nkind: opinion\nlanguage: {language}\n---\n\n' + "\n\n".join(paragraphs)


def queued(service: Service, key: str, **article: object) -> str:
    """Upload an opinion whose summary is in the queue, and return its id."""
    record = service.uploaded(key, opinion(f"Why {key} matters to all of us", **article))  # type: ignore[arg-type]
    assert record["status"] == "needs_review"
    return key


def record_of(service: Service, article_id: str) -> dict[str, object]:
    """What is stored now."""
    found: dict[str, object] = service.ask("GET", f"/review/summaries/{quote(article_id)}")
    return found


def opened(page: Page, service: Service, article_id: str) -> None:
    """Open an article at the desk by its address, and wait for both its texts and the article."""
    page.goto(f"{service.desk_url}#{quote(article_id)}")
    page.locator(".sentence").first.wait_for()
    page.locator("[data-lit]").first.wait_for()


def overrule_all(page: Page) -> None:
    """Say of each finding that the text stands, by the keyboard."""
    page.locator("dialog[open]").wait_for()
    while page.locator("dialog[open]").count():
        title = page.locator("#dialog-heading").inner_text()
        page.keyboard.press("Enter")
        page.wait_for_function("title => document.querySelector('#dialog-heading')?.innerText !== title", arg=title)
