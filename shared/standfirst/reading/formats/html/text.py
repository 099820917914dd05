"""Pieces of HTML inside other formats: the text that a reader would see, as the blocks of a page."""

import re
from html.entities import html5

from lxml import etree

from standfirst.domain.errors import DocumentTooLarge, EmptyDocument
from standfirst.reading.boilerplate.paragraphs import MAX_LINES, Block, split_blocks
from standfirst.reading.encoding.characters import clean_characters
from standfirst.reading.formats.html.hidden import mark_hidden
from standfirst.reading.formats.html.tree import is_unseen, local_name, parse_html

_TAG = re.compile(
    r"</?(?:html|head|body|title|meta|link|nav|form|button|p|div|span|a|abbr|b|i|u|em|strong|small|sub|sup|cite|q|code|pre|font|h[1-6]|li|ul|ol|dl|dt|dd|br|hr|"
    r"blockquote|figure|img|iframe|script|style|aside|section|article|header|footer|main|table|tr|td|th|time)\b[^<>]*>"
    r"|<!--",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}));")

# A body without these is text with some tags in it, as content systems store it: a blank line ends its paragraphs.
_BREAKING_TAG = re.compile(r"<(?:[\w.-]{1,60}:)?(?:p|br|div|td|dd)\b", re.IGNORECASE)

_HEADING = re.compile(r"h[1-6]|head|caption|legend|summary")
_SENTENCE_MARKS = " .:;…。．"
_QUESTION_MARKS = "?!？！؟"
_BLOCK_TAGS = frozenset(
    {
        "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
        "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li",
        "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
        # the names that trafilatura gives to the parts of a body
        "cell", "head", "item", "list", "quote", "row",
    }
)  # fmt: skip
_ROW_TAGS = frozenset({"tr", "row"})
_LONGEST_CELL = 60
_LONGEST_ROW = 250
_LINE_ENDS = frozenset({"br", "lb"})


def is_markup(text: str) -> bool:
    """Returns whether ``text`` is HTML rather than text: it holds a tag, a comment or a character reference of HTML."""
    if _TAG.search(text):
        return True
    return any(found[1] is None or f"{found[1]};" in html5 for found in _REFERENCE.finditer(text))


def split_html(fragment: str) -> list[Block]:
    """Returns the visible text of ``fragment``, block by block; hidden text, comments and alternatives left out.

    Paragraphs, items, cells and lines ended by ``br`` are a block each. A heading is one without the mark that would
    make it a sentence, so that whoever reads the page takes it for a title; only an ``h1`` keeps its ``?`` and ``!``.
    Raises UnreadableText, InvalidDocument (nested too deeply), DocumentTooLarge.
    """
    try:
        tree = parse_html(fragment)
    except EmptyDocument:
        return []
    mark_hidden(tree)
    return visible_blocks(tree, keeps_lines=not _BREAKING_TAG.search(fragment))


def visible_blocks(tree: etree._Element, *, keeps_lines: bool = False) -> list[Block]:
    """Returns the same, of a tree. ``keeps_lines`` says that its line feeds end lines, as they do in ``pre``."""
    collector = _Collector(keeps_lines)
    walker = etree.iterwalk(tree, events=("start", "end"))
    skipped = None
    for event, element in walker:
        if event == "end":
            if element is not skipped:
                collector.leave(element)
            collector.add(element.tail)
        elif is_unseen(element):
            walker.skip_subtree()
            skipped = element
        else:
            collector.enter(element)
            collector.add(element.text)
    return collector.finished()


class _Collector:
    """Text gathered on a walk through a tree, and where its blocks end."""

    def __init__(self, keeps_lines: bool) -> None:  # noqa: FBT001 - the one caller names it
        self._keeps_lines = int(keeps_lines)
        self._parts: list[str] = []
        self._gap = True
        self._blocks: list[Block] = []
        self._rows: list[int] = []

    def enter(self, element: etree._Element) -> None:
        name = local_name(element)
        if name in _BLOCK_TAGS:
            self._end_block()
        elif name in _LINE_ENDS:
            self._end_line()
        elif name == "q":
            self._parts.append("“")  # a browser sets the marks, the text does not hold them
        self._keeps_lines += name == "pre"
        if name in _ROW_TAGS:
            self._rows.append(len(self._blocks))

    def leave(self, element: etree._Element) -> None:
        name = local_name(element)
        if _HEADING.fullmatch(name):
            self._parts = [_title("".join(self._parts), name)]
        if name in _BLOCK_TAGS:
            self._end_block()
        elif name == "q":
            self._parts.append("”")
        self._keeps_lines -= name == "pre"
        if name in _ROW_TAGS:
            self._join_row(self._rows.pop())

    def add(self, text: str | None) -> None:
        if text:
            self._parts.append(text if self._keeps_lines else text.replace("\n", " ").replace("\r", " "))

    def _end_block(self) -> None:
        self._flush()
        self._gap = True

    def _join_row(self, start: int) -> None:
        """Make one line of a row of figures; a cell that holds prose is no cell of a table but a column of the page."""
        cells = self._blocks[start:]
        row = " | ".join(cell.text for cell in cells)
        if len(cells) > 1 and len(row) <= _LONGEST_ROW and all(len(cell.text) <= _LONGEST_CELL for cell in cells):
            self._blocks[start:] = [Block(row, gap=True)]

    def _end_line(self) -> None:
        """End a line, as ``br`` does; a second one leaves a blank line, which is how many pages end paragraphs."""
        if self._keeps_lines:
            self._parts.append("\n")
        else:
            self._gap = not self._flush()

    def _flush(self) -> bool:
        """Returns whether there was any text to end."""
        text = "".join(self._parts)
        self._parts.clear()
        if not text.strip():
            return False
        blocks = split_blocks(text) if "\n" in text else [Block(" ".join(text.split()), gap=False)]
        first, *others = blocks
        self._blocks += [Block(first.text, gap=self._gap), *others]
        self._gap = False
        if len(self._blocks) > MAX_LINES:
            raise DocumentTooLarge(f"The HTML has over {MAX_LINES:,} lines of text; an article has at most that many.")
        return True

    def finished(self) -> list[Block]:
        """Returns the blocks, cleaned together: a stray control character says little of one and much of all."""
        self._end_block()
        lines = clean_characters("\n".join(block.text for block in self._blocks)).split("\n")
        cleaned = zip(self._blocks, (" ".join(line.split()) for line in lines), strict=True)
        return [Block(text, block.gap) for block, text in cleaned if text] if self._blocks else []


def _title(text: str, name: str) -> str:
    stripped = text.rstrip()
    return stripped.rstrip(_SENTENCE_MARKS if name == "h1" else _SENTENCE_MARKS + _QUESTION_MARKS)
