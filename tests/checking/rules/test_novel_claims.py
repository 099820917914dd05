"""What a draft says that its article has nothing of."""

from checked import errors, findings

CROWD = "About 150 people gathered outside the Corn Hall before councillors voted to close the swimming pool."


def test_a_sentence_with_hardly_a_word_of_the_article_is_a_warning() -> None:
    """It is about something else, or a paraphrase: an editor sees it."""
    found = findings(CROWD, "Astronomers discovered distant galaxies yesterday.")

    assert [(each.check, each.severity, each.text) for each in found] == [
        ("claim", "warning", "Astronomers discovered distant galaxies yesterday.")
    ]


def test_such_a_sentence_is_found_in_other_languages() -> None:
    """By the stems of its words."""
    found = findings("Der Stadtrat schließt das Bad im Herbst.", "Forscher entdecken ferne Galaxien im All.", "de")

    assert [(each.check, each.severity) for each in found] == [("claim", "warning")]


def test_paraphrase_is_no_invention() -> None:
    """Some words of its own put nothing into a sentence."""
    assert errors(CROWD, "Around 150 residents assembled outside the Corn Hall before the vote to shut the pool.") == []
