"""Markdown (CommonMark 0.31, with the tables and struck text of GitHub's dialect), with or without front matter.

Where the Markdown holds HTML, its blocks go through the reader of HTML fragments, so that what the HTML hides stays
hidden, also when the hidden text between two tags is Markdown.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from standfirst.domain.article import MAX_TEXT_CHARACTERS
from standfirst.domain.errors import DocumentTooLarge, InvalidDocument
from standfirst.domain.word_count import UNSPACED, count_words
from standfirst.reading.boilerplate.classify import Kind, kind_of
from standfirst.reading.boilerplate.page import Page, read_page
from standfirst.reading.boilerplate.paragraphs import MAX_LINES, Block, ends_sentence
from standfirst.reading.boilerplate.questions import is_question
from standfirst.reading.formats.front_matter import FrontMatter, split_front_matter
from standfirst.reading.formats.html.text import split_html
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source

_MOST_CHARACTERS = MAX_TEXT_CHARACTERS * 3 // 2
"""Of Markdown, once pictures inside it are gone: the longest article and its markup."""

# The parser looks for the end of each mark in the rest of its paragraph, which takes quadratic time over many of them.
_MOST_BRACKETS = 2_000
_MOST_MARKS = 20_000

_DEEPEST = 60
_LEAST_STANDFIRST = 7
_LONGEST_STANDFIRST = 60
_LEAST_QUESTIONS = 3

_EMBEDDED_PICTURE = re.compile(r"data:[\w/+.;=-]{1,80},[A-Za-z0-9+/=%]*")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\](?!:)")
_FOOTNOTE_TEXT = re.compile(r"\[\^[^\]\s]{1,40}\]:")
_FOOTNOTE_LABEL = re.compile(r"\^[^\]\s]{1,40}")
_ATTRIBUTES = re.compile(r"(?<!\s)\s*\{:?\s*[#.][^{}\n]{0,80}\}\s*$")  # kramdown and Pandoc: "Heading {#anchor .class}"
_SHORT_CODE = re.compile(r"\{\{[<%]?[^{}\n]{0,400}[>%]?\}\}|\{%[^{}\n]{0,400}%\}")  # Hugo, Jekyll
_LINE = "\n"
_BETWEEN_WIDE = re.compile(rf"(?<=[{UNSPACED}\u3000-\u303f\uff00-\uffef])\n(?=[{UNSPACED}\u3000-\u303f\uff00-\uffef])")
_MARK = re.compile(r"\u241f(\d)\u241f")
_BULLET = "• "
_HEAD_LINES = frozenset({Kind.BYLINE, Kind.TIME, Kind.BOILERPLATE})


class _Part(NamedTuple):
    """A block of the text; ``level`` is 1 to 6 for a heading, 0 for what is none."""

    text: str
    level: int = 0


@dataclass(slots=True)
class _Walk:
    """Where the walk over the blocks is."""

    html: bool
    item: bool = False
    skipped: str = ""
    in_footnote: bool = False


def read(source: Source) -> list[ParsedArticle]:
    """Returns the article of a Markdown text. What the front matter says wins over what the text shows.

    Headings are not paragraphs; pictures, code, tables, footnotes and comments are left out. Raises InvalidDocument
    when the front matter is broken or the lists are nested deeper than any article's, DocumentTooLarge.
    """
    stated, body = split_front_matter(source.text)
    parts = _parts(body)
    headline = stated.headline or _headline(parts)
    standfirst = stated.standfirst or _standfirst(parts, headline)
    page = read_page(_blocks(parts), headline)
    return [replace(_article(stated, page, standfirst), all_lines=tuple(part.text for part in parts))]


def _article(stated: FrontMatter, page: Page, standfirst: str | None) -> ParsedArticle:
    return ParsedArticle(
        paragraphs=page.paragraphs,
        headline=stated.headline or page.headline,
        standfirst=standfirst or page.standfirst,
        language=stated.language,
        published_at=stated.published_at,
        embargoed_until=stated.embargoed_until,
        labels=stated.labels,
        lines=page.lines,
    )


def _headline(parts: Sequence[_Part]) -> str | None:
    """Returns the first heading of the first level, or any heading above the text."""
    first = next((part.text for part in parts if part.level == 1), None)
    return first or (parts[0].text if parts and parts[0].level else None)


def _standfirst(parts: Sequence[_Part], headline: str | None) -> str | None:
    """Returns a lower heading right below the headline, when it is long enough to say something."""
    at = next((at for at, part in enumerate(parts) if part.level and part.text == headline), None)
    below = parts[at + 1] if at is not None and at + 1 < len(parts) else None
    if below and below.level > 1 and _LEAST_STANDFIRST <= count_words(below.text) <= _LONGEST_STANDFIRST:
        return below.text
    return None


def _blocks(parts: Iterable[_Part]) -> list[Block]:
    """Returns ``parts`` as the blocks of a page, without the headings that would pass for sentences.

    Several headings that are questions are those of an interview, and stay.
    """
    parts = list(parts)
    asks = sum(bool(part.level) and is_question(part.text) for part in parts) >= _LEAST_QUESTIONS
    return [
        Block(part.text, gap=True)
        for part in parts
        if not part.level
        or kind_of(part.text) not in {Kind.PROSE, Kind.BULLET}
        or (asks and part.level > 1 and is_question(part.text))
    ]


def _parts(body: str) -> list[_Part]:
    body = _SHORT_CODE.sub("", _EMBEDDED_PICTURE.sub("", body))
    if len(body) > _MOST_CHARACTERS:
        raise DocumentTooLarge(
            f"The Markdown has {len(body):,} characters; an article has at most {MAX_TEXT_CHARACTERS:,}."
        )
    lines = body.count("\n") + 1
    if lines > MAX_LINES:
        raise DocumentTooLarge(f"The text has {lines:,} lines; an article has at most {MAX_LINES:,}.")
    tokens = _tokens(body)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        raise InvalidDocument(f"The lists and quotations of the Markdown are nested more than {_DEEPEST} levels deep.")
    has_html = any(token.type == "html_block" or _has_html(token) for token in tokens)
    walked = _walk(tokens, _Walk(html=has_html))
    return _through_html(walked) if has_html else [_Part(text, level) for level, text in walked if text]


@cache
def _parser() -> MarkdownIt:
    """Returns the parser; indented code is no code here: papers indent their paragraphs, and print none."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    return parser.enable(["table", "strikethrough"]).disable("code")


def _tokens(body: str) -> list[Token]:
    """Returns the blocks, whose text is looked at before it is taken apart."""
    parser, env = _parser(), dict[str, object]()
    tokens: list[Token] = []
    parser.block.parse(body, parser, env, tokens)
    for token in (token for token in tokens if token.type == "inline"):
        _refuse_overmarked(token.content)
        token.children = []
        parser.inline.parse(token.content, parser, env, token.children)
    return tokens


def _refuse_overmarked(text: str) -> None:
    marks = sum(text.count(mark) for mark in "*_`<>&~\\![]")
    if text.count("[") > _MOST_BRACKETS or marks > _MOST_MARKS:
        raise InvalidDocument(f"One paragraph of the Markdown holds {marks:,} marks: it is no text of an article.")


def _has_html(token: Token) -> bool:
    return any(child.type == "html_inline" for child in token.children or ())


def _walk(tokens: Sequence[Token], walk: _Walk) -> Iterator[tuple[int, str]]:
    """Yields level and text of each block; in a text that holds HTML, its HTML instead of its text."""
    level = 0
    for token in tokens:
        if walk.skipped:
            walk.skipped = "" if token.type == walk.skipped else walk.skipped
        elif token.type == "table_open":
            walk.skipped = "table_close"
        elif token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "list_item_open":
            walk.item = True
        elif token.type == "html_block":
            yield 0, token.content
        elif token.type == "inline" and not _is_footnote(token, walk):
            yield from ((level, text) for text in _texts(token, level, walk))
            level, walk.item = 0, False


def _is_footnote(token: Token, walk: _Walk) -> bool:
    """Returns a footnote's text, or a further paragraph of it, which is indented."""
    indented = walk.in_footnote and token.level <= 1 and token.content[:1] == " "
    walk.in_footnote = bool(_FOOTNOTE_TEXT.match(token.content)) or indented
    return walk.in_footnote


def _texts(token: Token, level: int, walk: _Walk) -> Iterator[str]:
    children = token.children or []
    if not level and _is_link_alone(children):
        return
    if walk.html:
        mark = f"\u241f{level}\u241f" if level else _BULLET if walk.item else ""
        text = _BETWEEN_WIDE.sub("", _inline(children, html=True)).replace(_LINE, " ")
        yield f"<p>{mark}{text}</p>"
        return
    for at, line in enumerate(_lines(_inline(children, html=False))):
        text = _ATTRIBUTES.sub("", " ".join(line.split()))
        if text:
            yield _BULLET + text if walk.item and not at else text


def _is_link_alone(children: Sequence[Token]) -> bool:
    """Returns whether a block is nothing but a link to elsewhere, and no sentence."""
    shown = [child for child in children if child.type != "text" or child.content.strip()]
    if len(shown) < 2 or shown[0].type != "link_open" or shown[-1].type != "link_close":  # noqa: PLR2004 - a link's two ends
        return False
    links = sum(child.type == "link_open" for child in shown)
    return links == 1 and not ends_sentence(_inline(shown, html=False))


def _inline(children: Sequence[Token], *, html: bool) -> str:
    """Returns the text of a block without its markup; line ends of the source are kept as such."""
    pieces: list[str] = []
    struck, link_starts = 0, list[int]()
    for child in children:
        struck += child.nesting if child.type in {"s_open", "s_close"} else 0
        if child.type == "link_open":
            link_starts.append(len(pieces))
        elif child.type == "link_close" and link_starts:
            start = link_starts.pop()
            if _FOOTNOTE_LABEL.fullmatch("".join(pieces[start:])):
                del pieces[start:]
        elif not struck:
            pieces.append(_inline_text(child, html=html))
    return "".join(pieces)


def _inline_text(child: Token, *, html: bool) -> str:
    if child.type == "html_inline":
        return child.content if html else ""
    if child.type in {"softbreak", "hardbreak"}:
        return _LINE if child.type == "softbreak" else _LINE * 2
    if child.type in {"text", "text_special", "code_inline"}:
        text = _FOOTNOTE.sub("", child.content)
        return escape(text, quote=False) if html else text
    return ""  # the alternative text of a picture is no text of the article


def _lines(text: str) -> Iterator[str]:
    """Yields the paragraphs of one block: a line end is a space, but for stated breaks and lines of the page's head."""
    lines = _BETWEEN_WIDE.sub("", text).split(_LINE)
    while len(lines) > 1 and kind_of(lines[0]) in _HEAD_LINES:
        yield lines.pop(0)
    paragraph = ""
    for at, line in enumerate(lines):
        broken = at and not lines[at - 1]  # an empty one stands where two trailing spaces ask for a new line
        if broken and paragraph and not line[:1].islower():
            yield paragraph
            paragraph = ""
        paragraph = f"{paragraph} {line}" if paragraph else line
    yield paragraph


def _through_html(walked: Iterable[tuple[int, str]]) -> list[_Part]:
    """Returns the blocks of a Markdown text that holds HTML, without what the HTML hides."""
    parts = []
    for block in split_html("\n".join(html for _, html in walked)):
        mark = _MARK.match(block.text)
        text = _MARK.sub("", block.text).strip()
        if text:
            parts.append(_Part(_ATTRIBUTES.sub("", text), int(mark[1]) if mark else 0))
    return parts
