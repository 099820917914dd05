"""What the API shows of a withdrawn article: nothing to readers, all to reviewers."""

from typing import Any
from urllib.parse import urlencode

from builders import a_record, save
from http_events import an_event
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.record import ArticleSource
from standfirst.domain.revisions import Stamp, withdrawn
from standfirst_local.functions import LocalFunction

ID = "politics/ferry.txt"


def a_get(example: str, **query: str) -> dict[str, Any]:
    """A request about the article."""
    return an_event(example, ID, queryStringParameters=query, rawQueryString=urlencode(query))


def for_review(event: dict[str, Any]) -> dict[str, Any]:
    """The same request at the route of reviewers."""
    method, _, path = event["routeKey"].partition(" ")
    return event | {"routeKey": f"{method} /review{path}", "rawPath": f"/review{event['rawPath']}"}


def test_what_was_withdrawn_is_shown_to_reviewers_only(serve_summaries: LocalFunction, table: str) -> None:
    """Whichever revision a reader asks for: 410, and none of its words. A list names it, without any."""
    summaries, first = DynamoDbSummaryTable(table), a_record(ID)
    save(summaries, first)
    source = ArticleSource(bucket="articles", key=ID, sequencer="0B")
    save(summaries, withdrawn(Stamp(first.article_id, 2, first.updated_at, "tests"), source, reason=None))
    asked = [
        *(a_get("http_get_summary", **query) for query in ({}, {"revision": "1"}, {"revision": "2"})),
        a_get("http_get_revisions"),
        a_get("http_get_summary", revision="1", publishable="true"),
    ]

    withheld = [serve_summaries.invoke(event) for event in asked]
    shown = [serve_summaries.invoke(for_review(event)) for event in asked[:4]]

    texts = (str(first.standfirst), str(first.headline))  # type: ignore[attr-defined]
    assert {answer["statusCode"] for answer in withheld} == {410}
    assert {answer["statusCode"] for answer in shown} == {200}
    assert [texts[0] in answer["body"] for answer in shown] == [False, True, False, True]
    listed = serve_summaries.invoke(an_event("http_list_summaries", queryStringParameters={}, rawQueryString=""))
    assert ID in listed["body"]
    assert not [answer for answer in [*withheld, listed] for text in texts if text in answer["body"]]
