"""Articles that are made to break the page: whatever they hold is text, and the page stays usable."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from desk_articles import PARAGRAPHS, opened, record_of
from desk_newsroom import asked_for, overruled, sent
from standfirst.domain.article import MAX_TEXT_CHARACTERS
from standfirst.domain.draft import Finding
from standfirst.domain.review import MOST_OVERRULED

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Service

pytestmark = pytest.mark.desk

MARKUP = "</textarea></title></script><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"
ESCAPED = MARKUP.replace("<", "&lt;")
BIDI = "\u202eesrever\u202c and \u2066isolated"
HOSTILE = f"{ESCAPED} {BIDI} {{{{7*7}}}} ${{alert(4)}}"


def test_markup_scripts_and_bidi_controls_are_text_everywhere(page: Page, service: Service) -> None:
    """In the headline, the texts, the findings, the article, while it is edited, and in the queue."""
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    text = f"{PARAGRAPHS[0][:-1]} {HOSTILE}."
    article = {"headline": f"Ferry {HOSTILE}", "kind": "opinion", "paragraphs": [text, *PARAGRAPHS[1:]]}
    service.uploaded("hostile/markup.json", json.dumps(article), "application/json")
    opened(page, service, "hostile/markup.json")

    expect(page.locator(".paragraphs")).to_contain_text(MARKUP)
    expect(page.locator('.row[href="#hostile/markup.json"]')).to_contain_text("</textarea>")
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Standfirst").fill(
        f"The ferry {MARKUP} {BIDI} returns in June, the town council decided."
    )
    page.keyboard.press("Control+Enter")
    overruled(page, "hostile/markup.json")
    sent(page)

    assert MARKUP in str(record_of(service, "hostile/markup.json")["standfirst"])
    opened(page, service, "hostile/markup.json")
    expect(page.get_by_role("main")).to_contain_text(MARKUP)
    page.keyboard.press("d")
    expect(page.get_by_role("region", name="Comparison")).to_contain_text("</textarea>")
    assert page.locator("img, svg, script:not([src]), iframe").count() == 0
    # A control of one text must not turn the words of another around.
    for words in page.locator("#texts .id, .row-headline, h2[dir], h3[dir]").all():
        assert words.evaluate("element => ['isolate', 'plaintext'].includes(getComputedStyle(element).unicodeBidi)")


def test_the_longest_article_with_the_most_findings_can_be_decided_about(page: Page, service: Service) -> None:
    """The article is there to the end, and findings of one kind are overruled at once."""
    witness = "what the storm did to the stages, the boats and the ticket office, and what the town did then"
    room = MAX_TEXT_CHARACTERS - 10_000
    paragraphs = [*PARAGRAPHS, *(f"Witness {number} told {witness}." for number in range(room // 115))]
    findings = [
        Finding("number", "summary", f"{number}", f"Number {number} is not in the article.", "warning", sentence=0)
        for number in range(MOST_OVERRULED)
    ]
    article = asked_for(service, "hostile/long.md", findings, paragraphs)
    opened(page, service, article)

    expect(page.locator(".paragraph")).to_have_count(len(paragraphs))
    expect(page.locator(".paragraph").last).to_contain_text("told what the storm did")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#sentence-1")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(rf"Finding \W*1\W* of \W*{MOST_OVERRULED}"))
    page.keyboard.press("Shift+Enter")
    overruled(page, article)
    sent(page)

    review = record_of(service, article)["review"]
    assert review["decision"] == "approved"
    assert len(review["findings_overruled"]) == MOST_OVERRULED
