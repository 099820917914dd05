"""How a page shows that it holds only a part of its article: what its JSON-LD states, and what stands below the text.

A page that is for subscribers may hold the whole article all the same: newsrooms upload their own. So what is stated
counts where the text is missing, or too short to be more than its beginning.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from standfirst.domain.errors import InvalidDocument
from standfirst.domain.word_count import count_words
from standfirst.reading.completeness import ENDS_IN_PROMPT, is_prompt, is_prompt_below, lines_below
from standfirst.reading.formats.html.json_ld import stated_texts
from standfirst.reading.formats.html.text import visible_blocks
from standfirst.reading.formats.html.tree import beginning_of, is_hidden, local_name
from standfirst.reading.formats.schema_org.json_ld import Node, children
from standfirst.reading.notices.phrases import words_of

FOR_SUBSCRIBERS = "The page says that the article is for subscribers, and holds only its beginning."

_LEAST_WHOLE = 250
"""Words; what a page shows to everybody of an article for subscribers is shorter."""
_LEAST_RESTRICTED = 25
"""Words; fewer invite to subscribe."""
_CLEARLY_LONGER, _LEAST_MORE = 1.4, 50
"""Counts of words include headlines, captions and the text of boxes."""
_COMPARED, _FIRST = 8, 3
_NEARLY_ALL, _LEAST_STATED = 0.8, 150

_TAGS = re.compile(r"<[^<>]{1,500}>")
_NAMED = re.compile(r"([.#])([\w-]{1,100})$")
_GATE = re.compile(
    r"pay-?wall|reg-?wall|pay-?gate|registration-?wall|subscri(?:be|ber|ption)-?(?:wall|gate|barrier|prompt)"
    r"|(?:article|content|premium)-?(?:gate|barrier|locked)|abo-?(?:wall|schranke)|plus-?schranke",
    re.IGNORECASE,
)
_PART_OF_GATE = " or ".join(
    f"contains(., '{part}')" for part in ("wall", "Wall", "gate", "Gate", "barrier", "prompt", "lock", "schranke")
)
_MAY_GATE = etree.XPath(f"descendant::*[@class[{_PART_OF_GATE}] or @id[{_PART_OF_GATE}]]")
_FEWEST, _LONGEST = 3, 200
"""Words of a box that invites to subscribe."""
_NEAR = 3
"""Lines below the text."""
_SHORT = 120
"""Words; an article is seldom shorter, the beginning of one seldom longer."""
_BOXES = ("aside", "button")
_MOST_GATES, _MOST_SELECTORS = 50, 10


@dataclass(frozen=True, slots=True)
class Access:
    """What a page states of who may read its article, and of its length in words.

    ``selectors`` name the parts that are for subscribers only, ``text`` is what it states as the article's.
    """

    is_restricted: bool = False
    selectors: tuple[str, ...] = ()
    words: int = 0
    text: str = ""

    def words_of_article(self, body: Sequence[str]) -> int:
        """Returns how many words it states for the article that begins as ``body``; some state another one's text."""
        text = _key(self.text)
        is_same = any(" ".join(_key(paragraph).split()[:_COMPARED]) in text for paragraph in body[:_FIRST])
        return max(self.words, count_words(self.text) if text and is_same else 0)


def stated_access(article: Node | None, meta: Mapping[str, str]) -> Access:
    """Returns what the JSON-LD and ``meta`` of a page state; what is broken or strange in it is passed over."""
    is_locked = meta.get("article:content_tier", "").strip().lower() == "locked"
    if article is None:
        return Access(is_locked)
    parts = [part for part in _parts(article) if _is_denied(part.values.get("isAccessibleForFree"))]
    selectors = [selector for part in parts for selector in stated_texts(part, "cssSelector")]
    is_restricted = is_locked or bool(parts) or _is_denied(article.values.get("isAccessibleForFree"))
    text = _TAGS.sub(" ", " ".join(stated_texts(article, "articleBody")))
    return Access(is_restricted, tuple(selectors), _number(article.values.get("wordCount")), text)


def _parts(article: Node) -> list[Node]:
    try:
        return children(article, "hasPart")
    except InvalidDocument:
        return []


def _is_denied(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.rpartition("/")[2].strip().lower() in {"false", "no"})


def _number(value: object) -> int:
    """Returns the number that is ``value``, or written in it; 0 for what is none."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < len("1000000"):
        return int(value)
    return value if isinstance(value, int) else 0


def show_prompts(tree: etree._Element) -> frozenset[str]:
    """Make paragraphs of the buttons and boxes of ``tree`` that invite to read on, and return their texts.

    What else stands in such elements is not the text of a page.
    """
    shown = set()
    for element in list(tree.iter(*_BOXES)):
        text = " ".join(beginning_of(element).split())
        if text and (is_prompt(text) or _is_gate(element)) and not is_hidden(element, local_name(element)):
            element[:] = []
            element.tag, element.text = "p", text
            shown.add(text)
    return frozenset(shown)


def shown_part(tree: etree._Element, access: Access, body: Sequence[str], lines: Sequence[str]) -> str | None:
    """Returns how ``tree``, whose text are ``lines``, shows that ``body`` is a part only; None where nothing does."""
    if not body:
        return None
    words = sum(map(count_words, body))
    stated = access.words_of_article(body)
    if stated >= max(words * _CLEARLY_LONGER, words + _LEAST_MORE):
        return f"The page states that the article has {stated:,} words; {words:,} were read."
    holds_all = stated > 0 and words >= max(stated * _NEARLY_ALL, _LEAST_STATED)
    if access.is_restricted and not (holds_all or _holds_restricted(tree, access, body, words)):
        return FOR_SUBSCRIBERS
    below = lines_below(lines, body)
    return ENDS_IN_PROMPT if is_prompt_below(below) or _has_gate(tree, body, words, below) else None


def _holds_restricted(tree: etree._Element, access: Access, body: Sequence[str], words: int) -> bool:
    """Returns whether what is for subscribers is among the paragraphs that were read."""
    if access.selectors:
        restricted = {
            _key(block.text) for element in _selected(tree, access.selectors) for block in visible_blocks(element)
        }
        read = [paragraph for paragraph in body if _key(paragraph) in restricted]
        if sum(map(count_words, read)) < _LEAST_RESTRICTED:
            return False
        if body[0] not in read:
            return True
    return words >= _LEAST_WHOLE


def _selected(tree: etree._Element, selectors: Sequence[str]) -> Iterator[etree._Element]:
    """Yields the outermost elements with the class or the id at the end of a selector; others hold nothing apart."""
    named = [found.groups() for selector in selectors[:_MOST_SELECTORS] if (found := _NAMED.search(selector.strip()))]
    classes, ids = ({name for sign, name in named if sign == wanted} for wanted in ".#")
    inside: set[etree._Element] = set()
    for element in tree.iter(etree.Element):
        if element.getparent() in inside:
            inside.add(element)
        elif element.get("id") in ids or not classes.isdisjoint((element.get("class") or "").split()):
            inside.add(element)
            yield element


def _has_gate(tree: etree._Element, body: Sequence[str], words: int, below: Sequence[str]) -> bool:
    """Returns whether a box that is named a paywall has the next lines ``below``, or waits empty for its script.

    One that waits says something only of a short text: many pages have it, whatever they show.
    """
    near = [key for line in below[:_NEAR] if (key := _key(line))]
    if not near and words >= _SHORT:
        return False
    for element in islice(filter(_is_gate, _MAY_GATE(tree)), _MOST_GATES):
        text = _key(beginning_of(element))
        if not text and words < _SHORT:
            return True
        is_near = _FEWEST <= count_words(text) <= _LONGEST and any(line in text for line in near)
        if is_near and not any(_key(paragraph) in text for paragraph in body):
            return True
    return False


def _is_gate(element: etree._Element) -> bool:
    return bool(_GATE.search(f"{element.get('class')} {element.get('id')}"))


def _key(text: str) -> str:
    return " ".join(words_of(text))
