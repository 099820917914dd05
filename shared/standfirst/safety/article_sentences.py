"""The story of an article in sentences: taken apart once, for the writer and for the checks."""

from functools import lru_cache
from typing import NamedTuple

from standfirst.domain.article import Article
from standfirst.safety.prompt_injection import without_instructions
from standfirst.text.sentences import split_sentences


class Paragraph(NamedTuple):
    """``place`` is its index in the article."""

    place: int
    text: str
    sentences: tuple[str, ...]


@lru_cache(maxsize=8)
def story_of(article: Article) -> tuple[Paragraph, ...]:
    """The paragraphs of the body, without orders to a machine: see ``instructions.py``."""
    return tuple(
        Paragraph(place, text, tuple(split_sentences(text, article.language)))
        for place, text in without_instructions(article.paragraphs)
    )
