"""The glossary and the words to avoid of a house style, in a draft."""

from dataclasses import replace

import pytest

from builders import a_draft, a_style, an_article, with_limits
from standfirst.checking.analysis.comparison import compare
from standfirst.checking.check_draft import check_draft, check_grounding
from standfirst.checking.rules.house_words import without_house_names
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.style import GlossaryTerm, ListLimits

TERMS = (
    GlossaryTerm("Kyiv", ("Kiev", "Kijew")),
    GlossaryTerm("The Kyiv Independent", ("Independent",)),
    GlossaryTerm("Dana Holt", ("Dana Holtt", "Mrs Holt", "Holt"), "President"),
    GlossaryTerm("Epic Ferries"),
)
STYLE = with_limits(
    replace(a_style(), glossary=TERMS, avoid=("slammed", "massive", "epic"), suggestions={"massive": "large"}),
    key_points=ListLimits(2, 15),
)
ARTICLE = an_article(
    "The president spoke about the ferry on Tuesday. “We love Kiev and its massive ferry,” she said.",
    "The council voted to reopen the ferry across the Sele.",
)


def found_in(*texts: str) -> list[Finding]:
    """What is found of the house's words in a standfirst, a summary and key points."""
    standfirst, summary, *key_points = (*texts, "")[: max(len(texts), 2)]
    findings = check_draft(ARTICLE, a_draft(standfirst, summary, key_points), STYLE)
    return [finding for finding in findings if finding.check in {"glossary", "avoid"}]


def test_a_wrong_form_is_found_with_the_right_one() -> None:
    """For the editor to read, and for a program to put in its place."""
    found = found_in("The ferry sails again.", "The council voted. The ferry came from Kiev.")

    assert found == [
        Finding(
            check="glossary",
            field="summary",
            text="Kiev",
            detail="the house style writes “Kyiv”",
            severity="warning",
            span=(39, 43),
            reason="wrong_form",
            sentence=1,
            paragraphs=(0,),
            suggestion="Kyiv",
        )
    ]


def test_a_wrong_form_of_a_persons_name_is_found_with_the_title() -> None:
    """The suggestion is the name: the title belongs to a first mention, which a rule cannot tell."""
    [finding] = found_in("Mrs Holt spoke about the ferry.")

    assert (finding.text, finding.suggestion) == ("Mrs Holt", "Dana Holt")
    assert finding.detail == "the house style writes “Dana Holt”, title “President”"


def test_an_avoided_word_is_found_with_what_to_write_instead() -> None:
    """Where the house has a suggestion."""
    found = found_in("The council slammed a Massive ferry.")

    assert [(each.check, each.text, each.detail, each.suggestion, each.span) for each in found] == [
        ("avoid", "slammed", "the house style avoids “slammed”", None, (12, 19)),
        ("avoid", "Massive", "the house style avoids “massive” and writes “large”", "large", (22, 29)),
    ]


def test_words_are_found_in_every_text_once() -> None:
    """A word that is repeated is one finding, with its first place; key points are lines of one text."""
    found = found_in("Kiev, Kiev.", "Kiev slammed it.", "It sails.", "Kiev and Kiev.")

    assert [(each.field, each.text, each.span) for each in found] == [
        ("standfirst", "Kiev", (0, 4)),
        ("summary", "Kiev", (0, 4)),
        ("summary", "slammed", (5, 12)),
        ("key_points", "Kiev", (10, 14)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("She said: “We love Kiev and its massive ferry.”", id="a verbatim quotation"),
        pytest.param("She said she loves “Kiev and its massive” ferry.", id="part of one"),
        pytest.param("The Kyiv Independent reported it.", id="a wrong form within the right one"),
        pytest.param("Dana Holt spoke.", id="a part of the name within the name"),
        pytest.param("Epic Ferries runs it.", id="a word to avoid within a name of the house"),
    ],
)
def test_what_is_said_or_is_a_name_stays(text: str) -> None:
    """Nothing is found there."""
    assert found_in(text) == []


def test_a_quotation_that_is_not_the_articles_is_no_excuse() -> None:
    """The words are the writer's own."""
    assert [each.text for each in found_in("She said: “We live in Kiev.”")] == ["Kiev"]


def test_the_articles_own_sentence_has_wrong_forms_too() -> None:
    """The extractive writer takes sentences as they are, so its findings say what an editor has to change."""
    article = an_article("The ferry came from Kiev on Tuesday.")

    found = check_draft(article, a_draft(*article.paragraphs), STYLE)

    assert ("glossary", "Kiev") in [(each.check, each.text) for each in found]


def unknown_names(text: str, terms: tuple[GlossaryTerm, ...] = TERMS) -> list[str]:
    """The names that are found unknown in a summary."""
    found = check_grounding(ARTICLE, Draft(a_draft(summary=text).texts), terms)
    return [finding.text for finding in found if finding.check == "name"]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        pytest.param("The ferry of President Dana Holt came to Kyiv.", [], id="right forms"),
        pytest.param("The Kyiv-based ferry was Dana Holt’s.", [], id="in a compound, with a possessive"),
        pytest.param("It sails. The ferry of Dana Holt came to Kyiv.", [], id="in the second sentence"),
        pytest.param("The ferry was Holt’s.", ["Holt’s"], id="half a term"),
        pytest.param("The ferry came to Kijew.", ["Kijew"], id="a wrong form"),
        pytest.param("The ferry was Dana Holt-Marwick’s.", ["Holt-Marwick’s"], id="a compound with another name"),
        pytest.param("The ferry of Marsha Lund came to Kyiv.", ["Marsha", "Lund"], id="other names beside it"),
    ],
)
def test_a_name_of_the_house_in_its_right_form_is_never_unknown(text: str, unknown: list[str]) -> None:
    """Though the article has none of them."""
    assert unknown_names(text) == unknown


def test_a_draft_is_checked_with_the_glossary_of_its_style() -> None:
    """As a whole."""
    found = check_draft(ARTICLE, a_draft("The ferry of President Dana Holt came to Kyiv."), STYLE)

    assert "name" not in {finding.check for finding in found}


def test_what_has_no_capital_is_no_name_of_the_house() -> None:
    """Whatever finds it."""
    comparison = compare(ARTICLE, a_draft(summary="The lynx came to Kyiv."), TERMS)
    finding = Finding("name", "summary", "lynx", "the article does not name it", "error", span=(4, 8), sentence=0)

    assert list(without_house_names([finding], comparison)) == [finding]


def test_without_a_glossary_the_article_alone_knows_names() -> None:
    """As for all callers that have no style."""
    assert unknown_names("The ferry of Dana Holt came to Kyiv.", ()) == ["Dana", "Holt", "Kyiv"]


def test_a_finding_of_another_check_stays_although_it_is_about_a_name_of_the_house() -> None:
    """The glossary says how a name is spelt, not who said it."""
    found = check_grounding(ARTICLE, a_draft(summary="The council voted for “Dana Holt” on the ferry."), TERMS)

    assert [(finding.check, finding.text) for finding in found] == [("quotation", "Dana Holt")]
