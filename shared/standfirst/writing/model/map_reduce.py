"""Long articles: read part by part, each part condensed to notes, and the notes told as the article they came from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from standfirst.domain.article import Article
from standfirst.domain.errors import ModelOutputInvalid
from standfirst.writing.model.chunking import coverage, split_text
from standfirst.writing.model.prompt import Prompt, notes_prompt
from standfirst.writing.model.tokens import estimate_tokens

MOST_ROUNDS = 3
"""So often notes that are still too long are condensed again; notes a fifth as long need one round for most."""

Condense = Callable[[Sequence[Prompt]], Sequence[Sequence[str]]]
"""Answers each request for notes, in order."""


@dataclass(frozen=True, slots=True)
class Readable:
    """An article as it fits into one request, and in how many parts it was read how much (percent) of its text."""

    article: Article
    parts: int = 1
    coverage: int = 100


def fits(article: Article, budget: int) -> bool:
    """Whether the text of ``article`` has at most ``budget`` tokens, as far as can be estimated."""
    return estimate_tokens(article.text) <= budget


def within(budget: int, article: Article, condense: Condense) -> Readable:
    """``article`` itself if it has at most ``budget`` tokens, else with the notes on all of its parts for paragraphs.

    Raises ``ModelOutputInvalid`` when there are no notes, or too many after ``MOST_ROUNDS``.
    """
    if fits(article, budget):
        return Readable(article)
    parts = split_text(article.text, article.language, budget)
    read = Readable(_noted(article, parts, condense), len(parts), coverage(parts, article.text))
    for _ in range(MOST_ROUNDS - 1):
        if fits(read.article, budget):
            return read
        again = split_text(read.article.text, article.language, budget)
        read = replace(read, article=_noted(article, again, condense))
    if not fits(read.article, budget):
        raise ModelOutputInvalid("The model's notes on a long article stay as long as the article.")
    return read


def _noted(article: Article, parts: Sequence[str], condense: Condense) -> Article:
    prompts = [notes_prompt(article, part, number, len(parts)) for number, part in enumerate(parts, start=1)]
    notes = tuple(note for notes in condense(prompts) for note in notes)
    if not notes:
        raise ModelOutputInvalid("The model took no notes on a long article.")
    return replace(article, paragraphs=notes)
