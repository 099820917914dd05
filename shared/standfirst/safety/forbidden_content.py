"""What no standfirst holds: addresses, code, emoji, orders, talk to the reader or about the text itself."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from standfirst.safety.lexicon import pattern_of, phrases
from standfirst.safety.prompt_injection import is_order
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
_SPEAKER = re.compile(
    r"\bi (?:can|can't|cannot|am|will|won't)\b|\bi['’](?:m|ll)\b|\b(?-i:I|me|my|mine|myself)\b(?!\.)", re.IGNORECASE
)
_READER = re.compile(
    r"\b(?:you|your|yours|yourself|please|visit our)\b|(?:^|[.!?:;] )(?:click|subscribe|sign up)\b", re.IGNORECASE
)

_MARKS = (
    ("address", re.compile(r"[:@]|\.\w|[Ww]\."), _ADDRESS, "an address"),
    ("markup", re.compile(r"[<>`\]!{}#*]"), _MARKUP, "code or markup"),
    ("emoji", _EMOJI, _EMOJI, "an emoji"),
)
"""A reason, a sign that stands in everything of the kind and is found much faster, the pattern, and a detail."""

_START = r"(?:^|[.!?:;,–—-][\"”’)]{0,2}\s{1,2}|[\"“«„]\s?)"
_OPENING = r"^\W{0,6}"
_LONGEST_LEAD = 60
"""Characters between "here is" and the name of what follows."""


class Unprintable(NamedTuple):
    """What was found: the kind, in plain words, and where."""

    reason: str
    detail: str
    start: int
    end: int


def unprintable_in(text: str, language: str) -> Iterator[Unprintable]:
    """Everything of the kind in ``text``, a sentence in ``language``."""
    yield from marks_in(text)
    if is_order(text):
        yield Unprintable("order", "an order to a machine", 0, len(text))
    yield from talk_in(text, language)


def talk_in(text: str, language: str) -> Iterator[Unprintable]:
    """Where ``text`` speaks to its reader, of itself or of the article, outside quotations.

    That it speaks as "I" and to "you" is known in English only.
    """
    unquoted = _unquoted(text)
    if primary_subtag(language) == "en":
        for pattern, detail in ((_SPEAKER, "speaks of itself"), (_READER, "speaks to the reader")):
            yield from (Unprintable("talk", detail, *found.span()) for found in pattern.finditer(unquoted))
    # A model may well talk in English about an article in another language.
    for spoken in dict.fromkeys((primary_subtag(language), "en")):
        for reason, detail, pattern in _talk_of(spoken):
            yield from (Unprintable(reason, detail, *found.span("of")) for found in pattern.finditer(unquoted))


def marks_in(text: str) -> Iterator[Unprintable]:
    """The addresses, code and emoji in ``text``."""
    for reason, sign, pattern, detail in _MARKS:
        if sign.search(text):
            yield from (Unprintable(reason, detail, *found.span()) for found in pattern.finditer(text))


@cache
def _talk_of(language: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Returns the reason, the detail and the pattern of each kind of talk in ``language``."""
    any_in = {section: _any_in(phrases(language, section), language) for section in _SECTIONS}
    long_corrections = _any_in([each for each in phrases(language, "corrections") if " " in each], language)
    gap = rf"(?:,[^,.]{{1,80}},)?(?:\s(?:{any_in['between']}|\w{{2,12}}ly)){{0,2}}\s(?:{any_in['says of it']})"
    patterns = (
        ("talk", "talks about the text", rf"(?P<of>{any_in['this text']})(?!\W{{0,3}}\d)"),
        ("talk", "talks about the text", rf"{_START}(?P<of>{any_in['the text']}){gap}"),
        ("article_talk", "talks about the author", rf"{_START}(?P<of>{any_in['its author']}){gap}"),
        ("preamble", "comes before the text", rf"{_OPENING}(?P<of>{any_in['preambles']})"),
        (
            "preamble",
            "comes before the text",
            rf"{_OPENING}(?P<of>(?:\w{{1,12}}[,!.]\s)?(?:{any_in['here is']})[^.!?:]{{0,{_LONGEST_LEAD}}}"
            rf"(?:{any_in['names of it']}))",
        ),
        ("preamble", "comes before the text", rf"{_OPENING}(?P<of>(?:{any_in['names of it']}|{any_in['labels']})\W{{0,3}}[:：])"),
        (
            "correction",
            "takes back a word",
            rf"(?:[,(–—:.…]|\s-)\s{{0,2}}(?P<of>{any_in['corrections']})(?<=[\w:])(?=\s{{0,2}}[,:;.!–—-]|[：、])",
        ),
        ("correction", "takes back a word", rf"(?:[,(–—:.…]\s{{0,2}}|\s-\s|^)(?P<of>{long_corrections})"),
    )
    return tuple((reason, detail, re.compile(text, re.IGNORECASE)) for reason, detail, text in patterns)


_SECTIONS = (
    "this text", "the text", "says of it", "between", "its author", "preambles", "here is", "names of it", "labels",
    "corrections",
)  # fmt: skip


def _any_in(found: Sequence[str], language: str) -> str:
    """Returns a pattern of the phrases ``found``; of nothing if there are none."""
    return "|".join(pattern_of(phrase, language) for phrase in found) or "(?!)"


def _unquoted(text: str) -> str:
    """``text`` with blanks in the place of what is quoted."""
    pieces, at = [], 0
    for start, end in quotations_in(text):
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join((*pieces, text[at:]))
