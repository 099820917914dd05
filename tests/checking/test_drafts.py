"""The checks on drafts as models write them: honest ones, and ones with a single planted error of a known kind.

Each file of ``drafts/`` holds an article, honest drafts of it (reworded, combined, with numbers told another way) and
ten drafts with one error each. The bounds are below what is reached today (``make bench`` prints that), so that a check
which stops working, or one that begins to cry wolf, is noticed.
"""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from builders import a_draft
from standfirst.checking.check_draft import check_grounding
from standfirst.domain.article import Article, Language

pytestmark = pytest.mark.slow

DRAFTS = sorted((Path(__file__).parent / "drafts").glob("*.json"))

CAUGHT = {
    "number_wrong": 0.85,
    "number_moved": 0.5,
    "date_wrong": 0.9,
    "name_invented": 0.98,
    "name_swapped": 0.5,
    "quote_altered": 0.98,
    "attribution_lost": 0.3,
    "negation": 0.3,
    "invented_detail": 0.4,
    "overstated": 0.45,
}
"""The least share of each kind of error that has to be found."""


def drafts() -> Iterator[tuple[Article, str, str]]:
    """Article, kind (``honest`` or that of the error) and text."""
    for path in DRAFTS:
        told = json.loads(path.read_text(encoding="utf-8"))
        article = Article(
            paragraphs=tuple(told["article"]["paragraphs"]),
            language=Language("en"),
            format="text",
            headline=told["article"]["headline"],
        )
        yield from ((article, "honest", text) for text in told["honest"])
        yield from ((article, kind, text) for kind, text in told["planted"].items())


@cache
def flagged() -> dict[str, float]:
    """The share of drafts of each kind in which an error is found."""
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for article, kind, text in drafts():
        findings = check_grounding(article, a_draft(standfirst="", summary=text))
        total[kind] += 1
        found[kind] += any(finding.severity == "error" for finding in findings)
    return {kind: found[kind] / total[kind] for kind in total}


@pytest.mark.parametrize("kind", CAUGHT)
def test_drafts_with_a_planted_error_are_found_out(kind: str) -> None:
    """Presence for numbers, dates, names and quotations; place and wording for what is subtler."""
    assert flagged()[kind] >= CAUGHT[kind]


def test_two_in_three_of_all_planted_errors_are_found() -> None:
    """Of every kind there are as many."""
    assert sum(flagged()[kind] for kind in CAUGHT) / len(CAUGHT) >= 2 / 3


def test_honest_drafts_pass() -> None:
    """All but one in twelve: an alarm costs a second call to the model, and perhaps its text.

    No table tells which words honest writers exchange. One that was made from these drafts kept it to one in twenty
    here, and brought more alarms than it spared on drafts of real models.
    """
    assert flagged()["honest"] <= 1 / 12
