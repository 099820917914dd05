"""The words of a house style, found in a text."""

import pytest

from standfirst.domain.style import GlossaryTerm
from standfirst.text.house_words import glossary_of, words_in_any_case

TERMS = (
    GlossaryTerm("Kyiv", ("Kiev", "kyiv")),
    GlossaryTerm("Dana Holt", ("Dana Holtt", "Mrs Holt", "Holt", "Mrs Dana Holt"), "President"),
    GlossaryTerm("Dynamo Kiev"),
    GlossaryTerm("Kyiv Post"),
    GlossaryTerm("Sinéad O’Neill-Byrne", ("Sinead O’Neill-Byrne",)),
    GlossaryTerm("东京", ("東京",)),
)


def forms_in(text: str) -> list[tuple[str, bool]]:
    """Each form of a term in ``text``, and whether it is right."""
    return [(text[place.start : place.end], place.is_right) for place in glossary_of(TERMS).places_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Trains to Kyiv and Kiev.", [("Kyiv", True), ("Kiev", False)], id="right and wrong"),
        pytest.param("Flights to kyiv; KYIV.", [("kyiv", False)], id="in the case that is written"),
        pytest.param("Kievan Rus, Outerkiev and eKiev.", [], id="not a part of a word"),
        pytest.param("Kiev-based, Kiev’s", [("Kiev", False), ("Kiev", False)], id="before a hyphen and a possessive"),
        pytest.param("Dana Holt and Holt", [("Dana Holt", True), ("Holt", False)], id="part of its own right form"),
        pytest.param("Dynamo Kiev won.", [("Dynamo Kiev", True)], id="part of another right form"),
        pytest.param("The Kyiv Post", [("Kyiv Post", True)], id="the longer of two"),
        pytest.param("President Dana Holt", [("President Dana Holt", True)], id="with the title"),
        pytest.param("Mrs Dana Holt", [("Mrs Dana Holt", False)], id="a wrong form that has a right one in it"),
        pytest.param("Dana Holtt", [("Dana Holtt", False)], id="a wrong form that begins like a right one"),
        pytest.param("Sinéad O'Neill‑Byrne", [("Sinéad O'Neill‑Byrne", True)], id="other apostrophe and hyphen"),
        pytest.param("Dana\N{NO-BREAK SPACE}Holt", [("Dana\N{NO-BREAK SPACE}Holt", True)], id="another blank"),
        pytest.param("東京Tower", [("東京", False)], id="unspaced before spaced text"),
        pytest.param("他在東京和Kiev的", [("東京", False), ("Kiev", False)], id="inside unspaced text"),
    ],
)
def test_terms_are_found_as_whole_words_in_right_and_wrong_forms(text: str, found: list[tuple[str, bool]]) -> None:
    """As they are written."""
    assert forms_in(text) == found


def test_a_glossary_without_terms_finds_nothing() -> None:
    """Not even the empty word."""
    assert list(glossary_of(()).places_in("Kyiv")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Critics SLAMMED the plan.", ["slammed"], id="in any case"),
        pytest.param("The grand-slam title", ["slam"], id="beside a hyphen"),
        pytest.param("An epicentre was found.", [], id="not inside another word"),
        pytest.param("A nonepic tale of dreislam.", [], id="not at the end of another word"),
        pytest.param("一部震撼人心的影片", ["震撼"], id="inside unspaced text"),
        pytest.param("İİ epic", ["epic"], id="after a letter that grows in lower case"),
    ],
)
def test_avoided_words_are_found_as_whole_words(text: str, found: list[str]) -> None:
    """A word that merely contains an avoided one is another word."""
    places = list(words_in_any_case(("slammed", "slam", "epic", "震撼")).places_in(text))

    assert [place.phrase for place in places] == found
    assert [text[place.start : place.end].casefold() for place in places] == found
