"""Right figures and dates, each on what the article says another of."""

import pytest

from checked import findings

REPORT = (
    "The blast killed four people and injured 31. Landrake earned $318 million, while its rival Osterhaus made "
    "$142 million. The museum will reopen on 14 March, and its toy exhibition will follow on 2 May. The number of "
    "trains cancelled fell from 1,930 in 2022 to 760 in 2023. She joined the club in 2012 and began writing checks in "
    "2015. Sales rose 4 percent in Norway and fell 7 percent in Sweden. The farm has 12 horses. "
    "In the party of nine one died and three were hurt. Snacks shrank 6 percent. Some prices are 6 percent more."
)


@pytest.mark.parametrize(
    ("draft", "check", "text"),
    [
        pytest.param(
            "Osterhaus earned $318 million, while Landrake made $142 million.",
            "number_noun",
            "$318 million, while Landrake made $142 million",
            id="two firms",
        ),
        pytest.param(
            "The museum reopens on 2 May, and the toy exhibition follows on 14 March.",
            "date",
            "2 May, and the toy exhibition follows on 14 March",
            id="two dates",
        ),
        pytest.param(
            "The trains cancelled were 760 in 2022 and 1,930 in 2023.",
            "number_noun",
            "760 in 2022 and 1,930",
            id="years",
        ),
        pytest.param(
            "She joined the club in 2015 and began writing checks in 2012.",
            "date",
            "2015 and began writing checks in 2012",
            id="two years",
        ),
    ],
)
def test_figures_in_each_others_places_are_found(draft: str, check: str, text: str) -> None:
    """All of them are the article's. Dates are a warning: what happens between two has words of both."""
    found = [each for each in findings(REPORT, draft) if each.reason == "crossed"]

    severity = "warning" if check == "date" else "error"
    assert [(each.check, each.text, each.severity) for each in found] == [(check, text, severity)]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param("The blast killed 31 people and injured four.", ["31", "four"], id="dead and injured"),
        pytest.param("The blast left 31 dead.", ["31"], id="in other words"),
        pytest.param("Sales fell 4 percent in Norway.", ["4 percent"], id="rose and fell"),
    ],
)
def test_a_figure_with_the_opposite_outcome_is_an_error(draft: str, expected: list[str]) -> None:
    """So many were hurt, and not killed."""
    found = [each for each in findings(REPORT, draft) if each.reason == "outcome"]

    assert [(each.text, each.severity) for each in found] == [(text, "error") for text in expected]


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("Landrake's profit was $318 million, and that of Osterhaus $142 million.", id="two firms"),
        pytest.param("Osterhaus made $142 million, against $318 million for Landrake.", id="the other one first"),
        pytest.param("The toys will be shown from 2 May, after the museum reopens on 14 March.", id="two dates"),
        pytest.param(
            "The toy halls will reopen on 14 March, and the museum exhibition will follow on 2 May.",
            id="words of both beside each",
        ),
        pytest.param("Three in the party of nine were hurt.", id="a part of a figure"),
        pytest.param("Cancellations fell to 760 in 2023, from 1,930 in 2022.", id="two years"),
        pytest.param("Thirty-one people were hurt and four died.", id="dead and injured"),
        pytest.param("Two horses fell, of 12 at the farm.", id="what fell is no figure"),
        pytest.param("Some prices rose by 6 percent.", id="a figure that the article has twice"),
        pytest.param("Sales were up 4 percent in Norway and down 7 percent in Sweden.", id="rose and fell"),
    ],
)
def test_figures_in_their_own_places_are_fine(draft: str) -> None:
    """However the sentence is built."""
    assert [each for each in findings(REPORT, draft) if each.reason in {"crossed", "outcome"}] == []


def test_a_table_is_not_compared() -> None:
    """Which of its many figures belongs to which name, a sentence does not show."""
    teams = ["Avon", "Bray", "Cork", "Dale", "Esk", "Fife", "Gort", "Holt", "Iver", "Jura", "Kent", "Leek", "Mold"]
    article = ", ".join(f"{team} {10 * at + 20}" for at, team in enumerate(teams)) + "."
    draft = ", ".join(f"{team} {10 * at + 20}" for at, team in enumerate(["Bray", "Avon", *teams[2:]])) + "."

    assert [each for each in findings(article, draft) if each.reason == "crossed"] == []
