"""A draft laid beside its article: what every check looks at, taken apart once."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from standfirst.checking.lexicon import Lexicon, lexicon_of
from standfirst.checking.passages import Passage, Word, passages_of
from standfirst.domain.article import Article
from standfirst.domain.draft import Draft, DraftField, Finding, Severity
from standfirst.text.figures import Figure
from standfirst.text.instructions import is_order, without_instructions

OUTSIDE_BODY = -1
"""The place of passages that are the headline or the paper's own standfirst."""

LONGEST_QUOTED = 120
"""Characters of a field that a finding repeats: enough to know it by, and a record stays small."""


@dataclass(frozen=True)
class Source:
    """What an article supports: its sentences, those of the headline and of the paper's own standfirst.

    Text that gives orders to a machine supports nothing: see ``text/instructions.py``.
    """

    passages: tuple[Passage, ...]
    language: str
    paragraphs: tuple[str, ...] = ()

    @cached_property
    def lexicon(self) -> Lexicon:
        """The lexicon of its language."""
        return lexicon_of(self.language)

    @cached_property
    def text(self) -> str:
        """All of it."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stem of every word."""
        return frozenset().union(*(passage.all_stems for passage in self.passages))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every word in lower case."""
        return frozenset(word.key for passage in self.passages for word in passage.words)

    @cached_property
    def groups(self) -> frozenset[int]:
        """The groups of like words that its words belong to."""
        return self.lexicon.groups_of(self.stems)

    @cached_property
    def nations(self) -> frozenset[int]:
        """The countries it names, by noun, adjective or people."""
        return frozenset(nation for passage in self.passages for nation in nations_in(passage))

    @cached_property
    def figures(self) -> tuple[tuple[Passage, Figure], ...]:
        """Every figure, with the passage it stands in."""
        return tuple((passage, figure) for passage in self.passages for figure in passage.figures)

    @cached_property
    def by_stem(self) -> Mapping[str, tuple[int, ...]]:
        """The passages (by index) that hold a content word."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, passage in enumerate(self.passages):
            for stem in passage.stems:
                found[stem].append(at)
        return {stem: tuple(places) for stem, places in found.items()}

    @cached_property
    def by_group(self) -> Mapping[int, tuple[int, ...]]:
        """The passages that hold a word of a group of like words."""
        found: dict[int, list[int]] = defaultdict(list)
        for at, passage in enumerate(self.passages):
            for group in passage.groups:
                found[group].append(at)
        return {group: tuple(places) for group, places in found.items()}

    @cached_property
    def by_value(self) -> Mapping[object, tuple[int, ...]]:
        """The passages that hold a figure of a value."""
        found: dict[object, list[int]] = defaultdict(list)
        for at, passage in enumerate(self.passages):
            for figure in passage.figures:
                for value in figure.values:
                    found[value].append(at)
        return {value: tuple(places) for value, places in found.items()}

    @cached_property
    def spread(self) -> Counter[str]:
        """In how many passages each stem stands."""
        return Counter(stem for passage in self.passages for stem in passage.stems)

    def tells(self, text: str) -> bool:
        """Whether ``text`` is one or more whole sentences of one paragraph, word for word."""
        return any(_is_whole(text, paragraph) for paragraph in self.paragraphs)

    def holds(self, word: Word) -> bool:
        """Whether the article says ``word``, one of like meaning, or a narrower one that it may stand for."""
        return (
            word.stem in self.stems
            or word.key in self.keys
            or bool(self.lexicon.groups.get(word.stem, frozenset()) & self.groups)
            or bool(self.lexicon.narrower.get(word.stem, frozenset()) & self.stems)
            or self._is_joined(word)
        )

    def _is_joined(self, word: Word) -> bool:
        """Whether each part of "pay-rise" is there."""
        parts = [part for part in word.key.split("-") if part and not part.isdigit()]
        return len(parts) > 1 and all(self._has(part) for part in parts)

    def _has(self, key: str) -> bool:
        stem = self.lexicon.stem_of(key)
        return stem in self.stems or bool(self.lexicon.groups.get(stem, frozenset()) & self.groups)


@dataclass(frozen=True)
class Claim:
    """One sentence of a draft: ``start`` is where it begins in its field, ``sentence`` its index there."""

    field: DraftField
    sentence: int
    passage: Passage

    def finding(self, check: str, detail: str, severity: Severity, at: tuple[int, int] | None = None) -> Finding:
        """What ``check`` found in the characters ``at`` of the sentence, or in the whole of it."""
        begin, end = at or (0, len(self.passage.text))
        text = self.passage.text[begin:end]
        shown = text if len(text) <= LONGEST_QUOTED else text[: LONGEST_QUOTED - 1].rstrip() + "…"
        span = (self.passage.start + begin, self.passage.start + end)
        return Finding(check=check, field=self.field, text=shown, detail=detail, severity=severity, span=span)


@dataclass(frozen=True)
class Comparison:
    """``claims`` are the sentences of the draft, field by field."""

    source: Source
    claims: tuple[Claim, ...]

    @property
    def language(self) -> str:
        """The article's."""
        return self.source.language


def compare(article: Article, draft: Draft) -> Comparison:
    """``draft`` beside ``article``."""
    return Comparison(source_of(article), tuple(claims_of(draft, article.language)))


@lru_cache(maxsize=8)
def source_of(article: Article) -> Source:
    """What ``article`` supports. Kept for the next draft of the same article: a draft, its revision, its stand-in."""
    around = [text for text in (article.headline, article.standfirst) if text and not is_order(text)]
    passages = [passage for text in around for passage in passages_of(text, article.language, OUTSIDE_BODY)]
    paragraphs = list(without_instructions(article.paragraphs))
    for place, paragraph in paragraphs:
        passages += passages_of(paragraph, article.language, place)
    return Source(tuple(passages), article.language, tuple(paragraph for _, paragraph in paragraphs))


_ENDS_BEFORE = re.compile(r"(?:^|[.!?…。！？؟۔।:;\n][\"'”’»」』)\]]*)\s*$")
_ENDS = re.compile(r"[.!?…。！？؟۔।][\"'”’»」』)\]]*\s*$")


def _is_whole(text: str, paragraph: str) -> bool:
    at = paragraph.find(text)
    return at >= 0 and bool(
        _ENDS_BEFORE.search(paragraph[:at]) and (_ENDS.search(text) or at + len(text) == len(paragraph.rstrip())),
    )


def claims_of(draft: Draft, language: str) -> Iterator[Claim]:
    """The sentences of ``draft``, field by field."""
    texts: tuple[tuple[DraftField, str], ...] = (
        ("standfirst", draft.standfirst),
        ("summary", draft.summary),
        ("key_points", "\n".join(draft.key_points)),
    )
    for field, text in texts:
        for at, passage in enumerate(_lines_of(text, language)):
            yield Claim(field, at, passage)


def _lines_of(text: str, language: str) -> Iterable[Passage]:
    start = 0
    for line in text.split("\n"):
        for passage in passages_of(line, language, 0):
            yield Passage(passage.text, language, 0, start + passage.start)
        start += len(line) + 1


_NAMED = re.compile(r"[A-Za-z]\.(?:[A-Za-z]\.)+|[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@lru_cache(maxsize=4_000)
def _nations_of(text: str, language: str) -> frozenset[int]:
    nations = lexicon_of(language).nations
    words = [word.group() for word in _NAMED.finditer(text)]
    plain = [_plain(word) for word in words]
    found: set[int] = set()
    for at, word in enumerate(plain):
        for size in (3, 2, 1):
            found |= nations.get(" ".join(plain[at : at + size]) if size > 1 else word, frozenset())
    return frozenset(found)


def nations_in(passage: Passage) -> frozenset[int]:
    """The countries that ``passage`` names, by noun, adjective or people."""
    return _nations_of(passage.text, passage.language) if lexicon_of(passage.language).nations else frozenset()


def _plain(word: str) -> str:
    # "us" is a pronoun, "US" and "U.S." a country.
    bare = word.replace(".", "").removesuffix("'s").removesuffix("’s")
    if len(bare) <= 3 and bare.isupper():
        return bare.lower()
    return bare.lower() if word[:1].isupper() else ""
