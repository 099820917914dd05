"""Right names in wrong roles."""

import pytest

from checked import findings

MEETING = (
    "Councillor Gareth Ollerby, who leads the opposition, accused the ruling group of managed decline. "
    "Campaign chair Joel Pettifer said the group had taken legal advice and may seek a judicial review."
)


def test_a_person_in_the_place_of_another_is_an_error() -> None:
    """Both names are the article's, and both wrong."""
    draft = "Joel Pettifer, who leads the opposition, accused the ruling group of managed decline."

    found = [each for each in findings(MEETING, draft) if each.check == "name_role"]

    assert [(each.text, each.detail, each.severity) for each in found] == [
        ("Joel Pettifer", "the article has Gareth Ollerby here", "error")
    ]


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("Ollerby, the opposition leader, accused the ruling group of decline.", id="surname alone"),
        pytest.param(
            "The campaign's Joel Pettifer spoke of legal advice and a judicial review.", id="another role word"
        ),
    ],
)
def test_a_person_in_their_own_place_is_fine(draft: str) -> None:
    """In other words."""
    assert [each for each in findings(MEETING, draft) if each.check == "name_role"] == []
