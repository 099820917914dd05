"""Whether a page is the front of a section: teasers of several articles, each below the headline that links to it."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from lxml import etree

from standfirst.domain.word_count import count_words
from standfirst.reading.formats.html.tree import beginning_of, local_name
from standfirst.reading.notices.phrases import words_of

_HEADING = re.compile(r"h[1-6]")
_LEAST_TEASERS, _LEAST_TOLD = 3, 2
_SHORTEST_TITLE = 3
_SHORTEST_TEASER, _LONGEST_TEASER = 5, 60
_COMPARED = 10
_LONGER_WORD = 4
_MOST_OF_ONE = 1.5
"""Paragraphs of the body below one linked headline, on average; the list of an article has more below each."""
_LEAST_SHARE = 0.8
_ADDRESS = etree.XPath(
    "string((descendant::link[@rel='canonical']/@href | descendant::meta[@property='og:url']/@content)[1])"
)


Teasers = Mapping[str, Collection[str]]
"""Short texts of a page, each with the titles of the linked headlines that it stands below."""


def teasers_of(tree: etree._Element, headlines: Collection[str]) -> Teasers:
    """Returns the teasers in ``tree``; ``headlines`` are the page's own."""
    teasers = defaultdict[str, set[str]](set)
    for title, text in _below_links(tree, {_key(headline) for headline in headlines}):
        teasers[text].add(title)
    return teasers


def is_section_front(teasers: Teasers, headlines: Collection[str], body: Sequence[str]) -> bool:
    """Returns whether nearly all of ``body`` are ``teasers``, of several articles; so is a body without a paragraph.

    The first paragraph of an article stands below no title of another, whatever links follow each of its paragraphs.
    One paragraph below a link may be an article below the name of its author: its headline has words of it.
    """
    titles = {title for below in teasers.values() for title in below}
    keys = [key for paragraph in body if (key := _key(paragraph))]
    paragraphs = set(keys)
    told = paragraphs & teasers.keys()
    others = paragraphs - told - titles - {_key(headline) for headline in headlines}
    of_each = Counter(title for text in told for title in teasers[text])
    return (
        len(titles) >= _LEAST_TEASERS
        and (not keys or keys[0] not in others)
        and (len(of_each) >= _LEAST_TOLD or not _share_a_word(headlines, body))
        and len(told) >= _LEAST_SHARE * (len(told) + len(others))
        and of_each.total() <= _MOST_OF_ONE * len(of_each)
    )


def _share_a_word(headlines: Collection[str], body: Sequence[str]) -> bool:
    """Returns whether a longer word of the page's own ``headlines`` stands in ``body``."""
    told = {word for paragraph in body for word in words_of(paragraph)}
    return any(len(word) >= _LONGER_WORD and word in told for title in headlines for word in words_of(title))


def _below_links(tree: etree._Element, own: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yields the title of each linked headline with each short text that stands below it, up to the next heading."""
    address = urlsplit(_ADDRESS(tree))
    title: str | None = None
    for element in tree.iter(etree.Element):
        name = local_name(element)
        if _HEADING.fullmatch(name) or (name == "a" and _is_title(element)):
            text = _key(beginning_of(element))
            is_linked = name != "h1" and text not in own and _leads_elsewhere(element, address.netloc, address.path)
            title = text if is_linked else None
        elif title:
            line = beginning_of(element) if name == "p" else (element.tail if name == "br" else element.text) or ""
            if _SHORTEST_TEASER <= count_words(line) <= _LONGEST_TEASER and (key := _key(line)) != title:
                yield title, key


def _is_title(link: etree._Element) -> bool:
    """Returns whether ``link`` stands alone in its box, and has as many words as a title."""
    before, around = link.getprevious(), link.getparent()
    text = before.tail if before is not None else around.text if around is not None else None
    is_alone = not (text or "").strip() and not (link.tail or "").strip()
    return is_alone and count_words(beginning_of(link)) >= _SHORTEST_TITLE


def _leads_elsewhere(heading: etree._Element, host: str, path: str) -> bool:
    """Returns whether ``heading`` is, has or is in a link to another page of the site."""
    link = next(heading.iter("a"), None)
    if link is None:
        link = next(heading.iterancestors("a"), None)
    target = (link.get("href") or "").strip() if link is not None else ""
    if not target or target.startswith(("#", "javascript:", "mailto:")):
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    is_here = not parts.netloc or not host or parts.netloc == host
    return is_here and bool(parts.path) and parts.path != path


def _key(text: str) -> str:
    """Returns the first words of ``text``, for comparing: a link to read more may follow."""
    return " ".join(words_of(text)[:_COMPARED])
