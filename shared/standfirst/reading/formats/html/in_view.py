"""Whether what was read of a page is in view, so that its style sheets need not be applied to all of it.

Most of a page's work would be to bring some thousand rules together with some thousand elements, to find that they hide
menus. So the article is read first, and the rules are applied to the elements that hold its text.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree

from standfirst.reading.formats.html.hidden import mark_hidden
from standfirst.reading.formats.html.metadata import visible_line
from standfirst.reading.formats.html.prose import block_of
from standfirst.reading.formats.html.tree import is_unseen

_HOLDERS = etree.XPath("//body//text()[normalize-space(.)]/parent::*")
_LETTERS = re.compile(r"[^\W_]+")
_MOST_CHARACTERS = 60_000
_LONG = 12
"""Letters of a text that hardly stands in a menu, too."""


def is_in_view(tree: etree._Element, body: Sequence[str], others: Iterable[str | None]) -> bool:
    """Returns whether every text of ``body`` stands in ``tree`` where people see it, and only once.

    Returns False for a long one: each text of the page is looked for in it.
    ``others`` need not stand in it, but must be in view if they do. ``tree`` is changed.
    Raises DocumentTooLarge and InvalidDocument as ``mark_hidden``.
    """
    if sum(map(len, body)) > _MOST_CHARACTERS:
        return False
    wanted = [_letters(text) for text in body]
    if max(Counter(wanted).values(), default=0) > 1:
        return False
    further = [_letters(text) for text in others if text]
    blocks = _blocks_with(tree, "\n".join([*wanted, *further]))
    before = "".join(_letters("".join(block.itertext())) for block in blocks)
    watched = {inner for block in blocks for inner in block.iter(etree.Element)}
    watched.update(around for block in blocks for around in block.iterancestors())
    mark_hidden(tree, watched)
    unseen = {element for element in watched if is_unseen(element)}
    after = "".join(
        _letters(visible_line(block) or "") for block in blocks if unseen.isdisjoint([block, *block.iterancestors()])
    )
    return all(key in after for key in wanted) and all(key in after or key not in before for key in further)


def _blocks_with(tree: etree._Element, everything: str) -> list[etree._Element]:
    """Returns the blocks that hold a text of ``everything``, a short one only beside longer ones."""
    longest: dict[etree._Element, int] = {}
    for holder in _HOLDERS(tree):
        block = block_of(holder)
        longest[block] = max(longest.get(block, 0), *(len(key) for key in _texts_of(holder) if key in everything), 0)
    boxes = {block.getparent() for block, length in longest.items() if length >= _LONG}
    return [block for block, length in longest.items() if length and block.getparent() in boxes]


def _texts_of(element: etree._Element) -> list[str]:
    texts = [element.text, *(child.tail for child in element)]
    return [key for text in texts if text and (key := _letters(text))]


def _letters(text: str) -> str:
    """Returns the letters and figures of ``text`` in one spelling: all else may have been cleaned."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(_LETTERS.findall(plain.casefold()))
