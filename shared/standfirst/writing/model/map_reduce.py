"""Long articles by map-reduce: the model takes notes on each part, and the notes replace the article's paragraphs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from standfirst.domain.article import Article
from standfirst.domain.errors import ModelOutputInvalid
from standfirst.model.prompt import Prompt
from standfirst.model.tokens import estimate_tokens
from standfirst.writing.model.chunking import coverage, split_text
from standfirst.writing.model.prompt import notes_prompt

MOST_ROUNDS = 3
"""Notes that are still too long are mapped again, so often; notes a fifth as long need one round for most."""

MapParts = Callable[[Sequence[Prompt]], Sequence[Sequence[str]]]
"""Returns the notes that each prompt asks for, in order."""


@dataclass(frozen=True, slots=True)
class Readable:
    """An article that fits into one request, in how many parts it was read, and how much (percent) of its text."""

    article: Article
    parts: int = 1
    coverage: int = 100


def fits(article: Article, budget: int) -> bool:
    """Returns whether the text of ``article`` has at most ``budget`` estimated tokens."""
    return estimate_tokens(article.text) <= budget


def within(budget: int, article: Article, map_parts: MapParts) -> Readable:
    """Returns ``article`` if it has at most ``budget`` tokens, else a copy whose paragraphs are the notes on its parts.

    Raises ``ModelOutputInvalid`` when there are no notes, or too many after ``MOST_ROUNDS``.
    """
    if fits(article, budget):
        return Readable(article)
    parts = split_text(article.text, article.language, budget)
    read = Readable(_reduced(article, parts, map_parts), len(parts), coverage(parts, article.text))
    for _ in range(MOST_ROUNDS - 1):
        if fits(read.article, budget):
            return read
        again = split_text(read.article.text, article.language, budget)
        read = replace(read, article=_reduced(article, again, map_parts))
    if not fits(read.article, budget):
        raise ModelOutputInvalid("The model's notes on a long article stay as long as the article.")
    return read


def _reduced(article: Article, parts: Sequence[str], map_parts: MapParts) -> Article:
    prompts = [notes_prompt(article, part, number, len(parts)) for number, part in enumerate(parts, start=1)]
    notes = tuple(note for notes in map_parts(prompts) for note in notes)
    if not notes:
        raise ModelOutputInvalid("The model took no notes on a long article.")
    return replace(article, paragraphs=notes)
