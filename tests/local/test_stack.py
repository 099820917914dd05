"""The whole service over the wire: S3 → SQS → the real handler → DynamoDB → HTTP, on the stack of the template."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import boto3
import pytest

from builders import STORY
from standfirst.adapters.aws.messages import write_backfill
from standfirst.adapters.aws.upload_queue import SqsUploadQueue
from standfirst.domain.article import MAX_DOCUMENT_BYTES, ArticleId, Backfill
from standfirst_local.service import Service
from standfirst_local.stack import LocalStack, running_stack

T = TypeVar("T")

QUIET = {"POWERTOOLS_LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true"}


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    """One stack for all of this file; every test has keys of its own."""
    with running_stack(variables=QUIET) as running:
        yield running


def put(stack: LocalStack, key: str, content: bytes) -> None:
    """Upload as any HTTP client would."""
    # moto takes urllib's own content type for that of a form, and refuses nameless clients a second upload.
    headers = {"Content-Type": "application/octet-stream", "Authorization": "Basic bG9jYWw6bG9jYWw="}
    url = f"{stack.aws_url}/{stack.bucket}/{quote(key)}"
    with urlopen(Request(url, data=content, headers=headers, method="PUT")) as answer:
        assert answer.status == 200


def get(stack: LocalStack, path: str) -> tuple[int, dict[str, object]]:
    """Status and JSON of an answer of the API."""
    try:
        with urlopen(stack.api_url + path) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


def eventually(look: Callable[[], T], until: Callable[[T], bool]) -> T:
    """What ``look`` sees once ``until`` holds for it, or after a long while."""
    deadline = time.monotonic() + 30
    while not until(seen := look()) and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    return seen


def summary_of(stack: LocalStack, key: str, status: str) -> dict[str, object]:
    """The summary the API serves, once it has the status."""
    path = f"/summaries/{quote(key)}"
    return eventually(lambda: get(stack, path)[1], until=lambda body: body.get("status") == status)


def test_an_article_dropped_in_s3_comes_back_from_the_api(stack: LocalStack) -> None:
    """The main job."""
    put(stack, "politics/ferry.txt", STORY.encode())

    summary = summary_of(stack, "politics/ferry.txt", "generated")

    assert summary["article_id"] == "politics/ferry.txt"
    assert summary["standfirst"]
    assert str(summary["standfirst"]) in STORY.replace("\n\n", " ")
    assert summary["made_by"] == {
        "writer": "extractive",
        "model": None,
        "prompt": None,
        "style": "default@1",
        "degraded": None,
        "parts": 1,
        "coverage": 100,
    }


@pytest.mark.parametrize("key", ["a b/c+d.txt", "café/ü.txt", "x/../y.txt", "100%/%2F.txt", "slash//slash.txt"])
def test_keys_of_every_kind_make_the_whole_way(stack: LocalStack, key: str) -> None:
    """Encoded by the client, by S3, by the client again."""
    put(stack, key, STORY.encode())

    assert summary_of(stack, key, "generated")["article_id"] == key


def test_bad_articles_fail_with_a_reason_and_good_ones_beside_them_do_not(stack: LocalStack) -> None:
    """All dropped at once."""
    put(stack, "bad/empty.txt", b"")
    put(stack, "bad/large.txt", b"x" * (MAX_DOCUMENT_BYTES + 1))
    put(stack, "bad/broken.json", b"{")
    put(stack, "bad/beside.txt", STORY.encode())

    failed = [summary_of(stack, f"bad/{name}", "failed") for name in ("empty.txt", "large.txt", "broken.json")]

    assert all(summary["reason"] and summary["standfirst"] is None for summary in failed)
    assert summary_of(stack, "bad/beside.txt", "generated")["reason"] is None


def test_a_new_version_replaces_the_summary_and_an_unchanged_one_does_not(stack: LocalStack) -> None:
    """Revisions count changes, not uploads."""
    put(stack, "twice.txt", STORY.encode())
    first = summary_of(stack, "twice.txt", "generated")
    put(stack, "twice.txt", STORY.encode())
    put(stack, "twice.txt", STORY.replace("June", "July").encode())

    seen = eventually(lambda: get(stack, "/summaries/twice.txt")[1], until=lambda body: body["revision"] != 1)

    assert (first["revision"], seen["revision"]) == (1, 2)
    assert get(stack, "/summaries/twice.txt?revision=1")[1] == first


def test_a_deleted_article_is_gone(stack: LocalStack) -> None:
    """410, whichever revision is asked for; a reviewer still sees them."""
    put(stack, "short-lived.txt", STORY.encode())
    summary_of(stack, "short-lived.txt", "generated")
    boto3.client("s3").delete_object(Bucket=stack.bucket, Key="short-lived.txt")

    status, body = eventually(lambda: get(stack, "/summaries/short-lived.txt"), until=lambda seen: seen[0] == 410)

    assert (status, body["title"]) == (410, "Gone")
    assert get(stack, "/summaries/short-lived.txt?revision=1")[0] == 410
    assert get(stack, "/review/summaries/short-lived.txt?revision=1")[0] == 200


def test_a_deletion_that_is_taken_back_brings_the_article_back(stack: LocalStack) -> None:
    """The bucket keeps versions: a delete puts a marker before them, and S3 tells of either."""
    s3 = boto3.client("s3")
    put(stack, "undone.txt", STORY.encode())
    before = summary_of(stack, "undone.txt", "generated")
    marker = s3.delete_object(Bucket=stack.bucket, Key="undone.txt")["VersionId"]
    eventually(lambda: get(stack, "/summaries/undone.txt")[0], until=lambda status: status == 410)

    s3.delete_object(Bucket=stack.bucket, Key="undone.txt", VersionId=marker)

    after = summary_of(stack, "undone.txt", "generated")
    assert (after["revision"], after["standfirst"]) == (3, before["standfirst"])


def test_each_revision_has_its_article_though_the_bucket_holds_a_newer_one(stack: LocalStack) -> None:
    """An editor sees what a text was written about."""
    put(stack, "moved-on.txt", STORY.encode())
    summary_of(stack, "moved-on.txt", "generated")
    put(stack, "moved-on.txt", STORY.replace("June", "July").encode())
    eventually(lambda: get(stack, "/summaries/moved-on.txt")[1]["revision"], until=lambda revision: revision == 2)

    shown = [get(stack, f"/articles/moved-on.txt?revision={number}") for number in (1, 2)]

    assert [(status, "July" in str(article["paragraphs"])) for status, article in shown] == [(200, False), (200, True)]


def test_in_a_bucket_without_versions_the_same_text_in_other_bytes_is_still_the_article(stack: LocalStack) -> None:
    """Its upload makes no revision; the record names bytes that nobody has any more."""
    s3 = boto3.client("s3")
    s3.put_bucket_versioning(Bucket=stack.bucket, VersioningConfiguration={"Status": "Suspended"})
    for content in (STORY, STORY.replace("\n\n", "\n\n\n")):
        put(stack, "again.txt", content.encode())
        Service(stack).wait_for("again.txt", 30)
    s3.put_bucket_versioning(Bucket=stack.bucket, VersioningConfiguration={"Status": "Enabled"})

    status, article = get(stack, "/articles/again.txt")
    Service(stack).edit("again.txt", {"standfirst": "The ferry across the Sele is to return in June."})
    edited = summary_of(stack, "again.txt", "edited")

    assert (status, article["revision"], article["paragraphs"]) == (200, 1, STORY.split("\n\n"))
    assert "unchecked" not in str(edited["findings"])


def test_lists_are_served_by_status(stack: LocalStack) -> None:
    """With a cursor to the rest."""
    for number in range(3):
        put(stack, f"list/{number}.json", b"[]")
    for number in range(3):
        summary_of(stack, f"list/{number}.json", "failed")

    _, first = get(stack, "/summaries?status=failed&limit=2")
    _, second = get(stack, f"/summaries?status=failed&limit=2&cursor={first['cursor']}")

    listed = [*first["summaries"], *second["summaries"]]  # type: ignore[misc]
    assert len({summary["article_id"] for summary in listed}) == len(listed) >= 3
    assert {summary["status"] for summary in listed} == {"failed"}


def test_a_message_that_cannot_be_handled_ends_in_the_dead_letter_queue(stack: LocalStack) -> None:
    """After as many receives as the template allows; the pump deletes nothing that failed."""
    sqs = boto3.client("sqs")
    queue, dead = stack.resources["UploadsQueue"], stack.resources["UploadsDeadLetterQueue"]
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "0"})
    sqs.send_message(QueueUrl=queue, MessageBody="poison")

    messages = eventually(lambda: sqs.receive_message(QueueUrl=dead).get("Messages", []), until=bool)

    assert [message["Body"] for message in messages] == ["poison"]
    put(stack, "after-poison.txt", STORY.encode())
    assert summary_of(stack, "after-poison.txt", "generated")


def test_a_backfill_goes_through_a_lane_of_its_own(stack: LocalStack) -> None:
    """What lies in the bucket and has no record gets one; what is no message of ours ends beside that queue."""
    sqs, key = boto3.client("sqs"), "archive/ferry.txt"
    queue, dead = stack.resources["BackfillQueue"], stack.resources["BackfillDeadLetterQueue"]
    put(stack, key, STORY.encode())
    summary_of(stack, key, "generated")

    sqs.send_message(QueueUrl=queue, MessageBody=write_backfill(Backfill(ArticleId(key), stack.bucket, key, "run 1")))
    sqs.send_message(QueueUrl=queue, MessageBody="poison")

    messages = eventually(lambda: sqs.receive_message(QueueUrl=dead).get("Messages", []), until=bool)
    assert [message["Body"] for message in messages] == ["poison"]
    assert get(stack, f"/summaries/{key}")[1]["revision"] == 1
    lane = SqsUploadQueue(queue)
    assert eventually(lane.waiting, until=lambda waiting: waiting == 0) == 0


def test_unknown_routes_are_not_found(stack: LocalStack) -> None:
    """By the route that takes what no other does, as problem details."""
    status, body = get(stack, "/nothing")

    assert (status, body["detail"]) == (404, "There is nothing under this path.")
