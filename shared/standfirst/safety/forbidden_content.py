"""What no standfirst holds: addresses, code, emoji, orders, talk to the reader or about the text itself."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from standfirst.safety.prompt_injection import ORDERS, is_order
from standfirst.text.quotations import quotations_in
from standfirst.text.sentences import primary_subtag
from standfirst.text.word_lists import any_of

_DOMAINS = any_of("com org net biz info io example co ru cn xyz shop online site top app dev")
# Lengths have bounds, those of RFC 1035 and 5321 where there are, so that no text makes a search slow.
_ADDRESS = re.compile(
    rf"https?:|www\.|\b[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.(?:{_DOMAINS})\b"
    r"|[\w.+-]{1,64}@[\w-]+\.\w+",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"</?\w[^<>]{0,500}>|<[^>\s]|```|`[^`]+`|\]\(|!\[|\{[{%\"']|\}\}|<\||\|>|^[^\S\n]*#{1,6} |\*\*",
    re.MULTILINE,
)
_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
_META = re.compile(
    r"\b(?:as an ai|language model|ai (?:model|assistant|system)|i (?:can|can't|cannot|am|will|won't)\b|i['’](?:m|ll)\b"
    r"|(?:this|the|your) (?:summary|prompt|instructions?|system prompt|standfirst|headline)\b"
    r"|here(?:'s| is) (?:the|a|your) |(?:summary|standfirst) ?:"
    r"|instructions?\b.{0,20}\bfollowed|as (?:requested|instructed))",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"\b(?:I|me|my|mine|myself)\b(?!\.)")
_READER = re.compile(r"\b(?:you|your|yours|yourself|please|click|subscribe|sign up|visit our)\b", re.IGNORECASE)


class Unprintable(NamedTuple):
    """What was found, in plain words, and where; ``never`` says that it is out of place whoever wrote it."""

    detail: str
    start: int
    end: int
    never: bool


# A sign stands in everything that the pattern after it finds: looking for it first is much faster.
_MARKS = (
    (re.compile(r"[:@]|\.\w|[Ww]\."), _ADDRESS, "an address"),
    (re.compile(r"[<>`\]!{}#*]"), _MARKUP, "code or markup"),
    (_EMOJI, _EMOJI, "an emoji"),
)
_UNQUOTED_ENGLISH = ((_META, "speaks of itself"), (_SPEAKER, "speaks of itself"), (_READER, "speaks to the reader"))


def unprintable_in(text: str, language: str) -> Iterator[Unprintable]:
    """Everything of the kind in ``text``."""
    yield from marks_in(text)
    if is_order(text):  # much faster than a search for every order
        yield from (Unprintable("an order to a machine", *found.span(), never=True) for found in ORDERS.finditer(text))
    yield from talk_in(text, language)


def talk_in(text: str, language: str) -> Iterator[Unprintable]:
    """Where ``text`` speaks to its reader or of itself outside quotations; known in English only."""
    if primary_subtag(language) == "en":
        unquoted = _unquoted(text)
        for pattern, detail in _UNQUOTED_ENGLISH:
            yield from (Unprintable(detail, *found.span(), never=False) for found in pattern.finditer(unquoted))


def marks_in(text: str) -> Iterator[Unprintable]:
    """The addresses, code and emoji in ``text``."""
    for sign, pattern, detail in _MARKS:
        if sign.search(text):
            yield from (Unprintable(detail, *found.span(), never=True) for found in pattern.finditer(text))


def _unquoted(text: str) -> str:
    """``text`` with blanks in the place of what is quoted."""
    pieces, at = [], 0
    for start, end in quotations_in(text):
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join((*pieces, text[at:]))
