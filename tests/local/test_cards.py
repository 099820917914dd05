"""What a person sees of a record: the texts, what supports them, and what is still open."""

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from rich.console import Console
from rich.panel import Panel

from builders import MORNING, a_record, an_article
from standfirst.domain.draft import Evidence, Finding
from standfirst.domain.record import ArticleSource, Degraded, MadeBy, Review, Status
from standfirst_local.cards import check_card, record_card

FINDING = Finding(
    check="numbers", field="summary", text="240,000", detail="not in the article", severity="error", span=(52, 59)
)

WARNING = replace(
    FINDING,
    text="council voted",
    detail="another person may have",
    severity="warning",
    sentence=0,
    question="Did the council vote?",
)


def words_of(card: Panel) -> str:
    """The card's text on one line, without its border."""
    console = Console(width=88, file=io.StringIO())
    with console.capture() as shown:
        console.print(card)
    return " ".join(shown.get().replace("│", " ").split())


def card_of(status: Status = Status.GENERATED, **members: Any) -> str:  # noqa: ANN401 - whatever a record has
    """The card of a record with those members."""
    return words_of(record_card(a_record(status=status).model_copy(update=members), 88))


def test_the_papers_own_standfirst_stands_beside_ours() -> None:
    """An editor compares the two."""
    source = ArticleSource(bucket=None, key="a.txt", standfirst="The paper's own words.")

    card = card_of(article=source)

    assert "THE PAPER'S OWN STANDFIRST The paper's own words. STANDFIRST The ferry across" in card
    assert "OWN STANDFIRST" not in card_of()


def test_each_sentence_is_followed_by_the_paragraphs_that_support_it() -> None:
    """Counted from 1, as a person counts; a sentence without any has none."""
    evidence = (
        Evidence("standfirst", 0, (0,)),
        Evidence("summary", 1, (1, 4)),
        Evidence("key_points", 1, (2,)),
    )

    card = card_of(evidence=evidence, key_points=("Ferry to return.", "It costs 240,000 crowns."))

    assert "The ferry across the Sele is to return in June. ¶ 1" in card
    assert "reopen the ferry. Repairs will cost 240,000 crowns. ¶ 2,5 KEY POINTS" in card
    assert "• Ferry to return. • It costs 240,000 crowns. ¶ 3" in card


@pytest.mark.parametrize(
    ("members", "shown"),
    [
        ({"findings": (FINDING,)}, "! error in summary: “240,000”: not in the article"),
        (
            {"findings": (WARNING,)},
            "! warning in summary: “council voted”: another person may have Did the council vote?",
        ),
        (
            {"made_by": MadeBy(writer="extractive", model=None, prompt=None, style="a@1", degraded=Degraded.BUDGET)},
            "! the extractive writer wrote this because the day's budget for the model is spent",
        ),
        (
            {"status": Status.APPROVED, "stale": True, "pending": 4},
            "! the article has changed since an editor approved or edited this text ! revision 4, written since, waits",
        ),
        (
            {
                "status": Status.REJECTED,
                "review": Review(decision=Status.REJECTED, by="ann", at=MORNING, of=1, note="Dull."),
            },
            "! an editor rejected this text: Dull.",
        ),
        (
            {"article": ArticleSource(bucket=None, key="a", embargoed_until="2999-01-01T00:00:00Z")},
            "! embargoed until 2999-01-01T00:00:00Z",
        ),
    ],
    ids=["error", "warning with a question", "fallback", "stale and pending", "rejected", "embargoed"],
)
def test_what_is_still_open_is_said(members: dict[str, Any], shown: str) -> None:
    """Under a title of its own."""
    card = card_of(**members)

    assert f"STILL OPEN {shown}" in card


@pytest.mark.parametrize("status", [Status.APPROVED, Status.EDITED])
def test_what_an_editor_has_decided_is_open_no_longer(status: Status) -> None:
    """Neither what the checks found nor who wrote the text first."""
    made_by = MadeBy(writer="extractive", model=None, prompt=None, style="a@1", degraded=Degraded.REFUSED)
    past = ArticleSource(bucket=None, key="a", embargoed_until=datetime(2020, 1, 1).astimezone().isoformat())

    card = card_of(status, findings=(FINDING,), made_by=made_by, article=past)

    assert "STILL OPEN" not in card


def test_a_record_that_failed_says_why_and_nothing_else() -> None:
    """There is no text."""
    card = card_of(Status.FAILED, reason="The document is empty.", standfirst=None, summary=None)

    assert "Ferry to return The document is empty." in card
    assert "STANDFIRST" not in card


def test_a_checked_text_shows_each_finding_below_its_sentence() -> None:
    """Errors and warnings by name, with the question that clears one; and how far the article supports the sentence."""
    error = replace(FINDING, sentence=1)
    whole = Finding("unchecked", "summary", "", "9 more findings are not shown", "warning")
    evidence = (Evidence("summary", 0, (0,), weak=True), Evidence("summary", 1, (), weak=True))
    text = "The council voted. It costs 240,000. It returns."

    card = words_of(check_card("a.txt", an_article("The vote."), text, (error, WARNING, whole), evidence, 88))

    assert "The council voted. ¶ 1 The vote. no sentence of the article has much of it ! warning: “council" in card
    assert "another person may have Did the council vote? It costs 240,000. no paragraph of the article says so" in card
    assert "! error: “240,000”: not in the article It returns. no paragraph of the article says so" in card
    assert "! warning: 9 more findings are not shown" in card
    assert "errors: 1, warnings: 2" in card
