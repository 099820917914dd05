"""Drafts with something turned round, every word of them the article's: who did it to whom, which figure is whose.

Each line of ``turned/`` has an article, honest sentences of it, and sentences with one thing turned round, of the kind
that it names. Nobody looked at ``turned-2`` while the rules were written. The bounds are a little below what is
reached.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from builders import a_draft
from checked import an_article_in
from standfirst.checking.check_draft import check_grounding
from standfirst.domain.draft import Severity

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent / "turned"

FOUND = {
    "turned-1": {
        "who-whom": 0.5,
        "dead-injured": 0.5,
        "figures-crossed": 0.8,
        "dates-crossed": 0.7,
        "status": 0.2,
        "stage": 0.4,
        "position": 0.4,
    },
    "turned-2": {"dead-injured": 0.5, "figures-crossed": 0.5, "dates-crossed": 0.25, "position": 0.25},
}
"""The least share of each kind that is found: errors and warnings."""

MOST_FOUND, MOST_BLOCKED = 0.05, 0.01
"""The largest share of honest sentences with a finding of these rules, and with one that is an error."""

CHECKS = frozenset(("number_noun", "name_role", "negation", "certainty"))


def _severities(article: str, text: str) -> frozenset[Severity]:
    """The severities of what these rules find in ``text``."""
    found = check_grounding(an_article_in("en", *article.split("\n\n")), a_draft(standfirst="", summary=text))
    return frozenset(each.severity for each in found if each.check in CHECKS or each.reason == "crossed")


@cache
def _found(name: str) -> Mapping[str, Sequence[frozenset[Severity]]]:
    """The severities for each sentence of a file, by its kind; ``honest`` for what is not turned round."""
    found: dict[str, list[frozenset[Severity]]] = defaultdict(list)
    for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found["honest"] += [_severities(case["article"], text) for text in case["honest"]]
        found[case["kind"]] += [_severities(case["article"], text) for text in case["turned"]]
    return found


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, kinds in FOUND.items() for kind in kinds])
def test_what_is_turned_round_is_found(name: str, kind: str) -> None:
    """What rules that only look for words cannot find: none is missing."""
    found = _found(name)[kind]

    assert sum(map(bool, found)) / len(found) >= FOUND[name][kind]


@pytest.mark.parametrize("name", FOUND)
def test_honest_sentences_of_the_same_articles_pass(name: str) -> None:
    """In other words and another order than the article's."""
    found = _found(name)["honest"]

    assert sum(map(bool, found)) / len(found) <= MOST_FOUND
    assert sum("error" in each for each in found) / len(found) <= MOST_BLOCKED
