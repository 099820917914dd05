"""The examples of the pages do what the pages say."""

import ast
import io
import json
import re
import shlex
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from docs_pages import PAGES, PROJECT, blocks, page
from standfirst.api.whole_api import document
from standfirst.domain.style import Range, TextLimits
from standfirst.domain.texts import TEXTS, TextKind
from standfirst.writing.house_style import load_styles
from standfirst_local.cli import main

HOUSE_STYLE = "docs/house-style.md"
SAMPLES = PROJECT / "local/standfirst_local/samples"
OPENAPI = json.loads(document())


OTHERS = ("guidance", "avoid", "glossary", "review_on", "publish_without_review", "kinds", "second_reader")
"""The keys of a style beside its texts."""


def test_the_style_that_is_shown_is_the_bundled_one() -> None:
    """With every key."""
    shown = blocks(HOUSE_STYLE, "yaml")[0]
    style = yaml.safe_load(shown)["styles"]["default"]

    assert load_styles(shown) == load_styles(None)
    for kind in TEXTS:
        assert list(style[kind.name]) == [each.name for each in fields(kind.limits)]
    assert list(style) == ["version", *(kind.name for kind in TEXTS), *OTHERS]


@pytest.mark.parametrize("written", blocks(HOUSE_STYLE, "yaml")[1:])
def test_every_other_style_that_is_shown_is_taken(written: str) -> None:
    """A newsroom may begin with it."""
    assert load_styles(written).for_article("politics/ferry").name == "daily"


def test_what_check_prints_is_what_the_readme_shows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """To the letter."""
    [[line, shown]] = re.findall(r"^\$ echo ('.*') \|\n +\S+ check --jsonl\n(.+)\n", page("README.md"), re.MULTILINE)
    [told] = shlex.split(line)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(told.encode())))

    main(["check", "--jsonl"])

    assert capsys.readouterr().out.strip() == shown


def test_the_card_in_the_readme_is_what_its_sample_leads_to(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """To the letter."""
    [name] = re.findall(r"^GET http.*/summaries/(.+)$", page("README.md"), re.MULTILINE)
    monkeypatch.chdir(SAMPLES)
    monkeypatch.setenv("COLUMNS", "80")

    main(["summarize", "--offline", name])

    assert capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ") in page("README.md")


def test_the_record_that_is_shown_has_the_members_that_are_served() -> None:
    """All of them, at every depth."""
    record, reading, queue = map(json.loads, blocks("docs/api.md", "json"))
    schemas = OPENAPI["components"]["schemas"]

    assert record.keys() == schemas["StoredSummary"]["properties"].keys()
    assert record["article"].keys() == schemas["ArticleSource"]["properties"].keys()
    assert record["made_by"].keys() == schemas["MadeBy"]["properties"].keys()
    assert record["checks"].keys() == schemas["Checks"]["properties"].keys()
    assert record["evidence"][0].keys() == schemas["Evidence"]["properties"].keys()
    assert record["usage"].keys() == reading["usage"].keys() == schemas["Usage"]["properties"].keys()
    assert reading.keys() == schemas["SecondReading"]["properties"].keys()
    assert reading["verdicts"][0].keys() == schemas["Verdict"]["properties"].keys()
    assert queue.keys() == schemas["QueueList"]["properties"].keys()
    assert queue["items"][0].keys() == schemas["QueueItem"]["properties"].keys()
    assert queue["items"][0]["claim"].keys() == schemas["ShownClaim"]["properties"].keys()


def test_every_operation_is_in_the_table_of_the_api() -> None:
    """By method and path."""
    for path, operations in OPENAPI["paths"].items():
        for method in operations:
            assert f"| `{method.upper()} {path}` |" in page("docs/api.md")


def test_the_text_that_contributors_are_shown_how_to_add_can_be_declared() -> None:
    """``tests/use_cases/test_another_text.py`` sees what follows from it."""
    entry = blocks("CONTRIBUTING.md", "python")[0]

    kind = eval(entry, {"TextKind": TextKind, "TextLimits": TextLimits, "Range": Range})  # noqa: S307 - it is ours

    assert (kind.name, kind.limits) == ("seo_title", TextLimits(Range(1, 1), Range(4, 12), max_characters=60))


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_every_other_example_in_python_or_json_can_be_read(path: Path) -> None:
    """By a parser."""
    name = str(path.relative_to(PROJECT))

    for text in blocks(name, "json"):
        json.loads(text)
    for text in blocks(name, "python"):
        ast.parse(text)
