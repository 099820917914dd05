"""Right figures on wrong things."""

import pytest

from checked import errors

REPORT = (
    "The report put the cost of the whole building at £7.3m. Repairs to the roof alone would cost £2.1m. "
    "The land is valued at £1.9m. She ran the theatre for 35 years. Profits fell in the fourth quarter."
)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param(
            "Repairs to the roof alone would cost £1.9m.", ("number_noun", "£1.9m"), id="another amount's place"
        ),
        pytest.param("Profits fell in the third quarter.", ("number_noun", "third"), id="another ordinal"),
    ],
)
def test_a_right_figure_on_the_wrong_thing_is_an_error(draft: str, expected: tuple[str, str]) -> None:
    """The error that looking for the figure alone misses."""
    assert expected in errors(REPORT, draft)


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
    assert [each for each in errors(REPORT, draft) if each[0] == "number_noun"] == []
