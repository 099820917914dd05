"""Teasers at a page's foot that no heading announces: pairs of a time or a title and a blurb, until the end."""

from collections.abc import Sequence

from standfirst.reading.boilerplate.blocks import Piece
from standfirst.reading.boilerplate.classify import Kind, is_biography

_STORY_FIRST = 3
"""Paragraphs that must follow one upon the other before a tail is looked for: a live blog is timed from its start."""

_TEASERS = 2
_LAST_LINES = 3
_LONG_TITLE = 5
_LONGEST_TEASER = 45


def without_tail(pieces: Sequence[Piece]) -> list[Piece]:
    """``pieces`` without trailing teasers, and without the line that says who the author is."""
    kept = list(pieces[: _start_of_teasers(pieces)])
    stories = [at for at, piece in enumerate(kept) if piece.is_story]
    biographies = {at for at in stories[_STORY_FIRST:][-_LAST_LINES:] if is_biography(kept[at].text)}
    return [piece for at, piece in enumerate(kept) if at not in biographies]


def _start_of_teasers(pieces: Sequence[Piece]) -> int:
    """Where the trailing run of marked blurbs starts; the page's length when there are none."""
    start, teasers, at = len(pieces), 0, len(pieces)
    while at:
        begin = _marked_teaser_before(pieces, at)
        if begin is None:
            break
        start, teasers, at = begin, teasers + 1, begin
    return start if teasers >= _TEASERS and _has_run(pieces[:start]) else len(pieces)


def _marked_teaser_before(pieces: Sequence[Piece], end: int) -> int | None:
    """Where the teaser that ends at ``end`` begins: a blurb with a time beside it, or with a long title above."""
    at = end
    timed = False
    while at and not pieces[at - 1].is_story:
        at -= 1
        timed = timed or pieces[at].kind is Kind.TIME
    if not at or pieces[at - 1].words > _LONGEST_TEASER:
        return None
    blurb = at - 1
    begin = blurb
    while begin and not pieces[begin - 1].is_story:
        begin -= 1
    marks = pieces[begin:blurb]
    marked = any(mark.kind is Kind.TIME or _is_long_title(mark) for mark in marks)
    return begin if marked or (timed and any(mark.kind is Kind.TITLE for mark in marks)) else None


def _is_long_title(piece: Piece) -> bool:
    return piece.kind is Kind.TITLE and not piece.text.isupper() and piece.words >= _LONG_TITLE


def _has_run(pieces: Sequence[Piece]) -> bool:
    run = longest = 0
    for piece in pieces:
        run = run + 1 if piece.is_story else 0
        longest = max(longest, run)
    return longest >= _STORY_FIRST
