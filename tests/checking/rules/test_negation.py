"""Denials and outcomes of a draft against those of its article."""

import pytest

from checked import errors, findings

POOL = (
    "No money has been set aside for the new pool. The council approved the transport plan for pupils on Tuesday. "
    "Visits to the baths increased sharply in the third quarter."
)


@pytest.mark.parametrize(
    ("draft", "detail"),
    [
        pytest.param("Enough money has been set aside for the new pool.", "the article denies it", id="a denial lost"),
        pytest.param(
            "The council did not approve the transport plan for pupils.",
            "the article does not deny it",
            id="a denial added",
        ),
        pytest.param(
            "Visits to the baths decreased sharply in the third quarter.",
            "the article says the opposite",
            id="the opposite",
        ),
    ],
)
def test_what_contradicts_the_article_is_an_error(draft: str, detail: str) -> None:
    """Turned round, every word may still be the article's."""
    found = [each for each in findings(POOL, draft) if each.check == "negation" and each.severity == "error"]

    assert [each.detail for each in found] == [detail]


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("There is no money for the new pool.", id="the same denial"),
        pytest.param("The transport plan for pupils was backed by the council.", id="another word for it"),
    ],
)
def test_the_same_denied_or_said_in_other_words_is_fine(draft: str) -> None:
    """What counts is what is denied."""
    assert [each for each in errors(POOL, draft) if each[0] == "negation"] == []
