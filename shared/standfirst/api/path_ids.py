"""Article ids in paths. They may contain slashes, where Powertools' router would end a parameter."""

from typing import Any
from urllib.parse import quote, unquote

from standfirst.domain.article import ArticleId


def with_id_as_one_segment(event: dict[str, Any]) -> dict[str, Any]:
    """Returns the HTTP API event (payload format 2.0) with its ``{article_id+}`` percent-encoded into one path segment.

    API Gateway decodes both ``rawPath`` and ``pathParameters``, and only the latter shows where an id begins and ends.
    Events of routes without an id are returned unchanged.
    """
    article_id = (event.get("pathParameters") or {}).get("article_id")
    if article_id is None:
        return event
    route = event["routeKey"].partition(" ")[2]
    stage = event["requestContext"]["stage"]
    base = "" if stage == "$default" else f"/{stage}"
    # An id that is not valid text names no article, but a request may have one.
    segment = quote(article_id, safe="", errors="surrogatepass")
    return event | {"rawPath": base + route.replace("{article_id+}", segment)}


def id_in_segment(segment: str) -> ArticleId:
    """Returns the article id that ``with_id_as_one_segment`` encoded in ``segment``."""
    return ArticleId(unquote(segment))
