"""Dates and weekdays of a draft against those of its article."""

import pytest

from checked import errors, findings

VOTE = "The council voted on Tuesday, and the pool will close on 30 September."


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("The pool closes on September 30.", id="month first"),
        pytest.param("The pool closes on the 30th of September.", id="an ordinal"),
        pytest.param("The pool closes in September.", id="the month alone"),
        pytest.param("Tuesday's vote closes the pool.", id="the weekday"),
    ],
)
def test_a_date_of_the_article_may_be_written_in_any_form(draft: str) -> None:
    """The same day is meant."""
    assert errors(VOTE, draft) == []


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param("The pool closes on 30 November.", ("date", "30 November"), id="another month"),
        pytest.param("The pool closes on 13 September.", ("date", "13 September"), id="another day"),
        pytest.param("The council voted on Thursday.", ("date", "Thursday"), id="another weekday"),
    ],
)
def test_a_date_that_the_article_does_not_name_is_an_error(draft: str, expected: tuple[str, str]) -> None:
    """With the words that an editor has to change."""
    assert expected in errors(VOTE, draft)


def test_a_finding_tells_a_date_from_a_weekday() -> None:
    """In plain words."""
    found = findings(VOTE, "The council voted on Thursday to close the pool on 30 October.")

    assert [finding.detail for finding in found if finding.check == "date"] == [
        "no such weekday in the article",
        "no such date in the article",
    ]


PLANT = "The plant in Dayton will close by March 2026, after a strong second quarter. Sales fell in August."


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param("The plant will close by August 2026.", [("date", "August")], id="the year of another month"),
        pytest.param("It had a strong third quarter.", [("date", "third quarter")], id="another quarter"),
        pytest.param("The plant will close by March 2026.", [], id="the month and its year"),
        pytest.param("It had a strong Q2.", [], id="the quarter in short"),
    ],
)
def test_a_year_and_a_quarter_are_held_against_the_article(draft: str, expected: list[tuple[str, str]]) -> None:
    """A month has the year that the article gives it."""
    assert [each for each in errors(PLANT, draft) if each[0] == "date"] == expected


def test_a_quarter_may_be_named_where_the_article_names_none() -> None:
    """It may tell the months."""
    assert errors("Sales rose from April to June.", "Sales rose in the second quarter.") == []
