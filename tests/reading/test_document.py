"""The entry point: limits, formats by type, name and content, and what the uploader says."""

import json
from collections.abc import Callable

import pytest

from standfirst.domain.article import MAX_DOCUMENT_BYTES, MAX_TEXT_CHARACTERS, Article, Document
from standfirst.domain.errors import (
    ArticleTooShort,
    DocumentTooLarge,
    EmptyDocument,
    InvalidDocument,
    ReadingError,
    UnknownFormat,
)
from standfirst.reading.document import read_document, read_single

Read = Callable[..., Article]

STORY = (
    "The council of Merrow voted on Tuesday to keep its swimming pool open through the winter.\n"
    "It found the money in the road budget.\n"
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Pool</title></head>"
    "<body><article><h1>Pool stays open</h1>{}</article></body></html>"
)
NITF = (
    '<?xml version="1.0"?><nitf><body><body.head><hedline><hl1>Pool stays open</hl1></hedline></body.head>'
    "<body.content><p>{}</p><p>{}</p></body.content></body></nitf>"
)


def test_a_document_of_no_bytes_is_empty(read: Read) -> None:
    """The reason says that there was nothing."""
    with pytest.raises(EmptyDocument, match="0 bytes"):
        read(b"")


@pytest.mark.parametrize("blank", ["  \n\t\n", "\ufeff\n", "\u00a0\u2003"], ids=["spaces", "mark", "exotic spaces"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.xml", "a"])
def test_a_document_of_white_space_is_empty(read: Read, name: str, blank: str) -> None:
    """White space of any kind is no text, in any format."""
    with pytest.raises(EmptyDocument):
        read(blank, name=name)


def test_a_document_over_the_byte_limit_is_refused_with_the_figures(read: Read) -> None:
    """Nothing is cut to fit; the uploader learns both sizes."""
    with pytest.raises(DocumentTooLarge, match=r"5,242,881 bytes; at most 5,242,880"):
        read(b"a" * (MAX_DOCUMENT_BYTES + 1))


def test_an_article_at_the_character_limit_is_read_whole(read: Read) -> None:
    """The limit itself is allowed."""
    paragraph = "a" * (MAX_TEXT_CHARACTERS - 1) + "."

    article = read(paragraph)

    assert article.text == paragraph


def test_an_article_over_the_character_limit_is_refused(read: Read) -> None:
    """One character more is too many."""
    with pytest.raises(DocumentTooLarge, match=r"400,001 characters"):
        read("a" * MAX_TEXT_CHARACTERS + ".")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["a.txt", "a.md", "a.html", "a.json", "a.xml", "a"], ids=lambda name: name.rpartition(".")[2]
)
@pytest.mark.parametrize(
    "unit", ["word ", "漢字。", "<p>One.</p>", "[" * 50, "\n"], ids=["words", "ideographs", "tags", "[", "lines"]
)
def test_five_megabytes_on_one_line_end_in_an_article_or_a_reason(name: str, unit: str) -> None:
    """Whatever they are called, and soon."""
    content = (unit * (MAX_DOCUMENT_BYTES // len(unit) + 1)).encode()[:MAX_DOCUMENT_BYTES]

    with pytest.raises(ReadingError, match=r"\.$"):
        read_document(Document(name, content))


def test_an_article_too_short_after_cleaning_is_refused_with_the_figures(read: Read) -> None:
    """A page whose boilerplate is long does not make up for a story that is missing."""
    with pytest.raises(ArticleTooShort, match=r"35 characters .* at least 50"):
        read("Home\nShare\nShort story of a day that was long.\nRead next\n10:15\nA fire broke out in Sarn on Monday.")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04abc", "a ZIP archive"),
        (b"PK\x03\x04abc[Content_Types].xml...word/document.xml...", "a Word document"),
        (b"\x89PNG\r\n\x1a\nabc", "an image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "an image"),
        (b"{\\rtf1\\ansi hello}", "an RTF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc", "a Word document"),
        (b"\x00\x00\x00\x20ftypisom", "a video"),
        (b'<?xml version="1.0"?><urlset><url/></urlset>', "a site map"),
        (b"<recipe><step>Boil the water.</step></recipe>", "the root element <recipe>"),
    ],
    ids=["pdf", "zip", "docx", "png", "jpeg", "rtf", "doc", "video", "site map", "other xml"],
)
def test_a_txt_that_is_something_else_is_refused_by_what_it_is(read: Read, content: bytes, reason: str) -> None:
    """The name does not make a text of it, and the reason names what it looks like and what is read."""
    with pytest.raises(UnknownFormat, match=f"{reason}.*what is read is plain text, Markdown, HTML"):
        read(content, name="story.txt", content_type="text/plain")


@pytest.mark.parametrize(
    ("name", "content_type", "reason"),
    [
        ("story.docx", None, "a Word document"),
        ("story.csv", "binary/octet-stream", "a CSV table"),
        ("story.jsonl", None, "JSON Lines"),
        ("story.txt", "image/jpeg", "an image"),
        ("story.txt", "application/pdf", "a PDF"),
    ],
    ids=["word name", "csv name", "json lines name", "image type", "pdf type"],
)
def test_a_format_without_a_reader_is_refused_by_type_or_name(
    read: Read, name: str, content_type: str | None, reason: str
) -> None:
    """The reason says what it is, and what is read."""
    with pytest.raises(UnknownFormat, match=f"{reason}.*what is read is plain text"):
        read(STORY, name=name, content_type=content_type)


def test_xml_that_is_none_is_refused(read: Read) -> None:
    """Sentences under an XML type are somebody's mistake."""
    with pytest.raises(InvalidDocument, match="does not begin with an element"):
        read(STORY, name="story.xml")


@pytest.mark.parametrize("name", ["story.txt", "story.json", "story", "story.html"])
def test_a_page_is_read_as_a_page_under_any_name(read: Read, name: str) -> None:
    """A ``.txt`` that is really HTML has no tags in its paragraphs."""
    first, second = STORY.splitlines()
    body = f"<p>{first}</p><p>{second}</p><p>Swimmers had collected 4,000 signatures for the pool since January.</p>"

    article = read(PAGE.format(body), name=name)

    assert article.format == "html"
    assert "<" not in article.text
    assert first in article.paragraphs


@pytest.mark.parametrize("name", ["story.xml", "story.txt", "story"])
def test_nitf_is_read_as_nitf_under_any_name(read: Read, name: str) -> None:
    """The root element says what it is."""
    article = read(NITF.format(*STORY.splitlines()), name=name)

    assert article.format == "nitf"
    assert article.headline == "Pool stays open"


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("story.json", None), ("story", "application/json"), ("story.txt", None), ("story", None)],
    ids=["extension", "type", "a txt that is JSON", "content alone"],
)
def test_json_is_found_by_type_name_or_content(read: Read, name: str, content_type: str | None) -> None:
    """An object that parses as JSON is JSON under any name."""
    content = json.dumps({"headline": "Pool stays open", "body": STORY})

    assert read(content, name=name, content_type=content_type).format == "json"


def test_the_uploaders_headline_and_language_win(read: Read) -> None:
    """S3 user metadata overrides the document, and the document's own headline does not fall into the body."""
    article = read("---\ntitle: Ours\nlang: de\n---\n" + STORY, headline=" Theirs ", language="EN_gb")

    assert article.headline == "Theirs"
    assert article.language == "en-GB"
    assert len(article.paragraphs) == 2


def test_reading_is_deterministic(read: Read) -> None:
    """The same bytes give the same article."""
    assert read(STORY) == read(STORY)


def test_a_single_document_is_read_the_same_way_as_a_package() -> None:
    """Whoever wants exactly one article gets the first of one."""
    document = Document("story.txt", STORY.encode())

    assert read_document(document) == (read_single(document),)


def test_metadata_without_end_is_refused() -> None:
    """A record that repeats it would not fit into its store; nothing is cut to fit."""
    story = {"uri": "urn:x", "headline": "Pool stays open", "body_text": STORY, "version": "9" * 600}

    with pytest.raises(DocumentTooLarge, match="The version has 600 characters; at most 500 are read"):
        read_document(Document("a.json", json.dumps(story).encode()))
