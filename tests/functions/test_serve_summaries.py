"""The API's real handler: HTTP events in, JSON out."""

import json
from pathlib import Path
from typing import Any

import pytest

from builders import a_record
from standfirst.adapters.dynamodb_summaries import DynamoDbSummaries
from standfirst.domain.record import Status
from standfirst_local.functions import LocalFunction

EVENTS = Path(__file__).parents[2] / "events"

ID = "politics/istanbul-talks"
"""The article that the example in events/ is about."""


@pytest.fixture
def summaries(table: str) -> DynamoDbSummaries:
    """What the handler reads."""
    return DynamoDbSummaries(table)


def get_one(article_id: str, **query: str) -> dict[str, Any]:
    """GET /summaries/{article_id+}, as API Gateway sends it: decoded."""
    event: dict[str, Any] = json.loads((EVENTS / "http_get_summary.json").read_text(encoding="utf-8"))
    changed = {"rawPath": f"/summaries/{article_id}", "pathParameters": {"article_id": article_id}}
    return event | changed | {"queryStringParameters": query}


def get_list(**query: str) -> dict[str, Any]:
    """GET /summaries."""
    event: dict[str, Any] = json.loads((EVENTS / "http_list_summaries.json").read_text(encoding="utf-8"))
    return event | {"queryStringParameters": query}


def problem(answer: dict[str, Any]) -> tuple[int, str]:
    """Status and detail of an answer that must be a problem (RFC 9457)."""
    body = json.loads(answer["body"])
    assert answer["headers"]["Content-Type"] == "application/problem+json"
    assert body["status"] == answer["statusCode"]
    assert body["title"]
    return body["status"], body["detail"]


def test_the_summary_of_an_article_is_served_as_the_contract_has_it(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaries
) -> None:
    """Every member, and nothing of what is kept inside."""
    record = a_record(ID)
    summaries.save(record)

    answer = serve_summaries.invoke(json.loads((EVENTS / "http_get_summary.json").read_text(encoding="utf-8")))

    body = json.loads(answer["body"])
    assert (answer["statusCode"], answer["headers"]["Content-Type"]) == (200, "application/json")
    assert body == record.model_dump(mode="json")
    assert set(body) >= {"article_id", "revision", "status", "standfirst", "summary", "evidence", "usage", "stale"}
    assert "fingerprint" not in body
    assert body["updated_at"] == "2026-03-03T09:00:00.000Z"


@pytest.mark.parametrize("article_id", ["a/b/c.txt", "a b", "ü+?#%2F.txt", "../up", "a//b", "🦊", "new\nline", "/a"])
def test_ids_may_hold_anything(serve_summaries: LocalFunction, summaries: DynamoDbSummaries, article_id: str) -> None:
    """Slashes above all."""
    summaries.save(a_record(article_id))

    answer = serve_summaries.invoke(get_one(article_id))

    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["article_id"] == article_id


def test_ids_are_found_behind_a_stage(serve_summaries: LocalFunction, summaries: DynamoDbSummaries) -> None:
    """A stage with a name stands in front of the path."""
    summaries.save(a_record(ID))
    event = get_one(ID)
    event["rawPath"] = f"/live/summaries/{ID}"
    event["requestContext"] = event["requestContext"] | {"stage": "live"}

    assert serve_summaries.invoke(event)["statusCode"] == 200


def test_an_older_revision_is_served_when_it_is_asked_for(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaries
) -> None:
    """Old ones stay readable."""
    summaries.save(a_record(ID))
    summaries.save(a_record(ID, revision=2, sequencer="0B"))

    revisions = [
        json.loads(serve_summaries.invoke(get_one(ID, **query))["body"])["revision"]
        for query in ({}, {"revision": "1"})
    ]

    assert revisions == [2, 1]


def test_what_is_not_there_is_404_and_what_was_withdrawn_410(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaries
) -> None:
    """Both name the article."""
    summaries.save(a_record("gone", status=Status.WITHDRAWN))

    assert problem(serve_summaries.invoke(get_one("nothing"))) == (404, "There is no summary of nothing.")
    assert problem(serve_summaries.invoke(get_one("gone"))) == (410, "The article gone was withdrawn.")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"status": "fine"}, "status"),
        ({"cursor": "bnVsbA"}, "cursor"),
    ],
    ids=["limit too small", "limit too large", "limit no number", "unknown status", "foreign cursor"],
)
def test_wrong_parameters_are_422_and_named(serve_summaries: LocalFunction, query: dict[str, str], field: str) -> None:
    """With what is allowed."""
    status, detail = problem(serve_summaries.invoke(get_list(**query)))

    assert status == 422
    assert field in detail


@pytest.mark.parametrize("revision", ["0", "-1", "first", "9" * 2000], ids=["zero", "negative", "word", "huge"])
def test_a_wrong_revision_is_422(serve_summaries: LocalFunction, revision: str) -> None:
    """Revisions count from 1."""
    assert problem(serve_summaries.invoke(get_one(ID, revision=revision)))[0] == 422


def test_lists_filter_by_status_and_page_by_cursor(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaries
) -> None:
    """Newest first."""
    for minutes, name in enumerate(["a", "b", "c"]):
        summaries.save(a_record(name, minutes=minutes))
    summaries.save(a_record("bad", status=Status.FAILED, minutes=9))

    first = json.loads(serve_summaries.invoke(get_list(status="generated", limit="2"))["body"])
    second = json.loads(serve_summaries.invoke(get_list(status="generated", limit="2", cursor=first["cursor"]))["body"])
    everything = json.loads(serve_summaries.invoke(get_list())["body"])

    assert [summary["article_id"] for summary in first["summaries"]] == ["c", "b"]
    assert [summary["article_id"] for summary in second["summaries"]] == ["a"]
    assert second["cursor"] is None
    assert [summary["article_id"] for summary in everything["summaries"]] == ["bad", "c", "b", "a"]


def test_an_unknown_path_is_a_problem_too(serve_summaries: LocalFunction) -> None:
    """API Gateway answers those itself; a test or a proxy may not."""
    event = get_list() | {"rawPath": "/nothing", "routeKey": "GET /nothing"}

    assert problem(serve_summaries.invoke(event))[0] == 404


def test_a_store_that_does_not_answer_is_503_and_tells_no_secrets(
    serve_summaries: LocalFunction, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader may come back; what the store said stays in the log."""
    monkeypatch.setenv("SUMMARIES_TABLE", "no-such-table")

    answer = serve_summaries.invoke(get_one(ID))

    assert problem(answer) == (503, "The store of summaries cannot be reached just now.")
    assert answer["headers"]["Retry-After"] == "2"


def test_requests_are_counted_by_what_was_answered(
    serve_summaries: LocalFunction, capsys: pytest.CaptureFixture[str]
) -> None:
    """In CloudWatch's embedded format."""
    serve_summaries.invoke(get_one("nothing"))

    [metrics] = [line for line in map(json.loads, capsys.readouterr().out.splitlines()) if "_aws" in line]
    assert metrics["answered_404"] == [1.0]


def test_what_is_logged_of_one_request_does_not_stand_on_the_next(serve_summaries: LocalFunction) -> None:
    """Else a line about a list would carry the id of the article that somebody read before."""
    keys = []
    for event in (get_one("nothing"), get_list()):
        serve_summaries.invoke(event)
        keys.append(serve_summaries._module.logger.get_current_keys())  # noqa: SLF001

    assert ["article_id" in found for found in keys] == [True, False]
