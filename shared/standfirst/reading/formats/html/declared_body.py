"""The body that a page's JSON-LD states (schema.org ``articleBody``), held against the one that the page shows."""

import html
from collections.abc import Collection, Sequence

from standfirst.domain.errors import ReadingError
from standfirst.reading.boilerplate.page import read_page
from standfirst.reading.formats.html.prose import key_of
from standfirst.reading.formats.json_body import blocks_of_text
from standfirst.text.sentences import split_sentences

_ALIKE = 0.8
"""Of a body that is seen, the share that the stated one has to tell as well before it is believed."""

_LONGER = 1.25
"""Times as long as the body that is seen: a stated one that is less tells the same, with a caption or a label."""

_LONG_PARAGRAPH = 1_500
_PARAGRAPH = 350
"""Characters that sentences are put together to where a body states no paragraphs."""

_LONGEST = 2_000_000


def paragraphs_of(bodies: Sequence[str], headline: str | None, language: str | None) -> list[str]:
    """Returns the paragraphs of an ``articleBody``, text or HTML, be that escaped once more; none if unreadable."""
    text = "\n\n".join(bodies)
    if not text or len(text) > _LONGEST:
        return []
    try:
        blocks = blocks_of_text(html.unescape(text))
        found = read_page(blocks, headline).paragraphs
    except ReadingError:
        return []
    return [part for paragraph in found for part in _parted(paragraph, language or "")]


def tells_more(stated: Sequence[str], seen: Sequence[str]) -> bool:
    """Returns whether the paragraphs ``stated`` tell all that is ``seen``, and a good deal more."""
    key = key_of(" ".join(stated))
    length = sum(map(len, seen))
    shared = sum(len(text) for text in seen if key_of(text) in key)
    return sum(map(len, stated)) > _LONGER * length and shared >= _ALIKE * length


def with_declared(seen: Sequence[str], stated: Sequence[str], headlines: Collection[str]) -> list[str]:
    """Returns the paragraphs ``seen`` and those of ``stated`` that they are not a part of, in the stated order."""
    if not tells_more(stated, seen):
        return [*seen]
    printed = {key_of(headline) for headline in headlines}
    return [text for text in stated if key_of(text) not in printed]


def _parted(paragraph: str, language: str) -> list[str]:
    """Returns ``paragraph`` in paragraphs of several sentences where it is a whole article."""
    if len(paragraph) <= _LONG_PARAGRAPH:
        return [paragraph]
    parts = [""]
    for sentence in split_sentences(paragraph, language):
        if len(parts[-1]) > _PARAGRAPH:
            parts.append("")
        parts[-1] = f"{parts[-1]} {sentence}".strip()
    return parts
