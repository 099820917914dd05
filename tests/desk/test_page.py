"""The page loads: under its own policy, from its own origin, and from nowhere else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Service


def test_the_page_loads_under_its_policy_from_its_own_origin(page: Page, service: Service) -> None:
    """No violation, no failing script, and no request to anybody else."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(service.desk_url)
    page.wait_for_load_state("networkidle")

    assert page.locator("body").inner_text().strip()
    assert {url for url in asked if not url.startswith(service.api_url)} == set()


def test_what_the_policy_refuses_fails_a_test(page: Page, service: Service, expected_errors: list[str]) -> None:
    """Or no test here would say anything of the policy."""
    expected_errors.append("violates the following Content Security Policy directive")
    page.goto(service.desk_url)

    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate("document.head.append(Object.assign(document.createElement('style'), {textContent: 'p {}'}))")


def test_a_page_that_is_loaded_again_is_not_sent_again(page: Page, service: Service) -> None:
    """Each file is asked for, and none has changed."""
    page.goto(service.desk_url)
    page.wait_for_load_state("networkidle")
    # Playwright itself shows what the script is given: the file, with 200.
    network, answered = page.context.new_cdp_session(page), Counter[int]()
    network.send("Network.enable")
    network.on("Network.responseReceivedExtraInfo", lambda answer: answered.update([answer["statusCode"]]))

    page.reload()
    page.wait_for_load_state("networkidle")

    files = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => /\\.(js|css|svg)$/.test(e.name)).length"
    )
    assert answered[304] >= files >= 4


def test_the_page_can_be_used_without_seeing_it(page: Page, service: Service) -> None:
    """As far as rules find out (axe-core)."""
    page.goto(service.desk_url)
    page.wait_for_load_state("networkidle")

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
