"""The route that tells of all routes."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from standfirst.api.openapi_responses import JSON, allowed_to, responses
from standfirst.api.problem_details import Methods


def document_routes() -> Router:
    """The route."""
    router = Router()  # type: ignore[no-untyped-call]

    @router.get(
        "/openapi.json",
        operation_id="getDocument",
        summary="This document",
        tags=["read"],
        security=allowed_to("summaries:read"),
        responses=responses({200: {"description": "OpenAPI 3.1.", "content": {JSON: {"schema": {"type": "object"}}}}}),
    )
    def get_document() -> Response[str]:
        headers: dict[str, str | list[str]] = {"Cache-Control": "private, max-age=300"}
        # Who reads summaries does not wait for what the other functions' routes bring along.
        from standfirst.api.openapi_document import document  # noqa: PLC0415

        return Response(HTTPStatus.OK.value, JSON, document(), headers)

    return router


def methods() -> Methods:
    """What may be done with each path of the whole API."""
    from standfirst.api.openapi_document import methods as of_all  # noqa: PLC0415 - see above

    return of_all()
