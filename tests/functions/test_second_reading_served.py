"""Who is shown what of a second reading: readers what the article bears out, reviewers the reader's own words too."""

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest

from builders import DISPUTED, PROVEN, READERS_WORDS, a_reading, a_record, save
from cloudformation import properties
from http_events import an_event, body_of
from reading_requests import ID, get_list, get_one, get_revisions, with_headers
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.draft import Evidence
from standfirst.domain.record import Record, RejectedDraft, Status
from standfirst.domain.second_reading import SecondReading
from standfirst_local.functions import LocalFunction
from standfirst_local.pipe import InputTemplate


@pytest.fixture
def record(summaries: DynamoDbSummaryTable) -> Record:
    """A stored summary that was read, and beside it a draft that was rejected because of the same verdicts."""
    plain = a_record(ID, status=Status.NEEDS_REVIEW)
    assert plain.made_by
    draft = RejectedDraft(
        standfirst="Wrong.", summary="Wrong.", findings=(), verdicts=(PROVEN, DISPUTED), made_by=plain.made_by
    )
    evidence = (Evidence("summary", 0, (0,), quote=PROVEN.quote),)
    record = plain.model_copy(
        update={"second_reading": a_reading(), "rejected_draft": draft, "evidence": evidence},
    )
    save(summaries, record)
    return record


def for_review(**query: str) -> dict[str, Any]:
    """GET /review/summaries/{article_id+}."""
    event = get_one(ID, **query)
    return event | {"routeKey": "GET /review/summaries/{article_id+}", "rawPath": f"/review/summaries/{ID}"}


@pytest.mark.parametrize(
    "request_of",
    [
        lambda: get_one(ID),
        lambda: get_one(ID, revision="1"),
        lambda: get_one(ID, rejected_draft="true"),
        lambda: with_headers(get_one(ID), accept="application/ld+json"),
        get_list,
        lambda: get_list(status="needs_review"),
        lambda: get_revisions(ID),
    ],
    ids=["one", "a revision", "with the rejected draft", "linked data", "the list", "a filtered list", "the history"],
)
def test_a_reader_is_served_no_word_of_the_second_readers_own(
    serve_summaries: LocalFunction, record: Record, request_of: Callable[[], dict[str, Any]]
) -> None:
    """Neither its reasons nor what it says the article says, nor a quote that the article does not hold."""
    assert record.second_reading

    answer = serve_summaries.invoke(request_of())

    assert answer["statusCode"] == 200
    assert not [words for words in READERS_WORDS if words in answer["body"]]


def test_a_reader_is_served_what_the_article_bears_out(serve_summaries: LocalFunction, record: Record) -> None:
    """That the text was read, each judgement, the quotes that were found, and what it cost."""
    body = body_of(serve_summaries.invoke(get_one(ID)))
    draft = body_of(serve_summaries.invoke(get_one(ID, rejected_draft="true")))["rejected_draft"]

    reading = body["second_reading"]
    assert record.second_reading
    assert (reading["outcome"], body["checks"]["second_reader"]) == ("read", "read")
    assert reading["usage"] == record.second_reading.usage.model_dump(mode="json")
    assert reading["verdicts"] == draft["verdicts"]
    assert [(each["judgement"], each["quote"], each["is_proven"], each["reason"]) for each in reading["verdicts"]] == [
        ("supported", PROVEN.quote, True, None),
        ("contradicted", "", False, None),
    ]
    assert body["evidence"][0]["quote"] == PROVEN.quote


def test_a_reviewer_is_served_the_second_readers_reasons(serve_summaries: LocalFunction, record: Record) -> None:
    """Also without asking for the rejected draft, which has its verdicts too."""
    plain = body_of(serve_summaries.invoke(for_review()))
    whole = body_of(serve_summaries.invoke(for_review(rejected_draft="true")))

    assert record.second_reading
    assert plain["second_reading"] == record.second_reading.model_dump(mode="json")
    assert plain["rejected_draft"] is None
    assert whole["rejected_draft"]["verdicts"][1]["reason"] == DISPUTED.reason
    for words in READERS_WORDS:
        assert words in json.dumps(plain["second_reading"])


def test_an_event_has_nothing_of_a_reading(record: Record, table: str) -> None:
    """What the template takes of the item that was stored."""
    template = InputTemplate(properties("ChangeEvents")["TargetParameters"]["InputTemplate"])
    key = {"article_id": {"S": record.article_id}, "item": {"S": "REVISION#0000000001"}}
    item = boto3.client("dynamodb").get_item(TableName=table, Key=key)["Item"]
    assert READERS_WORDS[0] in json.dumps(item)

    detail = json.dumps(template.fill({"dynamodb": {"NewImage": item}}))

    assert not [words for words in (*READERS_WORDS, PROVEN.quote, "verdict") if words in detail]


def test_a_record_from_before_the_second_reader_says_that_there_was_none(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """``off``, not ``read``."""
    save(summaries, a_record(ID))

    body = body_of(serve_summaries.invoke(get_one(ID)))

    assert (body["second_reading"], body["checks"]["second_reader"]) == (None, "off")


@pytest.mark.parametrize("outcome", ["not_needed", "unavailable", "unusable"])
def test_a_text_that_was_not_read_says_so(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable, outcome: str
) -> None:
    """With the reason where there is one."""
    reading = SecondReading(policy="doubtful", outcome="unavailable", trouble="The model is busy (HTTP 429).")
    save(summaries, a_record(ID).model_copy(update={"second_reading": reading.model_copy(update={"outcome": outcome})}))

    body = body_of(serve_summaries.invoke(get_one(ID)))

    assert body["checks"]["second_reader"] == body["second_reading"]["outcome"] == outcome
    assert body["second_reading"]["trouble"] == "The model is busy (HTTP 429)."


def test_an_editors_patch_is_answered_without_the_second_readers_words(
    review_summaries: LocalFunction, record: Record
) -> None:
    """As the same revision is then served; approved as it is, it keeps the reading."""
    assert record.second_reading
    event = an_event("http_patch_summary", ID, headers={"if-match": "*"}, body='{"status": "approved"}')

    answer = review_summaries.invoke(event | {"isBase64Encoded": False})

    assert (answer["statusCode"], body_of(answer)["checks"]["second_reader"]) == (200, "read")
    assert not [words for words in READERS_WORDS if words in answer["body"]]
