"""NITF 3.x, the IPTC's News Industry Text Format: one article, with or without its namespace.

What is taken from where (NITF 3.6, element reference):

* headline ``hedline/hl1``; standfirst ``hl2``, else ``abstract`` when it says something of its own. A paragraph marked
  ``lede`` is the body's first one and stays in it.
* published ``date.issue``, else ``date.release``, else the dateline's ``story.date``; embargoed until ``date.release``
  where that is later than ``date.issue``, or without an end where ``management-status`` alone says so.
* version ``du-key``, else the revision in a NewsML ``doc-id``, else the last ``revision-history``.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from standfirst.domain.errors import ArticleKilled, EmptyDocument, InvalidDocument
from standfirst.reading.formats.json_body import own_standfirst
from standfirst.reading.formats.nitf.body import lines_of, paragraphs_of
from standfirst.reading.formats.xml import child, inherited_language, language_of, line, parse_xml, stated
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source
from standfirst.reading.timestamps import embargo_end, is_later, normalize_timestamp

# urn:newsml:provider:date:item:revision, with an update sign behind it (RFC 3085, section 3).
_NEWSML_REVISION = re.compile(
    r"urn:newsml:[^:]{1,200}:\d{8}(?:T\d{6}(?:Z|[+-]\d{4})?)?:[^:]{1,200}:(\d{1,9})[NAU]?$", re.IGNORECASE
)
_BARRED = {"withheld": "withholds", "canceled": "has cancelled", "cancelled": "has cancelled"}

_MOST_DECKS = 10
_MOST_LABELS = 20
_LABELS = (
    ("tobject.property", "tobject.property.type"),
    ("fixture", "fix-id"),
    ("series", "series.name"),
    ("pubdata", "position.section"),
)


def read(source: Source) -> list[ParsedArticle]:
    """Returns the article of a NITF document.

    Raises EmptyDocument where it has no text, ArticleKilled where its provider has withheld or cancelled it,
    InvalidDocument for what ``parse_xml`` refuses.
    """
    root = parse_xml(source)
    nitf = root if root.tag == "nitf" else next(root.iter("nitf"), None)
    if nitf is None:
        raise InvalidDocument(f"The XML is no NITF: its root element is <{root.tag[:100]}> and no <nitf> is in it.")
    refuse_barred(nitf)
    article = article_of(nitf)
    if not article.paragraphs:
        named = "has a headline and no text" if article.headline else "holds no text"
        empty = EmptyDocument(f"This NITF document {named}: {_what_is_there(nitf)}.")
        raise empty.under_embargo(article.embargoed_until)
    return [article]


def refuse_barred(nitf: etree._Element) -> None:
    """Raises ArticleKilled where ``docdata management-status`` says that nothing of this may be published."""
    status = (stated(child(nitf, "head", "docdata"), "management-status") or "").lower()
    if status in _BARRED:
        raise ArticleKilled(f"The provider {_BARRED[status]} this NITF document (management-status '{status}').")


def article_of(
    nitf: etree._Element, headline: str | None = None, decks: Sequence[str] = (), summaries: Sequence[str] = ()
) -> ParsedArticle:
    """Returns what the element ``nitf`` tells, ``paragraphs`` empty where it holds no text. Raises UnreadableText.

    ``headline``, ``decks`` and ``summaries`` are what an envelope says of it: they go before its own.
    """
    body, docdata = child(nitf, "body"), child(nitf, "head", "docdata")
    head = child(body, "body.head")
    abstract = child(head, "abstract")
    contents = [] if body is None else list(body.iterchildren("body.content")) or _without_content(body)
    paragraphs = paragraphs_of(contents)
    # A flash is often no more than its abstract: then that is the article.
    paragraphs, abstract = (
        (paragraphs, abstract) if paragraphs or abstract is None else (paragraphs_of([abstract]), None)
    )
    hedline = child(head, "hedline")
    headline = headline or _first_line(child(hedline, "hl1"), child(head, "hl1"), hedline, child(nitf, "head", "title"))
    standfirsts = [*decks, *_decks(head), *summaries, line(abstract)]
    issued, released = _norm(child(docdata, "date.issue")), _norm(child(docdata, "date.release"))
    return ParsedArticle(
        paragraphs=paragraphs,
        headline=headline,
        standfirst=own_standfirst(standfirsts, headline, paragraphs),
        language=_language(nitf, contents),
        published_at=issued or released or _story_date(nitf),
        version=_version(nitf, docdata),
        embargoed_until=_embargo(docdata, issued, released),
        labels=tuple(_labels(child(nitf, "head"))),
        all_lines=lines_of(contents),
    )


def _without_content(body: etree._Element) -> list[etree._Element]:
    """Returns the elements of a body whose provider leaves ``body.content`` out."""
    return [element for element in body.iterchildren() if element.tag not in {"body.head", "body.end"}]


def _first_line(*elements: etree._Element | None) -> str | None:
    return next(filter(None, map(line, elements)), None)


def _labels(head: etree._Element | None) -> Iterator[str]:
    """Yields the genres, the fixture, the series and the section of the paper (NITF 3.6, ``tobject.property``)."""
    for name, attribute in _LABELS:
        named = () if head is None else islice(head.iter(name), _MOST_LABELS)
        yield from (label for element in named if (label := element.get(attribute)))


def _decks(head: etree._Element | None) -> Iterator[str | None]:
    hedline = child(head, "hedline")
    return iter(()) if hedline is None else map(line, islice(hedline.iterchildren("hl2"), _MOST_DECKS))


def _language(nitf: etree._Element, contents: Sequence[etree._Element]) -> str | None:
    own = (language_of(element) for element in (*contents, child(nitf, "body")))
    return next(filter(None, own), None) or inherited_language(nitf)


def _norm(element: etree._Element | None) -> str | None:
    return normalize_timestamp(stated(element, "norm"))


def _story_date(nitf: etree._Element) -> str | None:
    return next(filter(None, map(_norm, nitf.iter("story.date"))), None)


def _embargo(docdata: etree._Element | None, issued: str | None, released: str | None) -> str | None:
    """Returns ``date.release``, when the document may be released, unless it was issued then or later."""
    if (stated(docdata, "management-status") or "").lower() == "embargoed":
        return embargo_end(released)
    return released if released and not (issued and not is_later(released, issued)) else None


def _version(nitf: etree._Element, docdata: etree._Element | None) -> str | None:
    if version := stated(child(docdata, "du-key"), "version", "generation"):
        return version
    if found := _NEWSML_REVISION.match(stated(child(docdata, "doc-id"), "id-string") or ""):
        return found[1]
    revisions = [norm for element in nitf.iter("revision-history") if (norm := stated(element, "norm"))]
    return max(revisions, default=None)


def _what_is_there(nitf: etree._Element) -> str:
    """Returns in words what the document holds instead of text."""
    if next(nitf.iter("media"), None) is not None:
        return "its body holds nothing but pictures, sound or video"
    if next(nitf.iter("table", "nitf-table"), None) is not None:
        return "its body holds nothing but tables"
    return (
        "its body.content is empty" if next(nitf.iter("body.content"), None) is not None else "it has no body.content"
    )
