"""Right figures on wrong things."""

import pytest

from checked import findings

REPORT = (
    "The report put the cost of the whole building at £7.3m. Repairs to the roof alone would cost £2.1m. "
    "The land is valued at £1.9m. She ran the theatre for 35 years."
)


def test_a_right_figure_on_the_wrong_thing_is_a_warning() -> None:
    """The error that looking for the figure alone misses; honest drafts that condense meet it too."""
    found = findings(REPORT, "Repairs to the roof alone would cost £1.9m.")

    assert [(each.reason, each.text, each.severity, each.question) for each in found] == [
        ("other_figure", "£1.9m", "warning", "Is it £1.9m here, and not £2.1m?")
    ]


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("The roof repairs would cost £2.1m alone.", id="its own place"),
        pytest.param("The building would cost £7.3m, of which £2.1m is for the roof.", id="both"),
        pytest.param("She ran the theatre for 35 years.", id="the same unit"),
    ],
)
def test_a_figure_that_stays_with_its_noun_is_fine(draft: str) -> None:
    """However the sentence is built."""
    assert [each for each in findings(REPORT, draft) if each.check == "number_noun"] == []
