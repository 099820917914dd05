"""GET /summaries/{article_id} as sites and apps send it, answered from the stored record.

This needs neither Powertools' router nor the models, which are most of a cold start. Whatever else a request may be or
come to is left to the routes (``routes/read.py``), and so are all errors: there stands what the API does, and a test
holds this to it.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from standfirst.api.accept import JSON, LD_JSON, prefers
from standfirst.api.etags import is_known, revalidated, tag_of
from standfirst.domain.served import as_json, is_publishable, served, version_of

_ROUTE = "GET /summaries/{article_id+}"
_PUBLISHABLE = {"publishable": "true"}


def asked_for(event: Mapping[str, Any]) -> str | None:
    """Returns the id of the article whose newest summary ``event`` asks for in JSON, ``None`` for other requests."""
    if event["routeKey"] != _ROUTE or event.get("queryStringParameters") not in (None, {}, _PUBLISHABLE):
        return None
    if prefers(LD_JSON, JSON, _header(event, "accept") or "*/*"):
        return None
    article_id: str | None = event["pathParameters"].get("article_id")
    return article_id or None


def answer(event: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any] | None:
    """Returns the response to ``event`` with the ``stored`` record that it asks for; ``None`` if it is not so plain."""
    record = served(stored)
    if record is None or record["status"] == "withdrawn":
        return None
    if event.get("queryStringParameters") and not is_publishable(record):
        return None
    body = as_json(record)
    tag = tag_of(version_of(record), body)
    known = _header(event, "if-none-match")
    if known is not None and is_known(known, tag):
        return _response(HTTPStatus.NOT_MODIFIED, "", revalidated(tag))
    return _response(HTTPStatus.OK, body, {**revalidated(tag), "Content-Type": JSON})


def _header(event: Mapping[str, Any], name: str) -> str | None:
    return next((value for given, value in (event.get("headers") or {}).items() if given.lower() == name), None)


def _response(status: HTTPStatus, body: str, headers: Mapping[str, str]) -> dict[str, Any]:
    return {"statusCode": status.value, "body": body, "isBase64Encoded": False, "headers": headers, "cookies": []}
