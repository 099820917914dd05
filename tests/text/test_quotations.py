"""What stands in quotation marks."""

import pytest

from standfirst.text.quotations import quotations_in


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('She said "we stay" twice.', id="straight"),
        pytest.param("She said “we stay” twice.", id="English"),
        pytest.param("She said ‘we stay’ twice.", id="British"),
        pytest.param("She said 'we stay' twice.", id="straight, single"),
        pytest.param("She said „we stay“ twice.", id="German"),
        pytest.param("She said „we stay” twice.", id="Polish"),
        pytest.param("She said « we stay » twice.", id="French"),
        pytest.param("She said »we stay« twice.", id="Danish"),
        pytest.param("She said ”we stay” twice.", id="Swedish"),
        pytest.param("She said「we stay」twice.", id="Japanese"),
    ],
)
def test_the_words_between_the_marks_of_a_language_are_found(text: str) -> None:
    """Without the marks."""
    assert [text[start:end] for start, end in quotations_in(text)] == ["we stay"]


@pytest.mark.parametrize(
    "text", ["the mayor's and the council's plan", "rock 'n' roll's 50s", "the '60s and 5\" of rain"]
)
def test_apostrophes_are_no_marks(text: str) -> None:
    """They stand inside words, or before a year."""
    assert [text[start:end] for start, end in quotations_in(text)] in ([], ["n"])
