"""Boxes in the middle of a story: it goes on after them, and the foot of the page stays out."""

from collections.abc import Callable

import pytest

from standfirst.domain.article import Article

Read = Callable[..., Article]

ENGLISH = (
    "The harbour board of Tarnsund has voted to close the old fish market after 96 years, despite a petition.",
    "The decision, taken by nine votes to six on Tuesday night, will save 2.1m crowns a year, the board said.",
    "Ilse Korhan, who leads the campaign to keep the market open, said the vote was a betrayal.",
    '"The board never asked us," she said.',
    "The market hall, which opened in 1928, needs repairs that engineers put at 14m crowns.",
    "Eleven people will lose their jobs.",
    "The board's chair, Odd Farrel, said that smaller stalls would open on the ferry quay next year.",
    "The campaign plans to take the board to court. A first hearing could come in May.",
)
GERMAN = (
    "Der Hafenrat von Tarnsund hat beschlossen, die alte Fischhalle nach 96 Jahren zu schließen.",
    "Die Entscheidung fiel am Dienstagabend mit neun zu sechs Stimmen und soll zwei Millionen Kronen sparen.",
    "Ilse Korhan, die Sprecherin der Bürgerinitiative, nannte die Entscheidung einen Verrat an der Halle.",
    "„Uns hat der Hafenrat nie gefragt“, sagte sie.",
    "Die 1928 eröffnete Halle müsste für 14 Millionen Kronen saniert werden, wie Gutachter errechneten.",
    "Elf Menschen verlieren ihre Stelle.",
    "Der Vorsitzende des Hafenrats, Odd Farrel, kündigte für das kommende Jahr kleinere Stände am Kai an.",
    "Die Initiative will gegen die Entscheidung klagen. Verhandelt wird wohl im Mai.",
)
SPANISH = (
    "La junta del puerto de Tarnsund ha votado cerrar la antigua lonja después de 96 años, pese a una petición.",
    "La decisión, adoptada el martes por nueve votos a seis, ahorrará dos millones al año, según la junta.",
    "Ilse Korhan, que encabeza la campaña en favor de la lonja, calificó la votación de traición.",
    "“La junta nunca nos preguntó”, dijo.",
    "La lonja, inaugurada en 1928, necesita obras por catorce millones, según los técnicos.",
    "Once personas perderán su empleo.",
    "El presidente de la junta, Odd Farrel, dijo que el próximo año se abrirán puestos en el muelle.",
    "La campaña llevará la decisión a los tribunales. La primera vista podría celebrarse en mayo.",
)
BOXES = [
    (ENGLISH, ("You might also like", "Ten walks above the fjord", "Rents to be capped in six towns")),
    (ENGLISH, ("Trending now", "Rents to be capped in six towns")),
    (ENGLISH, ("Most read", "1 Rents to be capped in six towns", "2 Storm warning for the west")),
    (ENGLISH, ("Recommended for you", "Rents to be capped in six towns")),
    (ENGLISH, ("Comments", "32")),
    (ENGLISH, ("Join the conversation",)),
    (ENGLISH, ("Related", "Rents to be capped in six towns")),
    (ENGLISH, ("Read more: Rents to be capped in six towns",)),
    (GERMAN, ("Das könnte Sie auch interessieren", "Mieten in sechs Städten gedeckelt")),
    (GERMAN, ("Weitere Artikel", "Mieten in sechs Städten gedeckelt")),
    (GERMAN, ("Kommentare", "32")),
    (SPANISH, ("Más información", "La luz sube un 9% en febrero")),
    (SPANISH, ("Lo más leído", "La luz sube un 9% en febrero", "El tiempo empeora en el oeste")),
]


@pytest.mark.parametrize("separator", ["\n", "\n\n"], ids=["close", "apart"])
@pytest.mark.parametrize("headline", ["", "Tarnsund closes its fish market\n\n"], ids=["bare", "under a headline"])
@pytest.mark.parametrize("position", [2, 4, 6])
@pytest.mark.parametrize(("story", "box"), BOXES, ids=[f"{box[0][:8]} {at}" for at, (_, box) in enumerate(BOXES)])
def test_the_story_goes_on_after_a_box(  # noqa: PLR0913, PLR0917 - what stands around the box matters as much as the box
    read: Read, story: tuple[str, ...], box: tuple[str, ...], position: int, headline: str, separator: str
) -> None:
    """Wherever the house puts the box, and whatever its heading says elsewhere: no paragraph is lost."""
    page = headline + "\n\n".join((*story[:position], separator.join(box), *story[position:]))

    assert read(page).paragraphs == story


@pytest.mark.parametrize(
    ("story", "box"),
    [
        (ENGLISH, ("Related", "Rents to be capped in six towns")),
        (ENGLISH, ("More on this story", "Rents to be capped in six towns")),
        (SPANISH, ("Más información", "La luz sube un 9% en febrero")),
    ],
    ids=["related", "more", "es"],
)
def test_a_last_paragraph_alone_after_a_title_is_the_storys(
    read: Read, story: tuple[str, ...], box: tuple[str, ...]
) -> None:
    """It has several sentences in the story's words, which the blurb of another story has not."""
    page = "\n\n".join((*story[:7], *box, story[7]))

    assert read(page).paragraphs == story


@pytest.mark.parametrize(
    "foot",
    [
        ("Most read", "Rents to be capped in six towns", "Six towns cap their rents. Landlords protest."),
        ("Trending now", "Rents capped in six towns", "Six towns cap rents.", "Storm nears the west", "It is a storm."),
        (
            "You might also like",
            "Ten walks above the fjord",
            "3 hours ago",
            "A walk leads to the fjord.",
            "It is long.",
        ),
        ("Related", "Rents capped in six towns", "Landlords in six towns are protesting against a new cap."),
        ("Comments", "nordlys77", "The board should be ashamed of the vote.", "tarn_a", "The market was dead anyway."),
        ("Comments (2)", "The market was dead anyway, as the board said.", "The board should reopen the market."),
        ("Comments", "32", "I never liked fish.", "Me neither, sorry to say."),
        ("Join the conversation", "2 hours ago", "The board closes the market.", "The campaign goes to court."),
        ("About the author", "Mara Veld covers the harbour board of Tarnsund.", "The campaign plans to go to court."),
    ],
    ids=["blurb", "blurbs", "timed", "related", "thread", "counted", "strangers", "timed thread", "author"],
)
def test_the_foot_of_a_page_stays_out(read: Read, foot: tuple[str, ...]) -> None:
    """Blurbs stand under their titles and times, readers' comments under names."""
    page = "\n".join((*ENGLISH, *foot))

    assert read(page).paragraphs == ENGLISH
