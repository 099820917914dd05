"""The story of an article in sentences: taken apart once, for the writer and for the checks."""

from functools import lru_cache
from typing import NamedTuple

from standfirst.domain.article import Article, LeftOut
from standfirst.safety.prompt_injection import sentences_left_out, without_instructions
from standfirst.text.other_languages import is_in_other_language
from standfirst.text.sentences import split_sentences


class Paragraph(NamedTuple):
    """``place`` is its index in the article."""

    place: int
    text: str
    sentences: tuple[str, ...]


def is_foreign(sentence: str, article: Article) -> bool:
    """Returns whether ``sentence`` is in another language than ``article``, quotations, names and titles apart."""
    return is_in_other_language(sentence, text_of(article), article.language)


@lru_cache(maxsize=8)
def text_of(article: Article) -> str:
    """Returns the headline and the paragraphs, orders to a machine too."""
    return "\n".join((article.headline or "", *article.paragraphs))


@lru_cache(maxsize=8)
def story_of(article: Article) -> tuple[Paragraph, ...]:
    """The paragraphs of the body, without orders to a machine: see ``prompt_injection.py``."""
    told = text_of(article)  # once: it takes as long as the article to find it

    def is_strange(sentence: str) -> bool:
        return is_in_other_language(sentence.strip(), told, article.language)

    return tuple(
        Paragraph(place, text, tuple(split_sentences(text, article.language)))
        for place, text in without_instructions(article.paragraphs, is_strange)
    )


def left_out_of(article: Article) -> tuple[LeftOut, ...]:
    """Returns what ``story_of`` leaves out of the paragraphs, in their order."""
    kept = {paragraph.place: paragraph.text for paragraph in story_of(article)}
    return tuple(
        LeftOut(place, text)
        for place, paragraph in enumerate(article.paragraphs)
        for text in sentences_left_out(paragraph, kept.get(place, ""))
    )
