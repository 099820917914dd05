"""Which newsroom format a JSON document is in, by the fields its specification asks for."""

import json
from collections.abc import Mapping
from enum import Enum, auto

from standfirst.domain.errors import InvalidDocument
from standfirst.reading.source import Source


class Schema(Enum):
    """What the JSON looks like."""

    PLAIN = auto()
    """None of the others: the plain shape, or no article at all, which its reader says."""
    NINJS = auto()
    ANS = auto()
    SCHEMA_ORG = auto()
    WORDPRESS = auto()
    GHOST = auto()
    BROKEN = auto()
    """No JSON."""
    LINES = auto()
    """Several JSON objects, one per line."""


_JSON_LD = ("@context", "@graph", "@type")

# Arc ANS, story and its kin: an object of ``headlines`` and ``content_elements`` are theirs alone, ``version`` is the
# schema's own (0.5.0 to 0.10.x).
_ANS_TYPES = frozenset({"story", "story-fragment", "image", "video", "audio", "gallery", "collection", "raw_html"})

# ninjs 1.x writes ``body_xhtml``, 2.x and 3.x write ``bodies`` and ``headlines``; ``uri`` is the one required field.
_NINJS_FIELDS = (
    "$standard",
    "versioncreated",
    "versionCreated",
    "pubstatus",
    "pubStatus",
    "bodies",
    "representationtype",
)
_PLAIN_BODIES = ("body", "text", "paragraphs")


def shape_of(source: Source) -> Schema:
    """Returns the shape of the JSON in ``source``."""
    try:
        values = source.json
    except InvalidDocument:
        return Schema.LINES if _are_lines(source.raw_text) else Schema.BROKEN
    if isinstance(values, list) and values and all(isinstance(value, dict) for value in values):
        # JSON-LD may be a list of nodes, and WordPress answers with a list of posts.
        values = values[0] if "@type" in values[0] or _is_wordpress(values[0]) else {}
    return _shape_of_object(values) if isinstance(values, dict) else Schema.PLAIN


def _are_lines(text: str) -> bool:
    lines = [line for line in text.lstrip().split("\n", 20) if line.strip()][:2]
    return len(lines) > 1 and all(map(_is_object, lines))


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _shape_of_object(values: Mapping[str, object]) -> Schema:
    if _is_ans(values):
        return Schema.ANS
    if any(key in values for key in _JSON_LD):
        return Schema.SCHEMA_ORG
    if _is_wordpress(values):
        return Schema.WORDPRESS
    if _is_ghost(values):
        return Schema.GHOST
    return Schema.NINJS if _is_ninjs(values) else Schema.PLAIN


def _is_ans(values: Mapping[str, object]) -> bool:
    if "content_elements" in values or (isinstance(values.get("headlines"), dict) and "bodies" not in values):
        return True
    kind, version = values.get("type"), values.get("version")
    return "uri" not in values and str(kind) in _ANS_TYPES and isinstance(version, str) and version.startswith("0.")


def _is_ninjs(values: Mapping[str, object]) -> bool:
    if any(field in values for field in _NINJS_FIELDS) or any(field.startswith("body_") for field in values):
        return True
    if "uri" not in values:
        return False
    return "type" in values or not any(field in values for field in _PLAIN_BODIES)


def _is_wordpress(values: Mapping[str, object]) -> bool:
    """Returns whether title or body are in ``rendered`` or, as editors see them, ``raw``."""
    fields = (values.get(name) for name in ("content", "title"))
    return any(isinstance(field, dict) and ("rendered" in field or "raw" in field) for field in fields)


def _is_ghost(values: Mapping[str, object]) -> bool:
    """Returns whether there is a list of posts with their ``html``, or a webhook's post before and after it."""
    for name in ("posts", "pages"):
        listed = values.get(name)
        if isinstance(listed, list) and all(isinstance(each, dict) for each in listed):
            return any("html" in each or "lexical" in each or "mobiledoc" in each for each in listed) or not listed
    events = (values.get(name) for name in ("post", "page"))
    return any(isinstance(event, dict) and event.keys() & {"current", "previous", "html"} for event in events)
