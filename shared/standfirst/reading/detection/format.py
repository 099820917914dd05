"""Which format a document is in: by content type, then extension, then content; and a word for what is not read.

What the bytes are beyond doubt wins over what is said of them: a ``.txt`` that is an HTML page is read as one.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from standfirst.domain.errors import EmptyDocument, InvalidDocument, UnknownFormat
from standfirst.reading.detection.json_formats import Schema, shape_of
from standfirst.reading.detection.unsupported import unread_kind
from standfirst.reading.source import Source


class Format(StrEnum):
    """What is read. The value is what ``Article.format`` says."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    NINJS = "ninjs"
    ANS = "ans"
    SCHEMA_ORG = "schema.org"
    WORDPRESS = "wordpress"
    GHOST = "ghost"
    RSS = "rss"
    ATOM = "atom"
    NITF = "nitf"
    NEWSML_G2 = "newsml-g2"


_XML = "xml"
"""A family: the root element says which."""

Declared = Format | str

_BY_CONTENT_TYPE: Mapping[str, Declared] = MappingProxyType(
    {
        "text/plain": Format.TEXT,
        "text/markdown": Format.MARKDOWN,
        "text/x-markdown": Format.MARKDOWN,
        "text/html": Format.HTML,
        "application/xhtml+xml": Format.HTML,
        "application/json": Format.JSON,
        "text/json": Format.JSON,
        "application/xml": _XML,
        "text/xml": _XML,
    }
)
_BY_ENDING: Mapping[str, Declared] = MappingProxyType({"+json": Format.JSON, "+xml": _XML})
_BY_EXTENSION: Mapping[str, Declared] = MappingProxyType(
    {
        ".txt": Format.TEXT,
        ".text": Format.TEXT,
        ".md": Format.MARKDOWN,
        ".markdown": Format.MARKDOWN,
        ".html": Format.HTML,
        ".htm": Format.HTML,
        ".xhtml": Format.HTML,
        ".json": Format.JSON,
        ".jsonld": Format.JSON,
        ".ninjs": Format.JSON,
        ".xml": _XML,
        ".rss": _XML,
        ".rdf": _XML,
        ".atom": _XML,
        ".nitf": _XML,
        ".newsml": _XML,
        ".g2": _XML,
    }
)
_BY_SHAPE: Mapping[Schema, Format] = MappingProxyType(
    {
        Schema.NINJS: Format.NINJS,
        Schema.ANS: Format.ANS,
        Schema.SCHEMA_ORG: Format.SCHEMA_ORG,
        Schema.WORDPRESS: Format.WORDPRESS,
        Schema.GHOST: Format.GHOST,
    }
)
_BY_ROOT: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format.HTML,
        "rss": Format.RSS,
        "rdf": Format.RSS,
        "feed": Format.ATOM,
        "nitf": Format.NITF,
        "newsitem": Format.NEWSML_G2,
        "newsmessage": Format.NEWSML_G2,
        "packageitem": Format.NEWSML_G2,
        "conceptitem": Format.NEWSML_G2,
        "knowledgeitem": Format.NEWSML_G2,
        "planningitem": Format.NEWSML_G2,
        "catalogitem": Format.NEWSML_G2,
        "contentset": Format.NEWSML_G2,
        "inlinexml": Format.NEWSML_G2,
    }
)
_UNREAD_BY_ROOT: Mapping[str, str] = MappingProxyType(
    {
        "svg": "an SVG image",
        "urlset": "a site map",
        "newsml": "NewsML 1, the format before NewsML-G2",
    }
)

_BLANK = " \t\r\n\f\v\ufeff\u200b\xa0"

_HTML_START = re.compile(
    r"<(?:!doctype\s+html\b|!--|(?:html|head|body|title|link|style|div|p|article|section|main|header|nav|h[1-6]|meta|"
    r"script|span|table|ul|ol|br|hr|b|i|em|strong|a|blockquote|figure|img)(?=[\s/>])[^<>]{0,2000}>)",
    re.IGNORECASE,
)
_HTML_PAGE = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][\w:-]{0,60}[\s/>]|&(?:#\d{2,6}|[a-z]{2,8});", re.IGNORECASE)
_CLOSING_TAG = re.compile(
    r"</(?:p|div|span|a|b|i|em|strong|h[1-6]|li|ul|ol|td|tr|table|article|section|body|html|script|blockquote)>",
    re.IGNORECASE,
)
_MARKUP_TAGS = 3
_SNIFFED_CHARACTERS = 100_000

_JSON_START = re.compile(r"[\[{]\s{0,99}(?:\{\s{0,99})?\"[^\"\n]{1,60}\"\s{0,99}:")

_ROOT = re.compile(r"<((?:[\w.-]{1,60}:)?([A-Za-z_][\w.-]{0,60}))(?=[\s/>])")
_BEFORE_ROOT = re.compile(
    r"\s*(?:<\?[^>]{0,2000}\?>|<!--.*?-->|<!DOCTYPE[^>\[]{0,2000}(?:\[.*?\]\s{0,99})?>)", re.DOTALL | re.IGNORECASE
)

# Two of these in one text make it Markdown under any name; one alone may be a hash tag or a bracket.
_MARKDOWN_SIGNS = (
    re.compile(r"^ {0,3}#{1,6} \w", re.MULTILINE),
    re.compile(r"\[[^\[\]\n]{1,200}\]\((?:https?:|/|#|mailto:)[^()\s]{0,400}\)"),
    re.compile(r"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?![\w*])"),
    re.compile(r"^ {0,3}```", re.MULTILINE),
    re.compile(r"^\[\^?[\w-]{1,40}\]: \S", re.MULTILINE),
)
_MARKDOWN_SIGNS_NEEDED = 2


def format_of(source: Source) -> Format:
    """Returns the format of ``source``, by what is said of it and by its text.

    ``text/plain`` is what uploaders call everything that is text, so a name in ``.md`` says more than that. Raises
    UnknownFormat, naming what it is, for what is not read; EmptyDocument for white space; InvalidDocument for XML by
    its type or name that holds no element; UnreadableText.
    """
    stated = _stated_type(source)
    if unread := unread_kind(source, by_name=stated is None):
        raise unknown(unread.kind, unread.evidence)
    named = _BY_EXTENSION.get(source.extension)
    declared = named if stated in {None, Format.TEXT} and named is Format.MARKDOWN else stated or named
    text = source.raw_text.lstrip(_BLANK)
    if not text.strip():
        raise EmptyDocument("The document holds nothing but white space.")
    if declared is Format.MARKDOWN:
        return Format.HTML if _HTML_PAGE.match(text) else Format.MARKDOWN
    if text.startswith("<") and (found := _markup(text, declared)):
        return found
    if declared is Format.JSON or _JSON_START.match(text):
        return _json(source)
    return _prose(text, declared)


def unknown(kind: str, evidence: str | None = None) -> UnknownFormat:
    """Returns the error for a document of a recognised kind that has no reader."""
    looks = f"This looks like {kind}" + (f" ({evidence})" if evidence else "")
    known = (
        "plain text, Markdown, HTML, JSON (ninjs, Arc ANS, schema.org, WordPress, Ghost or plain), RSS, Atom, NITF and "
        "NewsML-G2"
    )
    return UnknownFormat(f"{looks}; what is read is {known}.")


def _stated_type(source: Source) -> Declared | None:
    """Returns None also for the types that say nothing, such as S3's own default ``binary/octet-stream``."""
    if found := _BY_CONTENT_TYPE.get(source.content_type):
        return found
    return next((found for end, found in _BY_ENDING.items() if source.content_type.endswith(end)), None)


def _json(source: Source) -> Format:
    """Returns the JSON format of ``source``; of broken JSON the reader of plain JSON says where it breaks."""
    shape = shape_of(source)
    if shape is Schema.LINES:
        raise unknown("JSON Lines, several documents in one", "each line is an object")
    return _BY_SHAPE.get(shape, Format.JSON)


def _markup(text: str, declared: Declared | None) -> Format | None:
    """Returns HTML, the XML that the root element says, or None for prose in angle brackets; raises UnknownFormat."""
    start = 0
    while found := _BEFORE_ROOT.match(text, start):
        start = found.end()
    start += len(text[start : start + _SNIFFED_CHARACTERS]) - len(text[start : start + _SNIFFED_CHARACTERS].lstrip())
    root = _ROOT.match(text, start)
    name = root[2].lower() if root else ""
    if name in _BY_ROOT:
        return _BY_ROOT[name]
    if name in _UNREAD_BY_ROOT:
        raise unknown(_UNREAD_BY_ROOT[name])
    if declared is Format.HTML or _HTML_START.match(text) or _HTML_START.match(text, start):
        return Format.HTML
    is_whole = root is not None and text.rstrip().endswith((f"</{root[1]}>", "/>"))
    if root and (declared == _XML or text.startswith("<?xml") or is_whole):
        raise unknown(f"an XML document with the root element <{root[1]}>")
    return None


def _prose(text: str, declared: Declared | None) -> Format:
    sniffed = text[:_SNIFFED_CHARACTERS]
    if declared == _XML:
        raise InvalidDocument("The document is said to be XML, but it does not begin with an element.")
    if declared is Format.HTML and _TAG.search(sniffed):
        return Format.HTML
    if len(_CLOSING_TAG.findall(sniffed)) >= _MARKUP_TAGS and not _is_markdown(sniffed):
        return Format.HTML
    return Format.MARKDOWN if _is_markdown(sniffed) else Format.TEXT


def _is_markdown(text: str) -> bool:
    return sum(bool(sign.search(text)) for sign in _MARKDOWN_SIGNS) >= _MARKDOWN_SIGNS_NEEDED
