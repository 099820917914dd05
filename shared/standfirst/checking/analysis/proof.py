"""Whether the article bears out what a second reader quotes from it."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from standfirst.checking.analysis.sentence import Passage, passages_of
from standfirst.checking.analysis.source import OUTSIDE_BODY, source_of
from standfirst.checking.analysis.support import LEAST_SHARE, ranked
from standfirst.domain.article import Article
from standfirst.domain.draft import MOST_PARAGRAPHS
from standfirst.domain.invisible_characters import invisible_in
from standfirst.domain.second_reading import LONGEST_QUOTE, Verdict
from standfirst.domain.word_count import UNSPACED
from standfirst.safety.article_sentences import story_of
from standfirst.safety.forbidden_content import marks_in
from standfirst.safety.prompt_injection import is_order, quoted_orders
from standfirst.text.content_words import content_words
from standfirst.text.verbatim import Folded, Span, fold

LEAST_ABOUT = 0.1
"""Share (0 to 1) of a sentence's content that the quoted sentence must have to be about it.

Of 1,041 sentences by language models 0.3 % share less with the likest sentence of the article, and 77 % with one drawn
by lot, though half of those share a word (RAGTruth, November 2026, the part that was read when this was chosen).
"""

LEAST_ABOUT_UNSPACED = 0.2
"""The same where words are not written apart: pairs of characters are compared, which meet by chance more often."""

FEWEST_WORDS = 2
"""Content words of each part of a quote; a figure counts as one. Fewer stand in any article, whatever it says."""

_START = attrgetter("start")
_UNSPACED = re.compile(f"[{UNSPACED}]")


class Proof(NamedTuple):
    """A quote as the article has it, and the paragraphs where it stands: none for the headline and own standfirst."""

    quote: str
    paragraphs: tuple[int, ...]


class _Quotable(NamedTuple):
    """A text of the article without orders to a machine, but for those that somebody is quoted with.

    ``places`` is empty for the headline and the paper's own standfirst.
    """

    text: str
    places: tuple[int, ...]
    folded: Folded
    passages: Sequence[Passage]
    orders: Sequence[str]

    def sentences_at(self, spans: Sequence[Span]) -> list[Passage]:
        """Returns the sentences that share a character with one of ``spans``."""
        found: dict[int, Passage] = {}
        for start, end in spans:
            first = max(0, bisect_right(self.passages, start, key=_START) - 1)
            for at in range(first, bisect_left(self.passages, end, key=_START)):
                found[at] = self.passages[at]
        return list(found.values())


class Proofs:
    """Looks up the quotes of verdicts in one article: what is taken apart once serves every verdict."""

    def __init__(self, article: Article) -> None:
        """Text of ``article`` that gives orders to a machine proves nothing, nor does what no reader may see."""
        self._article = article
        self._source = source_of(article)
        self._story = {each.place: each.text for each in story_of(article)}
        self._read: dict[int, _Quotable] = {}

    def of(self, verdict: Verdict, sentence: Passage) -> Proof | None:
        """Returns what the quote of ``verdict`` proves of ``sentence``, ``None`` if nothing.

        It must stand in a paragraph that the verdict names, in the headline or in the paper's own standfirst, and the
        sentences that it is from must be about the same. What supports is among the likest; what contradicts has
        something else in the place of what is disputed, so less need be shared.
        """
        quote = verdict.quote
        if len(quote) >= LONGEST_QUOTE:  # it may have been cut in a word
            quote = quote[:LONGEST_QUOTE].rpartition(" ")[0] or quote[:LONGEST_QUOTE]
        found = [(text, spans) for text in self._named(verdict) if (spans := text.folded.find(quote))]
        if not found:
            return None
        is_like = self._likeness(sentence, least_of_likest=LEAST_SHARE if verdict.judgement == "supported" else 0)
        proofs = []
        for text, spans in found:
            quoted = text.sentences_at(spans)
            parts = [_seen(text.text[start:end]) for start, end in spans]
            is_about = any(map(is_like, quoted)) and all(_tells(part, quoted) for part in parts)
            if is_about and not any(_is_forbidden(part, text.orders) for part in parts):
                proofs.append(Proof(" … ".join(parts)[:LONGEST_QUOTE], text.places))
        return Proof(proofs[0].quote, sum((each.paragraphs for each in proofs), ())) if proofs else None

    def _named(self, verdict: Verdict) -> Iterator[_Quotable]:
        for place in tuple(dict.fromkeys(verdict.paragraphs))[:MOST_PARAGRAPHS]:
            if text := self._story.get(place):
                if place not in self._read:
                    self._read[place] = _quotable(text, (place,), self._passages[place])
                yield self._read[place]
        yield from self._around

    @cached_property
    def _around(self) -> Sequence[_Quotable]:
        language = self._article.language
        texts = [text for text in (self._article.headline, self._article.standfirst) if text and not is_order(text)]
        return [_quotable(text, (), passages_of(text, language, OUTSIDE_BODY)) for text in texts]

    @cached_property
    def _passages(self) -> dict[int, list[Passage]]:
        passages: dict[int, list[Passage]] = defaultdict(list)
        for each in self._source.passages:
            passages[each.place].append(each)
        return passages

    def _likeness(self, sentence: Passage, least_of_likest: float) -> Callable[[Passage], bool]:
        """Returns what tells whether a sentence of the article has enough of ``sentence``."""
        if _UNSPACED.search(sentence.text):
            own = _pairs(sentence)
            return lambda quoted: len(own & _pairs(quoted)) >= max(1, LEAST_ABOUT_UNSPACED * len(own))
        scores = {passage: score for score, passage in ranked(sentence, self._source)}
        least = max(LEAST_ABOUT, least_of_likest * max(scores.values(), default=0))
        return lambda quoted: scores.get(quoted, 0) >= least


def _quotable(text: str, places: tuple[int, ...], passages: Sequence[Passage]) -> _Quotable:
    return _Quotable(text, places, fold(text), passages, quoted_orders(text))


def _pairs(passage: Passage) -> frozenset[str]:
    return frozenset(content_words(passage.text, passage.language))


def _seen(text: str) -> str:
    """Returns ``text`` without the characters that nobody sees, such as soft hyphens."""
    unseen = frozenset(invisible_in(text))
    return "".join(character for at, character in enumerate(text) if at not in unseen) if unseen else text


def _tells(part: str, quoted: Sequence[Passage]) -> bool:
    """Returns whether ``part`` of a quote has enough words to say something, or all of a sentence that has fewer."""
    passage = Passage(part, quoted[0].language, 0) if quoted else None
    if passage is None:
        return False
    words = _pairs(passage) if _UNSPACED.search(part) else passage.stems
    enough = len(words) + len(passage.figures) >= FEWEST_WORDS and bool(words)
    return enough or any(each.text.strip(" .!?…\"'“”«»") in part for each in quoted)


def _is_forbidden(part: str, orders: Sequence[str]) -> bool:
    """Returns whether ``part`` of a quote may not be shown, or is of ``orders``, which somebody is quoted with."""
    return any(marks_in(part)) or is_order(part) or any(part in order or order in part for order in orders)
