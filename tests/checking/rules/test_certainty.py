"""How sure a draft is, against its article."""

import pytest

from checked import errors, findings

STUDY = (
    "The campaign may seek a judicial review of the decision. Some residents of the street lost their water supply. "
    "It is one of the largest ports on the coast."
)


@pytest.mark.parametrize(
    ("draft", "text", "detail"),
    [
        pytest.param(
            "The campaign will seek a judicial review of the decision.",
            "will",
            "the article is less certain",
            id="a hedge lost",
        ),
        pytest.param(
            "All residents of the street lost their water supply.",
            "All",
            "the article says it of a part only",
            id="a part as the whole",
        ),
        pytest.param(
            "It is the largest port on the coast.", "the largest", "the article says one of them", id="one as the only"
        ),
    ],
)
def test_more_than_the_article_says_is_an_error(draft: str, text: str, detail: str) -> None:
    """With the word that says too much."""
    found = [(each.text, each.detail, each.severity) for each in findings(STUDY, draft) if each.check == "certainty"]

    assert (text, detail, "error") in found


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("The campaign could seek a judicial review of the decision.", id="another hedge"),
        pytest.param("Several residents of the street lost their water supply.", id="another part"),
        pytest.param("It is among the largest ports on the coast.", id="another way to say one of them"),
    ],
)
def test_a_hedge_in_other_words_is_fine(draft: str) -> None:
    """It is as uncertain as before."""
    assert [each for each in errors(STUDY, draft) if each[0] == "certainty"] == []
