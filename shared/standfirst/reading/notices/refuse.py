"""Pages that hold a notice where an article should be: they are refused with the reason."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from standfirst.domain.errors import NotAnArticle
from standfirst.domain.word_count import count_words
from standfirst.reading.notices.phrases import phrases_in
from standfirst.safety.prompt_injection import unquoted

_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "scripts": "The page asks to switch on JavaScript, and holds no article.",
        "cookies": "The page asks for consent to cookies, and holds no article.",
        "blockers": "The page asks to switch off an ad blocker, and holds no article.",
        "comment rules": "The page holds the rules for comments, and no article.",
        "errors": "The page says that an address cannot be shown, and holds no article.",
        "robots": "The page asks whether a person is reading it, and holds no article.",
    }
)
_SURE = frozenset({"scripts", "blockers", "robots"})
"""Their phrases hardly stand in an article, so one is enough where there is little else."""

_LONGEST = 250
"""Words; an article that is longer is none of these."""
_LONGEST_WORDS = 12
"""Characters of a word and the space behind it, in a text of the longest words."""
_LONGEST_OF_ONE = 60
_LEAST_PHRASES = 2
_LEAST_SHARE, _SHARE_BELOW_TITLE = 0.5, 0.25
"""Of the words, how many are in sentences that have a phrase; fewer below a headline that has one."""
_SENTENCE = re.compile(r"[^.!?。！？؟…]+")


def refuse_notice(headline: str | None, paragraphs: Sequence[str]) -> None:
    """Raises NotAnArticle, with the reason, if most of what ``paragraphs`` say is a notice.

    An article about such notices says more than they do, has other words for it, and quotes them.
    """
    if sum(map(len, paragraphs)) > _LONGEST * _LONGEST_WORDS:
        return
    words = sum(map(count_words, paragraphs))
    if words > _LONGEST:
        return
    phrases, told = Counter[str](), 0
    for sentence in (sentence for paragraph in paragraphs for sentence in _SENTENCE.findall(unquoted(paragraph))):
        if found := _found_in(sentence):
            phrases += found
            told += count_words(sentence)
    if not phrases:
        return
    titled = _found_in(headline or "")
    known = phrases + titled
    [(section, _)] = known.most_common(1)
    is_sure = section in _SURE and words <= _LONGEST_OF_ONE
    least = _SHARE_BELOW_TITLE if titled else _LEAST_SHARE
    if told < words * least or not (is_sure or known.total() >= _LEAST_PHRASES):
        return
    if section != "cookies" or any(_speaks_for_site(paragraph) for paragraph in paragraphs):
        raise NotAnArticle(_REASONS[section])


def _speaks_for_site(paragraph: str) -> bool:
    """Returns whether the site speaks of itself, as it does where it asks for consent; advice on cookies does not."""
    return any(True for _ in phrases_in(unquoted(paragraph), "site voice"))


def _found_in(text: str) -> Counter[str]:
    """Returns how many phrases of each section stand in ``text``."""
    return +Counter({section: sum(1 for _ in phrases_in(text, section)) for section in _REASONS})
