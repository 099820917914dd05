"""The kind of an article: what names it, and what in its text shows it."""

from collections.abc import Sequence

import pytest

from standfirst.domain.article import Article, Document
from standfirst.reading.boilerplate.paragraphs import MAX_LINES
from standfirst.reading.document import read_document
from standfirst.reading.kinds.detect import detect_kind

REPORT = (
    "The ferry will run again from Monday, the port authority said on Friday.",
    "“I have waited nine weeks for this,” said Ines Korrel, who runs the island's only bakery.",
    "“My flour came by helicopter,” she said. “I paid for it myself.”",
    "Repairs cost 1.2 million crowns. Who pays for them is not decided yet.",
)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("OpinionNewsArticle", "opinion"),
        ("LiveBlogPosting", "live"),
        ("AdvertiserContentArticle", "advertisement"),
        ("genre:Obituary", "obituary"),
        ("http://cv.iptc.org/newscodes/genre/Press_Release", "release"),
        ("genre:Results_Listings_and_Statistics", "results"),
        ("/opinion/columnas", "opinion"),
        ("Debatte", "opinion"),
        ("NewsArticle", "news"),
        ("genre:Current", "news"),
        ("Live music", "news"),
        ("kind:recipe", "recipe"),
        ("kind:Kommentar", "opinion"),
        ("", "news"),
    ],
)
def test_a_label_names_the_kind(label: str, kind: str) -> None:
    """The types of schema.org, the genres of the IPTC, and sections; words that only contain one are none."""
    assert detect_kind([label], "Ferry runs again", REPORT, "en", 90) == kind


def test_the_first_label_that_says_something_counts() -> None:
    """The most exact one comes first."""
    assert detect_kind(["NewsArticle", "Review", "Opinion"], None, REPORT, "en", 90) == "review"


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Kommentar: Wer das Freibad schließt", "opinion"),
        ("LIVE | Brand in Veldhaven", "live"),
        ("Storm over Orrin – as it happened", "live"),
        ("Corrections and clarifications", "correction"),
        ("Review of the harbour plan is late, council says", "news"),
        ("Opinion poll: most want the ferry back", "news"),
        ("Police review: nine failings", "news"),
    ],
)
def test_a_headline_names_the_kind_before_a_mark_or_behind_one(headline: str, kind: str) -> None:
    """Only where the words are nothing but the name of a kind."""
    assert detect_kind([], headline, REPORT, "en", 90) == kind


def test_a_kicker_names_the_kind() -> None:
    """A line above or below the headline that is nothing else."""
    assert detect_kind([], "Ferry runs again", ("Leitartikel", "Ferry runs again", *REPORT), "de", 90) == "opinion"


def test_a_word_further_down_is_no_kicker() -> None:
    """Such as a heading over a box."""
    assert detect_kind([], "Ferry runs again", ("Ferry runs again", *REPORT, "Opinion"), "en", 90) == "news"


def test_an_advertisement_in_a_page_makes_no_advertisement_of_it() -> None:
    """The word stands over each box of one."""
    assert detect_kind([], "Ferry runs again", ("Anzeige", "Ferry runs again", *REPORT), "de", 90) == "news"


TIMES = [f"{hour}.15 Another boat has left the harbour of Dunmere." for hour in range(8, 14)]
QUESTIONS = [text for n in range(5) for text in (f"What was the {n}th year like?", "Much as the one before it was.")]
STEPS = ["Boil the leeks in the milk.", "Let them cool."]
CASES: dict[str, tuple[Sequence[str], str]] = {
    "times forwards": (TIMES, "live"),
    "times backwards": (TIMES[::-1], "live"),
    "times in headings": ([text for time in TIMES for text in (f"+++ {time[:5]} Uhr: Norlink +++", REPORT[3])], "live"),
    "times out of order": ([TIMES[at] for at in (3, 0, 5, 1, 4, 2)], "news"),
    "two times in a report": ([*REPORT, *TIMES[:2]], "news"),
    "questions and answers": (QUESTIONS, "interview"),
    "questions without answers": ([*REPORT, *QUESTIONS[::2]], "news"),
    "quantities": (["250 g flour", "4 leeks", "½ tsp salt", "2 dl milk", "3 eggs", *STEPS], "recipe"),
    "quantities without measures": (["4 leeks", "3 boats", "2 ferries", "5 harbours", *STEPS], "news"),
    "numbered headings": ([text for n in range(1, 6) for text in (f"{n}. Cape Durrow", REPORT[0])], "list"),
    "headings counted down": ([text for n in range(5, 0, -1) for text in (f"{n}) Skerrin", REPORT[0])], "list"),
    "numbered sentences": ([f"{n}. {REPORT[0]}" for n in range(1, 6)], "news"),
    "scores": ([f"Dunmere {n} - {n + 1} Skerrin" for n in range(6)], "results"),
    "figures": (
        ["Men: 1 Hallam 49:17; 2 Teague 49:55; 3 Anselm 50:40", "Women: 1 Roake 53:20; 2 Amory 54:31"],
        "results",
    ),
    "stars": ([*REPORT, "★★★☆☆"], "review"),
    "contact of the press office": ([*REPORT, "Media contact: Ann Hollis, Norlink"], "release"),
    "first person": (["I went back in June.", "My boat was gone.", "Nobody told me why.", "It rained."], "opinion"),
    "first person in quotations": (
        ['"I waited," said Ann Hollis.', "„Ich nicht, I never did“, he said.", *REPORT],
        "news",
    ),
}


@pytest.mark.parametrize(("lines", "kind"), CASES.values(), ids=CASES.keys())
def test_the_text_shows_the_kind(lines: Sequence[str], kind: str) -> None:
    """By how it is built, where nothing names it."""
    assert detect_kind([], "A day in Dunmere", lines, "en", 90) == kind


def test_a_headline_with_the_years_of_a_life_is_an_obituary() -> None:
    """But not one with the years of a war."""
    assert detect_kind([], "Ada Brandt, 1931–2026", REPORT, "en", 90) == "obituary"
    assert detect_kind([], "The siege of Skerrin, 1941–1944", REPORT, "en", 90) == "news"


def test_first_person_is_looked_for_in_the_language_of_the_text() -> None:
    """Danish "i" is "in", not "I"."""
    lines = ["Han bor i Vesterlund i dag.", "Det var i juni.", "Skibet ligger i havnen.", "Vi ses i morgen."]

    assert detect_kind([], None, lines, "da", 90) == "news"


NITF = """<nitf><head><fixture fix-id="horoscope"/></head>
<body><body.content><p>{text}</p></body.content></body></nitf>"""


def test_what_a_document_says_for_us_settles_it() -> None:
    """As ``kind: news`` of a text that is built like a list; a section called "News" does not."""
    questions = CASES["questions and answers"][0]

    assert detect_kind(["kind:news"], None, questions, "en", 90) == "news"
    assert detect_kind(["News"], None, questions, "en", 90) == "interview"


def test_an_item_that_is_too_short_for_a_summary_is_a_brief() -> None:
    """Unless it is known to be something else."""
    assert [detect_kind([], None, REPORT[:1], "en", words) for words in (34, 35)] == ["brief", "news"]
    assert detect_kind(["Opinion"], None, REPORT[:1], "en", 34) == "opinion"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.md", "---\ntitle: Ferry\ncategories: [Sele, Kommentar]\n---\n{text}", "opinion"),
        ("a.txt", "---\ntitle: Ferry\nkind: news\nsection: Opinion\n---\n{text}", "news"),
        ("a.json", '{"headline": "Ferry", "section": "Opinion", "text": "{text}"}', "opinion"),
        ("a.json", '{"headline": "Ferry", "section": 7, "genre": [1, {"name": 2}], "text": "{text}"}', "news"),
        ("a.json", '{"@type": ["NewsArticle", "Review"], "headline": "Ferry", "articleBody": "{text}"}', "review"),
        ("a.json", '{"uri": "urn:a", "genres": [{"uri": "genre/Opinion"}], "body_text": "{text}"}', "opinion"),
        ("a.html", '<meta property="article:section" content="Obituaries"><h1>Ferry</h1><p>{text}</p>', "obituary"),
        ("a.html", "<script type='application/ld+json'>[{'@type': 7}]</script><h1>Ferry</h1><p>{text}</p>", "news"),
        (
            "a.html",
            '<script type="application/ld+json">{"@type": "Article", "about": {"@type": "Recipe"}}</script>{text}',
            "news",
        ),
        ("a.xml", NITF, "horoscope"),
    ],
    ids=[
        "front matter",
        "kind before section",
        "plain JSON",
        "strange labels",
        "JSON-LD",
        "ninjs",
        "section of a page",
        "strange JSON-LD",
        "a kind that a page mentions",
        "fixture",
    ],
)
def test_each_format_has_its_place_for_the_kind(name: str, content: str, kind: str) -> None:
    """What is of another type than expected says nothing, and is no error."""
    text = "The ferry across the Sele will run again from Monday, the port authority of Dunmere said on Friday. " * 3

    [article] = read_document(Document(name, content.replace("{text}", text).encode()))

    assert isinstance(article, Article)
    assert article.kind == kind


def test_a_table_of_scores_is_read_whole() -> None:
    """No line of it is a paragraph; without them it would be too short for an article."""
    scores = "\n".join(f"Dunmere {n} - {n + 1} Skerrin United" for n in range(6))

    [article] = read_document(Document("a.txt", f"Rowing: the day\n\n{scores}\n".encode()))

    assert isinstance(article, Article)
    assert article.kind == "results"
    assert article.text.count("Skerrin") == 6


def test_a_page_whose_main_part_is_beyond_reading_is_read_as_before() -> None:
    """What is looked at for the kind alone is no reason to refuse a page."""
    log = "\n".join(["x"] * (MAX_LINES + 1))
    story = f"<article><h1>Ferry runs again</h1>{''.join(f'<p>{text} {text}</p>' for text in REPORT)}</article>"

    [article] = read_document(Document("a.html", f"<main>{story}<footer><pre>{log}</pre></footer></main>".encode()))

    assert isinstance(article, Article)
    assert article.kind == "news"


@pytest.mark.parametrize(
    "beside",
    [
        "<p>I think my town should have asked me first, and I hope that we get a better ferry.</p>" * 8,
        "<p>Who pays for the ferry?</p><p>The county does, as far as we know.</p>" * 8,
        "".join(f"<div>1{hour}:20 <a href='/{hour}'>Ferry to Sall runs again</a></div>" for hour in range(8)),
        "".join(f"<div>Dunmere {goals}:1 Sall</div>" for goals in range(12)),
        "<div>Rate this article</div><div>★★★★★</div>",
        "<ul><li>200 g flour</li><li>3 tbsp sugar</li><li>100 ml milk</li><li>1 tsp salt</li></ul>",
    ],
    ids=["comments", "questions", "ticker", "scores", "stars", "recipe"],
)
def test_what_stands_beside_the_text_of_a_page_says_nothing_of_its_kind(beside: str) -> None:
    """Comments and boxes are in the main part of a page as well, but not in the box of the text."""
    told = "".join(f"<p>{paragraph}</p>" for paragraph in REPORT)
    page = f"<main><article><h1>Ferry runs again</h1>{told}</article><section class=comments>{beside}</section></main>"

    (article,) = read_document(Document("ferry.html", page.encode()))

    assert isinstance(article, Article)
    assert (article.paragraphs, article.kind) == (REPORT, "news")


def test_what_stands_above_the_text_of_a_page_says_its_kind() -> None:
    """A kicker is outside the box of the text."""
    told = "".join(f"<p>{paragraph}</p>" for paragraph in REPORT)
    page = f"<main><header><p>Opinion</p><h1>Ferry runs again</h1></header><div>{told}</div></main>"

    (article,) = read_document(Document("ferry.html", page.encode()))

    assert isinstance(article, Article)
    assert article.kind == "opinion"


def test_a_comment_of_a_reader_makes_no_comment_of_the_article() -> None:
    """It has a node of its own in some pages."""
    told = "".join(f"<p>{paragraph}</p>" for paragraph in REPORT)
    node = '<script type="application/ld+json">{"@type": "Comment", "text": "Well done."}</script>'

    (article,) = read_document(Document("ferry.html", f"<h1>Ferry runs again</h1>{told}{node}".encode()))

    assert isinstance(article, Article)
    assert article.kind == "news"
