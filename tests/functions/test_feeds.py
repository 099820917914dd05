"""A feed that is written anew whenever there is something new, through the worker's real handler."""

import json
from collections.abc import Mapping

import boto3
import pytest

from builders import STORY
from http_events import an_event, body_of
from standfirst_local.functions import LocalFunction

BODY = "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in STORY.splitlines() if line)


def a_feed(*names: str) -> str:
    """A feed with an item of each name."""
    item = "<item><title>{0}</title><guid>{0}</guid><encoded>{0}: {1}</encoded></item>"
    items = (item.format(name, BODY) for name in names)
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>"


@pytest.mark.parametrize("feeds", [(["one"], ["two"]), (["one"], ["two", "one"], ["two"])], ids=["of one", "of two"])
def test_an_item_that_falls_out_of_a_feed_stays_as_it_is(
    storage: Mapping[str, str],
    summarize_uploads: LocalFunction,
    serve_summaries: LocalFunction,
    feeds: tuple[list[str], ...],
) -> None:
    """The next one does not take its place."""
    bucket = storage["ArticlesBucket"]
    for number, names in enumerate(feeds):
        boto3.client("s3").put_object(Bucket=bucket, Key="feed.xml", Body=a_feed(*names))
        event = {"bucket": {"name": bucket}, "object": {"key": "feed.xml", "sequencer": f"0{number}"}}
        message = {"messageId": "m", "receiptHandle": "r", "eventSource": "aws:sqs", "attributes": {}}
        body = json.dumps({"Records": [{"eventSource": "aws:s3", "s3": event}]})
        assert summarize_uploads.invoke({"Records": [message | {"body": body}]}) == {"batchItemFailures": []}

    listed = body_of(serve_summaries.invoke(an_event("http_list_summaries") | {"queryStringParameters": {}}))

    found = {each["article_id"]: each["headline"] for each in listed["summaries"] if each["summary"]}
    assert found == {"feed.xml": "one", "feed.xml/two": "two"}
