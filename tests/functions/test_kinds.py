"""Articles of all kinds through the worker's real handler, and the API's list of them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest
import yaml

from http_events import a_post, body_of
from reading_requests import get_list
from standfirst_local.functions import LocalFunction

FOLDER = Path(__file__).parents[1] / "kinds"
MANIFEST: list[dict[str, Any]] = yaml.safe_load((FOLDER / "manifest.yaml").read_text(encoding="utf-8"))
STATUSES = {"write": {"generated", "needs_review"}, "review": {"needs_review"}, "skip": {"skipped"}}


@pytest.fixture
def uploaded(storage: Mapping[str, str], summarize_uploads: LocalFunction) -> None:
    """All articles, in batches of ten."""
    messages = []
    for number, row in enumerate(MANIFEST):
        body = (FOLDER / "articles" / row["file"]).read_bytes()
        boto3.client("s3").put_object(Bucket=storage["ArticlesBucket"], Key=row["file"], Body=body)
        entry = {"bucket": {"name": storage["ArticlesBucket"]}, "object": {"key": row["file"], "sequencer": "0A"}}
        records = {"Records": [{"eventSource": "aws:s3", "s3": entry}]}
        message = {"messageId": f"m{number}", "receiptHandle": "r", "eventSource": "aws:sqs", "attributes": {}}
        messages.append(message | {"body": json.dumps(records)})
    for start in range(0, len(messages), 10):
        answer = summarize_uploads.invoke({"Records": messages[start : start + 10]})
        assert answer == {"batchItemFailures": []}


@pytest.mark.usefixtures("uploaded")
def test_each_article_comes_to_what_its_kind_asks_for(serve_summaries: LocalFunction) -> None:
    """Written, to be reviewed, or skipped; and it is found by its kind."""
    listed = {each["article_id"]: each for each in summaries(serve_summaries)}

    for row in MANIFEST:
        record = listed[row["file"]]
        assert record["status"] in STATUSES[row["action"]], row["file"]
        assert (record["summary"] is None) is (row["action"] == "skip"), row["file"]
    skipped = {each["article_id"] for each in summaries(serve_summaries, status="skipped", kind="horoscope")}
    assert skipped == {row["file"] for row in MANIFEST if row["kind"] == "horoscope"}
    assert {each["article"]["kind"] for each in summaries(serve_summaries, kind="recipe")} == {"recipe"}
    published = summaries(serve_summaries, publishable="true")
    assert {each["article"]["kind"] for each in published} <= {"news", "court"}


@pytest.mark.parametrize("query", [{}, {"article_id": "stars.txt"}], ids=["not stored", "stored"])
def test_an_article_of_a_skipped_kind_is_answered_without_a_text(
    summarize_on_request: LocalFunction, query: dict[str, str]
) -> None:
    """With the kind and the reason."""
    stars = (FOLDER / "articles/fr-horoscope-semaine.txt").read_text(encoding="utf-8")

    answer = summarize_on_request.invoke(a_post(stars, **query))

    body = body_of(answer)
    assert (answer["statusCode"], body["status"]) == (201 if query else 200, "skipped")
    assert (body["summary"], body["article"]["kind"]) == (None, "horoscope")
    assert "skips articles of the kind horoscope" in body["reason"]


def summaries(serve: LocalFunction, **query: str) -> list[dict[str, Any]]:
    """All pages of the list."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = json.loads(serve.invoke(get_list(limit="20", **query, **cursor))["body"])
        found += page["summaries"]
        if page["cursor"] is None:
            return found
        cursor = {"cursor": page["cursor"]}
