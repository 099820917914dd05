"""The questions of an interview stay with their answers; those over the parts of an explainer are crossheads."""

from collections.abc import Callable, Sequence

import pytest

from standfirst.domain.article import Article

Read = Callable[..., Article]
Pairs = Sequence[tuple[str, str]]

TALKS: dict[str, tuple[str, str, str, str, Pairs]] = {
    "en": (
        "The captain comes home",
        "Mary Dell has steered the Sandhope ferry for thirty years. We met her on board.",
        "Q",
        "A",
        (
            ("How did you start?", "I began on my uncle’s boat when I was twelve years old."),
            ("Were you ever afraid?", "Only once, in the storm of 1987, when the engine failed."),
            ("What will it cost?", "Nine pounds, a pound more than it used to cost."),
            ("And then?", "Then I will sit on that bench and look at the water."),
        ),
    ),
    "de": (
        "Die Kapitänin kehrt heim",
        "Maria Dell steuert seit dreißig Jahren die Fähre. Wir trafen sie an Bord.",
        "Frage",
        "Antwort",
        (
            ("Wie haben Sie angefangen?", "Auf dem Boot meines Onkels, da war ich zwölf Jahre alt."),
            ("Hatten Sie einmal Angst?", "Nur einmal, im Sturm von 1987, als die Maschine ausfiel."),
            ("Was wird es kosten?", "Neun Euro, einen Euro mehr als früher."),
            ("Und dann?", "Dann setze ich mich auf die Bank dort und schaue aufs Wasser."),
        ),
    ),
    "fr": (
        "La capitaine rentre au port",
        "Marie Dell conduit le ferry depuis trente ans. Nous l’avons rencontrée à bord.",
        "Q",
        "R",
        (
            ("Comment avez-vous commencé ?", "Sur le bateau de mon oncle, j’avais douze ans."),
            ("Avez-vous eu peur ?", "Une seule fois, dans la tempête de 1987."),
            ("Combien cela coûtera-t-il ?", "Neuf euros, un euro de plus qu’avant."),
            ("Et ensuite ?", "Ensuite je m’assiérai sur ce banc pour regarder l’eau."),
        ),
    ),
    "it": (
        "La capitana torna a casa",
        "Maria Dell guida il traghetto da trent’anni. La incontriamo a bordo.",
        "D",
        "R",
        (
            ("Come ha cominciato?", "Sulla barca di mio zio, avevo dodici anni."),
            ("Ha mai avuto paura?", "Una volta sola, nella tempesta del 1987, quando mi si fermò il motore."),
            ("Quanto costerà?", "Nove euro, uno più di prima."),
            ("E poi?", "Poi mi siedo su quella panchina e guardo il mare."),
        ),
    ),
    "sv": (
        "Kaptenen kommer hem",
        "Maria Dell har fört färjan i trettio år. Vi träffade henne ombord.",
        "Fråga",
        "Svar",
        (
            ("Hur började du?", "På min morbrors båt, jag var tolv år då."),
            ("Var du någonsin rädd?", "Bara en gång, i stormen 1987, när maskinen stannade."),
            ("Vad ska det kosta?", "Nio kronor, en krona mer än tidigare."),
            ("Och sedan?", "Sedan sätter jag mig på bänken där och ser på vattnet."),
        ),
    ),
}
LONG = ("Did anybody tell you in 2024 that the old ship would have to stay in dock?", "Nobody did, I read it myself.")


@pytest.mark.parametrize("intro", ["with", "without"])
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("{q}\n\n", "{a}\n\n"),
        ("{q}\n", "{a}\n"),
        ("{Q}: {q}\n\n", "{A}: {a}\n\n"),
        ("**{q}**\n\n", "{a}\n\n"),
        ("**{Q}: {q}**\n\n", "{A}: {a}\n\n"),
        ("### {q}\n\n", "{a}\n\n"),
    ],
    ids=["lines", "no blank lines", "labels", "bold", "bold labels", "headings"],
)
@pytest.mark.parametrize("language", TALKS)
def test_the_questions_of_an_interview_stay(read: Read, language: str, question: str, answer: str, intro: str) -> None:
    """In whatever form they are written, and in their places."""
    headline, about, asks, answers, pairs = TALKS[language]
    is_markdown = "*" in question or "#" in question
    head = f"{'# ' if is_markdown else ''}{headline}\n\n" + (f"{about}\n\n" if intro == "with" else "")
    body = "".join(question.format(q=q, Q=asks) + answer.format(a=a, A=answers) for q, a in pairs)

    article = read(head + body, name="talk.md" if is_markdown else "talk.txt")

    labels = (f"{asks}: ", f"{answers}: ") if "{Q}" in question else ("", "")
    lines = [label + text for pair in pairs for label, text in zip(labels, pair, strict=True)]
    assert article.headline == headline
    assert article.paragraphs == ((about, *lines) if intro == "with" else tuple(lines))


def test_a_long_question_says_that_the_short_ones_are_an_interviews(read: Read) -> None:
    """It is no crosshead; the short ones speak to nobody here."""
    pairs = (
        ("And the price?", "Nine pounds, I am afraid, a pound more."),
        LONG,
        ("And then?", "Then I will sit down."),
    )
    text = "\n\n".join(line for pair in pairs for line in pair)

    article = read(f"The captain comes home\n\nMary Dell has steered the ferry for thirty years.\n\n{text}\n")

    assert [line for pair in pairs for line in pair] == list(article.paragraphs[1:])


@pytest.mark.parametrize("mark", ["", "**", "## "], ids=["lines", "bold", "headings"])
def test_the_questions_of_an_explainer_are_crossheads(read: Read, mark: str) -> None:
    """The text makes sense without them."""
    parts = (
        ("What happened?", "A transformer overheated at 18:20, and three others shut down."),
        ("Who is affected?", "The outage hit the harbour of Sarn and parts of the old town."),
        ("When will it be fixed?", "“We expect that by noon on Tuesday,” the operator said."),
        ("Is there a risk?", "“I do not see one,” the regulator said on Monday."),
    )
    lead = "Some 40,000 homes in Sarn lost power on Monday evening when a transformer failed, the operator said."
    closing = mark if mark == "**" else ""
    text = "\n\n".join(f"{mark}{question}{closing}\n\n{answer}" for question, answer in parts)

    article = read(f"# Power cut in Sarn\n\n{lead}\n\n{text}\n", name="story.md")

    assert article.paragraphs == (lead, *(answer for _, answer in parts))


def test_a_question_as_a_headline_is_no_question_of_the_interview(read: Read) -> None:
    """The first line of all is the headline."""
    _, _, _, _, pairs = TALKS["en"]
    body = "\n\n".join(line for pair in pairs for line in pair)

    assert read(f"How safe is the ferry?\n\n{body}\n").headline == "How safe is the ferry?"
