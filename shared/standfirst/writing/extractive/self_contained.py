"""Whether a sentence can be printed away from its place: what an editor would strike out at once."""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from standfirst.domain.word_count import count_words
from standfirst.text.sentences import primary_subtag
from standfirst.writing.extractive.lexicon.openers import SPACED, UNSPACED, Openers

FEWEST_WORDS = 8
"""A sentence below this is a remark, not news."""

FEWEST_LONG_WORDS = 5
"""The same where words take prepositions and pronouns into themselves."""

SHORTEST = 4
"""Words; a sentence below this is a fragment."""

_ENDS_AS_STATEMENT = re.compile(r"[.!…。！।۔][\s\"'”’»」』）)\]]*$")
_ENDS_AS_QUESTION = re.compile(r"[?？؟;][\s\"'”’»」』）)\]]*$")
_QUOTED = re.compile(r'"[^"]*"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|「[^「」]*」')
_SINGLE_QUOTED_START = re.compile(r"^['‘’]\s?\w")
_PAIRS = (("“", "”"), ("(", ")"), ("«", "»"), ("「", "」"), ("『", "』"), ("（", "）"), ("[", "]"))
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAID_BY_PRONOUN = re.compile(
    r"[,.!?…][\"”’']?\s(?:he|she|they|it) (?:said|says|told|added|adds|explained|wrote|tweeted|insisted)\b"
    r"|[,.!?…][\"”’']?\s(?:said|says|added) (?:he|she|they)\b"
)
_SAID_AT_END = re.compile(r"[,?!»”\"] [^\W\d_]+[ -](?:t-)?([^\W\d_]+)(?: [^\W\d_]+)?[.!…]?$")
_AFTER_ANSWER = re.compile(r"[.,:;!–—]| [–—-]")
_DAS_AS_PRONOUN = re.compile(
    r"Das (?:[a-zäöüß]*[a-df-zß]|(?:sag|teil|erklär|berichte|bestätig|melde|ha[bt]?t?|wurd|werd|würd|könn)t?e) "
)
"""German "Das" before a verb; before a noun, or an adjective, which ends in -e, it is the article."""
_LONGEST_OPENER = 40  # characters
_FARTHEST = 4
"""Words into a sentence that opens with where or when, within which its subject stands."""
_FURNITURE = re.compile(
    r"\b(?:scroll down|click here|here are|read more|(?:sign up|subscribe) (?:here|now|today|(?:for|to) our)|"
    r"editor['’]s note|file (?:photo|picture|image)|"
    r"stock image|video courtesy|image credit|photo(?:graph)?(?: by|:)|reporting by|editing by|"
    r"all rights reserved)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[*•·▪‣◦●–-]\s|\(?\d{1,2}\)\s")
_DASHED_START = re.compile(r"[–—―-]\s")
_QUOTED_START = re.compile(r"[\"'“”„‟‘’‚«»‹›「『＂]|[–—―-]\s")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SHORT_LINK = 3  # letters: "and", "de", "van"
_LONG_WORDS = frozenset({"et", "eu", "fi", "hu", "tr"})
_LIST_MARK = re.compile(r"[;,،؛、]\s*")
_LONGEST_LABEL = 4  # words: "Subs not used:"
_LONGEST_NAME = 4
_FEWEST_OF_SPEAKER = 2  # words: "said Hale"


def is_printable(sentence: str, language: str) -> bool:
    """Returns whether it is a whole statement: no half or bare quotation, question, caption, furniture or list."""
    return not any(is_wrong(sentence, primary_subtag(language)) for is_wrong in _EMBARRASSING)


def is_question(sentence: str) -> bool:
    """Returns whether it asks."""
    return bool(_ENDS_AS_QUESTION.search(sentence))


def is_fit(sentence: str, language: str) -> bool:
    """Returns whether nothing better need replace it: a remark, mostly quotation, one that says "I" or "you"."""
    return not any(is_wrong(sentence, primary_subtag(language)) for is_wrong in _WEAK)


def leans_on_previous(sentence: str, language: str, *, is_first: bool = False) -> bool:
    """Returns whether it points back: "He …", "However, …", "No. …", "On Monday she …", "…, he said".

    ``is_first`` says that nothing comes before it, so that "It was …" points forward; who "she" is remains unsaid even
    then. A sentence of a language that ``openers.py`` does not list is taken to stand alone.
    """
    language = primary_subtag(language)
    if language in UNSPACED:
        return not is_first and sentence.startswith(UNSPACED[language])
    first = _FIRST_WORD.search(sentence)
    if first is None:
        return False
    openers, opener = _openers(language), _plain(first.group())
    if not is_first and (opener in openers.leaning or (language == "en" and _SAID_BY_PRONOUN.search(sentence))):
        return True
    if language == "de" and not is_first and _DAS_AS_PRONOUN.match(sentence, first.start()):
        return True
    is_said = (said := _SAID_AT_END.search(sentence)) and _plain(said[1]) in openers.people
    return bool(is_said) or _has_unnamed_person(sentence, openers) or (not is_first and _goes_on(sentence, openers))


def _goes_on(sentence: str, openers: Openers) -> bool:
    """Returns whether it begins with several words that point back, such as "As a result"."""
    return bool(openers.phrases and _beginning(openers.phrases).match(_plain(sentence[:_LONGEST_OPENER])))


@cache
def _beginning(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[\"'“„«»‘]*(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


def _has_unnamed_person(sentence: str, openers: Openers) -> bool:
    """Returns whether "he" or "his" stands first, or behind where and when, and nobody is named before."""
    unquoted = _QUOTED.sub(" ", sentence)
    first = _FIRST_WORD.search(unquoted)
    opener = _plain(first.group()) if first else ""
    is_person = opener in openers.people or opener in openers.owners
    if not is_person and opener not in openers.adverbial:
        return False
    words = list(_FIRST_WORD.finditer(unquoted))
    if is_person:
        return not _is_named(words)
    plain = [_plain(word.group()) for word in words]
    behind_comma = next((at for at in range(1, len(words)) if "," in _before(words, at)), 0)
    for at in (*range(1, min(_FARTHEST, len(words) - 1) + 1), behind_comma):
        # "In her speech" is no such place: her name follows.
        if plain[at] in openers.people or (at > 1 and plain[at] in openers.owners):
            return not _is_named(words[1:at])
    return False


def _before(words: Sequence[re.Match[str]], at: int) -> str:
    """Returns what stands between a word and the one before it."""
    return words[at].string[words[at - 1].end() : words[at].start()]


def _is_named(words: Sequence[re.Match[str]]) -> bool:
    """Returns whether two words with capitals stand side by side, as first name and surname do."""
    return any(
        one.group()[0].isupper() and other.group()[0].isupper() and other.start() == one.end() + 1
        for one, other in pairwise(words)
    )


def begins_joined(sentence: str, language: str) -> bool:
    """Returns whether it begins with an "and" that is written as one with the word: it may follow any other, not lead.

    Most sentences of Arabic news do.
    """
    openers, first = _openers(primary_subtag(language)), _FIRST_WORD.search(sentence)
    word = _plain(first.group()) if first else ""
    return bool(openers.joined) and word.startswith(openers.joined) and not word.startswith(openers.not_joined)


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


def _is_list_of_figures(sentence: str, _language: str) -> bool:
    """Returns whether it is prices or results, as "Adults £8, under-12s free" and "Rovers 2, Town 1." are."""
    items = _LIST_MARK.split(sentence)
    figures = sum(any(map(str.isdigit, item)) for item in items)
    return len(items) > 1 and figures == len(items) and all(count_words(item) <= _LONGEST_NAME for item in items)


def _is_answer(sentence: str, language: str) -> bool:
    """Returns whether it answers a question that is not part of it, as "No. Households cannot …" does."""
    first = _FIRST_WORD.search(sentence)
    is_one = first is not None and _plain(first.group()) in _openers(language).answers
    return bool(is_one and first and _AFTER_ANSWER.match(sentence, first.end()))


def _is_list_item(sentence: str, _language: str) -> bool:
    return bool(_BULLET.match(sentence))


def _is_bare_quotation(sentence: str, _language: str) -> bool:
    """Returns whether somebody's words are all it has, without who says them."""
    unquoted, quotations = _QUOTED.subn(" ", sentence)
    return quotations > 0 and count_words(unquoted) < _FEWEST_OF_SPEAKER


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


def _is_remark(sentence: str, language: str) -> bool:
    return count_words(sentence) < (FEWEST_LONG_WORDS if language in _LONG_WORDS else FEWEST_WORDS)


def _is_fragment(sentence: str, _language: str) -> bool:
    return count_words(sentence) < SHORTEST


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
    _is_list_of_figures,
    _is_list_item,
    _is_bare_quotation,
    _is_answer,
)
_WEAK: tuple[_Fault, ...] = (_is_mostly_quoted, _is_dashed, _is_spoken, _is_remark)
