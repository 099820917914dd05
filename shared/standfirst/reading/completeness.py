"""Whether what was read is the whole article: how the text ends, and what stands below it."""

import re
from collections.abc import Sequence

from standfirst.domain.word_count import UNSPACED, count_words
from standfirst.reading.boilerplate.paragraphs import ends_sentence
from standfirst.reading.notices.phrases import is_phrase, phrases_in, words_of
from standfirst.safety.lexicon import last_words
from standfirst.text.sentences import primary_subtag

ENDS_IN_PROMPT = "Below the text stands an invitation to subscribe, to log in or to read on elsewhere."
ENDS_IN_SENTENCE = "The text ends in the middle of a sentence."
ENDS_IN_DOTS = "The text ends with dots, as if it went on."

_LONGEST_PROMPT, _LONGEST_OF_TWO = 45, 22
"""Words; a longer line is a paragraph, whatever it says. Fewer where only two phrases together say it."""
_LINES_BELOW = 6
_TAIL_WORDS, _LONGEST_TAIL = 8, 200

_DOTS = re.compile(r"(?:…|\.\.\.)[\s\])]{0,3}$")
_BRACKETED_DOTS = re.compile(r"[\[(]\s?(?:…|\.\.\.)\s?[\])]$")
_LEAST_BEFORE_DOTS = 8
_LAST_WORD = re.compile(rf"(?<![\w@/.#])[^\W\d_{UNSPACED}]+$")
_LEAST_UNFINISHED, _LEAST_BELOW = 5, 8
_LEAST_WITHOUT_STOP = 12
_LEAST_PARAGRAPHS = 3
_OPEN_ENDS = (",", "-", "–", "—", "、", "，", "،")


def without_prompt(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Returns ``paragraphs`` without an invitation to read on at their end."""
    end = len(paragraphs)
    while end and is_prompt(paragraphs[end - 1]):
        end -= 1
    return tuple(paragraphs[:end])


def is_prompt_below(below: Sequence[str]) -> bool:
    """Returns whether the lines ``below`` the last paragraph begin with an invitation to read on."""
    near = below[:_LINES_BELOW]
    return any(map(is_prompt, near)) or bool(near and is_phrase(near[0], "read on lines"))


def is_prompt(line: str) -> bool:
    """Returns whether ``line`` says that the rest of the article is for those who subscribe or log in."""
    if (words := count_words(line)) > _LONGEST_PROMPT:
        return False
    if _has_phrase(line, "read on"):
        return True
    is_about_both = _has_phrase(line, "whole article") and _has_phrase(line, "access")
    return words <= _LONGEST_OF_TWO and is_about_both and not _has_phrase(line, "other invitations")


def _has_phrase(line: str, section: str) -> bool:
    return any(True for _ in phrases_in(line, section))


def lines_below(lines: Sequence[str], paragraphs: Sequence[str]) -> Sequence[str]:
    """Returns those of ``lines`` that follow the one which ends as the last of ``paragraphs``; none without one."""
    tail = " ".join(words_of(paragraphs[-1][-_LONGEST_TAIL:])[-_TAIL_WORDS:]) if paragraphs else ""
    if not tail:
        return ()
    for at in range(len(lines) - 1, -1, -1):
        if f" {tail}" in f" {' '.join(words_of(lines[at][-2 * _LONGEST_TAIL :]))}":
            return lines[at + 1 :]
    return ()


def unfinished_end(paragraphs: Sequence[str], below: Sequence[str], language: str) -> str | None:
    """Returns how the last of ``paragraphs``, or the line below it, shows that the text goes on; else None.

    A caption or a line of a list at the end has no full stop either. So where the last word could end a sentence, it
    counts only in a long line, below paragraphs that all have theirs. Dots are a writer's habit where other paragraphs
    end with them too.
    """
    last = paragraphs[-1].rstrip()
    if any(_DOTS.search(paragraph[-9:]) for paragraph in paragraphs[:-1]) and _DOTS.search(last[-9:]):
        return None
    is_usual = len(paragraphs) >= _LEAST_PARAGRAPHS and all(map(ends_sentence, paragraphs[:-1]))
    is_long = is_usual and count_words(last) >= _LEAST_WITHOUT_STOP
    # A short line without a full stop is taken for a title, and left out.
    left_out = [line.rstrip() for line in below[:1] if count_words(line) >= _LEAST_BELOW]
    return _unfinished(last, language, is_long=is_long) or next(
        (_unfinished(line, language, is_long=False) for line in left_out), None
    )


def _unfinished(line: str, language: str, *, is_long: bool) -> str | None:
    words = count_words(line)
    if _DOTS.search(line[-9:]) and (words >= _LEAST_BEFORE_DOTS or _BRACKETED_DOTS.search(line[-9:])):
        return ENDS_IN_DOTS
    if words < _LEAST_UNFINISHED or ends_sentence(line):
        return None
    word = _LAST_WORD.search(line[-40:])
    if line.endswith(_OPEN_ENDS) or (word and word[0].lower() in last_words(primary_subtag(language))):
        return ENDS_IN_SENTENCE
    return ENDS_IN_SENTENCE if is_long and word and word[0].islower() else None
