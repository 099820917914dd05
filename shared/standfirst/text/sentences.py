"""Paragraphs to sentences, in any language: ``sentencex``, and the few places where it needs a hand.

A wrong join makes a long sentence, a wrong split makes a broken one. In doubt two pieces are joined.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import sentencex  # type: ignore[import-untyped]  # ships no types

from standfirst.domain.word_count import UNSPACED

# Both begin with the blank, and with what may stand before it after that: so the search leaps from blank to blank.
_CLOSED = re.compile(
    r"\s(?:(?<=[.!?…][)\]]\s)\s*(?=[^\W\d_a-z]|[\"“«‘(\[])"  # (Reporting by Ann Lee.) The case goes on.
    r"|(?<=[.!?…][\"”]\s)\s*(?=[^\W\d_a-z]))"  # She said "no." He said "yes."
)
_LOST_LINE_END = re.compile(  # … the fish market in the harbour | The mayor said …
    # What follows is looked at before the words: few blanks have it behind them.
    r"\s(?<=[a-z0-9)]\s)(?=\s*(?:The|He|She|It|They|This|These|His|Her|Their|After|When|While|But)\s+(?!of\b)[a-z])"
    + "".join(
        rf"(?<!\s{word}\s)" for word in ("a", "and", "as", "at", "by", "called", "for", "from", "in", "is", "of", "on")
    )
    + "".join(rf"(?<!\s{word}\s)" for word in ("or", "that", "the", "titled", "to", "told", "with"))
    + r"\s*"
)
_ENDS_IN_INITIAL = re.compile(r"(?:^|\s)[^\W\d_]\.$")
_ENDS_IN_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
_ABBREVIATION = re.compile(r"(?:[^\W_]{1,5}\.)+$")
_ENDS_IN_CLOCK = re.compile(r"\b[ap]\.m\.$")
_ONE_WORD = re.compile(r"[^\W\d_]+\W*$")
_SHORTEST_CAPTION = 4  # words
# sentencex 1.0 panics where a wide space stands before a point ("A\u00a0."), and cannot be given half a surrogate pair.
_WIDE_SPACE_OR_SURROGATE = re.compile(r"[^\S\x00-\x7f]|[\ud800-\udfff]")
_TAIL = 40  # characters: more than any abbreviation, so that long chains of joins stay linear
# Three of them open a quotation where a word follows at once: ”Vi går”, »Vi går« and ’Vi går’.
_CLOSING_MARK = re.compile(rf"[」』）)}}\]]|[”’»](?![^\W{UNSPACED}_])")
_OPENING_LEFT_BEHIND = re.compile(r"(?<=\s)[”’»]$")
_JAPANESE_QUOTATIVE = re.compile(r"と|って|などと")
_CHINESE_SPEECH = re.compile(r"[“「『].*[。！？…][”」』]", re.DOTALL)
_CHINESE_SPEAKER = re.compile(r"[^“”「」。！？]{1,40}(?:说|說|表示|称|稱|道|指出|强调|強調|坦言)[。！]?")

# Quotations that sentencex does not know: „…” in Polish, Hungarian and Romanian, ”…” in Finnish and Swedish, ״…״ in
# Hebrew, where the mark also stands inside abbreviations.
_QUOTATIONS = (
    (re.compile("„"), re.compile("[”“]")),
    (re.compile(r"(?<![^\s(–—-])”(?=\w)"), re.compile(r"(?<=[\w.,!?…])”")),
    (re.compile(r"(?<![^\s(–—-])״(?=\w)"), re.compile(r"(?<=[\w.,!?…])״(?!\w)")),
)
_MAY_OPEN = re.compile("[„”״]")  # one search for three: most sentences hold none
_LONGEST_QUOTATION = 1_000
_QUOTED_PIECES = 12

_IDEOGRAPHIC_END = re.compile(r"[。！？]+[”’」』）]*")
_SPACED_END = re.compile(r"(?<=\w\w\w\w)[.!?…؟۔।][\"”’»)\]]*\s")

# sentencex takes quadratic time over many sentences without spaces and over quotation marks that never close, so a
# long paragraph is given to it in blocks: cut after an end of sentence once they have this many characters, ...
_UNSPACED_BLOCK = 4_000
_SPACED_BLOCK = 4_000
_LONGEST_BLOCK = 10_000  # ... and anywhere at this many: no sentence is that long

_WRITES_ORDINALS_WITH_A_POINT = frozenset(
    ("cs", "da", "de", "et", "fi", "hr", "hu", "lv", "nb", "nn", "no", "pl", "sk", "sl", "sr", "tr")
)


@lru_cache(maxsize=256)  # asked about every sentence and word
def primary_subtag(language: str) -> str:
    """``en`` of ``en-GB``: the part of a BCP 47 tag that libraries of language data go by."""
    return language.replace("_", "-").partition("-")[0].lower()


def split_sentences(text: str, language: str) -> list[str]:
    """The sentences of one paragraph in order, each a verbatim part of it without the white space around.

    ``language`` is a BCP 47 tag; a language unknown to ``sentencex`` is split by the rules its kin share.
    """
    language = primary_subtag(language)
    pieces = [
        part
        for block in _blocks(text)
        for piece in _with_openings(_segments(block, language))
        for part in _split_after_closing_mark(piece)
    ]
    sentences = _rejoined(pieces, language)
    if language == "en":
        sentences = (part for sentence in sentences for part in _parted_from_caption(sentence))
    return [stripped for sentence in sentences if (stripped := sentence.strip())]


def _segments(block: str, language: str) -> Iterator[str]:
    """What ``sentencex`` makes of ``block``; together its segments are the whole block."""
    start = 0
    plain = block if block.isascii() else _WIDE_SPACE_OR_SURROGATE.sub(" ", block)
    for segment in sentencex.segment(language, plain):
        yield block[start : start + len(segment)]
        start += len(segment)


def _with_openings(pieces: Iterator[str]) -> Iterator[str]:
    """``pieces`` with each opening mark at the front of what it opens: sentencex takes every ” for a closing one."""
    opening = ""
    for piece in pieces:
        left = _OPENING_LEFT_BEHIND.search(piece[-2:])
        yield opening + (piece[:-1] if left else piece)
        opening = left.group() if left else ""
    yield opening


def _blocks(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > _UNSPACED_BLOCK:
        end = _end_of_block(text, start)
        yield text[start:end]
        start = end
    yield text[start:]


def _end_of_block(text: str, start: int) -> int:
    end = _IDEOGRAPHIC_END.search(text, start + _UNSPACED_BLOCK, start + _SPACED_BLOCK) or _SPACED_END.search(
        text, start + _SPACED_BLOCK, start + _LONGEST_BLOCK
    )
    return end.end() if end else start + _LONGEST_BLOCK


def _split_after_closing_mark(piece: str) -> Iterator[str]:
    start = 0
    for gap in _CLOSED.finditer(piece):
        yield piece[start : gap.end()]
        start = gap.end()
    yield piece[start:]


def _rejoined(pieces: list[str], language: str) -> Iterator[str]:
    """Pieces put together again where the point was not the end of the sentence."""
    cased = _is_cased(pieces)
    sentence = ""
    for at, piece in enumerate(pieces):
        joined = sentence and (
            _is_unfinished(sentence, language)
            or _continues(sentence, piece, cased=cased)
            or _closes_quotation(sentence, pieces, at)
        )
        if sentence and not joined:
            yield sentence
            sentence = ""
        sentence += piece
    yield sentence


def _closes_quotation(sentence: str, pieces: list[str], at: int) -> bool:
    """Whether a quotation that is open in ``sentence`` is closed in the pieces from ``at`` on, before another opens."""
    sentence = sentence[-_LONGEST_QUOTATION:]
    if not _MAY_OPEN.search(sentence):
        return False
    for opening, closing in _QUOTATIONS:
        opened = max((found.end() for found in opening.finditer(sentence)), default=None)
        if opened is None or closing.search(sentence, opened):
            continue
        ahead = "".join(pieces[at : at + _QUOTED_PIECES])[:_LONGEST_QUOTATION]
        found = closing.search(ahead)
        if found and not opening.search(ahead, 0, found.start()):
            return True
    return False


def _parted_from_caption(sentence: str) -> Iterator[str]:
    """An English sentence without the captions before it that lost their line ends when a page became plain text."""
    start = 0
    for gap in _LOST_LINE_END.finditer(sentence):
        if len(sentence[start : gap.start()].split()) >= _SHORTEST_CAPTION:
            yield sentence[start : gap.end()]
            start = gap.end()
    yield sentence[start:]


def _is_cased(pieces: list[str]) -> bool:
    """Whether a small first letter tells anything: in text without capitals every sentence begins with one."""
    return sum(_begins_small(piece.strip()) for piece in pieces) * 2 < len(pieces)


def _begins_small(piece: str) -> bool:
    return piece[:1].islower() and not piece[1:2].isupper()  # eBay and iPhone may begin a sentence


def _is_unfinished(sentence: str, language: str) -> bool:
    """Whether the last point belongs to an initial, an ordinal, an enumeration ("1.") or a short title ("Mme.")."""
    tail = sentence[-_TAIL:].rstrip()
    return bool(
        _ENDS_IN_INITIAL.search(tail)
        or (len(sentence) < _TAIL and _is_abbreviation(tail))
        or (language in _WRITES_ORDINALS_WITH_A_POINT and _ENDS_IN_ORDINAL.search(tail))
    )


def _is_abbreviation(sentence: str) -> bool:
    *before, last = sentence.split() or [""]
    named = not before or (len(before) == 1 and (last[:1].isupper() or before[0].endswith(".")))
    return named and bool(_ABBREVIATION.match(last))


def _continues(sentence: str, piece: str, *, cased: bool) -> bool:
    """Whether ``piece`` goes on with the sentence before it."""
    tail, piece = sentence[-_TAIL:].rstrip(), piece.strip()
    return (
        (cased and _begins_small(piece))
        or bool(_CLOSING_MARK.match(piece))
        or bool(_ENDS_IN_CLOCK.search(tail) and _ONE_WORD.match(piece))
        or (tail.endswith("」") and bool(_JAPANESE_QUOTATIVE.match(piece)))
        or (tail.endswith(("”", "」")) and _is_chinese_speaker(sentence, piece))
    )


def _is_chinese_speaker(sentence: str, piece: str) -> bool:
    """Whether ``piece`` says who spoke the words that ``sentence`` quotes, as 市长说 does."""
    return bool(_CHINESE_SPEAKER.fullmatch(piece)) and bool(_CHINESE_SPEECH.fullmatch(sentence.strip()))
