"""Whether the article bears out what a second reader quotes from it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from standfirst.checking.analysis.sentence import Passage, passages_of
from standfirst.checking.analysis.source import OUTSIDE_BODY, source_of
from standfirst.checking.analysis.support import LEAST_SHARE, ranked
from standfirst.domain.article import Article
from standfirst.domain.draft import MOST_PARAGRAPHS
from standfirst.domain.second_reading import LONGEST_QUOTE, Verdict
from standfirst.domain.word_count import UNSPACED
from standfirst.safety.article_sentences import story_of
from standfirst.safety.forbidden_content import invisible_in, marks_in
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

_UNSPACED = re.compile(f"[{UNSPACED}]")


class Proof(NamedTuple):
    """A quote as the article has it, and the paragraphs where it stands: none for the headline and own standfirst."""

    quote: str
    paragraphs: tuple[int, ...]


class _Quotable(NamedTuple):
    """A text of the article without orders to a machine: ``places`` is empty for the headline and own standfirst."""

    text: str
    places: tuple[int, ...]
    folded: Folded
    passages: Sequence[Passage]


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
        likeness = self._likeness(sentence)
        least = LEAST_ABOUT_UNSPACED if _UNSPACED.search(sentence.text) else LEAST_ABOUT
        if verdict.judgement == "supported":
            least = max(least, LEAST_SHARE * max(likeness.values(), default=0))
        proofs = []
        for text, spans in found:
            quoted = [each for each in text.passages if _overlaps(each, spans)]
            parts = [_seen(text.text[start:end]) for start, end in spans]
            is_about = any(likeness.get(each, 0) >= least for each in quoted)
            if is_about and all(_tells(part, quoted) for part in parts) and not _is_forbidden(text.text, parts):
                proofs.append(Proof(" … ".join(parts)[:LONGEST_QUOTE], text.places))
        return Proof(proofs[0].quote, sum((each.paragraphs for each in proofs), ())) if proofs else None

    def _named(self, verdict: Verdict) -> Iterator[_Quotable]:
        for place in tuple(dict.fromkeys(verdict.paragraphs))[:MOST_PARAGRAPHS]:
            if text := self._story.get(place):
                if place not in self._read:
                    self._read[place] = _Quotable(text, (place,), fold(text), self._passages[place])
                yield self._read[place]
        yield from self._around

    @cached_property
    def _around(self) -> Sequence[_Quotable]:
        language = self._article.language
        texts = [text for text in (self._article.headline, self._article.standfirst) if text and not is_order(text)]
        return [_Quotable(text, (), fold(text), passages_of(text, language, OUTSIDE_BODY)) for text in texts]

    @cached_property
    def _passages(self) -> dict[int, list[Passage]]:
        passages: dict[int, list[Passage]] = defaultdict(list)
        for each in self._source.passages:
            passages[each.place].append(each)
        return passages

    @cached_property
    def _pairs(self) -> dict[Passage, frozenset[str]]:
        return {each: frozenset(content_words(each.text, each.language)) for each in self._source.passages}

    def _likeness(self, sentence: Passage) -> dict[Passage, float]:
        """Returns how much of ``sentence`` each sentence of the article has, 0 to 1."""
        if not _UNSPACED.search(sentence.text):
            return {passage: score for score, passage in ranked(sentence, self._source)}
        own = frozenset(content_words(sentence.text, sentence.language))
        return {passage: len(own & pairs) / len(own) for passage, pairs in self._pairs.items()} if own else {}


def _seen(text: str) -> str:
    """Returns ``text`` without the characters that nobody sees, such as soft hyphens."""
    unseen = frozenset(invisible_in(text))
    return "".join(character for at, character in enumerate(text) if at not in unseen) if unseen else text


def _overlaps(passage: Passage, spans: Sequence[Span]) -> bool:
    end = passage.start + len(passage.text)
    return any(passage.start < to and start < end for start, to in spans)


def _tells(part: str, quoted: Sequence[Passage]) -> bool:
    """Returns whether ``part`` of a quote has enough words to say something, or all of a sentence that has fewer."""
    passage = Passage(part, quoted[0].language, 0) if quoted else None
    if passage is None:
        return False
    words = frozenset(content_words(part, passage.language)) if _UNSPACED.search(part) else passage.stems
    enough = len(words) + len(passage.figures) >= FEWEST_WORDS and bool(words)
    return enough or any(each.text.strip(" .!?…\"'“”«»") in part for each in quoted)


def _is_forbidden(text: str, parts: Sequence[str]) -> bool:
    """Returns whether a part may not be shown, or is an order to a machine that somebody in ``text`` is quoted with."""
    orders = quoted_orders(text)
    return any(
        any(marks_in(part)) or is_order(part) or any(part in order or order in part for order in orders)
        for part in parts
    )
