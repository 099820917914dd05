"""The picture of the desk that docs/desk.md shows, taken anew with every run: see build/desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desk_articles import opened, opinion

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Service

PROJECT = Path(__file__).parents[2]
MOST_BYTES = 200_000
HEADLINES = {
    "business/water-rates.md": "Water rates are not the place to save",
    "culture/seed-library.md": "What a library of seeds teaches a town",
    "politics/ferry.md": "An island cannot wait for a bridge",
}


@pytest.mark.desk
def test_the_desk_has_a_picture(page: Page, service: Service) -> None:
    """It is small enough for the repository; copy it to docs/desk.png when the page looks different."""
    for article, headline in HEADLINES.items():
        service.uploaded(article, opinion(headline))
    page.set_viewport_size({"width": 1360, "height": 780})
    opened(page, service, article)
    page.keyboard.press("ArrowDown")
    page.wait_for_load_state("networkidle")

    picture = page.screenshot()

    folder = PROJECT / "build/desk"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "desk.png").write_bytes(picture)
    assert len(picture) <= MOST_BYTES
    assert (PROJECT / "docs/desk.png").stat().st_size <= MOST_BYTES
