"""Bytes to Article: the one entry point of this package, whatever format they are in."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from standfirst.domain.article import (
    MAX_DOCUMENT_BYTES,
    MAX_HEADLINE_CHARACTERS,
    MAX_STANDFIRST_CHARACTERS,
    MAX_TEXT_CHARACTERS,
    MIN_TEXT_CHARACTERS,
    UNDETERMINED,
    Article,
    Document,
)
from standfirst.domain.errors import ArticleTooShort, DocumentTooLarge, EmptyDocument
from standfirst.reading import formats
from standfirst.reading.characters import clean_characters
from standfirst.reading.charset import decode
from standfirst.reading.language import detect_language, normalize_tag
from standfirst.reading.plain_json import read_plain_json
from standfirst.reading.plain_text import read_plain_text
from standfirst.reading.story import Story

_READERS: Mapping[str, Callable[[str], Story]] = MappingProxyType(
    {
        formats.TEXT: lambda text: read_plain_text(clean_characters(text)),
        formats.JSON: read_plain_json,
    }
)


def read_document(document: Document) -> Article:
    """The article in ``document``: its story, without the page around it.

    Every failure is a ReadingError whose text tells the uploader what is wrong: UnknownFormat, UnreadableText,
    InvalidDocument, EmptyDocument, ArticleTooShort, DocumentTooLarge. Nothing is ever cut to fit.
    """
    declared = _checked_format(document)
    text = decode(document.content, document.content_type)
    if not text.strip():
        raise EmptyDocument("The document holds nothing but white space.")
    formats.refuse_markup(text)
    name = formats.format_of_text(text, declared)
    return _article(_READERS[name](text), document, name)


def _checked_format(document: Document) -> str | None:
    size = len(document.content)
    if not size:
        raise EmptyDocument("The document is empty: it has 0 bytes.")
    if size > MAX_DOCUMENT_BYTES:
        raise DocumentTooLarge(f"The document has {size:,} bytes; at most {MAX_DOCUMENT_BYTES:,} are read.")
    formats.refuse_binary(document.content)
    return formats.declared_format(document)


def _article(story: Story, document: Document, name: str) -> Article:
    """``story`` as an Article, with what the uploader said of it, if its length is one we take."""
    article = Article(
        paragraphs=story.paragraphs,
        language=UNDETERMINED,
        format=name,
        headline=_headline(document) or story.headline,
        standfirst=story.standfirst,
        published_at=story.published_at,
    )
    _check_length(len(article.text))
    _check_apparatus("headline", article.headline, MAX_HEADLINE_CHARACTERS)
    _check_apparatus("standfirst", article.standfirst, MAX_STANDFIRST_CHARACTERS)
    language = normalize_tag(document.language) or normalize_tag(story.language) or detect_language(article.text)
    return replace(article, language=language)


def _headline(document: Document) -> str | None:
    return " ".join(clean_characters(document.headline or "").split()) or None


def _check_length(characters: int) -> None:
    if characters > MAX_TEXT_CHARACTERS:
        raise DocumentTooLarge(f"The article has {characters:,} characters; at most {MAX_TEXT_CHARACTERS:,} are read.")
    if characters < MIN_TEXT_CHARACTERS:
        raise ArticleTooShort(
            f"The article has {characters} characters once the page around it is gone; "
            f"at least {MIN_TEXT_CHARACTERS} are needed.",
        )


def _check_apparatus(what: str, text: str | None, most: int) -> None:
    if text and len(text) > most:
        raise DocumentTooLarge(f"The {what} has {len(text):,} characters; at most {most:,} are read.")
