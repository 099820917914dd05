"""What docs/desk.md tells a stranger to do, done to the letter, from `make local` to the record of the review."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from desk_newsroom import overruled, sent
from docs_pages import blocks, code_spans
from docs_pages import page as page_of_docs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

PROJECT = Path(__file__).parents[2]
PRINTED = "http://127.0.0.1:41021"
"""Where the page says that the service is; it is elsewhere each time."""


@pytest.fixture
def steps() -> list[str]:
    """The steps of the page."""
    text = page_of_docs("docs/desk.md").partition("## Try it")[2].partition("\n## ")[0]
    return re.findall(r"^\d\. (.+?)(?=^\d\. |^`make local SAMPLES=)", text, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def address(steps: list[str]) -> Iterator[str]:
    """Where the service is that the first step starts."""
    [command] = re.findall(r"^ *\$ (.+)$", steps[0], flags=re.MULTILINE)
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    # What is installed is not looked at again: these tests run in it.
    process = subprocess.Popen(
        [*command.split(), "--assume-old", ".venv/.demo"],
        cwd=PROJECT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    try:
        yield next(found[1] for line in process.stdout if (found := re.match(r"  desk +(http\S+)/desk/$", line)))
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.read()
        process.wait(30)


@pytest.mark.desk
def test_a_stranger_gets_from_the_clone_to_a_recorded_review(
    page: Page, expected_errors: list[str], steps: list[str], address: str
) -> None:
    """Five steps: start, open, look, approve, see the record."""
    assert len(steps) == 5
    # Of what has changed since, the article's older version may be gone.
    expected_errors.append("status of 410")
    page.goto(f"{address}/desk/")
    page.locator(".sentence").first.wait_for()
    expect(page.locator("#texts .facts")).to_contain_text("Edited")
    expect(page.get_by_text("The article changed", exact=False).first).to_be_visible()

    next_one, down = code_spans(steps[2])
    page.keyboard.press(next_one)
    expect(page.locator("#sentence-0")).to_be_focused()
    page.keyboard.press({"↓": "ArrowDown"}[down])
    expect(page.locator("#sentence-1")).to_be_focused()
    page.locator("[data-lit]").first.wait_for()
    article = page.locator("#texts .id").inner_text()

    approve, yes = code_spans(steps[3])
    page.keyboard.press(approve)
    page.get_by_role("dialog").wait_for()
    assert yes == "Enter"
    overruled(page, article)

    sent(page)
    [curl] = [block for block in blocks("docs/desk.md", "sh") if "/reviews" in block]
    shown = subprocess.run(
        ["/bin/bash", "-c", curl.replace(PRINTED, address)], capture_output=True, text=True, check=True
    ).stdout
    review = [json.loads(line) for line in shown.splitlines()][-1]
    assert (review["article_id"], review["decision"]) == (article, "approved")
    assert review["sentences_seen"] == 2
    assert review["findings_overruled"]
