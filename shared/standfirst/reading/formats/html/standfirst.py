"""The own standfirst of a page: stated in its head, marked in its text, or the description where that is one."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from standfirst.domain.word_count import count_words
from standfirst.reading.boilerplate.related_boxes import stems
from standfirst.reading.formats.html.body import word_key
from standfirst.reading.formats.html.metadata import Stated, visible_line
from standfirst.reading.formats.html.tree import local_name
from standfirst.reading.formats.json_body import own_standfirst

# What content systems of several languages call it, in class, id, itemprop, data-testid and the like.
_MARK = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|dek|deck|sub-?titles?|sub-?headlines?|sub-?heading|sub-?head|alternative-?headline|"
    r"chapo|entradilla|bajada|copete|vorspann|sommario|catenaccio|ingress|haber-?spot|linha-?fina|zajawka)(?:$|[\s_-])",
    re.IGNORECASE,
)
# These name the article's first paragraph as often; they count only where the element stands apart from the article.
_WEAK_MARK = re.compile(
    r"(?:^|[\s_-])(?:lede|lead|intro|introduction|summary|teaser|excerpt|abstract|kicker-?text)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKED_BY = ("class", "id", "itemprop", "data-testid", "data-component", "data-element", "property")
_MARKED_TAGS = frozenset({"p", "div", "h2", "h3", "h4", "span", "section", "strong", "em"})

# Boxes that use the same names for what is in them.
_ELSEWHERE = re.compile(
    r"author|\bbio\b|byline|related|promo|card|caption|credit|newsletter|trending|cookie|footer|recommend|share|comment|"
    r"sidebar|carousel|gallery|most-?(?:read|popular)",
    re.IGNORECASE,
)
_ANCESTORS = 2
_MOST_HEADINGS = 10
_MOST_ELEMENTS = 5_000
"""Between a headline and its article; past them there is no standfirst to be found."""

_LEAST = 3
_LEAST_MARKED = 5
_LONGEST = 80
_LEAST_DESCRIPTION = 6
_OWN_STEMS = 3
_OWN_SHARE = 0.3
_MARKED_STEMS = 2
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[\.\.\.\]|\[…\])\W*$|(?:read|learn|find out) more\W*$", re.IGNORECASE)


def page_standfirst(tree: etree._Element, stated: Stated, body: Sequence[str]) -> str | None:
    """Returns the standfirst of the page ``tree`` whose body is ``body``; None where it has none of its own."""
    named = [*stated.standfirsts, *_marked(tree, stated, body)]
    fitting = (text for text in named if _LEAST <= count_words(text) <= _LONGEST and not _repeats(text, stated))
    described = (text for text in stated.descriptions if not _repeats(text, stated) and _is_written(text, body))
    return next(fitting, None) or own_standfirst(described, stated.headline, body)


def without_standfirst(body: Sequence[str], standfirst: str | None) -> list[str]:
    """Returns ``body`` without a paragraph that repeats ``standfirst``."""
    printed = word_key(standfirst or "")
    return [paragraph for paragraph in body if word_key(paragraph) != printed]


def _repeats(text: str, stated: Stated) -> bool:
    """Returns whether ``text`` is a headline again."""
    return any(word_key(text) in word_key(headline) for headline in stated.headlines)


def _is_written(description: str, body: Sequence[str]) -> bool:
    """Returns whether somebody wrote the description for this article: the site's own is the same on each page."""
    if not _LEAST_DESCRIPTION <= count_words(description) <= _LONGEST or _CUT_OFF.search(description):
        return False
    ours = stems(description)
    return len(ours & stems(" ".join(body))) >= max(_OWN_STEMS, len(ours) * _OWN_SHARE) or " " not in description


def _marked(tree: etree._Element, stated: Stated, body: Sequence[str]) -> Iterator[str]:
    """Yields the marked elements between the headline and the article: further down the same names mark crossheads."""
    keys = [word_key(paragraph) for paragraph in body]
    told = " ".join(keys)
    vocabulary = stems(" ".join([*stated.headlines, *body]))
    for element in islice(_below_headline(tree, stated), _MOST_ELEMENTS):
        name = local_name(element)
        is_named, is_weak = _marks(element) if name in _MARKED_TAGS else (False, False)
        if not (is_named or is_weak or name == "p"):
            continue
        line = visible_line(element) or ""
        key = word_key(line)
        if (
            (is_named or (is_weak and key not in told))
            and _is_of_article(line, vocabulary)
            and not _is_elsewhere(element)
        ):
            yield line
        if keys and key == keys[0]:
            return


def _below_headline(tree: etree._Element, stated: Stated) -> Iterator[etree._Element]:
    """Yields the elements that follow the headline where the page prints it in an ``h1``, else all."""
    headlines = {word_key(headline) for headline in stated.headlines}
    headings = islice(tree.iter("h1"), _MOST_HEADINGS)
    printed = [heading for heading in headings if word_key(visible_line(heading) or "") in headlines]
    waiting = bool(printed)
    for element in tree.iter():
        if waiting and element is printed[0]:
            waiting = False
        elif not waiting:
            yield element


def _is_of_article(line: str, vocabulary: set[str]) -> bool:
    if " " not in line:
        return bool(line)  # scripts without spaces have no words to compare
    return count_words(line) >= _LEAST_MARKED and len(stems(line) & vocabulary) >= _MARKED_STEMS


def _is_elsewhere(element: etree._Element) -> bool:
    around = [element, *islice(element.iterancestors(), _ANCESTORS)]
    return any(_ELSEWHERE.search(each.get("class") or "") for each in around)


def _marks(element: etree._Element) -> tuple[bool, bool]:
    """Returns whether its attributes name it a standfirst, and whether they may."""
    marks = " ".join(filter(None, map(element.get, _MARKED_BY)))
    if not marks:
        return False, False
    marks = _CAMEL.sub("-", marks)
    return bool(_MARK.search(marks)), bool(_WEAK_MARK.search(marks))
