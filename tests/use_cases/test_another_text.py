"""One declaration adds a text: it is asked for, checked, stored, served, edited, and documented."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
TITLE = "Council voted to reopen the ferry across the Sele"
HERS = "Sele ferry back in May, after seven years"


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    """What a service with one text more asked and answered, in a process of its own: classes follow the declaration."""
    paths = [str(TESTS), str(TESTS.parent / "shared"), str(TESTS.parent / "local")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run(
        [sys.executable, str(TESTS / "another_text.py")], env=environment, capture_output=True, text=True, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def test_the_model_is_asked_for_it(said: dict[str, Any]) -> None:
    """By its brief, its limits and the schema of the answer."""
    assert "SEO title: a title for search engines" in said["asked"]
    assert "- SEO title: exactly 1 sentence, 4 to 12 words, at most 60 characters." in said["asked"]
    assert said["schema"] == ["key_points", "seo_title", "standfirst", "summary"]


def test_it_is_checked_against_the_article(said: dict[str, Any]) -> None:
    """The first draft had a number that the article has not: the finding went back to the model."""
    assert "- seo_title, money:" in said["revised"]
    assert said["served"]["seo_title"] == TITLE


def test_it_is_stored_and_served(said: dict[str, Any]) -> None:
    """Beside the others, with what supports it."""
    assert list(said["served"])[5:9] == ["standfirst", "summary", "key_points", "seo_title"]
    assert "seo_title" in {each["field"] for each in said["served"]["evidence"]}
    assert said["stored"] == {"S": HERS}


def test_an_editor_changes_it(said: dict[str, Any]) -> None:
    """Within the limit that it is declared with; findings in it are reported, and the history has it."""
    assert (said["edited"]["seo_title"], said["edited"]["status"], said["refused"]) == (HERS, "edited", 422)
    assert "seo_title" in {finding["field"] for finding in said["edited"]["findings"]}
    changed = {change["field"]: change["to"] for change in said["history"]["revisions"][0]["changes"]}
    assert changed["seo_title"] == HERS


def test_it_is_documented(said: dict[str, Any]) -> None:
    """In what is served, and in what may be sent."""
    for name in ("StoredSummary", "TransientSummary", "RejectedDraft", "SummaryPatch"):
        assert "seo_title" in said["documented"][name]["properties"], name
