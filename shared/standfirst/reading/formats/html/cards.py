"""Cards of other stories on a page: a title that is a link, and below it a blurb or nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice

from lxml import etree

from standfirst.domain.word_count import count_words
from standfirst.reading.formats.html.prose import key_of
from standfirst.reading.formats.html.text import visible_blocks
from standfirst.reading.formats.html.tree import local_name

_LINKED_HEADINGS = etree.XPath(
    "//*[self::h2 or self::h3 or self::h4 or self::h5][descendant::a[@href] or ancestor::a[@href]]"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LEAST = 2
"""Cards: a single linked heading may be a crosshead."""

_LONGEST_BLURB = 45
"""Words; below the linked headings of a list of products or places there is more to read."""

_MOST_BLURBS = 2
_LEAST_TITLE = 3
_MOST_PARTS = 40
_MOST_HEADINGS = 500


def take_out_cards(tree: etree._Element, headlines: Collection[str]) -> list[str]:
    """Empty the cards of other stories in ``tree``, where they stand in numbers and none has more than a blurb.

    Returns the texts that stood in them.
    """
    taken: list[str] = []
    printed = {key_of(headline) for headline in headlines}
    alike: defaultdict[tuple[str, str], list[list[etree._Element]]] = defaultdict(list)
    for heading in islice(_LINKED_HEADINGS(tree), _MOST_HEADINGS):
        if not _is_title_of_another(heading, printed):
            continue
        parts = [heading, *_below(heading)]
        alike[local_name(heading), heading.get("class") or ""].append(parts)
    for cards in alike.values():
        if len(cards) >= _LEAST and all(map(_is_card, cards)):
            for part in (part for parts in cards for part in parts):
                taken += [block.text for block in visible_blocks(part)]
                part.clear(keep_tail=True)
                part.text = " "
    return taken


def _is_title_of_another(heading: etree._Element, printed: Collection[str]) -> bool:
    """Returns whether all of ``heading`` is a link to another page, and its words are not the headline's."""
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    text = " ".join(" ".join(heading.itertext()).split())
    linked = " ".join(" ".join(part for link in heading.iter("a") for part in link.itertext()).split())
    is_elsewhere = any(link.get("href") and not link.get("href", "").startswith("#") for link in links)
    is_whole = linked == text or next(heading.iterancestors("a"), None) is not None
    return is_elsewhere and is_whole and count_words(text) >= _LEAST_TITLE and key_of(text) not in printed


def _below(heading: etree._Element) -> Iterator[etree._Element]:
    """Yields what follows the heading in its box, up to the next heading."""
    outermost = heading
    while (around := outermost.getparent()) is not None and local_name(around) not in {"body", "html"}:
        followed = any(" ".join(each.itertext()).strip() for each in _following(outermost))
        if followed:
            break
        if sum(1 for _ in islice(around.iter(*_HEADINGS), 2)) > 1:
            return
        outermost = around
    for each in _following(outermost):
        if local_name(each) in _HEADINGS or next(each.iter(*_HEADINGS), None) is not None:
            return
        yield each


def _following(element: etree._Element) -> Iterator[etree._Element]:
    return islice(element.itersiblings(), _MOST_PARTS)


def _is_card(parts: list[etree._Element]) -> bool:
    """Returns whether there is no more below a title than a blurb."""
    texts = [" ".join(part.itertext()).strip() for part in parts[1:]]
    blurbs = [text for text in texts if text]
    return len(blurbs) <= _MOST_BLURBS and sum(map(count_words, blurbs)) <= _LONGEST_BLURB
