"""A pasted page to its story: headline and standfirst out of its head, paragraphs out of its body."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from standfirst.domain.word_count import count_words
from standfirst.reading.boilerplate.blocks import Piece, pieces_of
from standfirst.reading.boilerplate.classify import Kind
from standfirst.reading.boilerplate.datelines import has_dateline, without_marks
from standfirst.reading.boilerplate.paragraphs import Block, ends_sentence
from standfirst.reading.boilerplate.related_boxes import stems, without_boxes
from standfirst.reading.boilerplate.retold_lead import tells_again
from standfirst.reading.boilerplate.trailing_teasers import without_tail

_LEAST_HEADLINE = 2
_LONGEST_HEADLINE = 28
_LEAST_TITLE_STANDFIRST = 7
_LONGEST_STANDFIRST = 60
_LEAST_LIST_ITEM = 3
_LEAST_LEAD = 6
_MOST_NOTICES = 3
_STRANGE_WORDS = 3
_HEADLINE_WORDS = 2
_FULL_HEADLINE = 4
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
    """The story of a page. ``paragraphs`` may be empty: whoever reads the document says what that means."""

    headline: str | None
    standfirst: str | None
    paragraphs: tuple[str, ...]


def read_page(blocks: Iterable[Block], headline: str | None = None) -> Page:
    """The story among ``blocks``. ``headline`` is one known from elsewhere: then none is looked for, but it helps."""
    pieces = without_tail(without_boxes(_with_forgotten_stops(pieces_of(blocks))))
    head, body = _split_head(pieces)
    found = headline or _headline(head, body)
    if not headline:
        body, found = _sentence_headline(body, found)
    below = _title_below_headline(head, found, body)
    standfirst, body = (below, body) if below else _standfirst(_after_headline(head, found), body, found)
    paragraphs = dict.fromkeys(without_marks(_paragraphs(body)))  # a caption or a pull quote is printed twice
    return Page(_bare(found), standfirst, tuple(paragraphs))


def _with_forgotten_stops(pieces: list[Piece]) -> list[Piece]:
    """In a text without a single full stop the longer lines are its paragraphs."""
    if any(piece.is_story for piece in pieces):
        return pieces
    return [
        replace(piece, kind=Kind.PROSE) if piece.kind is Kind.TITLE and piece.words >= _LEAST_FORGOTTEN_STOP else piece
        for piece in pieces
    ]


def _split_head(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """What stands before the first sentence of the story, and the rest.

    A notice or a ticker above the headline is told in sentences too; it shares no words with the story.
    """
    stories = [at for at, piece in enumerate(pieces) if piece.is_story]
    leads = [at for at in stories if pieces[at].words >= _LEAST_LEAD] or stories
    first = leads[0] if leads else len(pieces)
    for at, following in islice(pairwise(leads), _MOST_NOTICES):
        titles = [piece.text for piece in pieces[at:following] if piece.kind is Kind.TITLE]
        if not titles:
            continue
        rest = stems(" ".join(pieces[later].text for later in leads if later > at))
        if not _shares(pieces[at].text, rest, _STRANGE_WORDS) and any(
            _shares(title, rest, _HEADLINE_WORDS) for title in titles
        ):
            first = following
    head = [piece for piece in pieces[:first] if not piece.is_story]
    return head, list(pieces[first:])


def _shares(text: str, vocabulary: set[str], least: int) -> bool:
    """Whether at least ``least`` longer words of ``text`` stand in ``vocabulary``."""
    return len(stems(text) & vocabulary) >= least


def _headline(head: Sequence[Piece], body: Sequence[Piece]) -> str | None:
    """Of the titles above the story the one that shares most words with it: navigation shares none."""
    titles = [piece.text for piece in head if piece.kind is Kind.TITLE and _may_be_headline(piece.text)]
    lead = stems(" ".join([piece.text for piece in body if piece.is_story][:_LEAD_PARAGRAPHS]))
    shared = {title: len(stems(title) & lead) for title in titles}
    most = max(shared.values(), default=0)
    if most < _HEADLINE_WORDS:
        return max(titles, key=lambda title: (shared[title], count_words(title)), default=None)
    # The line below the headline may share more words with the story, but the headline stands first.
    near = [title for title in titles if shared[title] >= most * _NEARLY and count_words(title) >= _FULL_HEADLINE]
    return near[0] if near else max(titles, key=shared.__getitem__)


def _may_be_headline(text: str) -> bool:
    return _LEAST_HEADLINE <= count_words(text) <= _LONGEST_HEADLINE


def _bare(headline: str | None) -> str | None:
    """A headline without the site's name behind it ("Bridge reopens | The Valley Post") or "UPDATE 2-" before it."""
    if headline is None:
        return None
    headline = _WIRE_PREFIX.sub("", headline, count=1)
    title, bar, site = headline.rpartition(" | ")
    return title.strip() if bar and count_words(title) > count_words(site) else headline.strip()


def _sentence_headline(body: list[Piece], headline: str | None) -> tuple[list[Piece], str | None]:
    """A question, an exclamation or two sentences without a last full stop are the headline when nothing else is."""
    if len(body) < _LEAST_HEADLINE or body[0].words > _LONGEST_HEADLINE:
        return body, headline
    first = body[0].text
    lead = stems(" ".join(piece.text for piece in body[1:_LEAD_PARAGRAPHS]))
    if headline and _shares(headline, lead | stems(first), 1):
        return body, headline
    asked = first.endswith(("?", "!")) and not any(mark in first[:-1] for mark in ".!?")
    return (body[1:], first) if asked or not (ends_sentence(first) or body[0].kind is Kind.BULLET) else (body, headline)


def _after_headline(head: Sequence[Piece], headline: str | None) -> list[Piece]:
    texts = [piece.text for piece in head]
    return list(head[len(texts) - texts[::-1].index(headline) :]) if headline in texts else list(head)


def _standfirst(head: Sequence[Piece], body: list[Piece], headline: str | None) -> tuple[str | None, list[Piece]]:
    """The paper's own standfirst, and the body without it.

    It is the line between the headline and the byline, or a first paragraph that the second one tells again. In any
    other case the first paragraph is the lead and stays in the body.
    """
    if title := _title_above_byline(head, headline):
        return title, body
    stories = [at for at, piece in enumerate(body) if piece.is_story]
    if len(stories) <= _LEAST_HEADLINE:
        return None, body
    first, second = body[stories[0]], body[stories[1]]
    if first.words > _LONGEST_STANDFIRST:
        return None, body
    marked = any(piece.kind in _HEAD_MARKS for piece in body[stories[0] : stories[1]])
    above_byline = bool(headline) and marked and not any(piece.kind in _HEAD_MARKS for piece in head)
    if has_dateline(first.text):
        return None, body
    if above_byline or tells_again(first.text, second.text):
        return first.text, body[stories[0] + 1 :]
    return None, body


def _title_below_headline(head: Sequence[Piece], headline: str | None, body: Sequence[Piece]) -> str | None:
    """A standfirst without a full stop that stands between the headline and the byline, the time or the body."""
    below = _after_headline(head, headline)
    if not below or len(below) == len(head) or below[0].kind is not Kind.TITLE:
        return None
    rest = below[2:] if len(below) > 1 and _NAMES_ALONE.fullmatch(below[1].text) else below[1:]
    if rest and rest[0].kind not in _HEAD_MARKS:
        return None
    text = below[0].text
    asked = text.endswith("?")
    if not asked and (count_words(text) < _LEAST_FORGOTTEN_STOP or text.isupper()):
        return None
    told = stems(" ".join(piece.text for piece in body if piece.is_story))
    own = stems(text) - stems(headline or "")
    return text if own and _shares(text, told, 1 if asked else _HEADLINE_WORDS) else None


def _title_above_byline(head: Sequence[Piece], headline: str | None) -> str | None:
    """A standfirst without a full stop, as some papers print it."""
    for piece, following in pairwise(head):
        if piece.kind in _HEAD_MARKS:
            return None
        if piece.kind is not Kind.TITLE or following.kind not in _HEAD_MARKS:
            continue
        if headline and piece.words >= _LEAST_TITLE_STANDFIRST and not stems(piece.text) <= stems(headline):
            return piece.text
    return None


def _paragraphs(body: Sequence[Piece]) -> list[str]:
    """The sentences of ``body``; crossheads go, the items of a list that a paragraph announced stay."""
    paragraphs: list[str] = []
    in_list = False
    for piece in body:
        if piece.is_story:
            paragraphs.append(piece.text)
            in_list = piece.text.endswith(":")
        elif piece.kind is Kind.TITLE and in_list and piece.words >= _LEAST_LIST_ITEM and not piece.text.isupper():
            paragraphs.append(piece.text)
        else:
            in_list = False
    return paragraphs
