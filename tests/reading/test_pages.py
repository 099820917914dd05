"""Whole pasted pages of many houses, each with what a person would call its story in a JSON file beside it."""

import json
from pathlib import Path

import pytest

from standfirst.domain.article import Article, Document
from standfirst.reading.document import read_single

PAGES = sorted(Path(__file__).parent.joinpath("pages").glob("*.txt"))


def _read(page: Path) -> Article:
    return read_single(Document(name=page.name, content=page.read_bytes()))


def _expected(page: Path) -> dict[str, object]:
    expected: dict[str, object] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_pasted_page_yields_its_story_and_nothing_else(page: Path) -> None:
    """Each paragraph of the story is there, in order, and no line of the page around it."""
    article = _read(page)

    begins = [" ".join(paragraph.split()[:4]) for paragraph in article.paragraphs]
    assert begins == _expected(page)["paragraphs_begin"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_pasted_page_yields_its_headline_standfirst_and_language(page: Path) -> None:
    """What stands around the body is told apart from it."""
    article = _read(page)

    expected = _expected(page)
    assert article.headline == expected["headline"]
    assert article.standfirst == expected["standfirst"]
    assert article.language == expected["language"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_reading_a_story_again_changes_nothing(page: Path) -> None:
    """Paragraphs that have been cleaned are clean: reading them once more keeps every one."""
    article = _read(page)

    again = read_single(Document(name="again.txt", content=article.text.encode()))

    kept = [again.standfirst, *again.paragraphs] if again.standfirst else [*again.paragraphs]
    assert kept == [*article.paragraphs]
