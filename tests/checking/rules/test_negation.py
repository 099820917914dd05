"""What a draft says of a subject, against what the article says that excludes it."""

import pytest

from checked import findings

MILL = (
    "The steelworkers' union backs the plan to sell the mill. Two investors oppose it. "
    "Nurses at St. Brendan's rejected a contract on Monday. Technicians accepted a similar contract last month. "
    "Prices rose in May and fell in June. The council has not approved the budget."
)


@pytest.mark.parametrize(
    ("draft", "text", "question"),
    [
        pytest.param(
            "The steelworkers' union opposes the plan to sell the mill.",
            "opposes",
            "Is “opposes” right of union, and not “backs”?",
            id="backs",
        ),
        pytest.param(
            "Technicians rejected a contract.",
            "rejected",
            "Is “rejected” right of Technicians, and not “accepted”?",
            id="accepted, and others rejected",
        ),
    ],
)
def test_the_opposite_of_what_the_article_says_of_the_subject_is_a_warning(
    draft: str, text: str, question: str
) -> None:
    """Turned round, every other word is the article's."""
    found = [each for each in findings(MILL, draft) if each.check == "negation"]

    assert [(each.reason, each.text, each.severity, each.question) for each in found] == [
        ("opposite", text, "warning", question)
    ]


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("The union favours the plan to sell the mill.", id="a synonym"),
        pytest.param("The union does not oppose the plan to sell the mill.", id="the opposite denied"),
        pytest.param("Investors oppose the plan to sell the mill.", id="another subject"),
        pytest.param("Prices fell in June.", id="both are said of the subject"),
        pytest.param("The council rejected the budget.", id="the article denies it"),
        pytest.param("The union opposes a strike.", id="of something else"),
    ],
)
def test_what_need_not_exclude_what_the_article_says_is_fine(draft: str) -> None:
    """A word and its opposite are both true of many things."""
    assert [each for each in findings(MILL, draft) if each.check == "negation"] == []
