"""Which format a document is in: by content type, then extension, then content."""

import codecs
import json

import pytest

from standfirst.domain.article import Document
from standfirst.domain.errors import UnknownFormat
from standfirst.reading.detection.format import Format, format_of
from standfirst.reading.source import Source

PROSE = (
    "The council of Merrow voted on Tuesday to keep its swimming pool open.\nIt found the money in the road budget.\n"
)
MARKDOWN = "# Pool stays open\n\nThe council of [Merrow](https://example.org) voted on **Tuesday** to keep its pool.\n"
PAGE = "<!DOCTYPE html>\n<html><body><p>The pool stays open.</p></body></html>"
NITF = "<nitf><body><body.content><p>The pool stays open.</p></body.content></body></nitf>"
G2 = '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentSet/></newsItem>'
NINJS = {"uri": "urn:x:1", "type": "text", "versioncreated": "2026-03-03T07:00:00Z", "body_text": PROSE}
ANS = {"type": "story", "version": "0.10.7", "content_elements": [{"type": "text", "content": PROSE}]}
SCHEMA_ORG = {"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": PROSE}
PLAIN = {"headline": "Pool stays open", "body": PROSE}


def found(content: object, name: str = "story", content_type: str | None = None) -> Format:
    """The format of ``content``: bytes as they are, text in UTF-8, other values as JSON."""
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    raw = text.encode() if isinstance(text, str) else text
    return format_of(Source.of(Document(name, raw, content_type)))


@pytest.mark.parametrize(
    ("name", "content_type", "expected"),
    [
        ("a/b/story.TXT", None, "text"),
        ("story", None, "text"),
        ("story", "binary/octet-stream", "text"),
        ("story.html", "text/plain", "text"),
        ("story.html", None, "text"),
        ("story.md", None, "markdown"),
        ("story.MARKDOWN", None, "markdown"),
        ("story", "text/markdown; charset=utf-8", "markdown"),
        ("story.md", "text/plain", "markdown"),
        ("story.md", "binary/octet-stream", "markdown"),
        ("story.txt", "text/markdown", "markdown"),
        ("story.json", None, "json"),
        ("story.txt", "application/json", "json"),
    ],
    ids=str,
)
def test_prose_is_what_its_type_or_else_its_name_says(name: str, content_type: str | None, expected: str) -> None:
    """Sentences without a tag are no HTML though they be called so; what is no JSON its reader explains."""
    assert found(PROSE, name, content_type) == expected


@pytest.mark.parametrize("name", ["story.txt", "story", "story.html", "story.json", "story.xml"])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PAGE, "html"),
        ("<p>The pool stays open.</p><p>It was cheap.</p><p>All swim.</p>", "html"),
        ("<div class='story'>\n<p>The pool stays open.</p></div>", "html"),
        ("<!-- exported -->\n<h1>Pool</h1><p>The pool stays open.</p>", "html"),
        ("<HTML><BODY>The pool stays open.</BODY></HTML>", "html"),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0' 'x.dtd'><html/>", "html"),
        (NITF, "nitf"),
        ('<?xml version="1.0"?>\n<!DOCTYPE nitf SYSTEM "nitf.dtd" [<!ENTITY a "b">]>\n<!-- x -->' + NITF, "nitf"),
        ('<n:nitf xmlns:n="http://iptc.org/std/NITF/2006-10-18/"><n:body/></n:nitf>', "nitf"),
        (G2, "newsml-g2"),
        ("<?xml version='1.0'?><?xml-stylesheet href='x'?>" + G2, "newsml-g2"),
        ("<newsMessage><itemSet/></newsMessage>", "newsml-g2"),
        ("<packageItem/>", "newsml-g2"),
    ],
    ids=["page", "paragraphs", "part", "comment", "capitals", "xhtml", "nitf", "nitf and all", "nitf prefix", "g2",
         "g2 and style", "g2 message", "g2 package"],
)  # fmt: skip
def test_markup_is_what_it_is_under_any_name(name: str, content: str, expected: str) -> None:
    """Its first element decides, whatever stands before it."""
    assert found(content, name) == expected


@pytest.mark.parametrize("content_type", ["text/html", "application/xml", "text/plain", "application/octet-stream"])
def test_xml_is_what_its_root_says_under_any_type(content_type: str) -> None:
    """Servers send XML as HTML, and the other way round."""
    assert found(NITF, content_type=content_type) == "nitf"
    assert found(PAGE, content_type=content_type) == "html"


@pytest.mark.parametrize("name", ["story.json", "story.txt", "story", "story.ninjs", "story.html"])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (NINJS, "ninjs"),
        ({"uri": "urn:x:1"}, "ninjs"),
        ({"uri": "urn:x:1", "type": "picture", "headline": "A quay"}, "ninjs"),
        ({"$standard": {"name": "ninjs"}, "bodies": []}, "ninjs"),
        (ANS, "ans"),
        ({"type": "image", "version": "0.10.3", "url": "https://example.org/a.jpg"}, "ans"),
        ({"type": "story", "headlines": {"basic": "Pool"}}, "ans"),
        (SCHEMA_ORG, "schema.org"),
        ([SCHEMA_ORG], "schema.org"),
        ({"@context": "https://schema.org", "@graph": [SCHEMA_ORG]}, "schema.org"),
        (PLAIN, "json"),
        (PLAIN | {"uri": "https://example.org/pool"}, "json"),
        ([PLAIN], "json"),
    ],
    ids=["ninjs", "uri alone", "ninjs picture", "ninjs 3", "ans", "ans image", "ans without body", "schema.org",
         "schema.org list", "schema.org graph", "plain", "plain with uri", "list"],
)  # fmt: skip
def test_json_is_the_format_whose_fields_it_has(name: str, content: object, expected: str) -> None:
    """A ``.json`` may be any of them."""
    assert found(content, name) == expected


@pytest.mark.parametrize(
    "content", ['{"headline": "Pool", "body": "Open', '[{"headline": "Pool"'], ids=["object", "list"]
)
def test_broken_json_is_json_under_any_name(content: str) -> None:
    """Its reader says where it breaks; as prose it would become a sentence of braces."""
    assert found(content, "story.txt") == "json"


@pytest.mark.parametrize("name", ["story.json", "story.txt"])
def test_json_lines_are_named(name: str) -> None:
    """Several documents in one file are no article."""
    lines = "\n".join(json.dumps(PLAIN) for _ in range(3))

    with pytest.raises(UnknownFormat, match="JSON Lines"):
        found(lines, name)


@pytest.mark.parametrize(
    "text",
    [
        "<Agency> " + PROSE,
        "< 5 percent of voters came, the town said.\n" + PROSE,
        "<3 was what the banner said.\n" + PROSE,
        "<<< " + PROSE,
        "[1] The council of Merrow voted on Tuesday.\n" + PROSE,
        "{The council} of Merrow voted on Tuesday.\n" + PROSE,
        "[MERROW] " + PROSE,
        "--- \n" + PROSE,
        "#pool was trending in Merrow.\n" + PROSE,
        "Write to <ada@example.org> or <bob@example.org>.\n" + PROSE,
    ],
    ids=["angle name", "less than", "heart", "arrows", "footnote", "braces", "brackets", "rule", "hash tag", "mail"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["story.txt", "story"])
def test_prose_that_begins_like_markup_is_text(name: str, text: str) -> None:
    """One bracket makes no format."""
    assert found(text, name) == "text"


@pytest.mark.parametrize("name", ["story.txt", "story"])
def test_markdown_is_known_by_two_of_its_signs(name: str) -> None:
    """A heading and a link, say; inline HTML makes no page of it."""
    assert found(MARKDOWN, name) == "markdown"
    assert found(MARKDOWN + "\nSome <b>bold</b>, <i>thin</i> and <em>loud</em> words.\n", name) == "markdown"


def test_markdown_with_html_in_it_is_markdown_by_name() -> None:
    """Only a whole page under its name is HTML."""
    assert found("<div>\n\nThe pool stays *open*.\n\n</div>\n<p>a</p><p>b</p><p>c</p>", "story.md") == "markdown"
    assert found(PAGE, "story.md") == "html"


@pytest.mark.parametrize("content", [PAGE, NITF, json.dumps(NINJS)], ids=["html", "nitf", "ninjs"])
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: b"\n\r\n \t" + text.encode(),
        lambda text: codecs.BOM_UTF8 * 2 + text.encode(),
    ],
    ids=["utf-8 mark", "utf-16", "utf-16-le unmarked", "utf-16-be", "blank lines", "two marks"],
)
def test_marks_and_blank_lines_do_not_hide_the_format(content: str, encode: object) -> None:
    """What nobody sees decides nothing."""
    raw = encode(content)  # type: ignore[operator]

    assert found(raw) == found(content)


def test_a_deep_or_endless_start_is_looked_at_once() -> None:
    """Comments without end, brackets without bottom: no recursion, no waiting."""
    for content in ("<!--" * 200_000, "<!-- a -->" * 200_000 + NITF, "[" * 500_000, '{"a":' * 100_000, "<a " * 200_000):
        assert found(content, "story.txt") in Format
