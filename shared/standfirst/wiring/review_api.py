"""Builds ``ReviewSummary``, ``RequestRegeneration`` and ``EraseSummary`` for ``functions/review_summaries``."""

import uuid

from standfirst.adapters.aws.article_bucket import S3ArticleBucket
from standfirst.adapters.aws.idempotency import DynamoDbGenerationCache
from standfirst.adapters.aws.messages import write_regeneration
from standfirst.adapters.aws.reviews_table import DynamoDbReviewsTable
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.aws.upload_queue import SqsUploadQueue
from standfirst.adapters.clock import SystemClock
from standfirst.use_cases.erase_summary import EraseSummary
from standfirst.use_cases.get_summaries import GetSummaries
from standfirst.use_cases.request_regeneration import RequestRegeneration
from standfirst.use_cases.review_summary import CheckWords, ReviewSummary
from standfirst.wiring.bounded import check_draft, find_evidence, process, read_document
from standfirst.wiring.settings import ReviewSummariesSettings
from standfirst.writing.house_style import load_styles


def review_summary_from(settings: ReviewSummariesSettings) -> ReviewSummary:
    """Returns one for a process; raises ``SettingsError`` for invalid styles."""
    process.start()
    check = CheckWords(
        articles=S3ArticleBucket(),
        read=read_document,
        choose_style=load_styles(settings.house_styles).for_article,
        check=check_draft,
        find_evidence=find_evidence,
        prefix=settings.articles_prefix,
    )
    reviews = DynamoDbReviewsTable(settings.reviews_table)
    summaries = DynamoDbSummaryTable(settings.summaries_table, put_of_review=reviews.put_of)
    return ReviewSummary(summaries, check, SystemClock())


def request_regeneration_from(settings: ReviewSummariesSettings) -> RequestRegeneration:
    """Returns one for a process."""
    return RequestRegeneration(
        find=GetSummaries(DynamoDbSummaryTable(settings.summaries_table), SystemClock()),
        queue=SqsUploadQueue(settings.uploads_queue_url),
        write_message=write_regeneration,
        new_request_id=lambda: str(uuid.uuid4()),
        prefix=settings.articles_prefix,
    )


def erase_summary_from(settings: ReviewSummariesSettings) -> EraseSummary:
    """Returns one for a process."""
    return EraseSummary(
        summaries=DynamoDbSummaryTable(settings.summaries_table),
        articles=S3ArticleBucket(),
        generations=DynamoDbGenerationCache(settings.generations_table),
        read=read_document,
        clock=SystemClock(),
        prefix=settings.articles_prefix,
    )
