"""Lists, histories and their parameters by the API's real handler."""

import json
from typing import Any

import pytest

from builders import a_record, save
from http_events import problem_in
from reading_requests import ANYTHING, ID, get_list, get_one, get_revisions, with_query
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.draft import Finding
from standfirst.domain.record import Status
from standfirst.domain.revisions import Stamp, with_pending_revision
from standfirst_local.functions import LocalFunction

LIST_KNOWS = "cursor, finding, kind, language, limit, pending, prefix, publishable, since, stale, status"


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
        ({"kind": "cartoon"}, "kind"),
        ({"kind": "News"}, "kind"),
        ({"language": "german, please"}, "language"),
        ({"prefix": ""}, "prefix"),
        ({"finding": "Number"}, "finding"),
        ({"stale": "perhaps"}, "stale"),
        ({"pending": "2"}, "pending"),
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
        "unknown kind",
        "capital kind",
        "no language",
        "empty prefix",
        "capital finding",
        "neither stale nor not",
        "a pending revision by number",
        "foreign cursor",
        "empty cursor",
    ],
)
def test_wrong_parameters_are_422_and_named(serve_summaries: LocalFunction, query: dict[str, str], field: str) -> None:
    """With what is allowed."""
    status, detail = problem_in(serve_summaries.invoke(get_list(**query)))

    assert status == 422
    assert field in detail


@pytest.mark.parametrize("revision", ["0", "-1", "first", "9" * 2000], ids=["zero", "negative", "word", "huge"])
def test_a_wrong_revision_is_422(serve_summaries: LocalFunction, revision: str) -> None:
    """Revisions count from 1."""
    assert problem_in(serve_summaries.invoke(get_one(ID, revision=revision)))[0] == 422


@pytest.mark.parametrize(
    ("event", "name", "known"),
    [
        (get_list(state="failed"), "state", LIST_KNOWS),
        (get_list(Status="failed"), "Status", LIST_KNOWS),
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

    assert problem_in(serve_summaries.invoke(event)) == (422, f"Unknown parameters: {name}. This route knows {known}.")


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

    assert problem_in(answer)[0] == 422
    assert {error["field"].partition(".")[0] for error in json.loads(answer["body"])["errors"]} == {field}


def test_values_are_not_cut_at_commas(serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable) -> None:
    """Powertools splits what may be a list: what comes before a comma would be good."""
    for name in ("a", "b"):
        save(summaries, a_record(name))
    cursor = json.loads(serve_summaries.invoke(get_list(limit="1"))["body"])["cursor"]

    for query in ({"cursor": f"{cursor},more"}, {"since": "2026-03-03T09:00:00Z,2026"}, {"limit": "1,"}):
        status, detail = problem_in(serve_summaries.invoke(get_list(**query)))

        assert (status, detail.partition(":")[0]) == (422, *query)


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ({"language": "de"}, ["politics/b", "a"]),
        ({"language": "de-at"}, ["politics/b"]),
        ({"prefix": "politics/"}, ["politics/c", "politics/b"]),
        ({"finding": "number"}, ["politics/c", "a"]),
        ({"stale": "true"}, ["politics/c"]),
        ({"stale": "false"}, ["politics/b", "a"]),
        ({"pending": "true"}, ["politics/b"]),
        ({"language": "de", "finding": "number", "stale": "false", "status": "generated"}, ["a"]),
    ],
    ids=" ".join,
)
def test_filters_leave_what_all_of_them_hold_for(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable, query: dict[str, str], listed: list[str]
) -> None:
    """Alone and together."""
    number = (Finding("number", "summary", "4", "not in the article", "warning"),)
    for name, members in {
        "a": {"language": "de", "findings": number},
        "politics/b": {"language": "de-AT", "pending": 1},
        "politics/c": {"language": "en", "stale": True, "findings": number},
    }.items():
        save(summaries, a_record(name, minutes=ord(name[-1])).model_copy(update=members))

    page = json.loads(serve_summaries.invoke(get_list(**query))["body"])

    assert [each["article_id"] for each in page["summaries"]] == listed


def test_a_page_of_which_a_filter_leaves_nothing_may_have_a_next_one(
    serve_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """The cursor goes on in the list of this filter alone."""
    for minutes, language in enumerate(["de", "en"]):
        save(summaries, a_record(language, minutes=minutes).model_copy(update={"language": language}))

    first = json.loads(serve_summaries.invoke(get_list(language="de", limit="1"))["body"])
    query = {"limit": "1", "cursor": first["cursor"]}
    second = json.loads(serve_summaries.invoke(get_list(language="de", **query))["body"])

    assert first["summaries"] == []
    assert [each["article_id"] for each in second["summaries"]] == ["de"]
    assert problem_in(serve_summaries.invoke(get_list(language="en", **query)))[0] == 422


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
    assert problem_in(serve_summaries.invoke(get_list(limit="1", cursor=cursor)))[0] == 422


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
    status, detail = problem_in(serve_summaries.invoke(with_query(get_list(), raw)))

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
                "kept": True,
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
    assert problem_in(serve_summaries.invoke(get_revisions("nothing"))) == (404, "There is no summary of nothing.")


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
