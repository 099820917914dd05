"""The queue and the claims on its articles, by the API's real handler."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from builders import a_record, save
from http_events import CALLER, an_event, as_json, body_of, problem_in
from reading_requests import ANYTHING, with_query
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId, ArticleKind
from standfirst.domain.draft import Finding
from standfirst.domain.record import Record, Status
from standfirst_local.functions import LocalFunction

FERRY = "politics/ferry.txt"
ANOTHER = "arn:aws:iam::123456789012:user/another-editor"


def by_another(event: dict[str, Any]) -> dict[str, Any]:
    """``event`` of another caller."""
    context = json.loads(json.dumps(event["requestContext"]))
    context["authorizer"]["iam"]["userArn"] = ANOTHER
    return event | {"requestContext": context}


def get_queue(**query: str) -> dict[str, Any]:
    """GET /queue."""
    return with_query(an_event("http_list_queue"), urlencode(query))


def put_claim(article_id: str = FERRY, **query: str) -> dict[str, Any]:
    """PUT /claims/{article_id+}."""
    return with_query(an_event("http_put_claim", article_id), urlencode(query))


def delete_claim(article_id: str = FERRY) -> dict[str, Any]:
    """DELETE /claims/{article_id+}."""
    return an_event("http_delete_claim", article_id)


def a_queued(name: str = FERRY, minutes: int = 0, **members: object) -> Record:
    """A record that needs a review."""
    return a_record(name, minutes=minutes, status=Status.NEEDS_REVIEW).model_copy(update=members)


def listed(serve_reviews: LocalFunction, **query: str) -> list[str]:
    """The ids of a page."""
    return [item["article_id"] for item in body_of(serve_reviews.invoke(get_queue(**query)))["items"]]


def test_the_queue_shows_what_asks_for_an_editor(serve_reviews: LocalFunction, summaries: DynamoDbSummaryTable) -> None:
    """With all that a list needs, also under embargo, and nothing else."""
    findings = (Finding("number", "summary", "4", "not in the article", "warning"),) * 2
    article = a_record(FERRY).article.model_copy(
        update={"kind": ArticleKind.NEWS, "embargoed_until": "2999-01-01T06:00:00Z"}
    )
    save(summaries, a_queued(findings=findings, article=article, headline="Ferry to return"))
    save(summaries, a_record("generated"))

    answer = serve_reviews.invoke(get_queue())

    assert answer["statusCode"] == 200
    assert answer["headers"]["Cache-Control"] == "private, no-store"
    assert body_of(answer) == {
        "items": [
            {
                "article_id": FERRY,
                "revision": 1,
                "status": "needs_review",
                "stale": False,
                "pending": None,
                "kind": "news",
                "language": "en",
                "headline": "Ferry to return",
                "findings": ["number"],
                "errors": 0,
                "warnings": 2,
                "embargoed_until": "2999-01-01T06:00:00Z",
                "updated_at": "2026-03-03T09:00:00.000Z",
                "section": "politics",
                "claim": None,
            }
        ],
        "cursor": None,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["politics/c", "politics/b", "a"]),
        ({"status": "needs_review"}, ["politics/b", "a"]),
        ({"finding": "number"}, ["a"]),
        ({"kind": "opinion"}, ["politics/b"]),
        ({"language": "de"}, ["politics/b"]),
        ({"prefix": "politics/"}, ["politics/c", "politics/b"]),
        ({"stale": "true"}, ["politics/c"]),
        ({"pending": "false"}, ["politics/b", "a"]),
        ({"since": "2026-03-03T09:01:00Z"}, ["politics/c", "politics/b"]),
        ({"mine": "true"}, ["politics/b"]),
        ({"mine": "true", "prefix": "a"}, []),
        ({"prefix": "politics/", "stale": "false", "language": "de", "status": "needs_review"}, ["politics/b"]),
    ],
    ids=str,
)
def test_filters_combine(
    serve_reviews: LocalFunction, summaries: DynamoDbSummaryTable, query: dict[str, str], expected: list[str]
) -> None:
    """Each leaves what it holds for."""
    opinion = a_record().article.model_copy(update={"kind": ArticleKind.OPINION})
    save(summaries, a_queued("a", findings=(Finding("number", "summary", "4", "not there", "warning"),)))
    save(summaries, a_queued("politics/b", 1, language="de-AT", article=opinion))
    save(summaries, a_queued("politics/c", 2, status=Status.EDITED, stale=True, pending=1))
    serve_reviews.invoke(put_claim("politics/b"))
    serve_reviews.invoke(by_another(put_claim("politics/c")))

    assert listed(serve_reviews, **query) == expected


def test_pages_go_on_in_their_own_list(serve_reviews: LocalFunction, summaries: DynamoDbSummaryTable) -> None:
    """A page of which ``mine`` leaves nothing has a next one, too."""
    for minutes, name in enumerate("abc"):
        save(summaries, a_queued(name, minutes))
    serve_reviews.invoke(put_claim("a"))
    query = {"mine": "true", "limit": "2"}

    first = body_of(serve_reviews.invoke(get_queue(**query)))
    second = body_of(serve_reviews.invoke(get_queue(**query, cursor=first["cursor"])))

    assert first["items"] == []
    assert [item["article_id"] for item in second["items"]] == ["a"]
    assert second["cursor"] is None
    for other in ({"mine": "false"}, {"mine": "true", "stale": "true"}, {"mine": "true", "prefix": "a"}):
        assert problem_in(serve_reviews.invoke(get_queue(**other, cursor=first["cursor"])))[0] == 422


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "501"}, "limit"),
        ({"status": "open"}, "status"),
        ({"mine": "hers"}, "mine"),
        ({"cursor": "bnVsbA"}, "cursor"),
        ({"section": "politics"}, "section"),
        ({"statuses": "stale"}, "statuses"),
    ],
    ids=str,
)
def test_wrong_and_unknown_parameters_are_422_and_named(
    serve_reviews: LocalFunction, query: dict[str, str], field: str
) -> None:
    """A misspelt filter would list everything."""
    answer = serve_reviews.invoke(get_queue(**query))

    assert problem_in(answer)[0] == 422
    assert [error["field"] for error in body_of(answer)["errors"]] == [field]


def test_the_queue_is_counted_in_one_call(serve_reviews: LocalFunction, summaries: DynamoDbSummaryTable) -> None:
    """By reason and by section, the longest section first."""
    save(summaries, a_queued("a"))
    save(summaries, a_queued("politics/b", status=Status.EDITED, stale=True, pending=1))
    save(summaries, a_queued("politics/c"))
    save(summaries, a_record("politics/d"))

    answer = serve_reviews.invoke(an_event("http_count_queue"))

    assert answer["headers"]["Cache-Control"] == "private, no-store"
    assert body_of(answer) == {
        "total": 3,
        "needs_review": 2,
        "stale": 1,
        "pending": 1,
        "sections": [
            {"section": "politics", "total": 2, "needs_review": 1, "stale": 1, "pending": 1},
            {"section": "", "total": 1, "needs_review": 1, "stale": 0, "pending": 0},
        ],
    }


def test_a_claim_shows_in_the_queue_of_everybody(serve_reviews: LocalFunction, summaries: DynamoDbSummaryTable) -> None:
    """Whose it is depends on who looks."""
    save(summaries, a_queued())

    claimed = serve_reviews.invoke(put_claim())
    (mine,) = body_of(serve_reviews.invoke(get_queue()))["items"]
    (anothers,) = body_of(serve_reviews.invoke(by_another(get_queue())))["items"]

    claim = body_of(claimed)
    assert claimed["statusCode"] == 200
    assert (claim.pop("article_id"), claim["by"], claim["is_mine"]) == (FERRY, CALLER, True)
    assert mine["claim"] == claim
    assert anothers["claim"] == claim | {"is_mine": False}


def test_somebody_elses_claim_is_409_with_who_and_until(serve_reviews: LocalFunction) -> None:
    """Unless it is taken over."""
    claimed = body_of(serve_reviews.invoke(put_claim()))

    refused = serve_reviews.invoke(by_another(put_claim()))
    taken = serve_reviews.invoke(by_another(put_claim(take_over="true")))

    status, detail = problem_in(refused)
    assert (status, body_of(refused)["claim"]) == (409, {"by": CALLER, "until": claimed["until"]})
    assert CALLER in detail
    assert (taken["statusCode"], body_of(taken)["by"]) == (200, ANOTHER)
    assert body_of(serve_reviews.invoke(put_claim()))["claim"]["by"] == ANOTHER


def test_a_claim_is_given_back(serve_reviews: LocalFunction) -> None:
    """204 also where there is none, or where it is another's, which stays."""
    serve_reviews.invoke(put_claim())

    answers = [serve_reviews.invoke(each) for each in (by_another(delete_claim()), delete_claim("other"))]
    assert serve_reviews.invoke(by_another(put_claim()))["statusCode"] == 409
    answers.append(serve_reviews.invoke(delete_claim()))

    assert [answer["statusCode"] for answer in answers] == [204] * 3
    assert not any(answer.get("body") for answer in answers)
    assert serve_reviews.invoke(by_another(put_claim()))["statusCode"] == 200


@pytest.mark.parametrize("article_id", ANYTHING)
def test_any_id_is_claimed(serve_reviews: LocalFunction, summaries: DynamoDbSummaryTable, article_id: str) -> None:
    """And found in the queue."""
    save(summaries, a_queued(article_id))

    assert body_of(serve_reviews.invoke(put_claim(article_id)))["article_id"] == article_id
    assert listed(serve_reviews, mine="true") == [article_id]


def test_an_id_that_no_article_can_have_is_404(serve_reviews: LocalFunction) -> None:
    """As everywhere."""
    assert problem_in(serve_reviews.invoke(put_claim("a" * 3_000)))[0] == 404


@pytest.mark.parametrize("event", [get_queue(), put_claim(), delete_claim()], ids=["list", "claim", "release"])
def test_nobody_is_nobody(serve_reviews: LocalFunction, event: Mapping[str, Any]) -> None:
    """Only API Gateway says who calls."""
    context = {name: value for name, value in event["requestContext"].items() if name != "authorizer"}

    assert problem_in(serve_reviews.invoke({**event, "requestContext": context}))[0] == 403


def test_a_claim_locks_nothing(
    serve_reviews: LocalFunction, review_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """Another editor may decide, and the article leaves the queue."""
    save(summaries, a_queued())
    serve_reviews.invoke(by_another(put_claim()))
    approval = an_event("http_patch_summary", FERRY, headers={"if-match": "*"}, **as_json({"status": "approved"}))

    assert review_summaries.invoke(approval)["statusCode"] == 200

    stored = summaries.current(ArticleId(FERRY))
    assert stored
    assert stored.record.status is Status.APPROVED
    assert listed(serve_reviews) == []
