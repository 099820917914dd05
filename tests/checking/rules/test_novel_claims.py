"""What a draft says that its article has nothing of."""

from checked import errors, findings

CROWD = "About 150 people gathered outside the Corn Hall before councillors voted to close the swimming pool."


def test_a_concrete_thing_out_of_nowhere_is_an_error() -> None:
    """Nobody in the article wears anything."""
    found = findings(CROWD, "People with umbrellas gathered outside the Corn Hall before the vote.")

    assert [(each.check, each.text, each.detail) for each in found] == [
        ("claim", "umbrellas", "nothing like it is in the article")
    ]


def test_a_sentence_with_hardly_a_word_of_the_article_is_an_error() -> None:
    """It tells another story."""
    assert ("claim", "Astronomers discovered distant galaxies yesterday.") in errors(
        CROWD, "Astronomers discovered distant galaxies yesterday."
    )


def test_such_a_sentence_is_a_warning_where_words_compare_by_stem_alone() -> None:
    """A paraphrase may look like it."""
    found = findings("Der Stadtrat schließt das Bad im Herbst.", "Forscher entdecken ferne Galaxien im All.", "de")

    assert [(each.check, each.severity) for each in found] == [("claim", "warning")]


def test_paraphrase_is_no_invention() -> None:
    """Some words of its own make no sentence another story."""
    assert errors(CROWD, "Around 150 residents assembled outside the Corn Hall before the vote to shut the pool.") == []
