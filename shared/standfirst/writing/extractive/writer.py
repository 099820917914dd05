"""The extractive writer: a standfirst and a summary from the article's own sentences, whole and word for word.

Needs no network, no key and no model, gives the same text every time, and claims keep their attribution because
sentences are never cut. It is the default, and what is served when a model's text cannot be.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from standfirst.domain.article import Article
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.ports import WriterIdentity
from standfirst.domain.style import HouseStyle, TextLimits
from standfirst.domain.texts import Texts
from standfirst.safety.article_sentences import is_foreign, story_of
from standfirst.safety.forbidden_content import Unprintable, marks_in
from standfirst.safety.prompt_injection import quoted_orders
from standfirst.text.house_words import words_in_any_case
from standfirst.text.sentences import primary_subtag
from standfirst.writing.extractive.candidate import Candidate, stems_of
from standfirst.writing.extractive.lead import pick_standfirst
from standfirst.writing.extractive.lexicon.not_news import answers_to
from standfirst.writing.extractive.mentions import introductions
from standfirst.writing.extractive.selection import LazyFilter, Selector
from standfirst.writing.extractive.self_contained import SHORTEST, is_question, leans_on_previous

MOST_CANDIDATES = 40
"""Sentences looked at closely, the first ones that may be served."""

LONGEST_SENTENCE = 5_000
"""Characters. What is longer has no points, and the splitter may have cut it within a word."""

NEAR = 3
"""Sentences within which a soft lead comes to the headline's matter, or the summary goes on from the standfirst."""

_SHOWN = 120
"""Characters of a sentence that a finding repeats."""

_SITE_NAME = re.compile(r"[A-Z][\w-]*\.[a-z]+")
_WRITES_NO_SPACE_BETWEEN_SENTENCES = frozenset({"ja", "zh"})


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExtractiveWriter:
    """Writes drafts from the sentences of the article's paragraphs; its headline and standfirst are not picked from."""

    identity: WriterIdentity = field(default=WriterIdentity("extractive", version="4"))

    def write(self, article: Article, style: HouseStyle) -> Draft:
        """Returns the draft, with the paragraphs each sentence stands in, and findings about what does not stand alone.

        Never fails for the article's sake: where its sentences cannot meet the limits of ``style``, the nearest whole
        sentences are taken. An empty text means that there was no sentence at all, or none that is not far too long.
        """
        sentences = _sentences_of(article)
        candidates = _candidates(sentences, article, style)
        limits = style.list_limits("key_points")
        fair = LazyFilter(candidates, lambda each: each.is_fair)
        near_lead = _selector(fair if any(fair) else candidates, article, sound=lambda each: each.heads)
        whole = _selector(candidates, article, sound=lambda _: True)
        standfirst, summary = _pick(near_lead, whole, article, style)
        points = whole.pick_points(limits.count, limits.max_words)
        return Draft(
            Texts(
                standfirst=whole.text_of(standfirst),
                summary=whole.text_of(summary),
                key_points=[point.text for point in points],
            ),
            evidence=(
                *_evidence("standfirst", standfirst, sentences, len(_joiner(article))),
                *_evidence("summary", summary, sentences, len(_joiner(article))),
                *_evidence("key_points", points, sentences, len("\n")),
            ),
            findings=(
                *_doubts("standfirst", standfirst, candidates),
                *_doubts("summary", summary, candidates),
            ),
        )


def _pick(
    near_lead: Selector, whole: Selector, article: Article, style: HouseStyle
) -> tuple[list[Candidate], list[Candidate]]:
    """Returns the sentences of standfirst and summary, if ``style`` says so and it can be had without one in common.

    The summary then goes on from the standfirst, under a headline that tells the news or with a sentence that does:
    so it can be read without the standfirst. Without a headline the lead stands in both.
    """
    limits, size = style.text_limits("standfirst"), style.text_limits("summary")
    headline = stems_of(article.headline or "", article.language)
    first = next((each.index for each in whole.tiers[0] if each.leads and not each.needs), 0)

    def tells(sentence: Candidate) -> bool:
        return sentence.takes_up(headline)

    standfirst = _answered(pick_standfirst(near_lead, limits, tells, first + NEAR), whole, limits)
    summary = _answered(whole.pick_sound(size, tells, first + NEAR) or whole.pick(size), whole, size)
    if size.repeats_standfirst == "allowed" or {*standfirst}.isdisjoint(summary) or not headline or not standfirst:
        return standfirst, summary
    lead, last = standfirst[0], standfirst[-1]
    is_told = lead.takes_up(headline)

    def goes_on(sentence: Candidate) -> bool:
        if sentence.index < lead.index:
            return sentence.index < first + NEAR and tells(sentence)
        return is_told or tells(sentence)

    rest = whole.without(standfirst).pick_sound(size, goes_on, last.index + NEAR + 1)
    return standfirst, rest if rest and not _unanswered(rest) else summary


def _unanswered(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Returns the sentences of ``chosen`` that accuse somebody whose denial, or the outcome, it leaves out."""
    told = {each.index for each in chosen}
    return [each for each in chosen if each.answer is not None and each.answer not in told]


def _answered(chosen: list[Candidate], selector: Selector, limits: TextLimits) -> list[Candidate]:
    """Returns ``chosen`` with the denial or the outcome that the article has for what it accuses somebody of.

    Where both do not fit, what accuses stays out; unless the text begins with it: then ``chosen`` stays as it is.
    """
    accusing = _unanswered(chosen)
    if not accusing:
        return chosen
    # "He denies it." is too short to be picked by itself.

    def sound(places: Collection[int | None]) -> list[Candidate]:
        found = [each for each in selector.tiers[-1] if each.index in places]
        return [each for each in found if each.is_printable or _is_short(each)]

    for answer in sound({each.answer for each in accusing}):
        needed = {each for each in sound(answer.needs) if not each.needs}
        for kept in (chosen, chosen[:1], []):
            answered = sorted({*kept, *needed, answer}, key=lambda each: each.index)
            is_clear = all(each.is_clear_among(answered) for each in answered)
            fits = selector.fits if kept else selector.keeps
            if is_clear and not _unanswered(answered) and fits(answered, limits):
                return answered
    if chosen[0] in accusing:
        return chosen
    fair = [LazyFilter(tier, lambda each: each.answer is None) for tier in selector.tiers]
    return Selector(fair, selector.joiner).pick(limits) or chosen


def _is_short(candidate: Candidate) -> bool:
    return candidate.words < SHORTEST and candidate.text.endswith(".")


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


def _candidates(sentences: Sequence[_Sentence], article: Article, style: HouseStyle) -> Iterable[Candidate]:
    language, texts = article.language, [sentence.text for sentence in sentences]
    needed, answers = _needed(sentences, language), answers_to(texts, article.headline or "", language)
    told = [Candidate(at, text, language, frozenset(needed[at]), answers.get(at)) for at, text in enumerate(texts)]

    @cache
    def is_allowed(candidate: Candidate) -> bool:
        return _is_allowed(candidate.text, article, style)

    return LazyFilter(told, is_allowed, MOST_CANDIDATES)


def _needed(sentences: Sequence[_Sentence], language: str) -> list[set[int]]:
    """Returns for each sentence the indexes of those without which it does not say who or what is meant."""
    needed = introductions([sentence.text for sentence in sentences], language)
    for at, (before, sentence) in enumerate(pairwise(sentences), start=1):
        answers_question = before.paragraphs[0] == sentence.paragraphs[0] and is_question(before.text)
        if answers_question or leans_on_previous(sentence.text, language):
            needed[at].add(at - 1)
    if sentences and leans_on_previous(sentences[0].text, language, is_first=True):
        needed[0].add(-1)
    return needed


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


def _selector(candidates: Iterable[Candidate], article: Article, sound: Callable[[Candidate], bool]) -> Selector:
    printable = LazyFilter(candidates, lambda each: each.is_printable)
    fit = LazyFilter(printable, lambda each: each.is_fit)
    return Selector([LazyFilter(fit, sound), fit, printable, candidates], _joiner(article))


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


def _doubts(field: str, chosen: Sequence[Candidate], candidates: Iterable[Candidate]) -> Iterator[Finding]:
    """Yields what keeps a text from standing alone, or why there is none."""
    if not chosen:
        long, barred = "each sentence of the article is far too long", "no sentence of the article may be served"
        yield _doubt(field, "empty", f"empty: {long if any(candidates) else barred}")
    answers, unanswered = {each.answer for each in chosen}, _unanswered(chosen)
    for at, each in enumerate(chosen):
        if not each.is_clear_among(chosen[:at]):
            detail = "does not say who or what is meant: another sentence of the article does"
            yield _doubt(field, "leans", detail, each.text, at)
        elif not each.is_printable and not (each.index in answers and _is_short(each)):
            detail = "is no whole statement, and the article has no better sentence"
            yield _doubt(field, "fragment", detail, each.text, at)
        elif each in unanswered:
            detail = "accuses somebody, and the denial or the outcome that the article has is left out"
            yield _doubt(field, "unanswered", detail, each.text, at)


def _doubt(field: str, reason: str, detail: str, text: str = "", sentence: int | None = None) -> Finding:
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
    return Finding("self_contained", field, shown, detail, "warning", reason=reason, sentence=sentence)
