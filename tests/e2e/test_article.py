"""An article on its way through the deployed stack: bucket, queue, functions, tables and HTTP API."""

import json
from pathlib import Path

import boto3
import pytest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from builders import STORY
from deployed import Stack, a_role, eventually

EVENTS = Path(__file__).parents[2] / "events"
NEWER = STORY.replace("240,000", "310,000")
MEGABYTE = 1024 * 1024

Roles = dict[str, Credentials]


def test_an_upload_becomes_a_summary(stack: Stack, roles: Roles) -> None:
    """Within the deployed functions' rights, and seen by a reader with a strong ETag."""
    stack.upload("politics/ferry.txt", STORY, headline="Brackenford votes for its ferry")

    answer = stack.summary(roles["reader"], "politics/ferry.txt", lambda found: found.status != 404)

    assert answer.status == 200
    assert (answer.json["status"], answer.json["revision"]) == ("generated", 1)
    assert answer.json["headline"] == "Brackenford votes for its ferry"
    unchanged = stack.ask(
        roles["reader"], "GET", "/summaries/politics/ferry.txt", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert unchanged.status == 304


def test_an_editors_words_stay_when_a_newer_article_arrives(stack: Stack, roles: Roles) -> None:
    """The edit needs the ETag of what was read; the newer summary waits beside it."""
    stack.upload("politics/edited.txt", STORY)
    found = stack.summary(roles["editor"], "politics/edited.txt", lambda found: found.status == 200)
    path, change = "/summaries/politics/edited.txt", {"standfirst": "The ferry across the Sele is to return in June."}

    blind = stack.ask(roles["editor"], "PATCH", path, change)
    outdated = stack.ask(roles["editor"], "PATCH", path, change, {"If-Match": '"another"'})
    edited = stack.ask(roles["editor"], "PATCH", path, change, {"If-Match": found.headers["ETag"]})
    stack.upload("politics/edited.txt", NEWER)
    newer = stack.summary(roles["editor"], "politics/edited.txt", lambda found: bool(found.json["pending"]))

    assert (blind.status, outdated.status, edited.status) == (428, 412, 200)
    assert ":assumed-role/editor/" in edited.json["updated_by"]
    assert (newer.json["status"], newer.json["stale"]) == ("edited", True)
    assert newer.json["standfirst"] == change["standfirst"]
    waiting = stack.ask(roles["editor"], "GET", f"{path}?revision={newer.json['pending']}")
    assert "310,000" in waiting.json["summary"]


def test_a_decision_is_in_the_records_of_reviews(stack: Stack, roles: Roles) -> None:
    """In one transaction over two tables, and in the month's list."""
    stack.upload("politics/approved.txt", STORY)
    found = stack.summary(roles["editor"], "politics/approved.txt", lambda found: found.status == 200)

    path, read = "/summaries/politics/approved.txt", {"If-Match": found.headers["ETag"]}
    approved = stack.ask(roles["editor"], "PATCH", path, {"status": "approved"}, read)
    listed = stack.ask(roles["editor"], "GET", f"/reviews?month={approved.json['updated_at'][:7]}")

    assert (approved.status, listed.status) == (200, 200)
    assert "politics/approved.txt" in [json.loads(line)["article_id"] for line in listed.content.splitlines()]


def test_a_deleted_article_is_withdrawn(stack: Stack, roles: Roles) -> None:
    """Readers get 410; an editor still sees what was there."""
    stack.upload("politics/deleted.txt", STORY)
    stack.summary(roles["reader"], "politics/deleted.txt", lambda found: found.status == 200)

    stack.delete("politics/deleted.txt")
    gone = stack.summary(roles["reader"], "politics/deleted.txt", lambda found: found.status == 410)
    seen = stack.ask(roles["editor"], "GET", "/review/summaries/politics/deleted.txt")

    assert (gone.status, gone.headers["Content-Type"]) == (410, "application/problem+json")
    assert (seen.status, seen.json["status"]) == (200, "withdrawn")


def test_a_takedown_erases_texts_and_object(stack: Stack, roles: Roles) -> None:
    """All versions of the object, if the caller asks for it."""
    stack.upload("politics/taken-down.txt", STORY)
    stack.summary(roles["reader"], "politics/taken-down.txt", lambda found: found.status == 200)

    erased = stack.ask(roles["eraser"], "DELETE", "/summaries/politics/taken-down.txt?object_versions=true")
    gone = stack.ask(roles["reader"], "GET", "/summaries/politics/taken-down.txt")
    left = boto3.client("s3").list_object_versions(
        Bucket=stack.outputs["ArticlesBucketName"], Prefix="politics/taken-down.txt"
    )

    assert (erased.status, gone.status) == (200, 410)
    assert "Versions" not in left


def test_an_article_in_a_request_is_summarised_in_the_answer(stack: Stack, roles: Roles) -> None:
    """Nothing is kept without an id; with one, the article is in the bucket and the summary is served."""
    plain = {"Content-Type": "text/plain"}

    passing = stack.ask(roles["writer"], "POST", "/summaries", STORY.encode(), plain)
    kept = stack.ask(roles["writer"], "POST", "/summaries?article_id=politics%2Fsent.txt", STORY.encode(), plain)
    found = stack.summary(roles["reader"], "politics/sent.txt", lambda found: found.status == 200)

    assert (passing.status, kept.status) == (200, 201)
    assert found.json["standfirst"] == kept.json["standfirst"] == passing.json["standfirst"]


def test_a_request_that_is_repeated_is_answered_once(stack: Stack, roles: Roles) -> None:
    """With its idempotency key; with the same key and another text it is refused."""
    headers = {"Content-Type": "text/plain", "Idempotency-Key": "a-request-of-the-cms"}
    path = "/summaries?article_id=politics%2Frepeated.txt"

    first, second = (stack.ask(roles["writer"], "POST", path, STORY.encode(), headers) for _ in range(2))
    other = stack.ask(roles["writer"], "POST", path, NEWER.encode(), headers)

    assert (first.status, second.status, other.status) == (201, 201, 422)
    assert first.json == second.json


def test_a_regeneration_goes_through_the_queue(stack: Stack, roles: Roles) -> None:
    """Queued by one function and done by another, to which the same text is nothing new."""
    stack.upload("politics/again.txt", STORY)
    stack.summary(roles["reader"], "politics/again.txt", lambda found: found.status == 200)

    answer = stack.ask(roles["writer"], "POST", "/regenerations/politics/again.txt")
    said = eventually(
        lambda: [line["outcome"] for _, line in stack.log_lines() if line.get("article_id") == "politics/again.txt"],
        lambda outcomes: len(outcomes) > 1,
    )

    assert (answer.status, said) == (202, ["generated", "unchanged"])


def test_an_editor_sees_the_article_and_checks_texts_against_it(stack: Stack, roles: Roles) -> None:
    """The object of the bucket, read again by another function."""
    stack.upload("politics/checked.txt", STORY)
    stack.summary(roles["editor"], "politics/checked.txt", lambda found: found.status == 200)

    article = stack.ask(roles["editor"], "GET", "/articles/politics/checked.txt")
    texts = {"article_id": "politics/checked.txt", "standfirst": "The council will pay 900,000 crowns for the ferry."}
    checked = stack.ask(roles["editor"], "POST", "/checks", texts)

    assert (article.status, checked.status) == (200, 200)
    assert article.json["paragraphs"] == STORY.split("\n\n")
    assert "900,000" in str(checked.json["findings"])


def test_an_article_is_claimed_by_one_editor(stack: Stack, roles: Roles) -> None:
    """And given back."""
    stack.upload("politics/claimed.txt", STORY)
    stack.summary(roles["editor"], "politics/claimed.txt", lambda found: found.status == 200)

    claimed = stack.ask(roles["editor"], "PUT", "/claims/politics/claimed.txt")
    released = stack.ask(roles["editor"], "DELETE", "/claims/politics/claimed.txt")

    assert (claimed.status, released.status) == (200, 204)


@pytest.mark.parametrize(
    ("article_id", "content", "reason"),
    [
        ("bad/picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(2_000), "looks like an image"),
        ("bad/large.txt", b"word " * MEGABYTE * 2, "at most"),
    ],
    ids=["a picture", "ten megabytes"],
)
def test_a_document_that_cannot_be_read_says_why(
    stack: Stack, roles: Roles, article_id: str, content: bytes, reason: str
) -> None:
    """And is found by its status."""
    stack.upload(article_id, content)

    found = stack.summary(roles["editor"], article_id, lambda found: found.status == 200)
    failed = stack.ask(roles["editor"], "GET", "/summaries?status=failed")

    assert found.json["status"] == "failed"
    assert reason in found.json["reason"]
    assert article_id in [each["article_id"] for each in failed.json["summaries"]]


@pytest.mark.parametrize("megabytes", [5.5, 11], ids=["more than is read", "more than API Gateway takes"])
def test_a_request_that_is_too_large_gets_a_clear_answer(stack: Stack, roles: Roles, megabytes: float) -> None:
    """413, whoever says it."""
    body = b"word " * int(megabytes * MEGABYTE / 5)

    answer = stack.ask(roles["writer"], "POST", "/summaries", body, {"Content-Type": "text/plain"})

    assert answer.status == 413


def test_what_is_no_event_of_ours_is_put_aside_with_its_reason(stack: Stack) -> None:
    """And nothing else is: the notification's test event was acknowledged."""
    sqs, aside = boto3.client("sqs"), stack.outputs["UploadsDeadLetterQueueUrl"]

    sqs.send_message(QueueUrl=stack.outputs["UploadsQueueUrl"], MessageBody=json.dumps({"hello": "world"}))
    (message,) = eventually(
        lambda: sqs.receive_message(QueueUrl=aside, MessageAttributeNames=["All"]).get("Messages", []), bool
    )
    sqs.delete_message(QueueUrl=aside, ReceiptHandle=message["ReceiptHandle"])

    assert json.loads(message["Body"]) == {"hello": "world"}
    assert message["MessageAttributes"]
    left = sqs.get_queue_attributes(QueueUrl=aside, AttributeNames=["ApproximateNumberOfMessages"])
    assert left["Attributes"]["ApproximateNumberOfMessages"] == "0"


def test_the_bucket_takes_nothing_without_tls(stack: Stack) -> None:
    """Not even from somebody who may do everything there; the emulator lets the account's root."""
    everything = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [everything]})
    policy = boto3.client("iam").create_policy(PolicyName="uploads", PolicyDocument=document)["Policy"]["Arn"]
    by = a_role("cms", policy)
    signed = {"aws_access_key_id": by.access_key, "aws_secret_access_key": by.secret_key, "aws_session_token": by.token}
    article = {"Bucket": stack.outputs["ArticlesBucketName"], "Key": "plain.txt", "Body": b"story"}

    boto3.client("s3", **signed).put_object(**article)
    with pytest.raises(ClientError, match="AccessDenied"):
        boto3.client("s3", endpoint_url=stack.ministack.plain_url, **signed).put_object(**article)


def test_the_scheduled_function_runs_within_its_rights(stack: Stack) -> None:
    """Invoked as the rule does it."""
    event = (EVENTS / "schedule.json").read_bytes()

    answer = boto3.client("lambda").invoke(FunctionName=stack.resources["UpgradeSummaries"], Payload=event)

    assert "FunctionError" not in answer, answer["Payload"].read()


def test_no_function_was_refused_anything(stack: Stack) -> None:
    """Of all that stands above: a right that is missing is in a log, even where it does no harm."""
    refused = [
        (log, line) for log, line in stack.log_lines() if "AccessDenied" in str(line) or line.get("level") == "ERROR"
    ]

    assert refused == []
