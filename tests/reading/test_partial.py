"""What shows that a document holds only a part of its article, and what does not."""

import json
from collections.abc import Callable

import pytest

from standfirst.domain.article import Article
from standfirst.reading.completeness import ENDS_IN_DOTS, ENDS_IN_PROMPT, ENDS_IN_SENTENCE
from standfirst.reading.formats.html.partial import FOR_SUBSCRIBERS

Read = Callable[..., Article]

BEGINNING = (
    "The harbour board of Greyhaven will close its old fish market in May and move the traders to a new hall.",
    "Board members voted seven to two for the move, Ida Marrow said on Thursday.",
)
REST = (
    "The new hall will cost 3.2 million crowns, half of it paid by the region, and stand beside the railway station.",
    "Traders fear that fewer customers will come to a hall so far from the harbour, above all in winter.",
    "“We sell to those who walk past,” said Tom Brill, whose family has had a stall there since 1931.",
    "The board had looked at three other sites, and found each too small or too dear.",
    "An inspection in January found cracks in two of the market's five pillars.",
    "The old building will be pulled down in autumn, unless a buyer is found who repairs it.",
    "Two architects have shown interest, Marrow said, but neither has named a price.",
    "The first stalls are to open in the new hall on the third of June, a week before the summer season.",
    "A bus will run between the harbour and the station every ten minutes while the new hall is being tried.",
)
WHOLE = (*BEGINNING, *REST)
LONG = (*WHOLE, *(f"On pier {pier}, {line[0].lower()}{line[1:]}" for pier in ("two", "nine") for line in WHOLE))


def page(*paragraphs: str, below: str = "", head: str = "", **stated: object) -> str:
    """A page with ``paragraphs``, the HTML ``below`` them in its article, and what its JSON-LD has ``stated``."""
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Fish market to close", **stated}
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Fish market to close</title>{head}"
        f"<script type='application/ld+json'>{json.dumps(node)}</script></head><body><nav><a href='/'>Home</a></nav>"
        f"<main><article><h1>Fish market to close</h1>{body}{below}</article></main>"
        "<footer><p>© The Greyhaven Observer</p></footer></body></html>"
    )


def locked(selector: str) -> dict[str, object]:
    """What a page states whose elements of ``selector`` are for subscribers."""
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": selector}
    return {"isAccessibleForFree": False, "hasPart": part}


STATED = {
    "not free": page(*BEGINNING, isAccessibleForFree=False),
    "not free, in words": page(*BEGINNING, isAccessibleForFree="False"),
    "not free, as an address": page(*BEGINNING, isAccessibleForFree="https://schema.org/False"),
    "locked part that is missing": page(*BEGINNING, **locked(".rest")),
    "locked part that is empty": page(*BEGINNING, below="<div class='rest'></div>", **locked(".rest")),
    "locked part that only invites": page(
        *BEGINNING, below="<div class='rest'><p>Offres dès un euro par mois.</p></div>", **locked(".rest")
    ),
    "locked part with all that there is": page(*BEGINNING, **locked("article")),
    "locked tier": page(*BEGINNING, head="<meta property='article:content_tier' content='locked'>"),
}


@pytest.mark.parametrize("name", STATED)
def test_a_page_for_subscribers_that_holds_only_a_beginning_says_so(read: Read, name: str) -> None:
    """Whichever way the page states it."""
    article = read(STATED[name], "page.html")

    assert article.partial == FOR_SUBSCRIBERS
    assert article.paragraphs[:2] == BEGINNING


def test_a_page_that_states_far_more_words_than_it_shows_says_so(read: Read) -> None:
    """Be it as a number or as the text itself."""
    counted = read(page(*BEGINNING, wordCount=180), "page.html")
    written = read(page(*BEGINNING, wordCount="180"), "page.html")

    assert counted.partial == "The page states that the article has 180 words; 35 were read."
    assert written.partial == counted.partial


FULL = {
    "free": page(*BEGINNING, isAccessibleForFree=True),
    "about as many words as stated": page(*WHOLE, wordCount=200),
    "as many words as the text in its head": page(*WHOLE, articleBody=" ".join(WHOLE), isAccessibleForFree=False),
    "for subscribers, and long": page(*LONG, isAccessibleForFree=False),
    "for subscribers, with the locked part": page(
        *BEGINNING, below=f"<div class='rest'>{''.join(f'<p>{line}</p>' for line in REST)}</div>", **locked(".rest")
    ),
    "the text of another article in its head": page(*WHOLE, articleBody="The ferry is back. " * 200),
    "metered": page(*WHOLE, head="<meta property='article:content_tier' content='metered'>"),
    "broken statements": page(*WHOLE, wordCount="many", hasPart="none", isAccessibleForFree={}),
    "an empty paywall": page(*WHOLE, below="<div class='paywall'></div><p>Ruth Lind</p>"),
}


@pytest.mark.parametrize("name", FULL)
def test_a_page_with_the_whole_article_is_not_partial(read: Read, name: str) -> None:
    """A newsroom uploads its own pages, whoever they are for."""
    assert read(FULL[name], "page.html").partial is None


PROMPTS = {
    "en": "Subscribe to continue reading",
    "en in full": "To read this story in full, log in or start a free trial.",
    "de": "Registrieren Sie sich kostenlos, um weiterzulesen.",
    "fr": "Il vous reste 74 % de cet article à lire. La suite est réservée aux abonnés.",
    "es": "Suscríbete para seguir leyendo",
    "it": "Questo contenuto è riservato agli abbonati",
    "pt": "Assine para ler a reportagem completa",
    "nl": "Log in of word abonnee om verder te lezen",
    "pl": "Chcesz czytać dalej? Zaloguj się lub wykup prenumeratę.",
    "tr": "Haberin devamını okumak için abone olun",
    "fi": "Tilaa ja lue koko juttu",
    "sv": "Logga in eller bli prenumerant för att läsa vidare",
    "no": "Les hele saken med abonnement",
    "da": "Læs videre med et abonnement",
    "ru": "Чтобы прочитать статью полностью, оформите подписку",
    "uk": "Щоб прочитати статтю повністю, оформіть передплату",
    "cs": "Tento článek je jen pro předplatitele",
    "el": "Η συνέχεια είναι διαθέσιμη μόνο για συνδρομητές",
    "ar": "اشترك لمتابعة القراءة",
    "he": "המשך הכתבה למנויים בלבד",
    "ja": "この記事は有料会員限定です。",
    "zh": "订阅后可阅读全文",
    "a line": "Continue reading",
}


@pytest.mark.parametrize("language", PROMPTS)
def test_an_invitation_to_read_on_below_the_text_says_that_there_is_more(read: Read, language: str) -> None:
    """In a page, in a text and in JSON; it is no paragraph of the article."""
    prompt = PROMPTS[language]
    documents = {
        "page.html": page(*BEGINNING, below=f"<div><p>{prompt}</p></div>"),
        "story.txt": "\n\n".join(["Fish market to close", *BEGINNING, prompt]),
        "story.md": "\n\n".join(["# Fish market to close", *BEGINNING, prompt]),
        "story.json": json.dumps({"headline": "Fish market to close", "body": "\n\n".join([*BEGINNING, prompt])}),
    }
    for name, document in documents.items():
        article = read(document, name)

        assert (name, article.partial) == (name, ENDS_IN_PROMPT)
        assert article.paragraphs == BEGINNING


@pytest.mark.parametrize(
    "box",
    ["<aside><h3>{}</h3><p>From one crown.</p></aside>", "<form><button>{}</button></form>", "<div><a>{}</a></div>"],
)
def test_the_invitation_may_stand_in_a_box_of_its_own(read: Read, box: str) -> None:
    """A button or an aside, which hold nothing of the text; above the end they say nothing."""
    prompt = box.format("Subscribe to continue reading")

    below, within = page(*BEGINNING, below=prompt), page(*BEGINNING, below=f"{prompt}<p>{REST[0]}</p><p>{REST[1]}</p>")
    hidden = page(*BEGINNING, below=f"<div hidden>{prompt}</div>")

    assert (read(below, "page.html").partial, read(below, "page.html").paragraphs) == (ENDS_IN_PROMPT, BEGINNING)
    assert read(within, "page.html").partial is None
    assert read(hidden, "page.html").partial is None


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to our newsletter",
        "Thank you for reading. Please subscribe to support local news.",
        "Log in to comment on this article",
        "Read more: New hall opens in June",
        "Hat Ihnen dieser Artikel gefallen? Abonnieren Sie unseren Kanal.",
        "Cet article vous a plu ? Abonnez-vous !",
        "¿Te gustó este artículo? Suscríbete.",
        "Zaloguj się, aby skomentować",
        "Читайте также",
        "関連記事",
    ],
)
def test_other_invitations_below_the_text_say_nothing_of_it(read: Read, line: str) -> None:
    """Nearly every page asks for something at its end."""
    assert read(page(*WHOLE, below=f"<p>{line}</p>"), "page.html").partial is None
    assert read("\n\n".join(["Fish market to close", *WHOLE, line])).partial is None


def test_letters_lost_below_the_text_do_not_matter(read: Read) -> None:
    """What stands around the article is looked at for the article's sake."""
    lost = "\N{REPLACEMENT CHARACTER}" * 300

    assert read(page(*WHOLE, below=f"<footer><p>{lost}</p></footer>"), "page.html").paragraphs == WHOLE


def test_a_box_that_is_named_a_paywall_needs_no_known_language(read: Read) -> None:
    """Hungarian is in no list; the same line in another box says nothing."""
    line = "<h3>Olvassa tovább előfizetéssel, havi kétezer forintért.</h3>"

    for name in ("div", "aside"):
        box = f"<{name} class='article-paywall'>{line}</{name}>"
        article = read(page(*BEGINNING, below=box), "page.html")

        assert (article.partial, article.paragraphs) == (ENDS_IN_PROMPT, BEGINNING)
    assert read(page(*BEGINNING, below="<div id='paywall'></div>"), "page.html").partial
    assert read(page(*BEGINNING, below=f"<div class='weather'>{line}</div>"), "page.html").partial is None


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("The new hall will cost 3.2 million crowns, half of it paid…", ENDS_IN_DOTS),
        ("The new hall will cost 3.2 million crowns [...]", ENDS_IN_DOTS),
        ("The new hall will cost 3.2 million crowns, half of it paid by the", ENDS_IN_SENTENCE),
        (
            "The new hall will cost 3.2 million crowns, half of it paid by the region, and the board would",
            ENDS_IN_SENTENCE,
        ),
        ("The new hall will cost 3.2 million crowns,", ENDS_IN_SENTENCE),
        ("The new hall will cost 3.2 million crowns.", None),
        ("The new hall will cost 3.2 million crowns, said Ida Marrow", None),
        ("“And what becomes of us after that, I really could not say…”", None),
        ("Ida Marrow writes for the Observer: https://example.com/marrow", None),
        ("Wait and see…", None),
    ],
)
def test_a_text_that_breaks_off_says_so(read: Read, end: str, reason: str | None) -> None:
    """A line that merely lacks its full stop does not break off."""
    paragraphs = [*BEGINNING, REST[1], end]

    assert read(json.dumps({"headline": "Fish market to close", "paragraphs": paragraphs}), "a.json").partial == reason


def test_a_text_whose_paragraphs_end_with_dots_does_not_break_off(read: Read) -> None:
    """Some columnists write so."""
    paragraphs = [f"{line.rstrip('.')}…" for line in (*BEGINNING, REST[1])]

    assert read(json.dumps({"headline": "Fish market to close", "paragraphs": paragraphs}), "a.json").partial is None


def test_a_german_text_that_breaks_off_says_so(read: Read) -> None:
    """The words that no sentence ends with are those of the text's language."""
    text = (
        "Der Hafenrat von Grauhafen schließt im Mai den alten Fischmarkt.\n\n"
        "Die neue Halle kostet 3,2 Millionen Kronen und wird von der"
    )

    assert read(text, language="de").partial == ENDS_IN_SENTENCE
