"""Requests that read: HTTP API events as API Gateway sends them, decoded."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from http_events import an_event

ID = "politics/istanbul-talks"
"""The article that the example in events/ is about."""


ANYTHING = ["a/b/c.txt", "a b", "ü+?#%2F.txt", "../up", "a//b", "🦊", "new\nline", "/a", "a,b", "a\x00\x1f\x7f"]
"""Ids that are hard on a path."""


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
    return with_query(an_event("http_get_summary", article_id), urlencode(query))


def get_revisions(article_id: str, **query: str) -> dict[str, Any]:
    """GET /revisions/{article_id+}."""
    return with_query(an_event("http_get_revisions", article_id), urlencode(query))


def get_list(**query: str) -> dict[str, Any]:
    """GET /summaries."""
    return with_query(an_event("http_list_summaries"), urlencode(query))


def whatever(method: str, path: str) -> dict[str, Any]:
    """A request that no route takes, so that API Gateway sends it to the one for everything else."""
    event = with_query(an_event("http_list_summaries"), "")
    http = event["requestContext"]["http"] | {"method": method, "path": path}
    context = event["requestContext"] | {"http": http, "routeKey": "$default"}
    return event | {"routeKey": "$default", "rawPath": path, "requestContext": context}
