"""What no standfirst holds."""

import pytest

from standfirst.safety.forbidden_content import unprintable_in


@pytest.mark.parametrize(
    ("text", "detail", "found"),
    [
        pytest.param("See https://a.example now", "an address", "https:", id="a URL"),
        pytest.param("Write to a.b@c.org now", "an address", "a.b@c.org", id="an e-mail address"),
        pytest.param("Go to news.example.com now", "an address", "news.example.com", id="a host"),
        pytest.param("A <b>bold</b> word", "code or markup", "<b>", id="a tag"),
        pytest.param("Run `ls` now", "code or markup", "`ls`", id="code"),
        pytest.param("**Bold** words", "code or markup", "**", id="Markdown"),
        pytest.param("Well done 🚢", "an emoji", "🚢", id="an emoji"),
        pytest.param("Here is the summary of it", "speaks of itself", "Here is the ", id="talk of itself"),
        pytest.param("Sign up for more", "speaks to the reader", "Sign up", id="talk to the reader"),
    ],
)
def test_what_is_unprintable_is_found_with_its_place(text: str, detail: str, found: str) -> None:
    """In plain words."""
    assert (detail, found) in [(each.detail, text[each.start : each.end]) for each in unprintable_in(text, "en")]


def test_quoted_words_may_speak_to_anybody() -> None:
    """It is not the paper that says you."""
    assert list(unprintable_in("“You will see,” she said.", "en")) == []


def test_talk_is_known_in_english_only() -> None:
    """In other languages those letters are other words."""
    assert list(unprintable_in("You are here", "de")) == []


@pytest.mark.parametrize(
    "text", ["Rates fell 0.5 points - less than in 2023.", "The U.S. and U.K. agreed.", "It cost £5m."]
)
def test_plain_news_is_printable(text: str) -> None:
    """Points, dashes and signs are no markup."""
    assert list(unprintable_in(text, "en")) == []
