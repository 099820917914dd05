"""All routes together, whichever functions serve them: their OpenAPI document and their methods.

The routes are imported on first use: reading a summary should not wait for the routes of the other functions.
"""

import json
from functools import cache
from typing import Any

from standfirst.api.problem_details import Methods


@cache
def document() -> str:
    """Returns the OpenAPI document of the whole API, as JSON."""
    from standfirst.api.openapi_document import openapi_document  # noqa: PLC0415 - see above
    from standfirst.api.routes.articles import article_routes  # noqa: PLC0415
    from standfirst.api.routes.openapi import document_routes  # noqa: PLC0415
    from standfirst.api.routes.queue import queue_routes  # noqa: PLC0415
    from standfirst.api.routes.read import reading_routes  # noqa: PLC0415
    from standfirst.api.routes.review import review_routes  # noqa: PLC0415
    from standfirst.api.routes.reviews import reviews_routes  # noqa: PLC0415
    from standfirst.api.routes.summarize import request_routes  # noqa: PLC0415

    return openapi_document(
        reading_routes(_not_called),
        review_routes(_not_called, _not_called, _not_called),
        queue_routes(_not_called, _not_called),
        reviews_routes(_not_called),
        article_routes(_not_called, _not_called),
        request_routes(_not_called, _not_called, _not_called),
        document_routes(_not_called),
    )


@cache
def methods() -> Methods:
    """Returns the methods of each path of the whole API."""
    paths: dict[str, dict[str, Any]] = json.loads(document())["paths"]
    return {path: frozenset(method.upper() for method in operations) for path, operations in paths.items()}


def _not_called(*_: object) -> Any:  # noqa: ANN401 - stands for collaborators of any type
    raise AssertionError("These routes are only described.")
