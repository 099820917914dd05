"""The function a CMS calls and waits for: real handler, real model client against a local server, moto."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import boto3
import pytest

from builders import STORY, a_record, save
from http_events import a_post, an_event, as_bytes, as_json, body_of, problem_in
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId
from standfirst.domain.record import Status
from standfirst_local.functions import LocalFunction

ID = ArticleId("politics/ferry.txt")
CMS = "arn:aws:iam::123456789012:user/newsroom-cms"
NITF = f"""<?xml version="1.0" encoding="iso-8859-1"?>
<nitf><body><body.head><hedline><hl1>Fähre</hl1></hedline></body.head>
<body.content><p>{STORY}</p></body.content></body></nitf>"""


@pytest.fixture
def summaries(table: str) -> DynamoDbSummaryTable:
    """What the handler writes."""
    return DynamoDbSummaryTable(table)


@pytest.fixture
def bucket(storage: Mapping[str, str]) -> str:
    """Where articles lie; it is empty."""
    s3, name = boto3.client("s3"), storage["ArticlesBucket"]
    for found in s3.list_objects_v2(Bucket=name).get("Contents", []):
        s3.delete_object(Bucket=name, Key=found["Key"])
    return name


def keys_in(bucket: str) -> list[str]:
    """What lies in the bucket."""
    return [found["Key"] for found in boto3.client("s3").list_objects_v2(Bucket=bucket).get("Contents", [])]


def test_an_article_is_summarised_in_the_call_and_nothing_is_stored(
    summarize_on_request: LocalFunction, summaries: DynamoDbSummaryTable, bucket: str
) -> None:
    """Without an id there is nothing to store it under."""
    answer = summarize_on_request.invoke(a_post())

    body = body_of(answer)
    assert (answer["statusCode"], body["status"], body["made_by"]["writer"]) == (200, "generated", "extractive")
    assert body["standfirst"] in STORY
    assert body["article"]["words"] == 45
    assert not {"article_id", "revision", "updated_by"} & set(body)
    assert keys_in(bucket) == []
    assert summaries.list_by_updated(None, None, None, 10) == []


def test_what_is_wrong_with_an_article_is_answered_without_an_id_too(summarize_on_request: LocalFunction) -> None:
    """That it is only a part of one, and that its language is not the one that was named."""
    body = body_of(summarize_on_request.invoke(a_post(f"{STORY}\n\nTo read on, please subscribe to our paper.")))
    french = "Le conseil municipal a décidé mardi de rouvrir le bac après sept ans, et les travaux coûteront cher. " * 4
    other = body_of(summarize_on_request.invoke(a_post(french, language="en")))

    assert body["article"]["partial"] in next(each["detail"] for each in body["findings"] if each["check"] == "partial")
    assert (other["language"], other["article"]["declared_language"]) == ("fr", "en")


def test_an_article_with_an_id_is_stored_as_an_upload_would_be(
    summarize_on_request: LocalFunction,
    serve_summaries: LocalFunction,
    summarize_uploads: LocalFunction,
    summaries: DynamoDbSummaryTable,
    bucket: str,
) -> None:
    """In the bucket and in the table; the event of its own upload then changes nothing."""
    answer = summarize_on_request.invoke(a_post(article_id=ID))

    body = body_of(answer)
    assert (answer["statusCode"], body["article_id"], body["revision"], body["updated_by"]) == (201, ID, 1, CMS)
    assert answer["headers"]["Location"] == answer["headers"]["Content-Location"] == f"/summaries/{ID}"
    read = serve_summaries.invoke(an_event("http_get_summary", ID))
    assert (body_of(read), read["headers"]["ETag"]) == (body, answer["headers"]["ETag"])
    assert keys_in(bucket) == [ID]
    uploaded = {
        "eventSource": "aws:s3",
        "eventTime": "2026-03-03T10:14:00.000Z",
        "s3": {"bucket": {"name": bucket}, "object": {"key": ID, "size": 1, "sequencer": "0A"}},
    }
    message = {"messageId": "1", "body": json.dumps({"Records": [uploaded]}), "eventSource": "aws:sqs"}
    message |= {"receiptHandle": "r", "attributes": {}, "messageAttributes": {}}
    assert summarize_uploads.invoke({"Records": [message]}) == {"batchItemFailures": []}
    assert [each.revision for each in summaries.history(ID, None, 10)] == [1]


def test_an_article_that_is_known_is_answered_with_200(
    summarize_on_request: LocalFunction, summaries: DynamoDbSummaryTable, bucket: str
) -> None:
    """The same text again changes nothing; another one is the next revision."""
    del bucket
    summarize_on_request.invoke(a_post(article_id=ID))

    same = summarize_on_request.invoke(a_post(article_id=ID))
    newer = summarize_on_request.invoke(a_post(STORY.replace("240,000", "250,000"), article_id=ID))

    assert [(each["statusCode"], body_of(each)["revision"]) for each in (same, newer)] == [(200, 1), (200, 2)]
    assert "Location" not in same["headers"]
    assert len(summaries.history(ID, None, 10)) == 2


def test_human_authored_text_stays_and_the_new_text_is_pending(
    summarize_on_request: LocalFunction, summaries: DynamoDbSummaryTable, bucket: str
) -> None:
    """As with an upload."""
    del bucket
    save(summaries, a_record(ID, status=Status.EDITED))

    body = body_of(summarize_on_request.invoke(a_post(article_id=ID)))

    assert (body["status"], body["stale"], body["pending"], body["revision"]) == ("edited", True, 2, 3)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (as_bytes(gzip.compress(STORY.encode())), "application/gzip"),
        (as_bytes(STORY.encode()), "application/octet-stream"),
        (as_json({"headline": "Ferry", "body": STORY}), "application/json"),
        (f"<html><body><article><h1>Ferry</h1><p>{STORY}</p></article></body></html>", "text/html"),
        (
            (
                f'<?xml version="1.0" encoding="iso-8859-1"?><nitf><body><body.head><hedline><hl1>Fähre</hl1></hedline>'
                f"</body.head><body.content><p>{STORY}</p></body.content></body></nitf>"
            ),
            "application/xml",
        ),
    ],
    ids=["gzipped", "bytes", "JSON", "HTML", "XML that API Gateway has read as UTF-8"],
)
def test_every_format_that_is_read_is_taken(
    summarize_on_request: LocalFunction, content: dict[str, Any] | str, content_type: str
) -> None:
    """By its content type, or by its content."""
    body = body_of(summarize_on_request.invoke(a_post(content, content_type)))

    assert body["standfirst"]
    assert body["standfirst"] in STORY
    if "Fähre" in str(content):
        assert body["headline"] == "Fähre"


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ("", 422),
        ("Too short.", 422),
        (as_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100)), 422),
        (as_json({"nothing": "here"}), 422),
        (as_bytes(b"x" * (5 * 1024 * 1024 + 1)), 413),
        ('{"headline": "cut o', 422),
    ],
    ids=["empty", "too short", "an image", "JSON without an article", "too large", "malformed JSON"],
)
def test_what_cannot_be_read_is_refused_and_not_stored(
    summarize_on_request: LocalFunction,
    summaries: DynamoDbSummaryTable,
    bucket: str,
    content: dict[str, Any] | str,
    status: int,
) -> None:
    """With what is wrong and what to do."""
    content_type = "application/json" if str(content).startswith('{"') else "application/octet-stream"

    answer = summarize_on_request.invoke(a_post(content, content_type, article_id=ID))

    assert problem_in(answer)[0] == status
    assert keys_in(bucket) == []
    assert summaries.list_by_updated(None, None, None, 10) == []


@pytest.mark.parametrize(
    "query",
    [
        {"article_id": ""},
        {"article_id": "../other-bucket/story.txt"},
        {"article_id": "a//b"},
        {"article_id": "folder/"},
        {"article_id": "bell\u0007"},
        {"article_id": "x" * 1025},
        {"language": "English, please"},
        {"articleid": "misspelt"},
    ],
    ids=lambda query: next(iter(query.items()))[0] + ":" + next(iter(query.values()))[:12],
)
def test_wrong_parameters_are_422_and_nothing_is_stored(
    summarize_on_request: LocalFunction, bucket: str, query: dict[str, str]
) -> None:
    """Each names its parameter."""
    status, detail = problem_in(summarize_on_request.invoke(a_post(**query)))

    assert status == 422
    assert next(iter(query)) in detail
    assert keys_in(bucket) == []


def test_an_unknown_style_is_422(summarize_on_request: LocalFunction, bucket: str) -> None:
    """Rather than another than was asked for."""
    assert problem_in(summarize_on_request.invoke(a_post(article_id=ID, style="nobody's")))[0] == 422
    assert keys_in(bucket) == []


@pytest.mark.parametrize("article_id", ["a,b.txt", "ü +?#&=%2F.txt", "🦊/fox.txt"])
def test_ids_are_taken_as_they_are(
    summarize_on_request: LocalFunction, summaries: DynamoDbSummaryTable, bucket: str, article_id: str
) -> None:
    """Commas and all."""
    answer = summarize_on_request.invoke(a_post(article_id=article_id))

    assert answer["statusCode"] == 201
    assert keys_in(bucket) == [article_id]
    assert summaries.current(ArticleId(article_id))


def test_a_language_and_a_style_are_kept_with_the_article(summarize_on_request: LocalFunction, bucket: str) -> None:
    """As S3 user metadata, so that a later regeneration knows them too."""
    summarize_on_request.invoke(a_post(article_id=ID, language="en-GB", style="default"))

    stored = boto3.client("s3").head_object(Bucket=bucket, Key=ID)
    assert stored["Metadata"].items() >= {"language": "en-GB", "style": "default"}.items()


# ----------------------------------------------------------------------------------------------------------------------
# Idempotency keys
# ----------------------------------------------------------------------------------------------------------------------


def test_the_same_key_with_the_same_request_has_the_same_answer(
    summarize_on_request: LocalFunction, summaries: DynamoDbSummaryTable, bucket: str
) -> None:
    """Status and headers too, also when the summary has changed since."""
    del bucket
    first = summarize_on_request.invoke(a_post(key="k1", article_id=ID))
    summarize_on_request.invoke(a_post(STORY.replace("240,000", "250,000"), article_id=ID))

    second = summarize_on_request.invoke(a_post(key="k1", article_id=ID))

    assert (second["statusCode"], second["body"], second["headers"]) == (
        201,
        first["body"],
        first["headers"],
    )
    assert len(summaries.history(ID, None, 10)) == 2


@pytest.mark.parametrize(
    "other",
    [
        a_post(STORY + "\n\nMore.", key="k2", article_id=ID),
        a_post(key="k2", article_id="another"),
        a_post(key="k2"),
        a_post(key="k2", article_id=ID, language="de"),
    ],
    ids=["body", "id", "no id", "language"],
)
def test_the_same_key_with_another_request_is_422(
    summarize_on_request: LocalFunction, bucket: str, other: dict[str, Any]
) -> None:
    """It is a mistake of the caller's, and nothing is done."""
    summarize_on_request.invoke(a_post(key="k2", article_id=ID))

    assert problem_in(summarize_on_request.invoke(other))[0] == 422
    assert keys_in(bucket) == [ID]


def test_keys_of_two_callers_are_two_keys(summarize_on_request: LocalFunction) -> None:
    """Nobody gets another's answer."""
    summarize_on_request.invoke(a_post(key="k3"))
    event = a_post(STORY + "\n\nMore.", key="k3")
    event["requestContext"]["authorizer"]["iam"]["userArn"] = "arn:aws:iam::123456789012:user/another"

    assert summarize_on_request.invoke(event)["statusCode"] == 200


@pytest.mark.parametrize("key", ["", "two words", "x" * 256, "ü"])
def test_a_key_that_is_none_is_422(summarize_on_request: LocalFunction, key: str) -> None:
    """One to 255 visible ASCII characters."""
    assert problem_in(summarize_on_request.invoke(a_post(key=key)))[0] == 422


def test_a_request_that_failed_may_be_sent_again(summarize_on_request: LocalFunction) -> None:
    """Its key is as good as new."""
    assert problem_in(summarize_on_request.invoke(a_post("Too short.", key="k4")))[0] == 422

    assert summarize_on_request.invoke(a_post(key="k4"))["statusCode"] == 200


# ----------------------------------------------------------------------------------------------------------------------
# Time
# ----------------------------------------------------------------------------------------------------------------------


def test_a_store_that_hangs_is_answered_for_before_the_gateway_gives_up(
    load_function: Callable[..., LocalFunction], monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 as a problem, not a gateway's time-out; who hangs is left behind."""
    function = load_function("summarize_on_request", timeout_seconds=29)
    event = a_post(article_id=ID)
    event["requestContext"]["timeEpoch"] = int((time.time() - 25) * 1000)
    let_go = threading.Event()
    monkeypatch.setattr(DynamoDbSummaryTable, "current", lambda *_: let_go.wait(60))

    answer = function.invoke(event)
    let_go.set()

    assert problem_in(answer)[0] == 503
    assert answer["headers"]["Retry-After"]


def test_a_text_that_was_no_utf_8_is_refused(summarize_on_request: LocalFunction, bucket: str) -> None:
    """API Gateway has put U+FFFD for what it could not read: a name would be published wrong."""
    answer = summarize_on_request.invoke(a_post(STORY.replace("Sele", "S\ufffdle"), article_id=ID))

    assert problem_in(answer)[0] == 422
    assert keys_in(bucket) == []
