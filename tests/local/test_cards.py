"""What a person sees of a record: the texts, what supports them, and what is still open."""

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from rich.console import Console
from rich.panel import Panel

from builders import DISPUTED, MORNING, PROVEN, a_checked_summary, a_reading, a_record, an_article
from standfirst.domain.ai_disclosure import TRAINED_ALGORITHMIC_MEDIA
from standfirst.domain.article import ArticleKind
from standfirst.domain.draft import Evidence, Finding
from standfirst.domain.record import ArticleSource, Degraded, MadeBy, RejectedDraft, Review, Status
from standfirst.domain.usage import Usage
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


def test_a_part_of_an_article_and_a_language_not_believed_are_said() -> None:
    """Before an editor stands behind the text."""
    partial = Finding("partial", "standfirst", "", "Only a part of the article was read.", "warning", reason="cut")
    kind = Finding("kind", "standfirst", "", "The article is of the kind opinion.", "warning", reason="opinion")
    source = ArticleSource(bucket=None, key="a.txt", words=45, declared_language="en-US")

    card = card_of(findings=(partial, kind), article=source, language="de")

    assert "warning: Only a part of the article was read." in card
    assert "warning: The article is of the kind opinion." in card
    assert "45 words · de (declared en-US)" in card


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


def test_a_text_that_only_waits_for_an_editor_says_so() -> None:
    """A house style may have every text reviewed; where something else is open, that is what is to be looked at."""
    assert "STILL OPEN ! nobody has reviewed this text yet" in card_of(Status.NEEDS_REVIEW)
    assert "nobody has reviewed" not in card_of(Status.NEEDS_REVIEW, findings=(FINDING,))
    assert "STILL OPEN" not in card_of()


@pytest.mark.parametrize("status", [Status.APPROVED, Status.EDITED])
def test_what_an_editor_has_decided_is_open_no_longer(status: Status) -> None:
    """Neither what the checks found nor who wrote the text first."""
    made_by = MadeBy(writer="extractive", model=None, prompt=None, style="a@1", degraded=Degraded.REFUSED)
    past = ArticleSource(bucket=None, key="a", embargoed_until=datetime(2020, 1, 1).astimezone().isoformat())

    card = card_of(status, findings=(FINDING,), made_by=made_by, article=past)

    assert "STILL OPEN" not in card


def test_the_words_that_readers_have_to_be_told_stand_below_the_texts() -> None:
    """Where a model wrote them and nobody reviewed them, in their language."""
    by_model = {"digital_source_type": TRAINED_ALGORITHMIC_MEDIA, "language": "de-AT"}
    label = "Von künstlicher Intelligenz geschrieben und nicht redaktionell geprüft."

    assert f"240,000 crowns. {label} STILL OPEN" in card_of(findings=(FINDING,), **by_model)
    assert label not in card_of(Status.APPROVED, **by_model)
    assert "artificial intelligence" not in card_of()


def test_a_record_that_failed_says_why_and_nothing_else() -> None:
    """There is no text."""
    card = card_of(Status.FAILED, reason="The document is empty.", standfirst=None, summary=None)

    assert "Ferry to return The document is empty." in card
    assert "STANDFIRST" not in card


def test_a_card_names_the_kind_of_what_is_no_news() -> None:
    """And of what was skipped it says why there is no text."""
    column = ArticleSource(bucket=None, key="a", words=40, kind=ArticleKind.OPINION)
    news = ArticleSource(bucket=None, key="a", words=40, kind=ArticleKind.NEWS)

    skipped = card_of(Status.SKIPPED, reason="The house style skips recipes.", standfirst=None, summary=None)

    assert "40 words · en · kind opinion ·" in card_of(Status.NEEDS_REVIEW, article=column)
    assert "kind" not in card_of(article=news)
    assert "The house style skips recipes." in skipped
    assert skipped.endswith("skipped ─╯")


def test_a_checked_text_shows_each_finding_below_its_sentence() -> None:
    """Errors and warnings by name, with the question that clears one; and how far the article supports the sentence."""
    error = replace(FINDING, sentence=1)
    whole = Finding("unchecked", "summary", "", "9 more findings are not shown", "warning")
    evidence = (Evidence("summary", 0, (0,), weak=True), Evidence("summary", 1, (), weak=True))
    text = "The council voted. It costs 240,000. It returns."

    checked = a_checked_summary(text, (error, WARNING, whole), evidence)
    card = words_of(check_card("a.txt", an_article("The vote."), checked, 88))

    assert "The council voted. ¶ 1 The vote. no sentence of the article has much of it ! warning: “council" in card
    assert "another person may have Did the council vote? It costs 240,000. no paragraph of the article says so" in card
    assert "! error: “240,000”: not in the article It returns. no paragraph of the article says so" in card
    assert "! warning: 9 more findings are not shown" in card
    assert "errors: 1, warnings: 2" in card


# ----------------------------------------------------------------------------------------------------------------------
# The second reader
# ----------------------------------------------------------------------------------------------------------------------

UNDECIDED = Finding(
    check="second_reader",
    field="summary",
    text="Repairs will cost 240,000 crowns.",
    detail="its quote does not show it",
    severity="warning",
    span=(39, 72),
    reason="undecided",
    sentence=1,
)
SAID = (
    "second reader: contradicted: Repairs are free, it seems. "
    "it says that the article says: It names no price at all. "
    "¶ 3 “Repairs will cost nothing.” (not found there, or about something else)"
)
MADE_BY = MadeBy(writer="openai", model="a-writer", prompt="1", style="a@1")


def test_the_words_of_the_article_that_support_a_sentence_stand_below_the_text() -> None:
    """Where they stand, and what they are; those of the headline have no paragraph."""
    evidence = (
        Evidence("standfirst", 0, (), quote="Ferry to return"),
        Evidence("summary", 0, (0,), quote=PROVEN.quote),
        Evidence("summary", 1, (2,)),
    )

    card = card_of(evidence=evidence)

    assert "is to return in June. “Ferry to return” SUMMARY" in card
    assert f"240,000 crowns. ¶ 3 ¶ 1 “{PROVEN.quote}”" in card


def test_what_the_second_reader_disputes_is_open_with_its_reason_and_its_quote() -> None:
    """Below the finding that came of it; a quote that the article does not bear out is marked."""
    card = card_of(findings=(UNDECIDED,), second_reading=a_reading())

    assert f"! warning in summary: “{UNDECIDED.text}”: its quote does not show it {SAID}" in card
    assert "second reader: supported" not in card


def test_a_quote_that_the_article_bears_out_is_not_marked() -> None:
    """Nor is a verdict shown that says no more than its judgement."""
    proven = replace(DISPUTED, judgement="not_in_article", reason=None, article_says=None, is_proven=True)

    card = card_of(findings=(UNDECIDED,), second_reading=a_reading(proven))

    assert "its quote does not show it second reader: not in article ¶ 3 “Repairs will cost nothing.”" in card
    assert "not found" not in card


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        ("unavailable", "the second reader could not be asked: The model is busy (HTTP 429)."),
        ("unusable", "the second reader's answer could not be used: The model is busy (HTTP 429)."),
    ],
)
def test_a_reading_that_is_missed_is_open(outcome: str, why: str) -> None:
    """With the reason."""
    reading = a_reading(outcome=outcome, verdicts=(), trouble="The model is busy\n(HTTP 429).")

    assert f"STILL OPEN ! no second reading: {why}" in card_of(second_reading=reading)


def test_a_reading_that_is_not_needed_is_not_open() -> None:
    """Nothing is said of it, nor of its cost, which is none."""
    reading = a_reading(outcome="not_needed", verdicts=(), usage=Usage())

    card = card_of(second_reading=reading)

    assert "STILL OPEN" not in card
    assert "read" not in card.partition("written by")[2]


def test_an_editor_who_has_approved_has_decided_about_the_verdicts_too() -> None:
    """Nothing of them is open any more."""
    assert "STILL OPEN" not in card_of(Status.APPROVED, findings=(UNDECIDED,), second_reading=a_reading())


def test_a_rejected_draft_shows_why_the_second_reader_refused_it() -> None:
    """Beside the errors of the rules."""
    draft = RejectedDraft(
        standfirst="A.", summary="B.", findings=(UNDECIDED,), verdicts=(PROVEN, DISPUTED), made_by=MADE_BY
    )

    served, _, rejected = card_of(rejected_draft=draft).partition("REJECTED, NOT SERVED: what a-writer wrote")

    assert "second reader" not in served
    assert SAID in rejected


def test_who_has_read_and_what_that_cost_stands_apart_from_the_writer() -> None:
    """Each with its own price."""
    card = card_of(made_by=MADE_BY, usage=Usage(cost_usd="0.0003"), second_reading=a_reading())

    assert "written by a-writer, style a@1 · $0.0003 · read by a-reader · $0.0002" in card


def test_what_was_paid_for_no_reading_is_said_too() -> None:
    """An answer that could not be used was paid for."""
    reading = a_reading(outcome="unusable", verdicts=())

    card = card_of(made_by=MADE_BY, second_reading=reading)

    assert "written by a-writer, style a@1 · asked a-reader to read · $0.0002" in card


def test_a_checked_text_shows_the_quote_or_the_verdict_below_its_sentence() -> None:
    """The quote in place of the paragraphs; and who has read."""
    evidence = (Evidence("summary", 0, (0,), quote=PROVEN.quote), Evidence("summary", 1, (2,)))
    checked = a_checked_summary("The council voted. It costs 240,000.", (UNDECIDED,), evidence, a_reading())

    card = words_of(check_card("a.txt", an_article(), checked, 88))

    assert f"The council voted. ¶ 1 “{PROVEN.quote}” It costs 240,000. ¶ 3 Repairs will cost 240,000" in card
    assert f"its quote does not show it {SAID} read by a-reader · $0.0002" in card


def test_a_checked_text_that_was_not_read_says_why() -> None:
    """The findings are those of the rules."""
    reading = a_reading(outcome="unavailable", verdicts=(), usage=Usage(), trouble="The model is busy.")

    card = words_of(check_card("a.txt", an_article(), a_checked_summary("It costs 7.", (), (), reading), 88))

    assert "! no second reading: the second reader could not be asked: The model is busy." in card
