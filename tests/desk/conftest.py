"""The desk in a browser: Debian's Chromium, driven by Playwright, over the whole service in a process of its own.

Playwright's event loop belongs to the thread that started it, and other tests run loops of their own: a browser lasts
no longer than the tests of one module.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright

from desk_service import SIGNED

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDS_BROWSER = "STANDFIRST_NEEDS_BROWSER"
"""Set where the tests may not be left out."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WAIT_SECONDS = 30


@dataclass(frozen=True)
class Service:
    """The whole service (``desk_service.py``), with nothing in it but what the tests upload."""

    api_url: str
    s3_url: str
    bucket: str

    @property
    def desk_url(self) -> str:
        """Where the page is."""
        return f"{self.api_url}/desk/"

    def upload(self, key: str, text: str, content_type: str = "text/plain") -> None:
        """Put an article into the bucket."""
        url = f"{self.s3_url}/{self.bucket}/{quote(key)}"
        headers = {"Content-Type": content_type, **SIGNED}
        urlopen(Request(url, text.encode(), headers, method="PUT"), timeout=WAIT_SECONDS).close()

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:  # noqa: ANN401
        """The JSON of an answer of the API, ``None`` without one; raises ``HTTPError``."""
        content = None if body is None else json.dumps(body).encode()
        told = {"Content-Type": "application/json", **(headers or {})}
        with urlopen(Request(self.api_url + path, content, told, method=method), timeout=WAIT_SECONDS) as answer:
            return json.loads(answer.read() or b"null")

    def uploaded(self, key: str, text: str, content_type: str = "text/plain") -> dict[str, Any]:
        """Upload an article and wait for its summary, of this version."""
        before = self._revision_of(key)
        self.upload(key, text, content_type)
        deadline = time.monotonic() + WAIT_SECONDS
        while self._revision_of(key) == before:
            assert time.monotonic() < deadline, f"There is no summary of {key}."
            time.sleep(0.05)
        found: dict[str, Any] = self.ask("GET", f"/review/summaries/{quote(key)}")
        return found

    def _revision_of(self, key: str) -> tuple[int, int | None] | None:
        try:
            found = self.ask("GET", f"/review/summaries/{quote(key)}")
        except OSError:
            return None
        return found["revision"], found["pending"]


@pytest.fixture(scope="session")
def service(browser_path: str) -> Iterator[Service]:  # noqa: ARG001 - not started where nothing can look at it
    """The service, until the tests end."""
    command = [sys.executable, str(Path(__file__).parents[1] / "desk_service.py")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    try:
        told: dict[str, str] = {}
        for line in process.stdout:
            if found := re.fullmatch(r"  (S3|bucket|API) +(\S+)\n", line):
                told[found[1]] = found[2]
            if line.startswith("Ctrl-C"):
                break
        # What it logs is read on, or it would wait.
        Thread(target=process.stdout.read, daemon=True).start()
        yield Service(told["API"], told["S3"], told["bucket"])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(WAIT_SECONDS)


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Where Chromium is."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = "There is no Chromium on the PATH to look at the page with (on Debian: apt-get install chromium)."
        if os.environ.get(NEEDS_BROWSER):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def browser(browser_path: str) -> Iterator[Browser]:
    """Chromium without a window."""
    # Chromium refuses root its sandbox.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    # The machine may be busy.
    expect.set_options(timeout=WAIT_SECONDS * 1000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_path, args=arguments)
        yield started
        started.close()


@pytest.fixture
def expected_errors() -> list[str]:
    """Regular expressions of what the browser's console may complain of in this test, such as ``status of 412``.

    An article of another test, which is gone or unreadable, may be read ahead in any.
    """
    return [r"status of (410|422) .*/articles/"]


@pytest.fixture
def page(browser: Browser, expected_errors: list[str]) -> Iterator[Page]:
    """A page of a new browser profile; the test fails with a script, and with whatever the policy refuses."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    complaints: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.text} ({message.location['url']})")

    def on_failure(error: Error) -> None:
        complaints.append(str(error))

    context.on("console", on_console)
    page.on("pageerror", on_failure)
    yield page
    context.close()
    assert [each for each in complaints if not any(re.search(pattern, each) for pattern in expected_errors)] == []
