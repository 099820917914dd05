"""Quotations of a draft against the article's words."""

import pytest

from checked import errors, findings

SPEECH = "“We can't go on like this,” the mayor told the council. The pool loses money, the report said."


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("The mayor said: “We can't go on like this.”", id="word for word"),
        pytest.param('"We can’t go on like this", the mayor said.', id="other marks"),
        pytest.param("The mayor said they “cannot go on”.", id="a part, and a contraction"),
    ],
)
def test_a_quotation_of_the_articles_words_is_fine(draft: str) -> None:
    """Marks, points and contractions are the house's."""
    assert [each for each in errors(SPEECH, draft) if each[0] == "quotation"] == []


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("The mayor said: “We can't stay like this.”", id="a word altered"),
        pytest.param("The mayor said: “We can go on like this.”", id="a denial lost"),
        pytest.param("The mayor said: “This cannot go on.”", id="the words in another order"),
    ],
)
def test_altered_words_in_quotation_marks_are_an_error(draft: str) -> None:
    """Paraphrase is for outside the marks."""
    assert [check for check, _ in errors(SPEECH, draft)].count("quotation") == 1


def test_the_papers_own_words_in_quotation_marks_are_a_warning() -> None:
    """Nobody said them, but they are true."""
    found = [
        each for each in findings(SPEECH, "The “pool loses its money”, says a report.") if each.check == "quotation"
    ]

    assert [(each.severity, each.reason) for each in found] == [("warning", "narrated")]


def test_reported_speech_in_quotation_marks_is_an_error() -> None:
    """Nobody said "I": the paper tells it of him."""
    article = "Neel Arora said he had left because he wanted to build small things. “I was tired,” he said."

    assert ("quotation", "I wanted to build small things") in errors(
        article, "Neel Arora said: “I wanted to build small things.”".replace(".”", "”.")
    )


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        pytest.param("She is between 5'3\" and 5'4\" tall.", None, id="inches"),
        pytest.param("The mayor read from “The Long Goodbye”.", "title", id="the name of a book"),
    ],
)
def test_marks_that_quote_nobody_are_no_error(draft: str, reason: str | None) -> None:
    """Feet and inches, and the names of works."""
    found = [each for each in findings(SPEECH, draft) if each.check == "quotation"]

    assert [(each.severity, each.reason) for each in found] == ([("warning", reason)] if reason else [])


@pytest.mark.parametrize(
    ("language", "article", "draft"),
    [
        pytest.param("de", "„Wir bauen neu“, sagte sie.", "Sie sagte: „Wir bauen alt“.", id="German"),
        pytest.param("fr", "« Nous restons ici », a-t-elle dit.", "Elle a dit : « Nous partons ici ».", id="French"),
        pytest.param("zh", "她说：“我们会重建。”", "她说：“我们不重建。”", id="Chinese"),
        pytest.param("ja", "「再建する」と述べた。", "「解体する」と述べた。", id="Japanese"),
        pytest.param("sv", "”Vi bygger nytt”, sade hon.", "”Vi river nytt”, sade hon.", id="Swedish"),
        pytest.param("ru", "«Мы строим», — сказала она.", "Она сказала: «Мы сносим».", id="Russian"),
    ],
)
def test_altered_quotations_are_errors_in_the_marks_of_each_language(language: str, article: str, draft: str) -> None:
    """The marks differ, the rule does not."""
    assert [check for check, _ in errors(article, draft, language)] == ["quotation"]
    assert errors(article, article, language) == []
