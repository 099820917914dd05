"""Requests as API Gateway hands them to a function."""

import time
from typing import Any


def http_event(
    method: str, route: str, article_id: str = "", *, body: str | None = None, query: str = ""
) -> dict[str, Any]:
    """Returns a request in payload format 2.0 (API Gateway's developer guide), signed by an editor.

    A ``body`` that is no JSON object is the text of an article.
    """
    path = route.replace("{article_id+}", article_id)
    user = {"userArn": "arn:aws:iam::123456789012:user/editor", "accountId": "123456789012"}
    http = {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "bench"}
    parameters = dict(each.split("=", 1) for each in query.split("&") if each)
    content_type = "application/json" if (body or "{").startswith("{") else "text/plain"
    return {
        "version": "2.0",
        "routeKey": f"{method} {route}",
        "rawPath": path,
        "rawQueryString": query,
        "queryStringParameters": parameters,
        "headers": {"content-type": content_type, "if-match": "*", "host": "api.example"},
        "requestContext": {
            "http": http,
            "requestId": "r-1",
            "stage": "$default",
            "timeEpoch": int(time.time() * 1_000),
            "authorizer": {"iam": user},
        },
        "pathParameters": {"article_id": article_id},
        "body": body,
        "isBase64Encoded": False,
    }
