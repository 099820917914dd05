"""The worker with a model: what it is given, what the model answers, and what is stored."""

import json
from typing import Any

import boto3

import model_server as play
from builders import STORY
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId
from standfirst.domain.record import Degraded, Record

KEY = "sk-stored-in-the-account"
STANDFIRST = (
    "Brackenford’s council voted on Tuesday to bring back the crossing, "
    "which stopped in 2019 when a flood washed its landing stage away."
)
SUMMARY = (
    "The town council of Brackenford voted on Tuesday to reopen the ferry across the Sele. It stopped in 2019, "
    "when a flood washed away its landing stage. Repairs will cost {} crowns, the council said, "
    "and are to be finished by June."
)
GOOD = play.draft(STANDFIRST, SUMMARY.format("240,000"), figures=play.Figures(1_400, 1_024, 0, 150))
WRONG = play.draft(STANDFIRST, SUMMARY.format("290,000"))
LAST = 5
"""MAX_RECEIVES."""


def put(bucket: str, *keys: str, text: str = STORY) -> None:
    """Drop the article under each key."""
    for key in keys:
        boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=text.encode())


def batch(bucket: str, *keys: str, received: int = 1, sequencer: str = "0A") -> dict[str, Any]:
    """SQS messages m0, m1, … about uploads, each handed out so many times."""
    return {
        "Records": [
            {
                "messageId": f"m{number}",
                "receiptHandle": f"r{number}",
                "eventSource": "aws:sqs",
                "attributes": {"ApproximateReceiveCount": str(received)},
                "body": json.dumps(_s3_event(bucket, key, sequencer)),
            }
            for number, key in enumerate(keys)
        ]
    }


def _s3_event(bucket: str, key: str, sequencer: str) -> dict[str, Any]:
    entry = {"key": key, "sequencer": sequencer}
    return {"Records": [{"eventSource": "aws:s3", "s3": {"bucket": {"name": bucket}, "object": entry}}]}


def failed(answer: dict[str, Any]) -> list[str]:
    """The messages that come again."""
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def stored(summaries: DynamoDbSummaryTable, key: str) -> Record:
    """The current record, which must be there."""
    found = summaries.current(ArticleId(key))
    assert found
    return found.record


def writer_of(record: Record) -> tuple[str, Degraded | None]:
    """Who wrote it, and why not who was asked to."""
    assert record.made_by
    return record.made_by.writer, record.made_by.degraded
