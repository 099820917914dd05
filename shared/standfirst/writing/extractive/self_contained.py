"""Whether a sentence can be printed away from its place: what an editor would strike out at once."""

import re
from collections.abc import Callable
from functools import lru_cache

from standfirst.domain.word_count import count_words
from standfirst.text.sentences import primary_subtag
from standfirst.writing.extractive.lexicon.openers import SPACED, UNSPACED, Openers

DOUBTFUL = 0.5
"""Weight of a sentence that a better one should replace."""

FEWEST_WORDS = 8
"""A sentence below this is a remark, not news; below half of it a fragment."""

_ENDS_AS_STATEMENT = re.compile(r"[.!…。！।۔][\s\"'”’»」』）)\]]*$")
_QUOTED = re.compile(r'"[^"]*"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|「[^「」]*」')
_SINGLE_QUOTED_START = re.compile(r"^['‘’]\s?\w")
_PAIRS = (("“", "”"), ("(", ")"), ("«", "»"), ("「", "」"), ("『", "』"), ("（", "）"), ("[", "]"))
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAID_BY_PRONOUN = re.compile(
    r"[,.!?…][\"”’']?\s(?:he|she|they|it) (?:said|says|told|added|adds|explained|wrote|tweeted|insisted)\b"
    r"|[,.!?…][\"”’']?\s(?:said|says|added) (?:he|she|they)\b"
)
_FURNITURE = re.compile(
    r"\b(?:scroll down|click here|read more|(?:sign up|subscribe) (?:here|now|today|(?:for|to) our)|"
    r"editor['’]s note|file (?:photo|picture|image)|"
    r"stock image|video courtesy|image credit|photo(?:graph)?(?: by|:)|reporting by|editing by|"
    r"all rights reserved)\b",
    re.IGNORECASE,
)
_DASHED_START = re.compile(r"[–—―-]\s")
_QUOTED_START = re.compile(r"[\"'“”„‟‘’‚«»‹›「『＂]|[–—―-]\s")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SHORT_LINK = 3  # letters: "and", "de", "van"
_LIST_MARK = re.compile(r"[;,،؛、]\s*")
_LONGEST_LABEL = 4  # words: "Subs not used:"
_LONGEST_NAME = 4


def is_printable(sentence: str, language: str) -> bool:
    """Whether it is a whole statement, and not half a quotation, a question, a caption, furniture or a line-up."""
    return not any(is_wrong(sentence, primary_subtag(language)) for is_wrong in _EMBARRASSING)


def fitness(sentence: str, language: str) -> float:
    """1, or ``DOUBTFUL`` for a remark, a sentence that is mostly quotation, and one that speaks as "I" or to "you"."""
    return DOUBTFUL if any(is_wrong(sentence, primary_subtag(language)) for is_wrong in _WEAK) else 1.0


def leans_on_previous(sentence: str, language: str) -> bool:
    """Whether it points back: begins with "He", "However", "This", or is said by somebody who is just "he".

    A sentence of a language that ``openers.py`` does not list is taken to stand alone.
    """
    language = primary_subtag(language)
    if language == "en" and _SAID_BY_PRONOUN.search(sentence):
        return True
    if language in UNSPACED:
        return sentence.startswith(UNSPACED[language])
    first = _FIRST_WORD.search(sentence)
    return first is not None and _points_back(_plain(first.group()), _openers(language))


def _points_back(word: str, openers: Openers) -> bool:
    joined = openers.joined and word.startswith(openers.joined) and not word.startswith(openers.not_joined)
    return word in openers.leaning or bool(joined)


def _is_unbalanced(sentence: str, _language: str) -> bool:
    return sentence.count('"') % 2 == 1 or any(sentence.count(a) != sentence.count(b) for a, b in _PAIRS)


def _is_furniture(sentence: str, _language: str) -> bool:
    return bool(_FURNITURE.search(sentence))


def _is_no_statement(sentence: str, _language: str) -> bool:
    """Whether it asks, or just stops, as captions and headings do."""
    return not _ENDS_AS_STATEMENT.search(sentence)


def _is_list_of_names(sentence: str, _language: str) -> bool:
    """Whether it is a line-up, as "Rovers: Lamb 6; Hill 5." and "Lamb 6; Hill 5; Stone 6." are."""
    label, colon, rest = sentence.partition(": ")
    labelled = bool(colon) and count_words(label) <= _LONGEST_LABEL
    items = _LIST_MARK.split(rest if labelled else sentence)
    return len(items) >= (2 if labelled else 3) and sum(map(_is_name, items)) * 5 >= len(items) * 4


def _is_name(item: str) -> bool:
    """Whether it is at most a few words with capitals or figures, "and" and "de" aside."""
    words = _WORD.findall(item)
    return (
        0 < len(words) <= _LONGEST_NAME
        and all(word[0].isupper() or word[0].isdigit() or len(word) <= _SHORT_LINK for word in words)
        and any(word[0].isupper() for word in words)
    )


def begins_quoted(sentence: str) -> bool:
    """Whether somebody else's words come first: a quotation mark, or the dash many languages write for it."""
    return bool(_QUOTED_START.match(sentence))


def _is_dashed(sentence: str, _language: str) -> bool:
    return bool(_DASHED_START.match(sentence))


def _is_mostly_quoted(sentence: str, _language: str) -> bool:
    unquoted, quotations = _QUOTED.subn(" ", sentence)
    return bool(_SINGLE_QUOTED_START.match(sentence)) or (
        quotations > 0 and count_words(unquoted) * 2 < count_words(sentence)
    )


def _is_spoken(sentence: str, language: str) -> bool:
    """Whether somebody speaks of himself or to the reader outside quotation marks."""
    speaking = _openers(language).speaking
    words = _FIRST_WORD.findall(_QUOTED.sub(" ", sentence))
    return any(_plain(word) in speaking for word in words if len(word) == 1 or not word.isupper())  # "US" is no "us"


def _is_remark(sentence: str, _language: str) -> bool:
    return count_words(sentence) < FEWEST_WORDS


def _is_fragment(sentence: str, _language: str) -> bool:
    return count_words(sentence) * 2 < FEWEST_WORDS


def _openers(language: str) -> Openers:
    return SPACED.get(language, Openers(frozenset()))


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


_Fault = Callable[[str, str], bool]
_EMBARRASSING: tuple[_Fault, ...] = (
    _is_unbalanced,
    _is_furniture,
    _is_fragment,
    _is_no_statement,
    _is_list_of_names,
)
_WEAK: tuple[_Fault, ...] = (_is_mostly_quoted, _is_dashed, _is_spoken, _is_remark)
