"""Whether a page is the front of a section: teasers of several articles, each below the headline that links to it."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from lxml import etree

from standfirst.domain.word_count import count_words
from standfirst.reading.formats.html.tree import beginning_of, local_name
from standfirst.reading.notices.phrases import words_of

_HEADING = re.compile(r"h[2-6]")
_TEASER_TAGS = frozenset({"p", "div", "span", "li"})
_LEAST_TEASERS = 3
_LONGEST_TEASER = 60
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
    """Returns whether nearly all of ``body`` are ``teasers``, of several articles; so is a body without a paragraph."""
    titles = {title for below in teasers.values() for title in below}
    paragraphs = {key for paragraph in body if (key := _key(paragraph))}
    told = paragraphs & teasers.keys()
    others = paragraphs - told - titles - {_key(headline) for headline in headlines}
    of_each = Counter(title for text in told for title in teasers[text])
    return (
        len(titles) >= _LEAST_TEASERS
        and len(told) >= _LEAST_SHARE * (len(told) + len(others))
        and of_each.total() <= _MOST_OF_ONE * len(of_each)
    )


def _below_links(tree: etree._Element, own: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yields the title of each linked headline with each short text that stands below it, up to the next heading."""
    address = urlsplit(_ADDRESS(tree))
    title: str | None = None
    for element in tree.iter():
        name = local_name(element)
        if _HEADING.fullmatch(name):
            title = _key(beginning_of(element)) if _leads_elsewhere(element, address.netloc, address.path) else None
            title = None if title in own else title
        elif name == "h1":
            title = None
        elif title and name in _TEASER_TAGS and (text := (element.text or "").strip()):
            line = beginning_of(element) if name == "p" else text
            if count_words(line) <= _LONGEST_TEASER and (key := _key(line)) != title:
                yield title, key


def _leads_elsewhere(heading: etree._Element, host: str, path: str) -> bool:
    """Returns whether ``heading`` has a link to another page of the site, or is in one."""
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
    return " ".join(words_of(text))
