"""What an article supports, taken apart once for every check."""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

from standfirst.checking.analysis.measures import Measure, composites_in, counted_by, fractions_in, measure_of
from standfirst.checking.analysis.sentence import Passage, Word, capital_runs, passages_of, placed
from standfirst.checking.lexicon.english import Lexicon, lexicon_of
from standfirst.checking.lexicon.people import TITLES
from standfirst.domain.article import Article
from standfirst.safety.article_sentences import story_of, text_of
from standfirst.safety.forbidden_content import talk_in
from standfirst.safety.prompt_injection import is_order, quoted_orders
from standfirst.text.numbers.quantities import Figure
from standfirst.text.sentences import primary_subtag
from standfirst.text.stems import stem

LONGEST_ABBREVIATION = 6
"""Letters from which on a word before a point is none."""

OUTSIDE_BODY = -1
"""The place of passages that are the headline or the paper's own standfirst."""

_ENDS = tuple(".!?…。！？؟۔।")
_ENDS_BEFORE = (*_ENDS, ":", ";", "\n")
_CLOSING = "\"'”’»」』)]"

_Key = TypeVar("_Key", bound=Hashable)


class Counted(NamedTuple):
    """A figure of the article, and the stem of what it counts, if a noun follows it."""

    passage: Passage
    figure: Figure
    counted: str


@dataclass(frozen=True)
class Source:
    """What an article supports: its sentences, those of the headline and of the paper's own standfirst.

    Text that gives orders to a machine supports nothing: see ``safety/prompt_injection.py``. ``paragraphs`` are those
    of the body, without such text, ``left_out`` those that hold it and the orders that somebody is quoted with, and
    ``whole`` all that the article says, whoever is spoken to.
    """

    passages: tuple[Passage, ...]
    language: str
    paragraphs: tuple[str, ...]
    left_out: Sequence[str] = ()
    whole: str = ""
    published_year: int | None = None

    @cached_property
    def lexicon(self) -> Lexicon:
        """The lexicon of its language."""
        return lexicon_of(self.language)

    @property
    def is_english(self) -> bool:
        """Whether the word lists of the rules are for its language."""
        return primary_subtag(self.language) == "en"

    @cached_property
    def text(self) -> str:
        """All of it, a sentence a line."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def talk(self) -> frozenset[str]:
        """The words with which it speaks to its reader or of itself."""
        return frozenset(
            passage.text[found.start : found.end].casefold()
            for passage in self.passages
            for found in talk_in(passage.text, self.language)
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stem of every word, and of each part of a hyphenated one."""
        parts = {stem(part, self.language) for key in self.keys if "-" in key for part in key.split("-")}
        return frozenset(parts.union(word.stem for passage in self.passages for word in passage.words))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every word in lower case, and each part of a hyphenated one."""
        return _with_parts({word.key for passage in self.passages for word in passage.words})

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Every word with a capital, and each part of a hyphenated one, in lower case."""
        told = {word.text for passage in self.passages for word in passage.words}
        words = {text.removesuffix("’s").removesuffix("'s").replace(".", "") for text in told}
        return frozenset({part.casefold() for part in _with_parts(words) if part[:1].isupper()})

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Every word in capital letters, in lower case."""
        return frozenset(
            word.key for passage in self.passages for word in passage.words if word.text.replace(".", "").isupper()
        )

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Every short word with a capital, in brackets or with a point after it, in lower case: "Fla.", "(Nor)"."""
        return frozenset(
            word.key
            for passage in self.passages
            for word in passage.words
            if word.is_capital
            and 1 < len(word.key) < LONGEST_ABBREVIATION
            and (passage.text[word.end : word.end + 1] == "." or passage.text[word.start - 1 : word.start] == "(")
        )

    @cached_property
    def pointed(self) -> frozenset[tuple[str, ...]]:
        """The parts of every word with points in it, in lower case: "W.Va." and "N.C."."""
        words = (word.text for passage in self.passages for word in passage.words if "." in word.text)
        return frozenset(tuple(filter(None, word.casefold().split("."))) for word in words)

    @cached_property
    def preceded(self) -> Mapping[str, bool]:
        """Of each word of a name, whether another word of a name ever stands before it."""
        found: dict[str, bool] = {}
        for run in self._name_runs:
            for at, word in enumerate(run):
                found[word.key] = found.get(word.key, False) or (at > 0 and run[at - 1].key not in TITLES)
        return found

    @cached_property
    def ends_name(self) -> Mapping[str, bool]:
        """Of each word of a name, whether a name ever ends with it."""
        found: dict[str, bool] = {}
        for run in self._name_runs:
            for at, word in enumerate(run):
                found[word.key] = found.get(word.key, False) or at == len(run) - 1
        return found

    @cached_property
    def _name_runs(self) -> Sequence[Sequence[Word]]:
        return [[passage.words[at] for at in run] for passage in self.passages for run in capital_runs(passage)]

    @cached_property
    def plain_keys(self) -> frozenset[str]:
        """The keys without accents: Zürich and Zurich are one name."""
        return frozenset(map(without_accents, self.keys))

    @cached_property
    def figures(self) -> tuple[tuple[Passage, Figure], ...]:
        """Every figure, with the passage it stands in."""
        return tuple((passage, figure) for passage in self.passages for figure in passage.figures)

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """Every figure, with what it counts."""
        return tuple(Counted(passage, figure, counted_by(figure, passage)) for passage, figure in self.figures)

    @cached_property
    def measures(self) -> frozenset[Measure]:
        """Every measure."""
        found = {measure_of(figure, passage) for passage, figure in self.figures}
        for passage in self.passages:
            found.update(measure for _, _, measure in composites_in(passage))
            found.update(fractions_in(passage))
        return frozenset(measure for measure in found if measure)

    @cached_property
    def places_of_value(self) -> Mapping[Fraction, Sequence[int]]:
        """The figures (by index) that have a value."""
        return _places(figure.values for _, figure in self.figures)

    @cached_property
    def by_stem(self) -> Mapping[str, Sequence[int]]:
        """The passages (by index) that hold a content word."""
        return _places(passage.stems for passage in self.passages)

    @cached_property
    def by_value(self) -> Mapping[Fraction, Sequence[int]]:
        """The passages (by index) that hold a figure of a value."""
        return _places({value for figure in passage.figures for value in figure.values} for passage in self.passages)

    @cached_property
    def spread(self) -> Counter[str]:
        """In how many passages each content word stands, by stem."""
        return Counter({stem: len(places) for stem, places in self.by_stem.items()})

    def of_same_value(self, figure: Figure) -> list[tuple[Passage, Figure]]:
        """The figures that have a value of ``figure``, in order, whatever their unit."""
        places = {place for value in figure.values for place in self.places_of_value.get(value, ())}
        return [self.figures[place] for place in sorted(places)]

    def tells(self, text: str) -> bool:
        """Whether ``text`` is one or more whole sentences of one paragraph, word for word."""
        return any(_is_whole(text, paragraph) for paragraph in self.paragraphs)

    def holds(self, word: Word) -> bool:
        """Whether the article says ``word``, in any form."""
        return word.stem in self.stems or self._holds_parts(word)

    def _holds_parts(self, word: Word) -> bool:
        """Whether each part of "pay-rise" is there."""
        parts = [part for part in word.key.split("-") if part and not part.isdigit()]
        return len(parts) > 1 and all(stem(part, self.language) in self.stems for part in parts)


@lru_cache(maxsize=8)
def source_of(article: Article) -> Source:
    """What ``article`` supports. Kept for the next draft of the same article: a draft, its revision, its stand-in."""
    around = [text for text in (article.headline, article.standfirst) if text and not is_order(text)]
    body = story_of(article)
    passages = [passage for text in around for passage in passages_of(text, article.language, OUTSIDE_BODY)]
    passages += [
        passage for each in body for passage in placed(each.sentences, each.text, article.language, each.place)
    ]
    kept = {each.place: each.text for each in body}
    left_out = [text for text in (article.headline, article.standfirst) if text and is_order(text)]
    left_out += [text for at, text in enumerate(article.paragraphs) if kept.get(at) != text]
    left_out += [order for text in kept.values() for order in quoted_orders(text)]
    year = re.match(r"\d{4}", article.published_at or "")
    return Source(
        tuple(passages),
        article.language,
        tuple(kept.values()),
        left_out,
        text_of(article),
        int(year[0]) if year else None,
    )


def without_accents(word: str) -> str:
    """Returns ``word`` without the marks of its letters."""
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def _with_parts(words: AbstractSet[str]) -> frozenset[str]:
    """Returns ``words``, and each part of a hyphenated one."""
    return frozenset(words).union(*(filter(None, word.split("-")) for word in words if "-" in word))


def _places(held: Iterable[Iterable[_Key]]) -> Mapping[_Key, Sequence[int]]:
    """Where, by index, each of what is ``held`` is held."""
    found: dict[_Key, list[int]] = {}
    for at, keys in enumerate(held):
        for key in keys:
            found.setdefault(key, []).append(at)
    return found


def _is_whole(text: str, paragraph: str) -> bool:
    before, found, behind = paragraph.partition(text)
    if not found:
        return False
    start = before.rstrip()
    begins = not start or "\n" in before[len(start) :] or start.rstrip(_CLOSING).endswith(_ENDS_BEFORE)
    return begins and (text.rstrip().rstrip(_CLOSING).endswith(_ENDS) or not behind.strip())
