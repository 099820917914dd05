"""Names: of people, places and organisations, spelt as the article spells them."""

import re
from collections.abc import Iterator

from standfirst.checking.comparison import Comparison, Source
from standfirst.checking.passages import Passage, Word
from standfirst.domain.draft import Finding
from standfirst.text.sentences import primary_subtag

_NO_NAMES = frozenset(
    (
        "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december jan feb mar apr aug sep sept oct nov dec am pm ad bc tv mps mp dna covid "
        "internet english god christmas easter".split()
    )
)
_SENTENCE_STARTS = re.compile(r"(?:[.!?:…]['\"”’»)]*\s+|[\"“„«‘(]\s?|^['‘]|\s['‘]|[–—-]\s)$")
_ENDINGS = (
    "er",
    "ers",
    "ian",
    "ians",
    "ans",
    "an",
    "n",
    "ns",
    "ish",
    "ese",
    "i",
    "s",
    "based",
    "born",
    "led",
    "owned",
    "backed",
)
_NOUNS_HAVE_CAPITALS = frozenset(("de", "lb"))
_SHORTEST_ROOT = 4
LOOK_BACK = 6
"""Characters before a word that show whether a sentence begins with it."""

_PREFIXES = ("anti-", "pro-", "ex-", "non-", "mid-", "post-", "pre-")


def check_names(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``name``) for every name, or part of one, that the article does not have."""
    source = comparison.source
    for claim in comparison.claims:
        words = claim.passage.words
        for at, word in enumerate(words):
            if is_name(claim.passage, at, source) and not knows_name(word, source):
                yield claim.finding("name", "the article does not name it", "error", (word.start, word.end))


def knows_name(word: Word, source: Source) -> bool:
    """Whether the article has the name, the country it belongs to, or the words an acronym is made of."""
    key = word.key
    if key in source.keys or word.stem in source.stems:
        return True
    return (
        bool(_nations(word, source) & source.nations)
        or source.holds(word)
        or _is_acronym_of(word, source)
        or _is_derived(key, source)
        or _is_compound(word, source)
    )


def _nations(word: Word, source: Source) -> frozenset[int]:
    return source.lexicon.nations.get(word.key, frozenset())


def _is_acronym_of(word: Word, source: Source) -> bool:
    """Whether "EU" stands for words with those initials in a row, or the other way round."""
    if not (word.text.replace(".", "").isupper() and 2 <= len(word.key) <= 6):
        return False
    return any(word.key in _initials(passage) for passage in source.passages)


def _initials(passage: Passage) -> str:
    return "".join(
        word.key[:1] if word.is_capital else " "
        for word in passage.words
        if word.key not in {"of", "the", "and", "for"}
    )


def _is_derived(key: str, source: Source) -> bool:
    """Whether it is a known name and an ending: "Londoners"."""
    return any(
        key.endswith(ending) and len(root := key.removesuffix(ending)) >= _SHORTEST_ROOT and _starts(root, source)
        for ending in _ENDINGS
    )


def _starts(root: str, source: Source) -> bool:
    return root in source.keys or root + "a" in source.keys or root + "e" in source.keys or root + "y" in source.keys


def _is_compound(word: Word, source: Source) -> bool:
    """Whether it is a hyphenated word of known parts: "Lagos-based"."""
    key = word.key
    for prefix in _PREFIXES:
        key = key.removeprefix(prefix)
    parts = [part for part in re.split(r"[-'&]", key) if part]
    return (len(parts) > 1 or key != word.key) and all(
        part in source.keys
        or part in _ENDINGS
        or len(part) <= 2
        or not text[:1].isupper()
        or bool(source.lexicon.nations.get(part, frozenset()) & source.nations)
        for part, text in zip(
            parts, [each for each in re.split(r"[-'’&]", word.text) if each][-len(parts) :], strict=False
        )
    )


def is_name(passage: Passage, at: int, source: Source) -> bool:
    word = passage.words[at]
    if not word.is_capital or word.key in _NO_NAMES or not word.content or len(word.key) < 2:
        return False
    language = primary_subtag(passage.language)
    if language in _NOUNS_HAVE_CAPITALS:
        return _is_beside_capital(passage, at) and word.stem not in source.stems
    if _SENTENCE_STARTS.search(passage.text[max(0, word.start - LOOK_BACK) : word.start]) or not word.start:
        return _is_name_at_start(passage, at, source)
    return True


def _is_name_at_start(passage: Passage, at: int, source: Source) -> bool:
    """Whether a word that has its capital from the sentence is a name all the same: it is followed by one, or is one
    the tables of the language do not have among its words."""
    word = passage.words[at]
    lexicon = source.lexicon
    if lexicon.nations.get(word.key):
        return True
    if word.text.isupper() and len(word.text) > 1:
        return True
    following = passage.words[at + 1] if at + 1 < len(passage.words) else None
    is_word = word.stem in lexicon.groups or word.stem in lexicon.kinds or word.stem in lexicon.narrower
    if following is None or is_word:
        return False
    joined = passage.text[word.end : following.start]
    return (following.is_capital and joined == " " and following.content and not _is_common(word)) or (
        following.key in _SPEAKING and not word.key.endswith("s") and not _is_common(word)
    )


_SPEAKING = frozenset("said says told added insisted warned who whose".split())


def _is_common(word: Word) -> bool:
    return bool(re.search(r"(?:ing|ed|ly|ers|ors|ists|ion|ions|ment|ments|ies|ials|ants|ents|ous|ful|al)$", word.key))


def _is_beside_capital(passage: Passage, at: int) -> bool:
    words = passage.words
    after = (
        at + 1 < len(words) and words[at + 1].is_capital and passage.text[words[at].end : words[at + 1].start] == " "
    )
    before = at > 0 and words[at - 1].is_capital and passage.text[words[at - 1].end : words[at].start] == " " and at > 1
    return after or before
