"""A second reader's answer as verdicts."""

import json

import pytest

from model_server import a_verdict
from standfirst.domain.errors import ModelOutputInvalid
from standfirst.domain.second_reading import LONGEST_QUOTE, LONGEST_REASON, SentenceToRead, Verdict
from standfirst.second_reader.answer import read_verdicts

SENTENCES = (SentenceToRead("standfirst", 0, "One."), SentenceToRead("summary", 2, "Two."))


def read(*given: object) -> tuple[Verdict, ...]:
    """The verdicts of an answer about an article of three paragraphs."""
    return read_verdicts(json.dumps({"verdicts": list(given)}), SENTENCES, 3)


def test_a_verdict_is_about_the_sentence_that_was_asked_about() -> None:
    """By the number it was shown with."""
    assert read(a_verdict(2, "supported", "Two", [3, 1, 3])) == (Verdict("summary", 2, "supported", (0, 2), "Two"),)


@pytest.mark.parametrize("sentence", [0, -1, 3, 10**9])
def test_a_sentence_that_does_not_exist_has_no_verdict(sentence: int) -> None:
    """A reader may count wrong."""
    assert read(a_verdict(sentence, "contradicted", "Two")) == ()


def test_a_paragraph_that_does_not_exist_is_left_out() -> None:
    """The headline, number 0, is no paragraph: a quote is looked for there in any case."""
    assert read(a_verdict(1, "supported", "One", [0, -4, 2, 4]))[0].paragraphs == (1,)


def test_what_the_article_says_belongs_to_a_contradiction() -> None:
    """And a reason to every verdict but support."""
    given = [
        a_verdict(1, verdict, reason="Why.", article_says="That.") for verdict in ("contradicted", "not_in_article")
    ]

    assert [(each.reason, each.article_says) for each in read(*given)] == [("Why.", "That."), ("Why.", None)]


def test_words_are_tidied_and_bounded() -> None:
    """Without what nobody sees; a quote that is too long is none, because half of it would be another one."""
    long = a_verdict(1, "contradicted", "q" * (LONGEST_QUOTE + 1), reason="r" * 900, article_says="\u202e a \u200b b ")

    (verdict,) = read(long)

    assert (verdict.quote, verdict.article_says) == ("", "a b")
    assert verdict.reason
    assert len(verdict.reason) == LONGEST_REASON


@pytest.mark.parametrize("missing", ["sentence", "verdict", "paragraphs", "quote"])
def test_an_answer_without_a_member_is_none(missing: str) -> None:
    """The error names the member, and repeats nothing of the answer."""
    given = a_verdict(1, "supported", "Secret words")
    del given[missing]

    with pytest.raises(ModelOutputInvalid, match=rf"verdicts\.0\.{missing}") as raised:
        read(given)

    assert "Secret" not in str(raised.value)
