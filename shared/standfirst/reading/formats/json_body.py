"""A body that a JSON format carries in one string: its blocks, be it text or HTML, and the article in them.

Such a body is an export of a page as often as it is one clean article, so it is read as a page: datelines, sign-offs,
links and boxes go. What the format says apart from the body (headline, standfirst, description) is held against it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from standfirst.reading.boilerplate.datelines import without_marks
from standfirst.reading.boilerplate.page import Page, read_page
from standfirst.reading.boilerplate.paragraphs import Block, split_blocks
from standfirst.reading.encoding.characters import clean_characters
from standfirst.reading.formats.html.text import is_markup, split_html

_LONGEST_STANDFIRST = 1_000
"""Characters; what is longer is a text of its own, whatever it is called."""

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_CUT = 4
_QUOTED_WORDS = 8


def blocks_of_text(text: str) -> list[Block]:
    """Returns the blocks of a body nobody said the type of: HTML if it has tags, else text."""
    return split_html(text) if is_markup(text) else split_blocks(clean_characters(text))


def one_line(text: str | None) -> str | None:
    """Returns a headline or another single line, from text or HTML; None when nothing of it can be seen."""
    if text and is_markup(text):
        text = " ".join(block.text for block in split_html(text))
    return " ".join(clean_characters(text).split()) or None if text else None


def read_body(
    blocks: Iterable[Block],
    headline: str | None,
    standfirsts: Iterable[str | None] = (),
    descriptions: Iterable[str | None] = (),
) -> Page:
    """Returns the article in ``blocks`` under ``headline``, and the paper's own standfirst.

    That is the first of ``standfirsts``, else of ``descriptions``, that says something of its own: neither the headline
    again nor merely the first words of the body. A named standfirst that is printed as the first paragraph, too, is
    taken out of the body; a description is not. Without either, a standfirst that the page shows is one.
    """
    known = (headline or "").casefold()
    ours = [block for block in blocks if not known or block.text.casefold() != known]
    page = read_page(ours, headline)
    # A body of a few lines without a full stop is no page, but it is what there is.
    body = page.paragraphs if page.paragraphs or page.standfirst else tuple(block.text for block in ours)
    whole = (page.standfirst, *body) if page.standfirst else body
    for stated in map(one_line, standfirsts):
        if stated and len(whole) > 1 and _same(stated, whole[0]):
            return replace(page, headline=headline or page.headline, standfirst=stated, paragraphs=whole[1:])
        if stated and _says_more(stated, headline, whole):
            return replace(page, headline=headline or page.headline, standfirst=stated, paragraphs=whole)
    if described := own_standfirst(descriptions, headline, whole):
        return replace(page, headline=headline or page.headline, standfirst=described, paragraphs=whole)
    return replace(page, headline=headline or page.headline, paragraphs=body)


def own_standfirst(stated: Iterable[str | None], headline: str | None, paragraphs: Sequence[str]) -> str | None:
    """Returns the first of ``stated`` that is neither the headline again nor merely the first words of the body."""
    return next((text for text in map(one_line, stated) if text and _says_more(text, headline, paragraphs)), None)


def _says_more(text: str, headline: str | None, paragraphs: Sequence[str]) -> bool:
    return len(text) <= _LONGEST_STANDFIRST and not _same(text, headline) and not _is_taken_from(text, paragraphs)


def _same(text: str, other: str | None) -> bool:
    return bool(other) and text.casefold() == (other or "").casefold()


def _is_taken_from(text: str, paragraphs: Sequence[str]) -> bool:
    """Returns whether ``text`` begins or ends with words of ``paragraphs``, be it cut off in the middle of a word."""
    words = _words(" ".join(without_marks([text])))
    wanted = words[:-1] if len(words) >= _SHORTEST_CUT else words
    body = f" {' '.join(_words(' '.join(paragraphs)))} "
    # A dateline may stand before the first words on one side only.
    return any(f" {' '.join(part)} " in body for part in (wanted[:_QUOTED_WORDS], wanted[-_QUOTED_WORDS:]))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
