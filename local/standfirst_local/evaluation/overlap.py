"""How much of a text's words another has: ROUGE-1 and ROUGE-L, F1, without stemming.

C.-Y. Lin, "ROUGE: a package for automatic evaluation of summaries", 2004; ROUGE-L over the whole text as one sequence.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from standfirst.domain.word_count import UNSPACED


def rouge_1(text: str, reference: str) -> float:
    """Returns the F1 (0 to 1) of the words that both have, whatever their order."""
    ours, theirs = _words(text), _words(reference)
    return _f1((Counter(ours) & Counter(theirs)).total(), ours, theirs)


def rouge_l(text: str, reference: str) -> float:
    """Returns the F1 (0 to 1) of the longest sequence of words that both have in the same order."""
    ours, theirs = _words(text), _words(reference)
    longest = [0] * (len(theirs) + 1)
    for word in ours:
        before = 0
        for at, other in enumerate(theirs, start=1):
            before, longest[at] = longest[at], before + 1 if word == other else max(longest[at], longest[at - 1])
    return _f1(longest[-1], ours, theirs)


def _f1(common: int, ours: Sequence[str], theirs: Sequence[str]) -> float:
    return 2 * common / (len(ours) + len(theirs)) if common else 0.0


def _words(text: str) -> list[str]:
    """Returns the words, folded in case; each character of a script without spaces is one."""
    return _word().findall(text.casefold())


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}_]+")
