"""The longer texts of a page, each with where it stands: in which boxes, and how much of it is a link."""

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from standfirst.domain.errors import UnreadableText
from standfirst.domain.word_count import count_words
from standfirst.reading.boilerplate.classify import Kind, kind_of
from standfirst.reading.boilerplate.paragraphs import ends_sentence
from standfirst.reading.encoding.characters import clean_characters
from standfirst.reading.formats.html.text import visible_blocks
from standfirst.reading.formats.html.tree import local_name

_LEAST = 40
"""Characters of a paragraph: shorter ones do not tell a body from a menu."""

# Found by the parser's own machine: most elements of a page hold no text.
_HOLDERS = etree.XPath("//body//text()[string-length(normalize-space(.)) > 20]/parent::* | //body//h1")
_HAS_FORM = etree.XPath("boolean(child::form)")
_IS_PICTURE = etree.XPath("boolean(img) and count(*[normalize-space(.)]) = 1")
_HEADING = re.compile(r"h[1-6]")
_INLINE = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd", "label",
        "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
        "wbr",
    }
)  # fmt: skip
_FURNITURE_TAGS = frozenset({"address", "dialog", "fieldset", "footer", "nav"})
_FURNITURE = re.compile(
    r"related|promo|newsletter|sign-?up|subscri|comment|caption|credit|by-?line|author|\bbio\b|share|social|recommend|"
    r"most-?(?:read|popular)|popular|trending|cookie|consent|gallery|carousel|teaser-?(?:list|card)|\bcard|footer|"
    r"disclaimer|copyright|\btags?\b|read-?(?:more|also|next)|more-?(?:on|stories|from)|outbrain|taboola|sponsor",
    re.IGNORECASE,
)
_INSERTED = re.compile(
    r"related|promo|newsletter|sign-?up|subscri|recommend|most-?(?:read|popular)|trending|cookie|consent|disclaimer|"
    r"read-?(?:more|also|next)|more-?(?:stories|from)|outbrain|taboola|sponsor",
    re.IGNORECASE,
)
_WITHIN = 4
"""Boxes around a text whose names are looked at; those further out hold the whole page."""

_AROUND = 1
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")
_MOSTLY = 0.6
_WHOLLY = 0.9
_LONGEST_TITLE = 150
_MOST_HOLDERS = 20_000


@dataclass(slots=True, eq=False)
class Prose:
    """A paragraph, or several that only line breaks part. ``place`` is alike for paragraphs that are laid out alike."""

    element: etree._Element
    text: str
    chapter: int
    """How many main headings stand before it."""

    place: tuple[str, str, str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Name its place after its element and the box around that."""
        around = self.element.getparent()
        self.place = (*_name(self.element), *(_name(around) if around is not None else ("", "")))

    @property
    def length(self) -> int:
        """Its characters."""
        return len(self.text)

    @property
    def article(self) -> etree._Element | None:
        """The innermost ``article`` around it."""
        return next(self.element.iterancestors("article"), None)

    def lines(self) -> list[str]:
        """Returns its paragraphs as people see them."""
        return [block.text for block in visible_blocks(self.element)]

    def linked(self) -> float:
        """Returns the share of it that is a link."""
        inside = next((True for around in self.element.iterancestors("a")), False)
        letters = sum(len(" ".join(link.itertext())) for link in self.element.iter("a"))
        return 1.0 if inside else letters / max(1, self.length)

    def is_body_text(self) -> bool:
        """Returns whether it is written in sentences, in no box that is named for something else than the body."""
        return (
            self.length >= _LEAST
            and (ends_sentence(self.text) or count_words(self.text) > _LEAST)
            and kind_of(self.text) in {Kind.PROSE, Kind.BULLET}
            and self.linked() < _MOSTLY
            and not self._is_furniture()
        )

    def is_title_of_another(self) -> bool:
        """Returns whether it is a link, and no sentence."""
        return self.length <= _LONGEST_TITLE and not ends_sentence(self.text) and self.linked() > _WHOLLY

    def _is_furniture(self) -> bool:
        around = [self.element, *self.element.iterancestors()]
        return any(local_name(each) in _FURNITURE_TAGS for each in around) or _is_named(_FURNITURE, around)

    def is_foreign(self, main: Collection[etree._Element]) -> bool:
        """Returns whether a box around it, none of ``main``, has a form or a picture, or is named for an insertion."""
        around = [each for each in islice(self.element.iterancestors(), _AROUND) if each not in main]
        has_form = any(_HAS_FORM(each) for each in around)
        is_caption = any(_IS_PICTURE(each) for each in around)
        return (
            has_form
            or is_caption
            or _is_named(_INSERTED, [self.element, *around] if self.element not in main else around)
        )


def _is_named(names: re.Pattern[str], around: Sequence[etree._Element]) -> bool:
    return any(names.search(f"{each.get('class') or ''} {each.get('id') or ''}") for each in around[:_WITHIN])


def prose_of(tree: etree._Element) -> list[Prose]:
    """Returns the longer texts of ``tree``, in order, from which what is unseen has been taken."""
    found: list[Prose] = []
    chapter = 0
    last = None
    for holder in islice(_HOLDERS(tree), _MOST_HOLDERS):
        chapter += local_name(holder) == "h1"
        element = block_of(holder)
        if element is not last and not _HEADING.fullmatch(local_name(element)) and not _is_mixed(element):
            found.append(Prose(element, _cleaned("".join(element.itertext())), chapter))
        last = element
    return found


def block_of(element: etree._Element) -> etree._Element:
    """Returns the block that ``element`` is, or is a part of a line of."""
    while local_name(element) in _INLINE and (around := element.getparent()) is not None:
        element = around
    return element


def _cleaned(text: str) -> str:
    """Returns ``text`` on one line, as the article will have it: it is compared with what was found."""
    with suppress(UnreadableText):
        text = text if text.isascii() else clean_characters(text)
    return " ".join(text.split())


def key_of(text: str) -> str:
    """Returns ``text`` for comparing: its words alone, in small letters."""
    return " ".join(_WORD.findall(text.casefold()))


def _is_mixed(element: etree._Element) -> bool:
    """Returns whether other blocks stand in it beside its own text."""
    return any(
        local_name(inner) not in _INLINE and local_name(inner) not in {"br", "img"}
        for inner in element.iterdescendants(etree.Element)
    )


def _name(element: etree._Element) -> tuple[str, str]:
    """Returns tag and classes, their figures left out: they number what is alike."""
    return local_name(element), _FIGURES.sub("", element.get("class") or "")
