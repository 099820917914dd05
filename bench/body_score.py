"""Real news pages with the body that people marked in them, and how well a body that was found agrees with it.

A folder holds ``html.jsonl``, a line per page: ``{"id", "html", "gold"}``, where ``html`` names a gzipped page in the
folder and ``gold`` is its body. The measure is that of scrapinghub/article-extraction-benchmark (``evaluate.py``):
tokens of word characters, multisets of 4-token shingles; precision and recall are averaged over the pages, and F1 is
made of the averages.
"""

import gzip
import json
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of a page and the body that people marked in it."""

    id: str
    content: bytes
    gold: str


def load(folder: Path) -> list[Page]:
    """Returns the pages of ``folder``."""
    rows = [json.loads(line) for line in (folder / "html.jsonl").read_text("utf-8").splitlines()]
    return [Page(row["id"], gzip.decompress((folder / row["html"]).read_bytes()), row["gold"]) for row in rows]


def score(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Returns precision and recall of (gold, found) pairs, averaged over those with anything to be right about."""
    counted = [(shingles(gold), shingles(found)) for gold, found in pairs]
    precisions = [(gold & found).total() / found.total() for gold, found in counted if found]
    recalls = [(gold & found).total() / gold.total() for gold, found in counted if gold]
    return statistics.mean(precisions), statistics.mean(recalls)


def f1_of(precision: float, recall: float) -> float:
    """Returns the harmonic mean of the two."""
    return 2 * precision * recall / (precision + recall)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Returns the runs of four tokens; a text of fewer is one run."""
    tokens = re.findall(r"\w+", text)
    runs = (tuple(tokens[at : at + SHINGLE]) for at in range(max(1, len(tokens) - SHINGLE + 1)))
    return Counter(run for run in runs if run)
