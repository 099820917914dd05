"""How far things have come in a draft, and how much of a thing it says, against its article."""

import pytest

from checked import findings

COURT = (
    "A warrant was issued for Esteban Quiroga, who is accused of bribery. Two of his employees were arrested in May. "
    "Colin Brough was convicted of fraud. The mayor denies theft. "
    "A panel recommended the new tram line. Caldera plans to close 70 American cafes. Last year Caldera closed 25 "
    "Canadian cafes. It is one of the largest ports on the coast."
)


@pytest.mark.parametrize(
    ("article", "draft", "text"),
    [
        pytest.param(COURT, "Esteban Quiroga was arrested in May.", "arrested", id="a warrant"),
        pytest.param(COURT, "Esteban Quiroga was convicted of bribery.", "convicted", id="convicted is another"),
        pytest.param("No charge has been brought.", "The mayor has been charged.", "charged", id="no charge"),
        pytest.param("A panel recommended the tram line.", "The tram line was approved.", "approved", id="recommended"),
    ],
)
def test_what_has_come_further_than_in_the_article_is_a_warning(article: str, draft: str, text: str) -> None:
    """The article has the matter, and has it at an earlier stage."""
    found = [each for each in findings(article, draft) if each.check == "certainty"]

    assert [(each.reason, each.text, each.severity) for each in found] == [("stage", text, "warning")]


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("Esteban Quiroga is wanted for bribery.", id="the same stage"),
        pytest.param("Two employees of Quiroga have been detained.", id="in other words"),
        pytest.param("Nobody has been charged.", id="denied"),
        pytest.param("If he is sentenced, Quiroga will appeal.", id="a condition"),
        pytest.param("Brough was found guilty of fraud.", id="of whom the article has it"),
        pytest.param("Officers arrested two employees.", id="not a passive"),
    ],
)
def test_a_stage_that_the_article_has_is_fine(draft: str) -> None:
    """In whatever words."""
    assert [each for each in findings(COURT, draft) if each.check == "certainty"] == []


def test_a_plan_presented_as_done_is_a_warning() -> None:
    """What has happened is like it, and is of something else."""
    found = [each for each in findings(COURT, "Caldera has closed 70 American cafes.") if each.check == "certainty"]

    assert [(each.reason, each.text, each.severity) for each in found] == [("planned", "closed", "warning")]


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("Caldera closed 25 Canadian cafes.", id="what has happened"),
        pytest.param("Caldera plans that 70 American cafes be closed.", id="a plan"),
    ],
)
def test_a_plan_that_stays_one_is_fine(draft: str) -> None:
    """And so is what the article says has happened."""
    assert [each for each in findings(COURT, draft) if each.check == "certainty"] == []


def test_the_largest_for_one_of_the_largest_is_a_warning() -> None:
    """With the words that say too much."""
    found = [each for each in findings(COURT, "It is the largest port on the coast.") if each.check == "certainty"]

    assert [(each.reason, each.text, each.severity) for each in found] == [("one_of", "the largest", "warning")]


def test_among_the_largest_is_fine() -> None:
    """It is another way to say one of them."""
    assert [each for each in findings(COURT, "It is among the largest ports.") if each.check == "certainty"] == []
