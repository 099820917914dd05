"""Drafts, edits and documents that would not fit into an item of DynamoDB: the limit stands in front of moto."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

import boto3
import pytest

import model_server as play
from builders import STORY, a_record, save
from http_events import a_post, an_event, as_json, body_of, problem_in
from item_limit import LIMIT, ItemLimit, limited_items
from model_server import ModelServer
from model_worker import GOOD, STANDFIRST, batch, failed, put, stored, writer_of
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId
from standfirst.domain.record import ArticleSource, Degraded, Status
from standfirst.domain.texts import LONGEST_TEXT, MAX_ITEMS
from standfirst_local.functions import LocalFunction

SENTENCES = {
    "English": [f"Repairs cost {number:,} crowns." for number in range(10_001, 14_601)],
    "Chinese": [f"渡船修理費用{number}克朗。" for number in range(10_001, 14_601)],
    "emoji": [f"\N{SHIP}\N{SHIP}\N{SHIP}\N{SHIP} {number}." for number in range(10_001, 14_601)],
}


@pytest.fixture
def limit(table: str) -> Iterator[ItemLimit]:
    """DynamoDB takes no item over 400 KB."""
    del table
    with limited_items(os.environ["AWS_ENDPOINT_URL"]) as front:
        yield front


@pytest.mark.parametrize(
    "run_away",
    [
        pytest.param(play.draft(STANDFIRST, " ".join(SENTENCES["English"])), id="a summary of 4,600 sentences"),
        pytest.param(play.draft(STANDFIRST, "x" * 900_000), id="one word"),
        pytest.param(
            play.draft("".join(SENTENCES["emoji"]), "".join(SENTENCES["Chinese"]), *SENTENCES["Chinese"]), id="all"
        ),
    ],
)
def test_a_run_away_draft_is_paid_once_and_the_article_served(
    limit: ItemLimit, worker: LocalFunction, bucket: str, model: ModelServer, run_away: play.Answer
) -> None:
    """A call and its revision, whatever comes again; what the model wrote is kept as far as anybody would read it."""
    put(bucket, "ferry.txt")
    model.answers(run_away)

    answers = [worker.invoke(batch(bucket, "ferry.txt", sequencer=sequencer)) for sequencer in ("0A", "0B")]

    record = stored(DynamoDbSummaryTable(os.environ["SUMMARIES_TABLE"]), "ferry.txt")
    assert [failed(answer) for answer in answers] == [[], []]
    assert (record.status, writer_of(record)) == (Status.NEEDS_REVIEW, ("extractive", Degraded.UNGROUNDED))
    assert record.rejected_draft
    assert any("more are not" in found.detail for found in record.rejected_draft.findings)
    assert len(record.rejected_draft.summary) <= LONGEST_TEXT
    assert len(record.rejected_draft.texts["key_points"]) <= MAX_ITEMS
    assert (limit.refused, len(model.requests)) == (0, 2)


@pytest.mark.usefixtures("with_key")
def test_a_run_away_draft_that_is_kept_is_not_paid_for_when_the_record_cannot_be_stored(
    limit: ItemLimit, worker: LocalFunction, bucket: str, model: ModelServer
) -> None:
    """It lies in the cache, though JSON in JSON makes six bytes of a letter."""
    put(bucket, "ferry.txt", "twin.txt")
    model.answers(play.draft("".join(SENTENCES["emoji"]), "".join(SENTENCES["Chinese"]), *SENTENCES["emoji"]))

    for key in ("ferry.txt", "twin.txt"):
        worker.invoke(batch(bucket, key))

    assert (limit.refused, len(model.requests)) == (0, 2)
    assert 10_000 < limit.largest < LIMIT


@pytest.mark.parametrize("by_reasons", [False, True], ids=["refused as a whole", "refused by reasons"])
def test_what_dynamodb_refuses_for_good_is_dead_lettered_at_once(
    limit: ItemLimit, worker: LocalFunction, bucket: str, model: ModelServer, *, by_reasons: bool
) -> None:
    """Not redelivered, not paid again, with what DynamoDB says and what to do; the others are stored."""
    limit.by_reasons = by_reasons
    put(bucket, "ferry.txt")
    model.answers(GOOD)
    limit.most = 1_500

    answer = worker.invoke(batch(bucket, "ferry.txt"))

    assert failed(answer) == []
    assert len(model.requests) == 1
    [message] = _dead_letters()
    reason, remedy = (message["MessageAttributes"][name]["StringValue"] for name in ("reason", "what_to_do"))
    assert "DynamoDB refuses to store ferry.txt" in reason
    assert "maximum allowed size" in reason
    assert "may use them" not in remedy
    assert "Redrive only what a new release mends" in remedy


def _dead_letters() -> list[Any]:
    """Takes what lies in the dead-letter queue."""
    sqs, url = boto3.client("sqs"), os.environ["DEAD_LETTER_QUEUE_URL"]
    found = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"], MaxNumberOfMessages=10)["Messages"]
    for message in found:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return list(found)


@pytest.mark.parametrize("script", SENTENCES)
def test_an_edit_within_its_schema_is_stored(
    limit: ItemLimit,
    review_summaries: LocalFunction,
    serve_summaries: LocalFunction,
    storage: Mapping[str, str],
    script: str,
) -> None:
    """The longest texts that the API takes, with something wrong in every sentence, and the same again."""
    bucket, article_id = storage["ArticlesBucket"], ArticleId("politics/ferry.txt")
    etag = boto3.client("s3").put_object(Bucket=bucket, Key=article_id, Body=STORY.encode())["ETag"].strip('"')
    source = ArticleSource(bucket=bucket, key=article_id, etag=etag, sequencer="0A")
    save(
        DynamoDbSummaryTable(os.environ["SUMMARIES_TABLE"]), a_record(article_id).model_copy(update={"article": source})
    )
    text = "".join(SENTENCES[script])
    edit = {"standfirst": text[:1_000], "summary": text[:4_980], "key_points": [text[:499]] * MAX_ITEMS}

    for status in ("edited", "approved"):
        etag = serve_summaries.invoke(an_event("http_get_summary", article_id))["headers"]["ETag"]
        patch = an_event(
            "http_patch_summary", article_id, headers={"if-match": etag}, **as_json({**edit, "status": status})
        )
        answer = review_summaries.invoke(patch)
        assert (answer["statusCode"], body_of(answer)["status"]) == (200, status)

    assert limit.refused == 0
    assert limit.largest < LIMIT


def test_what_dynamodb_refuses_for_good_is_the_requests_problem(
    limit: ItemLimit,
    review_summaries: LocalFunction,
    summarize_on_request: LocalFunction,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """422, because the same request would be refused again; what DynamoDB says stands in the log only."""
    article_id = ArticleId("politics/ferry.txt")
    save(DynamoDbSummaryTable(os.environ["SUMMARIES_TABLE"]), a_record(article_id))
    limit.most = 900
    patch = an_event("http_patch_summary", article_id, headers={"if-match": "*"}, **as_json({"status": "approved"}))

    answers = [review_summaries.invoke(patch), summarize_on_request.invoke(a_post(article_id="politics/other.txt"))]

    for status, detail in map(problem_in, answers):
        assert status == 422
        assert "cannot be stored" in detail
        assert "maximum allowed size" not in detail
    assert caplog.text.count("StoreRefused: DynamoDB refuses to store") == len(answers)
