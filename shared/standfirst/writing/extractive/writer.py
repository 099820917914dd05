"""The extractive writer: a standfirst and a summary from the article's own sentences, whole and word for word.

Needs no network, no key and no model, gives the same text every time, and claims keep their attribution because
sentences are never cut. It is the default, and what is served when a model's text cannot be.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from standfirst.domain.article import Article
from standfirst.domain.draft import Draft, Evidence
from standfirst.domain.ports import WriterIdentity
from standfirst.domain.style import HouseStyle
from standfirst.domain.texts import Texts
from standfirst.domain.word_count import count_words
from standfirst.safety.article_sentences import is_foreign, story_of
from standfirst.safety.forbidden_content import Unprintable, marks_in, talk_in
from standfirst.safety.prompt_injection import quoted_orders
from standfirst.text.house_words import words_in_any_case
from standfirst.text.sentences import primary_subtag
from standfirst.writing.extractive.centrality import centrality, term_vectors
from standfirst.writing.extractive.lead import heads, pick_standfirst, without_allegations
from standfirst.writing.extractive.selection import Candidate, Selector
from standfirst.writing.extractive.self_contained import fitness, is_printable, leans_on_previous

MOST_CANDIDATES = 60
"""Sentences looked at closely, the most central ones; all of them count for what is central."""

LONGEST_SENTENCE = 5_000
"""Characters. What is longer has no points, and the splitter may have cut it within a word."""


class LeadBias(NamedTuple):
    """The sentence at index ``i`` weighs ``(floor + its centrality) / (1 + decay * i)``."""

    floor: float
    decay: float


# Chosen by hand; half or twice of each measured alike, within the error of the measurement.
SUMMARY_BIAS = LeadBias(floor=0.0, decay=0.1)
STANDFIRST_BIAS = LeadBias(floor=0.5, decay=1.0)  # it does the lead's work, so position counts for more than centrality

_SITE_NAME = re.compile(r"[A-Z][\w-]*\.[a-z]+")
_WRITES_NO_SPACE_BETWEEN_SENTENCES = frozenset({"ja", "zh"})


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExtractiveWriter:
    """Writes drafts from the sentences of the article's paragraphs; its headline and standfirst are not picked from."""

    identity: WriterIdentity = field(default=WriterIdentity("extractive", version="3"))

    def write(self, article: Article, style: HouseStyle) -> Draft:
        """The draft, with the paragraphs each sentence of standfirst, summary and key points stands in.

        Never fails for the article's sake: where its sentences cannot meet the limits of ``style``, the nearest whole
        sentences are taken. An empty text means that there was no sentence at all, or none that is not far too long.
        """
        sentences = _sentences_of(article)
        candidates = _candidates(sentences, article, style)
        fair = without_allegations(candidates, article.language)
        near_lead = _selector(
            _weighed(fair, STANDFIRST_BIAS), article, sound=lambda each: each.printable and each.heads
        )
        central = _selector(_weighed(candidates, SUMMARY_BIAS), article, sound=lambda each: each.printable)
        standfirst = pick_standfirst(near_lead, article, style)
        summary = central.pick(style.text_limits("summary"))
        limits = style.list_limits("key_points")
        points = central.pick_points(limits.count, limits.max_words)
        return Draft(
            Texts(
                standfirst=near_lead.text_of(standfirst),
                summary=central.text_of(summary),
                key_points=[point.text for point in points],
            ),
            evidence=(
                *_evidence("standfirst", standfirst, sentences, len(_joiner(article))),
                *_evidence("summary", summary, sentences, len(_joiner(article))),
                *_evidence("key_points", points, sentences, len("\n")),
            ),
        )


def _sentences_of(article: Article) -> list[_Sentence]:
    """Each sentence once, with every paragraph it stands in: captions and pull quotes repeat the text.

    Orders to a machine are no part of the story.
    """
    paragraphs: dict[str, list[int]] = {}
    for paragraph in story_of(article):
        for sentence in _whole(paragraph.sentences):
            paragraphs.setdefault(sentence, []).append(paragraph.place)
    return [_Sentence(text, tuple(dict.fromkeys(places))) for text, places in paragraphs.items()]


def _whole(pieces: Sequence[str]) -> list[str]:
    """Without pieces that are too long for sentences, and what follows one: there a block of text was cut anywhere."""
    return [
        piece
        for before, piece in zip(("", *pieces), pieces, strict=False)
        if max(len(before), len(piece)) <= LONGEST_SENTENCE
    ]


def _candidates(sentences: Sequence[_Sentence], article: Article, style: HouseStyle) -> list[Candidate]:
    vectors = term_vectors([sentence.text for sentence in sentences], article.language)
    centralities = centrality(vectors)
    allowed = [at for at, sentence in enumerate(sentences) if _is_allowed(sentence.text, article, style)]
    central = sorted(allowed, key=lambda at: -centralities[at] / (1 + SUMMARY_BIAS.decay * at))[:MOST_CANDIDATES]
    return [
        Candidate(
            index=at,
            paragraph=sentences[at].paragraphs[0],
            text=sentences[at].text,
            centrality=centralities[at],
            fitness=fitness(sentences[at].text, article.language),
            vector=vectors[at],
            leans=at > 0 and leans_on_previous(sentences[at].text, article.language),
            printable=is_printable(sentences[at].text, article.language)
            and not any(talk_in(sentences[at].text, article.language)),
            heads=heads(sentences[at].text, at, article.language),
            words=count_words(sentences[at].text),
        )
        for at in sorted(central)  # so that of two alike the earlier is picked
    ]


def _is_allowed(sentence: str, article: Article, style: HouseStyle) -> bool:
    return not (
        any(words_in_any_case(style.avoid).places_in(sentence))
        or any(not _is_site_name(sentence, found) for found in marks_in(sentence))
        or is_foreign(sentence, article)
        or (":" in sentence and is_foreign(sentence.partition(":")[0], article))
        or quoted_orders(sentence)
    )


def _is_site_name(sentence: str, found: Unprintable) -> bool:
    """Returns whether ``found`` is a name such as "Booking.com", and no address to go to."""
    name = sentence[found.start : found.end]
    return found.reason == "address" and bool(_SITE_NAME.fullmatch(name)) and sentence[found.end : found.end + 1] != "/"


def _weighed(candidates: Sequence[Candidate], bias: LeadBias) -> list[Candidate]:
    return [
        replace(each, weight=(bias.floor + each.centrality) * each.fitness / (1 + bias.decay * each.index))
        for each in candidates
    ]


def _selector(candidates: Sequence[Candidate], article: Article, sound: Callable[[Candidate], bool]) -> Selector:
    tiers = ([each for each in candidates if sound(each)], [each for each in candidates if each.printable], candidates)
    return Selector(tiers, _joiner(article))


def _joiner(article: Article) -> str:
    return "" if primary_subtag(article.language) in _WRITES_NO_SPACE_BETWEEN_SENTENCES else " "


def _evidence(
    field: str, chosen: Sequence[Candidate], sentences: Sequence[_Sentence], between: int
) -> Iterator[Evidence]:
    """Yields the evidence for each chosen sentence; ``between`` is the number of characters between two."""
    start = 0
    for at, each in enumerate(chosen):
        end = start + len(each.text)
        yield Evidence(field, at, sentences[each.index].paragraphs, span=(start, end))
        start = end + between
