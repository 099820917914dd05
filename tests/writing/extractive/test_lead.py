"""What stands first, where the lead says what the headline says: as an editor would decide."""

from dataclasses import replace

import pytest

from builders import an_article
from standfirst.checking.rules.house_style import check_limits
from standfirst.domain.article import Article, Language
from standfirst.writing.extractive.writer import ExtractiveWriter
from standfirst.writing.house_style import load_styles

HEADLINE = "Quarry owner Lenz to close both Torvald pits"
LEAD = "Quarry owner Lenz said on Monday it would close both its pits at Torvald by June because of falling demand."
JOBS = "The closures will cost 310 jobs in a valley where one worker in six is a quarryman, the union said."
COLOUR = "Foreman Piet Aster wiped the dust from his glasses and stood for a long time at the rim in silence."
LATER = (
    "Stone from the valley was used for the town hall and for the long mole of the harbour.",
    "The council meets next week.",
)

CLEARED_HEADLINE = "Treasurer cleared of theft from lifeboat fund"
CLEARED = (
    "A court in Holm cleared treasurer Nora Vik of theft from the town's lifeboat fund on Friday, finding that the "
    "money had been spent on boats."
)
HUGGED = (
    "Vik, 51, hugged her two sons in the crowded gallery of the court while the verdict on the fund was being read."
)
ALLEGED = "The prosecution alleged that Vik had moved 40,000 crowns of the lifeboat fund to an account of her own."


def an_article_about(headline: str | None, *paragraphs: str) -> Article:
    """An article and what stands above it."""
    return an_article(*paragraphs, headline=headline)


def standfirst_of(article: Article) -> str:
    """By the bundled house style."""
    return ExtractiveWriter().write(article, load_styles(None).named("default")).texts.as_one("standfirst")


def checks_of(article: Article) -> list[str]:
    """The kinds of findings that the written draft has."""
    style = load_styles(None).named("default")
    return [finding.check for finding in check_limits(article, ExtractiveWriter().write(article, style), style)]


def test_a_lead_that_says_more_than_the_headline_is_kept() -> None:
    """It does the work of a standfirst best."""
    article = an_article_about("Torvald fears for its future", LEAD, JOBS, *LATER)

    assert standfirst_of(article) == LEAD


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param((f"{LEAD} {JOBS}", COLOUR, *LATER), id="a fact in the lead's paragraph"),
        pytest.param((LEAD, JOBS, COLOUR, *LATER), id="a fact in the next paragraph"),
        pytest.param((LEAD, COLOUR, JOBS, *LATER), id="a fact after colour"),
    ],
)
def test_a_lead_that_repeats_the_headline_is_kept(paragraphs: tuple[str, ...]) -> None:
    """What comes later speaks of "the closures". An editor is told what it repeats."""
    article = an_article_about(HEADLINE, *paragraphs)

    assert standfirst_of(article) == LEAD
    assert "headline" in checks_of(article)


def test_who_was_cleared_is_not_left_with_the_allegation() -> None:
    """A standfirst that tells the prosecution's case only is unfair to somebody who was found not guilty."""
    article = an_article_about(CLEARED_HEADLINE, CLEARED, f"{HUGGED} {ALLEGED}", "The fund has 214,000 crowns.")

    assert standfirst_of(article) == CLEARED
    assert "headline" in checks_of(article)


def test_an_allegation_does_not_fill_the_place_of_a_lead_that_is_too_long() -> None:
    """Rather too short a standfirst, which an editor is told of."""
    long = CLEARED.replace("boats.", f"boats, {' '.join(['and on the upkeep of the slipway'] * 4)}.")
    article = an_article_about(CLEARED_HEADLINE, long, ALLEGED, "The verdict ends a case of three years.")

    assert standfirst_of(article) == "The verdict ends a case of three years."
    assert "limits" in checks_of(article)


def test_a_short_lead_behind_the_first_sentence_takes_the_next_one_along() -> None:
    """Who voted how is little; what it costs is why to read on."""
    long = LEAD.replace("demand.", f"demand{', in the north as in the south, on the coast as in the hills' * 3}.")
    short = "The board of Lenz voted for it by six to three at 9pm on Monday."
    what = "It will pay each of the 310 workers a year's wages."

    assert standfirst_of(an_article_about(HEADLINE, long, f"{short} {what} {COLOUR}", *LATER)) == f"{short} {what}"


@pytest.mark.parametrize(
    ("language", "quotation", "news"),
    [
        pytest.param(
            "en",
            '"We were told that the dam was safe," said Ida Holt, who stood in what had been her kitchen.',
            "The river Aue burst its banks on Sunday and killed two people in the villages of Varn and Sele.",
            id="English",
        ),
        pytest.param(
            "sv",
            "– Vi fick höra att dammen var säker, säger Ida Holt som står i det som var hennes kök i byn.",
            "Ån svämmade över natten till söndagen och två personer dog i byarna Varn och Sele, uppger polisen.",
            id="Swedish",
        ),
    ],
)
def test_a_quotation_before_the_news_is_not_the_standfirst(language: str, quotation: str, news: str) -> None:
    """It is a way into the story, and does not say what happened."""
    article = replace(an_article(quotation, news), language=Language(language))

    assert standfirst_of(article) == news


def test_a_quotation_is_the_standfirst_where_there_is_nothing_else() -> None:
    """It is true, and whole."""
    quotation = '"We were told that the dam was safe," said Ida Holt, who stood in what had been her kitchen.'

    assert standfirst_of(an_article(quotation)) == quotation
