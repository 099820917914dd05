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
from standfirst.domain.draft import Severity

pytestmark = pytest.mark.slow

DRAFTS = sorted((Path(__file__).parent / "drafts").glob("*.json"))

BLOCKED = {"number_wrong": 0.92, "date_wrong": 0.92, "name_invented": 0.97, "quote_altered": 0.97}
"""The least share of each kind of wrong fact that has to be an error."""

FOUND = {"number_moved": 0.5, "overstated": 0.08, "negation": 0.05}
"""The least share of each subtler kind that has to be a finding: no model's drafts are wrong in this way as often."""


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
def checked() -> list[tuple[str, frozenset[Severity]]]:
    """The kind of each draft, and how severe what is found in it is."""
    return [
        (kind, frozenset(each.severity for each in check_grounding(article, a_draft(standfirst="", summary=text))))
        for article, kind, text in drafts()
    ]


def shares(severities: frozenset[Severity]) -> dict[str, float]:
    """The share of drafts of each kind in which a finding of ``severities`` is found."""
    total = Counter(kind for kind, _ in checked())
    found = Counter(kind for kind, severe in checked() if severe & severities)
    return {kind: found[kind] / total[kind] for kind in total}


ERROR: frozenset[Severity] = frozenset(("error",))
ANY: frozenset[Severity] = frozenset(("error", "warning"))


@pytest.mark.parametrize("kind", BLOCKED)
def test_drafts_with_a_wrong_fact_are_blocked(kind: str) -> None:
    """Each number, date, name and quotation has to be the article's."""
    assert shares(ERROR)[kind] >= BLOCKED[kind]


@pytest.mark.parametrize("kind", FOUND)
def test_drafts_with_a_subtler_error_are_found_out(kind: str) -> None:
    """By place and wording, and mostly not at all: rules that found more met honest drafts of models as often."""
    assert shares(ANY)[kind] >= FOUND[kind]


def test_honest_drafts_are_not_blocked() -> None:
    """All but one in fifty: an error costs a second call to the model, and perhaps its text."""
    assert shares(ERROR)["honest"] <= 1 / 50


def test_most_honest_drafts_have_no_finding() -> None:
    """All but one in fifteen: a warning costs the editor a look."""
    assert shares(ANY)["honest"] <= 1 / 15
