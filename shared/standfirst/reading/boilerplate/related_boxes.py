"""Boxes of other stories: where one opens on a page, and where the story goes on after it, if it does.

No word list knows the blurbs in a box, for they are news sentences themselves. What gives them away is how they stand:
each under a time or a title of its own, while the paragraphs of a story follow one upon the other.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from standfirst.reading.boilerplate.blocks import Piece
from standfirst.reading.boilerplate.classify import Heading, Kind, heading_of, is_comment_button

_LONG_TITLE = 5
"""Words from which a lone title is rather another story's than a crosshead."""

_LEAST_PARAGRAPH = 8
"""Words; a menu's "Food Voted Best in S.A." ends like a sentence and is none."""

_BARE_TITLES = 2
_TITLE_LIST = 3
_RUN = 2
_LONG_RUN = 3
_EARLY = 3
_TOLD = 4
"""Paragraphs after which a line such as "Comments" ends the page; before, it may be a button of its head."""

# Of the words of a paragraph, the share the story has used before: on measured pages nine of ten paragraphs of the same
# story reach 0.22, and half of the blurbs do not. It can tell a stranger, it cannot vouch for a friend.
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
class _Story:
    """What has been kept so far, and its words."""

    kept: list[Piece] = field(default_factory=list)
    paragraphs: int = 0
    _stems: set[str] = field(default_factory=set)
    _unread: list[str] = field(default_factory=list)
    """Texts whose stems are not yet among ``_stems``: most pages have no box, and nobody asks."""

    def keep(self, piece: Piece) -> None:
        self.kept.append(piece)
        if piece.is_story:
            self.paragraphs += piece.words >= _LEAST_PARAGRAPH
            self._unread.append(piece.text)

    def owns(self, run: Sequence[Piece], share: float = _OWN_WORDS) -> bool:
        """Whether the words of ``run`` are mostly not strange to the story."""
        while self._unread:
            self._stems |= stems(self._unread.pop())
        words = stems(" ".join(piece.text for piece in run))
        return not words or len(words & self._stems) / len(words) >= share


@dataclass(frozen=True, slots=True)
class _Run:
    """Paragraphs that follow one upon the other, and what stood between them and the paragraph before."""

    start: int
    paragraphs: tuple[Piece, ...]
    titles: tuple[Piece, ...]
    timed: bool
    next_title: Piece | None
    is_last: bool


def stems(text: str) -> set[str]:
    """The longer words of ``text``, cut to six letters so that inflections meet."""
    return {word[:_STEM_LENGTH] for word in _WORD.findall(text.casefold())}


def without_boxes(pieces: Sequence[Piece]) -> list[Piece]:
    """``pieces`` up to the story's end, without boxes of other stories and without the page's own labels.

    Titles, times and bylines stay where they stand: the head of the page is read from them.
    """
    story = _Story()
    position = 0
    words_after = _longest_run_after(pieces)
    while position < len(pieces):
        piece = pieces[position]
        if piece.kind is Kind.ENDING and _ends_story(story, words_after[position]):
            if not _is_button_within(pieces, position, story):
                break
            position += 1
            continue
        if story.paragraphs and _is_boilerplate(pieces, position):
            break
        if heading := _box_heading(pieces, position, story):
            position = _end_of_box(pieces, position + 1, heading, story)
            continue
        if piece.kind not in {Kind.CHROME, Kind.RELATED, Kind.ENDING}:
            story.keep(piece)
        position += 1
    return story.kept


def _longest_run_after(pieces: Sequence[Piece]) -> list[int]:
    """For each position, the words of the longest run of paragraphs behind it."""
    longest, run, result = 0, 0, [0] * len(pieces)
    for position in range(len(pieces) - 1, -1, -1):
        result[position] = longest
        run = run + pieces[position].words if pieces[position].is_story else 0
        longest = max(longest, run)
    return result


def _ends_story(story: _Story, words_after: int) -> bool:
    """In the head of a page "Comments" is a button; it ends the page once the story has been told."""
    if story.paragraphs >= _TOLD:
        return True
    return story.paragraphs > 0 and words_after <= sum(piece.words for piece in story.kept if piece.is_story)


def _is_button_within(pieces: Sequence[Piece], position: int, story: _Story) -> bool:
    """Whether "Comments" is a button between two paragraphs: what follows is the story, and no thread of readers.

    Readers' comments stand each below a name or a time.
    """
    if not is_comment_button(pieces[position].text):
        return False
    start = position + 1
    while start < len(pieces) and (pieces[start].kind is Kind.CHROME or _is_count(pieces[start])):
        start += 1
    run = next(iter(_runs(pieces, start)), None)
    return run is not None and run.start == start and _is_story_run(run, story)


def _is_story_run(run: _Run, story: _Story) -> bool:
    """Whether two or more paragraphs, one upon the other, are the story's: in its words, and not all of them short."""
    share = _OWN_WORDS_AT_END if run.is_last or len(run.paragraphs) > _LONG_RUN else _OWN_WORDS
    told = any(piece.words >= _LEAST_PARAGRAPH for piece in run.paragraphs)
    return told and len(run.paragraphs) >= _RUN and story.owns(run.paragraphs, share)


def _is_boilerplate(pieces: Sequence[Piece], position: int) -> bool:
    """Whether a press release says here who issued it: "About Norlink", and below it a paragraph on Norlink."""
    named = _ABOUT.match(pieces[position].text)
    if not named or pieces[position].is_story or position + 1 == len(pieces):
        return False
    following = pieces[position + 1]
    return following.is_story and named[1].casefold() in following.text[:_OPENING].casefold()


def _is_count(piece: Piece) -> bool:
    """Whether ``piece`` is nothing but a number: of comments, of shares."""
    return piece.text.isdigit()


def _box_heading(pieces: Sequence[Piece], position: int, story: _Story) -> Heading | None:
    piece = pieces[position]
    if not story.paragraphs:
        return None
    if piece.kind is Kind.RELATED:
        return heading_of(piece.text)
    following = pieces[position : position + _TITLE_LIST]
    unlabelled = len(following) == _TITLE_LIST and all(map(_is_long_title, following))
    return Heading.LIST if unlabelled and story.paragraphs >= _EARLY else None


def _is_long_title(piece: Piece) -> bool:
    return piece.kind is Kind.TITLE and not piece.text.isupper() and piece.words >= _LONG_TITLE


def _end_of_box(pieces: Sequence[Piece], start: int, heading: Heading, story: _Story) -> int:
    """Where the story goes on after the box whose first item is at ``start``; the end of the page if it does not."""
    end = _end_of_heading(pieces, start, heading)
    for blurbs, run in enumerate(_runs(pieces[:end], start)):
        offset = _story_in(run, heading, blurbs, story)
        if offset is not None:
            return run.start + offset
    return end


def _end_of_heading(pieces: Sequence[Piece], start: int, heading: Heading) -> int:
    """How far a heading reaches: to the story's end or to a heading that says more; a link's label ends no list."""
    for at in range(start, len(pieces)):
        if pieces[at].kind is Kind.ENDING:
            return at
        if pieces[at].kind is Kind.RELATED and heading_of(pieces[at].text).value > heading.value:
            return at
    return len(pieces)


def _runs(pieces: Sequence[Piece], start: int) -> Iterable[_Run]:
    """The runs of paragraphs from ``start`` on."""
    titles: list[Piece] = []
    timed, at = False, start
    while at < len(pieces):
        piece = pieces[at]
        if piece.is_story:
            end = _end_of_run(pieces, at)
            paragraphs = tuple(each for each in pieces[at:end] if each.is_story)
            yield _Run(at, paragraphs, tuple(titles), timed, _next_title(pieces, end), is_last=end == len(pieces))
            titles, timed, at = [], False, end
            continue
        titles += [piece] if piece.kind is Kind.TITLE else []
        timed = timed or (piece.kind is Kind.TIME and not _is_count(piece))
        at += 1


def _end_of_run(pieces: Sequence[Piece], start: int) -> int:
    at = start
    while at < len(pieces) and (pieces[at].is_story or pieces[at].kind is Kind.CHROME):
        at += 1
    return at


def _next_title(pieces: Sequence[Piece], at: int) -> Piece | None:
    return pieces[at] if at < len(pieces) and pieces[at].kind is Kind.TITLE else None


def _story_in(run: _Run, heading: Heading, blurbs: int, story: _Story) -> int | None:
    """At which piece of ``run`` the story goes on; None when all of its paragraphs are blurbs."""
    # Two titles without a blurb between them: this box has none, so what follows is no blurb either.
    bare_titles = len(run.titles) >= _BARE_TITLES and not blurbs
    first = 1 if not bare_titles and (run.timed or (blurbs and run.titles)) else 0
    rest = run.paragraphs[first:]
    if not rest:
        return None
    listed = bool(run.titles) and not blurbs and not run.timed
    if listed and _goes_on_after_list(run, heading, story):
        return 0
    return first if _goes_on(run, rest, heading, story, bare_titles=bare_titles) else None


def _goes_on_after_list(run: _Run, heading: Heading, story: _Story) -> bool:
    """Whether the story goes on after titles that have no blurbs, whatever their heading says of the page's end.

    Two paragraphs in the story's words do it. The story's last paragraph stands alone, and so does the blurb of a lone
    title; but a blurb rarely has several sentences.
    """
    if len(run.paragraphs) >= _RUN:
        return _is_story_run(run, story)
    lone_end = run.is_last and len(run.titles) == 1 and heading is Heading.LIST
    return lone_end and bool(_SENTENCES.search(run.paragraphs[0].text)) and story.owns(run.paragraphs)


def _goes_on(run: _Run, rest: Sequence[Piece], heading: Heading, story: _Story, *, bare_titles: bool) -> bool:
    if story.paragraphs < _EARLY and len(rest) >= _RUN:
        return True
    if heading is Heading.FOOT or (run.timed and not bare_titles):
        return bool(run.titles) and len(rest) >= _LONG_RUN and _tells(rest) and story.owns(rest)
    if heading is Heading.LINK and len(run.titles) <= 1:
        return True
    if len(rest) >= _RUN:
        return bool(run.titles) or (_tells(rest) and story.owns(rest))
    return _is_lone_paragraph(run, story, bare_titles=bare_titles)


def _tells(paragraphs: Sequence[Piece]) -> bool:
    """Whether the paragraphs read like a story: somebody is quoted, or one of them has several sentences."""
    return any(_QUOTE.search(piece.text) or _SENTENCES.search(piece.text) for piece in paragraphs)


def _is_lone_paragraph(run: _Run, story: _Story, *, bare_titles: bool) -> bool:
    """One paragraph between titles is the story's if a crosshead follows it, or after a box that holds titles only."""
    crosshead_follows = run.next_title is not None and not _is_long_title(run.next_title)
    return (crosshead_follows or bare_titles) and (bare_titles or story.owns(run.paragraphs))
