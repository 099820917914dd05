"""The questions of an interview: short lines like crossheads, which an answer makes no sense without."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from standfirst.reading.boilerplate.blocks import ClassifiedBlock
from standfirst.reading.boilerplate.classify import Kind

_QUESTION = re.compile(r"[?？؟][\"'”’»）)]{0,2}$")
_LONGEST = 60
"""Words; a longer paragraph that ends in a question is a paragraph."""

_LEAST = 3
_MANY = 5
_FEW = 2

# Words that speak to somebody, or of oneself, in the thirteen languages of the lexicon; verbs do so in some of them.
_ADDRESSED = re.compile(
    r"\b(?:you|your|sie|ihr|ihre|ihnen|du|dir|dich|vous|votre|vos|tu|usted|ustedes|tú|lei|voi|você|vocês|jij|je|u|uw|"
    r"ni|dig|sinä|teidän|pan|pani|pana|вы|вас|вам|ваш|ви|siz|sizin|\w{2,20}(?:[ıiuü]n[ıiuü]z|ttek[oö]|tk[oö]))\b",
    re.IGNORECASE,
)
_OF_ONESELF = re.compile(
    r"\b(?:(?-i:I)|my|we|our|ich|mich|mir|mein\w{0,2}|wir|uns|je|moi|mon|mes|nous|notre|yo|mi|mis|nos|nosotros|io|mio|mia|miei|"
    r"noi|eu|meu|minha|nós|ik|mijn|mij|wij|jag|mig|mitt|vi|mnie|mój|moja|moje|minä|minun|minua|ben|beni|benim|biz|"
    r"я|мне|меня|мой|моя|мы|мені|мене|мій|ми)\b|\b[Jj]['’]",
    re.IGNORECASE,
)
_QUOTED = re.compile('["“”„«»]')
# "Q: …", "Frage: …", or the paper's name before each question.
_LABEL = re.compile(r"([^\W\d_][\w.]{0,20}(?: [^\W\d_][\w.]{0,20}){0,2}):\s")


def with_questions(blocks: Sequence[ClassifiedBlock], *, has_headline: bool) -> list[ClassifiedBlock]:
    """Returns ``blocks``, with the short questions of an interview as prose; all others are crossheads and stay so.

    In an interview some of several questions are long or have a label, or they speak to somebody, who answers of
    himself; those of an explainer are short ones about the news. ``has_headline`` says that the first line of all is no
    headline.
    """
    first = 0 if has_headline else next((at for at, block in enumerate(blocks) if _is_text(block)), 0) + 1
    asked = [first + at for at, pair in enumerate(pairwise(blocks[first:])) if _is_asked(*pair)]
    if not _is_interview([(blocks[at], blocks[at + 1]) for at in asked]):
        return list(blocks)
    questions = frozenset(asked)
    return [replace(block, kind=Kind.PROSE) if at in questions else block for at, block in enumerate(blocks)]


def is_question(text: str) -> bool:
    """Returns whether ``text`` ends with a question mark."""
    return bool(_QUESTION.search(text[-4:]))


def _is_text(block: ClassifiedBlock) -> bool:
    return block.is_prose or block.kind is Kind.TITLE


def _is_asked(block: ClassifiedBlock, following: ClassifiedBlock) -> bool:
    """Returns whether ``block`` is a question, and what follows an answer."""
    is_asked = _is_text(block) and block.words <= _LONGEST and is_question(block.text)
    return is_asked and following.is_prose and not is_question(following.text)


def _is_interview(pairs: Sequence[tuple[ClassifiedBlock, ClassifiedBlock]]) -> bool:
    """Returns whether ``pairs`` are questions and answers of two people."""
    if len(pairs) < _LEAST:
        return False
    questions = [question for question, _ in pairs]
    labels = [found[1] for block in questions if (found := _LABEL.match(block.text))]
    return (
        len(questions) >= _MANY
        or any(block.is_prose for block in questions)
        or len(labels) - len(set(labels)) >= 1
        or sum(_is_spoken(*pair) for pair in pairs) >= _FEW
    )


def _is_spoken(question: ClassifiedBlock, answer: ClassifiedBlock) -> bool:
    """Returns whether one of them speaks to the other; whom the news quotes speaks of himself, too."""
    speaks = not _QUOTED.search(answer.text) and bool(_OF_ONESELF.search(answer.text))
    return speaks or bool(_ADDRESSED.search(question.text))
