"""What one article costs in CPU: fetched, read, written, checked and saved by the real adapters.

And what it costs that the work on it is done in a process of its own.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from articles import FIVE_KILOBYTES, article_of, put
from emulator import Storage
from measurement import CannotMeasure, Row

from standfirst.adapters.aws.article_bucket import S3ArticleBucket
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.clock import SystemClock
from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.domain.article import ArticleId, Document, Upload
from standfirst.domain.deadline import Deadline
from standfirst.reading.document import read_document
from standfirst.use_cases.generate_summary import Attempt, GenerateSummary
from standfirst.use_cases.summarize_upload import Outcome, SummarizeUpload
from standfirst.wiring import article_work
from standfirst.wiring.bounded import process
from standfirst.writing.extractive.writer import ExtractiveWriter
from standfirst.writing.house_style import load_styles

ARTICLES = 60
WARMING_UP = 5

_STEPS = ("read_document", "write_extract", "check_draft", "find_evidence")
_STYLE = load_styles(None).for_article(ArticleId("bench"), None)


def rows(storage: Storage) -> Iterator[Row]:
    """The median over articles that differ a little in every paragraph, so that none is known, with all loaded."""
    content = article_of(FIVE_KILOBYTES)
    uploads = [
        put(storage.bucket, f"own-work/{number}.txt", content.replace(b".\n\n", b", day %d.\n\n" % number))
        for number in range(WARMING_UP + ARTICLES)
    ]
    summarize_article = summarize_article_in(storage)
    times = [_milliseconds(summarize_article, upload) for upload in uploads][WARMING_UP:]
    detail = f"median of {ARTICLES} articles of {len(content):,} bytes: {min(times):.1f} to {max(times):.1f} ms"
    yield Row("CPU of own work per article", statistics.median(times), "ms", 15, detail=detail)


def bounded_rows() -> Iterator[Row]:
    """The difference of the medians of the same work, in turns in the bounded process and in this one."""
    content = article_of(FIVE_KILOBYTES)
    here = {step: getattr(article_work, step) for step in _STEPS}
    bounded = {step: process.function(article_work.__name__, step) for step in _STEPS}
    cpu_of_bounded = process.function("time", "process_time")
    inside, outside = [], []
    for number in range(WARMING_UP + ARTICLES):
        # Told apart, so that neither process knows a sentence yet.
        told = content.replace(b".\n\n", b", day %d.\n\n" % number)
        start = time.process_time()
        _work_on(told, here)
        inside.append((time.process_time() - start) * 1000)
        start = time.process_time() + cpu_of_bounded()
        _work_on(told, bounded)
        outside.append((time.process_time() + cpu_of_bounded() - start) * 1000)
    process.close()
    within, without = (statistics.median(times[WARMING_UP:]) for times in (outside, inside))
    detail = f"median of {ARTICLES} articles, of both processes: {within:.1f} ms, in one process {without:.1f} ms"
    yield Row("CPU that the bounded process adds per article", within - without, "ms", 5, detail=detail)


def _work_on(content: bytes, steps: Mapping[str, Callable[..., Any]]) -> None:
    [article] = steps["read_document"](Document("ferry.txt", content))
    draft = steps["write_extract"](article, _STYLE)
    steps["check_draft"](article, draft, _STYLE)
    steps["find_evidence"](article, draft)


def summarize_article_in(storage: Storage) -> SummarizeUpload:
    """Returns what summarises uploads, as ``functions/summarize_uploads`` puts it together."""
    return SummarizeUpload(
        articles=S3ArticleBucket(),
        summaries=DynamoDbSummaryTable(storage.table),
        read=read_document,
        choose_style=load_styles(None).for_article,
        generate=GenerateSummary(ExtractiveWriter(), check_draft, find_evidence),
        clock=SystemClock(),
        by="bench",
    )


def _milliseconds(summarize_article: SummarizeUpload, upload: Upload) -> float:
    start = time.process_time()
    [answer] = summarize_article(upload, Attempt(Deadline.after(60), is_last=True))
    taken = time.process_time() - start
    if answer.outcome not in {Outcome.GENERATED, Outcome.NEEDS_REVIEW}:
        raise CannotMeasure(f"{upload.key} came to {answer}.")
    return taken * 1000
