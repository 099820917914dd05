"""What stands above the text: short headlines, standfirsts with and without a full stop, first scenes."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from standfirst.domain.article import Article

Read = Callable[..., Article]


@dataclass(frozen=True)
class SampleArticle:
    """An article in one language; its standfirst lacks its full stop, its scene says nothing of the news."""

    word: str
    headline: str
    standfirst: str
    byline: str
    date: str
    scene: str
    crosshead: str
    items: tuple[str, str]
    body: tuple[str, str, str]

    @property
    def text(self) -> str:
        """The body."""
        return "\n\n".join(self.body)


STORIES = {
    "en": SampleArticle(
        "Afloat",
        "Ferry returns",
        "After two years in dock the ferry to Sandhope sails again from June, at a higher price",
        "By Ada Quill",
        "2 May 2026",
        "It was still dark when Mary Dell tied her scarf and walked down the hill alone.",
        "The captain and the ferry",
        ("A new hull for the ferry", "Room for 220 people"),
        (
            "The ferry to Sandhope will sail again from 3 June after two years in dock, its captain said on Tuesday.",
            "The ship, built in 1974, needed a new hull at a cost of £4.1 million.",
            "The ferry will make six trips a day. A ticket costs £9, a pound more than before, the captain said.",
        ),
    ),
    "de": SampleArticle(
        "Flott",
        "Fähre kehrt zurück",
        "Nach zwei Jahren in der Werft fährt die Fähre nach Sandhop ab Juni wieder, die Karte kostet mehr",
        "Von Ada Quill",
        "2. Mai 2026",
        "Es war noch dunkel, als Maria Dell ihren Schal band und allein den Hang hinunterging.",
        "Die Kapitänin und ihre Fähre",
        ("Ein neuer Rumpf für die Fähre", "Platz für 220 Menschen"),
        (
            "Die Fähre nach Sandhop fährt ab dem 3. Juni wieder, nach zwei Jahren in der Werft, sagte ihre Kapitänin.",
            "Das Schiff von 1974 brauchte einen neuen Rumpf, der 4,1 Millionen Euro kostete.",
            "Die Fähre fährt sechsmal am Tag. Eine Karte kostet neun Euro, einen mehr als zuvor, sagte die Kapitänin.",
        ),
    ),
    "fr": SampleArticle(
        "Renfloué",
        "Le ferry revient",
        "Après deux ans en cale sèche, le ferry de Sandhope reprend la mer en juin, et le billet augmente",
        "Par Ada Quill",
        "2 mai 2026",
        "Il faisait encore nuit quand Marie Dell noua son écharpe et descendit seule la colline.",
        "La capitaine et son ferry",
        ("Une nouvelle coque pour le ferry", "De la place pour 220 personnes"),
        (
            "Le ferry de Sandhope reprendra la mer le 3 juin après deux ans en cale sèche, a annoncé sa capitaine.",
            "Le navire, construit en 1974, avait besoin d’une nouvelle coque, pour 4,1 millions d’euros.",
            "Le ferry fera six trajets par jour. Un billet coûte neuf euros, un de plus qu’avant, selon la capitaine.",
        ),
    ),
    "es": SampleArticle(
        "Reflotado",
        "Vuelve el ferri",
        "Tras dos años en dique seco, el ferri de Sandhope vuelve a zarpar en junio y el billete sube",
        "Por Ada Quill",
        "2 de mayo de 2026",
        "Aún era de noche cuando María Dell se anudó la bufanda y bajó sola la colina.",
        "La capitana y su ferri",
        ("Un casco nuevo para el ferri", "Sitio para 220 personas"),
        (
            "El ferri de Sandhope volverá a zarpar el 3 de junio tras dos años en dique seco, anunció su capitana.",
            "El barco, construido en 1974, necesitaba un casco nuevo, que costó 4,1 millones de euros.",
            "El ferri hará seis viajes al día. Un billete cuesta nueve euros, uno más que antes, según la capitana.",
        ),
    ),
    "sv": SampleArticle(
        "Flytande",
        "Färjan är tillbaka",
        "Efter två år på varvet går färjan till Sandhope igen från juni, och biljetten blir dyrare",
        "Av Ada Quill",
        "2 maj 2026",
        "Det var ännu mörkt när Maria Dell knöt sin halsduk och gick ensam ner för backen.",
        "Kaptenen och färjan",
        ("Ett nytt skrov för färjan", "Plats för 220 personer"),
        (
            "Färjan till Sandhope går igen från den 3 juni efter två år på varvet, meddelade kaptenen på tisdagen.",
            "Fartyget, som byggdes 1974, behövde ett nytt skrov för 4,1 miljoner kronor.",
            "Färjan ska göra sex turer om dagen. En biljett kostar nio kronor, en mer än förut, sade kaptenen.",
        ),
    ),
}
LANGUAGES = pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())


@pytest.mark.parametrize("headline", ["word", "headline"])
@pytest.mark.parametrize(
    ("head", "stop"),
    [
        ("{h}\n\n{s}", ""),
        ("{h}\n{s}", ""),
        ("{h}\n\n{s}\n\n{by}", ""),
        ("{h}\n\n{s}\n\nJo Marsh", ""),
        ("{h}\n\n{by}\n\n{s}", ""),
        ("{h}\n\n{s}", "."),
        ("{h}\n\n{s}\n\n{by}\n{date}", "."),
        ("{h}\n\n{by}\n\n{s}", "."),
        ("**{h}**\n\n**{s}**\n\n{by}", ""),
        ("# {h}\n\n*{s}*", "."),
    ],
)
@LANGUAGES
def test_a_short_headline_is_not_lost_to_the_standfirst_below_it(
    read: Read, story: SampleArticle, head: str, stop: str, headline: str
) -> None:
    """Of one word or a few; the standfirst stays the paper's, or the first paragraph."""
    first = story.standfirst + stop
    title = getattr(story, headline)
    stated = head.format(h=title, s=first, by=story.byline, date=story.date)

    article = read(f"{stated}\n\n{story.text}\n", name="a.md" if "*" in head else "a.txt")

    assert article.headline == title
    assert (article.standfirst, *article.paragraphs) == (first, *story.body)


@pytest.mark.parametrize("above", ["Transport", "Valley news", "SANDHOPE"])
@LANGUAGES
def test_a_sections_name_above_a_headline_is_none(read: Read, story: SampleArticle, above: str) -> None:
    """It is as short as a short headline, but a headline stands below it, no standfirst."""
    headline = " ".join(story.standfirst.split(",")[0].split()[:9])

    assert read(f"{above}\n\n{headline}\n\n{story.text}\n").headline == headline


@pytest.mark.parametrize(
    ("start", "kept"),
    [
        ("{h}\n\n{scene}\n\n{cross}", ()),
        ("{h}\n\n{by}\n\n{scene}\n\n{cross}", ()),
        ("{h}\n\n{scene}\n\n{one}\n{two}", ()),
        ("---\ntitle: {h}\n---\n{scene}\n\n{cross}", ()),
        ("# {h}\n\n{scene}\n\n## {cross}", ()),
        ("# {h}\n\n{scene}\n\n* {one}\n* {two}", ("one", "two")),
    ],
    ids=["crosshead", "byline", "list", "front matter", "Markdown", "Markdown list"],
)
@LANGUAGES
def test_a_lead_that_begins_from_afar_is_no_notice(
    read: Read, story: SampleArticle, start: str, kept: tuple[str, ...]
) -> None:
    """It shares no words with what follows the crosshead or the list below it, and stands below the headline."""
    one, two = story.items
    stated = start.format(h=story.headline, by=story.byline, scene=story.scene, cross=story.crosshead, one=one, two=two)

    article = read(f"{stated}\n\n{story.text}\n", name="a.md" if "#" in start else "a.txt")

    assert article.headline == story.headline
    assert article.paragraphs == (story.scene, *(story.items if kept else ()), *story.body)


@LANGUAGES
def test_a_notice_above_the_headline_still_goes(read: Read, story: SampleArticle) -> None:
    """There nothing above it says what the text tells."""
    article = read(f"{story.scene}\n\n{story.crosshead}\n\n{story.text}\n")

    assert article.headline == story.crosshead
    assert article.paragraphs == story.body
