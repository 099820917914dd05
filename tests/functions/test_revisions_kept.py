"""A deployment that keeps the texts of a few old revisions: the real handlers, over moto."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import boto3
import pytest

from builders import STORY
from http_events import an_event, as_json, body_of, problem_in
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId
from standfirst_local.functions import LocalFunction

ID = ArticleId("politics/ferry.txt")
HERS = "Brackenford gets its ferry back, seven years on."
KEPT = 2


@pytest.fixture
def upload(
    storage: Mapping[str, str], load_function: Callable[..., LocalFunction], monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], None]:
    """Drops a version of the article, another one for each number, and delivers its event."""
    monkeypatch.setenv("REVISIONS_KEPT", str(KEPT))
    worker, bucket = load_function("summarize_uploads"), storage["ArticlesBucket"]

    def put(version: int) -> None:
        text = f"{STORY}\n\nThe council will vote on the timetable of the ferry in {2030 + version}, its chair said."
        boto3.client("s3").put_object(Bucket=bucket, Key=ID, Body=text.encode())
        deliver("ObjectCreated:Put", version)

    def deliver(name: str, version: int) -> None:
        s3 = {"bucket": {"name": bucket}, "object": {"key": ID, "sequencer": f"{version:018X}"}}
        body = {"Records": [{"eventSource": "aws:s3", "eventName": name, "s3": s3}]}
        message = {"messageId": "m", "receiptHandle": "r", "eventSource": "aws:sqs", "body": json.dumps(body)}
        assert worker.invoke({"Records": [message | {"attributes": {}}]}) == {"batchItemFailures": []}

    put.deliver = deliver  # type: ignore[attr-defined]
    return put


@pytest.fixture
def get(serve_summaries: LocalFunction) -> Callable[..., dict[str, Any]]:
    """Asks for a revision."""

    def answer(revision: int, example: str = "http_get_summary") -> dict[str, Any]:
        event = an_event(example, ID) | {"queryStringParameters": {"revision": str(revision)}}
        found: dict[str, Any] = serve_summaries.invoke(event)
        return found

    return answer


def history(serve_summaries: LocalFunction) -> dict[int, dict[str, Any]]:
    """The revisions as they are listed, by number."""
    body = body_of(serve_summaries.invoke(an_event("http_get_revisions", ID)))
    return {each["revision"]: each for each in body["revisions"]}


def test_old_texts_go_when_a_revision_is_stored(
    upload: Callable[[int], None], get: Callable[..., dict[str, Any]], serve_summaries: LocalFunction
) -> None:
    """The API says so in a sentence; who stored what when stays, without texts."""
    for version in range(1, 6):
        upload(version)

    status, detail = problem_in(get(2))
    assert status == 410
    assert detail.startswith(f"The texts of revision 2 of {ID} are no longer kept: they were deleted on 20")
    assert [get(revision)["statusCode"] for revision in range(1, 7)] == [410, 410, 200, 200, 200, 404]
    told = history(serve_summaries)
    assert {number: each["kept"] for number, each in told.items()} == {1: False, 2: False, 3: True, 4: True, 5: True}
    assert {each["by"] for each in told.values()} == {"summarize_uploads"}
    assert not {"standfirst", "summary"} & {
        change["field"] for number in (1, 2, 3) for change in told[number]["changes"]
    }
    assert all("article.etag" in {change["field"] for change in each["changes"]} for each in told.values())


def test_an_editors_words_are_found_however_many_versions_come(
    upload: Callable[[int], None],
    get: Callable[..., dict[str, Any]],
    load_function: Callable[..., LocalFunction],
) -> None:
    """Those that count and those of the decision, and what she may still approve."""
    upload(1)
    patch = an_event("http_patch_summary", ID, headers={"if-match": "*"}, **as_json({"standfirst": HERS}))
    assert load_function("review_summaries").invoke(patch)["statusCode"] == 200

    for version in range(2, 6):
        upload(version)

    # 2 is her decision; then each version is a pending revision, and her words beside it.
    kept = [number for number in range(1, 11) if get(number)["statusCode"] == 200]
    assert kept == [1, 2, 8, 9, 10]
    assert body_of(get(2))["standfirst"] == body_of(get(10))["standfirst"] == HERS
    assert body_of(get(10))["pending"] == 9


def test_a_takedown_finds_the_content_of_every_version(
    upload: Callable[[int], None], table: str, review_summaries: LocalFunction
) -> None:
    """Also of those whose texts are gone: none of them may come back."""
    for version in range(1, 6):
        upload(version)
    contents = {each.content_hash for each in DynamoDbSummaryTable(table).history(ID, None, 10)}

    assert review_summaries.invoke(an_event("http_delete_summary", ID))["statusCode"] == 200

    erased = DynamoDbSummaryTable(table).current(ID)
    assert erased
    assert len(contents) == 5
    assert set(erased.record.erased_content or ()) == contents


def test_what_was_stored_before_there_was_a_limit_goes_bit_by_bit(
    upload: Callable[[int], None],
    table: str,
    monkeypatch: pytest.MonkeyPatch,
    load_function: Callable[..., LocalFunction],
) -> None:
    """A few with each revision: an article of a thousand of them is no more work than another."""
    del load_function
    monkeypatch.setattr("standfirst.adapters.aws.summary_table._EXPIRED_AT_ONCE", 0)
    for version in range(1, 6):
        upload(version)
    monkeypatch.setattr("standfirst.adapters.aws.summary_table._EXPIRED_AT_ONCE", 3)

    upload(6)
    first = [each.revision for each in DynamoDbSummaryTable(table).history(ID, None, 10) if each.expired_at]

    assert first == [3, 2, 1]


def test_a_version_that_expires_in_the_bucket_changes_nothing(
    upload: Callable[[int], None], get: Callable[..., dict[str, Any]]
) -> None:
    """S3 tells of it as of any deletion (ArticleVersionsDays); the newest one is there as it was."""
    upload(1)
    upload(2)

    upload.deliver("LifecycleExpiration:Delete", 3)  # type: ignore[attr-defined]

    assert (get(2)["statusCode"], get(3)["statusCode"]) == (200, 404)
