"""Summarises what is uploaded: S3 events from the queue, or bare ones from `sam local invoke`."""

import os
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.adapters.dynamodb_summaries import DynamoDbSummaries
from standfirst.adapters.s3_articles import S3Articles
from standfirst.adapters.s3_events import uploads_in
from standfirst.adapters.system_clock import SystemClock
from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.domain.article import Upload
from standfirst.domain.errors import TransientError
from standfirst.model_writer import summarizer_from
from standfirst.reading.document import read_document
from standfirst.settings import SummarizeUploadsSettings
from standfirst.summarize_article import Answer, SummarizeArticle
from standfirst.write_summary import Attempt, WriteSummary
from standfirst.writing.extractive import ExtractiveWriter
from standfirst.writing.house_style import load_styles

logger, metrics, tracer = Logger(), Metrics(), Tracer()
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@cache
def settings() -> SummarizeUploadsSettings:
    """Read once per execution environment."""
    return SummarizeUploadsSettings.from_environment(os.environ)


@cache
def summarize_article() -> SummarizeArticle:
    """The story, with its collaborators; made once per execution environment."""
    return SummarizeArticle(
        articles=S3Articles(),
        summaries=DynamoDbSummaries(settings().summaries_table),
        read=read_document,
        choose_style=load_styles(settings().house_styles).for_article,
        write=WriteSummary(ExtractiveWriter(), check_draft, find_evidence, summarizer_from(settings())),
        clock=SystemClock(),
        by="summarize_uploads",
    )


@tracer.capture_method(capture_response=False)
def summarize_uploads_in(event: object, attempt: Attempt) -> None:
    """Answer each upload that ``event`` tells of; an event that tells of none is acknowledged."""
    uploads = uploads_in(event, settings().articles_prefix)
    if not uploads:
        metrics.add_metric(name="ignored", unit=MetricUnit.Count, value=1)
        logger.info("No article in this event", ignored=event)
    for upload in uploads:
        with logger.append_context_keys(article_id=upload.article_id, sequencer=upload.sequencer):
            answers = answers_to(upload, attempt)
        for answer in answers:
            metrics.add_metric(name=answer.outcome, unit=MetricUnit.Count, value=1)
            if answer.degraded:
                metrics.add_metric(name=f"degraded_{answer.degraded}", unit=MetricUnit.Count, value=1)
            logger.info("Answered an upload", **asdict(answer))


def answers_to(upload: Upload, attempt: Attempt) -> Sequence[Answer]:
    """What the story says; what it raises is logged here, because Powertools only counts it."""
    try:
        return summarize_article()(upload, attempt)
    except Exception as error:
        logger.warning("Left to the queue", trouble=str(error), exc_info=not isinstance(error, TransientError))
        raise


def handle_record(record: SQSRecord, lambda_context: LambdaContext) -> None:
    """Answer one message; whatever is raised here delivers this message again, and no other."""
    received = int(record.attributes.get("ApproximateReceiveCount") or 1)
    summarize_uploads_in(record.json_body, _attempt(lambda_context, is_last=received >= settings().max_receives))


def _attempt(context: LambdaContext, *, is_last: bool) -> Attempt:
    return Attempt(lambda: context.get_remaining_time_in_millis() / 1000, is_last)


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse | None:
    """A batch from the queue, or a bare S3 event."""
    if any("messageId" in record for record in event.get("Records", ())):
        answer = process_partial_response(event, handle_record, processor, context)
        metrics.add_metric(name="redelivered", unit=MetricUnit.Count, value=len(answer["batchItemFailures"]))
        return answer
    return summarize_uploads_in(event, _attempt(context, is_last=True))
