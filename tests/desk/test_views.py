"""Every view of the desk, in both themes: rules of accessibility (axe-core), and a picture in build/desk to look at."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from desk_articles import opened, opinion
from desk_newsroom import asked_for, decide, overruled, overtaken
from standfirst.domain.draft import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from conftest import Service

pytestmark = pytest.mark.desk

PROJECT = Path(__file__).parents[2]
PICTURES = PROJECT / "build/desk"
MOST_BYTES = 200_000
WIDE, PHONE, LARGE_PRINT = (1360, 780), (390, 844), (320, 256)

HEADLINES = {
    "business/water-rates.md": "Water rates are not the place to save",
    "culture/seed-library.md": "What a library of seeds teaches a town",
    "politics/ferry.md": "An island cannot wait for a bridge",
}
ARABIC = (
    "قرر مجلس المدينة مساء الثلاثاء إعادة العبّارة عبر نهر سيلي في حزيران بعد نقاش دام أربع ساعات.",
    "تكلف الإصلاحات 410 آلاف كرونة، وتدفع الدولة نصفها، كما قالت رئيسة هيئة الميناء في المدينة.",
)
FINDINGS = [
    Finding("number", "summary", "410,000", "Not in the article.", "error", span=(39, 46), sentence=0),
    Finding("certainty", "standfirst", "will", "The article is less certain.", "warning", span=(26, 30), sentence=0),
]


@dataclass(frozen=True)
class View:
    """How a view comes about: the article that is opened, and what is done then."""

    article: str = "politics/ferry.md"
    act: Callable[[Page, Service], object] = lambda page, _: page.keyboard.press("ArrowDown")
    size: tuple[int, int] = WIDE


def _pressed(*keys: str) -> Callable[[Page, Service], object]:
    return lambda page, _: [page.keyboard.press(key) for key in keys]


def _typed(page: Page, _: Service) -> None:
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Standfirst").fill(
        "Ferry to return in June, says the council, for 420,000 crowns."
    )
    expect(page.locator("#counts-standfirst")).to_contain_text("words")


def _compared(page: Page, _: Service) -> None:
    page.get_by_label("The new version’s").wait_for()
    page.keyboard.press("d")
    page.get_by_role("region", name="Comparison").wait_for()


def _history(page: Page, _: Service) -> None:
    page.keyboard.press("h")
    page.get_by_role("heading", name="History").wait_for()


def _chosen(page: Page, _: Service) -> None:
    page.get_by_label("The new version’s").check()
    page.get_by_role("region", name="Article").get_by_text("in August").wait_for()


def _alike(page: Page, _: Service) -> None:
    page.keyboard.press("a")
    page.get_by_role("button", name="All 3 ×").wait_for()


def _empty(page: Page, _: Service) -> None:
    page.route("**/queue?*", lambda route: route.fulfill(json={"items": [], "cursor": None}))
    nobody = {"total": 0, "needs_review": 0, "stale": 0, "pending": 0, "sections": []}
    page.route("**/queue/counts", lambda route: route.fulfill(json=nobody))
    page.goto(page.url.partition("#")[0])
    page.reload()
    page.get_by_text("Nothing waits for review.").wait_for()


def _offline(page: Page, _: Service) -> None:
    page.context.set_offline(True)
    page.keyboard.press("x")
    page.get_by_label("Reason").fill("Misses the vote.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Offline. 1 decision waits").wait_for()


def _conflict(page: Page, service: Service) -> None:
    article = asked_for(service, f"views/conflict-{page.evaluate('Date.now()')}.md")
    page.goto(f"{service.desk_url}#{article}")
    page.locator(".sentence").first.wait_for()
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Standfirst").fill(
        "My own words about the ferry across the Sele, which returns in June."
    )
    decide(service, article, standfirst="Another editor's words about the ferry across the Sele, in June.")
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("Control+Enter")
        overruled(page, article)
    page.get_by_role("button", name="Look").click()
    page.get_by_role("button", name="Keep mine").wait_for()


def _refused(page: Page, _: Service) -> None:
    reason = {"detail": "The note is over 2,000 characters."}
    page.route("**/summaries/**", lambda route: _answered(route, 422, reason))
    page.keyboard.press("x")
    page.get_by_label("Reason").fill("Misses the vote.")
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Look").click()
    page.get_by_role("button", name="Edit mine").wait_for()


def _answered(route: Route, status: int, problem: dict[str, str]) -> None:
    if route.request.method == "PATCH":
        route.fulfill(status=status, json=problem)
    else:
        route.continue_()


def _signed_out(page: Page, _: Service) -> None:
    page.route(
        re.compile(r"/queue(/counts)?(\?|$)"), lambda route: route.fulfill(status=401, json={"message": "Unauthorized"})
    )
    page.context.set_offline(True)
    page.context.set_offline(False)
    page.get_by_role("button", name="Sign in").wait_for()


def _gone(page: Page, _: Service) -> None:
    gone = {"detail": "The article is not in the bucket any more.", "words": 84, "key": "politics/ferry.md"}
    page.route("**/articles/**", lambda route: route.fulfill(status=410, json=gone))
    page.reload()
    page.get_by_text("The article is no longer there.").wait_for()


def _german(page: Page, _: Service) -> None:
    page.get_by_label("Language of this page").select_option("de")
    page.get_by_role("heading", name="Warteschlange").wait_for()


def _column(name: str) -> Callable[[Page, Service], object]:
    return lambda page, _: page.get_by_role("button", name=name, exact=True).click()


VIEWS = {
    "reading": View(),
    "findings": View("views/findings.md"),
    "editing": View(act=_typed),
    "comparing": View("views/stale.md", _compared),
    "pending": View("views/stale.md", lambda page, _: page.get_by_label("The new version’s").wait_for()),
    "pending chosen": View("views/stale.md", _chosen),
    "history": View("views/stale.md", _history),
    "keys": View(act=_pressed("?")),
    "rejecting": View(act=_pressed("x")),
    "overruling": View("views/findings.md", _pressed("a")),
    "overruling alike": View("views/many.md", _alike),
    "conflict": View(act=_conflict),
    "not stored": View(act=_refused),
    "offline": View(act=_offline),
    "signed out": View(act=_signed_out),
    "article gone": View(act=_gone),
    "queue empty": View(act=_empty),
    "embargo": View("views/embargo.md"),
    "arabic": View("views/arabic.md"),
    "german": View("views/findings.md", _german),
    "phone": View(size=PHONE),
    "phone queue": View(act=_column("Queue"), size=PHONE),
    "phone article": View(act=_column("Article"), size=PHONE),
    "phone editing": View(act=_typed, size=PHONE),
    "phone conflict": View(act=_conflict, size=PHONE),
    "large print": View(size=LARGE_PRINT),
}


@pytest.fixture(scope="module")
def newsroom(service: Service) -> Service:
    """A service with an article for each view."""
    service.uploaded("views/arabic.md", opinion("لا يمكن للجزيرة أن تنتظر جسراً", ARABIC, "ar"))
    asked_for(service, "views/findings.md", FINDINGS)
    asked_for(service, "views/many.md", [replace(FINDINGS[0], text=text) for text in ("410,000", "June", "four")])
    asked_for(service, "views/embargo.md", embargoed_until="2031-05-06T07:08:00Z")
    overtaken(service, "views/stale.md")
    for article, headline in HEADLINES.items():
        service.uploaded(article, opinion(headline))
    return service


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", VIEWS)
def test_every_view_can_be_used_by_everybody(
    page: Page, newsroom: Service, expected_errors: list[str], name: str, theme: str
) -> None:
    """As far as rules find out, and without scrolling sideways."""
    expected_errors.extend(("Failed to load resource", "ERR_INTERNET_DISCONNECTED", "status of 4"))
    view = VIEWS[name]
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(f"{newsroom.desk_url}#{view.article}")
    page.locator("[data-lit], .article .notice").first.wait_for()
    page.set_viewport_size({"width": view.size[0], "height": view.size[1]})

    view.act(page, newsroom)

    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name.replace(' ', '-')}-{theme}.png")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_desk_has_a_picture(page: Page, newsroom: Service) -> None:
    """docs/desk.md shows it, taken anew with each run; small enough for the repository."""
    only = [item for item in newsroom.ask("GET", "/queue")["items"] if item["article_id"] in HEADLINES]
    page.route("**/queue?*", lambda route: route.fulfill(json={"items": only, "cursor": None}))
    page.route("**/queue/counts", lambda route: route.fulfill(json=_counts(only)))
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    opened(page, newsroom, "politics/ferry.md")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#sentence-1")).to_be_focused()
    page.wait_for_load_state("networkidle")

    picture = page.screenshot()

    assert len(picture) <= MOST_BYTES
    (PROJECT / "docs/desk.png").write_bytes(picture)


def _counts(items: list[dict[str, Any]]) -> dict[str, Any]:
    of = {"total": 1, "needs_review": 1, "stale": 0, "pending": 0}
    sections = [{"section": item["section"], **of} for item in items]
    return {**of, "total": len(items), "needs_review": len(items), "sections": sections}
