"""The entry point: limits, formats by type, name and content, and what the uploader says."""

import json
from collections.abc import Callable

import pytest

from standfirst.domain.article import MAX_DOCUMENT_BYTES, MAX_TEXT_CHARACTERS, Article
from standfirst.domain.errors import ArticleTooShort, DocumentTooLarge, EmptyDocument, UnknownFormat

Read = Callable[..., Article]

STORY = (
    "The council of Merrow voted on Tuesday to keep its swimming pool open through the winter.\n"
    "It found the money in the road budget.\n"
)


def test_a_document_of_no_bytes_is_empty(read: Read) -> None:
    """The reason says that there was nothing."""
    with pytest.raises(EmptyDocument, match="0 bytes"):
        read(b"")


@pytest.mark.parametrize("blank", ["  \n\t\n", "\ufeff\n", "\u00a0\u2003"], ids=["spaces", "mark", "exotic spaces"])
def test_a_document_of_white_space_is_empty(read: Read, blank: str) -> None:
    """White space of any kind is no text."""
    with pytest.raises(EmptyDocument):
        read(blank)


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


def test_an_article_too_short_after_cleaning_is_refused_with_the_figures(read: Read) -> None:
    """A page whose furniture is long does not make up for a story that is missing."""
    with pytest.raises(ArticleTooShort, match=r"35 characters .* at least 50"):
        read("Home\nShare\nShort story of a day that was long.\nRead next\n10:15\nA fire broke out in Sarn on Monday.")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x1f\x8b\x08\x00abc", "gzip"),
        (b"PK\x03\x04abc", "ZIP"),
        (b"\x89PNG\r\n\x1a\nabc", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
        (b"{\\rtf1\\ansi hello}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc", "Word"),
        (b"<!DOCTYPE html><html><body><p>Hello</p></body></html>", "HTML page"),
        (b"\n <div class='story'><p>Hello there</p></div>", "HTML page"),
        (b"Headline\n<p>One</p>\n<p>Two</p>\n<p>Three</p>", "HTML page"),
        (b'<?xml version="1.0"?><nitf><body/></nitf>', "XML document"),
    ],
    ids=["pdf", "gzip", "zip", "png", "jpeg", "rtf", "doc", "html", "html part", "paragraph tags", "xml"],
)
def test_a_txt_that_is_something_else_is_refused_by_what_it_is(read: Read, content: bytes, reason: str) -> None:
    """The name does not make a text of it, and the reason names what it looks like."""
    with pytest.raises(UnknownFormat, match=reason):
        read(content, name="story.txt", content_type="text/plain")


@pytest.mark.parametrize(
    ("name", "content_type", "reason"),
    [
        ("story.html", None, "HTML page"),
        ("story.xml", None, "XML document"),
        ("story.md", None, "Markdown"),
        ("story.docx", None, "Word"),
        ("story", "text/html; charset=utf-8", "HTML page"),
        ("story.txt", "image/jpeg", "an image"),
        ("story.txt", "application/nitf+xml", "XML document"),
    ],
    ids=["html name", "xml name", "markdown name", "word name", "html type", "image type", "xml type"],
)
def test_a_format_without_a_reader_is_refused_by_type_or_name(
    read: Read, name: str, content_type: str | None, reason: str
) -> None:
    """The reason says what it is, and what is read."""
    with pytest.raises(UnknownFormat, match=f"{reason}.*only plain text and plain JSON"):
        read(STORY, name=name, content_type=content_type)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("a/b/story.TXT", None), ("story", None), ("story", "binary/octet-stream"), ("story.html", "text/plain")],
    ids=["extension", "nothing", "type that says nothing", "type before extension"],
)
def test_plain_text_is_found_by_type_name_or_content(read: Read, name: str, content_type: str | None) -> None:
    """The content type decides first, then the extension, then the content."""
    assert read(STORY, name=name, content_type=content_type).format == "text"


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
