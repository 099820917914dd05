"""Labelled summaries: a JSON object per line, ``{"article", "summary", "consistent"}``, the last 1 or 0.

``spans`` may have the places that people marked as wrong: ``[{"text": …}, …]``. By a hash of the article a file has two
parts: look at ``seen`` (two thirds) while you change the checks, and at ``unseen`` once you have decided.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from standfirst.domain.article import Article, Language

PARTS = ("seen", "unseen")
HELD_BACK = 3
"""Of so many articles one is ``unseen``."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A summary, whether people found it wrong, and the places (characters) that they marked."""

    article: Article
    text: str
    is_wrong: bool
    marked: tuple[tuple[int, int], ...]
    part: str


def labelled(path: Path) -> list[Labelled]:
    """Returns the summaries of a file, article by article: what is known of one is kept for its next summary.

    Raises ``OSError``, ``ValueError``, ``KeyError`` or ``TypeError`` for a file that has none.
    """
    return sorted(_rows(path), key=lambda each: each.article.text)


def _rows(path: Path) -> Iterator[Labelled]:
    with path.open(encoding="utf-8") as lines:
        for row in (json.loads(line) for line in lines if line.strip()):
            article, summary = row["article"], row["summary"]
            marks = [each["text"] for each in row.get("spans") or () if each["text"] in summary]
            yield Labelled(
                Article(tuple(filter(str.strip, article.split("\n\n"))), Language("en"), format="text"),
                summary,
                is_wrong=not row["consistent"],
                marked=tuple((summary.index(mark), summary.index(mark) + len(mark)) for mark in marks),
                part=PARTS[int.from_bytes(hashlib.sha256(article.encode()).digest(), "big") % HELD_BACK == 0],
            )
