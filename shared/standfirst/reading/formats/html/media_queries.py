"""Whether a media query holds when a page is opened on a wide screen (Media Queries 4)."""

import re
from collections.abc import Sequence

from tinycss2 import ast, serialize

_WIDTH, _HEIGHT = 1280, 800
"""Of the window, in CSS pixels."""

# What is so on that screen; of other features nothing is known, and a rule that hangs on one is left out.
_HOLDING = frozenset(
    {
        "any-hover: hover", "any-pointer: fine", "color", "grid: 0", "hover", "hover: hover", "min-height: 0",
        "min-width: 0", "orientation: landscape", "pointer", "pointer: fine", "prefers-color-scheme: light",
        "prefers-reduced-motion: no-preference", "scripting: enabled", "update: fast",
    }
)  # fmt: skip
_SIZE = re.compile(r"(?:(min|max)-)?(?:device-)?(width|height)\s*(:|[<>]=?|=)\s*([\d.]+)(px|r?em)")
_TURNED = re.compile(r"([\d.]+)(px|r?em)\s*([<>]=?)\s*(width|height)(?:\s*([<>]=?)\s*([\d.]+)(px|r?em))?")
_PIXELS = {"px": 1.0, "em": 16.0, "rem": 16.0}


def is_for_screens(query: Sequence[ast.Node]) -> bool:
    """Returns whether one of the queries in the list ``query`` holds; an empty list does."""
    queries: list[list[ast.Node]] = [[]]
    for token in query:
        if token.type == "literal" and token.value == ",":
            queries.append([])
        elif token.type not in {"whitespace", "comment"}:
            queries[-1].append(token)
    return queries == [[]] or any(_holds(each) for each in queries if each)


def _holds(tokens: Sequence[ast.Node]) -> bool:
    is_negated, terms, any_of = False, [], False
    for token in tokens:
        word = token.lower_value if token.type == "ident" else None
        if word == "not":
            is_negated = True
        elif word == "or":
            any_of = True
        elif word is not None and word not in {"only", "and"}:
            terms.append(word in {"all", "screen"})
        elif token.type == "() block":
            terms.append(_feature_holds(token))
    return bool(terms) and (any(terms) if any_of else all(terms)) != is_negated


def _feature_holds(block: ast.ParenthesesBlock) -> bool:
    inner = [token for token in block.content if token.type not in {"whitespace", "comment"}]
    if any(token.type == "() block" for token in inner):
        return _holds(inner)
    text = " ".join(serialize(block.content).lower().split())
    if found := _SIZE.fullmatch(text):
        bound, axis, sign, number, unit = found.groups()
        sign = {"min": ">=", "max": "<="}.get(bound, sign)
        return _compare(_size(axis), sign, float(number) * _PIXELS[unit])
    if found := _TURNED.fullmatch(text):
        number, unit, sign, axis, second, other, other_unit = found.groups()
        turned = sign.translate(str.maketrans("<>", "><"))
        return _compare(_size(axis), turned, float(number) * _PIXELS[unit]) and (
            second is None or _compare(_size(axis), second, float(other) * _PIXELS[other_unit])
        )
    return re.sub(r"\s*:\s*", ": ", text) in _HOLDING


def _size(axis: str) -> int:
    return _WIDTH if axis == "width" else _HEIGHT


def _compare(size: float, sign: str, bound: float) -> bool:
    return (
        (size > bound and ">" in sign)
        or (size < bound and "<" in sign)
        or (size == bound and ("=" in sign or sign == ":"))
    )
