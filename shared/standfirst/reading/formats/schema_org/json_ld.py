"""JSON-LD of schema.org: its nodes, their types, and property values in the forms that JSON-LD allows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from standfirst.domain.errors import InvalidDocument
from standfirst.reading.formats.json_validation import json_name, text_or_nothing, wrong_type
from standfirst.reading.json_text import nested_too_deeply
from standfirst.reading.kinds.labels import strings_in

_NAME = "JSON-LD"
_DEEPEST = 8
"""Levels of nodes in nodes; a page in a graph that has an article is the third."""

_HOLDERS = ("@graph", "mainEntity")
"""Where a node keeps the nodes that it is about, rather than others that it mentions."""

_LABELS = ("@type", "genre", "articleSection")

# What schema.org has below Article without saying so in the name.
_ARTICLES = frozenset({"Report", "SocialMediaPosting", "BlogPosting", "LiveBlogPosting", "DiscussionForumPosting"})


@dataclass(frozen=True, slots=True)
class Node:
    """One node and where it stands in the document, such as ``@graph[1]``; the document itself is at the empty path."""

    values: Mapping[str, Any]
    path: str

    def field(self, name: str) -> str:
        """Returns the path of a property of this node."""
        return f"{self.path}.{name}" if self.path else name


def nodes_of(values: object) -> list[Node]:
    """Returns the nodes of a document, outer ones first; raises InvalidDocument for none, and for deep nesting."""
    if not isinstance(values, dict | list):
        raise InvalidDocument(f"The JSON-LD must be an object or a list of objects, not {json_name(values)}.")
    return list(_nodes(values, "", 0))


def articles_among(nodes: Iterable[Node]) -> list[Node]:
    """Returns those of type Article or one of its subtypes (schema.org/Article, "More specific Types")."""
    return [node for node in nodes if any(_is_article(name) for name in types_of(node))]


def types_of(node: Node) -> list[str]:
    """Returns the names of its types, without what stands before them in ``https://schema.org/NewsArticle``."""
    return [name.replace("#", "/").rpartition("/")[2].rpartition(":")[2] for name in labels(node, "@type")]


def labels_of(node: Node) -> Iterator[str]:
    """Yields what ``node`` says of the kind of text that it is: its types, genres and sections.

    Nothing for a ``Comment``, which in schema.org is a reader's, and in a paper the name of its opinion pages.
    """
    if "Comment" in types_of(node):
        return
    for name in _LABELS:
        for label in strings_in(node.values.get(name)):
            yield label.replace("#", "/").rpartition("/")[2] if name == "@type" else label


def texts(node: Node, name: str) -> list[str]:
    """Returns the values of a text property: one or a list, each also as ``{"@value": …}`` (JSON-LD 4.3)."""
    return [text for value, path in _values(node, name) for text in _text(value, path)]


def labels(node: Node, name: str) -> list[str]:
    """Returns the same of a property beside the story: a number is text, and any other value says nothing."""
    values = (value.get("@value") if isinstance(value, dict) else value for value, _ in _values(node, name))
    return [text for text in map(text_or_nothing, values) if text is not None]


def languages(node: Node) -> list[str]:
    """Returns ``inLanguage``: a tag, or a Language whose ``alternateName`` or ``identifier`` is one (schema.org)."""
    found = []
    for value, path in _values(node, "inLanguage"):
        if isinstance(value, dict) and "@value" not in value:
            inner = Node(value, path)
            found += labels(inner, "alternateName") or labels(inner, "identifier") or labels(inner, "name")
    return found or labels(node, "inLanguage")


def versions(node: Node) -> list[str]:
    """Returns ``version``: Number or Text (schema.org/version)."""
    return labels(node, "version")


def language_of_context(values: object) -> str | None:
    """Returns the language that ``@context`` gives to all strings, None without (JSON-LD 4.2.4)."""
    context = values.get("@context") if isinstance(values, dict) else None
    for part in context if isinstance(context, list) else [context]:
        if isinstance(part, dict) and isinstance(part.get("@language"), str):
            return str(part["@language"])
    return None


def children(node: Node, name: str) -> list[Node]:
    """Returns the values of a property that are nodes; raises InvalidDocument for others."""
    found = []
    for value, path in _values(node, name):
        if not isinstance(value, dict):
            raise wrong_type(path, "an object", value, _NAME)
        found.append(Node(value, path))
    return found


def _nodes(values: object, path: str, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        raise nested_too_deeply()
    if isinstance(values, list):
        for at, value in enumerate(values):
            yield from _nodes(value, f"{path}[{at}]", depth + 1)
    elif isinstance(values, dict):
        node = Node(values, path)
        if "@type" in values:
            yield node
        for holder in _HOLDERS:
            yield from _nodes(values.get(holder), node.field(holder), depth + 1)
    elif values is not None and not path.endswith("mainEntity"):
        raise wrong_type(path, "an object", values, _NAME)


def _is_article(name: str) -> bool:
    return name.endswith("Article") or name in _ARTICLES


def _values(node: Node, name: str) -> list[tuple[Any, str]]:
    """Returns each value of a property with its path; none for null, which in JSON-LD means that nothing is said."""
    value = node.values.get(name)
    path = node.field(name)
    several = [(each, f"{path}[{at}]") for at, each in enumerate(value)] if isinstance(value, list) else [(value, path)]
    return [(each, where) for each, where in several if each is not None]


def _text(value: object, path: str) -> list[str]:
    if isinstance(value, dict) and "@value" in value:
        value, path = value["@value"], f"{path}.@value"
    if not isinstance(value, str):
        raise wrong_type(path, "a string", value, _NAME)
    return [value]
