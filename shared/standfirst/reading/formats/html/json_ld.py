"""The JSON-LD in a page: what it says of the article, taken as far as it can be understood.

In a page it is a help and no document of its own, so whatever is broken or strange in it is passed over; how a document
that is JSON-LD is read, and what is refused there, is in ``schema_org.py``.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

_ARTICLE = re.compile(r"(?:^|[/:#])\w{0,40}(?:Article|BlogPosting|Report|Review)$")
_MOST_NODES = 2_000
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|"
                       r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$")  # fmt: skip


def article_nodes(tree: etree._Element) -> list[Mapping[str, Any]]:
    """The nodes of ``tree``'s JSON-LD that are articles, wherever they are nested; outer ones first."""
    return [node for values in _documents(tree) for node in _nodes(values) if _is_article(node)]


def texts(node: Mapping[str, Any], *names: str) -> list[str]:
    """The strings among the values of the properties ``names``, of a list each, of a language its tag or name."""
    return [text for name in names for text in _strings(node.get(name))]


def _documents(tree: etree._Element) -> Iterator[object]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            try:
                yield json.loads(_WRAPPING.sub("", script.text), strict=False)
            except (ValueError, RecursionError):
                continue


def _nodes(values: object) -> Iterator[Mapping[str, Any]]:
    """Every object in ``values``, level by level: no nesting is too deep for a queue."""
    queue = [values]
    for value in queue:
        if len(queue) > _MOST_NODES:
            return
        if isinstance(value, dict):
            yield value
            queue.extend(value.values())
        elif isinstance(value, list):
            queue.extend(value)


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        value = value.get("@value") or value.get("alternateName") or value.get("name")
    if isinstance(value, list):
        return [text for each in value[:20] if isinstance(each, str) for text in _strings(each)]
    return [value] if isinstance(value, str) and value.strip() else []
