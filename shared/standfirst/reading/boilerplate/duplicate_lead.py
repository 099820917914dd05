"""Whether a second paragraph repeats the first one, as a lead does with the standfirst above it."""

import re
from itertools import pairwise

# Set high on purpose: a lead that is taken for a standfirst is lost to the body, a standfirst that is taken for a lead
# only says the news twice. Whole phrases in common are what a duplicate has and a paragraph that goes on has not.
_LEAST_SHARED = 5
_LEAST_SHARE = 0.4
_LEAST_PHRASES = 2
_SHARE_WITHOUT_PHRASES = 0.55

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_SHORTEST = 4
_STEM = 6


def is_duplicate_lead(first: str, second: str) -> bool:
    """Returns whether both paragraphs introduce the same news: most longer words of the shorter are in the other."""
    first_words, second_words = _words(first), _words(second)
    ours, theirs = _content(first_words), _content(second_words)
    shared = len(ours & theirs)
    if shared < _LEAST_SHARED:
        return False
    share = shared / min(len(ours), len(theirs))
    phrases = len(_pairs(first_words) & _pairs(second_words))
    return share >= _SHARE_WITHOUT_PHRASES or (share >= _LEAST_SHARE and phrases >= _LEAST_PHRASES)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _content(words: list[str]) -> set[str]:
    """Returns long words, names and figures: what is left is mostly grammar, in any language."""
    return {
        word.casefold()[:_STEM] for word in words if len(word) >= _SHORTEST or word[0].isupper() or word[0].isdigit()
    }


def _pairs(words: list[str]) -> set[tuple[str, str]]:
    """Returns neighbouring words of which at least one is a long one."""
    folded = [word.casefold()[:_STEM] for word in words]
    return {pair for pair in pairwise(folded) if max(map(len, pair)) >= _SHORTEST}
