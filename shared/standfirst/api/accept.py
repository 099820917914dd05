"""Content negotiation by the Accept header (RFC 9110, section 12.5.1)."""

import re

JSON = "application/json"
LD_JSON = "application/ld+json"

_RANGE = re.compile(r"\s*([\w.+*!#$&^-]+/[\w.+*!#$&^-]+)\s*((?:;[^,]*)?)")
_WEIGHT = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)", re.IGNORECASE)


def prefers(one: str, other: str, accept: str) -> bool:
    """Whether an Accept header prefers the media type ``one`` to ``other``."""
    weights = {name.lower(): _weight(parameters) for name, parameters in _ranges(accept)}
    return _quality(one, weights) > _quality(other, weights)


def _ranges(accept: str) -> list[tuple[str, str]]:
    found = (_RANGE.fullmatch(part) for part in accept.split(","))
    return [(match[1], match[2]) for match in found if match]


def _weight(parameters: str) -> float:
    found = _WEIGHT.search(parameters)
    return min(float(found[1]), 1.0) if found else 1.0


def _quality(name: str, weights: dict[str, float]) -> float:
    """Returns the weight of the most specific range that matches ``name``."""
    ranges = (name, f"{name.partition('/')[0]}/*", "*/*")
    return next((weights[each] for each in ranges if each in weights), 0.0)
