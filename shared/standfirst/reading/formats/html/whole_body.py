"""The rest of a body of which a part was found: its other boxes, its paragraphs with links, what its JSON-LD tells.

trafilatura takes the first box whose name is that of a body, and drops boxed paragraphs that are links for a good part.
Paragraphs of one story are laid out alike, so those that stand as the found ones do belong to it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from standfirst.reading.boilerplate.related_boxes import stems
from standfirst.reading.formats.html.prose import Prose, key_of
from standfirst.reading.formats.html.tree import WHOLE_PAGE

_MISSED = 0.05
"""Of the body's length: less than that much text beside it is not looked at."""

_RIVAL = 1.5
"""Times as much text as was found stands in another box before that one is taken for the story."""

_LEAST_OWN = 0.1
"""Of the words of paragraphs outside the found ones, the share that the story has used."""

_ABOVE = 0.3
"""Of the body: more of it does not stand above its headline."""

_LEAST_RUN = 2
_NEAR = 5
"""Boxes around a paragraph; the ones further out hold the whole page."""

_LEAST_OUTSIDE = 0.2
_DECLARED_ALIKE = 0.6


def whole_body(found: Sequence[str], proses: Sequence[Prose], headlines: Collection[str], declared: str) -> list[str]:
    """Returns the paragraphs ``found`` of a story with those that were missed, each in its place.

    ``proses`` are the texts of the page, ``declared`` is the key of the body that its JSON-LD states, if it does.
    """
    lines = _Lines(found)
    anchors = [prose for prose in proses if lines.hold(prose)]
    foreign = _foreign(anchors)
    lines = lines.without(foreign)
    anchors = [prose for prose in anchors if prose not in foreign]
    missed = [prose for prose in proses if prose not in foreign and not lines.hold(prose)]
    if sum(prose.length for prose in missed) <= _MISSED * lines.length:
        return lines.texts
    missed = [prose for prose in missed if prose.is_body_text()]
    if rival := _rival(lines, anchors, missed, headlines):
        lines = _Lines([line for prose in rival for line in prose.lines()])
        anchors, missed = rival, [prose for prose in missed if not lines.hold(prose)]
    is_declared = bool(declared) and lines.share_in(declared) >= _DECLARED_ALIKE
    own = {prose for prose in missed if is_declared and key_of(prose.text) in declared}
    own.update(_laid_out_alike(anchors, missed, proses, headlines), _in_box_beside(anchors, missed, headlines))
    return lines.with_added(own, proses)


class _Lines:
    """The paragraphs that were found."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = [*texts]
        self._at = {key_of(text): at for at, text in enumerate(texts)}
        self.length = sum(map(len, texts))

    def hold(self, prose: Prose) -> bool:
        """Returns whether ``prose`` was found, all of it or its first line."""
        return self._place(prose) is not None

    def without(self, foreign: Collection[Prose]) -> "_Lines":
        """Returns the paragraphs without those of ``foreign``."""
        gone = {key_of(line) for prose in foreign for line in prose.lines()}
        return _Lines([text for text in self.texts if key_of(text) not in gone]) if gone else self

    def share_in(self, key: str) -> float:
        """Returns which share of the paragraphs stands in the text whose key is ``key``."""
        return sum(len(text) for text in self.texts if key_of(text) in key) / max(1, self.length)

    def with_added(self, added: Collection[Prose], proses: Sequence[Prose]) -> list[str]:
        """Returns the paragraphs with those of ``added``, where ``proses`` has them."""
        before: defaultdict[int, list[str]] = defaultdict(list)
        waiting: list[str] = []
        last = -1
        for prose in proses:
            if (at := self._place(prose)) is not None:
                if last < 0:
                    before[at] += waiting
                    waiting = []
                last = max(last, at)
            elif prose in added:
                (before[last + 1] if last >= 0 else waiting).extend(prose.lines())
        result: list[str] = []
        for at in range(len(self.texts) + 1):
            result += before[at]
            result += self.texts[at : at + 1]
        return result + waiting

    def _place(self, prose: Prose) -> int | None:
        if (at := self._at.get(key_of(prose.text))) is not None:
            return at
        if next(prose.element.iter("br"), None) is None:
            return None
        places = [self._at.get(key_of(line)) for line in prose.lines()]
        return next((at for at in reversed(places) if at is not None), None)


def _rival(lines: _Lines, anchors: Sequence[Prose], missed: Sequence[Prose], headlines: Collection[str]) -> list[Prose]:
    """Returns the paragraphs of another box that tells more, and of what the headline says; none without one."""
    groups: defaultdict[tuple[object, ...], list[Prose]] = defaultdict(list)
    for prose in missed:
        groups[prose.place, prose.article, prose.chapter].append(prose)
    largest = max(groups.values(), key=_length, default=[])
    alike = [prose for prose in anchors if largest and prose.place == largest[0].place]
    if _length(largest) < _RIVAL * lines.length or alike:
        return []
    title = stems(" ".join(headlines))
    return largest if _shared(largest, title) >= max(1, _shared(anchors, title)) or not title else []


def _foreign(anchors: Sequence[Prose]) -> set[Prose]:
    """Returns those of ``anchors`` that stand in a box named for something else, or above the story's headline."""
    if not anchors:
        return set()
    longest = max(anchors, key=lambda prose: prose.length)
    main = {longest.element, *longest.element.iterancestors()}
    above = [prose for prose in anchors if prose.chapter < longest.chapter]
    is_whole = _length(above) < _ABOVE * _length(anchors)
    return {
        prose
        for prose in anchors
        if prose.is_title_of_another()
        or (prose.place != longest.place and prose.is_foreign(main))
        or (is_whole and prose.chapter < longest.chapter)
    }


def _laid_out_alike(
    anchors: Sequence[Prose], missed: Sequence[Prose], proses: Sequence[Prose], headlines: Collection[str]
) -> list[Prose]:
    """Returns those of ``missed`` that stand as the ``anchors`` do, in the same article and under the same headline.

    Those behind the anchors, or before them without a headline above, must be more than a pull quote, and use the
    story's words.
    """
    places, articles, chapters = (
        {getattr(prose, name) for prose in anchors} for name in ("place", "article", "chapter")
    )
    parents = {prose.element.getparent() for prose in anchors}
    alike = [
        prose
        for prose in missed
        if prose.place in places
        and prose.article in articles
        and prose.chapter in chapters
        and (prose.element.getparent() in parents or any(prose.place[1::2]))
    ]
    order = {prose: at for at, prose in enumerate(proses)}
    first, last = (order[prose] for prose in (anchors[0], anchors[-1])) if anchors else (0, 0)
    below_headline = {prose for prose in alike if prose.chapter and order[prose] < first}
    if len(below_headline) < _LEAST_RUN:
        below_headline = set()
    within = [prose for prose in alike if first < order[prose] < last or prose in below_headline]
    outside = [prose for prose in alike if not first < order[prose] < last and prose not in below_headline]
    if _length(outside) < _LEAST_OUTSIDE * _length(anchors):
        return within
    vocabulary = stems(" ".join([*headlines, *(prose.text for prose in anchors)]))
    return within + outside if _is_own(outside, vocabulary) else within


def _in_box_beside(anchors: Sequence[Prose], missed: Sequence[Prose], headlines: Collection[str]) -> list[Prose]:
    """Returns paragraphs that follow one upon the other in a box of their own near the body, and use its words."""
    boxes: defaultdict[object, list[Prose]] = defaultdict(list)
    for prose in missed:
        if prose.element.tag == "p":
            boxes[prose.element.getparent()].append(prose)
    runs = [run for run in boxes.values() if len(run) >= _LEAST_RUN]
    if not runs or not anchors:
        return []
    articles, chapters = ({getattr(prose, name) for prose in anchors} for name in ("article", "chapter"))
    near = {
        around
        for prose in anchors
        for around in islice(prose.element.iterancestors(), 1, _NEAR)
        if around.tag not in WHOLE_PAGE
    }
    vocabulary = stems(" ".join([*headlines, *(prose.text for prose in anchors)]))
    return [
        prose
        for run in runs
        if run[0].article in articles
        and run[0].chapter in chapters
        and not near.isdisjoint(islice(run[0].element.iterancestors(), 1, _NEAR))
        and _is_own(run, vocabulary)
        for prose in run
    ]


def _is_own(proses: Sequence[Prose], vocabulary: Collection[str]) -> bool:
    theirs = stems(" ".join(prose.text for prose in proses))
    return len(theirs & {*vocabulary}) >= _LEAST_OWN * len(theirs)


def _length(proses: Iterable[Prose]) -> int:
    return sum(prose.length for prose in proses)


def _shared(proses: Iterable[Prose], title: Collection[str]) -> int:
    return len(stems(" ".join(prose.text for prose in proses)) & {*title})
