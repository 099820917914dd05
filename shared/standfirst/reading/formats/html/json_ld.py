"""The JSON-LD in a page: a help and no document of its own, so whatever is broken or strange in it is passed over."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress

from lxml import etree

from standfirst.domain.errors import InvalidDocument
from standfirst.reading.formats.schema_org.json_ld import (
    Node,
    articles_among,
    labels_of,
    languages,
    nodes_of,
    texts,
    versions,
)

_MOST_NODES = 2_000
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|"
                       r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*+(?:;\s*+)?$")  # fmt: skip
_READ_BY = {"inLanguage": languages, "version": versions}


def first_article(tree: etree._Element) -> Node | None:
    """Returns the first node of ``tree``'s JSON-LD that is an article, outer ones first; None without one."""
    nodes = (node for values in _documents(tree) for node in _nodes(values))
    return next((node for node in nodes if _is_article(node)), None)


def stated_texts(node: Node | None, *names: str) -> list[str]:
    """Returns the texts that ``node`` states for the properties ``names``; none for values of another type."""
    if node is None:
        return []
    found = []
    for name in names:
        try:
            found += _READ_BY[name](node) if name in _READ_BY else texts(node, name)
        except InvalidDocument:
            continue
    return [text for text in found if text.strip()]


def publisher_names(node: Node | None) -> list[str]:
    """Returns what the publisher of ``node`` is called."""
    value = node.values.get("publisher") if node else None
    publishers = value if isinstance(value, list) else [value]
    return [name for each in publishers if isinstance(each, dict) for name in stated_texts(Node(each, ""), "name")]


def stated_labels(tree: etree._Element) -> list[str]:
    """Returns what ``tree``'s JSON-LD says of the kind of its page: of the outer nodes, not of what they mention."""
    found: list[str] = []
    for values in _documents(tree):
        with suppress(InvalidDocument):
            found += [label for node in nodes_of(values)[:_MOST_NODES] for label in labels_of(node)]
    return found


def _documents(tree: etree._Element) -> Iterator[object]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            try:
                yield json.loads(_WRAPPING.sub("", script.text), strict=False)
            except (ValueError, RecursionError):
                continue


def _nodes(values: object) -> Iterator[Node]:
    """Yields every object in ``values``, level by level: no nesting is too deep for a queue."""
    queue = [values]
    for value in queue:
        if len(queue) > _MOST_NODES:
            return
        if isinstance(value, dict):
            yield Node(value, "")
            queue.extend(value.values())
        elif isinstance(value, list):
            queue.extend(value)


def _is_article(node: Node) -> bool:
    try:
        return bool(articles_among([node]))
    except InvalidDocument:
        return False
