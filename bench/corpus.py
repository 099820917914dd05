"""Articles in English of any size, of which none tells a sentence of another: nothing is known of them beforehand.

They are put together from the articles that the checks are tested with, which are written for this project.
"""

import json
from collections.abc import Iterator
from functools import cache

from project import HERE

KILOBYTE = 1_000
ARTICLES = HERE / "tests" / "checking"


def articles(size: int) -> Iterator[list[str]]:
    """Yields the paragraphs of articles of about ``size`` characters, until the text is used up, and then one more."""
    article: list[str] = []
    left = size
    for paragraph in _paragraphs():
        article.append(paragraph)
        left -= len(paragraph) + 2
        if left <= 0:
            yield article
            article, left = [], size
    if article:
        yield _filled(article, left)


def _filled(article: list[str], left: int) -> list[str]:
    """Returns ``article`` with paragraphs told again, numbered, until nothing is ``left``."""
    for number, paragraph in enumerate(_paragraphs()):
        if left <= 0:
            break
        article.append(f"{number}. {paragraph}")
        left -= len(article[-1]) + 2
    return article


@cache
def _paragraphs() -> tuple[str, ...]:
    told = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(ARTICLES.glob("*/*.json")))
    paragraphs = (paragraph for each in told for paragraph in each["article"]["paragraphs"])
    return tuple(dict.fromkeys(paragraphs))
