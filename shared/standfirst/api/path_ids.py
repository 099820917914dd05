"""Article ids in paths: they may hold slashes, which the router takes for the end of a segment."""

from typing import Any
from urllib.parse import quote, unquote

from standfirst.domain.article import ArticleId


def with_id_as_one_segment(event: dict[str, Any]) -> dict[str, Any]:
    """The HTTP API event (payload format 2.0) with its ``{article_id+}`` percent-encoded into one path segment.

    API Gateway hands over both ``rawPath`` and ``pathParameters`` decoded, and only the latter says where an id begins
    and ends. Events of other routes come back as they are.
    """
    article_id = (event.get("pathParameters") or {}).get("article_id")
    if article_id is None:
        return event
    route = event["routeKey"].partition(" ")[2]
    stage = event["requestContext"]["stage"]
    base = "" if stage == "$default" else f"/{stage}"
    # What is no text names no article, but is still asked for.
    segment = quote(article_id, safe="", errors="surrogatepass")
    return event | {"rawPath": base + route.replace("{article_id+}", segment)}


def id_in_segment(segment: str) -> ArticleId:
    """The article id that ``with_id_as_one_segment`` put into ``segment``."""
    return ArticleId(unquote(segment))
