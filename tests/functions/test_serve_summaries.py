"""The API's real handler: HTTP events in, JSON out."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from builders import a_record, save
from http_events import an_event, problem_in
from reading_requests import ANYTHING, ID, get_list, get_one, get_revisions, whatever, with_headers
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.errors import StoreRefused
from standfirst.domain.record import Record, RejectedDraft, Status
from standfirst_local.functions import LocalFunction


def with_a_draft(record: Record) -> Record:
    """``record``, beside which a draft was rejected."""
    assert record.made_by
    draft = RejectedDraft(standfirst="Wrong.", summary="Wrong.", findings=(), made_by=record.made_by)
    return record.model_copy(update={"rejected_draft": draft})


def embargoed(article_id: str, until: str) -> Record:
    """A record of an article under embargo."""
    record = a_record(article_id)
    return record.model_copy(update={"article": record.article.model_copy(update={"embargoed_until": until})})


def test_the_summary_of_an_article_is_served_as_the_contract_has_it(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """Every member, and nothing of what is kept inside."""
    record = a_record(ID)
    save(summaries, record)

    answer = serve_summaries.invoke(an_event("http_get_summary"))

    body = json.loads(answer["body"])
    assert (answer["statusCode"], answer["headers"]["Content-Type"]) == (200, "application/json")
    assert body == record.model_dump(mode="json")
    assert set(body) >= {"article_id", "revision", "status", "standfirst", "summary", "evidence", "usage", "stale"}
    assert "fingerprint" not in body
    assert body["updated_at"] == "2026-03-03T09:00:00.000Z"


@pytest.mark.parametrize("article_id", ANYTHING)
def test_ids_may_hold_anything(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable, article_id: str
) -> None:
    """Slashes above all."""
    save(summaries, a_record(article_id))

    answer = serve_summaries.invoke(get_one(article_id))

    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["article_id"] == article_id


def test_ids_are_found_behind_a_stage(serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable) -> None:
    """A stage with a name stands in front of the path."""
    save(summaries, a_record(ID))
    event = get_one(ID)
    event["rawPath"] = f"/live/summaries/{ID}"
    event["requestContext"] = event["requestContext"] | {"stage": "live"}

    assert serve_summaries.invoke(event)["statusCode"] == 200


def test_what_is_no_text_names_no_article(serve_summaries: LocalFunction) -> None:
    """Nor is it a fault of ours."""
    assert problem_in(serve_summaries.invoke(get_one("a\ud800")))[0] == 404
    assert problem_in(serve_summaries.invoke(get_revisions("a\ud800")))[0] == 404


def test_a_reader_who_has_the_summary_is_sent_no_body(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """But the caller learns under which terms it may be kept."""
    save(summaries, a_record(ID))
    first = serve_summaries.invoke(get_one(ID))
    tag = first["headers"]["ETag"]

    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = serve_summaries.invoke(with_headers(get_one(ID), if_none_match=known))

        assert (answer["statusCode"], answer["body"]) == (304, "")
        assert "Content-Type" not in answer["headers"]
        terms = ("ETag", "Cache-Control", "Vary")
        assert [answer["headers"][name] for name in terms] == [first["headers"][name] for name in terms]


def test_a_summary_is_kept_by_its_reader_alone_and_asked_for_again(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """A correction is seen at once, and a cache between us knows no embargo; lists and histories are not kept."""
    save(summaries, a_record(ID))

    one = serve_summaries.invoke(get_one(ID))["headers"]
    lists = [serve_summaries.invoke(event)["headers"] for event in (get_list(), get_revisions(ID))]

    assert (one["Cache-Control"], one["Vary"]) == ("private, no-cache", "Accept")
    assert [headers["Cache-Control"] for headers in lists] == ["private, no-store"] * 2
    assert serve_summaries.invoke(get_one("nothing"))["headers"]["Cache-Control"] == "no-store"


def test_a_tag_changes_with_the_revision_and_the_form_and_not_otherwise(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """Neither with time nor with how the same was asked for."""
    save(summaries, with_a_draft(a_record(ID)))

    def tag(event: dict[str, Any]) -> str:
        answer = serve_summaries.invoke(event)
        assert answer["statusCode"] == 200
        found: str = answer["headers"]["ETag"]
        return found

    first = tag(get_one(ID))
    same = [get_one(ID), get_one(ID, revision="1"), get_one(ID, publishable="true")]
    forms = [get_one(ID, rejected_draft="true"), with_headers(get_one(ID), accept="application/ld+json")]
    assert {tag(event) for event in same} == {first}
    assert len({first, *(tag(event) for event in forms)}) == 3

    save(summaries, with_a_draft(a_record(ID, revision=2, sequencer="0B")))
    assert tag(get_one(ID)) != first
    assert tag(get_one(ID, revision="1")) == first
    assert serve_summaries.invoke(with_headers(get_one(ID), if_none_match=first))["statusCode"] == 200


def test_a_tag_of_another_form_does_not_hold(serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable) -> None:
    """The record and the linked data have different ETags."""
    save(summaries, a_record(ID))
    tag = serve_summaries.invoke(get_one(ID))["headers"]["ETag"]

    answer = serve_summaries.invoke(with_headers(get_one(ID), accept="application/ld+json", if_none_match=tag))

    assert answer["statusCode"] == 200


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/ld+json", "application/ld+json"),
        ("text/html, application/ld+json;q=0.8, application/json;q=0.5", "application/ld+json"),
        ("application/json, application/ld+json", "application/json"),
        ("text/html", "application/json"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
    ids=["linked data", "rather linked data", "both", "neither", "anything", "empty"],
)
def test_a_summary_is_served_as_linked_data_to_a_caller_that_prefers_it(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable, accept: str, kind: str
) -> None:
    """Everybody else gets the record."""
    save(summaries, a_record(ID))

    answer = serve_summaries.invoke(with_headers(get_one(ID), accept=accept))

    assert answer["headers"]["Content-Type"] == kind
    assert ("@context" in json.loads(answer["body"])) is (kind == "application/ld+json")


def test_a_rejected_draft_is_shown_to_a_caller_that_asks_for_it(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """And to nobody else, in no form."""
    save(summaries, with_a_draft(a_record(ID, status=Status.NEEDS_REVIEW)))
    linked = with_headers(get_one(ID, rejected_draft="true"), accept="application/ld+json")

    asked_for = serve_summaries.invoke(get_one(ID, rejected_draft="true"))["body"]
    others = [serve_summaries.invoke(each)["body"] for each in (get_one(ID), get_list(), get_revisions(ID), linked)]

    assert json.loads(asked_for)["rejected_draft"]["standfirst"] == "Wrong."
    assert not [body for body in others if "Wrong." in body]


def test_what_may_not_be_published_is_404_to_a_publishing_caller(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """Nothing of its text is answered."""
    save(summaries, a_record("fine"))
    save(summaries, a_record("unseen", status=Status.NEEDS_REVIEW))
    save(summaries, embargoed("secret", "9999-12-31T23:59:59Z"))
    save(summaries, embargoed("open", "2026-03-03"))
    names = ("fine", "open", "unseen", "secret")

    plain = [serve_summaries.invoke(get_one(name, publishable="false"))["statusCode"] for name in names]
    answers = [serve_summaries.invoke(get_one(name, publishable="true")) for name in names]

    assert plain == [200] * 4
    assert [answer["statusCode"] for answer in answers] == [200, 200, 404, 404]
    assert problem_in(answers[3]) == (404, "There is no summary of secret that may be published now.")


def test_an_older_revision_is_served_when_it_is_asked_for(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """Old ones stay readable."""
    save(summaries, a_record(ID))
    save(summaries, a_record(ID, revision=2, sequencer="0B"))

    revisions = [
        json.loads(serve_summaries.invoke(get_one(ID, **query))["body"])["revision"]
        for query in ({}, {"revision": "1"})
    ]

    assert revisions == [2, 1]


def test_what_is_not_there_is_404_and_what_was_withdrawn_410(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """Both name the article."""
    save(summaries, a_record("gone", status=Status.WITHDRAWN))

    assert problem_in(serve_summaries.invoke(get_one("nothing"))) == (404, "There is no summary of nothing.")
    assert problem_in(serve_summaries.invoke(get_one("gone"))) == (410, "The article gone was withdrawn.")


@pytest.mark.parametrize("path", ["/nothing", "/", "/summary", "/summaries/", "/openapi.json/x", "/Summaries"])
def test_an_unknown_path_is_404(serve_summaries: LocalFunction, path: str) -> None:
    """As a problem, like everything else."""
    answer = serve_summaries.invoke(whatever("GET", path))

    assert problem_in(answer) == (404, "There is nothing under this path.")
    assert "Allow" not in answer["headers"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/summaries", "GET, POST"),
        ("HEAD", "/summaries", "GET, POST"),
        ("POST", "/summaries/politics/istanbul-talks", "DELETE, GET, PATCH"),
        ("PUT", "/summaries/a\nb", "DELETE, GET, PATCH"),
        ("PUT", "/revisions/a", "GET"),
        ("GET", "/regenerations/a/b", "POST"),
        ("POST", "/openapi.json", "GET"),
    ],
)
def test_another_method_is_405_with_what_is_allowed(
    serve_summaries: LocalFunction, method: str, path: str, allowed: str
) -> None:
    """By all functions together, not by this one."""
    answer = serve_summaries.invoke(whatever(method, path))

    assert problem_in(answer) == (405, f"This path takes {allowed}.")
    assert answer["headers"]["Allow"] == allowed


def test_another_method_is_405_behind_a_stage_too(serve_summaries: LocalFunction) -> None:
    """A stage with a name stands in front of the path."""
    event = whatever("DELETE", "/live/summaries")
    event["requestContext"]["stage"] = "live"

    assert serve_summaries.invoke(event)["headers"]["Allow"] == "GET, POST"


def test_the_document_of_the_api_is_served(serve_summaries: LocalFunction) -> None:
    """Of all its routes, whichever function answers them."""
    event = whatever("GET", "/openapi.json") | {"routeKey": "GET /openapi.json"}

    answer = serve_summaries.invoke(event)

    body = json.loads(answer["body"])
    assert (answer["statusCode"], answer["headers"]["Content-Type"]) == (200, "application/json")
    assert body["openapi"].startswith("3.1")
    assert {path: sorted(methods) for path, methods in body["paths"].items()} == {
        "/summaries": ["get", "post"],
        "/summaries/{article_id}": ["delete", "get", "patch"],
        "/revisions/{article_id}": ["get"],
        "/review/summaries/{article_id}": ["get"],
        "/review/revisions/{article_id}": ["get"],
        "/regenerations/{article_id}": ["post"],
        "/articles/{article_id}": ["get"],
        "/checks": ["post"],
        "/queue": ["get"],
        "/queue/counts": ["get"],
        "/claims/{article_id}": ["delete", "put"],
        "/reviews": ["get"],
        "/openapi.json": ["get"],
    }


def test_a_fault_of_ours_is_a_500_whose_cause_only_the_log_knows(
    load_function: Callable[[str], LocalFunction], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the article's id on its line."""

    def break_down(*_: object) -> None:
        raise RuntimeError("the secret of the store")

    monkeypatch.setattr(DynamoDbSummaryTable, "current", break_down)

    answer = load_function("serve_summaries").invoke(get_one(ID))

    assert problem_in(answer) == (500, "Something went wrong here; the log knows what.")
    [line] = [line for line in map(json.loads, capsys.readouterr().out.splitlines()) if line.get("level") == "ERROR"]
    assert (line["message"], line["article_id"]) == ("Not answered", ID)
    assert line["exception_name"] == "RuntimeError"
    assert "the secret of the store" in line["exception"]


def test_a_read_that_dynamodb_refuses_is_a_fault_of_ours(
    serve_summaries: LocalFunction, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not the request that has to be another one, as where something is to be stored."""

    def refuse(*_: object) -> None:
        raise StoreRefused("DynamoDB refuses to get it")

    monkeypatch.setattr(DynamoDbSummaryTable, "current", refuse)

    assert problem_in(serve_summaries.invoke(get_one(ID)))[0] == 500


def test_no_answer_shows_how_the_code_looks(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a stack trace nor a name that only Python has."""
    save(summaries, a_record(ID))
    wrong = [
        get_one("nothing"),
        get_one(ID, revision="x"),
        get_one(ID, publishable="maybe"),
        get_list(cursor="\ud7ff,"),
        get_list(since="x"),
        get_list(x="y"),
        get_revisions("nothing"),
        get_revisions(ID, cursor="x"),
        whatever("GET", "/nothing"),
        whatever("DELETE", "/summaries"),
    ]

    bodies = [serve_summaries.invoke(event)["body"] for event in wrong]
    monkeypatch.setattr(DynamoDbSummaryTable, "current", lambda *_: 1 / 0)
    bodies.append(serve_summaries.invoke(get_one(ID))["body"])

    signs = ("Traceback", "File ", ".py", "DivisionError", "pydantic", "standfirst.", "botocore", "division")
    assert not [(body, sign) for body in bodies for sign in signs if sign in body]


def test_a_store_that_does_not_answer_is_503_and_tells_no_secrets(
    serve_summaries: LocalFunction, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader may come back; what the store said stays in the log."""
    monkeypatch.setenv("SUMMARIES_TABLE", "no-such-table")

    answer = serve_summaries.invoke(get_one(ID))

    assert problem_in(answer) == (503, "What this service stands on cannot be reached now.")
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
