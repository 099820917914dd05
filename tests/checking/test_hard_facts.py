"""Numbers, money, percentages, dates, names and quotations in twelve articles of six kinds.

Each file of ``hard_facts/`` holds an article, twelve honest texts of it (figures rounded, added up and told otherwise)
and twelve with one wrong fact each, two of a kind. They were written before the rules, by people who did not know them.
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
KINDS = ("number", "money", "percentage", "date", "name", "quotation")


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


@pytest.mark.parametrize("kind", KINDS)
def test_nine_in_ten_wrong_facts_of_each_kind_are_found(kind: str) -> None:
    """The rest are right figures in a wrong place, and sums that might have been."""
    assert flagged()[kind] >= 0.9


def test_nineteen_in_twenty_wrong_facts_are_found() -> None:
    """Of every kind there are as many."""
    assert sum(flagged()[kind] for kind in KINDS) / len(KINDS) >= 0.95


def test_honest_texts_pass() -> None:
    """All but three in a hundred."""
    assert flagged()["honest"] <= 0.03
