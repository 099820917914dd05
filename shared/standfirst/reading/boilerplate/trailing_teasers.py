"""What stands below an article: teasers without a heading, each marked by a time or a title, and the author's line."""

from collections.abc import Sequence

from standfirst.reading.boilerplate.blocks import ClassifiedBlock
from standfirst.reading.boilerplate.classify import Kind, is_biography

_LEAST_RUN = 3
"""Paragraphs that must follow one upon the other before a tail is looked for: a live blog is timed from its start."""

_TEASERS = 2
_LAST_LINES = 3
_LONGEST_TEASER = 45


def without_biographies(blocks: Sequence[ClassifiedBlock]) -> list[ClassifiedBlock]:
    """Returns ``blocks`` without the lines at the end that say who the author is."""
    prose = [at for at, block in enumerate(blocks) if block.is_prose]
    last = {at for at in prose[_LEAST_RUN:][-_LAST_LINES:] if is_biography(blocks[at].text)}
    return [block for at, block in enumerate(blocks) if at not in last]


def without_trailing_teasers(blocks: Sequence[ClassifiedBlock]) -> list[ClassifiedBlock]:
    """Returns ``blocks`` without the trailing run of teasers, each marked by a time or a long title."""
    start, teasers, at = len(blocks), 0, len(blocks)
    while at and (begin := _marked_teaser_before(blocks, at)) is not None:
        start, teasers, at = begin, teasers + 1, begin
    return list(blocks[:start] if teasers >= _TEASERS and _has_run(blocks[:start]) else blocks)


def _marked_teaser_before(blocks: Sequence[ClassifiedBlock], end: int) -> int | None:
    """Returns where the teaser that ends at ``end`` begins: a blurb with a time beside it or a long title above."""
    at = end
    timed = False
    while at and not blocks[at - 1].is_prose:
        at -= 1
        timed = timed or blocks[at].kind is Kind.TIME
    if not at or blocks[at - 1].words > _LONGEST_TEASER:
        return None
    blurb = at - 1
    begin = blurb
    while begin and not blocks[begin - 1].is_prose:
        begin -= 1
    marks = blocks[begin:blurb]
    marked = any(mark.kind is Kind.TIME or mark.is_long_title for mark in marks)
    return begin if marked or (timed and any(mark.kind is Kind.TITLE for mark in marks)) else None


def _has_run(blocks: Sequence[ClassifiedBlock]) -> bool:
    run = longest = 0
    for block in blocks:
        run = run + 1 if block.is_prose else 0
        longest = max(longest, run)
    return longest >= _LEAST_RUN
