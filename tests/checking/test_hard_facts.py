"""Numbers, money, percentages, dates, names and quotations in articles of six kinds, results tables among them.

Each file of ``hard_facts/`` holds an article, twelve honest texts of it (figures rounded, added up and told otherwise)
and twelve with one wrong fact each, two of a kind. Each was written by people who did not know the rules, and measured
once before it was looked at.
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

ARTICLES = sorted((Path(__file__).parent / "hard_facts").glob("*.json"))
FOUND = {"number": 0.8, "money": 0.8, "percentage": 0.7, "date": 0.95, "name": 0.95, "quotation": 0.98}
"""The least share of each kind that is found: the rest are right figures in a wrong place, and shares of others."""


def texts() -> Iterator[tuple[Article, str, str]]:
    """Yields article, kind (``honest`` or that of the wrong fact) and text."""
    for path in ARTICLES:
        held = json.loads(path.read_text(encoding="utf-8"))
        about = held["article"]
        article = Article(tuple(about["paragraphs"]), Language("en"), format="text", headline=about["headline"])
        yield from ((article, "honest", text) for text in held["honest"])
        yield from ((article, planted["kind"], planted["text"]) for planted in held["planted"])


@cache
def flagged() -> dict[str, float]:
    """Returns the share of the texts of each kind in which an error is found."""
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for article, kind, text in texts():
        findings = check_grounding(article, a_draft(standfirst="", summary=text))
        total[kind] += 1
        found[kind] += any(finding.severity == "error" for finding in findings)
    return {kind: found[kind] / total[kind] for kind in total}


@pytest.mark.parametrize("kind", FOUND)
def test_wrong_facts_of_each_kind_are_found(kind: str) -> None:
    """Names, dates and quotations for sure; of figures those that the article has nowhere."""
    assert flagged()[kind] >= FOUND[kind]


def test_nearly_nine_in_ten_wrong_facts_are_found() -> None:
    """Of every kind there are as many."""
    assert sum(flagged()[kind] for kind in FOUND) / len(FOUND) >= 0.88


def test_honest_texts_pass() -> None:
    """All but one in thirty."""
    assert flagged()["honest"] <= 1 / 30
