"""Words to their stems."""

import pytest

from standfirst.text.stems import stem


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        pytest.param("en", "resigned", "resigns", id="English"),
        pytest.param("en-GB", "closing", "closed", id="a regional tag"),
        pytest.param("de", "brücken", "brücke", id="German"),
        pytest.param("ru", "мосты", "моста", id="Russian"),
    ],
)
def test_forms_of_one_word_have_one_stem(language: str, one: str, other: str) -> None:
    """So that they compare equal."""
    assert stem(one, language) == stem(other, language)


@pytest.mark.parametrize(("word", "language"), [("桥", "zh"), ("bridges", "und")])
def test_a_word_that_nobody_stems_is_its_own_stem(word: str, language: str) -> None:
    """As in a language without a stemmer."""
    assert stem(word, language) == word
