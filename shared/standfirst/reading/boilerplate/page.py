"""A pasted page to its article: headline and standfirst out of its head, paragraphs out of its body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from standfirst.domain.word_count import count_words
from standfirst.reading.boilerplate.blocks import ClassifiedBlock, classify_blocks
from standfirst.reading.boilerplate.classify import Kind
from standfirst.reading.boilerplate.datelines import has_dateline, without_marks
from standfirst.reading.boilerplate.duplicate_lead import is_duplicate_lead
from standfirst.reading.boilerplate.paragraphs import Block, ends_sentence, refuse_long
from standfirst.reading.boilerplate.questions import is_question, with_questions
from standfirst.reading.boilerplate.related_boxes import stems, without_related_boxes
from standfirst.reading.boilerplate.trailing_teasers import without_biographies, without_trailing_teasers

_LEAST_HEADLINE = 2
_LONGEST_HEADLINE = 28
_LEAST_TITLE_STANDFIRST = 7
_LONGEST_STANDFIRST = 60
_LEAST_LIST_ITEM = 3
_LEAST_LEAD = 6
_MOST_NOTICES = 3
_SEVERAL_QUESTIONS = 3
_STRANGE_WORDS = 3
_HEADLINE_WORDS = 2
_FULL_HEADLINE = 4
_HEADLINE_AND_STANDFIRST = 2
_LONGEST_SHORT = 5
_LEAST_STANDFIRST = 10
_LEAST_LONG_STANDFIRST = 14
_NEARLY = 0.6
_LEAD_PARAGRAPHS = 5
_LEAST_FORGOTTEN_STOP = 8
_NAME = r"[^\W\d_a-z][\w'’.-]+"
_NAMES_ALONE = re.compile(rf"{_NAME}(?:\s(?:and|und|et|y|e|en|och|i|,|&)?\s?{_NAME}){{1,5}}")
"""A byline without a word before it; only where it stands tells it from a title."""

_WIRE_PREFIX = re.compile(r"^(?:(?:UPDATE|WRAPUP|RPT|REFILE|CORRECTED)(?:\s\d{1,2})?\s?[-–—:]\s?)+(?=\S)")
_HEAD_MARKS = (Kind.BYLINE, Kind.TIME)


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page. ``paragraphs`` may be empty: whoever reads the document says what that means.

    ``lines`` are all lines of the page.
    """

    headline: str | None
    standfirst: str | None
    paragraphs: tuple[str, ...]
    lines: tuple[str, ...] = ()


def read_page(blocks: Sequence[Block], headline: str | None = None) -> Page:
    """Returns the article among ``blocks``. A ``headline`` that is known from elsewhere helps to find it.

    Raises DocumentTooLarge for blocks that are too long for any article.
    """
    refuse_long(len(block.text) for block in blocks)
    classified = with_questions(_with_forgotten_stops(classify_blocks(blocks)), has_headline=bool(headline))
    page = without_biographies(without_trailing_teasers(without_related_boxes(classified)))
    head, body = _split_head(page, headline)
    found = headline or _headline(head, body)
    if not headline:
        body, found = _sentence_headline(body, found, is_alone=len(_titles(head)) == 1)
    below = _title_below_headline(head, found, body)
    standfirst, body = (below, body) if below else _standfirst(_after_headline(head, found), body, found)
    paragraphs = dict.fromkeys(without_marks(_paragraphs(body)))  # a caption or a pull quote is printed twice
    return Page(_bare(found), standfirst, tuple(paragraphs), tuple(block.text for block in blocks))


def _with_forgotten_stops(blocks: list[ClassifiedBlock]) -> list[ClassifiedBlock]:
    """Returns ``blocks``; in a text without a single full stop the longer lines are its paragraphs."""
    if any(block.is_prose for block in blocks):
        return blocks
    return [
        replace(block, kind=Kind.PROSE) if block.kind is Kind.TITLE and block.words >= _LEAST_FORGOTTEN_STOP else block
        for block in blocks
    ]


def _split_head(
    blocks: Sequence[ClassifiedBlock], headline: str | None
) -> tuple[list[ClassifiedBlock], list[ClassifiedBlock]]:
    """Returns what stands before the first sentence of the body, and the rest.

    A notice or a ticker above the headline is written in sentences too; it shares no words with the body. Below the
    headline such a paragraph is a lead that begins from afar, and what follows a crosshead or a list.
    """
    prose = [at for at, block in enumerate(blocks) if block.is_prose]
    leads = [at for at in prose if blocks[at].words >= _LEAST_LEAD] or prose
    first = leads[0] if leads else len(blocks)
    asks = sum(block.kind is Kind.TITLE and is_question(block.text) for block in blocks) >= _SEVERAL_QUESTIONS
    for at, following in islice(pairwise(leads), _MOST_NOTICES):
        titles = [block.text for block in blocks[at:following] if block.kind is Kind.TITLE]
        titles = [title for title in titles if not (asks and is_question(title))]
        if not titles or (headline and not any(_is_printed(headline, title) for title in titles)):
            continue
        rest = stems(" ".join(blocks[later].text for later in leads if later > at))
        if _has_headline(blocks[:at], rest):
            break
        if not _shares(blocks[at].text, rest, _STRANGE_WORDS) and any(
            _shares(title, rest, _HEADLINE_WORDS) for title in titles
        ):
            first = following
    while first and blocks[first - 1].is_prose and is_question(blocks[first - 1].text):
        first -= 1  # the first one of an interview may be shorter than any lead
    head = [block for block in blocks[:first] if not block.is_prose]
    return head, list(blocks[first:])


def _is_printed(headline: str, title: str) -> bool:
    """Returns whether ``title`` is ``headline``, or nearly."""
    known, words = stems(headline), stems(title)
    is_near = count_words(title) >= _FULL_HEADLINE and len(known & words) >= _NEARLY * len(known | words)
    return title.casefold() == headline.casefold() or is_near


def _has_headline(above: Sequence[ClassifiedBlock], rest: set[str]) -> bool:
    """Returns whether one of the last two titles ``above`` shares words with the text; a single one if it is all."""
    titles = [block.text for block in above if block.kind is Kind.TITLE and _may_be_headline(block.text)]
    is_all = 0 < len(titles) <= _HEADLINE_AND_STANDFIRST and titles[0] == above[0].text
    return any(_shares(title, rest, _HEADLINE_WORDS) for title in titles[-2:]) or (
        is_all and _shares(titles[0], rest, 1)
    )


def _shares(text: str, vocabulary: set[str], least: int) -> bool:
    """Returns whether at least ``least`` longer words of ``text`` stand in ``vocabulary``."""
    return len(stems(text) & vocabulary) >= least


def _headline(head: Sequence[ClassifiedBlock], body: Sequence[ClassifiedBlock]) -> str | None:
    """Returns of the titles above the body the one that shares most words with it: navigation shares none.

    Where nothing else stands in the head, a short first line above a standfirst without a full stop is the headline.
    """
    if headline := _short_headline(head, body):
        return headline
    titles = [block.text for block in head if block.kind is Kind.TITLE and _may_be_headline(block.text)]
    lead = stems(" ".join([block.text for block in body if block.is_prose][:_LEAD_PARAGRAPHS]))
    shared = {title: len(stems(title) & lead) for title in titles}
    most = max(shared.values(), default=0)
    if most < _HEADLINE_WORDS:
        return max(titles, key=lambda title: (shared[title], count_words(title)), default=None)
    # The line below the headline may share more words with the body, but the headline stands first.
    near = [title for title in titles if shared[title] >= most * _NEARLY and count_words(title) >= _FULL_HEADLINE]
    return near[0] if near else max(titles, key=shared.__getitem__)


def _short_headline(head: Sequence[ClassifiedBlock], body: Sequence[ClassifiedBlock]) -> str | None:
    """Returns the first of one or two titles that are all of the head, however few words it has.

    A section's name above a headline is as short, so that the second title must be as long as headlines rarely are,
    unless the first one says what the text tells.
    """
    titles = _titles(head)
    if len(titles) == 1 and head[0] is titles[0] and titles[0].words == 1:
        return titles[0].text if len(body) > 1 else None
    if len(titles) != _HEADLINE_AND_STANDFIRST or titles[0].words > _LONGEST_SHORT or titles[0].text.isupper():
        return None
    first, second = titles
    lead = stems(" ".join([block.text for block in body if block.is_prose][:_LEAD_PARAGRAPHS]))
    told = first.words >= _LEAST_HEADLINE and _shares(first.text, lead, 1)
    return first.text if second.words >= (_LEAST_STANDFIRST if told else _LEAST_LONG_STANDFIRST) else None


def _titles(head: Sequence[ClassifiedBlock]) -> list[ClassifiedBlock]:
    """Returns the titles in the head, without a name below two of them: that is who wrote it."""
    titles = [block for block in head if block.kind is Kind.TITLE]
    is_signed = len(titles) > _HEADLINE_AND_STANDFIRST and _NAMES_ALONE.fullmatch(titles[-1].text)
    return titles[:-1] if is_signed else titles


def _may_be_headline(text: str) -> bool:
    return _LEAST_HEADLINE <= count_words(text) <= _LONGEST_HEADLINE


def _bare(headline: str | None) -> str | None:
    """Returns ``headline`` without the site's name behind it ("Bridge reopens | The Valley Post") or "UPDATE 2-"."""
    if headline is None:
        return None
    headline = _WIRE_PREFIX.sub("", headline, count=1)
    title, bar, site = headline.rpartition(" | ")
    return title.strip() if bar and count_words(title) > count_words(site) else headline.strip()


def _sentence_headline(
    body: list[ClassifiedBlock], headline: str | None, *, is_alone: bool
) -> tuple[list[ClassifiedBlock], str | None]:
    """Returns the body and the headline: a question or an exclamation that opens the body, where nothing else is one.

    So are two sentences without a last full stop, unless the headline ``is_alone`` above them.
    """
    if len(body) < _LEAST_HEADLINE or body[0].words > _LONGEST_HEADLINE:
        return body, headline
    first = body[0].text
    later = [block.text for block in body[1:] if block.is_prose]
    lead = stems(" ".join(later[:_LEAD_PARAGRAPHS]))
    if headline and is_question(first) and any(map(is_question, later)):
        return body, headline
    if headline and _shares(headline, lead | stems(first), 1):
        return body, headline
    asked = first.endswith(("?", "!")) and not any(mark in first[:-1] for mark in ".!?")
    lacks_stop = not (ends_sentence(first) or body[0].kind is Kind.BULLET or (headline and is_alone))
    return (body[1:], first) if asked or lacks_stop else (body, headline)


def _after_headline(head: Sequence[ClassifiedBlock], headline: str | None) -> list[ClassifiedBlock]:
    texts = [block.text for block in head]
    return list(head[len(texts) - texts[::-1].index(headline) :]) if headline in texts else list(head)


def _standfirst(
    head: Sequence[ClassifiedBlock], body: list[ClassifiedBlock], headline: str | None
) -> tuple[str | None, list[ClassifiedBlock]]:
    """Returns the paper's own standfirst, and the body without it.

    It is the line between the headline and the byline, or a first paragraph that the second one repeats. In any other
    case the first paragraph is the lead and stays in the body.
    """
    if title := _title_above_byline(head, headline):
        return title, body
    prose = [at for at, block in enumerate(body) if block.is_prose]
    if len(prose) <= _LEAST_HEADLINE:
        return None, body
    first, second = body[prose[0]], body[prose[1]]
    if first.words > _LONGEST_STANDFIRST or has_dateline(first.text):
        return None, body
    marked = any(block.kind in _HEAD_MARKS for block in body[prose[0] : prose[1]])
    above_byline = bool(headline) and marked and not any(block.kind in _HEAD_MARKS for block in head)
    lacks_stop = first.kind is Kind.PROSE and not ends_sentence(first.text) and ends_sentence(second.text)
    if above_byline or (headline and lacks_stop) or is_duplicate_lead(first.text, second.text):
        return first.text, body[prose[0] + 1 :]
    return None, body


def _title_below_headline(
    head: Sequence[ClassifiedBlock], headline: str | None, body: Sequence[ClassifiedBlock]
) -> str | None:
    """Returns a standfirst without a full stop between the headline and the byline, the time or the body."""
    below = _after_headline(head, headline)
    while below and below[0].kind in _HEAD_MARKS and len(_titles(head)) == _HEADLINE_AND_STANDFIRST:
        below = below[1:]
    if not below or len(below) == len(head) or below[0].kind is not Kind.TITLE:
        return None
    rest = below[2:] if len(below) > 1 and _NAMES_ALONE.fullmatch(below[1].text) else below[1:]
    if rest and rest[0].kind not in _HEAD_MARKS:
        return None
    text = below[0].text
    asked = text.endswith("?")
    if not asked and (count_words(text) < _LEAST_FORGOTTEN_STOP or text.isupper()):
        return None
    vocabulary = stems(" ".join(block.text for block in body if block.is_prose))
    own = stems(text) - stems(headline or "")
    return text if own and _shares(text, vocabulary, 1 if asked else _HEADLINE_WORDS) else None


def _title_above_byline(head: Sequence[ClassifiedBlock], headline: str | None) -> str | None:
    """Returns a standfirst without a full stop above the byline, as some papers print it."""
    for block, following in pairwise(head):
        if block.kind in _HEAD_MARKS:
            return None
        if block.kind is not Kind.TITLE or following.kind not in _HEAD_MARKS:
            continue
        if headline and block.words >= _LEAST_TITLE_STANDFIRST and not stems(block.text) <= stems(headline):
            return block.text
    return None


def _paragraphs(body: Sequence[ClassifiedBlock]) -> list[str]:
    """Returns the sentences of ``body``; crossheads go, the items of a list that a paragraph announced stay."""
    paragraphs: list[str] = []
    in_list = False
    for block in body:
        if block.is_prose:
            paragraphs.append(block.text)
            in_list = block.text.endswith(":")
        elif block.kind is Kind.TITLE and in_list and block.words >= _LEAST_LIST_ITEM and not block.text.isupper():
            paragraphs.append(block.text)
        else:
            in_list = False
    return paragraphs
