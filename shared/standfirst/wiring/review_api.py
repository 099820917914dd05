"""The stories of an editor put together, with everything they need in a deployment."""

import uuid

from standfirst.adapters.aws.article_bucket import S3Articles
from standfirst.adapters.aws.messages import write_regeneration
from standfirst.adapters.aws.summary_table import DynamoDbSummaries
from standfirst.adapters.aws.upload_queue import SqsUploads
from standfirst.adapters.clock import SystemClock
from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.reading.document import read_document
from standfirst.use_cases.get_summaries import FindSummaries
from standfirst.use_cases.request_regeneration import RequestRegeneration
from standfirst.use_cases.review_summary import CheckWords, ReviewSummary
from standfirst.wiring.settings import ReviewSummariesSettings
from standfirst.writing.house_style import load_styles


def review_summary_from(settings: ReviewSummariesSettings) -> ReviewSummary:
    """One for a process; raises ``SettingsError`` for styles that are none."""
    check = CheckWords(
        articles=S3Articles(),
        read=read_document,
        choose_style=load_styles(settings.house_styles).for_article,
        check=check_draft,
        find_evidence=find_evidence,
        prefix=settings.articles_prefix,
    )
    return ReviewSummary(DynamoDbSummaries(settings.summaries_table), check, SystemClock())


def request_regeneration_from(settings: ReviewSummariesSettings) -> RequestRegeneration:
    """One for a process."""
    return RequestRegeneration(
        find=FindSummaries(DynamoDbSummaries(settings.summaries_table), SystemClock()),
        queue=SqsUploads(settings.uploads_queue_url),
        write_message=write_regeneration,
        new_wish=lambda: str(uuid.uuid4()),
        prefix=settings.articles_prefix,
    )
