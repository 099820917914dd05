"""Functions of two releases read and write the same records while a deployment is under way, and after a rollback."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import boto3
import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from builders import STORY, a_reading, a_record
from http_events import an_event, as_json, body_of
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId
from standfirst.domain.record import Status
from standfirst.domain.stored_record import SCHEMA, from_stored, to_stored
from standfirst_local.functions import LocalFunction

ID = ArticleId("politics/ferry.txt")
HERS = "Brackenford gets its ferry back, seven years on."
Item = dict[str, Any]


class Table:
    """The items of the summaries table as they are stored, by any release."""

    def __init__(self, name: str) -> None:
        """Over one table."""
        self._name, self._dynamodb = name, boto3.client("dynamodb")

    def get(self, item: str) -> Item:
        """The members of one item of the article."""
        key = {"article_id": {"S": ID}, "item": {"S": item}}
        found = self._dynamodb.get_item(TableName=self._name, Key=key)["Item"]
        return {name: TypeDeserializer().deserialize(value) for name, value in found.items()}

    def put(self, item: Mapping[str, Any]) -> None:
        """Store ``item`` as it is."""
        members = {name: TypeSerializer().serialize(value) for name, value in item.items()}
        self._dynamodb.put_item(TableName=self._name, Item=members)


def as_the_next_release_has_it(item: Item) -> Item:
    """``item`` with a member more at every depth, and values that this release does not know."""
    return item | {
        "schema": SCHEMA + 1,
        "push_line": "Ferry back in June.",
        "article": item["article"] | {"desk": "politics", "kind": "cartoon"},
        "made_by": item["made_by"] | {"degraded": "deadline", "region": "eu-west-1"},
        "findings": [
            {
                "check": "tone",
                "field": "push_line",
                "text": "back",
                "detail": "breezy",
                "severity": "note",
                "span": None,
                "confidence": "0.4",
            }
        ],
    }


def as_the_last_release_had_it(item: Item) -> Item:
    """``item`` without what was added since 0.1.0."""
    finding = {"check": "number", "field": "summary", "text": "7", "detail": "–", "severity": "warning", "span": None}
    evidence = [{"field": "summary", "sentence": 0, "paragraphs": [0]}]
    kept = {name: value for name, value in item.items() if name not in {"schema", "second_reading"}}
    return kept | {"findings": [finding], "evidence": evidence}


@pytest.fixture
def stored(table: str, storage: Mapping[str, str], summarize_uploads: LocalFunction) -> Table:
    """An article that was uploaded and summarised by this release."""
    upload(storage, summarize_uploads, "0A")
    return Table(table)


@pytest.fixture(params=[as_the_next_release_has_it, as_the_last_release_had_it], ids=["the next", "the last"])
def of_another(request: pytest.FixtureRequest, stored: Table) -> Item:
    """The same article, as another release would have stored it; its current item."""
    for name in ("CURRENT", "REVISION#0000000001"):
        stored.put(request.param(stored.get(name)))
    return stored.get("CURRENT")


def upload(storage: Mapping[str, str], worker: LocalFunction, sequencer: str, text: str = STORY) -> None:
    """Drop the article, and deliver the event."""
    bucket = storage["ArticlesBucket"]
    boto3.client("s3").put_object(Bucket=bucket, Key=ID, Body=text.encode())
    entry = {"key": ID, "sequencer": sequencer}
    body = {"Records": [{"eventSource": "aws:s3", "s3": {"bucket": {"name": bucket}, "object": entry}}]}
    message = {"messageId": "m", "receiptHandle": "r", "eventSource": "aws:sqs", "body": json.dumps(body)}
    assert worker.invoke({"Records": [message | {"attributes": {}}]}) == {"batchItemFailures": []}


@pytest.fixture
def edit(review_summaries: LocalFunction, serve_summaries: LocalFunction) -> Callable[[], dict[str, Any]]:
    """An editor reads the summary, and writes another standfirst."""

    def patch() -> dict[str, Any]:
        etag = serve_summaries.invoke(an_event("http_get_summary", ID))["headers"]["ETag"]
        event = an_event("http_patch_summary", ID, headers={"if-match": etag}, **as_json({"standfirst": HERS}))
        answer = review_summaries.invoke(event)
        assert answer["statusCode"] == 200
        return body_of(answer)

    return patch


def test_a_schema_number_stands_on_each_record(stored: Table) -> None:
    """Current and history."""
    assert {stored.get(name)["schema"] for name in ("CURRENT", "REVISION#0000000001")} == {SCHEMA}


def test_readers_are_served_records_of_another_release(of_another: Item, serve_summaries: LocalFunction) -> None:
    """One summary, the list and the history; without the members that this release does not know."""
    one = body_of(serve_summaries.invoke(an_event("http_get_summary", ID)))
    listed = body_of(serve_summaries.invoke(an_event("http_list_summaries") | {"queryStringParameters": {}}))
    history = body_of(serve_summaries.invoke(an_event("http_get_revisions", ID)))

    assert one["standfirst"] == of_another["standfirst"]
    assert one["checks"] == {"errors": 0, "warnings": 1, "unsure_sentences": [], "second_reader": "off"}
    assert one["second_reading"] is None
    assert [each["article_id"] for each in listed["summaries"]] == [ID]
    assert [each["revision"] for each in history["revisions"]] == [1]
    assert not {"push_line", "schema", "desk", "region"} & {*one, *one["article"], *one["made_by"]}


def test_an_editor_changes_a_record_of_another_release_and_loses_nothing_of_it(
    of_another: Item, stored: Table, edit: Callable[[], dict[str, Any]]
) -> None:
    """What was not changed is written back as it was read, at every depth."""
    body = edit()

    assert (body["standfirst"], body["status"]) == (HERS, Status.EDITED)
    kept = {name: of_another[name] for name in ("push_line", "made_by") if name in of_another}
    for name in ("CURRENT", "REVISION#0000000002"):
        written = stored.get(name)
        assert written["standfirst"] == HERS
        assert written["schema"] == max(SCHEMA, of_another.get("schema", 1))
        assert {member: written[member] for member in kept} == kept
        assert written["article"].get("desk") == of_another["article"].get("desk")


def test_a_new_version_beside_an_editors_words_keeps_them_and_their_other_members(
    of_another: Item,
    stored: Table,
    storage: Mapping[str, str],
    summarize_uploads: LocalFunction,
    edit: Callable[[], dict[str, Any]],
) -> None:
    """The worker writes the words back, stale, with what another release had stored beside them."""
    edit()

    upload(storage, summarize_uploads, "0B", STORY.replace("240,000", "250,000"))

    current = stored.get("CURRENT")
    assert (current["standfirst"], current["stale"], current["pending"]) == (HERS, True, 3)
    assert current.get("push_line") == of_another.get("push_line")


def test_an_upload_goes_on_where_another_release_was(
    of_another: Item, stored: Table, storage: Mapping[str, str], summarize_uploads: LocalFunction
) -> None:
    """The same article leads to no revision, another to the next one."""
    upload(storage, summarize_uploads, "0B")
    assert stored.get("CURRENT")["revision"] == of_another["revision"]

    upload(storage, summarize_uploads, "0C", STORY.replace("240,000", "250,000"))
    assert stored.get("CURRENT")["revision"] == of_another["revision"] + 1


def test_a_status_of_the_next_release_needs_review_here_and_stays_there(
    stored: Table, serve_summaries: LocalFunction, table: str
) -> None:
    """Nothing is published that this release cannot judge; nobody writes its own guess back."""
    stored.put(stored.get("CURRENT") | {"status": "held"})

    answer = serve_summaries.invoke(an_event("http_get_summary", ID))
    found = DynamoDbSummaryTable(table).current(ID)

    assert (answer["statusCode"], body_of(answer)["status"]) == (200, "needs_review")
    assert found
    assert to_stored(found.record.model_copy(update={"stale": True}))["status"] == "held"


def test_a_kind_of_the_next_release_is_not_known_here_and_stays_there(
    stored: Table, serve_summaries: LocalFunction, table: str
) -> None:
    """It is not taken for news; nobody writes that back."""
    current = stored.get("CURRENT")
    stored.put(current | {"article": current["article"] | {"kind": "cartoon"}})

    answer = body_of(serve_summaries.invoke(an_event("http_get_summary", ID)))
    found = DynamoDbSummaryTable(table).current(ID)

    assert (answer["status"], answer["article"]["kind"]) == ("generated", None)
    assert found
    article = to_stored(found.record.model_copy(update={"stale": True}))["article"]
    assert isinstance(article, dict)
    assert article["kind"] == "cartoon"


def test_a_reading_of_the_next_release_is_undecided_here_and_stays_there(
    stored: Table, serve_summaries: LocalFunction, review_summaries: LocalFunction
) -> None:
    """An unknown judgement proves nothing, an unknown outcome is no reading; an editor who approves changes neither."""
    verdict = {
        "field": "summary",
        "sentence": 0,
        "judgement": "outdated",
        "paragraphs": [0],
        "quote": "The town council",
        "reason": "It was so once.",
        "article_says": None,
        "is_proven": True,
        "confidence": "0.4",
    }
    usage = {"input_tokens": 9, "cached_input_tokens": 0, "output_tokens": 1, "cost_usd": None}
    reading = {"policy": "weekly", "outcome": "partly_read", "verdicts": [verdict], "usage": usage, "passes": 2}
    for name in ("CURRENT", "REVISION#0000000001"):
        stored.put(stored.get(name) | {"schema": SCHEMA + 1, "second_reading": reading})

    body = body_of(serve_summaries.invoke(an_event("http_get_summary", ID)))
    approve = an_event("http_patch_summary", ID, headers={"if-match": "*"}, **as_json({"status": "approved"}))
    approved = review_summaries.invoke(approve)

    served = body["second_reading"]
    assert (served["policy"], served["outcome"], body["checks"]["second_reader"]) == (
        "doubtful",
        "not_needed",
        "not_needed",
    )
    assert [each["judgement"] for each in served["verdicts"]] == ["opinion_or_unclear"]
    assert "so once" not in json.dumps(body)
    assert approved["statusCode"] == 200
    written = stored.get("CURRENT")["second_reading"]
    assert {name: written[name] for name in reading} == reading


def test_a_record_of_this_release_is_stored_as_it_is() -> None:
    """There and back again, and nothing is carried that nobody needs."""
    update = {"content_hash": "content", "last_reviewed": 7, "second_reading": a_reading(), "regeneration_id": "w1"}
    record = a_record(ID).model_copy(update=update)

    read = from_stored(to_stored(record))

    assert read == record
    assert read.stored_as is None
    assert "checks" not in to_stored(record)
