"""``standfirst backfill`` against the local stack and a provider of batches that is played."""

import json
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import boto3
import pytest

from batch_server import BatchProvider, Course, playing_batches
from builders import STORY
from commands import Run as RunCommand
from standfirst.domain.backfill_run import Options
from standfirst_local import backfill
from standfirst_local.backfill import Quote, spread
from standfirst_local.stack import LocalStack, running_stack

COMMAND = ["backfill", "--stack", "standfirst-local"]
QUIET = {"POWERTOOLS_LOG_LEVEL": "ERROR", "POWERTOOLS_METRICS_DISABLED": "true", "POWERTOOLS_TRACE_DISABLED": "true"}
AT_ONCE = {"BACKFILL_QUEUE_SECONDS": "1", "BACKFILL_BATCH_SECONDS": "1", "BACKFILL_FRUITLESS_SECONDS": "1"}
PATIENCE_SECONDS = 90


@pytest.fixture(scope="module")
def provider() -> Iterator[BatchProvider]:
    """A provider of a model that answers batches."""
    with playing_batches() as provider:
        yield provider


@pytest.fixture(scope="module")
def stack(provider: BatchProvider) -> Iterator[LocalStack]:
    """A stack whose model that is, with an archive of three articles that no event told of."""
    parameters = {
        "ModelProvider": "openai",
        "ModelBaseUrl": provider.base_url,
        "ModelKeyParameter": "/key",
        "SecondReader": "off",
    }
    with running_stack(parameters=parameters, variables=QUIET | AT_ONCE) as stack:
        boto3.client("ssm").put_parameter(Name="/key", Value="sk-secret", Type="SecureString")
        archive(stack, "news", 3)
        yield stack


def archive(stack: LocalStack, folder: str, articles: int) -> None:
    """Puts articles into the bucket without any event."""
    s3 = boto3.client("s3")
    told = s3.get_bucket_notification_configuration(Bucket=stack.bucket)["QueueConfigurations"]
    s3.put_bucket_notification_configuration(Bucket=stack.bucket, NotificationConfiguration={})
    for number in range(articles):
        body = f"Ferry {folder} {number}\n\n{STORY}".encode()
        s3.put_object(Bucket=stack.bucket, Key=f"{folder}/{number}.txt", Body=body)
    s3.put_bucket_notification_configuration(
        Bucket=stack.bucket, NotificationConfiguration={"QueueConfigurations": told}
    )


def state() -> dict[str, Any]:
    """What the function says of the newest run."""
    answer = boto3.client("lambda").invoke(FunctionName="BackfillRuns", Payload=json.dumps({"step": "status"}))
    told: dict[str, Any] = json.loads(answer["Payload"].read())
    return told


def wait_until(reached: Callable[[dict[str, Any]], object]) -> None:
    """Until that holds of the newest run."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not reached((told := state())["run"]):
        assert time.monotonic() < deadline, told
        time.sleep(0.1)


def wait_for(wanted: str) -> None:
    """Until the newest run is in that state."""
    wait_until(lambda run: run["state"] == wanted)


def is_submitted(run: dict[str, Any]) -> bool:
    """Whether a batch is with the provider."""
    return any(batch["batch_id"] for batch in run["batches"])


def test_an_archive_is_summarised_in_a_batch_after_a_quote(
    stack: LocalStack, provider: BatchProvider, run: RunCommand
) -> None:
    """From the command to the records, by way of the state machine; and again, which costs nothing."""
    begun = run(*COMMAND, "--yes")
    wait_for("done")
    status = run(*COMMAND, "--status")

    assert begun.status == 0, begun.stderr
    assert "objects" in begun.stdout
    assert "USD" in begun.stdout
    assert status.status == 0, status.stderr
    assert ": done" in status.stdout
    assert len(provider.paid) == 3
    assert set(provider.paid.values()) == {1}
    assert provider.live == []
    items = boto3.client("dynamodb").scan(TableName=stack.resources["SummariesTable"])["Items"]
    assert not [item for item in items if "announced_as" in item]

    again = run(*COMMAND, "--yes")

    assert "There is nothing to write." in again.stdout
    assert sum(provider.paid.values()) == 3


def test_a_run_is_paused_killed_resumed_and_stopped_from_the_command_line(
    stack: LocalStack, provider: BatchProvider, run: RunCommand
) -> None:
    """Its batch is collected in each case, and paid for once."""
    archive(stack, "sports", 4)
    provider.course = Course(polls=1_000)
    paid = sum(provider.paid.values())
    assert run(*COMMAND, "--yes", "--prefix", "sports/").status == 0
    wait_until(is_submitted)

    paused = run(*COMMAND, "--pause")
    kill()
    killed = run(*COMMAND, "--status")
    resumed = run(*COMMAND, "--resume")
    second = run(*COMMAND, "--yes", "--prefix", "sports/")
    stopped = run(*COMMAND, "--stop")
    wait_for("stopped")

    assert "pause is awaited: what is paid for is collected first" in paused.stdout
    assert "does not go on, its execution is aborted" in killed.stdout
    assert ": running" in resumed.stdout
    assert "resume it, or stop it first" in second.stderr
    assert "stop is awaited" in stopped.stdout
    # When it was cancelled, the provider had answered half of it.
    assert sum(provider.paid.values()) == paid + 2
    assert state()["run"]["counts"]["answers"] == 2
    assert "is stopped already" in run(*COMMAND, "--resume").stderr


def kill() -> None:
    """Ends the execution that works on the newest run."""
    told = state()["run"]
    stepfunctions = boto3.client("stepfunctions")
    (machine,) = stepfunctions.list_state_machines()["stateMachines"]
    running = stepfunctions.list_executions(stateMachineArn=machine["stateMachineArn"], statusFilter="RUNNING")
    for each in running["executions"]:
        assert each["name"].startswith(told["run_id"])
        stepfunctions.stop_execution(executionArn=each["executionArn"])


@pytest.mark.usefixtures("stack")
def test_without_a_terminal_nobody_is_asked(run: RunCommand) -> None:
    """It says so, and begins nothing."""
    done = run(*COMMAND, "--live", "--rewrite-below-prompt", "99")

    assert done.status == 1
    assert "--yes" in done.stderr


@pytest.mark.usefixtures("stack")
def test_a_run_that_is_not_there_is_said_to_be_none(run: RunCommand) -> None:
    """In the function's words."""
    done = run(*COMMAND, "--status", "--run", "another")

    assert (done.status, done.stderr) == (1, "standfirst: There is no run another.\n")


@pytest.mark.parametrize(
    "wrong", [["--batch", "--live"], ["--status", "--stop"], ["--run", "x"], ["--limit", "many"]], ids=" ".join
)
def test_wrong_usage_is_refused(run: RunCommand, wrong: list[str]) -> None:
    """Before anything is asked of a stack."""
    assert run("backfill", *wrong).status == 2


def test_a_sample_is_spread_over_all_documents() -> None:
    """By how many documents each slice has, not by how many keys are known of it."""
    slices = [(900, [f"a{number}" for number in range(100)]), (100, [f"b{number}" for number in range(100)])]

    sample = spread(slices, 20)

    assert len(sample) == 20
    assert sum(key.startswith("a") for key in sample) == 18
    assert spread([(2, ["a", "b"])], 20) == ["a", "b"]
    assert spread([(0, [])], 20) == []


def test_a_quote_reckons_from_the_sample_to_all_documents() -> None:
    """Tokens, costs and days; a limit bounds them."""
    quote = Quote(Options(mode="batch", limit=500), objects=10_100, older=100)
    quote.add_sample(
        {"actions": {"done": 150, "request": 40, "live": 10}, "unread": 0, "articles": 50, "tokens": 50_000}
        | {"usd": {"list": "0.02", "batch": "0.01", "live": "0.01"}}
    )

    assert (quote.of_all(150), quote.of_all(quote.open), quote.chosen) == (7_500, 2_500, 500)
    assert quote.of_chosen(quote.tokens) == 500_000
    assert quote.cost == Decimal("0.1")
    text = backfill._quote_text(quote, Decimal("0.03"))  # noqa: SLF001 - what people read
    assert "about 7,500" in text
    assert "0.03 a day: 4 days" in text


def test_a_model_without_a_price_has_no_cost() -> None:
    """Rather than one of nothing."""
    quote = Quote(Options(mode="batch"), objects=10)
    quote.add_sample({"actions": {"request": 10}, "unread": 0, "articles": 10, "tokens": 1_000, "usd": {}})

    assert quote.cost is None
    assert "no known price" in backfill._quote_text(quote, Decimal(5))  # noqa: SLF001 - what people read
