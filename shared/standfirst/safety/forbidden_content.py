"""What no standfirst holds: addresses, code, emoji, what nobody sees, orders, talk to the reader or about the text."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from standfirst.domain.invisible_characters import invisible_in
from standfirst.safety.lexicon import UNSPACED, pattern_of, phrases
from standfirst.safety.prompt_injection import is_order
from standfirst.text.quotations import quotations_in
from standfirst.text.sentences import primary_subtag
from standfirst.text.word_lists import any_of, word_set

_DOMAINS = any_of("com org net biz info io example co ru cn xyz shop online site top app dev")
# Lengths have bounds, those of RFC 1035 and 5321 where there are, so that no text makes a search slow.
_ADDRESS = re.compile(
    rf"https?:|www\.|\b[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.(?:{_DOMAINS})\b"
    r"|[\w.+-]{1,64}@[\w-]+\.\w+",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>]{0,500}>|<[!-=?-~]|```|`[^`]+`|\]\(|!\[|\{[{%\"']|\}\}|<\||\|>|^[^\S\n]*#{1,6} |\*\*",
    re.MULTILINE,
)
_LOST = re.compile("\ufffd")
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

_I = word_set("i me my mine myself")
_YOU = word_set("you your yours yourself please visit click subscribe sign")
_WORD = re.compile(r"[^\W\d_]+")

SPEAKS = ("speaks of itself", "speaks to the reader")
"""Details of talk that is the article's own only if the article says it outside quotations."""

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
    words = frozenset(_WORD.findall(unquoted.lower()))
    if primary_subtag(language) == "en":
        for signs, pattern, detail in ((_I, _SPEAKER, SPEAKS[0]), (_YOU, _READER, SPEAKS[1])):
            if not words.isdisjoint(signs):
                yield from (Unprintable("talk", detail, *found.span()) for found in pattern.finditer(unquoted))
    # A model may well talk in English about an article in another language.
    for spoken in dict.fromkeys((primary_subtag(language), "en")):
        for kind in talk_of(spoken):
            if kind.signs is None or not words.isdisjoint(kind.signs):
                for found in kind.pattern.finditer(unquoted):
                    yield Unprintable(kind.reason, kind.detail, *found.span("of"))


def marks_in(text: str) -> Iterator[Unprintable]:
    """The addresses, code, emoji, invisible and lost characters in ``text``."""
    for reason, sign, pattern, detail in _MARKS:
        if sign.search(text):
            yield from (Unprintable(reason, detail, *found.span()) for found in pattern.finditer(text))
    for place in invisible_in(text):
        yield Unprintable("invisible", "a character that nobody sees", place, place + 1)
    yield from (Unprintable("invisible", "a letter that was lost", *found.span()) for found in _LOST.finditer(text))


class Talk:
    """A kind of talk in one language: ``signs`` are words of which one stands in it, or None if that is not known."""

    def __init__(self, reason: str, detail: str, pattern: str, phrases: Sequence[str], language: str) -> None:
        """``phrases`` are those of which the pattern needs one."""
        self.reason, self.detail, self._pattern = reason, detail, pattern
        is_known = language not in UNSPACED and not any("*" in phrase for phrase in phrases)
        self.signs = frozenset(max(_WORD.findall(phrase), key=len) for phrase in phrases) if is_known else None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it, its group ``of`` the words that the finding is about; compiled when it is needed."""
        return re.compile(self._pattern, re.IGNORECASE)


@cache
def talk_of(language: str) -> tuple[Talk, ...]:
    """Returns the kinds of talk that are known in ``language``."""
    (this, text, says, between, author, preambles, here, names, labels, corrections) = (
        phrases(language, section)
        for section in (
            "this text", "the text", "says of it", "between", "its author",
            "preambles", "here is", "names of it", "labels", "corrections",
        )
    )  # fmt: skip
    takes_back = [each for each in corrections if " " in each]

    def any_in(found: Sequence[str]) -> str:
        return "|".join(pattern_of(phrase, language) for phrase in found)

    says_of = rf"(?:,[^,.]{{1,80}},)?(?:\s(?:{any_in(between)}|\w{{2,12}}ly)){{0,2}}\s(?:{any_in(says)})"
    kinds = (
        ("talk", "talks about the text", rf"(?P<of>{any_in(this)})(?!\W{{0,3}}\d)", this),
        ("talk", "talks about the text", rf"{_START}(?P<of>{any_in(text)}){says_of}", text),
        ("article_talk", "talks about the author", rf"{_START}(?P<of>{any_in(author)}){says_of}", author),
        ("preamble", "comes before the text", rf"{_OPENING}(?P<of>{any_in(preambles)})", preambles),
        (
            "preamble",
            "comes before the text",
            rf"{_OPENING}(?P<of>(?:\w{{1,12}}[,!.]\s)?(?:{any_in(here)})[^.!?:]{{0,{_LONGEST_LEAD}}}(?:{any_in(names)}))",
            names,
        ),
        (
            "preamble",
            "comes before the text",
            rf"{_OPENING}(?P<of>(?:{any_in([*names, *labels])})\W{{0,3}}[:：])",
            [*names, *labels],
        ),
        (
            "correction",
            "takes back a word",
            rf"(?:[,(–—:.…]|\s-)\s{{0,2}}(?P<of>{any_in(corrections)})(?<=[\w:])(?=\s{{0,2}}[,:;.!–—-]|[：、])",
            corrections,
        ),
        (
            "correction",
            "takes back a word",
            rf"(?:[,(–—:.…]\s{{0,2}}|\s-\s|^)(?P<of>{any_in(takes_back)})",
            takes_back,
        ),
    )
    return tuple(Talk(reason, detail, pattern, needed, language) for reason, detail, pattern, needed in kinds if needed)


def _unquoted(text: str) -> str:
    """``text`` with blanks in the place of what is quoted."""
    pieces, at = [], 0
    for start, end in quotations_in(text):
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join((*pieces, text[at:]))
