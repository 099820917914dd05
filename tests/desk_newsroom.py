"""What else goes on while an editor sits at the desk: other editors, newer versions, and the proof of it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import boto3
from playwright.sync_api import expect

from desk_articles import PARAGRAPHS
from desk_service import EDITOR
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId
from standfirst.domain.ports import Transition
from standfirst.domain.record import Status
from standfirst_local.environment import emulated_account

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Locator, Page

    from conftest import Service
    from standfirst.domain.draft import Finding

WAIT_SECONDS = 30
OVERTAKEN = PARAGRAPHS[0].replace("in June", "in August")
"""What the first paragraph says in the newer version of an article."""


def news(headline: str, paragraphs: Sequence[str] = PARAGRAPHS, **metadata: str) -> str:
    """An article of a kind that nobody has to review, in the format of the bucket's plain text."""
    lines = [
        f'headline: "{headline}"',
        "kind: news",
        "language: en",
        *(f"{key}: {value}" for key, value in metadata.items()),
    ]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + "\n\n".join(paragraphs)


def written(service: Service, key: str, paragraphs: Sequence[str] = PARAGRAPHS, **metadata: str) -> str:
    """Upload news whose summary is not in the queue, and return its id."""
    service.uploaded(key, news(f"Ferry of {key} is to return", paragraphs, **metadata))
    return key


def asked_for(
    service: Service,
    key: str,
    findings: Sequence[Finding] = (),
    paragraphs: Sequence[str] = PARAGRAPHS,
    **metadata: str,
) -> str:
    """Upload news whose summary is in the queue, with those findings only, and return its id.

    As a deployment stores it whose second reader or house style asks for a review of every text.
    """
    written(service, key, paragraphs, **metadata)
    with _summaries(service) as summaries:
        stored = summaries.current(ArticleId(key))
        assert stored
        changes = {
            "revision": stored.record.revision + 1,
            "status": Status.NEEDS_REVIEW,
            "findings": tuple(findings),
        }
        record = stored.record.model_copy(update=changes)
        summaries.apply(Transition(record), stored, None)
    return key


def overtaken(service: Service, key: str) -> str:
    """Upload news that an editor writes about before its article changes, and return its id: stale and pending."""
    written(service, key)
    decide(service, key, standfirst="An editor's own words about the ferry, which is to return in June.")
    record = newer(service, key)
    assert record["stale"]
    assert record["pending"]
    return key


def newer(service: Service, key: str) -> dict[str, Any]:
    """Upload a newer version of news, and return the summary once it is there."""
    return service.uploaded(key, news(f"Ferry of {key} is delayed", (OVERTAKEN, *PARAGRAPHS[1:])))


def decide(service: Service, article_id: str, editor: str = "another", **body: object) -> None:
    """Decide as another editor would, without the page."""
    with urlopen(f"{service.api_url}/review/summaries/{quote(article_id)}", timeout=WAIT_SECONDS) as answer:
        tag = answer.headers["ETag"]
    service.ask("PATCH", f"/summaries/{quote(article_id)}", body, {"If-Match": tag, EDITOR: editor})


def reviews(service: Service, prefix: str) -> list[dict[str, Any]]:
    """What `GET /reviews` says of this month's decisions about the articles whose ids begin with ``prefix``."""
    url: str | None = f"/reviews?month={datetime.now(UTC):%Y-%m}"
    rows: list[dict[str, Any]] = []
    while url:
        with urlopen(Request(service.api_url + url), timeout=WAIT_SECONDS) as answer:
            rows += [json.loads(line) for line in answer.read().decode().splitlines()]
            link = answer.headers["Link"]
        url = link[1 : link.index(">")] if link else None
    return [row for row in rows if row["article_id"].startswith(prefix)]


def sent(page: Page) -> None:
    """Wait until nothing waits to be sent."""
    page.wait_for_function("() => Object.keys(localStorage).every(key => !key.includes('outbox'))")


def typed(page: Page, words: str) -> None:
    """Type another standfirst over the one of the open article."""
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Standfirst").fill(words)


def overruled(page: Page, article_id: str) -> None:
    """Say of each finding that is asked about that the text stands, until another article is open, or none."""
    asked = ""
    while True:
        page.wait_for_function(NEXT_STEP, arg=[article_id, asked])
        if not page.locator("dialog[open]").count():
            return
        asked = page.locator("#dialog-heading").inner_text()
        page.keyboard.press("Enter")


NEXT_STEP = """([id, asked]) => document.querySelector("dialog[open]")
    ? document.querySelector("#dialog-heading").innerText !== asked
    : document.querySelector("#texts .id")?.innerText !== id"""
"""Another finding is asked about, or nothing any more and another article is open."""


def tabbed_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Go to an element by the Tab key, as who has no mouse."""
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    expect(wanted).to_be_focused()


@contextmanager
def _summaries(service: Service) -> Iterator[DynamoDbSummaryTable]:
    with emulated_account(service.s3_url):
        names = boto3.client("dynamodb").list_tables()["TableNames"]
        (name,) = [name for name in names if "SummariesTable" in name]
        yield DynamoDbSummaryTable(name)
