"""The story of an article that is sent put together, with everything it needs in a deployment."""

import time
from collections.abc import Callable

from standfirst.adapters.dynamodb_summaries import DynamoDbSummaries
from standfirst.adapters.s3_articles import S3Articles
from standfirst.adapters.system_clock import SystemClock
from standfirst.article_story import write_summary_from
from standfirst.reading.document import read_document
from standfirst.settings import SummarizeOnRequestSettings
from standfirst.summarize_on_request import SummarizeOnRequest
from standfirst.writing.house_style import load_styles


def summarize_on_request_from(
    settings: SummarizeOnRequestSettings, tell_opened: Callable[[str], None]
) -> SummarizeOnRequest:
    """One for a process; ``tell_opened`` hears the name of a circuit of the model's that opens.

    Raises ``SettingsError`` for styles or prices that are none.
    """
    return SummarizeOnRequest(
        articles=S3Articles(),
        summaries=DynamoDbSummaries(settings.summaries_table),
        read=read_document,
        choose_style=load_styles(settings.house_styles).for_article,
        write=write_summary_from(settings, tell_opened),
        clock=SystemClock(),
        bucket=settings.articles_bucket,
        prefix=settings.articles_prefix,
        sleep=time.sleep,
    )
