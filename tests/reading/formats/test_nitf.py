"""NITF: each field from where the specification puts it, and nothing in the body but the story."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.domain.article import Article, Document
from standfirst.domain.errors import ArticleKilled, EmptyDocument, ReadingError
from standfirst.reading.document import read_document
from standfirst.reading.timestamps import UNTIL_FURTHER_NOTICE

Read = Callable[..., Article]

BUNDLED = Path(__file__).parents[3] / "local" / "standfirst_local" / "samples"
SAMPLE = (BUNDLED / "ferry-nitf.xml").read_text(encoding="utf-8")
LEAD = "The ferry across the Sele is to return in June, the council of Brackenford said on Tuesday."
NEXT = "It stopped in 2019, when a flood washed its landing stage away, and nobody had paid for another."


def _nitf(content: str = f"<p>{LEAD}</p>", head: str = "", docdata: str = "", status: str = "usable") -> str:
    data = f'<head><docdata management-status="{status}">{docdata}</docdata></head>'
    body = f"<body.head>{head}</body.head><body.content>{content}</body.content>"
    return f"<nitf>{data}<body>{body}</body></nitf>"


def test_every_field_of_a_full_document_reaches_the_article(read: Read) -> None:
    """Dates written in the basic form of ISO 8601 come out as RFC 3339."""
    article = read(SAMPLE, name="ferry.xml")

    assert article.format == "nitf"
    assert article.headline == "Ferries to the Dunmere islands resume after nine weeks"
    assert article.standfirst == "Crews accept a pay deal, and a panel will look at the timetable"
    assert article.language == "en-GB"
    assert article.published_at == "2026-03-03T10:15:00Z"
    assert article.version == "3"
    assert article.embargoed_until == "2026-03-04T06:00:00Z"


def test_the_body_is_the_story_alone(read: Read) -> None:
    """Without crosshead, pictures, tables, notes, footnotes, dateline and sign-off; with lists and quotations."""
    assert read(SAMPLE, name="ferry.xml").paragraphs == (
        "Ferries to the Dunmere islands resumed on Monday after crews of Norlink accepted a pay deal.",
        "The first boat left at dawn with 84 passengers, said Ann Hollis, who runs it. It cost 3 1/2 million euros.",
        "“We had run out of flour,” she said. “Nobody slept”, her neighbour added.",
        "The deal has three parts:",
        "a rise of 4 percent",
        "two more crews in summer",
        "“It is a good day for the islands,” the mayor told the council.",
        "A joint panel will review the timetable in September, both sides said.",
    )


@pytest.mark.parametrize(
    "opening",
    [
        '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" baselang="en-GB"',
        '<n:nitf xmlns:n="http://iptc.org/std/NITF/2006-10-18/" baselang="en-GB"',
    ],
    ids=["default namespace", "prefix"],
)
def test_a_namespace_changes_nothing(read: Read, opening: str) -> None:
    """The same document in the schema's namespace, as its default or under a prefix."""
    spelled = SAMPLE[SAMPLE.index("<nitf") :].replace('<nitf baselang="en-GB"', opening)
    if "<n:" in opening:
        spelled = spelled.replace("</", "</n:").replace("<", "<n:").replace("<n:/n:", "</n:").replace("<n:!", "<!")
        spelled = spelled.replace("<n:n:", "<n:")

    assert read(spelled, name="ferry.xml") == read(SAMPLE, name="ferry.xml")


@pytest.mark.parametrize(
    ("inline", "text"),
    [
        ("the <org>Sele Post</org>, founded", "the Sele Post, founded"),
        ("<person><name.given>Ann</name.given><name.family>Hollis</name.family></person> said", "Ann Hollis said"),
        ("in <location><city>Sarn</city>, <country>Merrow</country> </location>.", "in Sarn, Merrow."),
        ("of 10<sup>6</sup> litres", "of 10⁶ litres"),
        ("CO<sub>2</sub> fell", "CO2 fell"),
        ("<num>1<frac><frac-num>1</frac-num><frac-sep>/</frac-sep><frac-den>4</frac-den></frac></num> miles",
         "1 1/4 miles"),
        ("said “<q>No</q>” twice", "said “No” twice"),
        ("said <q>“No”</q> twice", "said “No” twice"),
        ("said <q>no</q> twice", "said “no” twice"),
        ("one<br/>two", "one two"),
        ("lost 1-\n        3 at home", "lost 1-3 at home"),
        ("a <![CDATA[Merrow & Sarn]]> deal", "a Merrow & Sarn deal"),
        ("the <em style='display: none'>hidden</em> word", "the word"),
        ("two<!-- a comment -->fold", "twofold"),
    ],
    ids=["organisation", "names", "place", "power", "index", "fraction", "quoted outside", "quoted inside", "unquoted",
         "line break", "wrapped score", "cdata", "hidden", "comment"],
)  # fmt: skip
def test_inline_markup_keeps_its_words_and_their_spacing(read: Read, inline: str, text: str) -> None:
    """A number must not become another one, nor two names one word."""
    article = read(_nitf(f"<p>{LEAD}</p><p>They spoke of it, {inline} and went home.</p>"), name="story.xml")

    assert article.paragraphs[1] == f"They spoke of it, {text} and went home."


@pytest.mark.parametrize(
    "body",
    [
        f"<body.head><hedline><hl1>Ferry</hl1></hedline></body.head><p>{LEAD}</p><p>{NEXT}</p>",
        f"<body.head><hl1>Ferry</hl1></body.head><body.content><p>{LEAD}</p><p>{NEXT}</p></body.content>",
        f"<body.head><hedline>Ferry</hedline></body.head><block><p>{LEAD}</p><p>{NEXT}</p></block><body.end/>",
    ],
    ids=["no body.content", "no hedline", "no hl1"],
)
def test_a_level_that_a_provider_leaves_out_is_not_missed(read: Read, body: str) -> None:
    """Where the DTD asks for one element inside another, some write either alone."""
    article = read(f"<nitf><body>{body}</body></nitf>", name="story.xml")

    assert (article.headline, article.paragraphs) == ("Ferry", (LEAD, NEXT))


def test_a_body_without_paragraph_tags_is_read(read: Read) -> None:
    """Text that stands in a block by itself is no less text."""
    content = f"<block>{LEAD}<media><media-caption>The quay.</media-caption></media></block><block>{NEXT}</block>"

    assert read(_nitf(content), name="story.xml").paragraphs == (LEAD, NEXT)


def test_a_paragraph_that_lacks_its_full_stop_stays_and_a_crosshead_in_a_paragraph_goes(read: Read) -> None:
    """NITF has a tag for crossheads; a few words in a paragraph are one all the same."""
    content = f"<p>{LEAD}</p><p>The long wait</p><p>{NEXT[:-1].partition(',')[0]} and nobody saw it</p><p>{NEXT}</p>"

    paragraphs = read(_nitf(content), name="story.xml").paragraphs

    assert paragraphs == (LEAD, "It stopped in 2019 and nobody saw it", NEXT)


def test_a_preformatted_story_is_unwrapped(read: Read) -> None:
    """Old wires send the whole text in fixed lines."""
    story = "\n\n".join(textwrap.fill(paragraph, 60) for paragraph in (LEAD, NEXT))

    assert read(_nitf(f"<pre>{story}</pre>"), name="story.xml").paragraphs == (LEAD, NEXT)


def test_an_abstract_of_its_own_stands_in_for_a_standfirst(read: Read) -> None:
    """It stands outside the body, under the headline."""
    head = "<hedline><hl1>Ferry</hl1></hedline><abstract><p>Brackenford gets its boat back.</p></abstract>"

    assert read(_nitf(head=head), name="story.xml").standfirst == "Brackenford gets its boat back."


def test_an_abstract_that_repeats_the_first_paragraph_is_none(read: Read) -> None:
    """It says nothing of its own."""
    head = f"<hedline><hl1>Ferry</hl1></hedline><abstract><p>{LEAD}</p></abstract>"

    assert read(_nitf(head=head), name="story.xml").standfirst is None


def test_a_flash_that_is_all_abstract_is_read(read: Read) -> None:
    """Then the abstract is the story."""
    article = read(_nitf("", head=f"<abstract><p>{LEAD}</p></abstract>"), name="story.xml")

    assert article.paragraphs == (LEAD,)
    assert article.standfirst is None


@pytest.mark.parametrize(
    ("docdata", "published", "embargo"),
    [
        ('<date.issue norm="20260303"/>', "2026-03-03", None),
        ('<date.issue norm="20260303T101500+0100"/>', "2026-03-03T10:15:00+01:00", None),
        ('<date.issue norm="2026-03-03T10:15:00Z"/>', "2026-03-03T10:15:00Z", None),
        ('<date.release norm="20260303T101500Z"/>', "2026-03-03T10:15:00Z", "2026-03-03T10:15:00Z"),
        ('<date.issue norm="yesterday"/><date.expire norm="20260303"/>', None, None),
        ('<date.issue norm="20260303T101500Z"/><date.release norm="20260303T101500Z"/>', "2026-03-03T10:15:00Z", None),
        ('<date.issue norm="20260303T1015"/><date.release norm="20260304"/>', "2026-03-03T10:15:00", "2026-03-04"),
    ],
    ids=["day", "zone", "extended form", "release alone", "unreadable", "at once", "later"],
)
def test_dates_come_out_in_one_form(read: Read, docdata: str, published: str | None, embargo: str | None) -> None:
    """A release later than the issue is an embargo, and so is one alone."""
    article = read(_nitf(docdata=docdata), name="story.xml")

    assert (article.published_at, article.embargoed_until) == (published, embargo)


def test_an_embargo_without_a_date_has_no_end(read: Read) -> None:
    """Whoever compares times holds the story back."""
    assert read(_nitf(status="embargoed"), name="story.xml").embargoed_until == UNTIL_FURTHER_NOTICE


@pytest.mark.parametrize(
    ("docdata", "version"),
    [
        ('<du-key version="4" generation="2"/>', "4"),
        ('<du-key generation="2"/>', "2"),
        ('<doc-id id-string="urn:newsml:selepost.example:20260303:ferries:4U"/>', "4"),
        ('<doc-id id-string="ferries-4"/>', None),
    ],
    ids=["key", "generation", "newsml id", "other id"],
)
def test_the_version_is_the_providers(read: Read, docdata: str, version: str | None) -> None:
    """None is made up where none is stated."""
    assert read(_nitf(docdata=docdata), name="story.xml").version == version


@pytest.mark.parametrize(
    ("status", "reason"), [("withheld", "withholds"), ("canceled", "has cancelled")], ids=["withheld", "cancelled"]
)
def test_what_must_not_be_published_is_refused(read: Read, status: str, reason: str) -> None:
    """The reason says who said so."""
    with pytest.raises(ArticleKilled, match=f"The provider {reason} this NITF"):
        read(_nitf(status=status), name="story.xml")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "its body.content is empty"),
        ("<media><media-caption>The quay on Monday.</media-caption></media>", "nothing but pictures"),
        ("<table><tr><td>Dunmere 07:00</td></tr></table>", "nothing but tables"),
    ],
    ids=["empty", "picture", "table"],
)
def test_a_document_without_text_says_what_there_is(read: Read, content: str, reason: str) -> None:
    """A headline alone is no article."""
    with pytest.raises(EmptyDocument, match=f"has a headline and no text: .*{reason}"):
        read(_nitf(content, "<hedline><hl1>Ferry</hl1></hedline>"), name="story.xml")


@given(at=st.integers(0, len(SAMPLE)), length=st.integers(0, 60), put=st.text(max_size=20))
def test_a_garbled_document_is_read_or_refused(at: int, length: int, put: str) -> None:
    """Whatever is cut out of it or written into it."""
    garbled = (SAMPLE[:at] + put + SAMPLE[at + length :]).encode("utf-8", "surrogatepass")

    try:
        articles = read_document(Document(name="ferry.xml", content=garbled))
    except ReadingError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both outcomes are right
    else:
        assert all(paragraph.strip() for article in articles for paragraph in article.paragraphs)
