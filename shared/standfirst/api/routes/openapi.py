"""GET /openapi.json."""

from collections.abc import Callable
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from standfirst.api.accept import JSON
from standfirst.api.openapi_responses import allowed_to, responses
from standfirst.api.parameters import only_query


def document_routes(document: Callable[[], str]) -> Router:
    """Returns the route, which serves what ``document`` returns."""
    router = Router()  # type: ignore[no-untyped-call]

    @router.get(
        "/openapi.json",
        operation_id="getDocument",
        summary="This document",
        description="The OpenAPI document of the whole API.",
        tags=["read"],
        security=allowed_to("read"),
        middlewares=[only_query()],
        responses=responses(
            {
                200: {
                    "description": "OpenAPI 3.1.",
                    "content": {JSON: {"schema": {"type": "object", "additionalProperties": True}}},
                }
            }
        ),
    )
    def get_document() -> Response[str]:
        headers: dict[str, str | list[str]] = {"Cache-Control": "private, max-age=300"}
        return Response(HTTPStatus.OK.value, JSON, document(), headers)

    return router
