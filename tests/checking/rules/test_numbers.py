"""Numbers, amounts and percentages of a draft against those of its article."""

import pytest

from checked import errors, findings
from standfirst.domain.draft import Finding


@pytest.mark.parametrize(
    ("article", "draft"),
    [
        pytest.param("The roof cost £11,000 in all.", "The roof cost 11,000 pounds.", id="currency before or after"),
        pytest.param("The roof cost eleven thousand pounds.", "The roof cost £11,000.", id="words and digits"),
        pytest.param("The hall cost £2.5m to build.", "The hall cost 2.5 million pounds.", id="scale in short"),
        pytest.param("Two trains were late on the line.", "On the line 2 trains were late.", id="two is 2"),
        pytest.param("Prices rose by 25 % in a year.", "Prices rose by a quarter in a year.", id="25 % is a quarter"),
        pytest.param("Some 40 per cent of pupils came.", "Of the pupils, 40% came.", id="per cent and %"),
        pytest.param("One in five pupils walks.", "Of the pupils, 20 per cent walk.", id="one in five is 20 per cent"),
        pytest.param("He led the club for 28 years.", "He led the club for nearly three decades.", id="28 years"),
        pytest.param("It paid for 90 days of rent.", "It paid 13 weeks of rent.", id="90 days"),
        pytest.param("The petition has 6,214 names.", "The petition has more than 6,000 names.", id="more than"),
        pytest.param("The petition has 5,980 names.", "The petition has almost 6,000 names.", id="almost"),
        pytest.param("A crowd of 3,200 people came.", "Thousands of people came.", id="thousands"),
        pytest.param(
            "Trains ran from 30 to 40 per cent late.", "Between 30% and 40% ran late.", id="both ends of a range"
        ),
        pytest.param("Of 1,200 pupils, 800 came.", "Some two-thirds of the pupils came.", id="a share of the two"),
        pytest.param(
            "It was built in 1966 by the town.", "It is a building of the 20th century.", id="a year's century"
        ),
        pytest.param("Rovers won 3-1 at home.", "Rovers won by 3-1 at home.", id="a score"),
        pytest.param("The vote begins at 6pm today.", "The vote begins at 18:00 today.", id="a time of day"),
    ],
)
def test_figures_compare_by_value_however_they_are_written(article: str, draft: str) -> None:
    """A good writer spells them after the house's rules."""
    assert errors(article, draft) == []


@pytest.mark.parametrize(
    ("article", "draft", "expected"),
    [
        pytest.param("The line has 43 trains.", "The line has 34 trains.", ("number", "34"), id="digits turned round"),
        pytest.param("The roof cost £11,000.", "The roof cost £12,000.", ("money", "£12,000"), id="an amount"),
        pytest.param("The roof cost £11,000.", "The roof cost €11,000.", ("money", "€11,000"), id="another currency"),
        pytest.param(
            "Prices rose 25 per cent.", "Prices rose 52 per cent.", ("percentage", "52 per cent"), id="a share"
        ),
        pytest.param(
            "It has 25 members.", "It has 25 per cent.", ("percentage", "25 per cent"), id="a count is no share"
        ),
        pytest.param(
            "The petition has 6,214 names.",
            "The petition has more than 7,000 names.",
            ("number", "7,000"),
            id="rounded too far",
        ),
        pytest.param(
            "Some 320 people came.", "Thousands of people came.", ("number", "Thousands"), id="thousands of hundreds"
        ),
    ],
)
def test_a_figure_that_the_article_does_not_have_is_an_error(
    article: str, draft: str, expected: tuple[str, str]
) -> None:
    """The first thing that a newsroom fears."""
    assert expected in errors(article, draft)


def test_a_finding_says_where_and_what_is_wrong() -> None:
    """The span lies in the field, and the detail is for an editor."""
    found = findings("It rained. The roof cost £11,000.", "It rained. The roof cost £12,000.")

    where = {"span": (25, 32), "sentence": 1, "paragraphs": (0,)}
    assert found == [Finding("money", "summary", "£12,000", "not in the article", "error", reason="unknown", **where)]


@pytest.mark.parametrize(
    ("language", "article", "draft"),
    [
        pytest.param("de", "Die Brücke wiegt 3,5 Tonnen.", "Rund 3,5 Tonnen wiegt sie.", id="German decimal"),
        pytest.param("de", "Es kamen 11.000 Menschen.", "11 000 Menschen kamen.", id="German thousands"),
        pytest.param("de", "Das kostet 14 Millionen Euro.", "Das kostet 14 Mio. Euro.", id="German millions"),
        pytest.param("fr", "Le pont a coûté 11 000 euros.", "Il a coûté 11\u202f000 €.", id="French thousands"),
        pytest.param("ru", "Проект стоит 3 млн рублей.", "Цена — 3 миллиона рублей.", id="Russian millions"),
        pytest.param("zh", "该线路全长三百二十公里。", "全长320公里。", id="Chinese numerals"),
        pytest.param("ja", "総工費は3億円だった。", "費用は三億円。", id="Japanese numerals"),
    ],
)
def test_figures_of_other_languages_compare_by_value(language: str, article: str, draft: str) -> None:
    """Separators, scale words and numerals are those of the language."""
    assert errors(article, draft, language) == []


@pytest.mark.parametrize(
    ("language", "article", "draft"),
    [
        pytest.param("de", "Die Brücke wiegt 3,5 Tonnen.", "Sie wiegt 35 Tonnen.", id="German decimal"),
        pytest.param("fr", "Le pont a coûté 11 000 euros.", "Il a coûté 12 000 euros.", id="French thousands"),
        pytest.param("zh", "该线路全长三百二十公里。", "全长230公里。", id="Chinese numerals"),
    ],
)
def test_a_wrong_figure_is_an_error_in_every_language(language: str, article: str, draft: str) -> None:
    """Numbers need no dictionary."""
    assert [check for check, _ in errors(article, draft, language)][:1] in (["number"], ["money"])
