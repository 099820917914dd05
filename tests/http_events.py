"""HTTP API events (payload format 2.0), from the examples in events/, and what is read from their answers."""

import base64
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from builders import STORY

EVENTS = Path(__file__).parents[1] / "events"
CALLER = "arn:aws:iam::123456789012:user/newsroom-editor"


def an_event(example: str, article_id: str | None = None, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """The example, sent now, about ``article_id``; ``changes`` replace members, ``headers`` are added to its own."""
    event: dict[str, Any] = json.loads((EVENTS / f"{example}.json").read_text(encoding="utf-8"))
    event["requestContext"]["timeEpoch"] = int(time.time() * 1000)
    event["headers"] |= changes.pop("headers", {})
    if article_id is not None:
        event["pathParameters"] = {"article_id": article_id}
        event["rawPath"] = event["routeKey"].split()[1].replace("{article_id+}", article_id)
    return event | changes


def without(event: dict[str, Any], header: str) -> dict[str, Any]:
    """``event`` without a header."""
    return event | {"headers": {name: value for name, value in event["headers"].items() if name != header}}


def as_json(content: object) -> dict[str, Any]:
    """A JSON body, as text."""
    return {"body": json.dumps(content), "isBase64Encoded": False}


def as_bytes(content: bytes) -> dict[str, Any]:
    """A body of a binary type."""
    return {"body": base64.b64encode(content).decode(), "isBase64Encoded": True}


def a_post(
    content: dict[str, Any] | str = STORY, content_type: str = "text/plain", key: str | None = None, **query: str
) -> dict[str, Any]:
    """POST /summaries: text as API Gateway hands it over, or a body of ``as_bytes`` or ``as_json``."""
    body = {"body": content, "isBase64Encoded": False} if isinstance(content, str) else content
    headers = {"content-type": content_type} | ({"idempotency-key": key} if key is not None else {})
    event = an_event("http_post_summary", headers=headers, **body)
    if key is None:
        event["headers"].pop("idempotency-key", None)
    return event | {"queryStringParameters": query, "rawQueryString": urlencode(query)}


def body_of(answer: dict[str, Any]) -> dict[str, Any]:
    """The JSON of an answer."""
    body: dict[str, Any] = json.loads(answer["body"])
    return body


def problem_in(answer: dict[str, Any]) -> tuple[int, str]:
    """Status and detail of an answer that must be a problem (RFC 9457)."""
    body = body_of(answer)
    assert answer["headers"]["Content-Type"] == "application/problem+json"
    assert body["status"] == answer["statusCode"]
    assert body["title"]
    assert "Traceback" not in answer["body"]
    return body["status"], body["detail"]
