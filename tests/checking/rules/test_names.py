"""Names of a draft against those of its article."""

import pytest

from checked import errors, findings

TALKS = (
    "Officials from France and the European Union met in Chile. Ana Ibarra, the U.K. envoy, spoke in London. "
    "The envoy for Lagos listened, and so did Belgium and a Taiwanese guest. The World Health Organization sent nobody."
)


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("The French officials met there.", id="French for France"),
        pytest.param("The British envoy, Ibarra, spoke.", id="British for U.K."),
        pytest.param("The Belgian officials met there.", id="Belgian for Belgium"),
        pytest.param("Officials from Taiwan met there.", id="Taiwan for Taiwanese"),
        pytest.param("Officials of the EU met there.", id="EU for European Union"),
        pytest.param("Officials from France met without the WHO.", id="WHO for World Health Organization"),
        pytest.param("The envoy of the UK, Ibarra, spoke.", id="UK for U.K."),
        pytest.param("Officials met with Chileans there.", id="Chileans for Chile"),
        pytest.param("The meeting drew Londoners too.", id="Londoners for London"),
        pytest.param("A Lagos-based envoy listened.", id="Lagos-based for Lagos"),
        pytest.param("The envoy, Ana Ibarra’s office said, spoke.", id="a possessive"),
        pytest.param("The envoy of the United Kingdom, Ibarra, spoke.", id="United Kingdom for U.K."),
    ],
)
def test_a_name_of_the_article_may_take_other_forms(draft: str) -> None:
    """The same country, body or person is meant."""
    assert errors(TALKS, draft) == []


@pytest.mark.parametrize(
    ("draft", "name"),
    [
        pytest.param("Officials from France met in Peru.", "Peru", id="another country"),
        pytest.param("The envoy, Ana Ibarro, spoke.", "Ibarro", id="a letter wrong"),
        pytest.param("The envoy of the UN spoke.", "UN", id="another body"),
        pytest.param("The American officials met there.", "American", id="officials of another country"),
    ],
)
def test_a_name_that_the_article_does_not_have_is_an_error(draft: str, name: str) -> None:
    """Made up, or misspelt."""
    assert ("name", name) in errors(TALKS, draft)


def test_a_finding_says_which_name() -> None:
    """The span holds the name and nothing else."""
    (found,) = findings(TALKS, "Officials from France met in Peru.")

    assert (found.text, found.span, found.detail) == ("Peru", (29, 33), "the article does not name it")


@pytest.mark.parametrize(
    ("language", "article", "draft", "names"),
    [
        pytest.param(
            "de",
            "Die Bürgermeisterin Anna Kessler eröffnet die Brücke.",
            "Die Brücke eröffnet Anna Kassler heute.",
            ["Kassler"],
            id="German",
        ),
        pytest.param(
            "es", "La alcaldesa Ana Ibarra abrió el puente.", "El puente lo abrió Ana Ibáñez.", ["Ibáñez"], id="Spanish"
        ),
        pytest.param(
            "ru", "Мэр Анна Котова открыла мост в Туле.", "Мост в Твери открыла Анна Котова.", ["Твери"], id="Russian"
        ),
    ],
)
def test_a_wrong_name_is_an_error_in_other_languages(language: str, article: str, draft: str, names: list[str]) -> None:
    """By the capitals of the language; German gives them to every noun."""
    assert [text for check, text in errors(article, draft, language) if check == "name"] == names


def test_german_nouns_are_no_names() -> None:
    """A capital is not enough there."""
    article = "Die Bürgermeisterin Anna Kessler eröffnet die Brücke."

    assert errors(article, "Das Bauwerk eröffnet Anna Kessler.", "de") == []


REPORT = (
    "The Seattle-Tacoma airport near Zürich Street opened on Superbowl weekend, said Ruth Ames of Lincoln, Neb., for "
    "the Commanders. Ames praised Trump and African-American pilots in Tulsa."
)


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("The airport near Tacoma opened.", id="a part of a hyphenated name"),
        pytest.param("African American pilots won praise.", id="a hyphen left out"),
        pytest.param("The airport opened on Super Bowl weekend.", id="one word in two"),
        pytest.param("The airport near Zurich Street opened.", id="no accent"),
        pytest.param("The airport near Seattle\u2010Tacoma opened.", id="another hyphen"),
        pytest.param("The woman from Nebraska praised it.", id="an abbreviation told in full"),
        pytest.param("The CEO praised it.", id="a common abbreviation"),
        pytest.param("It opened on New Year’s Day.", id="a day by its name"),
    ],
)
def test_names_compare_by_what_they_are_made_of(draft: str) -> None:
    """Hyphens, accents and abbreviations are the house's."""
    assert [each for each in errors(REPORT, draft) if each[0] == "name"] == []


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param("The airport won praise for Donald Trump.", ("warning", "Donald"), id="a first name added"),
        pytest.param("They cheered the Washington Commanders.", ("warning", "Washington"), id="a city added"),
        pytest.param("It opened in Tulsa County.", ("warning", "County"), id="a county added"),
        pytest.param("It opened, said Helen Ames.", ("error", "Helen"), id="another first name"),
        pytest.param("It opened, said Ruth Allen.", ("error", "Allen"), id="another surname"),
    ],
)
def test_a_completed_name_is_a_warning_unless_the_article_contradicts_it(draft: str, expected: tuple[str, str]) -> None:
    """What a model knows of the world may be right; what the article denies is not."""
    assert [(each.severity, each.text) for each in findings(REPORT, draft) if each.check == "name"] == [expected]
