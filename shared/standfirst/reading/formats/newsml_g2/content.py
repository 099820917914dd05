"""What a NewsML-G2 item carries within itself: NITF, XHTML, HTML or plain text, perhaps the same article in several."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from standfirst.reading.boilerplate.paragraphs import Block, split_blocks
from standfirst.reading.encoding.characters import clean_characters
from standfirst.reading.formats.html.hidden import mark_hidden
from standfirst.reading.formats.html.text import split_html, visible_blocks
from standfirst.reading.formats.json_body import blocks_of_text, own_standfirst
from standfirst.reading.formats.nitf import document
from standfirst.reading.formats.nitf.body import lines_of, paragraphs_of
from standfirst.reading.formats.wire_paragraphs import Line, clean_paragraphs
from standfirst.reading.formats.xml import language_of, line
from standfirst.reading.parsed_article import ParsedArticle

_INLINE = ("inlineXML", "inlineData")
_XHTML_ROOTS = frozenset({"html", "body", "main", "article", "section", "div", "p", "h1", "h2", "ul", "ol", "span"})
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_PLAIN_TYPES = frozenset({"text/plain", "text"})


@dataclass(frozen=True, slots=True)
class Around:
    """What the item's own metadata says of the article; the article's marked-up text may repeat it."""

    headline: str | None
    standfirsts: tuple[str, ...]
    summaries: tuple[str, ...]


def longest_rendition(item: etree._Element, around: Around) -> ParsedArticle | None:
    """Returns the rendition within ``item`` with most text, the first of equals; None where none holds any text.

    It holds only what the rendition itself states. Raises ArticleKilled for a NITF that its provider has withheld or
    cancelled, UnreadableText, DocumentTooLarge.
    """
    articles = (_article(content, around) for content in item.iter(*_INLINE))
    articles_with_text = [article for article in articles if article and article.paragraphs]
    return max(articles_with_text, key=lambda article: sum(map(len, article.paragraphs)), default=None)


def what_is_inside(item: etree._Element) -> str:
    """Returns in words why ``item`` holds no text."""
    if any(content.get("encoding") for content in item.iter("inlineData")):
        return "its inlineData is encoded binary data"
    strange = next((inner for inner in map(_first_child, item.iter("inlineXML")) if not _is_markup(inner)), None)
    if strange is not None:
        return f"its inlineXML holds <{str(strange.tag)[:100]}>, which is neither NITF nor XHTML"
    if next(item.iter(*_INLINE), None) is None and next(item.iter("remoteContent"), None) is not None:
        return "its content lies elsewhere (remoteContent), and nothing is fetched"
    return "its content is empty"


def _article(content: etree._Element, around: Around) -> ParsedArticle | None:
    return _of_xml(content, around) if content.tag == "inlineXML" else _of_data(content, around)


def _of_xml(content: etree._Element, around: Around) -> ParsedArticle | None:
    inner = _first_child(content)
    if inner is None:
        return _of_blocks(blocks_of_text(_text(content)), around, content)  # text where markup should be
    if inner.tag == "nitf":
        return _of_nitf(inner, around)
    if bodies := list(content.iter("body.content")):
        article = _with_standfirst(paragraphs_of(bodies), around.headline, around, inner)
        return replace(article, all_lines=lines_of(bodies))
    if not _is_markup(inner):
        return None
    for part in content:
        mark_hidden(part)
    blocks = [block for part in content for block in visible_blocks(part)]
    return _of_blocks(blocks, around, inner)


def _of_nitf(element: etree._Element, around: Around) -> ParsedArticle:
    """Returns a NITF's own standfirst stands below the item's, its abstract is one with the item's summaries."""
    document.refuse_barred(element)
    return document.article_of(element, around.headline, around.standfirsts, around.summaries)


def _of_data(content: etree._Element, around: Around) -> ParsedArticle | None:
    kind = content.get("contenttype", "").partition(";")[0].strip().lower()
    if content.get("encoding") or (kind and kind not in _HTML_TYPES | _PLAIN_TYPES):
        return None
    text = _text(content)
    if kind in _HTML_TYPES:
        return _of_blocks(split_html(text), around, content)
    return _of_blocks(_plain(text) if kind else blocks_of_text(text), around, content)


def _plain(text: str) -> list[Block]:
    return split_blocks(clean_characters(text))


def _text(content: etree._Element) -> str:
    """Returns the text, without the indent that the XML around it has given every line."""
    return textwrap.dedent("".join(map(str, content.itertext())))


def _of_blocks(blocks: list[Block], around: Around, element: etree._Element) -> ParsedArticle:
    headline = around.headline or next(filter(None, map(line, element.iter("h1", "title"))), None)
    paragraphs = clean_paragraphs([Line(block.text) for block in blocks if block.text != headline])
    article = _with_standfirst(paragraphs, headline, around, element)
    return replace(article, all_lines=tuple(block.text for block in blocks))


def _with_standfirst(
    paragraphs: tuple[str, ...], headline: str | None, around: Around, element: etree._Element
) -> ParsedArticle:
    standfirst = own_standfirst([*around.standfirsts, *around.summaries], headline, paragraphs)
    language = next(filter(None, map(language_of, _up_to_content(element))), None)
    return ParsedArticle(paragraphs, headline, standfirst, language)


def _up_to_content(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    if element.tag not in _INLINE:
        yield from element.iterancestors(*_INLINE)


def _first_child(content: etree._Element) -> etree._Element | None:
    return next(content.iterchildren(), None)


def _is_markup(inner: etree._Element | None) -> bool:
    return (
        inner is None
        or inner.tag in _XHTML_ROOTS
        or inner.tag == "nitf"
        or next(inner.iter("body.content"), None) is not None
    )
