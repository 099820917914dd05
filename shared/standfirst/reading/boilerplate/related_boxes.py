"""Boxes of other articles: where one opens on a page, and where the article goes on after it, if it does.

No word list knows the blurbs in a box, for they are news sentences themselves. What gives them away is how they stand:
each under a time or a title of its own, while the paragraphs of an article follow one upon the other.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from standfirst.reading.boilerplate.blocks import ClassifiedBlock
from standfirst.reading.boilerplate.classify import Heading, Kind, heading_of, is_comment_button

_LEAST_PARAGRAPH = 8
"""Words; a menu's "Food Voted Best in S.A." ends like a sentence and is none."""

_BARE_TITLES = 2
_RUN = 2
_LONG_RUN = 3
_EARLY = 3
_COMPLETE = 4
"""Paragraphs after which a line such as "Comments" ends the page; before, it may be a button of its head."""

# Of the words of a paragraph, the share the article has used before: on measured pages nine of ten paragraphs of the
# same article reach 0.22, and half of the blurbs do not. A low share excludes a paragraph, a high one proves nothing.
_OWN_WORDS = 0.2
_OWN_WORDS_AT_END = 0.1
"""Enough for the last paragraphs of a page, where nothing else stands any more that could be teasers."""

_ABOUT = re.compile(
    r"(?:About|ABOUT|Über|À propos de|A propos de|Acerca de|Sobre|Informazioni su|Over|Om)\s([^\W\d_a-z][^\s,:]*)"
)
_OPENING = 60
"""Characters of a paragraph in which it names whom it is about."""

_WORD = re.compile(r"[^\W_]{4,}|\d+")
_STEM_LENGTH = 6
_QUOTE = re.compile('["“”„«»]')
_SENTENCES = re.compile(r"[.!?…][\"”’»)]?\s+[\"“„«(]?[^\W\d_a-z]")


@dataclass(slots=True)
class _Body:
    """What has been kept so far, and its words."""

    kept: list[ClassifiedBlock] = field(default_factory=list)
    paragraphs: int = 0
    words: int = 0
    """Of the prose that was kept."""

    _stems: set[str] = field(default_factory=set)
    _unread: list[str] = field(default_factory=list)
    """Texts whose stems are not yet among ``_stems``: most pages have no box, and nobody asks."""

    def keep(self, block: ClassifiedBlock) -> None:
        self.kept.append(block)
        if block.is_prose:
            self.paragraphs += block.words >= _LEAST_PARAGRAPH
            self.words += block.words
            self._unread.append(block.text)

    def owns(self, run: Sequence[ClassifiedBlock], share: float = _OWN_WORDS) -> bool:
        """Returns whether at least ``share`` of the words of ``run`` have occurred in the body."""
        while self._unread:
            self._stems |= stems(self._unread.pop())
        words = stems(" ".join(block.text for block in run))
        return not words or len(words & self._stems) / len(words) >= share


@dataclass(frozen=True, slots=True)
class _Run:
    """Paragraphs that follow one upon the other, and what stood between them and the paragraph before."""

    start: int
    paragraphs: tuple[ClassifiedBlock, ...]
    titles: tuple[ClassifiedBlock, ...]
    timed: bool
    next_title: ClassifiedBlock | None
    is_last: bool


def stems(text: str) -> set[str]:
    """Returns the longer words of ``text``, cut to six letters so that inflections meet."""
    return {word[:_STEM_LENGTH] for word in _WORD.findall(text.casefold())}


def without_related_boxes(blocks: Sequence[ClassifiedBlock]) -> list[ClassifiedBlock]:
    """Returns ``blocks`` up to the article's end, without boxes of other articles and without the page's own labels.

    Titles, times and bylines stay where they stand: the head of the page is read from them.
    """
    body = _Body()
    position = 0
    words_after = _longest_run_after(blocks)
    has_boxes = any(block.kind is Kind.RELATED for block in blocks)
    ends = _ends_of_headings(blocks) if has_boxes else {}
    while position < len(blocks):
        block = blocks[position]
        if block.kind is Kind.ENDING and _ends_body(body, words_after[position]):
            if not _is_button_within(blocks, position, body):
                break
            position += 1
            continue
        if body.paragraphs and _is_about_issuer(blocks, position):
            break
        if block.kind is Kind.RELATED and body.paragraphs:
            heading = heading_of(block.text)
            position = _end_of_box(blocks, position + 1, ends[heading][position], heading, body)
            continue
        if block.kind not in (Kind.BOILERPLATE, Kind.RELATED, Kind.ENDING):
            body.keep(block)
        position += 1
    return body.kept


def _longest_run_after(blocks: Sequence[ClassifiedBlock]) -> list[int]:
    """Returns for each position the words of the longest run of paragraphs behind it."""
    longest, run, result = 0, 0, [0] * len(blocks)
    for position in range(len(blocks) - 1, -1, -1):
        result[position] = longest
        run = run + blocks[position].words if blocks[position].is_prose else 0
        longest = max(longest, run)
    return result


def _ends_body(body: _Body, words_after: int) -> bool:
    """Returns whether an ending ends the page: in its head "Comments" is a button."""
    if body.paragraphs >= _COMPLETE:
        return True
    return body.paragraphs > 0 and words_after <= body.words


def _is_button_within(blocks: Sequence[ClassifiedBlock], position: int, body: _Body) -> bool:
    """Returns whether "Comments" is a button between two paragraphs: the body follows, and no thread of readers.

    Readers' comments stand each below a name or a time.
    """
    if not is_comment_button(blocks[position].text):
        return False
    start = position + 1
    while start < len(blocks) and (blocks[start].kind is Kind.BOILERPLATE or _is_count(blocks[start])):
        start += 1
    if start == len(blocks) or not blocks[start].is_prose:
        return False
    return _is_body_run(next(iter(_runs(blocks, start, len(blocks)))), body)


def _is_body_run(run: _Run, body: _Body) -> bool:
    """Returns whether ``run`` has two or more paragraphs, not all of them short, in the article's words."""
    share = _OWN_WORDS_AT_END if run.is_last or len(run.paragraphs) > _LONG_RUN else _OWN_WORDS
    has_paragraph = any(block.words >= _LEAST_PARAGRAPH for block in run.paragraphs)
    return has_paragraph and len(run.paragraphs) >= _RUN and body.owns(run.paragraphs, share)


def _is_about_issuer(blocks: Sequence[ClassifiedBlock], position: int) -> bool:
    """Returns whether "About Norlink" stands here and below it a paragraph on Norlink: an issuer, or an author."""
    named = _ABOUT.match(blocks[position].text)
    if not named or blocks[position].is_prose or position + 1 == len(blocks):
        return False
    following = blocks[position + 1]
    return following.is_prose and named[1].casefold() in following.text[:_OPENING].casefold()


def _is_count(block: ClassifiedBlock) -> bool:
    """Returns whether ``block`` is nothing but a number: of comments, of shares."""
    return block.text.isdigit()


def _end_of_box(blocks: Sequence[ClassifiedBlock], start: int, end: int, heading: Heading, body: _Body) -> int:
    """Returns where the article goes on after the box whose first item is at ``start``; else ``end``."""
    for blurbs, run in enumerate(_runs(blocks, start, end)):
        offset = _body_in(run, heading, blurbs, body)
        if offset is not None:
            return run.start + offset
    return end


def _ends_of_headings(blocks: Sequence[ClassifiedBlock]) -> Mapping[Heading, Sequence[int]]:
    """Returns how far a heading at each position reaches: to an ending or a firmer heading; a link ends no list."""
    ends = dict.fromkeys(Heading, len(blocks))
    result: dict[Heading, list[int]] = {heading: [len(blocks)] * len(blocks) for heading in Heading}
    for at in range(len(blocks) - 1, -1, -1):
        for heading in Heading:
            result[heading][at] = ends[heading]
        if blocks[at].kind is Kind.ENDING:
            ends = dict.fromkeys(Heading, at)
        elif blocks[at].kind is Kind.RELATED:
            own = heading_of(blocks[at].text)
            ends |= {heading: at for heading in Heading if own.value > heading.value}
    return result


def _runs(blocks: Sequence[ClassifiedBlock], start: int, page_end: int) -> Iterable[_Run]:
    """Returns the runs of paragraphs from ``start`` to ``page_end``."""
    titles: list[ClassifiedBlock] = []
    timed, at = False, start
    while at < page_end:
        block = blocks[at]
        if block.is_prose:
            end = _end_of_run(blocks, at, page_end)
            paragraphs = tuple(each for each in blocks[at:end] if each.is_prose)
            title = _next_title(blocks, end, page_end)
            yield _Run(at, paragraphs, tuple(titles), timed, title, is_last=end == page_end)
            titles, timed, at = [], False, end
            continue
        titles += [block] if block.kind is Kind.TITLE else []
        timed = timed or (block.kind is Kind.TIME and not _is_count(block))
        at += 1


def _end_of_run(blocks: Sequence[ClassifiedBlock], start: int, page_end: int) -> int:
    at = start
    while at < page_end and (blocks[at].is_prose or blocks[at].kind is Kind.BOILERPLATE):
        at += 1
    return at


def _next_title(blocks: Sequence[ClassifiedBlock], at: int, page_end: int) -> ClassifiedBlock | None:
    return blocks[at] if at < page_end and blocks[at].kind is Kind.TITLE else None


def _body_in(run: _Run, heading: Heading, blurbs: int, body: _Body) -> int | None:
    """Returns at which block of ``run`` the article goes on; None when all of its paragraphs are blurbs."""
    # Two titles without a blurb between them: this box has none, so what follows is no blurb either.
    bare_titles = len(run.titles) >= _BARE_TITLES and not blurbs
    first = 1 if not bare_titles and (run.timed or (blurbs and run.titles)) else 0
    rest = run.paragraphs[first:]
    if not rest:
        return None
    listed = bool(run.titles) and not blurbs and not run.timed
    if listed and _goes_on_after_list(run, heading, body):
        return 0
    return first if _goes_on(run, rest, heading, body, bare_titles=bare_titles) else None


def _goes_on_after_list(run: _Run, heading: Heading, body: _Body) -> bool:
    """Returns whether the article goes on after titles that have no blurbs, whatever their heading says.

    Two paragraphs in the article's words do it. Its last paragraph stands alone, and so does the blurb of a lone title;
    but a blurb rarely has several sentences.
    """
    if len(run.paragraphs) >= _RUN:
        return _is_body_run(run, body)
    lone_end = run.is_last and len(run.titles) == 1 and heading is Heading.LIST
    return lone_end and bool(_SENTENCES.search(run.paragraphs[0].text)) and body.owns(run.paragraphs)


def _goes_on(run: _Run, rest: Sequence[ClassifiedBlock], heading: Heading, body: _Body, *, bare_titles: bool) -> bool:
    if body.paragraphs < _EARLY and len(rest) >= _RUN:
        return True
    if heading is Heading.FOOT or (run.timed and not bare_titles):
        return bool(run.titles) and len(rest) >= _LONG_RUN and _reads_like_article(rest) and body.owns(rest)
    if heading is Heading.LINK and len(run.titles) <= 1:
        return True
    if len(rest) >= _RUN:
        return bool(run.titles) or (_reads_like_article(rest) and body.owns(rest))
    return _is_lone_paragraph(run, body, bare_titles=bare_titles)


def _reads_like_article(paragraphs: Sequence[ClassifiedBlock]) -> bool:
    """Returns whether the paragraphs read like a body: somebody is quoted, or one of them has several sentences."""
    return any(_QUOTE.search(block.text) or _SENTENCES.search(block.text) for block in paragraphs)


def _is_lone_paragraph(run: _Run, body: _Body, *, bare_titles: bool) -> bool:
    """Returns whether one paragraph between titles is the article's: a title follows, or the box held titles only."""
    crosshead_follows = run.next_title is not None
    return (crosshead_follows or bare_titles) and (bare_titles or body.owns(run.paragraphs))
