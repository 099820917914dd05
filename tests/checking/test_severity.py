"""What blocks a text was measured, or says why not."""

import json
from pathlib import Path

import pytest

from builders import a_draft
from standfirst.checking.check_draft import check_grounding
from standfirst.checking.severity import FEWEST, KINDS, LEAST_RATIO, Kind, ratio, severity_of
from standfirst.domain.article import Article, Language
from standfirst.domain.draft import Finding

HERE = Path(__file__).parent


@pytest.mark.parametrize("kind", KINDS.values(), ids=map(" ".join, KINDS))
def test_a_kind_blocks_if_it_is_so_much_likelier_in_wrong_drafts(kind: Kind) -> None:
    """Where real drafts have too few of it, something else decides, and is said."""
    if kind.wrong + kind.honest >= FEWEST:
        assert (kind.severity == "error") == (ratio(kind.wrong, kind.honest) >= LEAST_RATIO)
    else:
        assert kind.why


def test_what_is_not_listed_is_a_warning() -> None:
    """What the house style asks for never blocks."""
    assert severity_of("limits", "") == "warning"


def findings() -> set[tuple[str, str]]:
    """Returns the kinds of findings in the drafts beside the tests."""
    found: set[tuple[str, str]] = set()
    for path in sorted((HERE / "hard_facts").glob("*.json"))[:4]:
        held = json.loads(path.read_text(encoding="utf-8"))
        article = Article(tuple(held["article"]["paragraphs"]), Language("en"), format="text")
        for planted in held["planted"]:
            found |= {
                kind_of(each) for each in check_grounding(article, a_draft(standfirst="", summary=planted["text"]))
            }
    return found


def kind_of(finding: Finding) -> tuple[str, str]:
    """Returns what decides the severity."""
    return finding.check, finding.reason


def test_every_kind_that_is_found_is_listed() -> None:
    """With what was measured."""
    assert findings() <= KINDS.keys()
