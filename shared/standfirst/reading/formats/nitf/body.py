"""The text of a NITF body: its paragraphs, without what NITF itself says is none of the article."""

import re
from collections.abc import Sequence

from lxml import etree

from standfirst.reading.boilerplate.paragraphs import split_blocks
from standfirst.reading.encoding.characters import clean_characters
from standfirst.reading.formats.html.tree import is_hidden
from standfirst.reading.formats.wire_paragraphs import Line, clean_paragraphs

# NITF 3.6, elements of body.content and block: what is marked as a crosshead, a picture, a note (to editors, mostly), a
# table, a footnote, a source or a claim of rights stands beside the article. ``pre`` holds results in columns.
_OUT = frozenset(
    {
        "abstract", "byline", "copyrite", "credit", "datasource", "dateline", "distributor", "fn", "hl2", "media",
        "nitf-table", "note", "pre", "rights", "series", "table", "tagline",
    }
)  # fmt: skip
_METADATA = frozenset({"alt-code", "classifier", "identified-content", "key-list", "tobject"})
_BLOCKS = frozenset(
    {"block", "body.content", "body.end", "body.head", "bq", "dd", "dl", "dt", "hr", "li", "ol", "p", "ul"}
)
_ITEMS = frozenset({"dd", "dt", "li"})

# Their text is whole words, whether the provider puts white space between the elements or not.
_WHOLE_WORDS = frozenset(
    {
        "care.of", "city", "country", "delivery.office", "delivery.point", "frac", "function", "name.family",
        "name.given", "postcode", "region", "state", "street", "sublocation",
    }
)  # fmt: skip
_CLOSING_MARKS = tuple(".,;:!?)]’”»…")
_QUOTES = frozenset('"“”„«»‘’‹›「『')
_BROKEN_FIGURES = re.compile(r"(?<=\d-) {0,20}\n\s{0,200}(?=\d)")  # a score that the wrapping of the XML has parted
_SUPERSCRIPT_SIGNS = "0123456789+-"
_SUPERSCRIPTS = str.maketrans(_SUPERSCRIPT_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def paragraphs_of(content: Sequence[etree._Element]) -> tuple[str, ...]:
    """Returns the paragraphs of the elements ``content`` and the items of their lists, in order, on one line each.

    A dateline, a sign-off or a byline that a wire puts into a paragraph goes; so does a paragraph that is no more than
    a crosshead. A body that is preformatted as a whole is an article in fixed lines. Raises UnreadableText.
    """
    lines = [line for element in content for line in _lines(element)]
    return clean_paragraphs(lines or _preformatted(content))


def lines_of(content: Sequence[etree._Element]) -> tuple[str, ...]:
    """Returns all lines of the elements ``content``, also those that are no paragraphs. Raises UnreadableText."""
    return tuple(line.text for element in content for line in (_lines(element) or _preformatted([element])))


def _preformatted(content: Sequence[etree._Element]) -> list[Line]:
    texts = ["".join(map(str, pre.itertext())) for element in content for pre in element.iter("pre")]
    return [Line(block.text) for text in texts for block in split_blocks(clean_characters(text))]


def _lines(element: etree._Element) -> list[Line]:
    collector = _Collector()
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walker:
        out = inner is not element and _is_out(inner)
        if event == "start" and out:
            walker.skip_subtree()
            collector.add("" if inner.tag in _METADATA else " ")
        elif event == "start":
            collector.enter(inner)
        elif not out:
            collector.leave(inner)
        if event == "end" and inner is not element:
            collector.add(inner.tail)
    collector.end_line()
    return collector.lines


def _is_out(element: etree._Element) -> bool:
    return element.tag in _OUT or element.tag in _METADATA or is_hidden(element, element.tag)


class _Collector:
    """Text gathered on a walk through a body, and the lines it makes."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._items = 0
        self._quotations: list[bool] = []

    def enter(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS:
            self.end_line()
        self._items += element.tag in _ITEMS
        self._open(element)
        self.add(_own_text(element))

    def leave(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS:
            self.end_line()
        elif (element.tail or "").startswith(_CLOSING_MARKS):
            self._trim()  # the white space before it is how the element was printed
        if element.tag == "q" and self._quotations.pop():
            self.add("”")
        self._items -= element.tag in _ITEMS

    def add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)

    def end_line(self) -> None:
        whole = _BROKEN_FIGURES.sub("", clean_characters("".join(self._parts)))
        text = " ".join(whole.split())
        self._parts.clear()
        if text:
            self.lines.append(Line(text, is_item=bool(self._items), is_paragraph=True))

    def _open(self, element: etree._Element) -> None:
        """Add what stands before the element's text: a space between whole words, a quotation's missing marks."""
        last = self._last()
        if element.tag == "br":
            self.add(" ")
        elif element.tag == "q":
            self._quotations.append(not (last in _QUOTES or (element.text or "").lstrip()[:1] in _QUOTES))
            self.add("“" if self._quotations[-1] else "")
        elif element.tag in _WHOLE_WORDS and last.isalnum():
            self.add(" ")
        elif element.tag == "frac-den" and last.isdigit():
            self.add("/")

    def _last(self) -> str:
        """Returns the last character gathered, empty at the start of a line."""
        return self._parts[-1][-1] if self._parts else ""

    def _trim(self) -> None:
        text = ""
        while self._parts and not text:
            text = self._parts.pop().rstrip()
        self.add(text)


def _own_text(element: etree._Element) -> str:
    """Returns the text before the element's first child; superscript figures in their own characters, or 10² is 102."""
    text = element.text or ""
    return text.translate(_SUPERSCRIPTS) if element.tag == "sup" and not text.strip(_SUPERSCRIPT_SIGNS) else text
