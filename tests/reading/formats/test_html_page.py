"""HTML pages: the story, what the head states of it, and nothing that is hidden."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.domain.errors import EmptyDocument, InvalidDocument, ReadingError
from standfirst.reading.formats.html.page import read
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source

SAMPLE = Path(__file__).parents[3] / "local" / "standfirst_local" / "samples" / "harbour-page.html"
FIRST = "The harbour of Dunmere was reopened on Monday morning after five months of repairs, the mayor said."
SECOND = "Eleven boats had left the town during the winter, and nine of them have come back, the office said."
STANDFIRST = "Ferries sail again, and the boats that left the town during the winter get their quay back."
BODY = f"<article><h1>Dunmere reopens harbour</h1><p>{FIRST}</p><p>{SECOND}</p></article>"


def story(page: str | bytes, content_type: str | None = None) -> ParsedArticle:
    """The one story of ``page``."""
    (found,) = read(Source(page.encode() if isinstance(page, str) else page, "story.html", content_type))
    return found


def page(head: str = "", body: str = BODY, attributes: str = "") -> str:
    """A page with ``head`` and ``body``."""
    return f"<!DOCTYPE html><html{attributes}><head>{head}</head><body>{body}</body></html>"


def test_a_page_is_read_as_its_story() -> None:
    """Headline, standfirst, language, date and paragraphs; no boilerplate and nothing hidden."""
    found = story(SAMPLE.read_bytes())

    assert found.headline == "Dunmere reopens its harbour after a winter of repairs"
    assert found.standfirst == "Ferries sail again to the islands of Merrow, and the fishermen get their quay back."
    assert found.language == "en-GB"
    assert found.published_at == "2025-03-04T09:30:00Z"
    assert [paragraph.split()[0] for paragraph in found.paragraphs] == ["The", "The", "Eleven", "“We", "The"]
    assert not any(word in " ".join(found.paragraphs) for word in ("Hidden", "alternative", "fire", "Copyright"))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"From JSON"}</script>', "From JSON"),
        ('<script type="application/ld+json">[{"@graph":[{"@type":["Article"],"headline":"A &amp; B"}]}]</script>',
         "A & B"),
        ('<script type="application/ld+json">{"@type": broken</script>', "Dunmere reopens harbour"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":[{"a":1},7]}</script>',
         "Dunmere reopens harbour"),
        (('<meta property="og:title" content="From Open Graph - The Post"><meta property="og:site_name" '
         'content="The Post">'), "From Open Graph"),
        ("<title>Not this | Post</title>", "Dunmere reopens harbour"),
    ],
    ids=["object", "list with a graph", "broken", "wrong types", "og without site", "h1 before title"],
)  # fmt: skip
def test_the_headline_is_taken_from_the_most_exact_place(head: str, expected: str) -> None:
    """JSON-LD, Open Graph, the first heading, the title."""
    assert story(page(head)).headline == expected


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f'<script type="application/ld+json">{{"@type":"NewsArticle","abstract":"{STANDFIRST}"}}</script>', BODY),
        (f'<script type="application/ld+json">{{"@type":"Article","alternativeHeadline":"{STANDFIRST}"}}</script>',
         BODY),
        (f'<meta name="description" content="{STANDFIRST}">', BODY),
        ("", BODY.replace("</h1>", f"</h1><p class='dek'>{STANDFIRST}</p>")),
        ("", BODY.replace("</h1>", f"</h1><h2 class='articleSubtitle'>{STANDFIRST}</h2>")),
        ("", BODY.replace("</h1>", f"</h1><div itemprop='alternativeHeadline'>{STANDFIRST}</div>")),
    ],
    ids=["abstract", "alternativeHeadline", "description", "dek", "subtitle", "itemprop"],
)  # fmt: skip
def test_the_own_standfirst_is_kept_apart(head: str, body: str) -> None:
    """Stated or marked, and not told again in the paragraphs."""
    found = story(page(head, body))

    assert found.standfirst == STANDFIRST
    assert found.paragraphs == (FIRST, SECOND)


@pytest.mark.parametrize(
    "description",
    [FIRST, FIRST[:60] + "…", "Dunmere reopens harbour", "All the news of all the valleys, every day, for everybody."],
    ids=["first words", "cut off", "headline", "of the site"],
)
def test_a_description_that_tells_nothing_of_its_own_is_no_standfirst(description: str) -> None:
    """The first paragraph stays the lead."""
    found = story(page(f'<meta property="og:description" content="{description}">'))

    assert found.standfirst is None
    assert found.paragraphs == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("head", "attributes", "expected"),
    [
        ("", ' lang="de"', "de"),
        ("", ' xml:lang="fr-CH"', "fr-CH"),
        ('<script type="application/ld+json">{"@type":"Article","inLanguage":{"alternateName":"sv"}}</script>', "",
         "sv"),
        ('<meta property="og:locale" content="pt_BR">', "", "pt_BR"),
        ("", "", None),
    ],
    ids=["lang", "xml:lang", "JSON-LD", "og:locale", "none"],
)  # fmt: skip
def test_the_language_is_what_the_page_says(head: str, attributes: str, expected: str | None) -> None:
    """And left to detection where it says nothing."""
    assert story(page(head, attributes=attributes)).language == expected


def test_the_date_is_read_from_a_time_element_too() -> None:
    """Where nothing better states it; what is no date is passed over."""
    head = '<meta property="article:published_time" content="yesterday">'
    body = '<time datetime="2025-03-04">Tuesday</time>' + BODY

    assert story(page(head, body)).published_at == "2025-03-04"


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("windows-1251", "cp1251", "Гавань открылась в понедельник утром после ремонта, сказал мэр города."),
        (
            "shift_jis",
            "cp932",
            "港は月曜日の朝に再開したと町長は述べた。修理には五か月かかり、費用は四億円だった。" * 2,
        ),
        ("gb2312", "gb18030", "港口周一早上重新开放，市长说，修理花了五个月，费用为四百万克朗，渡轮再次驶向群岛。" * 2),
        (
            "iso-8859-2",
            "iso8859-2",
            "Port został ponownie otwarty w poniedziałek rano, powiedział burmistrz, żeglując.",
        ),
        (
            "iso-2022-jp",
            "iso2022_jp",
            "港は月曜日の朝に再開したと町長は述べた。修理には五か月かかり、費用は高かった。" * 2,
        ),
    ],
    ids=["Cyrillic", "Shift JIS", "GB 2312", "Latin 2", "ISO-2022-JP"],
)
@pytest.mark.parametrize(
    "meta",
    ['<meta charset="{}">', '<meta http-equiv="Content-Type" content="text/html; charset={}">'],
    ids=["charset", "http-equiv"],
)
def test_the_charset_a_page_declares_is_used(declared: str, codec: str, text: str, meta: str) -> None:
    """In either spelling of the declaration."""
    content = page(meta.format(declared), f"<p>{text}</p><p>{text[::-1]}</p>").encode(codec)

    assert story(content).paragraphs[0] == text


def test_a_broken_byte_in_a_teaser_does_not_spoil_the_page() -> None:
    """It is the story that must be whole."""
    content = page('<meta charset="utf-8">', BODY + "<nav>café X</nav>").replace("café", "“café”")

    assert story(content.encode().replace(b"X", b"\xe2\x80")).paragraphs == (FIRST, SECOND)


def test_xhtml_is_read() -> None:
    """With its declaration, its namespace and its closed tags."""
    xhtml = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>T</title></head>'
        f"<body>{BODY}</body></html>"
    )

    assert story(xhtml).paragraphs == (FIRST, SECOND)


def test_text_that_is_only_called_html_is_read_as_text() -> None:
    """A name is no format."""
    assert story(f"Dunmere reopens harbour\n\n{FIRST}\n\n{SECOND}\n").paragraphs == (FIRST, SECOND)


@pytest.mark.parametrize(
    "empty",
    ["<html></html>", "<nav><a href='/'>Home</a></nav>", "<!-- only a comment -->", "<script>var x;</script>"],
    ids=["empty", "navigation", "comment", "script"],
)
def test_a_page_without_a_story_is_refused(empty: str) -> None:
    """With a reason."""
    with pytest.raises(EmptyDocument, match="HTML"):
        story(empty)


def test_deep_nesting_is_read_or_refused() -> None:
    """A hundred levels are read, a thousand are broken HTML."""
    assert story("<div>" * 100 + BODY + "</div>" * 100).paragraphs == (FIRST, SECOND)
    with pytest.raises(InvalidDocument, match="nested"):
        story("<div>" * 1000 + BODY)


TAGS = st.sampled_from(
    ["p", "div", "h1", "h2", "article", "table", "tr", "td", "ul", "li", "script", "style", "br", "a", "body", "html",
     "head", "title", "meta", "svg", "template", "blockquote", "pre", "q", "figure", "noscript", "x:y"]
)  # fmt: skip
SOUP = st.lists(
    st.one_of(
        TAGS.map("<{}>".format),
        TAGS.map("</{}>".format),
        TAGS.map("<{} hidden class='dek' style='display:none' itemprop=x lang=''>".format),
        st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>", "&#0;", "&nbsp;", "<", "&#xD800;", "<?xml version='1.0'?>",
                         '<script type="application/ld+json">{"@type":"Article","headline":', FIRST, SECOND]),
        st.text(max_size=20),
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(soup=SOUP)
def test_any_soup_of_tags_is_read_or_refused(soup: str) -> None:
    """No other exception leaves the reader, and no paragraph is empty."""
    try:
        stories = read(Source(soup.encode("utf-8", "replace"), "soup.html"))
    except ReadingError as error:
        assert str(error).endswith(".")  # noqa: PT017 - either outcome is right
    else:
        assert all(paragraph.strip() == paragraph != "" for found in stories for paragraph in found.paragraphs)


def test_a_box_of_the_first_paragraphs_is_no_standfirst() -> None:
    """Metered pages call it a teaser."""
    body = BODY.replace("<p>", "<div class='teaser-content'><p>", 1).replace("</article>", "</div></article>")

    found = story(page("", body))

    assert found.standfirst is None
    assert found.paragraphs == (FIRST, SECOND)


SITE = "Orren Valley Gazette"
TITLE = "Dunmere reopens harbour"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"<title>{TITLE} - {SITE}</title>", f"<div>{TITLE}</div><p>{FIRST}</p><p>{SECOND}</p>"),
        (f"<title>{TITLE} - {SITE}</title><link rel=canonical href=https://orrenvalleygazette.example/1>", BODY),
        ("<title>Gazette News - " + TITLE + "</title><meta property=og:site_name content='Gazette News'>",
         BODY.replace("h1", "h2")),
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"' + f"{TITLE} – {SITE}"
         + '","publisher":{"name":"' + SITE + '"}}</script>', BODY),
    ],
    ids=["printed without it", "host", "in front", "publisher"],
)  # fmt: skip
def test_the_site_is_no_part_of_the_headline(head: str, body: str) -> None:
    """Its name is known from the head, or the page prints the title without it."""
    assert story(page(head, body)).headline == TITLE


def test_a_dash_in_a_headline_stays() -> None:
    """What stands behind it is the name of no site."""
    headline = "Dunmere reopens harbour – two years late"

    assert story(page(f"<title>{headline}</title>", BODY.replace(f"<h1>{TITLE}</h1>", ""))).headline == headline


THIRD = "The harbour office hopes for forty boats by the summer, and the school for the children of their crews."
MORE = (
    THIRD,
    "A new crane of the harbour is to lift them out of the water in the autumn, when the storms begin again.",
)


@pytest.mark.parametrize("hides", ["hidden", "style='display:none'", "class=members"])
def test_what_a_page_says_is_for_subscribers_is_read(hides: str) -> None:
    """They see it; the page is uploaded by the paper."""
    node = '{"@type":"NewsArticle","hasPart":{"isAccessibleForFree":false,"cssSelector":"#rest"}}'
    head = f'<script type="application/ld+json">{node}</script><style>.members{{display:none}}</style>'
    rest = f"<div id=rest {hides}>{''.join(f'<p>{text}</p>' for text in MORE)}</div>"

    assert story(page(head, BODY.replace("</article>", rest + "</article>"))).paragraphs == (FIRST, SECOND, *MORE)


def test_a_body_that_json_ld_states_is_read_where_it_tells_more() -> None:
    """A script would load the rest."""
    node = '{"@type":"NewsArticle","articleBody":"' + "\\n\\n".join((FIRST, SECOND, *MORE)) + '"}'

    found = story(page(f'<script type="application/ld+json">{node}</script>'))

    assert found.paragraphs == (FIRST, SECOND, *MORE)


def test_a_part_that_a_script_moves_into_place_is_read_there() -> None:
    """React streams it, hidden, behind the rest of the page."""
    told = "".join(f"<p>{text}</p>" for text in (FIRST, SECOND, *MORE))
    place = '<template id="B:1"></template>'
    last = "The mayor is to open the crane on the first day of October, her office said in a note to the town."
    streamed = f'<div hidden id="S:1"><p>{last}</p></div><script>$RC("B:1","S:1")</script>'

    found = story(page("", f"<article><h1>{TITLE}</h1>{told}{place}</article>{streamed}"))

    assert found.paragraphs == (FIRST, SECOND, *MORE, last)


def test_hidden_text_stays_out_however_long_it_is() -> None:
    """Where the page in view tells what its headline says."""
    head = "<title>Dunmere reopens harbour</title><style>.x{display:none}</style>"
    hidden = f"<div class=x>{f'<p>{THIRD}</p>' * 30}</div>"

    found = story(page(head, BODY.replace("</article>", f"<p>{MORE[1]}</p>{hidden}</article>")))

    assert found.paragraphs == (FIRST, SECOND, MORE[1])


def test_a_page_that_shows_only_other_stories_until_its_script_has_run_is_read() -> None:
    """What is in view has nothing of its headline."""
    head = "<title>Dunmere reopens harbour</title><style>.x{visibility:hidden}</style>"
    others = "<p>Forty hand bells were stolen from the church on Sunday night, police told its congregation.</p>" * 4
    told = "".join(f"<p>{text}</p>" for text in (FIRST, SECOND, *MORE, *MORE))
    body = f"<div>{others}</div><article class=x>{told}</article>"

    assert FIRST in story(page(head, body)).paragraphs


def test_an_aside_beside_a_body_without_paragraph_elements_stays_out() -> None:
    """The lines of the story are text, too, though only the box has paragraphs."""
    told = "<br><br>".join((FIRST, SECOND, *MORE))
    letters = "Write to our editors, who answer every letter that comes in. " * 4
    box = f"<aside><h3>Newsletter</h3><p>{letters}</p></aside>"

    found = story(page(f"<title>{TITLE}</title>", f"<article><h1>{TITLE}</h1><div>{told}</div>{box}</article>"))

    assert found.paragraphs == (FIRST, SECOND, *MORE)


@pytest.mark.parametrize(
    "hides", ["hidden", "style='display:none'", "class=x", "hidden id='S:0'", "style='font-size:0'"]
)
def test_hidden_text_stays_out_of_a_brief(hides: str) -> None:
    """Such as the comments below it, which are longer than it is."""
    comments = f"<div {hides}>{''.join(f'<p>{text}</p>' for text in (*MORE, *MORE, *MORE))}</div>"
    head = f"<title>{TITLE}</title><style>.x{{display:none}}</style>"

    found = story(page(head, BODY.replace("</article>", f"{comments}</article>")))

    assert found.paragraphs == (FIRST, SECOND)


def test_a_page_that_shows_only_its_standfirst_until_its_script_has_run_is_read() -> None:
    """What is in view is what the page states as its description."""
    lead = "Dunmere reopens its harbour after five months of repairs, and nine of the eleven boats have come back."
    head = f'<title>{TITLE}</title><meta name="description" content="{lead}"><style>.x{{visibility:hidden}}</style>'
    told = "".join(f"<p>{text}</p>" for text in (FIRST, SECOND, *MORE))

    found = story(page(head, f"<article><h1>{TITLE}</h1><p>{lead}</p><div class=x>{told}</div></article>"))

    assert FIRST in found.paragraphs


def test_hidden_text_stays_out_of_a_story_without_spaces_between_words() -> None:
    """Its headline has no words that could stand in it, but their letters do."""
    title = "新しい橋、町議会が承認"
    told = (
        "マーロウ町の議会は月曜日の夜に開かれ、町を流れる川に新しい橋を建設する計画を賛成多数で承認した。",
        "費用は四百万ポンドで、その半分は県が負担すると議長は記者団に語った。工事は来年の五月に始まる見通しで、二年かかる。",
    )
    hidden = "<p>町長は辞任するべきだと思うし、皆がそう話している。</p>" * 12
    body = f"<article><h1>{title}</h1><p>{told[0]}</p><p>{told[1]}</p><div hidden>{hidden}</div></article>"

    assert story(page(f'<title>{title}</title><meta charset="utf-8">', body)).paragraphs == told
