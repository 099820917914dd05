"""The real handler that schedules upgrades: degraded records in, messages out."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import boto3
import pytest

from builders import A_MINUTE, a_record, a_style, an_article, save
from fakes import FakeSummarizer
from standfirst.adapters.aws.budget_table import DynamoDbBudgetTable
from standfirst.adapters.aws.circuit_breaker import DynamoDbBreaker
from standfirst.adapters.aws.messages import read_message
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.clock import SystemClock
from standfirst.domain.article import ArticleId, Upgrade
from standfirst.domain.errors import ModelUnusable, SettingsError
from standfirst.domain.ports import Assignment, WriterIdentity
from standfirst.domain.record import Degraded, Record
from standfirst.use_cases.background_lane import MESSAGES_PER_BATCH
from standfirst.use_cases.model_call import ModelCall
from standfirst.wiring.model import summarizer_from
from standfirst.wiring.settings import DeployedModelSettings
from standfirst_local.deployment import PROJECT
from standfirst_local.functions import LocalFunction

KEY = "in/politics/Élysée talks + aftermath.txt"
SCHEDULE = json.loads((PROJECT / "events" / "schedule.json").read_text(encoding="utf-8"))
Load = Callable[[str], LocalFunction]


@pytest.fixture
def queue(storage: Mapping[str, str]) -> str:
    """The queue of the background lane, empty."""
    url = storage["BackfillQueue"]
    bodies(url)
    return url


@pytest.fixture
def summaries(table: str) -> DynamoDbSummaryTable:
    """What the worker stored."""
    return DynamoDbSummaryTable(table)


@pytest.fixture
def upgrades(load_function: Load, queue: str, monkeypatch: pytest.MonkeyPatch) -> LocalFunction:
    """The function of a deployment with a model."""
    del queue
    monkeypatch.setenv("MODEL_PROVIDER", "openai")
    return load_function("upgrade_summaries")


def bodies(queue: str) -> list[str]:
    """What lies in the queue, taken from it."""
    sqs, found = boto3.client("sqs"), list[str]()
    while got := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        found += [message["Body"] for message in got]
        for message in got:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return found


def a_degraded_record(key: str = KEY, minutes_ago: float = 5) -> Record:
    """A record of just now with the fallback's text."""
    record = a_record(key)
    assert record.made_by
    return record.model_copy(
        update={
            "made_by": record.made_by.model_copy(update={"degraded": Degraded.MODEL_UNAVAILABLE}),
            "updated_at": datetime.now(UTC) - timedelta(minutes=minutes_ago),
        }
    )


def open_breaker(table: str, identity: WriterIdentity, lane: str = "backfill") -> None:
    """Let the worker of a lane find out that the model's key is wrong."""
    model = FakeSummarizer([ModelUnusable("401")], identity=identity)
    behind = ModelCall(model, DynamoDbBreaker(table, identity, role=lane))
    with pytest.raises(ModelUnusable):
        behind.write(Assignment(an_article(), a_style(), A_MINUTE), lambda _: None)


def test_a_degraded_record_leads_to_one_message_that_the_worker_understands(
    upgrades: LocalFunction, summaries: DynamoDbSummaryTable, queue: str
) -> None:
    """About where it lies, whatever characters its key has."""
    save(summaries, a_degraded_record())
    save(summaries, a_record("written.txt"))

    upgrades.invoke(SCHEDULE)

    [body] = bodies(queue)
    assert read_message(body, "in/") == [Upgrade(ArticleId(KEY.removeprefix("in/")), "articles", KEY)]


def test_the_next_run_does_not_schedule_it_again(
    upgrades: LocalFunction, summaries: DynamoDbSummaryTable, queue: str
) -> None:
    """It was deferred; one that came meanwhile is scheduled."""
    save(summaries, a_degraded_record("first.txt"))
    upgrades.invoke(SCHEDULE)
    save(summaries, a_degraded_record("second.txt"))

    upgrades.invoke(SCHEDULE)

    assert [json.loads(body)["detail"]["key"] for body in bodies(queue)] == ["first.txt", "second.txt"]


def test_a_run_schedules_no_more_than_the_queue_has_room_for(
    upgrades: LocalFunction, summaries: DynamoDbSummaryTable, queue: str
) -> None:
    """The longest waiting first: what an archive left of the room."""
    for minutes, name in enumerate("abc"):
        save(summaries, a_degraded_record(name, minutes_ago=10 - minutes))
    sqs, waiting = boto3.client("sqs"), 2 * MESSAGES_PER_BATCH - 2
    for number in range(0, waiting, 10):
        entries = [{"Id": str(each), "MessageBody": "archive"} for each in range(number, min(number + 10, waiting))]
        sqs.send_message_batch(QueueUrl=queue, Entries=entries)

    upgrades.invoke(SCHEDULE)

    sent = [json.loads(body)["detail"]["key"] for body in bodies(queue) if body != "archive"]
    assert sorted(sent) == ["a", "b"]


@pytest.mark.parametrize(
    ("provider", "model"),
    [("openai", ""), ("openai", "our-model"), ("bedrock", "")],
    ids=["OpenAI", "another model", "Bedrock"],
)
def test_nothing_is_scheduled_while_the_models_breaker_is_open(  # noqa: PLR0913, PLR0917 - fixtures
    load_function: Load,
    storage: Mapping[str, str],
    summaries: DynamoDbSummaryTable,
    queue: str,
    monkeypatch: pytest.MonkeyPatch,
    provider: str,
    model: str,
) -> None:
    """It looks at the circuits of the very model that the worker of its lane asks, whichever it is."""
    monkeypatch.setenv("MODEL_PROVIDER", provider)
    monkeypatch.setenv("MODEL", model)
    settings = {"MODEL_PROVIDER": provider, "MODEL": model, "MODEL_KEY_PARAMETER": "/key"}
    asked = summarizer_from(DeployedModelSettings.from_environment(settings))
    assert asked
    save(summaries, a_degraded_record())
    open_breaker(storage["ModelStateTable"], asked.identity)

    load_function("upgrade_summaries").invoke(SCHEDULE)

    assert bodies(queue) == []


def test_the_breaker_of_live_news_does_not_matter(
    upgrades: LocalFunction, storage: Mapping[str, str], summaries: DynamoDbSummaryTable, queue: str
) -> None:
    """The worker of this lane finds out by itself, with a message of its own."""
    save(summaries, a_degraded_record())
    open_breaker(storage["ModelStateTable"], WriterIdentity("openai", model="gpt-5.6-luna"), lane="")

    upgrades.invoke(SCHEDULE)

    assert len(bodies(queue)) == 1


def test_the_breaker_of_another_model_does_not_matter(
    upgrades: LocalFunction, storage: Mapping[str, str], summaries: DynamoDbSummaryTable, queue: str
) -> None:
    """Somebody changed the model because the old one did not answer."""
    save(summaries, a_degraded_record())
    open_breaker(storage["ModelStateTable"], WriterIdentity("openai", model="the-old-one"))

    upgrades.invoke(SCHEDULE)

    assert len(bodies(queue)) == 1


@pytest.mark.parametrize(("spent", "scheduled"), [("0.50", 1), ("1.00", 0)], ids=["half", "all"])
def test_nothing_is_scheduled_while_the_days_budget_is_spent(  # noqa: PLR0913, PLR0917 - fixtures
    load_function: Load,
    storage: Mapping[str, str],
    summaries: DynamoDbSummaryTable,
    queue: str,
    monkeypatch: pytest.MonkeyPatch,
    spent: str,
    scheduled: int,
) -> None:
    """That of its lane: live news has spent its own already."""
    monkeypatch.setenv("MODEL_PROVIDER", "openai")
    monkeypatch.setenv("BACKFILL_BUDGET_USD", "1.00")
    save(summaries, a_degraded_record())
    table, clock = storage["ModelStateTable"], SystemClock()
    DynamoDbBudgetTable(table, Decimal(1), clock).reserve(Decimal(1))
    DynamoDbBudgetTable(table, Decimal(1), clock, "backfill-budget").reserve(Decimal(spent))

    load_function("upgrade_summaries").invoke(SCHEDULE)

    assert len(bodies(queue)) == scheduled


@pytest.mark.parametrize("provider", [None, "none"], ids=["unset", "none"])
def test_without_a_model_nothing_is_scheduled(
    load_function: Load,
    summaries: DynamoDbSummaryTable,
    queue: str,
    monkeypatch: pytest.MonkeyPatch,
    provider: str | None,
) -> None:
    """What a model left behind that the deployment no longer has stays as it is."""
    if provider:
        monkeypatch.setenv("MODEL_PROVIDER", provider)
    save(summaries, a_degraded_record())

    load_function("upgrade_summaries").invoke(SCHEDULE)

    assert bodies(queue) == []


@pytest.mark.parametrize("name", ["SUMMARIES_TABLE", "BACKFILL_QUEUE_URL", "MODEL_STATE_TABLE", "BACKFILL_CONCURRENCY"])
def test_a_missing_setting_is_named(upgrades: LocalFunction, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """At the first run, not at import."""
    monkeypatch.delenv(name)

    with pytest.raises(SettingsError, match=name):
        upgrades.invoke(SCHEDULE)


@pytest.mark.parametrize(
    ("name", "value"),
    [("BACKFILL_BUDGET_USD", "ten"), ("BACKFILL_CONCURRENCY", "0"), ("MODEL_PROVIDER", "anybody")],
    ids=["a budget in words", "nobody at work", "an unknown provider"],
)
def test_a_wrong_setting_is_named(
    upgrades: LocalFunction, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """The same for one that cannot be used."""
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=name):
        upgrades.invoke(SCHEDULE)


def test_with_a_budget_of_nothing_nothing_is_scheduled(
    upgrades: LocalFunction, summaries: DynamoDbSummaryTable, queue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not the same as no budget."""
    monkeypatch.setenv("BACKFILL_BUDGET_USD", "0")
    save(summaries, a_degraded_record())

    upgrades.invoke(SCHEDULE)

    assert bodies(queue) == []


@pytest.mark.parametrize("budget", ["", "10"], ids=["none", "ten dollars"])
def test_a_budget_may_be_left_out(
    upgrades: LocalFunction,
    summaries: DynamoDbSummaryTable,
    queue: str,
    monkeypatch: pytest.MonkeyPatch,
    budget: str,
) -> None:
    """The template then hands an empty one on."""
    monkeypatch.setenv("BACKFILL_BUDGET_USD", budget)
    save(summaries, a_degraded_record())

    upgrades.invoke(SCHEDULE)

    assert len(bodies(queue)) == 1


def test_a_run_says_how_many_it_scheduled(
    load_function: Load,
    summaries: DynamoDbSummaryTable,
    queue: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In its log and as a metric."""
    monkeypatch.setenv("MODEL_PROVIDER", "openai")
    save(summaries, a_degraded_record())

    load_function("upgrade_summaries").invoke(SCHEDULE)

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [said] = [line for line in lines if line.get("message") == "Wished for upgrades"]
    [metrics] = [line for line in lines if "_aws" in line]
    assert said["wished"] == 1
    assert metrics["upgrades_wished"] == [1.0]
    assert len(bodies(queue)) == 1
