"""Right names in wrong roles: who did it to whom, who is "former", and who is "he"."""

import pytest

from checked import findings

CASE = (
    "Corvane sued Halden over the tram depot. The company accused the city of delay. "
    "Luke Hadley, 17, beat Sam Orton 6-1 on Thursday. Rovers named Gareth Tolland as manager to replace Sven Akerlund. "
    "Jo Bell, who backs Ann Lee, lost to Kim Day in May. Day beat Bell again in June, and Bell beat Day in July."
)


@pytest.mark.parametrize(
    ("draft", "text", "question"),
    [
        pytest.param(
            "Halden sued Corvane over the depot.", "sued", "Is Corvane the one that was sued by Halden?", id="names"
        ),
        pytest.param(
            "The city accused the company of delay.",
            "accused",
            "Is company the one that was accused by city?",
            id="head nouns",
        ),
        pytest.param(
            "Corvane was sued by Halden.", "sued", "Is Corvane the one that was sued by Halden?", id="a passive"
        ),
        pytest.param(
            "Hadley was beaten 6-1 by Orton.",
            "beaten",
            "Is Hadley the one that was beaten by Orton?",
            id="a passive with a figure between",
        ),
        pytest.param(
            "Luke Hadley lost to Sam Orton.",
            "lost",
            "Is Luke Hadley the one that was beaten by Sam Orton?",
            id="another verb for it",
        ),
        pytest.param(
            "Sven Akerlund replaced Gareth Tolland.",
            "replaced",
            "Is Gareth Tolland the one that was replaced by Sven Akerlund?",
            id="an infinitive in the article",
        ),
        pytest.param(
            "Lee backs Bell.", "backs", "Is Bell the one that was backed by Lee?", id="a relative clause in the article"
        ),
    ],
)
def test_a_verb_with_its_parties_exchanged_is_an_error(draft: str, text: str, question: str) -> None:
    """Both names and the verb are the article's, and the sentence is wrong."""
    found = [each for each in findings(CASE, draft) if each.check == "name_role"]

    assert [(each.reason, each.text, each.severity, each.question) for each in found] == [
        ("exchanged", text, "error", question)
    ]


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("Halden was sued by Corvane.", id="a passive"),
        pytest.param("Sam Orton lost to Luke Hadley, 17.", id="another verb for it"),
        pytest.param("Tolland succeeds Akerlund.", id="a synonym"),
        pytest.param("Bell beat Day.", id="both ways in the article"),
        pytest.param("Halden accused Corvane.", id="a verb that the article has of others"),
        pytest.param("Lee said that Corvane sued Halden.", id="another name before the clause"),
    ],
)
def test_parties_that_keep_their_places_are_fine(draft: str) -> None:
    """However the sentence is built."""
    assert [each for each in findings(CASE, draft) if each.check == "name_role"] == []


INQUIRY = (
    "The former transport minister Adrian Kell spoke for an hour. The minister, Yasmin Farrow, will speak on Monday. "
    "Families watched. A former vice president heard the case. Ruth Ames resigned as mayor in May. "
    "Acting Police Chief Regina Dowd spoke. Families watched again. Deputy Chief Omar Salgado came in May."
)


@pytest.mark.parametrize(
    ("draft", "text"),
    [
        pytest.param("The former minister Yasmin Farrow will speak.", "former", id="former"),
        pytest.param("Ex-minister Yasmin Farrow will speak.", "Ex-", id="ex-"),
        pytest.param("Acting Police Chief Omar Salgado spoke.", "Acting", id="acting"),
    ],
)
def test_a_status_that_the_article_has_of_another_is_a_warning(draft: str, text: str) -> None:
    """The office is the article's, and the person holds it."""
    found = [each for each in findings(INQUIRY, draft) if each.check == "name_role"]

    assert [(each.reason, each.text, each.severity) for each in found] == [("status", text, "warning")]


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("Former minister Adrian Kell spoke.", id="the same"),
        pytest.param("The former mayor Ruth Ames spoke.", id="what comes to the same"),
        pytest.param("The former vice president Yasmin Farrow spoke.", id="of somebody without a name"),
        pytest.param("The former barracks in Dunmere is for sale.", id="of no person"),
        pytest.param("The former ministers Yasmin Farrow and Adrian Kell spoke.", id="of several"),
    ],
)
def test_a_status_that_may_be_right_is_fine(draft: str) -> None:
    """The article need not use the word."""
    assert [each for each in findings(INQUIRY, draft) if each.check == "name_role"] == []


PORT = "Robin Castle has joined the board of the port. She ran the ferry line for nine years."


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("Robin Castle has joined the board of the port. He ran the ferry line.", id="the next sentence"),
        pytest.param("Robin Castle said that he ran the ferry line.", id="the same sentence"),
    ],
)
def test_he_of_somebody_whom_the_article_calls_she_is_a_warning(draft: str) -> None:
    """The name does not show it, and the pronoun may be of somebody without one."""
    found = [each for each in findings(PORT, draft) if each.check == "name_role"]

    assert [(each.reason, each.text.lower(), each.severity) for each in found] == [("pronoun", "he", "warning")]


@pytest.mark.parametrize(
    ("article", "draft"),
    [
        pytest.param(PORT, "Robin Castle ran the ferry line. She is on the board.", id="the same pronoun"),
        pytest.param(PORT + " He is 40.", "Robin Castle ran the ferry line. He is on the board.", id="both in it"),
        pytest.param(PORT, "Robin Castle and her father met at the port he built.", id="of somebody else"),
        pytest.param(PORT, "Robin Castle met Ann Lee. He ran the ferry line.", id="two names"),
        pytest.param("Robin Castle has joined the board.", "Robin Castle said he had joined.", id="no pronoun in it"),
    ],
)
def test_a_pronoun_that_may_be_right_is_fine(article: str, draft: str) -> None:
    """Only one person, and only one pronoun, leave no doubt."""
    assert [each for each in findings(article, draft) if each.check == "name_role"] == []
