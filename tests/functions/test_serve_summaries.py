"""The API's real handler: HTTP events in, JSON out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from builders import a_record, save
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.record import Record, RejectedDraft, Status
from standfirst.domain.revisions import Stamp, with_pending_revision
from standfirst_local.functions import LocalFunction

EVENTS = Path(__file__).parents[2] / "events"

ID = "politics/istanbul-talks"
"""The article that the example in events/ is about."""


@pytest.fixture
def summaries(table: str) -> DynamoDbSummaryTable:
    """What the handler reads."""
    return DynamoDbSummaryTable(table)


ANYTHING = ["a/b/c.txt", "a b", "ü+?#%2F.txt", "../up", "a//b", "🦊", "new\nline", "/a", "a,b", "a\x00\x1f\x7f"]
"""Ids that are hard on a path."""


def example(name: str) -> dict[str, Any]:
    """An event of events/."""
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return event


def with_query(event: dict[str, Any], raw: str) -> dict[str, Any]:
    """``event`` as API Gateway sends it for that query: decoded, and parameters that come twice as one with a comma."""
    merged: dict[str, str] = {}
    for name, value in parse_qsl(raw, keep_blank_values=True):
        merged[name] = f"{merged[name]},{value}" if name in merged else value
    # Without a query there is no such member.
    without = {name: value for name, value in event.items() if name != "queryStringParameters"}
    return without | {"rawQueryString": raw} | ({"queryStringParameters": merged} if merged else {})


def with_headers(event: dict[str, Any], **headers: str) -> dict[str, Any]:
    """``event`` with other headers; API Gateway writes their names in small letters."""
    return event | {"headers": event["headers"] | {name.replace("_", "-"): value for name, value in headers.items()}}


def get_one(article_id: str, **query: str) -> dict[str, Any]:
    """GET /summaries/{article_id+}, as API Gateway sends it: decoded."""
    changed = {"rawPath": f"/summaries/{article_id}", "pathParameters": {"article_id": article_id}}
    return with_query(example("http_get_summary") | changed, urlencode(query))


def get_revisions(article_id: str, **query: str) -> dict[str, Any]:
    """GET /revisions/{article_id+}."""
    changed = {"rawPath": f"/revisions/{article_id}", "pathParameters": {"article_id": article_id}}
    return with_query(example("http_get_revisions") | changed, urlencode(query))


def get_list(**query: str) -> dict[str, Any]:
    """GET /summaries."""
    return with_query(example("http_list_summaries"), urlencode(query))


def whatever(method: str, path: str) -> dict[str, Any]:
    """A request that no route takes, so that API Gateway sends it to the one for everything else."""
    event = with_query(example("http_list_summaries"), "")
    http = event["requestContext"]["http"] | {"method": method, "path": path}
    context = event["requestContext"] | {"http": http, "routeKey": "$default"}
    return event | {"routeKey": "$default", "rawPath": path, "requestContext": context}


def with_a_draft(record: Record) -> Record:
    """``record``, beside which a draft was rejected."""
    assert record.made_by
    draft = RejectedDraft(standfirst="Wrong.", summary="Wrong.", findings=(), made_by=record.made_by)
    return record.model_copy(update={"rejected_draft": draft})


def embargoed(article_id: str, until: str) -> Record:
    """A record of an article under embargo."""
    record = a_record(article_id)
    return record.model_copy(update={"article": record.article.model_copy(update={"embargoed_until": until})})


def problem(answer: dict[str, Any]) -> tuple[int, str]:
    """Status and detail of an answer that must be a problem (RFC 9457)."""
    body = json.loads(answer["body"])
    assert answer["headers"]["Content-Type"] == "application/problem+json"
    assert body["status"] == answer["statusCode"]
    assert body["title"]
    return body["status"], body["detail"]


def test_the_summary_of_an_article_is_served_as_the_contract_has_it(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """Every member, and nothing of what is kept inside."""
    record = a_record(ID)
    save(summaries, record)

    answer = serve_summaries.invoke(json.loads((EVENTS / "http_get_summary.json").read_text(encoding="utf-8")))

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
    assert problem(serve_summaries.invoke(get_one("a\ud800")))[0] == 404
    assert problem(serve_summaries.invoke(get_revisions("a\ud800")))[0] == 404


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
    assert problem(answers[3]) == (404, "There is no summary of secret that may be published now.")


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

    assert problem(serve_summaries.invoke(get_one("nothing"))) == (404, "There is no summary of nothing.")
    assert problem(serve_summaries.invoke(get_one("gone"))) == (410, "The article gone was withdrawn.")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"limit": ""}, "limit"),
        ({"limit": "1,2"}, "limit"),
        ({"status": "fine"}, "status"),
        ({"status": "generated,failed"}, "status"),
        ({"status": "Generated"}, "status"),
        ({"status": ""}, "status"),
        ({"cursor": "bnVsbA"}, "cursor"),
        ({"cursor": ""}, "cursor"),
    ],
    ids=[
        "limit too small",
        "limit too large",
        "limit no number",
        "empty limit",
        "two limits",
        "unknown status",
        "two statuses",
        "capital status",
        "empty status",
        "foreign cursor",
        "empty cursor",
    ],
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


@pytest.mark.parametrize(
    ("event", "name", "known"),
    [
        (get_list(state="failed"), "state", "cursor, limit, publishable, since, status"),
        (get_list(Status="failed"), "Status", "cursor, limit, publishable, since, status"),
        (get_one(ID, publishible="true"), "publishible", "publishable, rejected_draft, revision"),
        (get_revisions(ID, since="2026-03-03T09:00:00Z"), "since", "cursor, limit"),
    ],
    ids=["another word", "a capital", "misspelt", "another route's"],
)
def test_a_parameter_that_the_route_does_not_know_is_422(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable, event: dict[str, Any], name: str, known: str
) -> None:
    """A misspelt filter would list everything, or show what may not be published."""
    save(summaries, a_record(ID))

    assert problem(serve_summaries.invoke(event)) == (422, f"Unknown parameters: {name}. This route knows {known}.")


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ("limit=1&limit=2", "limit"),
        ("limit=1&limit=1", "limit"),
        ("status=failed&status=generated", "status"),
        ("since=2026-03-03T09:00:00Z&since=2026-03-04T09:00:00Z", "since"),
        ("cursor=a&cursor=b", "cursor"),
    ],
    ids=["two limits", "the same twice", "two statuses", "two moments", "two cursors"],
)
def test_a_parameter_that_comes_twice_is_422(serve_summaries: LocalFunction, raw: str, field: str) -> None:
    """Nobody knows which one is meant."""
    answer = serve_summaries.invoke(with_query(get_list(), raw))

    assert problem(answer)[0] == 422
    assert {error["field"].partition(".")[0] for error in json.loads(answer["body"])["errors"]} == {field}


def test_values_are_not_cut_at_commas(serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable) -> None:
    """Powertools splits what may be a list: what comes before a comma would be good."""
    for name in ("a", "b"):
        save(summaries, a_record(name))
    cursor = json.loads(serve_summaries.invoke(get_list(limit="1"))["body"])["cursor"]

    for query in ({"cursor": f"{cursor},more"}, {"since": "2026-03-03T09:00:00Z,2026"}, {"limit": "1,"}):
        status, detail = problem(serve_summaries.invoke(get_list(**query)))

        assert (status, detail.partition(":")[0]) == (422, *query)


def test_a_list_begins_at_the_moment_that_is_asked_for(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """In whatever zone; a cursor goes on in the same list alone."""
    for minutes, name in enumerate(["a", "b", "c"]):
        save(summaries, a_record(name, minutes=minutes))

    def listed(**query: str) -> list[str]:
        body = json.loads(serve_summaries.invoke(get_list(**query))["body"])
        return [summary["article_id"] for summary in body["summaries"]]

    since = "2026-03-03T09:01:00Z"
    assert listed(since=since) == ["c", "b"]
    assert listed(since="2026-03-03T10:01:00+01:00") == ["c", "b"]
    assert listed(since="2026-03-03T04:01:00.000-05:00") == ["c", "b"]
    assert listed(since="2026-03-03T09:01:00.001Z") == ["c"]
    assert listed(since="9999-12-31T23:59:59Z") == []
    assert listed(since="0001-01-01T00:00:00Z") == ["c", "b", "a"]
    cursor = json.loads(serve_summaries.invoke(get_list(since=since, limit="1"))["body"])["cursor"]
    assert listed(since=since, limit="1", cursor=cursor) == ["b"]
    assert problem(serve_summaries.invoke(get_list(limit="1", cursor=cursor)))[0] == 422


@pytest.mark.parametrize(
    "raw",
    [
        "since=2026-01-01T00:00:00+01:00",
        "since=2026-01-01T00:00:00",
        "since=2026-01-01",
        "since=2026",
        "since=20260101",
        "since=1772528400",
        "since=1e9",
        "since=yesterday",
        "since=",
        "since=2026-02-30T00:00:00Z",
        "since=0001-01-01T00:00:00%2B14:00",
        "since=9999-12-31T23:59:59-14:00",
    ],
    ids=[
        "a plus that is a space",
        "no zone",
        "a date",
        "a year",
        "digits",
        "seconds",
        "a power",
        "a word",
        "empty",
        "no such day",
        "before time",
        "after time",
    ],
)
def test_a_moment_that_is_none_is_422_and_shown_how(serve_summaries: LocalFunction, raw: str) -> None:
    """A year alone would list everything since the 2026th second of 1970."""
    status, detail = problem(serve_summaries.invoke(with_query(get_list(), raw)))

    assert status == 422
    assert detail == "since: give RFC 3339, such as 2026-03-03T09:00:00Z; in a URL a plus sign is %2B"


def test_lists_filter_by_status_and_page_by_cursor(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """Newest first."""
    for minutes, name in enumerate(["a", "b", "c"]):
        save(summaries, a_record(name, minutes=minutes))
    save(summaries, a_record("bad", status=Status.FAILED, minutes=9))

    first = json.loads(serve_summaries.invoke(get_list(status="generated", limit="2"))["body"])
    second = json.loads(serve_summaries.invoke(get_list(status="generated", limit="2", cursor=first["cursor"]))["body"])
    everything = json.loads(serve_summaries.invoke(get_list())["body"])

    assert [summary["article_id"] for summary in first["summaries"]] == ["c", "b"]
    assert [summary["article_id"] for summary in second["summaries"]] == ["a"]
    assert second["cursor"] is None
    assert [summary["article_id"] for summary in everything["summaries"]] == ["bad", "c", "b", "a"]


@pytest.mark.parametrize("article_id", ANYTHING)
def test_a_history_is_served_whatever_the_id_holds(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable, article_id: str
) -> None:
    """Slashes above all; nothing of it is read twice."""
    save(summaries, a_record(article_id))

    answer = serve_summaries.invoke(get_revisions(article_id))

    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["article_id"] == article_id


def test_a_history_tells_who_changed_what_page_by_page(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """Each change from what was served before, also where that stands on the next page."""
    save(summaries, a_record(ID))
    human_authored = a_record(ID, revision=2, sequencer="0B", status=Status.EDITED, minutes=1)
    save(summaries, human_authored)
    pending = a_record(ID, revision=3, sequencer="0C", minutes=2).model_copy(update={"content_hash": "another"})
    stamp = Stamp(human_authored.article_id, 4, pending.updated_at, "worker")
    save(summaries, with_pending_revision(human_authored, stamp, pending), pending)

    first = json.loads(serve_summaries.invoke(get_revisions(ID, limit="1"))["body"])
    rest = json.loads(serve_summaries.invoke(get_revisions(ID, cursor=first["cursor"]))["body"])

    assert first == {
        "article_id": ID,
        "revisions": [
            {
                "revision": 4,
                "follows": 2,
                "status": "edited",
                "at": "2026-03-03T09:02:00.000Z",
                "by": "worker",
                "review": None,
                "changes": [
                    {"field": "stale", "from": False, "to": True},
                    {"field": "pending", "from": None, "to": 3},
                ],
            }
        ],
        "cursor": first["cursor"],
    }
    assert [revision["revision"] for revision in rest["revisions"]] == [3, 2, 1]
    assert rest["revisions"][1]["changes"] == [{"field": "status", "from": "generated", "to": "edited"}]
    assert rest["cursor"] is None


def test_there_is_no_history_of_nothing(serve_summaries: LocalFunction) -> None:
    """404."""
    assert problem(serve_summaries.invoke(get_revisions("nothing"))) == (404, "There is no summary of nothing.")


@pytest.mark.parametrize("path", ["/nothing", "/", "/summary", "/summaries/", "/openapi.json/x", "/Summaries"])
def test_an_unknown_path_is_404(serve_summaries: LocalFunction, path: str) -> None:
    """As a problem, like everything else."""
    answer = serve_summaries.invoke(whatever("GET", path))

    assert problem(answer) == (404, "There is nothing under this path.")
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

    assert problem(answer) == (405, f"This path takes {allowed}.")
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

    assert problem(answer) == (500, "Something went wrong here; the log knows what.")
    [line] = [line for line in map(json.loads, capsys.readouterr().out.splitlines()) if line.get("level") == "ERROR"]
    assert (line["message"], line["article_id"]) == ("Not answered", ID)
    assert line["exception_name"] == "RuntimeError"
    assert "the secret of the store" in line["exception"]


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

    assert problem(answer) == (503, "What this service stands on cannot be reached now.")
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


def test_a_list_of_what_may_be_published_leaves_the_rest_out(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """A page may hold fewer; the cursor goes on behind what was left out."""
    for minutes, (name, status) in enumerate(
        [("a", Status.APPROVED), ("b", Status.NEEDS_REVIEW), ("c", Status.EDITED)]
    ):
        save(summaries, a_record(name, status=status, minutes=minutes))

    first = json.loads(serve_summaries.invoke(get_list(publishable="true", limit="2"))["body"])
    second = json.loads(serve_summaries.invoke(get_list(publishable="true", limit="2", cursor=first["cursor"]))["body"])

    assert [summary["article_id"] for summary in first["summaries"]] == ["c"]
    assert [summary["article_id"] for summary in second["summaries"]] == ["a"]
