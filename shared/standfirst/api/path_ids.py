"""The path of a request, by the route that API Gateway chose.

Article ids in it may contain slashes, where Powertools' router would end a parameter.
"""

from typing import Any
from urllib.parse import quote, unquote

from standfirst.domain.article import ArticleId

_ID = "{article_id+}"


def with_path_of_route(event: dict[str, Any]) -> dict[str, Any] | None:
    """Returns the HTTP API event (payload format 2.0) with the path of its route, and its id as one segment of that.

    Returns ``None`` for a request without a route, or with one that takes any path: ``$default``, for which API Gateway
    checks no scope, and the preflight. The request's own path is not looked at: Powertools' router takes ``/summaries``
    with a line end behind it for ``/summaries``, and API Gateway does not. API Gateway decodes both ``rawPath`` and
    ``pathParameters``, and only the latter shows where an id begins and ends.
    """
    path = event["routeKey"].partition(" ")[2]
    article_id = (event.get("pathParameters") or {}).get("article_id")
    if article_id is not None:
        # An id that is not valid text names no article, but a request may have one.
        path = path.replace(_ID, quote(article_id, safe="", errors="surrogatepass"))
    elif not path or "{" in path:
        return None
    stage = event["requestContext"]["stage"]
    return event | {"rawPath": path if stage == "$default" else f"/{stage}{path}"}


def id_in_segment(segment: str) -> ArticleId:
    """Returns the article id that ``with_path_of_route`` encoded in ``segment``."""
    return ArticleId(unquote(segment))
