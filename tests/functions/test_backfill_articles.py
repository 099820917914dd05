"""The worker of the background lane, by its real handler: files and batches at a provider that is played over HTTP."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import pytest

import batch_server
from batch_server import BatchProvider, Course, playing_batches
from builders import A_MINUTE
from http_events import CALLER, an_event
from model_worker import batch as events_of
from model_worker import failed, put, stored, writer_of
from standfirst.adapters.aws.budget_table import BILLION, DynamoDbBudgetTable
from standfirst.adapters.aws.idempotency import DynamoDbGenerationCache
from standfirst.adapters.aws.messages import write_backfill
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.clock import SystemClock
from standfirst.adapters.openai.batch import OpenAiBatchModel
from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId, Backfill, Document
from standfirst.domain.ports import Assignment
from standfirst.domain.record import Degraded, Status
from standfirst.reading.document import read_document
from standfirst.wiring.generation import generate_summary_from
from standfirst.wiring.openai_model import deployed_batch_model
from standfirst.wiring.settings import SummarizeUploadsSettings
from standfirst.writing.house_style import load_styles
from standfirst_local.functions import LocalFunction

Load = Callable[[str], LocalFunction]
BATCH_PRICE, FLEX_PRICE, LIVE_PRICE = "0.00016", "0.00016", "0.00032"
_numbers = count(1)


def an_article(number: int) -> str:
    """An article of which a summary can be made of its own sentences."""
    return (
        f"The town council of Brackenford voted on Tuesday to reopen ferry number {number} across the Sele.\n\n"
        "It stopped in 2019, when a flood washed away its landing stage.\n\n"
        "Repairs will cost 240,000 crowns, the council said on Tuesday evening.\n\n"
        "The work is to be finished by June, and the first crossing is planned for July.\n"
    )


@dataclass
class Run:
    """A backfill in batch mode: what its steps do between the listing and the queue, with the real adapters."""

    bucket: str
    provider: BatchProvider
    batches: OpenAiBatchModel
    cache: DynamoDbGenerationCache
    identity: Any
    lane: LocalFunction
    folder: Path
    name: str

    def article(self, key: str) -> Article:
        """What lies under ``key``."""
        content = boto3.client("s3").get_object(Bucket=self.bucket, Key=key)["Body"].read()
        [article] = read_document(Document(key, content))
        assert isinstance(article, Article)
        return article

    def key_of(self, key: str) -> str:
        """The fingerprint of its generation."""
        style = load_styles("").for_article(ArticleId(key), None)
        return fingerprint.of_text(self.article(key), style.label, self.identity)

    def submit(self, keys: Sequence[str]) -> str:
        """Claim the texts, and submit their requests."""
        lines = []
        for key in keys:
            article, style = self.article(key), load_styles("").for_article(ArticleId(key), None)
            custom_id, until = self.key_of(key), datetime.now(UTC) + timedelta(hours=26)
            if self.cache.claim(custom_id, fingerprint.content_hash(article), self.name, until):
                body = self.batches.request(Assignment(article, style, A_MINUTE))
                lines.append({"custom_id": custom_id, "method": "POST", "url": "/v1/responses", "body": body})
        path = self.folder / "requests.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        return self.batches.submit(path, {"run": self.name, "file": "1"})

    def collect(self, batch_id: str, keys: Sequence[str]) -> None:
        """Store the answers, and release what has none."""
        while not self.batches.state(batch_id).is_over:
            pass
        answered = {answer.custom_id: answer.body for answer in self.batches.answers(batch_id)}
        for key in keys:
            custom_id = self.key_of(key)
            if body := answered.get(custom_id):
                self.cache.store_answer(custom_id, fingerprint.content_hash(self.article(key)), body)
            else:
                self.cache.release(custom_id, self.name)

    def deliver(self, keys: Sequence[str], received: int = 1) -> list[str]:
        """Have the worker handle the commands; the messages that come again."""
        event = events_of(self.bucket, *keys, received=received)
        for key, record in zip(keys, event["Records"], strict=True):
            record["body"] = write_backfill(Backfill(ArticleId(key), self.bucket, key, self.name))
        return failed(self.lane.invoke(event))


@pytest.fixture
def provider() -> Iterator[BatchProvider]:
    """A provider of models with a Batch API."""
    with playing_batches() as provider:
        yield provider


@pytest.fixture
def of_deployment(
    storage: Mapping[str, str], table: str, provider: BatchProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deployment that asks the provider."""
    del table
    boto3.client("ssm").put_parameter(Name="/standfirst/openai", Value="key", Type="SecureString", Overwrite=True)
    for name, value in {
        "MODEL_PROVIDER": "openai",
        "MODEL_BASE_URL": provider.base_url,
        "MODEL_KEY_PARAMETER": "/standfirst/openai",
        "DAILY_BUDGET_USD": "5",
        "SECOND_READER": "off",
    }.items():
        monkeypatch.setenv(name, value)
    assert storage


@pytest.fixture
def live(of_deployment: None, load_function: Load) -> LocalFunction:
    """The worker of live news."""
    del of_deployment
    function = load_function("summarize_uploads")
    # Its settings are read at its first invocation.
    function.invoke({"Records": [{"eventSource": "aws:s3", "eventName": "ObjectTagging:Put", "s3": _no_object()}]})
    return function


def _no_object() -> dict[str, Any]:
    return {"bucket": {"name": "none"}, "object": {"key": "none"}}


@pytest.fixture
def run(  # noqa: PLR0913, PLR0917 - fixtures
    live: LocalFunction,
    load_function: Load,
    storage: Mapping[str, str],
    provider: BatchProvider,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Run:
    """A backfill, and the worker of its lane."""
    del live
    variables = {
        "MODEL_LANE": "backfill",
        "UPLOADS_QUEUE_URL": storage["BackfillQueue"],
        "DEAD_LETTER_QUEUE_URL": storage["BackfillDeadLetterQueue"],
        "MAX_RECEIVES": "10",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    settings = SummarizeUploadsSettings.from_environment(os.environ)
    return Run(
        storage["ArticlesBucket"],
        provider,
        deployed_batch_model(settings),
        DynamoDbGenerationCache(storage["GenerationsTable"]),
        generate_summary_from(settings, lambda _: None).identity,
        load_function("summarize_uploads"),
        tmp_path,
        f"run {next(_numbers)}",
    )


@pytest.fixture
def keys(bucket: str) -> list[str]:
    """Articles that nobody has read yet, each another one in every test."""
    named = [f"archive/{next(_numbers)}.txt" for _ in range(6)]
    for key in named:
        put(bucket, key, text=an_article(int(re.findall("[0-9]+", key)[0])))
    return named


def spent_today(storage: Mapping[str, str], name: str) -> Decimal:
    """US dollars of a budget."""
    key = {"id": {"S": f"{name}#{datetime.now(UTC).date()}"}}
    item = boto3.client("dynamodb").get_item(TableName=storage["ModelStateTable"], Key=key).get("Item", {})
    return Decimal(item["spent"]["N"]) / BILLION if item else Decimal(0)


# ----------------------------------------------------------------------------------------------------------------------
# In a batch
# ----------------------------------------------------------------------------------------------------------------------


def test_an_archive_is_written_at_half_price_and_paid_for_once(
    run: Run, keys: list[str], summaries: DynamoDbSummaryTable, storage: Mapping[str, str]
) -> None:
    """However often what brings it there is repeated; the bus hears nothing."""
    batch_id = run.submit(keys)
    run.collect(batch_id, keys)
    assert [run.deliver(keys) for _ in range(2)] == [[], []]

    records = [stored(summaries, key) for key in keys]
    assert {(record.status, *writer_of(record), record.usage and record.usage.cost_usd) for record in records} == {
        (Status.GENERATED, "openai", None, BATCH_PRICE)
    }
    assert {record.revision for record in records} == {1}
    assert run.provider.live == []
    assert set(run.provider.paid.values()) == {1}
    assert len(run.provider.paid) == len(keys)
    assert spent_today(storage, "backfill-budget") == 0
    revisions = boto3.client("dynamodb").scan(TableName=storage["SummariesTable"])["Items"]
    assert not [item for item in revisions if "announced_as" in item]


def test_a_run_that_is_killed_after_each_step_pays_nothing_twice(
    run: Run, keys: list[str], summaries: DynamoDbSummaryTable
) -> None:
    """Before the submission was answered, half-way through the answers, and before they were said to be stored."""
    run.provider.fail("create_batch", 0)
    with pytest.raises(Exception, match="502"):
        run.submit(keys)
    batch_id = run.submit(keys)
    run.collect(batch_id, keys[:2])
    run.collect(batch_id, keys)
    run.deliver(keys[:3])

    assert run.submit(keys) == batch_id
    run.collect(batch_id, keys)
    run.deliver(keys)

    assert {stored(summaries, key).revision for key in keys} == {1}
    assert (len(run.provider.batches), set(run.provider.paid.values()), run.provider.live) == (1, {1}, [])


def test_a_batch_that_expires_half_way_pays_for_what_was_done(
    run: Run, keys: list[str], summaries: DynamoDbSummaryTable
) -> None:
    """The rest is written live, each once; a line that was lost is paid for a second time, as nobody has it."""
    run.provider.course = Course(answers=4, loses_every=3)
    run.collect(run.submit(keys), keys)

    run.deliver(keys)

    costs = [usage.cost_usd for usage in (stored(summaries, key).usage for key in keys) if usage]
    assert costs == [BATCH_PRICE, BATCH_PRICE, FLEX_PRICE, BATCH_PRICE, FLEX_PRICE, FLEX_PRICE]
    assert sum(run.provider.paid.values()) == len(keys) + 1


def test_an_upload_of_a_text_in_a_batch_is_served_at_once_and_paid_for_once(
    run: Run, keys: list[str], live: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """Extractive until the batch's answer is there, which then is told of as an upgrade is."""
    batch_id = run.submit(keys)

    assert failed(live.invoke(events_of(run.bucket, keys[0]))) == []
    assert writer_of(stored(summaries, keys[0])) == ("extractive", Degraded.MODEL_UNAVAILABLE)

    run.collect(batch_id, keys)
    run.deliver(keys)
    assert failed(live.invoke(events_of(run.bucket, keys[0], sequencer="0B"))) == []
    assert writer_of(stored(summaries, keys[0])) == ("openai", None)
    assert (run.provider.live, set(run.provider.paid.values())) == ([], {1})


def test_a_takedown_while_in_a_batch_leaves_nothing(  # noqa: PLR0913, PLR0917 - fixtures
    run: Run,
    keys: list[str],
    live: LocalFunction,
    load_function: Load,
    storage: Mapping[str, str],
    summaries: DynamoDbSummaryTable,
) -> None:
    """The answer that comes afterwards is stored nowhere, and the command does nothing."""
    batch_id = run.submit(keys[:1])
    content, fingerprint_of_text = fingerprint.content_hash(run.article(keys[0])), run.key_of(keys[0])
    live.invoke(events_of(run.bucket, keys[0]))
    event = an_event("http_get_summary", keys[0], queryStringParameters={})
    event["requestContext"]["http"]["method"] = "DELETE"
    event["requestContext"]["authorizer"]["iam"]["userArn"] = CALLER
    event["routeKey"] = "DELETE /summaries/{article_id+}"
    assert load_function("review_summaries").invoke(event)["statusCode"] == 200

    while not run.batches.state(batch_id).is_over:
        pass
    [answer] = run.batches.answers(batch_id)
    assert answer.body
    assert not run.cache.store_answer(fingerprint_of_text, content, answer.body)
    assert run.deliver(keys[:1]) == []

    kept = json.dumps(
        [boto3.client("dynamodb").scan(TableName=storage[name])["Items"] for name in storage if "Table" in name]
    )
    assert "Brackenford" not in kept
    assert stored(summaries, keys[0]).status is Status.WITHDRAWN


# ----------------------------------------------------------------------------------------------------------------------
# Live, in the background
# ----------------------------------------------------------------------------------------------------------------------


def test_what_is_written_without_a_batch_costs_half_too(
    run: Run, keys: list[str], summaries: DynamoDbSummaryTable, storage: Mapping[str, str]
) -> None:
    """In the flex tier, from the budget of the lane."""
    run.deliver(keys)

    assert {asked["service_tier"] for asked in run.provider.live} == {"flex"}
    assert {usage.cost_usd for usage in (stored(summaries, key).usage for key in keys) if usage} == {FLEX_PRICE}
    assert spent_today(storage, "backfill-budget") == len(keys) * Decimal(FLEX_PRICE)
    assert spent_today(storage, "budget") == 0


def test_live_news_is_written_in_the_tier_of_the_deployment(
    run: Run, keys: list[str], live: LocalFunction, summaries: DynamoDbSummaryTable, storage: Mapping[str, str]
) -> None:
    """From its own budget."""
    live.invoke(events_of(run.bucket, keys[0]))

    assert "service_tier" not in run.provider.live[0]
    usage = stored(summaries, keys[0]).usage
    assert usage
    assert usage.cost_usd == LIVE_PRICE
    assert spent_today(storage, "budget") == Decimal(LIVE_PRICE)
    assert spent_today(storage, "backfill-budget") == 0


def test_a_spent_budget_of_the_lane_leaves_its_articles_as_they_are_and_live_news_alone(
    run: Run, keys: list[str], live: LocalFunction, summaries: DynamoDbSummaryTable, storage: Mapping[str, str]
) -> None:
    """The commands wait in the queue for the next day; an answer of a batch is written all the same."""
    run.collect(run.submit(keys[:1]), keys[:1])
    DynamoDbBudgetTable(storage["ModelStateTable"], Decimal(5), SystemClock(), "backfill-budget").reserve(Decimal(5))

    waiting = run.deliver(keys[:3])
    live.invoke(events_of(run.bucket, keys[5]))

    assert sorted(waiting) == ["m1", "m2"]
    assert summaries.current(ArticleId(keys[1])) is None
    assert writer_of(stored(summaries, keys[0])) == writer_of(stored(summaries, keys[5])) == ("openai", None)


def test_a_model_that_fails_the_lane_is_still_asked_by_live_news(
    run: Run, keys: list[str], live: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """Each has breakers of its own: what is slow or refused in the flex tier stops nobody else."""

    def refuse_flex(asked: batch_server.Body) -> batch_server.Body:
        answer = batch_server.respond(asked)
        if asked.get("service_tier") == "flex":
            return answer | {
                "status": "failed",
                "error": {"code": "insufficient_quota", "message": "No."},
                "output": [],
            }
        return answer

    run.provider.reply = refuse_flex

    assert run.deliver(keys[:1]) == ["m0"]
    assert run.deliver(keys[1:2]) == ["m0"]
    live.invoke(events_of(run.bucket, keys[5]))

    assert len(run.provider.live) == 2
    assert summaries.current(ArticleId(keys[0])) is None
    assert writer_of(stored(summaries, keys[5])) == ("openai", None)
