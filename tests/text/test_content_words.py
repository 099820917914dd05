"""Content words, and what is compared by them."""

import pytest

from standfirst.text.content_words import content_words, shared_words


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        pytest.param("The ferry and the harbour", "en", ["ferry", "harbour"], id="stop words go"),
        pytest.param("Brackenford’s ferry", "en-GB", ["brackenford", "ferry"], id="possessives go"),
        pytest.param("It cost 5,000 crowns", "en", ["cost", "5000", "crowns"], id="thousands"),
        pytest.param("Die Fähre und der Hafen", "de", ["fähre", "hafen"], id="German"),
        pytest.param("جسر والجسر", "ar", ["جسر", "جسر"], id="the Arabic article"),
        pytest.param("地铁开通", "zh", ["地铁", "铁开", "开通"], id="pairs in Chinese"),
        pytest.param("the ferry", "xx", ["the", "ferry"], id="no stop words for an unknown language"),
    ],
)
def test_the_words_that_carry_the_matter_are_left(text: str, language: str, words: list[str]) -> None:
    """Folded in case, in order, one spelling for one word."""
    assert content_words(text, language) == words


def test_shared_words_are_counted_against_the_headline() -> None:
    """Half of the headline's four content words come again."""
    assert shared_words("The ferry sank near Brackenford.", "Brackenford ferry landing repaired", "en") == 0.5


def test_a_headline_without_content_words_is_not_repeated() -> None:
    """No headline, no repetition."""
    assert shared_words("The ferry sank.", "", "en") == 0
