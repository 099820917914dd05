"""The story of an article that is sent put together, with everything it needs in a deployment."""

import time
from collections.abc import Callable

from standfirst.adapters.aws.article_bucket import S3Articles
from standfirst.adapters.aws.summary_table import DynamoDbSummaries
from standfirst.adapters.clock import SystemClock
from standfirst.reading.document import read_document
from standfirst.use_cases.summarize_request import SummarizeOnRequest
from standfirst.wiring.generation import write_summary_from
from standfirst.wiring.settings import SummarizeOnRequestSettings
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
