"""XML to a tree of plain names, for every reader of an XML format: parsed as data, never as a program.

Nothing that XML lets a document ask of its parser is done: no entity is expanded, no DTD is read, no address is opened
(OWASP, "XML External Entity Prevention"). What the document needs of these is refused with a reason, never left out.
"""

import re
from collections.abc import Iterator
from html.entities import html5

from lxml import etree

from standfirst.domain.errors import DocumentTooLarge, InvalidDocument, UnreadableText
from standfirst.reading.encoding.characters import clean_characters
from standfirst.reading.source import Source

_MOST_TAGS = 500_000
"""Some hundred long articles with all their metadata."""

_LONGEST_REASON = 200

_DECLARATION = re.compile(r"\A\s*<\?xml\s([^<>]{0,300}?)\?>")
_PROLOG = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\"'\[<>]++|\"[^\"]*+\"|'[^']*+')*+(?:(\[)|>)")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OWN_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})  # XML 1.0, section 4.6
_PLACE = re.compile(r", line \d+, column \d+$")
_LIMITS = re.compile(r"Huge input|huge|limit exceeded|too long|Buffer size", re.IGNORECASE)
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def parse_xml(source: Source, beside: re.Pattern[str] | None = None) -> etree._Element:
    """Returns the root of the document, every tag in it under its local name, whichever prefix a provider writes.

    Comments and processing instructions are gone; elements of the namespaces ``beside`` keep their full names, by which
    nobody asks. The charset is found as in any text, the XML declaration standing in
    for a content type without one. Raises InvalidDocument for XML that is not well-formed (with line and column), for a
    DOCTYPE that declares something itself, for an entity nobody knows and over 255 levels of nesting; DocumentTooLarge
    for too many tags; UnreadableText.
    """
    text = source.raw_text
    _refuse_excess(text)
    root = _parsed(_ENTITY.sub(_numeric, _without_declarations(text)))
    for element in root.iter():
        namespace, _, name = str(element.tag).rpartition("}")
        if beside is None or not beside.search(namespace):
            element.tag = name
    return root


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Returns the first child with the first name of ``path``, its first with the second, and so on; None without."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(name), None)
    return element


def line(element: etree._Element | None) -> str | None:
    """Returns all text within ``element`` on one line, None where there is none. Raises UnreadableText."""
    if element is None:
        return None
    return " ".join(clean_characters("".join(str(text) for text in element.itertext())).split()) or None


def stated(element: etree._Element | None, *attributes: str) -> str | None:
    """Returns the first of ``attributes`` that the element has a value for."""
    if element is None:
        return None
    values = (element.get(name, "").strip() for name in attributes)
    return next(filter(None, values), None)


def language_of(element: etree._Element | None) -> str | None:
    """Returns what ``xml:lang`` or, as in HTML and NITF, ``lang`` or ``baselang`` says."""
    return stated(element, _LANGUAGE, "lang", "baselang")


def inherited_language(element: etree._Element) -> str | None:
    """Returns the same of ``element`` or the nearest element around it (XML 1.0, section 2.12)."""
    return next(filter(None, map(language_of, _with_ancestors(element))), None)


def _with_ancestors(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


def _refuse_excess(text: str) -> None:
    if (tags := text.count("<")) > _MOST_TAGS:
        raise DocumentTooLarge(f"The XML has {tags:,} tags; a document of articles has at most {_MOST_TAGS:,}.")


def _without_declarations(text: str) -> str:
    """``text`` with blanks for its XML declaration, which speaks of the bytes, and its DOCTYPE, which names a DTD."""
    text = _DECLARATION.sub(_blank, text, count=1)
    prolog = _PROLOG.match(text)
    doctype = _DOCTYPE.match(text, prolog.end() if prolog else 0)
    if not doctype:
        return text
    if doctype[1]:
        raise InvalidDocument(
            "The XML declares entities or elements of its own in its DOCTYPE, which can make a parser expand or fetch "
            "things: it is not read. A DOCTYPE that only names a DTD is fine."
        )
    return text[: doctype.start()] + _blank(doctype) + text[doctype.end() :]


def _blank(found: re.Match[str]) -> str:
    """Returns as many blanks on as many lines, so that an error in the XML is still named by line and column."""
    return re.sub(r"\S", " ", found.group())


def _numeric(found: re.Match[str]) -> str:
    """Returns a character that HTML has a name for by its number: the DTD that may declare the name is not read."""
    characters = None if found[1] in _OWN_ENTITIES else html5.get(f"{found[1]};")
    return "".join(f"&#{ord(character)};" for character in characters) if characters else found.group()


def _parsed(text: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )  # with collect_ids=False, lxml 6.1 would look for the DTD in spite of all this
    try:
        return etree.fromstring(text.encode(), parser)
    except UnicodeEncodeError as error:
        raise UnreadableText("The text holds half a surrogate pair, so characters of it are missing.") from error
    except etree.XMLSyntaxError as error:
        raise _translated(error) from error


def _translated(error: etree.XMLSyntaxError) -> InvalidDocument | DocumentTooLarge:
    reason = _PLACE.sub("", str(error.msg))[:_LONGEST_REASON]
    if reason.startswith("Excessive depth"):
        return InvalidDocument("The XML is nested more than 255 levels deep, which no article is.")
    if _LIMITS.search(reason):
        return DocumentTooLarge("A name, an attribute or a piece of text in the XML is too long to be any article's.")
    place = f"in line {error.lineno}, column {error.offset}"
    return InvalidDocument(f"The document is not well-formed XML: {reason} {place}.")
