"""The names of articles in a document that holds several: each has one that no other has, and that an id can hold."""

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from standfirst.domain.article import MAX_METADATA_CHARACTERS, UnreadPart
from standfirst.reading.parsed_article import ParsedArticle

_LONGEST_NAME = 1_000
"""Bytes: DynamoDB takes ids of 2,048, and the longest object key has 1,024."""


def with_distinct_parts(found: Sequence[ParsedArticle | UnreadPart]) -> list[ParsedArticle | UnreadPart]:
    """Returns ``found``, each under its own name; one without a name, or with another's, goes by its place."""
    found = [replace(each, part=_storable(each.part)) if each.part else each for each in found]
    uses = Counter(each.part for each in found)
    return [
        each if each.part and uses[each.part] == 1 else replace(each, part=_of_place(place, uses))
        for place, each in enumerate(found, 1)
    ]


def _of_place(place: int, taken: Collection[str | None]) -> str:
    """Returns the number of the place, marked until it is no name that another article has of its own."""
    name = str(place)
    while name in taken:
        name = f"place-{name}"
    return name


def _storable(name: str) -> str:
    """Returns ``name``, or its hash if it is no text or so long that no id could hold it."""
    raw = name.encode(errors="surrogatepass")
    is_short = len(name) <= MAX_METADATA_CHARACTERS and len(raw) <= _LONGEST_NAME
    is_text = name.encode(errors="replace") == raw
    return name if is_short and is_text else hashlib.sha256(raw).hexdigest()
