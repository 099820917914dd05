"""What one article costs in CPU: fetched, read, written, checked and saved by the real adapters."""

import statistics
import time
from collections.abc import Iterator

from articles import FIVE_KILOBYTES, article_of, put
from emulator import Storage
from measurement import CannotMeasure, Row

from standfirst.adapters.aws.article_bucket import S3ArticleBucket
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.clock import SystemClock
from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.domain.article import Upload
from standfirst.domain.deadline import Deadline
from standfirst.reading.document import read_document
from standfirst.use_cases.generate_summary import Attempt, GenerateSummary
from standfirst.use_cases.summarize_upload import Outcome, SummarizeUpload
from standfirst.writing.extractive.writer import ExtractiveWriter
from standfirst.writing.house_style import load_styles

ARTICLES = 60
WARMING_UP = 5


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
    yield Row("CPU of own work per article", statistics.median(times), 30, "ms", detail)


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
