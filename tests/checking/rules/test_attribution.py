"""Claims of the article, and whose they are in a draft."""

import pytest

from checked import errors, findings

CLAIM = "Gareth Ollerby claimed that the repair costs had been inflated by the council."


def test_a_claim_told_as_a_fact_is_an_error() -> None:
    """The paper does not know it."""
    found = findings(CLAIM, "The repair costs had been inflated by the council.")

    assert [(each.check, each.detail) for each in found] == [("attribution", "in the article somebody claims it")]


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("The repair costs had been inflated by the council, Ollerby said.", id="said"),
        pytest.param("The repair costs were allegedly inflated by the council.", id="allegedly"),
        pytest.param("According to Ollerby, the council inflated the repair costs.", id="according to"),
    ],
)
def test_a_claim_that_stays_somebodys_is_fine(draft: str) -> None:
    """In whatever words."""
    assert [each for each in errors(CLAIM, draft) if each[0] == "attribution"] == []


def test_what_officials_said_may_be_told_as_it_is() -> None:
    """Honest summaries do."""
    article = "The bridge will close in May for nine weeks of repairs, the harbour board said on Thursday."

    assert errors(article, "The bridge will close in May for nine weeks of repairs.") == []
