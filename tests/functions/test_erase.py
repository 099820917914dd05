"""A takedown by the real handlers: DELETE, what is left in every table and in the bucket, and what is served then."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import boto3
import pytest

from builders import DISPUTED, PROVEN, READERS_WORDS, STORY, a_reading, replace_stored
from http_events import CALLER, a_post, an_event, as_json, body_of, problem_in
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId
from standfirst.domain.record import RejectedDraft
from standfirst_local.functions import LocalFunction

ID = "politics/ferry.txt"
LATER = STORY.replace("240,000", "260,000")
WORDS = ("Brackenford", "landing stage", "Words of an editor", "240,000", "260,000")
"""Of the texts that are erased."""


def a_request(method: str, path: str = "/summaries", **query: str) -> dict[str, Any]:
    """A request about the article, by whoever takes it down."""
    event = an_event("http_get_summary", ID, queryStringParameters=query)
    event["requestContext"]["http"]["method"] = method
    event["requestContext"]["authorizer"]["iam"]["userArn"] = CALLER
    return event | {"routeKey": f"{method} {path}/{{article_id+}}"}


def stored_in(*tables: str) -> str:
    """Everything in these tables, as JSON."""
    return json.dumps([boto3.client("dynamodb").scan(TableName=table)["Items"] for table in tables])


def versions_in(bucket: str, prefix: str = ID) -> list[str]:
    """The keys of all versions and delete markers."""
    found = boto3.client("s3").list_object_versions(Bucket=bucket, Prefix=prefix)
    return [each["Key"] for each in [*found.get("Versions", []), *found.get("DeleteMarkers", [])]]


@pytest.fixture
def bucket(storage: Mapping[str, str]) -> str:
    """The bucket, empty."""
    s3, name = boto3.client("s3"), storage["ArticlesBucket"]
    for each in s3.list_object_versions(Bucket=name).get("Versions", []):
        s3.delete_object(Bucket=name, Key=each["Key"], VersionId=each["VersionId"])
    return name


@pytest.fixture
def sent(bucket: str, summarize_on_request: LocalFunction, review_summaries: LocalFunction) -> str:
    """The bucket with an article in two versions, the second sent with an idempotency key, and an editor's words."""
    boto3.client("s3").put_object(Bucket=bucket, Key=f"{ID}.old", Body=STORY.encode())
    summarize_on_request.invoke(a_post(STORY, article_id=ID))
    edit = as_json({"standfirst": "Words of an editor."})
    event = an_event("http_patch_summary", ID, headers={"if-match": "*"}, **edit)
    assert review_summaries.invoke(event)["statusCode"] == 200
    assert summarize_on_request.invoke(a_post(LATER, key="k1", article_id=ID))["statusCode"] == 200
    return bucket


def test_a_takedown_leaves_who_erased_what_and_when(
    sent: str,
    storage: Mapping[str, str],
    review_summaries: LocalFunction,
    serve_summaries: LocalFunction,
    summarize_on_request: LocalFunction,
) -> None:
    """In no table and no version of the object a word of it is left; all routes say so, however it is repeated."""
    tables = (storage["SummariesTable"], storage["GenerationsTable"])
    assert all(word in stored_in(*tables) for word in WORDS[2:])

    answers = [review_summaries.invoke(a_request("DELETE", object_versions="true")) for _ in range(2)]

    left = stored_in(*tables)
    assert [answer["statusCode"] for answer in answers] == [200, 200]
    assert body_of(answers[0]) == body_of(answers[1])
    assert (body_of(answers[0])["status"], body_of(answers[0])["erased_by"]) == ("withdrawn", CALLER)
    assert not [word for word in WORDS if word in left or word in answers[0]["body"]]
    assert '"Summary Withdrawn"' in left
    assert versions_in(sent) == [f"{ID}.old"]
    for event in (a_request("GET"), a_request("GET", revision="1"), a_request("GET", "/revisions")):
        assert problem_in(serve_summaries.invoke(event))[0] == 410
    reviewers = [a_request("GET", "/review/summaries"), a_request("GET", "/review/summaries", revision="1")]
    assert [serve_summaries.invoke(event)["statusCode"] for event in reviewers] == [200, 404]
    repeated = [a_post(STORY, article_id=ID), a_post(LATER, key="k1", article_id=ID)]
    assert [problem_in(summarize_on_request.invoke(event))[0] for event in repeated] == [410, 410]
    assert versions_in(sent) == [f"{ID}.old"]


def test_a_takedown_erases_what_the_second_reader_said(
    sent: str, storage: Mapping[str, str], review_summaries: LocalFunction, summaries: DynamoDbSummaryTable
) -> None:
    """Its reasons and its quotes of the article, about the texts and about the draft that was rejected."""
    assert sent
    current = summaries.current(ArticleId(ID))
    assert current
    record = current.record
    assert record.made_by
    draft = RejectedDraft(
        standfirst="Wrong.", summary="Wrong.", findings=(), verdicts=(PROVEN, DISPUTED), made_by=record.made_by
    )
    update = {"revision": record.revision + 1, "second_reading": a_reading(), "rejected_draft": draft}
    replace_stored(summaries, current, record.model_copy(update=update))
    said = (*READERS_WORDS, PROVEN.quote)
    assert all(words in stored_in(storage["SummariesTable"]) for words in said)

    answer = review_summaries.invoke(a_request("DELETE"))

    left = stored_in(storage["SummariesTable"], storage["GenerationsTable"])
    assert (answer["statusCode"], body_of(answer)["second_reading"]) == (200, None)
    assert not [words for words in said if words in left or words in answer["body"]]


def test_a_repeated_request_stays_gone_when_other_content_makes_a_new_summary(
    sent: str, review_summaries: LocalFunction, summarize_on_request: LocalFunction
) -> None:
    """410 and not 404: the revision that was its answer was erased."""
    review_summaries.invoke(a_request("DELETE"))
    other = summarize_on_request.invoke(a_post(STORY.replace("240,000", "280,000"), article_id=ID))

    repeated = summarize_on_request.invoke(a_post(LATER, key="k1", article_id=ID))

    assert sent
    assert other["statusCode"] == 200
    assert problem_in(repeated)[0] == 410


def test_the_object_stays_unless_its_versions_are_named(sent: str, review_summaries: LocalFunction) -> None:
    """Deleting the summary is one decision, deleting the source another."""
    review_summaries.invoke(a_request("DELETE"))

    assert ID in versions_in(sent)


def test_nobody_erases_what_is_not_there_or_without_a_name(sent: str, review_summaries: LocalFunction) -> None:
    """404, and 403 should the route ever be left open."""
    nobody = a_request("DELETE")
    del nobody["requestContext"]["authorizer"]
    unknown = a_request("DELETE") | {"pathParameters": {"article_id": "unknown"}}

    assert [problem_in(review_summaries.invoke(event))[0] for event in (nobody, unknown)] == [403, 404]
    assert sent


def test_the_answer_to_a_repeated_request_is_the_record_and_not_a_copy(
    bucket: str, storage: Mapping[str, str], load_function: Callable[..., LocalFunction], serve_summaries: LocalFunction
) -> None:
    """The same bytes while it is there; withdrawn, it is withheld here too."""
    assert bucket
    function = load_function("summarize_on_request", timeout_seconds=29)
    first, again = (function.invoke(a_post(STORY, key="k2", article_id=ID)) for _ in range(2))

    assert again == first
    assert "Brackenford" not in stored_in(storage["GenerationsTable"])
    assert first["headers"]["ETag"] == serve_summaries.invoke(a_request("GET"))["headers"]["ETag"]
