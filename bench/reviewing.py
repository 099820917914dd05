"""How long the desk keeps an editor waiting: a scripted editor, the keyboard, Chromium, and the whole local service.

Run as a program it is that service: it prints where it is, as one line of JSON, and stays until its standard input is
closed.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime, timedelta
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote
from urllib.request import Request, urlopen

from measurement import CannotMeasure, Row, Skipped

if TYPE_CHECKING:
    from playwright.sync_api import Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
READING_SECONDS = 12
"""What reading a summary beside its article takes: counted, not slept."""

DAY = {"plain": 12, "finding": 5, "stale": 2, "conflict": 1}
"""What waits for the scripted editor: summaries as they are, with a finding, overtaken by their article, contested."""

WAITING = 1_000
VIEWS = 5
PATIENCE_SECONDS = 120

_REVIEW = "20 summaries at the desk, the page's own time"
_READING = "20 summaries at the desk, with reading"
_FIRST_VIEW = f"first view of {WAITING:,} in the queue"
_WEIGHT = "what a first visit to the desk loads"
PARAGRAPHS = (
    "The ferry across the Sele will return in June, the town council decided on Friday after a debate of four hours.",
    "Repairs to the landing stages will cost 410,000 crowns, half of it paid by the state, said Ruth Ames of the port.",
    "The ferry was taken out of service in November, when a storm damaged both stages and flooded the ticket office.",
    "Some 1,200 people live on the island, and for them the next bridge is an hour away, the council was told.",
)

# From a key to the moment when the article after it can be read and judged: its sentences and its evidence are drawn.
_WATCH = """() => {
    window.desk = { took: [], from: null, until: null };
    const find = (selector) => document.querySelector(selector);
    const isDrawn = () => find("[data-lit], .article .notice") || !find("#texts .id");
    const isElsewhere = () => find("#texts .id")?.innerText !== desk.until && isDrawn();
    const isUsable = () => desk.until === null ? find("dialog[open]") : !find("dialog[open]") && isElsewhere();
    const look = () => {
        if (desk.from !== null && isUsable()) {
            desk.took.push(performance.now() - desk.from);
            desk.from = null;
        }
        requestAnimationFrame(look);
    };
    const begin = () => desk.isArmed && Object.assign(desk, { from: performance.now(), isArmed: false });
    addEventListener("keydown", begin, true);
    look();
}"""


def rows() -> Iterator[Row | Skipped]:
    """The review of twenty summaries, a first view of a long queue, and the weight of the page."""
    missing = _missing()
    if missing:
        yield from (Skipped(what, missing) for what in (_REVIEW, _READING, _FIRST_VIEW, _WEIGHT))
        return
    with _service() as service, _page() as page:
        yield from _review(page, service)
        yield from _first_view(page, service)


def _missing() -> str | None:
    if not any(map(shutil.which, BROWSERS)):
        return "needs Chromium on the PATH (on Debian: apt-get install chromium)"
    try:
        import playwright.sync_api  # noqa: F401, PLC0415 - only where there is a browser
    except ImportError:
        return "needs Playwright: make test-desk installs it"
    return None


class _Service:
    """The service in a process of its own, so that what it computes does not hold the browser's driver up."""

    def __init__(self, process: subprocess.Popen[str], orders: IO[str], answers: IO[str]) -> None:
        self._process, self._orders, self._answers = process, orders, answers
        self.api_url: str = self._answer()["api"]

    def ask(self, order: str) -> None:
        """Have it do something, and wait until it has."""
        self._orders.write(order + "\n")
        self._orders.flush()
        self._answer()

    def _answer(self) -> dict[str, Any]:
        timer = threading.Timer(PATIENCE_SECONDS, self._process.kill)
        timer.start()
        line = self._answers.readline()
        timer.cancel()
        if not line:
            raise CannotMeasure("The local service of the desk did not answer.")
        said: dict[str, Any] = json.loads(line)
        return said

    def change(self, article_id: str, **body: str) -> None:
        """Decide as somebody else, without the page."""
        path = f"{self.api_url}/review/summaries/{quote(article_id)}"
        with urlopen(path, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - our own server
            headers = {"If-Match": answer.headers["ETag"], "Content-Type": "application/json"}
        path = f"{self.api_url}/summaries/{quote(article_id)}"
        request = Request(path, json.dumps(body).encode(), headers, method="PATCH")  # noqa: S310 - our own server
        urlopen(request, timeout=PATIENCE_SECONDS).close()  # noqa: S310 - our own server


@contextmanager
def _service() -> Iterator[_Service]:
    command = [sys.executable, __file__]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise CannotMeasure("The local service of the desk cannot be spoken to.")
        try:
            yield _Service(process, process.stdin, process.stdout)
        finally:
            process.stdin.close()
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def _page() -> Iterator["Page"]:
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - only where there is a browser

    path = next(filter(None, map(shutil.which, BROWSERS)))
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=arguments)
            yield browser.new_page(locale="en-GB", viewport={"width": 1280, "height": 800})
            browser.close()
    except Error as error:
        raise CannotMeasure(f"The desk in Chromium: {error.message}") from error


def _review(page: "Page", service: _Service) -> Iterator[Row]:
    total = sum(DAY.values())
    page.goto(f"{service.api_url}/desk/")
    page.wait_for_selector("[data-lit], .article .notice")
    page.evaluate(_WATCH)
    shown = page.locator("#texts .id")
    for number in range(total):
        article = shown.inner_text()
        if "conflict" in article:
            service.change(article, standfirst="Another editor's words about the ferry, which is to return in June.")
        page.keyboard.press("ArrowDown")
        has_finding = "finding" in article
        _press(page, "a", None if has_finding else article)
        if has_finding:
            _press(page, "Enter", article)
        if number == total - 1:
            break
    look = page.get_by_role("button", name="Look")
    look.wait_for()
    look.focus()
    page.keyboard.press("Enter")
    keep = page.get_by_role("button", name="Keep mine")
    keep.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => Object.keys(localStorage).every(key => !key.includes('outbox'))")
    took = page.evaluate("desk.took")
    waited, reading = sum(took) / 1000, READING_SECONDS * total / 60
    month = f"{datetime.now(UTC):%Y-%m}"
    with urlopen(f"{service.api_url}/reviews?month={month}", timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
        stored = sum(json.loads(line)["article_id"].startswith("day/") for line in answer)
    if stored < total:
        raise CannotMeasure(f"Of {total} decisions at the desk only {stored} were stored.")
    detail = (
        f"{DAY['finding']} with findings, {DAY['stale']} stale, {DAY['conflict']} conflict; from each of {len(took)} "
        f"keys to the next step: median {statistics.median(took):.0f} ms, most {max(took):.0f} ms"
    )
    yield Row(_REVIEW, waited, "s", 20, detail=detail)
    yield Row(
        _READING,
        reading + waited / 60,
        "min",
        5,
        detail=f"{READING_SECONDS} s of reading a summary, counted, not slept",
    )


def _press(page: "Page", key: str, until_not: str | None) -> None:
    """Press a key, and wait until a dialog is open, or an article other than ``until_not``."""
    page.evaluate("id => Object.assign(desk, { until: id, isArmed: true, count: desk.took.length })", until_not)
    page.keyboard.press(key)
    page.wait_for_function("() => desk.took.length > desk.count")


def _first_view(page: "Page", service: _Service) -> Iterator[Row]:
    browser = page.context.browser
    if browser is None:
        raise CannotMeasure("Chromium is gone.")
    page.close()
    service.ask("fill")
    with urlopen(f"{service.api_url}/queue/counts", timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - our own server
        if json.load(answer)["total"] < WAITING:
            raise CannotMeasure("The queue is shorter than it should be.")
    times, weights = [], []
    for _ in range(VIEWS):
        context = browser.new_context(locale="en-GB")
        view = context.new_page()
        start = time.perf_counter()
        view.goto(f"{service.api_url}/desk/", wait_until="commit")
        view.wait_for_selector(".row")
        view.wait_for_selector("[data-lit]")
        times.append((time.perf_counter() - start) * 1000)
        view.wait_for_load_state("networkidle")
        weights.append(view.evaluate(_LOADED))
        context.close()
    detail = f"until queue, texts and article are there; median of {VIEWS}: {min(times):.0f} to {max(times):.0f} ms"
    yield Row(_FIRST_VIEW, statistics.median(times), "ms", 1000, detail=detail)
    yield Row(
        _WEIGHT, max(weights) / 1024, "KB", 150, detail=f"{max(weights):,} bytes before compression, without texts"
    )


_LOADED = """() => [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")]
    .filter(({ name }) => new URL(name).pathname.startsWith("/desk/"))
    .reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0)"""


def _article(kind: str, first: str = PARAGRAPHS[0]) -> bytes:
    text = "\n\n".join((first, *PARAGRAPHS[1:]))
    return f'---\nheadline: "Why the ferry matters"\nkind: {kind}\nlanguage: en\n---\n\n{text}'.encode()


def _serve() -> None:
    # Here, because only this process needs the stack.
    from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable  # noqa: PLC0415
    from standfirst_local.service import Service  # noqa: PLC0415
    from standfirst_local.stack import running_stack  # noqa: PLC0415

    answers = sys.stdout
    quiet = {"POWERTOOLS_LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true"}
    # Powertools prints every hundredth value of a metric, disabled or not, and that would be read as an answer.
    with redirect_stdout(sys.stderr), running_stack(variables=quiet) as stack:
        service = Service(stack)
        summaries = DynamoDbSummaryTable(stack.resources["SummariesTable"])
        _fill_day(service, summaries)
        print(json.dumps({"api": stack.api_url}), file=answers, flush=True)
        for line in sys.stdin:
            if line.strip() == "fill":
                _fill_queue(summaries)
                print("{}", file=answers, flush=True)


def _fill_day(service: Any, summaries: Any) -> None:  # noqa: ANN401 - imported above
    keys = [f"day/{name}-{number}.md" for name, count in DAY.items() for number in range(count)]
    for key in keys:
        service.upload(key, _article("opinion" if "finding" in key else "news"))
    for key in keys:
        service.wait_for(key, PATIENCE_SECONDS)
        if "stale" in key:
            service.edit(key, {"standfirst": "An editor's own words about the ferry, which is to return in June."})
            service.upload(key, _article("news", PARAGRAPHS[0].replace("June", "August")))
            service.wait_for(key, PATIENCE_SECONDS)
        elif "finding" not in key:
            _ask_for_review(summaries, key)


def _ask_for_review(summaries: Any, key: str) -> None:  # noqa: ANN401 - imported above
    from standfirst.domain.ports import Transition  # noqa: PLC0415
    from standfirst.domain.record import Status  # noqa: PLC0415

    stored = summaries.current(key)
    changes = {"revision": stored.record.revision + 1, "status": Status.NEEDS_REVIEW, "findings": ()}
    summaries.apply(Transition(stored.record.model_copy(update=changes)), stored, None)


def _fill_queue(summaries: Any) -> None:  # noqa: ANN401 - imported above
    """Stores a thousand records, and one with an article at their top."""
    from standfirst.domain.ports import Transition  # noqa: PLC0415
    from standfirst.domain.record import Status  # noqa: PLC0415

    first = summaries.current("day/plain-0.md").record
    for number in range(WAITING):
        changes = {
            "article_id": f"queue/{number % 7}/{number}.md",
            "revision": 1,
            "status": Status.NEEDS_REVIEW,
            "review": None,
            "headline": f"Number {number}: what the council decided about the ferry across the Sele",
            "updated_at": first.updated_at - timedelta(seconds=number + 1),
        }
        summaries.apply(Transition(first.model_copy(update=changes)), None, None)
    _ask_for_review(summaries, "day/plain-0.md")


if __name__ == "__main__":
    _serve()
