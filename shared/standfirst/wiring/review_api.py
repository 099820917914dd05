"""Builds the use cases of ``functions/review_summaries``, each when it is first asked for."""

import uuid
from collections.abc import Callable
from functools import cached_property

from standfirst.adapters.aws.article_bucket import S3ArticleBucket
from standfirst.adapters.aws.idempotency import DynamoDbGenerationCache
from standfirst.adapters.aws.messages import write_regeneration
from standfirst.adapters.aws.reviews_table import DynamoDbReviewsTable
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.aws.upload_queue import SqsUploadQueue
from standfirst.adapters.clock import SystemClock
from standfirst.domain.review_record import ReviewRecord
from standfirst.use_cases.check_texts import CheckTexts
from standfirst.use_cases.erase_summary import EraseSummary
from standfirst.use_cases.get_article import FindArticle, GetArticle
from standfirst.use_cases.get_summaries import GetSummaries
from standfirst.use_cases.read_version import ReadVersion
from standfirst.use_cases.request_regeneration import RequestRegeneration
from standfirst.use_cases.review_summary import CheckWords, ReviewSummary
from standfirst.wiring.bounded import (
    check_draft,
    count_texts,
    detect_language,
    find_evidence,
    find_left_out,
    process,
    read_document,
)
from standfirst.wiring.settings import ReviewSummariesSettings
from standfirst.writing.house_style import StyleBook, load_styles


class ReviewUseCases:
    """The use cases of one process: what one of them has read of an article, the others need not read again."""

    def __init__(self, settings: ReviewSummariesSettings, on_review: Callable[[ReviewRecord], None]) -> None:
        """Takes the settings, and what is called with each decision; nothing is built yet."""
        self._settings = settings
        self._on_review = on_review

    @cached_property
    def review_summary(self) -> ReviewSummary:
        """Returns the use case; raises ``SettingsError`` for invalid styles."""
        check = CheckWords(self._read_version, self._styles.for_article, check_draft, find_evidence)
        reviews = DynamoDbReviewsTable(self._settings.reviews_table)
        kept = self._settings.revisions_kept
        summaries = DynamoDbSummaryTable(self._settings.summaries_table, reviews.put_of, kept)
        return ReviewSummary(summaries, check, SystemClock(), self._on_review)

    @cached_property
    def get_article(self) -> GetArticle:
        """Returns the use case."""
        return GetArticle(self._find_article, find_left_out)

    @cached_property
    def check_texts(self) -> CheckTexts:
        """Returns the use case; raises ``SettingsError`` for invalid styles."""
        return CheckTexts(
            find_article=self._find_article,
            choose_style=self._styles.for_article,
            detect_language=detect_language,
            check=check_draft,
            find_evidence=find_evidence,
            count=count_texts,
        )

    @cached_property
    def request_regeneration(self) -> RequestRegeneration:
        """Returns the use case."""
        return RequestRegeneration(
            find=GetSummaries(self._summaries, SystemClock()),
            queue=SqsUploadQueue(self._settings.uploads_queue_url),
            write_message=write_regeneration,
            new_request_id=lambda: str(uuid.uuid4()),
            prefix=self._settings.articles_prefix,
        )

    @cached_property
    def erase_summary(self) -> EraseSummary:
        """Returns the use case."""
        return EraseSummary(
            summaries=self._summaries,
            reviews=DynamoDbReviewsTable(self._settings.reviews_table),
            articles=self._articles,
            generations=DynamoDbGenerationCache(self._settings.generations_table),
            read=read_document,
            clock=SystemClock(),
            prefix=self._settings.articles_prefix,
        )

    @cached_property
    def _summaries(self) -> DynamoDbSummaryTable:
        return DynamoDbSummaryTable(self._settings.summaries_table)

    @cached_property
    def _articles(self) -> S3ArticleBucket:
        return S3ArticleBucket()

    @cached_property
    def _styles(self) -> StyleBook:
        return load_styles(self._settings.house_styles)

    @cached_property
    def _find_article(self) -> FindArticle:
        return FindArticle(self._summaries, self._read_version)

    @cached_property
    def _read_version(self) -> ReadVersion:
        process.start()
        return ReadVersion(self._articles, read_document, self._settings.articles_prefix)
