"""The story of a message put together, with everything it needs in a deployment."""

import random
from collections.abc import Callable
from functools import partial

from standfirst.adapters.aws.article_bucket import S3Articles
from standfirst.adapters.aws.messages import read_message
from standfirst.adapters.aws.summary_table import DynamoDbSummaries
from standfirst.adapters.aws.upload_queue import SqsUploads
from standfirst.adapters.clock import SystemClock
from standfirst.reading.document import read_document
from standfirst.use_cases.handle_message import AnswerMessage
from standfirst.use_cases.summarize_upload import SummarizeArticle
from standfirst.wiring.generation import write_summary_from
from standfirst.wiring.settings import SummarizeUploadsSettings
from standfirst.writing.house_style import load_styles


def answer_message_from(settings: SummarizeUploadsSettings, tell_opened: Callable[[str], None]) -> AnswerMessage:
    """One for all threads of a process; ``tell_opened`` hears the name of a circuit of the model's that opens.

    Raises ``SettingsError`` for styles or prices that are none.
    """
    summarize = SummarizeArticle(
        articles=S3Articles(),
        summaries=DynamoDbSummaries(settings.summaries_table),
        read=read_document,
        choose_style=load_styles(settings.house_styles).for_article,
        write=write_summary_from(settings, tell_opened),
        clock=SystemClock(),
        by="summarize_uploads",
    )
    return AnswerMessage(
        read=partial(read_message, prefix=settings.articles_prefix),
        summarize=summarize,
        queue=SqsUploads(settings.uploads_queue_url, settings.dead_letter_queue_url),
        max_receives=settings.max_receives,
        draw=random.random,
    )
