"""What an article and a request ask AWS for, how much of it one after the other, and what that costs.

Counted while the real functions run, as the monthly bill is (bench/bill); a request counts as beside another if both
are under way at once, for 5 ms and what moto takes.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import boto3
from api_gateway import http_event
from articles import batch_of, put
from bill import prices
from bill.quantities import LATENCY_SECONDS, Quantities, Stack, stack
from corpus import KILOBYTE, articles
from emulator import Storage
from measurement import Row
from own_work import usual_work

from standfirst.domain.article import Upload

NEW = "new article"
ROUND_TRIPS = 3
USD = 0.03
"""For 1,000 articles without the model."""

A_PROCESSOR_MB = 1769
"""Of memory that a function gets a whole processor with (AWS Lambda developer guide, "Configure memory")."""

MEMORY_MB = 1024
QUEUE_REQUESTS = 3
"""Of the queue for a message that comes alone: S3 sends it, the poller receives and deletes it."""

PLATFORM_LOG_BYTES = 700

Event = Mapping[str, Any]


def rows(storage: Storage) -> Iterator[Row]:
    """Yields the calls and the round trips of each unit of work, and the price of 1,000 articles."""
    cpu_seconds = usual_work(storage).value / 1_000
    with stack() as measured:
        counted = dict(_counted(measured))
    for name, used in counted.items():
        yield _calls(name, used)
        budget = ROUND_TRIPS if name == NEW else None
        yield Row(f"round trips, {name}", used.round_trips, "round trips", budget)
    own = cpu_seconds * A_PROCESSOR_MB / MEMORY_MB
    for name, used, model_seconds, budget in (
        ("without the model", counted[NEW], 0, USD),
        ("with a model of 1 s", counted[f"{NEW}, model"], 1, None),
    ):
        yield _price(name, used, own + model_seconds + used.round_trips * LATENCY_SECONDS, budget)


def _counted(measured: Stack) -> Iterator[tuple[str, Quantities]]:
    told = ["\n\n".join(each).encode() for each in articles(5 * KILOBYTE)]
    alone, asked = {"MODEL_PROVIDER": "none"}, {**measured.asked, "SECOND_READER": "off"}
    bucket = measured.resources["ArticlesBucket"]

    def upload(number: int) -> Upload:
        return put(bucket, f"calls-{number}.txt", told[number])

    def worker(variables: Mapping[str, str], *events: Event) -> Quantities:
        return measured.measure("SummarizeUploads", variables, *events)

    yield NEW, worker(alone, batch_of([upload(0)]), batch_of([upload(1)]))
    yield "new article, model", worker(asked, batch_of([upload(2)]), batch_of([upload(3)]))
    uploaded = upload(4)
    first = batch_of([uploaded])
    yield "unchanged article", worker(alone, first, batch_of([replace(uploaded, sequencer="0B")]))
    yield "older version", worker(alone, first, batch_of([replace(uploaded, sequencer="09")]))
    boto3.client("s3").delete_object(Bucket=bucket, Key="calls-0.txt")
    yield "deleted article", worker(alone, first, _deleted(replace(upload(0), sequencer="0C"), bucket))
    get, listing = (
        http_event("GET", "/summaries/{article_id+}", "calls-1.txt"),
        http_event("GET", "/summaries", query="limit=20"),
    )
    yield "GET a summary", measured.measure("ServeSummaries", {}, get, get)
    yield "GET a list of 20", measured.measure("ServeSummaries", {}, listing, listing)
    edits = [_edit(number) for number in (1, 2)]
    yield "PATCH a summary", measured.measure("ReviewSummaries", alone, *edits)
    posts = [http_event("POST", "/summaries", body=told[number].decode()) for number in (5, 6)]
    yield "POST an article", measured.measure("SummarizeOnRequest", alone, *posts)


def _deleted(upload: Upload, bucket: str) -> Event:
    boto3.client("s3").delete_object(Bucket=bucket, Key=upload.key)
    event = batch_of([upload])
    [record] = event["Records"]
    record["body"] = record["body"].replace("ObjectCreated:Put", "ObjectRemoved:Delete")
    return event


def _edit(number: int) -> Event:
    told = {"standfirst": f"The town has decided what to do with {number} of its old houses, and what they may cost."}
    return http_event("PATCH", "/summaries/{article_id+}", "calls-3.txt", body=json.dumps(told))


def _calls(name: str, used: Quantities) -> Row:
    by_operation = ", ".join(f"{count} {operation}" for operation, count in sorted(used.requests.items()))
    detail = (
        f"{by_operation or 'none'}; {used.write_units:g} write and {used.read_units:g} read units; "
        f"USD {1_000 * _usd(used):.4f} for 1,000"
    )
    return Row(f"AWS calls, {name}", sum(used.requests.values()), "calls", detail=detail)


def _usd(used: Quantities) -> float:
    """Returns the price of the calls."""
    of_queue = sum(count for operation, count in used.requests.items() if operation.startswith("sqs "))
    return (
        prices.WRITES.of(used.write_units)
        + prices.READS.of(used.read_units)
        + prices.GETS.of(used.requests.get("s3 GetObject", 0))
        + prices.QUEUE_REQUESTS.of(of_queue)
    )


def _price(name: str, used: Quantities, seconds: float, budget: float | None = None) -> Row:
    """Returns what AWS charges for 1,000 articles that come one by one, each of which takes the function ``seconds``.

    What is charged by the month is not in it, nor the CMS's PUT, nor the model.
    """
    parts = {
        "calls": _usd(used),
        "queue": prices.QUEUE_REQUESTS.of(QUEUE_REQUESTS),
        f"Lambda, {1_000 * seconds:.0f} ms": prices.LAMBDA_SECONDS.of(seconds * MEMORY_MB / 1024)
        + prices.LAMBDA_REQUESTS.of(1),
        "pipe and event": prices.PIPES.of(1) + prices.EVENTS.of(1),
        f"{used.log_bytes + PLATFORM_LOG_BYTES:,} bytes of logs": prices.LOGS.of(used.log_bytes + PLATFORM_LOG_BYTES),
    }
    detail = ", ".join(f"{part} {1_000 * usd:.4f}" for part, usd in parts.items())
    return Row(f"AWS, 1,000 articles {name}", 1_000 * sum(parts.values()), "USD", budget, detail=detail)
