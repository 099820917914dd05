"""Builds ``HandleMessage`` for ``functions/summarize_uploads``."""

import random
from collections.abc import Callable
from functools import partial

from standfirst.adapters.aws.article_bucket import S3ArticleBucket
from standfirst.adapters.aws.messages import read_message
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.aws.upload_queue import SqsUploadQueue
from standfirst.adapters.clock import SystemClock
from standfirst.use_cases.handle_message import HandleMessage
from standfirst.use_cases.summarize_upload import SummarizeUpload
from standfirst.wiring.bounded import process, read_document
from standfirst.wiring.generation import generate_summary_from
from standfirst.wiring.known_values import styles_of
from standfirst.wiring.settings import SummarizeUploadsSettings


def handle_message_from(settings: SummarizeUploadsSettings, on_breaker_open: Callable[[str], None]) -> HandleMessage:
    """Returns one for all threads of a process; ``on_breaker_open`` is called with the name of a circuit that opens.

    Raises ``SettingsError`` for invalid styles or prices.
    """
    process.start()
    summarize = SummarizeUpload(
        articles=S3ArticleBucket(),
        summaries=DynamoDbSummaryTable(settings.summaries_table, revisions_kept=settings.revisions_kept),
        read=read_document,
        choose_style=styles_of(settings.house_styles).for_article,
        generate=generate_summary_from(settings, on_breaker_open),
        clock=SystemClock(),
        by="summarize_uploads",
    )
    return HandleMessage(
        read=partial(read_message, prefix=settings.articles_prefix),
        summarize=summarize,
        queue=SqsUploadQueue(settings.uploads_queue_url, settings.dead_letter_queue_url),
        max_receives=settings.max_receives,
        draw=random.random,
    )
