"""Builds ``SummarizeRequest`` for ``functions/summarize_on_request``."""

import time
from collections.abc import Callable

from standfirst.adapters.aws.article_bucket import S3ArticleBucket
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.clock import SystemClock
from standfirst.use_cases.summarize_request import SummarizeRequest
from standfirst.wiring.bounded import process, read_document
from standfirst.wiring.generation import generate_summary_from
from standfirst.wiring.known_values import styles_of
from standfirst.wiring.settings import SummarizeOnRequestSettings


def summarize_request_from(
    settings: SummarizeOnRequestSettings, on_breaker_open: Callable[[str], None]
) -> SummarizeRequest:
    """Returns one for a process; ``on_breaker_open`` is called with the name of a circuit that opens.

    Raises ``SettingsError`` for invalid styles or prices.
    """
    process.start()
    return SummarizeRequest(
        articles=S3ArticleBucket(),
        summaries=DynamoDbSummaryTable(settings.summaries_table, revisions_kept=settings.revisions_kept),
        read=read_document,
        choose_style=styles_of(settings.house_styles).for_article,
        generate=generate_summary_from(settings, on_breaker_open),
        clock=SystemClock(),
        bucket=settings.articles_bucket,
        prefix=settings.articles_prefix,
        sleep=time.sleep,
    )
