"""The editor's function, as API Gateway calls it: real handler, DynamoDB, S3 and SQS played by moto."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Any

import boto3
import pytest

from builders import STORY, a_record, save
from http_events import CALLER, an_event, as_bytes, as_json, body_of, problem_in, without
from standfirst.adapters.aws.messages import read_message
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId, Regeneration
from standfirst.domain.record import ArticleSource, Record, Status
from standfirst_local.functions import LocalFunction

ID = ArticleId("politics/ferry.txt")
HERS = "Brackenford gets its ferry back, seven years on."


@pytest.fixture
def summaries(table: str) -> DynamoDbSummaryTable:
    """What the handler reads and writes."""
    return DynamoDbSummaryTable(table)


@pytest.fixture
def record(summaries: DynamoDbSummaryTable, storage: Mapping[str, str]) -> Record:
    """A summary of an article that lies in the bucket."""
    bucket = storage["ArticlesBucket"]
    etag = boto3.client("s3").put_object(Bucket=bucket, Key=ID, Body=STORY.encode())["ETag"].strip('"')
    source = ArticleSource(bucket=bucket, key=ID, etag=etag, sequencer="0A")
    stored = a_record(ID).model_copy(update={"article": source})
    save(summaries, stored)
    return stored


@pytest.fixture
def tag(record: Record, serve_summaries: LocalFunction) -> str:
    """The ETag an editor gets to see."""
    return etag_of(serve_summaries, record.article_id)


def etag_of(serve_summaries: LocalFunction, article_id: str) -> str:
    """As GET /summaries/{article_id} answers it."""
    answer = serve_summaries.invoke(an_event("http_get_summary", article_id))
    etag: str = answer["headers"]["ETag"]
    return etag


def a_patch(tag: str | None, patch: object, article_id: str = ID) -> dict[str, Any]:
    """PATCH /summaries/{article_id}."""
    event = an_event("http_patch_summary", article_id, headers={"if-match": tag or ""}, **as_json(patch))
    return event if tag is not None else without(event, "if-match")


def test_an_edit_is_stored_checked_and_answered_with_its_new_etag(
    review_summaries: LocalFunction, serve_summaries: LocalFunction, tag: str
) -> None:
    """What is found in it comes as warnings; the caller is who API Gateway says."""
    edited = "The council of Brackenford will reopen the ferry for 250,000 crowns."

    answer = review_summaries.invoke(a_patch(tag, {"standfirst": edited, "note": "Says what it costs."}))

    body = body_of(answer)
    assert (answer["statusCode"], body["status"], body["standfirst"], body["revision"]) == (200, "edited", edited, 2)
    assert [(finding["text"], finding["severity"]) for finding in body["findings"] if finding["check"] == "money"] == [
        ("250,000 crowns", "warning")
    ]
    assert body["review"]["by"] == body["updated_by"] == CALLER
    assert body["review"]["note"] == "Says what it costs."
    assert {finding["severity"] for finding in body["review"]["overruled"]} == {"error"}
    assert body["evidence"]
    assert answer["headers"]["ETag"] == etag_of(serve_summaries, ID) != tag


def test_a_change_without_if_match_is_428(review_summaries: LocalFunction, record: Record) -> None:
    """Nobody changes what they have not seen."""
    assert problem_in(review_summaries.invoke(a_patch(None, {"status": "approved"}, record.article_id)))[0] == 428


@pytest.mark.parametrize(
    "wrong",
    ["", '"nothing"', "no tag at all", "W/{tag}", "{bare}"],
    ids=["empty", "unknown", "garbage", "weak", "without quotation marks"],
)
def test_a_change_of_what_was_not_seen_is_412(review_summaries: LocalFunction, tag: str, wrong: str) -> None:
    """Whatever stands in If-Match."""
    sent = wrong.format(tag=tag, bare=tag.strip('"'))

    assert problem_in(review_summaries.invoke(a_patch(sent, {"status": "approved"})))[0] == 412


def test_the_etag_of_another_article_is_412(
    review_summaries: LocalFunction, serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable, tag: str
) -> None:
    """Also of one at the same revision."""
    del tag
    save(summaries, a_record("sport/cup.txt"))

    answer = review_summaries.invoke(a_patch(etag_of(serve_summaries, "sport/cup.txt"), {"status": "approved"}))

    assert problem_in(answer)[0] == 412


@pytest.mark.parametrize("form", [{"accept": "application/ld+json"}, {}], ids=["linked data", "JSON"])
def test_the_etag_of_any_form_will_do(
    review_summaries: LocalFunction, serve_summaries: LocalFunction, record: Record, form: dict[str, str]
) -> None:
    """Also that of the form with the rejected draft, which an editor looks at."""
    event = an_event(
        "http_get_summary", record.article_id, headers=form, queryStringParameters={"rejected_draft": "true"}
    )
    seen = serve_summaries.invoke(event)["headers"]["ETag"]

    assert review_summaries.invoke(a_patch(seen, {"status": "approved"}))["statusCode"] == 200


def test_the_etag_of_a_pending_revision_will_do_for_a_decision_about_it(
    review_summaries: LocalFunction, serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable, table: str
) -> None:
    """It is what the editor has looked at; for words that are served it will not."""
    del table
    save(summaries, a_record(ID, status=Status.EDITED))
    held = a_record(ID, revision=3, status=Status.EDITED).model_copy(update={"stale": True, "pending": 2})
    save(summaries, held, pending=a_record(ID, revision=2, sequencer="0B"))
    seen = serve_summaries.invoke(an_event("http_get_summary", ID, queryStringParameters={"revision": "2"}))

    refused = review_summaries.invoke(a_patch(seen["headers"]["ETag"], {"status": "approved"}))
    taken = review_summaries.invoke(a_patch(seen["headers"]["ETag"], {"status": "approved", "revision": 2}))

    assert (refused["statusCode"], taken["statusCode"]) == (412, 200)


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({}, "body"),
        ([], "body"),
        ("approved", "body"),
        (None, "body"),
        ({"status": "edited"}, "body"),
        ({"status": "generated"}, "status"),
        ({"standfirst": ""}, "standfirst"),
        ({"standfirst": None}, "standfirst"),
        ({"standfirst": 7}, "standfirst"),
        ({"standfirst": "x" * 1001}, "standfirst"),
        ({"summary": "a\u0000b"}, "summary"),
        ({"summary": "\ud800"}, "summary"),
        ({"summary": "caf\ufffd"}, "summary"),
        ({"key_points": "one"}, "key_points"),
        ({"key_points": ["fine", ""]}, "key_points.1"),
        ({"status": "approved", "revision": 0}, "revision"),
        ({"status": "approved", "revision": "1"}, "revision"),
        ({"status": "approved", "revision": 7}, "revision"),
        ({"standfirst": "Fine.", "status": "rejected"}, "body"),
        ({"standfirst": "Fine.", "updated_by": "somebody else"}, "updated_by"),
    ],
)
def test_a_wrong_patch_is_422_names_the_field_and_stores_nothing(
    review_summaries: LocalFunction, summaries: DynamoDbSummaryTable, tag: str, patch: object, field: str
) -> None:
    """Whatever else of it was right."""
    answer = review_summaries.invoke(a_patch(tag, patch))

    assert problem_in(answer)[0] == 422
    assert field in {error["field"] for error in body_of(answer)["errors"]}
    assert len(summaries.history(ID, None, 10)) == 1


def test_what_has_to_be_a_list_is_called_a_list(review_summaries: LocalFunction, tag: str) -> None:
    """Not a tuple, which JSON does not have."""
    answer = review_summaries.invoke(a_patch(tag, {"status": "approved", "review": {"sentences_seen": 3}}))

    assert problem_in(answer)[1] == "review.sentences_seen: Input should be a valid list"


@pytest.mark.parametrize(
    "body",
    [
        as_bytes(b'{"standfirst": "\xff"}'),
        {"body": "{", "isBase64Encoded": False},
        {"body": "[" * 100_000, "isBase64Encoded": False},
        {"body": '{"revision": ' + "9" * 6_000 + "}", "isBase64Encoded": False},
        {"body": '{"revision": NaN}', "isBase64Encoded": False},
        {"body": '{"status": "approved", "status": "rejected"}', "isBase64Encoded": False},
        {"body": "", "isBase64Encoded": False},
        {"body": None, "isBase64Encoded": False},
    ],
    ids=["no UTF-8", "cut off", "nested deeply", "a huge number", "NaN", "a member twice", "empty", "missing"],
)
def test_a_body_that_is_no_json_is_refused(review_summaries: LocalFunction, tag: str, body: dict[str, Any]) -> None:
    """With a problem, whichever way it is broken."""
    answer = review_summaries.invoke(a_patch(tag, {}) | body)

    assert problem_in(answer)[0] == 400
    assert [error["field"] for error in body_of(answer)["errors"]] == ["body"]
    assert not [word for word in ("recursion", "unicode string", "sys.", "codec") if word in answer["body"]]


def test_a_body_of_another_type_is_415(review_summaries: LocalFunction, tag: str) -> None:
    """An edit is JSON."""
    event = a_patch(tag, {"status": "approved"})
    event["headers"]["content-type"] = "text/xml"

    assert problem_in(review_summaries.invoke(event))[0] == 415


def test_nobody_says_who_they_are(review_summaries: LocalFunction, tag: str) -> None:
    """Identity comes from API Gateway's authorizer alone."""
    smuggled = {"x-amzn-iam-user-arn": "arn:evil", "x-caller": "evil", "x-amzn-request-context": '{"authorizer": {}}'}
    event = a_patch(tag, {"status": "approved"})
    event["headers"] |= smuggled

    answer = review_summaries.invoke(event)

    assert body_of(answer)["updated_by"] == CALLER


def test_the_subject_of_a_token_is_recorded(review_summaries: LocalFunction, tag: str) -> None:
    """Where a deployment has an issuer."""
    event = a_patch(tag, {"status": "approved"})
    event["requestContext"]["authorizer"] = {"jwt": {"claims": {"sub": "editor-7"}, "scopes": ["summaries:review"]}}

    assert body_of(review_summaries.invoke(event))["updated_by"] == "jwt:editor-7"


def test_a_request_of_nobody_changes_nothing(
    review_summaries: LocalFunction, summaries: DynamoDbSummaryTable, tag: str
) -> None:
    """Should a route ever be left open."""
    event = a_patch(tag, {"status": "approved"})
    del event["requestContext"]["authorizer"]

    assert problem_in(review_summaries.invoke(event))[0] == 403
    assert len(summaries.history(ID, None, 10)) == 1


def test_what_is_not_there_is_404_and_what_was_withdrawn_410(
    review_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """As for readers."""
    save(summaries, a_record("gone", status=Status.WITHDRAWN))
    save(summaries, a_record("failed", status=Status.FAILED))

    answers = [
        problem_in(review_summaries.invoke(a_patch("*", {"status": "approved"}, name)))[0]
        for name in ("nothing", "gone", "failed")
    ]

    assert answers == [404, 410, 409]


@pytest.mark.parametrize("racers", [2, 200])
def test_of_racing_edits_one_wins_and_nothing_is_lost(
    load_function: Callable[[str], LocalFunction],
    summaries: DynamoDbSummaryTable,
    tag: str,
    racers: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All have seen the same revision: the others get 412, and may look again."""
    # Powertools keeps one set of metrics for a process, which is one environment in Lambda, and eight here.
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    # As many execution environments, each of which answers one request at a time.
    functions = [load_function("review_summaries") for _ in range(min(racers, 8))]
    for function in functions:
        function.invoke(a_patch(None, {"status": "approved"}))

    def race(number: int, function: LocalFunction) -> tuple[int, str]:
        words = f"Words of editor {number}."
        return function.invoke(a_patch(tag, {"standfirst": words}))["statusCode"], words

    with ThreadPoolExecutor(len(functions)) as pool:
        lanes = [
            pool.submit(lambda mine=mine, function=function: [race(number, function) for number in mine])
            for mine, function in zip(_dealt(racers, len(functions)), functions, strict=True)
        ]
        answers = [answer for lane in lanes for answer in lane.result()]

    assert Counter(status for status, _ in answers) == {200: 1, 412: racers - 1}
    [winner] = [words for status, words in answers if status == 200]
    stored = summaries.current(ID)
    assert stored
    assert (stored.record.standfirst, stored.record.revision) == (winner, 2)
    assert [each.revision for each in summaries.history(ID, None, 300)] == [2, 1]


def _dealt(racers: int, hands: int) -> list[list[int]]:
    """The numbers of the racers, dealt out."""
    dealt: list[list[int]] = [[] for _ in range(hands)]
    for number, hand in zip(range(racers), cycle(dealt), strict=False):
        hand.append(number)
    return dealt


def taken_from(queue_url: str) -> list[str]:
    """The bodies of the messages in the queue, which is empty afterwards."""
    sqs = boto3.client("sqs")
    messages = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages", [])
    for message in messages:
        sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    return [message["Body"] for message in messages]


def test_a_regeneration_is_queued_with_its_caller(
    review_summaries: LocalFunction, record: Record, storage: Mapping[str, str]
) -> None:
    """The worker reads it from the queue."""
    answer = review_summaries.invoke(an_event("http_post_regeneration", record.article_id))

    assert (answer["statusCode"], answer["headers"]["Location"]) == (202, f"/summaries/{ID}")
    request_id = body_of(answer)["wish"]
    bucket = storage["ArticlesBucket"]
    assert [read_message(body, "") for body in taken_from(storage["UploadsQueue"])] == [
        [Regeneration(ID, ID, bucket, ID, request_id, CALLER)]
    ]


def test_a_regeneration_that_is_sent_twice_with_its_key_is_one_request(
    review_summaries: LocalFunction, record: Record, storage: Mapping[str, str]
) -> None:
    """A click too many is not paid for: the worker finds what it wrote for a request."""
    keys = ["k1", "k1", "k2"]

    request_ids = [
        body_of(
            review_summaries.invoke(
                an_event("http_post_regeneration", record.article_id, headers={"idempotency-key": key})
            )
        )["wish"]
        for key in keys
    ]

    taken_from(storage["UploadsQueue"])
    assert [request_ids[0] == request_ids[1], request_ids[0] == request_ids[2]] == [True, False]


def test_nothing_is_queued_about_what_is_not_there(
    review_summaries: LocalFunction, summaries: DynamoDbSummaryTable, storage: Mapping[str, str]
) -> None:
    """404, 410."""
    save(summaries, a_record("gone", status=Status.WITHDRAWN))

    answers = [
        problem_in(review_summaries.invoke(an_event("http_post_regeneration", name)))[0] for name in ("nothing", "gone")
    ]

    assert answers == [404, 410]
    assert taken_from(storage["UploadsQueue"]) == []


def test_requests_are_counted_by_what_was_answered(
    review_summaries: LocalFunction, capsys: pytest.CaptureFixture[str]
) -> None:
    """In CloudWatch's embedded format."""
    review_summaries.invoke(a_patch("*", {"status": "approved"}, "nothing"))

    [metrics] = [line for line in map(json.loads, capsys.readouterr().out.splitlines()) if "_aws" in line]
    assert metrics["answered_404"] == [1.0]
