"""What a model is told that writes: the newsroom's rules, the assignment, and the article (``model/prompt.py``)."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from standfirst.domain.article import UNDETERMINED, Article
from standfirst.domain.draft import Finding
from standfirst.domain.ports import Rejected
from standfirst.domain.second_reading import Verdict
from standfirst.domain.style import HouseStyle, ListLimits, Range, TextLimits
from standfirst.domain.texts import TEXTS
from standfirst.model.prompt import Prompt, data_block
from standfirst.text.house_words import glossary_of
from standfirst.writing.model.answer import DRAFT_SCHEMA, NOTES_SCHEMA

PROMPT_VERSION = "3"
"""Raised whenever a model would be told something else: articles are then written anew."""

MOST_TERMS = 40
"""Terms of the glossary that a model is shown: the first of those that the article has."""


def draft_prompt(article: Article, style: HouseStyle, revises: Rejected | None = None) -> Prompt:
    """Asks for a draft of ``article`` in ``style``, or for a better one than the draft that was rejected."""
    terms = _terms(article, style)
    return Prompt(
        instructions=_instructions(),
        assignment="\n".join(_draft_assignment(article, style, terms, revises)),
        material=_material(article, terms, revises),
        answer="draft",
        schema=DRAFT_SCHEMA,
        version=PROMPT_VERSION,
    )


def notes_prompt(article: Article, part: str, number: int, parts: int) -> Prompt:
    """Asks for the facts of ``part``, the ``number``-th (from 1) of so many ``parts`` of ``article``."""
    shown = data_block("PART", f"Headline of the whole article: {article.headline or 'none'}\n\n{part.strip()}")
    return Prompt(
        instructions=_text_of("condensing.md"),
        assignment=f"This is part {number} of {parts}. {_in_language(article)}",
        material=shown,
        answer="notes",
        schema=NOTES_SCHEMA,
        version=PROMPT_VERSION,
    )


@cache
def _instructions() -> str:
    briefs = "\n\n".join(f"{kind.title}: {kind.brief}" for kind in TEXTS)
    return _text_of("instructions.md").replace("{texts}", briefs)


@cache
def _text_of(name: str) -> str:
    return files("standfirst.writing.model").joinpath(name).read_text(encoding="utf-8").strip()


# ----------------------------------------------------------------------------------------------------------------------
# The assignment
# ----------------------------------------------------------------------------------------------------------------------


def _draft_assignment(
    article: Article, style: HouseStyle, terms: Sequence[str], revises: Rejected | None
) -> Iterator[str]:
    yield "The assignment for the article that follows:"
    yield f"- {_in_language(article)}"
    for kind in TEXTS:
        limits = style.limits[kind.name]
        yield f"- {kind.title}: {_limits(limits)}."
        if isinstance(limits, TextLimits) and limits.max_headline_overlap is not None:
            share = f"{limits.max_headline_overlap:.0%} of the headline's content words"
            yield f"- At most {share} come again in the {kind.title.lower()}."
        if isinstance(limits, TextLimits) and limits.repeats_standfirst == "never":
            yield (
                f"- The {kind.title.lower()} goes on from the standfirst and repeats no sentence of it, in the same "
                "words or in others; it tells the news all the same to a reader who has not read the standfirst."
            )
    if style.avoid:
        yield f"- Words that may not appear: {', '.join(_avoided(word, style) for word in style.avoid)}."
    if terms:
        yield "- The house's glossary for the article stands before it, between markers of its own."
    if style.guidance.strip():
        yield f"- The house adds: {style.guidance.strip()}"
    if revises:
        yield ""
        yield from _revision(revises)


def _avoided(word: str, style: HouseStyle) -> str:
    suggestion = style.suggestions.get(word)
    return f"{word} (write {suggestion})" if suggestion else word


def _in_language(article: Article) -> str:
    if article.language == UNDETERMINED:
        return "Language: the article's own."
    return f"Language: {article.language} (BCP 47), which is the article's own."


def _limits(limits: TextLimits | ListLimits) -> str:
    if isinstance(limits, ListLimits):
        points = _range(Range(limits.count, limits.count), "point")
        return f"{points}, each of at most {limits.max_words} words" if limits.count else "none, give an empty list"
    characters = f", at most {limits.max_characters} characters" if limits.max_characters else ""
    return f"{_range(limits.sentences, 'sentence')}, {_range(limits.words, 'word')}{characters}"


def _range(allowed: Range, noun: str) -> str:
    plural = "" if allowed.most == 1 else "s"
    if allowed.least == allowed.most:
        return f"exactly {allowed.most} {noun}{plural}"
    return f"{allowed.least} to {allowed.most} {noun}{plural}"


def _revision(revises: Rejected) -> Iterator[str]:
    yield (
        "A draft was written and may not be published. It stands before the article, between markers of its own, with "
        f"{len(revises.findings)} findings. Write all of it anew so that none of them holds: take what the article "
        "says in the place of what was found wrong, or leave it out. Keep what was not found wrong where you can."
    )


# ----------------------------------------------------------------------------------------------------------------------
# The material
# ----------------------------------------------------------------------------------------------------------------------


def _material(article: Article, terms: Sequence[str], revises: Rejected | None) -> str:
    blocks = [data_block("GLOSSARY", "\n".join(terms))] if terms else []
    blocks += [data_block("REJECTED DRAFT", _rejected(revises))] if revises else []
    return "\n\n".join([*blocks, data_block("ARTICLE", "\n\n".join(_story(article)))])


def _terms(article: Article, style: HouseStyle) -> list[str]:
    """Returns the terms of the glossary that ``article`` has in any form, in its order, each as a line of JSON."""
    text = "\n".join(_story(article))
    places = list(glossary_of(style.glossary).places_in(text))
    wrong = {(place.term, text[place.start : place.end]): None for place in places if not place.is_right}
    shown = [
        {"write": each.term, "title": each.title, "instead_of": [form for term, form in wrong if term == each]}
        for each in list(dict.fromkeys(place.term for place in places))[:MOST_TERMS]
    ]
    return [json.dumps({key: value for key, value in each.items() if value}, ensure_ascii=False) for each in shown]


def _story(article: Article) -> Iterator[str]:
    if article.headline:
        yield f"Headline: {article.headline}"
    if article.standfirst:
        yield f"The paper's own standfirst, to know and not to copy: {article.standfirst}"
    if article.published_at:
        yield f"Published: {article.published_at}"
    yield "Text:"
    yield from article.paragraphs


def _rejected(revises: Rejected) -> str:
    draft = json.dumps(dict(revises.draft.texts), ensure_ascii=False, indent=1)
    refuted = [each for each in revises.verdicts if each.judgement in {"contradicted", "not_in_article"}]
    reasons = ["", "What a second reader says of them:", *map(_verdict, refuted)] if refuted else []
    return "\n".join([draft, "", "Findings:", *map(_finding, revises.findings), *reasons])


def _finding(finding: Finding) -> str:
    return " ".join(f'- {finding.field}, {finding.check}: "{finding.text}": {finding.detail}'.split())


def _verdict(verdict: Verdict) -> str:
    quote = verdict.quote if verdict.is_proven else None
    says = {"reason": verdict.reason, "the article says": verdict.article_says or None, "in these words": quote}
    told = "; ".join(f"{name}: {words}" for name, words in says.items() if words)
    return " ".join(f"- {verdict.field}, sentence {verdict.sentence + 1}: {told}".split())
