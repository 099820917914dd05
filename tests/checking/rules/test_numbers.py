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
        pytest.param("The roof cost £11,336,157.", "The roof cost £11.3m.", id="rounded to three digits"),
        pytest.param("The party won 85.19 percent.", "The party won 85 percent.", id="a percentage rounded"),
        pytest.param("He was jailed for 66 months.", "He was jailed for five and a half years.", id="a half more"),
        pytest.param("The mill closed in 1976.", "The mill closed in the mid-1970s.", id="a decade of a year"),
        pytest.param("It rose from 52 to 58 percent.", "It rose by six percentage points.", id="percentage points"),
        pytest.param("Rates rose a quarter of a point.", "Rates rose 0.25 percentage points.", id="part of a point"),
        pytest.param("Staff fell from 63 to 48.", "It has 48 staff, 15 fewer than before.", id="a difference"),
        pytest.param("It paid $9m, and later $22m.", "It paid $31m in all.", id="a sum"),
        pytest.param("It gave $25,000 to each of four.", "It gave $100,000 in all.", id="so many times"),
        pytest.param("Of $60m, three-quarters is insured.", "Some $45m is insured.", id="a share of an amount"),
        pytest.param(
            "It was built in 1989 and refitted in 2014.", "Built in 1989, refitted 25 years later.", id="years"
        ),
        pytest.param(
            "They will celebrate their 10th anniversary.", "They have been married 10 years.", id="anniversary"
        ),
        pytest.param("It burnt from 5:42am to 3:15pm.", "It burnt for more than nine hours.", id="times of day"),
        pytest.param("It pays €0.45 a share.", "It pays 45 cents a share.", id="cents of a euro"),
        pytest.param("It left at 9.52am.", "It left shortly before 10am.", id="shortly before a time of day"),
        pytest.param("It lasts from 6 to 17 November.", "It lasts 11 days.", id="days between two dates"),
        pytest.param("She ran 1:44:52, he 1:47:15.", "She won by 2:23.", id="between the timings of a race"),
        pytest.param("Some 61%, three percentage points up.", "Some 61%, against 58%.", id="points apart"),
        pytest.param("He got nine years and four months.", "It is a 112-month sentence.", id="a time of two units"),
        pytest.param("It came a quarter of an hour later.", "It came 15 minutes later.", id="a part of an hour"),
        pytest.param("Of the 126, 98 of the 126 remain.", "Of riders, 28 of the 126 are out.", id="the rest"),
        pytest.param("Results: 1 J Roy; 2 U Lee; 3 T Ames; 4 C Poe.", "Ames was third, Poe fourth.", id="a place"),
        pytest.param("He spent $2.85m, $640,000 and $412,500.", "He spent $3.9m.", id="the sum of a list"),
        pytest.param("It walked 120 km.", "It walked about 75 miles.", id="kilometres in miles"),
        pytest.param("It lost by 346 votes to 124.", "Nearly three-quarters voted for it.", id="a share of votes"),
        pytest.param("５２人が来た。", "It said 52 came.", id="full-width digits"),
        pytest.param("Nine out of ten homes have it.", "Nine of 10 homes have it.", id="parts of a ratio"),
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
            "It rose six percentage points.",
            "It rose six percent.",
            ("percentage", "six percent"),
            id="points for percent",
        ),
        pytest.param(
            "Nine of the 40 schools close.",
            "Most of the 40 schools close.",
            ("percentage", "Most of the 40"),
            id="most",
        ),
        pytest.param("Just under 270 live there.", "Over 270 live there.", ("number", "270"), id="over for under"),
        pytest.param(
            "He took three hours and 12 minutes, for 21 yards.",
            "He took three hours and 21 minutes.",
            ("number", "three hours and 21 minutes"),
            id="a time of two units",
        ),
        pytest.param("She took four of 16 points, and 14 sets.", "She took 14 of 16.", ("number", "14"), id="a part"),
        pytest.param(
            "She took four of 16 points.", "She took half of her 16 points.", ("percentage", "half"), id="a share"
        ),
        pytest.param("Rovers won 6-4 after 3-1.", "Rovers won 6-3 at home.", ("number", "6-3"), id="a score"),
        pytest.param("They walked 120 km.", "They walked 120 miles.", ("number", "120"), id="another unit"),
        pytest.param("She ran it for 35 years.", "She ran it for 35 months.", ("number", "35"), id="another time"),
        pytest.param("It rises to £2 a trip.", "It rises to £2 a day.", ("money", "£2"), id="by another"),
        pytest.param("It took 13 lakh votes.", "It took 13 crore votes.", ("number", "13 crore"), id="another scale"),
        pytest.param(
            "It has 63 people, and 48 people work.",
            "Here 48 people work with 15 people.",
            ("number", "15"),
            id="an unsaid rest",
        ),
        pytest.param("Of 40 goats and 25 pigs none fell ill.", "It has 65 vets.", ("number", "65"), id="an unsaid sum"),
        pytest.param("Some 14,000 came.", "Nearly 15,000 came.", ("number", "15,000"), id="nearly, but too few"),
        pytest.param("It cost $12.9bn.", "It cost nearly $13.4bn.", ("money", "$13.4bn"), id="nearly, but too little"),
        pytest.param("It is 25 people strong.", "It is 25 miles long.", ("number", "25"), id="people for miles"),
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

    where = {"span": (25, 32), "sentence": 1, "paragraphs": (0,), "question": "Does “£12,000” follow from the article?"}
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
