"""HTML and XHTML pages."""

import re
from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from itertools import islice
from typing import NamedTuple

from lxml import etree

from standfirst.domain.article import MIN_TEXT_CHARACTERS
from standfirst.domain.errors import EmptyDocument, NotAnArticle, ReadingError
from standfirst.domain.word_count import UNSPACED
from standfirst.reading.boilerplate.page import read_page
from standfirst.reading.boilerplate.related_boxes import stems
from standfirst.reading.embargo import failing_under
from standfirst.reading.formats import plain_text
from standfirst.reading.formats.html.arranged import arrange, show_for_subscribers
from standfirst.reading.formats.html.body import body_paragraphs, word_key
from standfirst.reading.formats.html.declared_body import paragraphs_of, with_declared
from standfirst.reading.formats.html.hidden import mark_hidden, mark_hidden_by_attributes
from standfirst.reading.formats.html.in_view import is_in_view
from standfirst.reading.formats.html.metadata import Stated, read_metadata
from standfirst.reading.formats.html.partial import show_prompts, shown_part
from standfirst.reading.formats.html.prose import prose_of
from standfirst.reading.formats.html.section_front import Teasers, is_section_front, teasers_of
from standfirst.reading.formats.html.standfirst import page_standfirst, without_standfirst
from standfirst.reading.formats.html.text import is_markup, visible_blocks
from standfirst.reading.formats.html.tree import empty_unseen, may_show_hidden, parse_html, show_hidden
from standfirst.reading.notices.refuse import refuse_notice
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source

_MOST_ELEMENTS = 16_000
"""Several times what a long page has; trafilatura needs about 0.15 ms for each, and whoever uploads waits."""

_SHORT = 300
_BRIEF = 100
"""An article of fewer characters may be a notice that the page is loading, or its standfirst; one that has several
words of its headline is neither if it has as many as a brief and is not what the page states as its description."""

_BODY = re.compile(r"</head\b|<body\b", re.IGNORECASE)

_SHARED = 2
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]{{2,}}")
_LEAST_PAIRS = 3
"""Of so many pairs of letters of a headline without spaces between words, one at least stands in its story."""

_MOST_ABOVE = 5
"""Lines above the box of the text, in which a paper says what kind of text it is."""


def read(source: Source) -> list[ParsedArticle]:
    """Returns the article of a page with what its head states about it. Text without a tag is read as text.

    Raises UnreadableText, InvalidDocument (nested too deeply), DocumentTooLarge, NotAnArticle for the front of a
    section, and EmptyDocument for a page that holds no article: a list of links, a gallery, a page that a script would
    have to fill.
    """
    text = source.raw_text
    if not is_markup(text):
        return plain_text.read(source)
    seen = _seen(text)
    told = seen.body if seen.length >= MIN_TEXT_CHARACTERS else ()
    with failing_under(seen.stated.embargoed_until):
        if is_section_front(seen.teasers, seen.stated.headlines, told):
            raise NotAnArticle("The HTML page is the front of a section: it holds teasers of several articles.")
        if not seen.body:
            refuse_notice(seen.stated.headline, seen.lines)
            raise EmptyDocument("The HTML page holds no article: it has no text but headings, links and boilerplate.")
    stated = seen.stated
    article = ParsedArticle(
        paragraphs=tuple(without_standfirst(seen.body, seen.standfirst)),
        headline=stated.headline,
        standfirst=seen.standfirst,
        language=stated.language,
        published_at=stated.published_at,
        version=stated.version,
        embargoed_until=stated.embargoed_until,
        partial=seen.partial,
        labels=stated.labels,
        all_lines=seen.body_lines,
    )
    return [article]


class _Seen(NamedTuple):
    """What a page states and shows of its article, its whole article, and what else it shows."""

    stated: Stated
    shown: Sequence[str]
    body: Sequence[str]
    standfirst: str | None
    teasers: Teasers
    lines: Sequence[str]
    partial: str | None
    body_lines: tuple[str, ...]

    @property
    def length(self) -> int:
        """The characters of the article."""
        return sum(map(len, self.body))


def _seen(text: str) -> _Seen:
    """Returns what people see of a page when it opens.

    Where that is no article, and the page hides more than it shows, it waits for its script: then what style sheets
    hide counts as seen, and if that is none either, so does what attributes hide.
    """
    tree = _parsed(text)
    if not (_has_sheets(tree) and may_show_hidden(tree)):
        if seen := _seen_at_once(tree):
            return seen
        tree = _parsed(text)
    hidden = mark_hidden(tree)
    seen = _read(tree)
    if hidden <= seen.length or _matches_headline(seen):
        return seen
    for shows_attributes in (False, True):
        whole = _parsed(text)
        if shows_attributes:
            show_hidden(whole)
        shown = _read(whole)
        is_longer = shown.length > 2 * max(seen.length, MIN_TEXT_CHARACTERS)
        if is_longer or (shown.length > seen.length and _matches_headline(shown)):
            return shown
    return seen


def _has_sheets(tree: etree._Element) -> bool:
    return next(tree.iter("style", "{*}style"), None) is not None


def _seen_at_once(tree: etree._Element) -> _Seen | None:
    """Returns what is seen, if reading first and looking afterwards whether that is in view tells it."""
    has_sheets = _has_sheets(tree)
    if has_sheets:
        mark_hidden_by_attributes(tree)
    else:
        mark_hidden(tree)
    before = deepcopy(tree) if has_sheets else None
    seen = _read(tree)
    if not _matches_headline(seen) or (has_sheets and seen.stated.access.selectors):
        return None
    if before is None:
        return seen
    return seen if is_in_view(before, seen.shown, [seen.stated.headline, seen.standfirst]) else None


def _matches_headline(seen: _Seen) -> bool:
    """Returns whether the page tells what its headline says, and not that it is loading, or of other articles."""
    headline, body = seen.stated.headline or "", " ".join(seen.body)
    is_description = word_key(body) in map(word_key, (*seen.stated.standfirsts, *seen.stated.descriptions))
    is_brief = seen.length >= _BRIEF and not is_description
    if runs := _UNSPACED_RUN.findall(headline):
        pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
        return is_brief and sum(pair in body for pair in pairs) * _LEAST_PAIRS >= len(pairs)
    title = stems(headline)
    shared = len(title & stems(body))
    if seen.length >= _SHORT:
        return shared >= _SHARED or shared * 2 >= len(title)
    return is_brief and shared >= max(_SHARED, len(title) / 2)


def _parsed(text: str) -> etree._Element:
    try:
        tree = parse_html(text)
    except ReadingError as error:
        error.under_embargo(_embargo_in_head(text))
        raise
    arrange(tree)
    return tree


def _embargo_in_head(text: str) -> str | None:
    """Returns the embargo that a page states before its body, which cannot be parsed."""
    with suppress(ReadingError):
        return read_metadata(parse_html(_BODY.split(text, maxsplit=1)[0])).embargoed_until
    return None


def _read(tree: etree._Element) -> _Seen:
    """Returns what is not hidden, and what the JSON-LD states where that is the same body and more of it."""
    stated = read_metadata(tree)
    show_for_subscribers(tree, stated.access.selectors)
    prompts = show_prompts(tree)
    empty_unseen(tree)
    teasers = teasers_of(tree, stated.headlines)
    lines = _lines(tree)
    container = next((element for name in ("main", "article") for element in islice(tree.iter(name), 1)), None)
    body_lines = () if container is None else _lines(container)
    declared = paragraphs_of(stated.body, stated.headline, stated.language)
    shown = [paragraph for paragraph in _shown(tree, stated, declared) if paragraph not in prompts]
    body = with_declared(shown, declared, stated.headlines)
    standfirst = page_standfirst(tree, stated, body) if body else None
    body_lines = _lines_of_body(tree, body_lines, shown)
    partial = shown_part(tree, stated.access, body, lines)
    return _Seen(stated, shown, body, standfirst, teasers, lines, partial, body_lines)


def _lines(tree: etree._Element) -> Sequence[str]:
    """Returns all that is seen; nothing where that cannot be read, which says nothing of the article."""
    try:
        return [block.text for block in visible_blocks(tree)]
    except ReadingError:
        return ()


def _lines_of_body(tree: etree._Element, lines: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """Returns those of ``lines`` that stand above or in the box around the paragraphs ``shown``.

    Comments, tickers and lists of other articles stand beside that box, and tell nothing of the kind of the article.
    """
    keys = {word_key(paragraph) for paragraph in shown}
    found = [prose.element for prose in prose_of(tree) if word_key(prose.text) in keys]
    boxes = [*found[0].iterancestors()] if found else []
    for element in found:
        around = {*element.iterancestors()}
        boxes = [box for box in boxes if box in around]
    inside = {*_lines(boxes[0])} if boxes else set()
    places = [at for at, line in enumerate(lines) if line in inside]
    if not places:
        return tuple(lines)
    above = lines[: min(places[0], _MOST_ABOVE)]
    return (*above, *lines[places[0] : places[-1] + 1])


def _shown(tree: etree._Element, stated: Stated, declared: Sequence[str]) -> Sequence[str]:
    """Returns what trafilatura finds; of a page too short or far too large for it, what its lines say."""
    body = body_paragraphs(tree, stated.headlines, declared) if not _is_huge(tree) else []
    if sum(map(len, body)) >= MIN_TEXT_CHARACTERS:
        return body
    page = read_page(visible_blocks(tree), stated.headline)
    printed = {word_key(headline) for headline in stated.headlines}
    return [paragraph for paragraph in page.paragraphs if word_key(paragraph) not in printed] or body


def _is_huge(tree: etree._Element) -> bool:
    return next(islice(tree.iter(), _MOST_ELEMENTS, None), None) is not None
