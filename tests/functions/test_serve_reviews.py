"""Who reviewed what, over the real handlers: decided with PATCH, asked for with GET /reviews."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from builders import a_record, save
from http_events import CALLER, an_event, as_json, problem_in
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst_local.functions import LocalFunction

ID = "politics/ferry.txt"


def get_reviews(headers: Mapping[str, str] | None = None, **query: str) -> dict[str, Any]:
    """GET /reviews of this month."""
    query = {"month": datetime.now(UTC).strftime("%Y-%m"), **query}
    return an_event("http_list_reviews", headers=dict(headers or {})) | {"queryStringParameters": query}


@pytest.fixture
def decide(review_summaries: LocalFunction, summaries: DynamoDbSummaryTable) -> Callable[..., None]:
    """Decides about a new summary."""

    def patch(article_id: str = ID, **members: object) -> None:
        if summaries.current(article_id) is None:  # type: ignore[arg-type]
            save(summaries, a_record(article_id))
        event = an_event("http_patch_summary", article_id, headers={"if-match": "*"}, **as_json(members))
        answer = review_summaries.invoke(event)
        assert answer["statusCode"] == 200, answer["body"]

    return patch


def rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The decisions of an answer in JSON Lines."""
    assert (answer["statusCode"], answer["headers"]["Content-Type"]) == (200, "application/jsonl")
    return [json.loads(line) for line in answer["body"].splitlines()]


def test_each_decision_is_a_line(decide: Callable[..., None], serve_reviews: LocalFunction) -> None:
    """Who, about what, when and how; the caller is who API Gateway says."""
    decide(status="approved", note="Good.")
    decide(status="rejected")

    answer = serve_reviews.invoke(get_reviews())

    first, second = rows(answer)
    assert (first["article_id"], first["of"], first["revision"]) == (ID, 1, 2)
    assert (first["decision"], first["by"], first["note"], first["erased_at"]) == ("approved", CALLER, "Good.", None)
    assert (second["of"], second["revision"], second["status"]) == (2, 3, "rejected")
    assert answer["headers"]["Cache-Control"] == "private, no-store"
    assert "Link" not in answer["headers"]


def test_a_link_leads_to_the_next_page(decide: Callable[..., None], serve_reviews: LocalFunction) -> None:
    """Until there is none: RFC 8288."""
    for number in range(5):
        decide(f"{number}.txt", status="approved")

    listed, query = [], {"limit": "2"}
    while True:
        answer = serve_reviews.invoke(get_reviews(**query))
        listed += rows(answer)
        if "Link" not in answer["headers"]:
            break
        [target] = re.findall(r'^<(/reviews\?[^>]+)>; rel="next"$', answer["headers"]["Link"])
        query = dict(parse_qsl(urlsplit(target).query))

    assert [row["article_id"] for row in listed] == [f"{number}.txt" for number in range(5)]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"month": "2026-13"}, "month"),
        ({"month": "2026-1"}, "month"),
        ({"month": "2026-03\n"}, "month"),
        ({"month": ""}, "month"),
        ({"limit": "0"}, "limit"),
        ({"limit": "1001"}, "limit"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"moth": "2026-03"}, "moth"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_for_is_named(serve_reviews: LocalFunction, query: dict[str, str], field: str) -> None:
    """As at every route."""
    answer = serve_reviews.invoke(get_reviews(**query))

    assert problem_in(answer)[0] == 422
    assert json.loads(answer["body"])["errors"][0]["field"] == field


def test_a_month_that_is_none_is_answered_with_an_example(serve_reviews: LocalFunction) -> None:
    """Not with a regular expression."""
    _, detail = problem_in(serve_reviews.invoke(get_reviews(month="2026-13")))

    assert detail == "month: give a year and a month, such as 2026-03"


def test_there_is_no_list_of_all_months(serve_reviews: LocalFunction) -> None:
    """A month has to be named."""
    event = an_event("http_list_reviews") | {"queryStringParameters": {}}

    assert problem_in(serve_reviews.invoke(event))[0] == 422


def test_a_cursor_belongs_to_its_month(decide: Callable[..., None], serve_reviews: LocalFunction) -> None:
    """Another month refuses it."""
    for number in range(2):
        decide(f"{number}.txt", status="approved")
    link = serve_reviews.invoke(get_reviews(limit="1"))["headers"]["Link"]
    [cursor] = re.findall(r"cursor=([\w-]+)", link)

    assert problem_in(serve_reviews.invoke(get_reviews(month="2026-01", cursor=cursor)))[0] == 422


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv", "text/csv"),
        ("text/csv, application/jsonl;q=0.5", "text/csv"),
        ("application/jsonl", "application/jsonl"),
        ("application/json", "application/jsonl"),
        ("*/*", "application/jsonl"),
    ],
)
def test_a_spreadsheet_asks_for_csv(
    decide: Callable[..., None], serve_reviews: LocalFunction, accept: str, kind: str
) -> None:
    """Whoever does not say gets JSON Lines."""
    decide(status="approved")

    answer = serve_reviews.invoke(get_reviews({"accept": accept}))

    assert answer["headers"]["Content-Type"] == kind
    assert answer["headers"]["Vary"] == "Accept"
    assert answer["body"].startswith("article_id," if kind == "text/csv" else "{")
