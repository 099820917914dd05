"""How fast the extractive writer is, against sumy's LexRank on the same articles."""

import mimetypes
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from articles import samples
from extractive import lex_rank, our_summary
from measurement import Row, median, ratio

from standfirst.domain.article import Document
from standfirst.reading.document import read_document
from standfirst.safety.prompt_injection import is_order

ROUNDS = 20
_SENTENCES = 2


def rows() -> Iterator[Row]:
    """The ratio of the medians of rounds that alternate; a round is every bundled article in English once."""
    texts = list(_english_texts())
    for summarize in (our_summary, _lex_rank):
        _milliseconds(summarize, texts)
    pairs = [(_milliseconds(our_summary, texts), _milliseconds(_lex_rank, texts)) for _ in range(ROUNDS)]
    ours, theirs = (median([pair[side] for pair in pairs]) for side in (0, 1))
    detail = f"CPU for {len(texts)} samples, {ROUNDS} pairs: {ours:.0f} ms, LexRank {theirs:.0f} ms"
    yield Row("extractive writer / sumy LexRank", ratio(pairs), "x", 1, "sumy LexRank", detail)


def _english_texts() -> Iterator[str]:
    for path in samples():
        yield from (article.text for article in read_document(_document(path)) if article.language.startswith("en"))


def _document(path: Path) -> Document:
    return Document(path.name, path.read_bytes(), mimetypes.guess_type(path.name)[0])


def _lex_rank(text: str) -> str:
    return lex_rank(text, _SENTENCES)


def _milliseconds(summarize: Callable[[str], str], texts: Sequence[str]) -> float:
    start = time.process_time()
    is_order.cache_clear()
    for text in texts:
        summarize(text)
    return (time.process_time() - start) * 1000
