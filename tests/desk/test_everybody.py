"""The desk for everybody: any language, articles of any kind and length."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from desk_articles import PARAGRAPHS, opened, queued

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from conftest import Service

HOSTILE = "&lt;img src=x onerror=alert(1)> \u202eabc &lt;script>alert(2)&lt;/script> {{7*7}} ${alert(3)}"
"""Escaped, as a CMS writes the text of an article about markup."""


@pytest.fixture(scope="module")
def article(service: Service) -> str:
    """An article in the queue."""
    return queued(service, "access/one.md")


@pytest.mark.desk
def test_markup_in_an_article_is_shown_as_text(page: Page, service: Service) -> None:
    """Nothing that an article holds becomes an element of the page."""
    paragraphs = [PARAGRAPHS[0], f"{PARAGRAPHS[1]} {HOSTILE}", *PARAGRAPHS[2:]]
    text = json.dumps({"headline": "Why markup matters", "kind": "opinion", "paragraphs": paragraphs})
    service.uploaded("hostile/one.json", text, "application/json")

    opened(page, service, "hostile/one.json")

    expect(page.locator(".paragraphs")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("main img, main script, aside img, aside script").count() == 0


@pytest.mark.desk
def test_a_very_long_article_stays_usable(page: Page, service: Service) -> None:
    """Of 4,000 paragraphs, the one that carries the sentence is in view."""
    paragraphs = (*PARAGRAPHS, *(f"Witness {number} told the council what the storm did." for number in range(4_000)))
    article = queued(service, "long/one.md", paragraphs=paragraphs)

    opened(page, service, article)
    page.keyboard.press("ArrowDown")

    expect(page.locator("#sentence-1")).to_be_focused()
    expect(page.locator("[data-lit]").first).to_be_in_viewport()
    assert page.locator(".paragraph").count() == len(paragraphs)


@pytest.mark.desk
def test_words_from_right_to_left_stand_on_the_right(page: Page, service: Service) -> None:
    """In their own direction, in an interface of another."""
    arabic = (
        "قرر مجلس المدينة مساء الثلاثاء إعادة العبّارة عبر نهر سيلي في حزيران بعد نقاش دام أربع ساعات.",
        "تكلف الإصلاحات 410 آلاف كرونة، وتدفع الدولة نصفها، كما قالت رئيسة هيئة الميناء في المدينة.",
    )
    article = queued(service, "arabic/one.md", paragraphs=arabic, language="ar")

    opened(page, service, article)

    words = page.locator(".sentence .words").first
    assert words.evaluate("element => getComputedStyle(element).direction") == "rtl"
    expect(words).to_have_attribute("lang", "ar")
    paragraph = page.locator("[data-lit]").first
    text, number = (
        paragraph.locator(".paragraph-text").bounding_box(),
        paragraph.locator(".paragraph-number").bounding_box(),
    )
    assert text
    assert number
    assert number["x"] + number["width"] <= text["x"]
    expect(page.locator(".carried").first).to_contain_text("1")


@pytest.mark.desk
def test_the_interface_speaks_the_editors_language(page: Page, service: Service, article: str) -> None:
    """It can be chosen, and is kept."""
    opened(page, service, article)

    page.get_by_label("Language of this page").select_option("de")

    expect(page.get_by_role("heading", name="Warteschlange")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.reload()
    expect(page.get_by_role("heading", name="Warteschlange")).to_be_visible()


@pytest.mark.desk
def test_a_checkbox_keeps_its_click_whatever_is_drawn_meanwhile(page: Page, service: Service, article: str) -> None:
    """The queue's answer, for one, may come in the same moment."""
    opened(page, service, article)
    page.keyboard.press("?")
    # Changes something that is still to be drawn, before the listeners of the page are told of the click.
    page.evaluate(
        "addEventListener('click', () => document.querySelector('#search')"
        ".dispatchEvent(new Event('input', {bubbles: true})), {capture: true, once: true})"
    )

    page.get_by_label("Single keys act").uncheck()


@pytest.mark.desk
def test_single_keys_can_be_turned_off(page: Page, service: Service, article: str) -> None:
    """For who speaks to the computer, or hits keys by accident (WCAG 2.1.4)."""
    opened(page, service, article)
    page.keyboard.press("?")
    page.get_by_label("Single keys act").uncheck()
    page.keyboard.press("Escape")

    page.keyboard.press("x")

    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#sentence-1")).to_be_focused()


@pytest.mark.desk
def test_what_is_current_is_seen_in_forced_colors(page: Page, service: Service, article: str) -> None:
    """Where the system takes all backgrounds away, an edge is left; a pressed button is told from the others."""
    page.emulate_media(forced_colors="active")
    opened(page, service, article)

    for current in (".row[aria-current]", ".sentence[data-current] > div", "[data-lit]"):
        edge = page.locator(current).first.evaluate("element => getComputedStyle(element).borderInlineStart")
        assert edge.startswith("4px solid")
    pressed, other = (page.locator(f'.statuses [aria-pressed="{value}"]').first for value in ("true", "false"))
    ground = "element => getComputedStyle(element).backgroundColor"
    assert pressed.evaluate(ground) != other.evaluate(ground)


@pytest.mark.desk
def test_a_paragraph_of_any_length_stays_usable(page: Page, service: Service) -> None:
    """400,000 characters in one, and a word without an end: nothing is wider than the page."""
    article = queued(service, "long/two.md")

    def lengthen(route: Route) -> None:
        read = route.fetch().json()
        read["paragraphs"].append("The council heard of it. " * 16_000 + "x" * 2_000)
        route.fulfill(json=read)

    page.route("**/articles/**", lengthen)
    opened(page, service, article)
    page.keyboard.press("ArrowDown")

    expect(page.locator("#sentence-1")).to_be_focused()
    expect(page.locator("[data-lit]").first).to_be_in_viewport()
    assert page.locator(".article").evaluate("element => element.scrollWidth <= element.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
