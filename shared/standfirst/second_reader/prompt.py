"""What a second reader is told: how to judge, the sentences of a draft with the rules' questions, and the article."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from standfirst.domain.article import UNDETERMINED, Article
from standfirst.domain.errors import ModelOutputInvalid
from standfirst.domain.second_reading import SentenceToRead
from standfirst.model.prompt import Prompt, data_block
from standfirst.model.tokens import estimate_tokens
from standfirst.second_reader.answer import VERDICTS_SCHEMA

PROMPT_VERSION = "1"
"""Raised whenever a second reader would be told something else: drafts are then read anew."""


def reading_prompt(article: Article, sentences: Sequence[SentenceToRead], most_tokens: int) -> Prompt:
    """Asks for a verdict on each of ``sentences``.

    Of an article of more than ``most_tokens`` (estimated) whole paragraphs are shown, those first that the sentences
    were compared with. Raises ``ModelOutputInvalid`` if none fits: an answer would be paid for, and be of no use.
    """
    shown = _shown(article, sentences, most_tokens)
    if not shown:
        raise ModelOutputInvalid("No paragraph of the article is short enough to be shown to the second reader.")
    return Prompt(
        instructions=_instructions(),
        assignment=" ".join(_assignment(article, len(sentences), len(shown))),
        material="\n\n".join(
            [
                data_block("DRAFT", "\n".join(_draft_lines(sentences))),
                data_block("ARTICLE", "\n".join(_article_lines(article, shown))),
            ]
        ),
        answer="verdicts",
        schema=VERDICTS_SCHEMA,
        version=PROMPT_VERSION,
    )


@cache
def _instructions() -> str:
    return files("standfirst.second_reader").joinpath("instructions.md").read_text(encoding="utf-8").strip()


def _assignment(article: Article, sentences: int, shown: int) -> Iterator[str]:
    if article.language != UNDETERMINED:
        yield f"Language of the article: {article.language} (BCP 47)."
    yield f"Give {sentences} verdicts, one for each sentence from 1 to {sentences}."
    if shown < len(article.paragraphs):
        yield "The article is long: some paragraphs are left out, the numbers are those of the whole."
        yield "What could stand in a paragraph that is left out is opinion_or_unclear."


def _draft_lines(sentences: Sequence[SentenceToRead]) -> Iterator[str]:
    for number, sentence in enumerate(sentences, start=1):
        yield f"{number}. ({sentence.field}) {_one_line(sentence.text)}"
        for question in sentence.questions:
            yield f"   ? {_one_line(question)}"


def _article_lines(article: Article, shown: Sequence[int]) -> Iterator[str]:
    if outside := " | ".join(filter(None, (article.headline, article.standfirst))):
        yield f"[0] {_one_line(outside)}"
    for index in shown:
        yield f"[{index + 1}] {_one_line(article.paragraphs[index])}"


def _one_line(text: str) -> str:
    """Returns ``text`` without line breaks: a number that begins a line is ours."""
    return " ".join(text.split())


def _shown(article: Article, sentences: Sequence[SentenceToRead], most_tokens: int) -> list[int]:
    """Returns the indexes of the paragraphs that fit, in order."""
    if estimate_tokens(article.text) <= most_tokens:
        return list(range(len(article.paragraphs)))
    compared = dict.fromkeys(index for sentence in sentences for index in sentence.paragraphs)
    beside = (index + step for index in compared for step in (-1, 1))
    shown, left = set[int](), most_tokens
    for index in (*compared, *beside, *range(len(article.paragraphs))):
        if 0 <= index < len(article.paragraphs) and index not in shown:
            tokens = estimate_tokens(article.paragraphs[index])
            if tokens <= left:
                shown.add(index)
                left -= tokens
    return sorted(shown)
