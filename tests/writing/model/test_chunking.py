"""Long texts in parts: none of it lost, none of them too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.model.tokens import estimate_tokens
from standfirst.writing.model.chunking import coverage, split_text

CHARACTERS = st.sampled_from('aA .!?\n"”«»，。、ทЖé1,0-') | st.characters(exclude_categories=["Cs"])
TEXTS = st.text(alphabet=CHARACTERS, max_size=400)
LANGUAGES = st.sampled_from(["en", "de", "ja", "th", "und", "xx"])


@given(text=TEXTS, language=LANGUAGES, budget=st.integers(2, 60))
def test_the_parts_are_the_text(text: str, language: str, budget: int) -> None:
    """Character by character, whatever it is made of, and each within its budget."""
    parts = split_text(text, language, budget)

    assert "".join(parts) == text
    assert max(map(estimate_tokens, parts)) <= budget
    assert coverage(parts, text) == 100


def test_a_text_that_fits_stays_in_one_part() -> None:
    """There is nothing to cut."""
    assert split_text("One.\n\nTwo.", "en", 100) == ["One.\n\nTwo."]


def test_a_text_is_cut_after_a_paragraph() -> None:
    """As many paragraphs to a part as fit."""
    first, second, third = "a" * 40 + "\n\n", "b" * 40 + "\n\n", "c" * 40

    assert split_text(first + second + third, "en", 22) == [first + second, third]


def test_a_paragraph_that_is_too_long_is_cut_after_a_sentence() -> None:
    """With the space that follows."""
    sentences = ["The council met on Tuesday. ", "It voted for the ferry. ", "The harbour is glad."]

    assert split_text("".join(sentences), "en", 8) == sentences


def test_a_sentence_is_found_where_it_stands_though_it_is_said_twice() -> None:
    """Equal sentences are not the same one."""
    assert split_text("No way. No way. No way.", "en", 2) == ["No way. ", "No way. ", "No way."]


def test_a_sentence_that_is_too_long_is_cut_anywhere() -> None:
    """Better than to lose it."""
    assert split_text("a" * 20, "en", 2) == ["a" * 8, "a" * 8, "a" * 4]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2), ("жжжж", 2), ("新聞記事", 4), ("ข่าว", 4), ("뉴스", 2), ("😀", 2)],
    ids=["nothing", "a letter", "four letters", "five", "Cyrillic", "Japanese", "Thai", "Korean", "emoji"],
)
def test_tokens_are_estimated_from_characters(text: str, tokens: int) -> None:
    """Four to a token in ASCII, two in scripts of two bytes, one in the others; rounded up."""
    assert estimate_tokens(text) == tokens


def test_what_was_not_sent_is_not_covered() -> None:
    """In percent of the characters, rounded down."""
    assert coverage(["aaaa", "bb"], "aaaabbbbcc") == 60
    assert coverage([], "") == 100
