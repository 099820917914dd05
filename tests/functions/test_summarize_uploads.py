"""The worker's real handler: events in, records in the table."""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import boto3
import pytest

from builders import STORY
from metric_lines import own_line
from standfirst.adapters.aws.article_bucket import S3ArticleBucket
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import MAX_DOCUMENT_BYTES, ArticleId, StoredObject, Upload
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
            {
                "messageId": f"m{number}",
                "receiptHandle": f"r{number}",
                "eventSource": "aws:sqs",
                "body": body,
                "attributes": {},
            }
            for number, body in enumerate(bodies)
        ]
    }


DeadLetters = Callable[[], Sequence[Mapping[str, Any]]]


@pytest.fixture
def dead_letters(storage: Mapping[str, str]) -> DeadLetters:
    """Takes what lies in the dead-letter queue, which is empty to begin with."""
    taken_from(storage["UploadsDeadLetterQueue"])
    return lambda: taken_from(storage["UploadsDeadLetterQueue"])


def taken_from(queue_url: str) -> list[Mapping[str, Any]]:
    """The messages that were visible in a queue; they are not in it any more."""
    sqs = boto3.client("sqs")
    received = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10, MessageAttributeNames=["All"])
    messages = received.get("Messages", [])
    for message in messages:
        sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    return [*messages]


def said_of(message: Mapping[str, Any]) -> dict[str, str]:
    """The attributes of a dead-lettered message."""
    return {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}


@pytest.fixture
def bucket(storage: Mapping[str, str]) -> str:
    """The bucket of the template, under the name that the examples use."""
    return storage["ArticlesBucket"]


@pytest.fixture
def summaries(table: str) -> DynamoDbSummaryTable:
    """What the handler stored."""
    return DynamoDbSummaryTable(table)


def stored(summaries: DynamoDbSummaryTable, key: str) -> Record:
    """The current record, which must be there."""
    found = summaries.current(ArticleId(key))
    assert found
    return found.record


@pytest.mark.parametrize(
    "name",
    ["s3_put.json", "s3_put_in_sqs.json", "s3_put_by_sns_in_sqs.json", "s3_put_by_eventbridge_in_sqs.json"],
    ids=["bare", "in SQS", "by a topic", "by EventBridge"],
)
def test_an_upload_becomes_a_summary(
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaryTable, name: str
) -> None:
    """From the queue, whoever put it there, and as `sam local invoke` sends it; the key is decoded."""
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


@pytest.mark.parametrize("name", ["s3_delete_in_sqs.json", "s3_expiry_by_eventbridge_in_sqs.json"])
def test_a_deletion_withdraws_the_article(
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaryTable, name: str
) -> None:
    """The record stays, and serves no text."""
    put(bucket, KEY, STORY.encode())
    summarize_uploads.invoke(example("s3_put_in_sqs.json"))
    boto3.client("s3").delete_object(Bucket=bucket, Key=KEY)

    summarize_uploads.invoke(example(name))

    assert stored(summaries, KEY).status is Status.WITHDRAWN


@pytest.mark.parametrize("is_article", [True, False], ids=["an article", "a folder"])
def test_only_an_article_is_withdrawn_when_a_key_that_ends_in_a_slash_is_deleted(
    summarize_uploads: LocalFunction,
    bucket: str,
    summaries: DynamoDbSummaryTable,
    is_article: bool,  # noqa: FBT001
) -> None:
    """Nobody is told of a folder, though the events of deletion are alike."""
    if is_article:
        put(bucket, "sport/", STORY.encode())
        summarize_uploads.invoke(s3_event(bucket, "sport/"))
        boto3.client("s3").delete_object(Bucket=bucket, Key="sport/")

    summarize_uploads.invoke(s3_event(bucket, "sport/", sequencer="0B"))

    found = summaries.current(ArticleId("sport/"))
    assert (found and found.record.status) == (Status.WITHDRAWN if is_article else None)


@pytest.mark.parametrize("body", ["{}", '{"source": "aws.ec2", "detail-type": "Other", "detail": {}}'])
def test_a_message_that_is_no_event_of_ours_is_dead_lettered_with_its_reason(
    summarize_uploads: LocalFunction, dead_letters: DeadLetters, body: str
) -> None:
    """It may be about an upload in a form that is not known: it is never acknowledged and forgotten."""
    assert summarize_uploads.invoke(batch(body)) == {"batchItemFailures": []}

    [letter] = dead_letters()
    assert letter["Body"] == body
    assert "no event of S3 and no command" in said_of(letter)["reason"]


def test_a_delete_event_of_an_old_version_withdraws_nothing(
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaryTable
) -> None:
    """The newest version still lies there."""
    put(bucket, KEY, STORY.encode())
    summarize_uploads.invoke(example("s3_put_in_sqs.json"))

    summarize_uploads.invoke(example("s3_delete_in_sqs.json"))

    assert stored(summaries, KEY).status is Status.GENERATED


def test_each_record_of_a_batch_gets_its_own_outcome(
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaryTable, dead_letters: DeadLetters
) -> None:
    """Bad input in the middle holds up nothing; what is none of S3's messages is dead-lettered at once."""
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

    assert answer == {"batchItemFailures": []}
    [poison] = dead_letters()
    assert poison["Body"] == "this is no JSON"
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
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaryTable
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
    event = json.dumps(s3_event("no-such-bucket", "a.txt"))

    answer = summarize_uploads.invoke(batch(event, event))

    assert sorted(failure["itemIdentifier"] for failure in answer["batchItemFailures"]) == ["m0", "m1"]


def test_a_bucket_that_does_not_answer_keeps_the_message(summarize_uploads: LocalFunction) -> None:
    """The queue delivers it again; nothing is failed for good."""
    answer = summarize_uploads.invoke(batch(json.dumps(s3_event("no-such-bucket", "a.txt"))))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m0"}]}


def test_a_message_that_fails_for_the_last_time_is_dead_lettered_with_its_reason(
    summarize_uploads: LocalFunction, dead_letters: DeadLetters
) -> None:
    """It is in the dead-letter queue as it came, with the article, the reason and what to do."""
    event = json.dumps(s3_event("no-such-bucket", "politics/a.txt"))
    last = batch(event)
    last["Records"][0]["attributes"] = {"ApproximateReceiveCount": "5"}

    answer = summarize_uploads.invoke(last)

    assert answer == {"batchItemFailures": []}
    [message] = dead_letters()
    assert message["Body"] == event
    said = said_of(message)
    assert said["article_id"] == "politics/a.txt"
    assert "NoSuchBucket" in said["reason"]
    assert "redrive" in said["what_to_do"]


def test_an_article_whose_id_another_object_has_is_dead_lettered_alone(
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaryTable, dead_letters: DeadLetters
) -> None:
    """What the worker can't read of its package has failed, the rest is summarised, and the message is acknowledged."""
    texts = {"a": STORY, "b": "Ferry back.", "c": STORY.replace("Sele", "Inn")}
    graph = [{"@type": "NewsArticle", "@id": name, "articleBody": text} for name, text in texts.items()]
    put(bucket, "wire/a", STORY.replace("Sele", "Orme").encode())
    put(bucket, "wire", json.dumps({"@context": "https://schema.org", "@graph": graph}).encode())

    answers = [summarize_uploads.invoke(batch(json.dumps(s3_event(bucket, key)))) for key in ("wire/a", "wire")]

    assert answers == [{"batchItemFailures": []}] * 2
    [message] = dead_letters()
    said = said_of(message)
    assert (said["article_id"], said["what_to_do"].split()[0]) == ("wire/a", "Rename")
    assert stored(summaries, "wire/a").article.key == "wire/a"
    assert [stored(summaries, f"wire/{part}").status for part in "bc"] == [Status.FAILED, Status.GENERATED]


def test_what_fails_for_now_is_hidden_for_a_while(summarize_uploads: LocalFunction, storage: Mapping[str, str]) -> None:
    """The queue would otherwise keep it for its whole visibility timeout, or deliver it at once."""
    sqs, url = boto3.client("sqs"), storage["UploadsQueue"]
    taken_from(url)
    sqs.send_message(QueueUrl=url, MessageBody=json.dumps(s3_event("no-such-bucket", "a.txt")))
    [message] = sqs.receive_message(QueueUrl=url, VisibilityTimeout=0, MessageSystemAttributeNames=["All"])["Messages"]
    event = batch(message["Body"])
    event["Records"][0] |= {"receiptHandle": message["ReceiptHandle"], "attributes": message["Attributes"]}

    summarize_uploads.invoke(event)

    # It was visible when the handler took it, and is not any more.
    assert "Messages" not in sqs.receive_message(QueueUrl=url)
    waiting = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessagesNotVisible"])
    assert waiting["Attributes"]["ApproximateNumberOfMessagesNotVisible"] == "1"


def test_the_records_of_a_batch_are_worked_on_at_the_same_time(
    summarize_uploads: LocalFunction, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All ten read their article before any of them goes on: one that waits for an answer delays no other."""
    for number in range(10):
        put(bucket, f"{number}.txt", STORY.encode())
    together = threading.Barrier(10, timeout=30)
    fetch = S3ArticleBucket.fetch

    def fetch_together(self: S3ArticleBucket, upload: Upload) -> StoredObject:
        together.wait()
        return fetch(self, upload)

    monkeypatch.setattr(S3ArticleBucket, "fetch", fetch_together)

    answer = summarize_uploads.invoke(batch(*(json.dumps(s3_event(bucket, f"{n}.txt")) for n in range(10))))

    assert answer == {"batchItemFailures": []}


def test_a_record_that_comes_to_no_end_is_left_to_the_queue_in_time(
    load_function: Callable[..., LocalFunction],
    bucket: str,
    summaries: DynamoDbSummaryTable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Lambda would end the invocation, and with it the news of what is done."""
    put(bucket, "good.txt", STORY.encode())
    put(bucket, "endless.txt", STORY.encode())
    released = threading.Event()
    fetch = S3ArticleBucket.fetch

    def fetch_or_hang(self: S3ArticleBucket, upload: Upload) -> StoredObject:
        if upload.article_id == "endless.txt":
            released.wait(60)
        return fetch(self, upload)

    monkeypatch.setattr(S3ArticleBucket, "fetch", fetch_or_hang)
    worker = load_function("summarize_uploads", timeout_seconds=5)

    answer = worker.invoke(batch(*(json.dumps(s3_event(bucket, name)) for name in ("endless.txt", "good.txt"))))

    released.set()
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    assert stored(summaries, "good.txt").status is Status.GENERATED


@pytest.mark.parametrize("task_root", ["", "/var/task"], ids=["elsewhere", "on Lambda"])
def test_an_environment_answers_one_invocation_after_the_other(
    summarize_uploads: LocalFunction,
    bucket: str,
    summaries: DynamoDbSummaryTable,
    monkeypatch: pytest.MonkeyPatch,
    task_root: str,
) -> None:
    """Clients, threads and, on Lambda, the event loop are those of the first."""
    monkeypatch.setenv("LAMBDA_TASK_ROOT", task_root)
    for sequencer in ("0A", "0B", "0C"):
        put(bucket, "a.txt", STORY.replace("Tuesday", f"the {sequencer}").encode())

        answer = summarize_uploads.invoke(batch(json.dumps(s3_event(bucket, "a.txt", sequencer))))

        assert answer == {"batchItemFailures": []}
    assert stored(summaries, "a.txt").revision == 3


def test_user_metadata_chooses_headline_and_language(
    summarize_uploads: LocalFunction, bucket: str, summaries: DynamoDbSummaryTable
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

    output = capsys.readouterr().out
    metrics = own_line(output)
    [answered] = [line for line in map(json.loads, output.splitlines()) if line.get("outcome")]
    assert (answered["article_id"], answered["outcome"], answered["level"]) == ("good.txt", "generated", "INFO")
    assert answered["function_request_id"]
    assert metrics["generated"] == [1.0]
    assert metrics["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Standfirst"


def test_a_missing_setting_is_named(summarize_uploads: LocalFunction, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first event, not at import."""
    monkeypatch.delenv("SUMMARIES_TABLE")

    with pytest.raises(SettingsError, match="SUMMARIES_TABLE"):
        summarize_uploads.invoke(example("s3_put.json"))
