"""RSS and Atom: an article an item, under a name that stays, and no article made of a teaser."""

from html import escape

import pytest

from standfirst.domain.article import Article, Document, UnreadPart
from standfirst.domain.errors import DocumentTooLarge, EmptyDocument, InvalidDocument, ReadingError
from standfirst.reading.document import read_document
from standfirst.reading.timestamps import UNTIL_FURTHER_NOTICE as NEVER

FIRST = "The ferry between Dunmere and the island of Sall will run again from Monday, the port authority said."
SECOND = "It had lain in the yard since a winter storm tore off part of its bow door in January."
TEASER = "After nine weeks in the yard the island’s only link to the mainland is repaired."
BODY = f"<p>{FIRST}</p><figure><img src='a.jpg'/><figcaption>The ferry</figcaption></figure><p>{SECOND}</p>"
ENCODED = escape(BODY)

RSS_ITEM = f"""<item><title>Ferry to Sall &amp;amp; back</title><link>https://paper.example/ferry</link>
  <guid isPermaLink="false">https://paper.example/?p=7</guid><dc:creator>Ada Quill</dc:creator>
  <pubDate>Mon, 10 Mar 2025 08:02:00 +0100</pubDate><media:content url="a.jpg" medium="image"/>
  <description><![CDATA[<p>{TEASER}</p>]]></description><content:encoded><![CDATA[{BODY}]]></content:encoded></item>"""
ATOM_ENTRY = f"""<entry><title type="html">Ferry to Sall &amp;amp; back</title><id>tag:paper.example,2025:7</id>
  <link rel="self" href="https://paper.example/7.atom"/><link href="https://paper.example/ferry"/>
  <published>2025-03-10T08:02:00+01:00</published><updated>2025-03-10T09:00:00Z</updated>
  <summary>{TEASER}</summary><content type="html">{escape(BODY)}</content></entry>"""


def rss(items: str) -> str:
    """RSS 2.0."""
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
      xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:wp="http://wordpress.org/export/1.2/"
      xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/">
      <channel><title>The Sall Post</title><language>en-GB</language>{items}</channel></rss>"""


def atom(entries: str) -> str:
    """Atom."""
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app"
      xml:lang="en-GB"><title>The Sall Post</title><id>tag:paper.example</id>{entries}</feed>"""


def rdf(items: str) -> str:
    """RSS 1.0, whose items stand beside the channel."""
    return f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
      <channel><title>The Sall Post</title></channel>{items}</rdf:RDF>"""


def read(feed: str, name: str = "feed.xml") -> tuple[Article | UnreadPart, ...]:
    """Returns what is read of a feed."""
    return read_document(Document(name, feed.encode()))


@pytest.mark.parametrize(
    ("feed", "found", "part", "version"),
    [
        (rss(RSS_ITEM), "rss", "https://paper.example/?p=7", None),
        (atom(ATOM_ENTRY), "atom", "tag:paper.example,2025:7", "2025-03-10T09:00:00Z"),
    ],
    ids=["RSS", "Atom"],
)
def test_every_field_of_an_item_reaches_its_article(feed: str, found: str, part: str, version: str | None) -> None:
    """The description is the standfirst, the encoded content the body."""
    (article,) = read(feed)

    assert isinstance(article, Article)
    assert (article.format, article.part, article.version) == (found, part, version)
    assert article.headline == "Ferry to Sall & back"
    assert article.standfirst == TEASER
    assert article.paragraphs == (FIRST, SECOND)
    assert article.language == "en-GB"
    assert article.published_at == "2025-03-10T08:02:00+01:00"
    assert article.is_listed


@pytest.mark.parametrize(
    "feed",
    [
        rdf(f"<item><title>Ferry</title><link>a</link><content:encoded>{ENCODED}</content:encoded></item>"),
        rss(f"<item><guid>a</guid><description>{ENCODED}{escape('<p>Tickets cost nine.</p>')}</description></item>"),
        rss(f"<item><link>a</link><description>{FIRST[:40]}…</description><content:encoded>{ENCODED}</content:encoded>"
            "</item>"),
        atom(f'<entry><id>a</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{BODY}</div></content>'
             "</entry>"),
        rss(f"<item><link>a</link><description>{FIRST.replace('Dunmere', '<b>Dunmere</b>')}<br/>{SECOND}</description>"
            f"<content:encoded>{FIRST[:20]}<i>{FIRST[20:]}</i><p>{SECOND}</p></content:encoded></item>"),
        atom(f'<entry><id>a</id><content type="text">{FIRST}\n\n{SECOND}</content></entry>'),
    ],
    ids=["RSS 1.0", "all in the description", "a cut description", "XHTML", "unescaped", "text"],
)  # fmt: skip
def test_other_ways_to_write_a_body_are_read(feed: str) -> None:
    """Each of them is in use."""
    (article,) = read(feed)

    assert isinstance(article, Article)
    assert article.paragraphs[:2] == (FIRST, SECOND)
    assert (article.standfirst, article.part) == (None, "a")


@pytest.mark.parametrize("caption", [FIRST, FIRST * 9])
def test_what_is_said_of_a_picture_is_not_the_article(caption: str) -> None:
    """Neither its title nor its description, in front of the item's own or where that has none."""
    picture = f"<media:title>Bow</media:title><media:description>{caption}</media:description>"
    beside = f"{picture}<media:content>{picture}</media:content><itunes:title>Episode 7</itunes:title>"
    excerpt = f"<excerpt:encoded>{FIRST}</excerpt:encoded>"

    whole, teaser = read(rss(RSS_ITEM.replace("<item>", f"<item>{beside}") + f"<item>{beside}{excerpt}</item>"))

    assert isinstance(whole, Article)
    assert (whole.headline, whole.standfirst) == ("Ferry to Sall & back", TEASER)
    assert whole.paragraphs == (FIRST, SECOND)
    assert isinstance(teaser, UnreadPart)


@pytest.mark.parametrize(
    ("feed", "until"),
    [
        (atom(ATOM_ENTRY.replace("<entry>", "<entry><app:control><app:draft>yes</app:draft></app:control>")), NEVER),
        (atom(ATOM_ENTRY.replace("<entry>", "<entry><app:control><app:draft>no</app:draft></app:control>")), None),
        (rss(RSS_ITEM.replace("<item>", "<item><wp:status>draft</wp:status>")), NEVER),
        (rss(RSS_ITEM.replace("<item>", "<item><wp:status>future</wp:status>")), "2025-03-10T08:02:00+01:00"),
        (rss(RSS_ITEM.replace("<item>", "<item><wp:status>publish</wp:status>")), None),
    ],
    ids=["Atom draft", "Atom", "WordPress draft", "WordPress scheduled", "WordPress"],
)
def test_an_item_that_is_not_published_is_under_embargo(feed: str, until: str | None) -> None:
    """An Atom entry can be marked as a draft, and an export of WordPress holds all that there is."""
    (article,) = read(feed)

    assert isinstance(article, Article)
    assert article.embargoed_until == until


@pytest.mark.parametrize("mark", ["<wp:status>private</wp:status>", "<wp:post_password>x</wp:post_password>"])
def test_an_item_that_is_not_for_the_public_is_killed(mark: str) -> None:
    """As such a post of WordPress is."""
    (found,) = read(rss(RSS_ITEM.replace("<item>", f"<item>{mark}")))

    assert isinstance(found, UnreadPart)
    assert found.is_killed


def test_an_item_with_only_a_teaser_fails_while_its_neighbours_are_read() -> None:
    """In words that say what is missing."""
    teaser = f"<item><guid>b</guid><title>Pool</title><description>{TEASER}</description></item>"
    found = read(rss(f"{RSS_ITEM}{teaser}{RSS_ITEM.replace('?p=7', '?p=8')}<item><guid>c</guid></item>"))

    assert [isinstance(each, UnreadPart) for each in found] == [False, True, False, True]
    assert [each.part for each in found][1:] == ["b", "https://paper.example/?p=8", "c"]
    reasons = [str(each.error) for each in found if isinstance(each, UnreadPart)]
    assert "only a teaser" in reasons[0]
    assert "no text" in reasons[1]


@pytest.mark.parametrize(
    ("named", "name"),
    [
        ("<guid>g</guid><link>l</link><title>t</title>", "g"),
        ("<guid/><link>l</link><title>t</title>", "l"),
        ("<title>t</title>", "t"),
        ("", "2"),
    ],
)
def test_an_item_keeps_its_name_wherever_it_stands(named: str, name: str) -> None:
    """A feed moves its items down with each new one."""
    body = f"<content:encoded>{escape(BODY)}</content:encoded>"

    assert read(rss(f"{RSS_ITEM}<item>{named}{body}</item>"))[1].part == name


def test_a_name_that_cannot_be_read_refuses_no_other_item() -> None:
    """It is full of control characters; the item goes by its place."""
    found = read(rss(RSS_ITEM + RSS_ITEM.replace("https://paper.example/?p=7", "&#x81;&#x82;&#x83;")))

    assert [each.part for each in found] == ["https://paper.example/?p=7", "2"]
    assert all(isinstance(each, Article) for each in found)


def test_of_two_versions_of_an_item_the_newer_is_read() -> None:
    """It stands first."""
    found = read(rss(RSS_ITEM + RSS_ITEM.replace(FIRST, SECOND)))

    assert [each.paragraphs for each in found if isinstance(each, Article)] == [(FIRST, SECOND)]


@pytest.mark.parametrize("date", ["yesterday", "Mon, 99 Mar 2025 08:02:00 GMT", ""])
def test_a_date_nobody_can_read_is_left_out(date: str) -> None:
    """The summary does not depend on it."""
    (article,) = read(rss(RSS_ITEM.replace("Mon, 10 Mar 2025 08:02:00 +0100", date)))

    assert isinstance(article, Article)
    assert article.published_at is None


@pytest.mark.parametrize(
    ("feed", "error", "reason"),
    [
        (rss(""), EmptyDocument, "holds no items"),
        (atom(""), EmptyDocument, "holds no items"),
        (rss("<item/>" * 600), DocumentTooLarge, "600 items"),
        (rss("<item>"), InvalidDocument, "not well-formed"),
        (f'<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel>{RSS_ITEM}</channel></rss>', InvalidDocument, "DOCTYPE"),
        (rss(f"<item><description>{TEASER}</description></item>"), InvalidDocument, "only a teaser"),
    ],
    ids=["RSS", "Atom", "many", "broken", "entity", "teaser"],
)
def test_a_feed_without_an_article_says_why(feed: str, error: type[ReadingError], reason: str) -> None:
    """As other XML that cannot be read."""
    with pytest.raises(error, match=reason):
        read(feed)


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom", "feed", "feed.txt"])
def test_a_feed_is_known_by_its_root(name: str) -> None:
    """Whatever it is called."""
    assert isinstance(read(rss(RSS_ITEM), name)[0], Article)
