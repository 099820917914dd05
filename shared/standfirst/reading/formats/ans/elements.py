"""The ``content_elements`` of an Arc ANS story: which are the story's text (ans-schema, ``story_elements/``)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from standfirst.reading.boilerplate.classify import Kind, kind_of
from standfirst.reading.boilerplate.paragraphs import refuse_long
from standfirst.reading.formats.html.text import is_markup, split_html
from standfirst.reading.formats.json_body import one_line
from standfirst.reading.formats.json_validation import MOST_PIECES, refuse_many, text_or_nothing, wrong_type
from standfirst.reading.json_text import nested_too_deeply

_NAME = "Arc ANS"
_DEEPEST = 12
"""Levels of lists in lists and quotes in quotes; a written story has two or three."""

_TEXTS = frozenset({"text", "blockquote"})
_RAW = frozenset({"raw_html"})
_PULL_QUOTES = frozenset({"pullquote", "pull-quote", "pull_quote"})

# What an element that holds elements calls them.
_CHILDREN: Mapping[str, str] = MappingProxyType(
    {"list": "items", "quote": "content_elements", "element_group": "content_elements"}
)

# A text that is nothing but a link leads to another story, one that is all bold is a crosshead: if it is no sentence.
_INLINE = r"(?:\s*<(?:p|b|strong|i|em|u|span)\b[^<>]*>)*\s*"
_INLINE_END = r"(?:\s|</(?:p|b|strong|i|em|u|span)>|<br\s*/?>)*"
_LINK = re.compile(rf"(?is){_INLINE}<a\b[^<>]*>(?:(?!</?a\b).)*</a>{_INLINE_END}")
_BOLD = re.compile(rf"(?is)(?:\s|<p\b[^<>]*>)*<(b|strong)\b[^<>]*>(?:(?!</\1>).)*</\1>{_INLINE_END}")
_NO_TEXT = frozenset({Kind.BOILERPLATE, Kind.BYLINE, Kind.TIME, Kind.RELATED, Kind.ENDING})


@dataclass(frozen=True, slots=True)
class _Text:
    """The content of one element, in HTML, and whose words it is."""

    content: str
    citation: str | None = None


def paragraphs_of(elements: Sequence[Any]) -> list[str]:
    """Returns the paragraphs among ``elements``, in order; those in ``raw_html`` only when there are no others.

    ``text`` and the older ``blockquote`` are paragraphs, so is each item of a ``list``; a ``quote`` ends with its
    citation. A ``header`` is a crosshead. Everything else (images, galleries, videos, embeds, ``interstitial_link``,
    ``reference``, ``correction``, tables) is no part of the text, and a pull quote only tells it again.
    Raises InvalidDocument for an element of the wrong type, naming it, DocumentTooLarge for very many.
    """
    for wanted in (_TEXTS, _RAW):
        texts = list(_texts(elements, "content_elements", wanted))
        refuse_many(len(texts), MOST_PIECES, "text elements", _NAME)
        refuse_long(len(text.content) for text in texts)
        if paragraphs := [paragraph for text in texts for paragraph in _paragraphs(text)]:
            return paragraphs
    return []


def _texts(elements: Sequence[Any], path: str, wanted: frozenset[str], depth: int = 0) -> Iterator[_Text]:
    if depth > _DEEPEST:
        raise nested_too_deeply()
    for at, element in enumerate(elements):
        here = f"{path}[{at}]"
        if not isinstance(element, dict):
            raise wrong_type(here, "an object", element, _NAME)
        kind = _string(element, "type", here)
        if kind in wanted:
            # Until ANS 0.4 some wrote the content of a text as its ``text``.
            yield _Text(_string(element, "content", here) or _string(element, "text", here) or "")
        elif (children := _CHILDREN.get(kind or "")) and text_or_nothing(element.get("subtype")) not in _PULL_QUOTES:
            inside = _texts(_list(element, children, here), f"{here}.{children}", wanted, depth + 1)
            yield from _cited(list(inside), element)


def _cited(texts: list[_Text], element: dict[str, Any]) -> list[_Text]:
    """Returns ``texts`` with the citation of a quote behind the last one, unless that is a quote with its own."""
    citation = element.get("citation")
    stated = text_or_nothing(citation.get("content") if isinstance(citation, dict) else citation)
    if not stated or not texts or texts[-1].citation:
        return texts
    return [*texts[:-1], replace(texts[-1], citation=stated)]


def _string(element: dict[str, Any], field: str, path: str) -> str | None:
    value = element.get(field)
    if value is None or isinstance(value, str):
        return value
    raise wrong_type(f"{path}.{field}", "a string", value, _NAME)


def _list(element: dict[str, Any], field: str, path: str) -> list[Any]:
    value = element.get(field)
    if value is None or isinstance(value, list):
        return value or []
    raise wrong_type(f"{path}.{field}", "a list", value, _NAME)


def _paragraphs(text: _Text) -> list[str]:
    kinds = _NO_TEXT | {Kind.TITLE} if _LINK.fullmatch(text.content) or _BOLD.fullmatch(text.content) else _NO_TEXT
    paragraphs = [line for line in _lines(text.content) if kind_of(line) not in kinds]
    if paragraphs and (citation := one_line(text.citation)):
        paragraphs[-1] += f" — {citation}"
    return paragraphs


def _lines(content: str) -> list[str]:
    if is_markup(content):
        return [block.text for block in split_html(content)]
    line = one_line(content)
    return [line] if line else []
