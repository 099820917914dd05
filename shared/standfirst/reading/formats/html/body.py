"""The paragraphs of a page's article: trafilatura finds the body, and what is still boilerplate in it goes.

Measured on real pages, trafilatura's precision mode with tables beats its other modes; so ours is that, less what its
rules cannot know: the headline printed again, the labels over sections, and headings over other articles.
"""

import re
from collections.abc import Collection, Sequence

import trafilatura
from lxml import etree
from trafilatura.settings import Document

from standfirst.domain.word_count import count_words
from standfirst.reading.boilerplate.classify import Kind, is_comment_rule, kind_of
from standfirst.reading.boilerplate.paragraphs import ends_sentence
from standfirst.reading.formats.html.cards import take_out_cards
from standfirst.reading.formats.html.prose import prose_of
from standfirst.reading.formats.html.text import visible_blocks
from standfirst.reading.formats.html.whole_body import whole_body

_LONGER_TEXTS = etree.XPath(
    "//body//*[not(self::a)]/text()[string-length(normalize-space(.)) > 60]", smart_strings=False
)
_LEAST_SHARE = 0.5
"""Of a page's longer texts; where less was found, the story may be elsewhere."""

_WORD = re.compile(r"[^\W_]+")
_BOILERPLATE = frozenset({Kind.RELATED, Kind.ENDING})
_NUMBERED = re.compile(r"[\W_]{0,3}\d")
_DIGIT = re.compile(r"\d")
_LEAST_DIGITS = 5
"""Of a day and a year, or of a day and a time; live blogs print the time alone above an entry."""
_LONGEST_DATE = 60
_LAST_LINES = 4
_LONGEST_LABEL = 3
_LONGEST_LINE = 150
_TABLE_ROW = " | "


def body_paragraphs(tree: etree._Element, headlines: Collection[str], stated: Sequence[str] = ()) -> list[str]:
    """Returns the paragraphs of the article in ``tree`` without its ``headlines``; none where there are none.

    ``stated`` are the paragraphs that its JSON-LD states: they tell which of the page's texts are its story.
    """
    lines = _extracted(tree, compares=False)
    if sum(map(len, lines)) < _LEAST_SHARE * _prose_length(tree):
        lines = _extracted(tree, compares=True)
    elsewhere = {word_key(text) for text in (*headlines, *take_out_cards(tree, headlines))}
    lines = [line for line in lines if (key := word_key(line)) and key not in elsewhere and not _is_boilerplate(line)]
    return _without_comment_rules(
        whole_body(_without_dates(lines), prose_of(tree), headlines, word_key(" ".join(stated)))
    )


def _extracted(tree: etree._Element, *, compares: bool) -> list[str]:
    """Returns what trafilatura finds; if it ``compares``, or what readability or justext do, which takes longer."""
    found = trafilatura.bare_extraction(
        tree, favor_precision=True, include_comments=False, include_tables=True, fast=not compares
    )
    if not isinstance(found, Document) or found.body is None:
        return []
    _empty_labels(found.body)
    return [block.text for block in visible_blocks(found.body)]


def _prose_length(tree: etree._Element) -> int:
    """Returns the characters of the longer texts of ``tree`` that are no links."""
    return sum(len(" ".join(text.split())) for text in _LONGER_TEXTS(tree))


def word_key(text: str) -> str:
    """Returns ``text`` for comparing: its words alone, in small letters."""
    return " ".join(_WORD.findall(text.casefold()))


def _empty_labels(body: etree._Element) -> None:
    """Empty the headings of a few words: they are labels. Longer ones, numbered ones and questions stay."""
    for heading in body.iter("head"):
        text = " ".join("".join(heading.itertext()).split())
        if ends_sentence(text) or _NUMBERED.match(text) or count_words(text) > _LONGEST_LABEL:
            heading.tag = "p"
        else:
            heading.clear(keep_tail=True)


def _is_boilerplate(line: str) -> bool:
    """Returns whether no paragraph could be ``line``; tables and short lines are as often the article's own."""
    return len(line) <= _LONGEST_LINE and _TABLE_ROW not in line and kind_of(line) in _BOILERPLATE


def _without_dates(lines: Sequence[str]) -> list[str]:
    """Returns ``lines`` without those that are nothing but a date, and the title in capitals below one."""
    kept: list[str] = []
    is_below_date = False
    for line in lines:
        is_date = (
            len(line) <= _LONGEST_DATE and len(_DIGIT.findall(line)) >= _LEAST_DIGITS and kind_of(line) is Kind.TIME
        )
        if not is_date and not (is_below_date and line.isupper() and kind_of(line) is Kind.TITLE):
            kept.append(line)
        is_below_date = is_date
    return kept


def _without_comment_rules(lines: list[str]) -> list[str]:
    """Returns ``lines`` without the rules for comments that stand as paragraphs at their end."""
    rules = [at for at in range(max(1, len(lines) - _LAST_LINES), len(lines)) if is_comment_rule(lines[at])]
    return lines[: rules[0]] if rules and len(rules) * 2 >= len(lines) - rules[0] else lines
