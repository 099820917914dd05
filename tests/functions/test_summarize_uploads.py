"""The worker's real handler: events in, records in the table."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest

from builders import STORY
from standfirst.adapters.dynamodb_summaries import DynamoDbSummaries
from standfirst.domain.article import MAX_DOCUMENT_BYTES, ArticleId
from standfirst.domain.errors import SettingsError
from standfirst.domain.record import Record, Status
from standfirst_local.functions import LocalFunction

EVENTS = Path(__file__).parents[2] / "events"
KEY = "politics/Élysée talks + aftermath.txt"
"""The key that the examples in events/ are about."""


def example(name: str) -> dict[str, Any]:
    """One event of events/."""
    event: dict[str, Any] = json.loads((EVENTS / name).read_text(encoding="utf-8"))
    return event


def put(bucket: str, key: str, content: bytes, **said: Any) -> None:  # noqa: ANN401
    """Drop an article."""
    boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=content, **said)


def s3_event(bucket: str, key: str, sequencer: str = "0A") -> dict[str, Any]:
    """A bare event about ``key``; it needs no encoding here."""
    entry = {"key": key, "sequencer": sequencer}
    return {"Records": [{"eventSource": "aws:s3", "s3": {"bucket": {"name": bucket}, "object": entry}}]}


def batch(*bodies: str) -> dict[str, Any]:
    """SQS messages m0, m1, … of the given bodies."""
    return {
        "Records": [
            {"messageId": f"m{number}", "eventSource": "aws:sqs", "body": body, "attributes": {}}
            for number, body in enumerate(bodies)
        ]
    }


@pytest.fixture
def bucket(storage: Mapping[str, str]) -> str:
    """The bucket of the template, under the name that the examples use."""
    return storage["ArticlesBucket"]


@pytest.fixture
def summaries(table: str) -> DynamoDbSummaries:
    """What the handler stored."""
    return DynamoDbSummaries(table)


def stored(summaries: DynamoDbSummaries, key: str) -> Record:
    """The current record, which must be there."""
    found = summaries.current(ArticleId(key))
    assert found
    return found.record


@pytest.mark.parametrize("name", ["s3_put.json", "s3_put_in_sqs.json"], ids=["bare", "in SQS"])
def test_an_upload_becomes_a_summary(
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaries, name: str
) -> None:
    """From the queue, and as `sam local invoke` sends it; the key is decoded."""
    put(bucket, KEY, STORY.encode())

    answer = summarize_uploads.invoke(example(name))

    record = stored(summaries, KEY)
    assert answer in (None, {"batchItemFailures": []})
    assert record.standfirst
    assert record.standfirst in STORY.replace("\n\n", " ")
    assert record.article.sequencer == "0055AED6DCD90281E5"


@pytest.mark.parametrize("name", ["s3_test_event.json", "s3_test_event_in_sqs.json"], ids=["bare", "in SQS"])
def test_the_test_event_is_acknowledged(summarize_uploads: LocalFunction, name: str) -> None:
    """S3 sends it as soon as the notification is configured."""
    assert summarize_uploads.invoke(example(name)) in (None, {"batchItemFailures": []})


def test_a_delete_event_withdraws_the_article(
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaries
) -> None:
    """The record stays, and serves no text."""
    put(bucket, KEY, STORY.encode())
    summarize_uploads.invoke(example("s3_put_in_sqs.json"))
    boto3.client("s3").delete_object(Bucket=bucket, Key=KEY)

    summarize_uploads.invoke(example("s3_delete_in_sqs.json"))

    assert stored(summaries, KEY).status is Status.WITHDRAWN


def test_a_delete_event_of_an_old_version_withdraws_nothing(
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaries
) -> None:
    """The newest version still lies there."""
    put(bucket, KEY, STORY.encode())
    summarize_uploads.invoke(example("s3_put_in_sqs.json"))

    summarize_uploads.invoke(example("s3_delete_in_sqs.json"))

    assert stored(summaries, KEY).status is Status.GENERATED


def test_each_record_of_a_batch_gets_its_own_outcome(
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaries
) -> None:
    """Bad input in the middle holds up nothing: all are answered but the one poison message."""
    put(bucket, "good.txt", STORY.encode())
    put(bucket, "empty.txt", b"")
    put(bucket, "binary.txt", bytes(range(256)) * 20)
    put(bucket, "large.txt", b"x " * (MAX_DOCUMENT_BYTES // 2 + 1))
    put(bucket, "broken.json", b'{"headline": ')
    put(bucket, "print.pdf", b"%PDF-1.7 " + STORY.encode())
    put(bucket, "a b+c/ü/../d.txt", STORY.encode())
    put(bucket, "last.txt", STORY.encode())
    keys = ["good.txt", "gone.txt", "empty.txt", "binary.txt", "large.txt", "broken.json", "print.pdf"]
    encoded = [*keys, "a+b%2Bc/%C3%BC/../d.txt", "last.txt"]
    bodies = [json.dumps(s3_event(bucket, key)) for key in encoded]
    bodies.insert(5, "this is no JSON")

    answer = summarize_uploads.invoke(batch(*bodies))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m5"}]}
    statuses = {key: stored(summaries, key).status for key in [*keys, "a b+c/ü/../d.txt", "last.txt"]}
    assert statuses == {
        "good.txt": Status.GENERATED,
        "gone.txt": Status.WITHDRAWN,
        "empty.txt": Status.FAILED,
        "binary.txt": Status.FAILED,
        "large.txt": Status.FAILED,
        "broken.json": Status.FAILED,
        "print.pdf": Status.FAILED,
        "a b+c/ü/../d.txt": Status.GENERATED,
        "last.txt": Status.GENERATED,
    }


def test_every_failure_has_its_reason(
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaries
) -> None:
    """In words that name the figure or the place."""
    put(bucket, "large.txt", b"x" * (MAX_DOCUMENT_BYTES + 1))
    put(bucket, "broken.json", b'{"headline": ')
    put(bucket, "short.txt", b"Too short.")

    for key in ("large.txt", "broken.json", "short.txt"):
        summarize_uploads.invoke(s3_event(bucket, key))

    reasons = {key: stored(summaries, key).reason or "" for key in ("large.txt", "broken.json", "short.txt")}
    assert "5,242,881 bytes" in reasons["large.txt"]
    assert "JSON" in reasons["broken.json"]
    assert "at least 50" in reasons["short.txt"]


def test_a_batch_that_fails_as_a_whole_is_reported_not_raised(summarize_uploads: LocalFunction) -> None:
    """A raised error would slow the polling of the queue down."""
    assert summarize_uploads.invoke(batch("poison", "[broken")) == {
        "batchItemFailures": [{"itemIdentifier": "m0"}, {"itemIdentifier": "m1"}]
    }


def test_a_bucket_that_does_not_answer_keeps_the_message(summarize_uploads: LocalFunction) -> None:
    """The queue delivers it again; nothing is failed for good."""
    answer = summarize_uploads.invoke(batch(json.dumps(s3_event("no-such-bucket", "a.txt"))))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m0"}]}


def test_user_metadata_chooses_headline_and_language(
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaries
) -> None:
    """The uploader knows better than the text."""
    put(bucket, "said.txt", STORY.encode(), Metadata={"headline": "Ferry to return", "language": "en-GB"})

    summarize_uploads.invoke(s3_event(bucket, "said.txt"))

    record = stored(summaries, "said.txt")
    assert (record.headline, record.language) == ("Ferry to return", "en-GB")


def test_logs_carry_the_article_id_and_metrics_the_outcome(
    load_function: Callable[[str], LocalFunction], bucket: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Logs are JSON, one line each; metrics are in CloudWatch's embedded format."""
    put(bucket, "good.txt", STORY.encode())

    # Loaded here, because a logger holds on to the standard output that it finds.
    load_function("summarize_uploads").invoke(batch(json.dumps(s3_event(bucket, "good.txt"))))

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [answered] = [line for line in lines if line.get("outcome")]
    [metrics] = [line for line in lines if "_aws" in line]
    assert (answered["article_id"], answered["outcome"], answered["level"]) == ("good.txt", "generated", "INFO")
    assert answered["function_request_id"]
    assert metrics["generated"] == [1.0]
    assert metrics["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Standfirst"


def test_a_missing_setting_is_named(summarize_uploads: LocalFunction, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first event, not at import."""
    monkeypatch.delenv("SUMMARIES_TABLE")

    with pytest.raises(SettingsError, match="SUMMARIES_TABLE"):
        summarize_uploads.invoke(example("s3_put.json"))
