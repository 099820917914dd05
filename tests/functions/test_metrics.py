"""What the real handlers send to CloudWatch beside counts, a line for each set of dimensions."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

import model_server as play
from builders import STORY, a_record, save
from http_events import an_event, as_json
from metric_lines import metric_lines, own_line, sent_of, values_of
from model_server import ModelServer
from model_worker import GOOD, WRONG, put
from standfirst.adapters.aws.budget_table import BACKGROUND, DynamoDbBudgetTable
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.clock import SystemClock
from standfirst.domain.record import MadeBy, Status
from standfirst_local.deployment import PROJECT
from standfirst_local.functions import LocalFunction

Load = Callable[..., LocalFunction]


def an_upload_of(bucket: str, key: str, seconds_ago: float, received: int = 1) -> dict[str, Any]:
    """A message about an upload so long ago, as S3 sends it."""
    at = datetime.now(UTC) - timedelta(seconds=seconds_ago)
    event = {"eventSource": "aws:s3", "eventTime": at.isoformat().replace("+00:00", "Z")}
    event["s3"] = {"bucket": {"name": bucket}, "object": {"key": key, "sequencer": "0A"}}
    message = {
        "messageId": key,
        "receiptHandle": key,
        "eventSource": "aws:sqs",
        "body": json.dumps({"Records": [event]}),
    }
    return message | {"attributes": {"ApproximateReceiveCount": str(received)}}


@pytest.mark.usefixtures("with_key")
def test_a_batch_says_how_long_uploads_took_and_what_they_cost(
    load_function: Load,
    bucket: str,
    model: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Articles of different sections in one batch: no cost is in the section of another."""
    monkeypatch.setenv("METRIC_SECTIONS", "politics, sport")
    put(bucket, "politics/ferry.txt")
    put(bucket, "sport/ferry.txt", text=STORY.replace("Brackenford", "Harlowmere"))
    put(bucket, "elsewhere/ferry.txt", text=STORY.replace("Brackenford", "Norrick"))
    model.answers(lambda asked: GOOD(asked) if "Brackenford" in asked.told else play.refusal()(asked))
    keys = {"politics/ferry.txt": 5, "sport/ferry.txt": 100, "elsewhere/ferry.txt": 7}

    load_function("summarize_uploads").invoke(
        {"Records": [an_upload_of(bucket, key, ago) for key, ago in keys.items()]}
    )

    output = capsys.readouterr().out
    own, sent = own_line(output), sent_of(output)
    assert (min(own["upload_seconds"]) >= 5, max(own["upload_seconds"]) >= 100) == (True, True)
    assert (own["uploads_finished"], sorted(own["uploads_late"])) == ([1.0] * 3, [0.0, 0.0, 1.0])
    assert own["new_records"] == [1.0] * 3
    by_section = {name: values_of(sent, "cost_usd", section=name) for name in ("politics", "sport", "other")}
    assert by_section["politics"] == [0.00027568]
    assert {name: len(values) for name, values in by_section.items()} == {"politics": 1, "sport": 1, "other": 1}
    total = sum(sum(values) for values in by_section.values())
    assert sum(values_of(sent, "cost_usd", style="default")) == pytest.approx(total)
    assert sum(values_of(sent, "cost_usd", model=play.MODEL, role="writer")) == pytest.approx(total)
    assert {each.namespace for each in sent} == {"Standfirst"}
    said = json.dumps(metric_lines(output))
    assert not [word for word in ("ferry", "Brackenford", "elsewhere", bucket) if word in said]


@pytest.mark.usefixtures("with_key")
def test_what_the_checks_find_is_counted_by_check(
    load_function: Load, bucket: str, model: ModelServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also that because of which the model's text is not served."""
    put(bucket, "ferry.txt")
    model.answers(WRONG)

    load_function("summarize_uploads").invoke({"Records": [an_upload_of(bucket, "ferry.txt", 1)]})

    sent = sent_of(capsys.readouterr().out)
    assert sum(values_of(sent, "findings", check="money", severity="error")) >= 1


def test_an_upload_that_is_given_up_counts_as_late(
    load_function: Load, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the last delivery it goes to the dead-letter queue; a message that is no upload counts as none."""
    worker = load_function("summarize_uploads")
    monkeypatch.setenv("SUMMARIES_TABLE", "no-such-table")
    junk = an_upload_of("a", "b", 1) | {"messageId": "junk", "body": "junk"}

    worker.invoke({"Records": [an_upload_of("no-such-bucket", "ferry.txt", 1, received=5), junk]})

    own = own_line(capsys.readouterr().out)
    assert own["dead_lettered"] == [1.0, 1.0]
    assert (own["uploads_finished"], own["uploads_late"]) == ([1.0], [1.0])


def test_an_upload_whose_event_has_no_time_is_not_timed(
    load_function: Load, bucket: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is summarised all the same."""
    put(bucket, "ferry.txt")
    message = an_upload_of(bucket, "ferry.txt", 1)
    event = json.loads(message["body"])
    event["Records"][0]["eventTime"] = "yesterday"

    load_function("summarize_uploads").invoke({"Records": [message | {"body": json.dumps(event)}]})

    own = own_line(capsys.readouterr().out)
    assert own["generated"] == [1.0]
    assert "uploads_finished" not in own


def test_a_decision_is_measured_by_model_and_prompt(
    load_function: Load,
    serve_summaries: LocalFunction,
    summaries: DynamoDbSummaryTable,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Once it is stored; one that is refused is none."""
    monkeypatch.setenv("MODEL_PROVIDER", "openai")
    made_by = MadeBy(writer="openai", model=play.MODEL, prompt="3", style="default@1")
    save(summaries, a_record("a").model_copy(update={"made_by": made_by}))
    review_summaries = load_function("review_summaries")
    tag = serve_summaries.invoke(an_event("http_get_summary", "a"))["headers"]["ETag"]
    patch = {"status": "rejected", "review": {"seconds": 14}}
    capsys.readouterr()

    review_summaries.invoke(an_event("http_patch_summary", "a", headers={"if-match": '"another"'}, **as_json(patch)))
    refused = capsys.readouterr().out
    review_summaries.invoke(an_event("http_patch_summary", "a", headers={"if-match": tag}, **as_json(patch)))

    sent = sent_of(capsys.readouterr().out)
    assert not values_of(sent_of(refused), "review_rejected")
    assert values_of(sent, "review_rejected") == [1.0]
    assert values_of(sent, "review_rejected", model=play.MODEL, prompt="3") == [1.0]
    assert values_of(sent, "review_seconds", model=play.MODEL, prompt="3") == [14.0]
    assert values_of(sent, "answered_200") == [1.0]


@pytest.mark.parametrize(("seconds", "slow"), [(60, 0.0), (-2, 1.0)], ids=["in time", "slow"])
def test_an_answer_to_a_reader_is_timed_from_when_it_was_asked(
    serve_summaries: LocalFunction, capsys: pytest.CaptureFixture[str], seconds: int, slow: float
) -> None:
    """By API Gateway's clock: with the start of a function, if it had to be started."""
    event = an_event("http_get_summary", "nothing")
    asked = int(datetime.now(UTC).timestamp() + seconds) * 1000
    event["requestContext"] = {**event["requestContext"], "timeEpoch": asked}

    serve_summaries.invoke(event)

    own = own_line(capsys.readouterr().out)
    assert (own["gets"], own["gets_slow"]) == ([1.0], [slow])


def test_what_is_spent_is_told_with_the_budget(
    load_function: Load, storage: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every five minutes, in US dollars, of each lane; also once nothing is left."""
    monkeypatch.setenv("MODEL_PROVIDER", "openai")
    monkeypatch.setenv("DAILY_BUDGET_USD", "2.50")
    monkeypatch.setenv("BACKFILL_BUDGET_USD", "5")
    DynamoDbBudgetTable(storage["ModelStateTable"], Decimal("2.50"), SystemClock()).reserve(Decimal("2.49"))
    DynamoDbBudgetTable(storage["ModelStateTable"], Decimal(5), SystemClock(), BACKGROUND).reserve(Decimal(3))
    schedule = json.loads((PROJECT / "events" / "schedule.json").read_text(encoding="utf-8"))

    load_function("upgrade_summaries").invoke(schedule)

    own = own_line(capsys.readouterr().out)
    assert (own["spent_usd"], own["budget_usd"]) == ([2.49], [2.5])
    assert (own["backfill_spent_usd"], own["backfill_budget_usd"]) == ([3.0], [5.0])


@pytest.mark.parametrize("provider", ["none", "openai"])
def test_the_longest_wait_for_an_editor_is_told(
    load_function: Load,
    summaries: DynamoDbSummaryTable,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    provider: str,
) -> None:
    """Every five minutes, also without a model."""
    monkeypatch.setenv("MODEL_PROVIDER", provider)
    now = {"updated_at": datetime.now(UTC) - timedelta(hours=2)}
    save(summaries, a_record("a", status=Status.NEEDS_REVIEW).model_copy(update=now))
    save(summaries, a_record("b", minutes=-99))
    schedule = json.loads((PROJECT / "events" / "schedule.json").read_text(encoding="utf-8"))

    load_function("upgrade_summaries").invoke(schedule)

    (seconds,) = own_line(capsys.readouterr().out)["review_waiting_seconds"]
    assert 7_200 <= seconds < 7_800


def test_nobody_waits_for_an_editor_where_nothing_is_queued(
    load_function: Load, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line at zero, not a gap."""
    del table
    schedule = json.loads((PROJECT / "events" / "schedule.json").read_text(encoding="utf-8"))

    load_function("upgrade_summaries").invoke(schedule)

    assert own_line(capsys.readouterr().out)["review_waiting_seconds"] == [0.0]
