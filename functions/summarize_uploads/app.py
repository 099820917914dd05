"""Summarises uploads: S3 events from the queue, ten at a time, or single ones from `sam local invoke`."""

from standfirst.wiring import cold_start, early_start  # noqa: F401 # isort: skip  (before all others)

import asyncio
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from aws_lambda_powertools import Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import AsyncBatchProcessor, EventType, async_process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.domain.deadline import Deadline
from standfirst.domain.errors import LeftToQueue, ModelError, TransientError
from standfirst.domain.ports import Message
from standfirst.use_cases.apply_version import Result
from standfirst.use_cases.handle_message import HandleMessage
from standfirst.use_cases.measure_result import measures_of
from standfirst.wiring.function_logger import function_logger
from standfirst.wiring.function_metrics import FunctionMetrics
from standfirst.wiring.known_values import known_in_texts
from standfirst.wiring.settings import SummarizeUploadsSettings
from standfirst.wiring.upload_worker import handle_message_from

cold_start.imported()

logger, metrics, tracer = function_logger(), Metrics(), Tracer()
measured = FunctionMetrics(metrics)
processor = AsyncBatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)

LOGGED = ("article_id", "outcome", "reason", "degraded", "trouble", "second_reading")
"""What the log has of each result."""

LAST_SECONDS = 2.0
"""Reserved at the end of an invocation to report which messages are done."""


@cache
def settings() -> SummarizeUploadsSettings:
    """Returns the settings; read once per execution environment."""
    return SummarizeUploadsSettings.from_environment(os.environ)


@cache
def handle_message() -> HandleMessage:
    """Returns the use case; built once per execution environment and shared by its threads."""
    with cold_start.building():
        return handle_message_from(settings(), on_breaker_open)


@cache
def threads() -> ThreadPoolExecutor:
    """Returns the thread pool: two for each record, because those of the last batch may still be running."""
    return ThreadPoolExecutor(20, thread_name_prefix="upload")


def on_breaker_open(circuit: str) -> None:
    """Counts and logs that the circuit breaker has opened."""
    metrics.add_metric(name="model_breaker_opened", unit=MetricUnit.Count, value=1)
    logger.error("The breaker has opened", circuit=circuit)


async def handle_record(record: SQSRecord, lambda_context: LambdaContext) -> None:
    """Handles one message in a thread of its own; after an exception only this message is redelivered."""
    received = int(record.attributes.get("ApproximateReceiveCount") or 1)
    message, deadline = Message(record.body, received, record.receipt_handle), deadline_of(lambda_context)
    try:
        work = asyncio.get_running_loop().run_in_executor(threads(), handle_message(), message, deadline)
        report(await asyncio.wait_for(work, deadline.seconds_left - LAST_SECONDS))
    except LeftToQueue as left:
        is_foreseen = isinstance(left.__cause__, TransientError | ModelError)
        logger.warning("Left to the queue", article_id=left.article_id, trouble=str(left), exc_info=not is_foreseen)
        raise
    except Exception:
        # Powertools only counts it.
        logger.exception("Left to the queue", message_id=record.message_id)
        raise


def deadline_of(context: LambdaContext) -> Deadline:
    """Returns when Lambda ends the invocation."""
    return Deadline.after(context.get_remaining_time_in_millis() / 1000)


def report(results: Sequence[Result]) -> None:
    """Counts and logs the result for each article, and messages without an article."""
    for result in results:
        metrics.add_metric(name=result.outcome, unit=MetricUnit.Count, value=1)
        if result.degraded:
            metrics.add_metric(name=f"degraded_{result.degraded}", unit=MetricUnit.Count, value=1)
        if result.second_reading:
            metrics.add_metric(name=f"second_reading_{result.second_reading}", unit=MetricUnit.Count, value=1)
        measured.add(measures_of(result, known_in_texts(settings()), settings().asked_model))
        logger.info("Answered an upload", **{name: getattr(result, name) for name in LOGGED})
    if not results:
        metrics.add_metric(name="ignored", unit=MetricUnit.Count, value=1)
        logger.info("No article in this event")


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse | None:
    """Handles a batch from the queue, or a single S3 event, which is not redelivered."""
    if not any("messageId" in record for record in event.get("Records", ())):
        report(handle_message().handle_direct_invocation(json.dumps(event), deadline_of(context)))
        measured.flush()
        return None
    # A wrong setting fails the invocation here: an alarm goes off, and the messages stay in the queue.
    handle_message()
    response = async_process_partial_response(event, handle_record, processor, context)
    metrics.add_metric(name="redelivered", unit=MetricUnit.Count, value=len(response["batchItemFailures"]))
    measured.flush()
    return response
