"""What all checks together report of a draft: errors first, and an end to it, however long the draft is."""

import json

import pytest
from pydantic import TypeAdapter

from builders import a_draft, a_style, an_article
from checked import findings
from standfirst.checking.analysis.comparison import LONGEST_SENTENCE, MOST_CHARACTERS, MOST_SENTENCES
from standfirst.checking.check_draft import MOST_FINDINGS, check_draft, check_grounding
from standfirst.domain.draft import Finding

FERRY = "The ferry across the Sele will sail again in June, the council said on Tuesday."
LENGTH = 100_000


LONG = " ".join(["The ferry", *["across the Sele"] * (LONGEST_SENTENCE // 15), "will sail."])


def test_errors_come_before_warnings() -> None:
    """The model is told them first when it revises, and an editor sees them first."""
    article = an_article("You can take the ferry again from June, when the new landing stage is finished.")
    talk_then_error = a_draft("You can take the ferry again in June.", LONG)

    found = check_draft(article, talk_then_error, a_style())

    severities = [finding.severity for finding in found]
    assert set(severities) == {"error", "warning"}
    assert severities == sorted(severities)


def test_of_each_text_so_many_findings_are_reported_and_the_rest_is_counted() -> None:
    """An error in one text is not pushed out by those of another."""
    many = " ".join(f"The ferry costs {number} crowns." for number in range(100, 150))

    found = check_grounding(an_article(FERRY), a_draft("The ferry costs 77 crowns.", many))

    assert [finding.text for finding in found if finding.field == "standfirst"] == ["77 crowns"]
    *reported, last = [finding for finding in found if finding.field == "summary"]
    assert len(reported) == MOST_FINDINGS
    assert (last.check, last.severity, last.detail) == ("unchecked", "warning", "30 more findings are not shown")


def test_a_sentence_that_is_too_long_to_be_compared_is_an_error() -> None:
    """It could say anything; the sentences around it are compared all the same."""
    found = findings(FERRY, f"The ferry will sail in June. {LONG} It will cost 420,000.")

    assert [(each.check, each.reason, each.sentence) for each in found if each.severity == "error"] == [
        ("unchecked", "too_long", 1),
        ("number", "unknown", 2),
    ]


def test_a_sentence_of_the_article_may_be_of_any_length() -> None:
    """The extractive writer takes it as it is."""
    assert findings(LONG, LONG) == []


@pytest.mark.parametrize(
    ("sentence", "compared"),
    [
        ("The ferry will sail.", MOST_SENTENCES),
        (" ".join(["The ferry will sail", *["across the Sele"] * 30]) + ".", MOST_CHARACTERS // 500),
    ],
    ids=["sentences", "characters"],
)
def test_what_goes_on_too_long_is_compared_only_so_far(sentence: str, compared: int) -> None:
    """And the finding says so at the first sentence that is not."""
    found = findings(FERRY, " ".join([sentence] * (compared + 3)))

    at = min(
        finding.sentence or 0 for finding in found if finding.check == "unchecked" and finding.reason == "too_long"
    )
    assert compared - 1 <= at <= compared + 1


@pytest.mark.parametrize(
    "words",
    [
        "not ",
        "7 ",
        "May 7 ",
        "John Smith said ",
        "ferry did not sail ",
        "7 ferries ",
        "http://a.b ",
        "🚢",
        "x",
        "It is. ",
        "Click here. ",
        "epic ",
        "“ ",
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_draft_of_any_length_has_an_end_and_few_findings(words: str, language: str) -> None:
    """A record holds them twice, and the store takes 400 KB of it."""
    found = findings(FERRY, (words * (LENGTH // len(words))).strip(), language)

    assert found
    assert any(finding.severity == "error" for finding in found)
    assert len(found) <= MOST_FINDINGS + 1
    assert len(json.dumps(TypeAdapter(list[Finding]).dump_python(found, mode="json"))) < 20_000


def test_a_script_without_capitals_says_that_names_are_not_compared() -> None:
    """Figures and quotations are."""
    found = findings("市長は橋を開通させた。費用は三億円だった。", "市長は橋を四億円で開通させた。", "ja")

    assert [(each.check, each.reason) for each in found] == [("number", "unknown"), ("unchecked", "names")]
