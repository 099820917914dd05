"""What each route declares in the OpenAPI document: who may call it, and its responses."""

from http import HTTPStatus
from types import UnionType
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler.openapi.types import OpenAPIResponse
from pydantic import BaseModel, Field

from standfirst.api.accept import JSON
from standfirst.api.problem_details import PROBLEM_JSON, Problem
from standfirst.domain.schema import Schema

Scope = Literal["read", "review", "write", "erase"]
"""A token has it as ``summaries:read``, or as ``summaries/read``: Amazon Cognito puts a slash behind the identifier of
the resource server (developer guide, "Scopes, M2M, and resource servers")."""


class GatewayError(Schema):
    """An error of API Gateway, which answers before the service sees the request."""

    message: Annotated[str, Field(description="What is wrong.", examples=["Unauthorized"])]


_ETAG = {
    "description": "Names the revision and its representation; for If-Match and If-None-Match.",
    "schema": {"type": "string", "examples": ['"9b1c8a0f4d2e7a65-0f3a5c7e9d1b2a48"']},
}
_BY_THE_GATEWAY = {
    HTTPStatus.UNAUTHORIZED: "Not authenticated.",
    HTTPStatus.FORBIDDEN: "Not allowed to call this route.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests.",
}
_EVERYWHERE = (
    *_BY_THE_GATEWAY,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_DESCRIPTIONS = {
    HTTPStatus.BAD_REQUEST: "The body does not parse as its content type.",
    HTTPStatus.NOT_FOUND: "There is no such summary, or none that may be published.",
    HTTPStatus.CONFLICT: "The summary, the request with this key or the claim is not in a state that allows it.",
    HTTPStatus.GONE: "The article was withdrawn, or the texts of the revision are no longer kept.",
    HTTPStatus.PRECONDITION_FAILED: "Somebody else changed the summary since.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The route does not accept this content type.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Part of the request cannot be used; `errors` names it.",
    HTTPStatus.PRECONDITION_REQUIRED: "If-Match is missing.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "A fault of this service, which has logged it.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Try again after `Retry-After` seconds.",
}


def allowed_to(scope: Scope) -> list[dict[str, list[str]]]:
    """Returns the security of a route: an IAM identity that may invoke it, or a token with ``scope`` in either form."""
    return [{"iam": []}, {"jwt": [f"summaries:{scope}"]}, {"jwt": [f"summaries/{scope}"]}]


def responses(success: dict[int, OpenAPIResponse], *errors: HTTPStatus) -> dict[int, OpenAPIResponse]:
    """Returns the responses of a route: ``success``, ``errors``, and the errors of every route."""
    return success | {status.value: _error(status) for status in sorted({*errors, *_EVERYWHERE})}


def success(
    description: str,
    model: type[BaseModel] | UnionType,
    *,
    etag: bool = False,
    also: dict[str, type[BaseModel]] | None = None,
) -> OpenAPIResponse:
    """Returns a response with ``model`` as JSON, or with another content type of ``also``."""
    content: Any = {kind: {"model": schema} for kind, schema in {JSON: model, **(also or {})}.items()}
    response: OpenAPIResponse = {"description": description, "content": content}
    return response | {"headers": {"ETag": _ETAG}} if etag else response  # type: ignore[return-value]


def no_content(description: str) -> OpenAPIResponse:
    """Returns a response without a body."""
    # Powertools would fill in a missing content.
    return {"description": description, "content": {}}


def _error(status: HTTPStatus) -> OpenAPIResponse:
    if status in _BY_THE_GATEWAY:
        return {"description": _BY_THE_GATEWAY[status], "content": {JSON: {"model": GatewayError}}}
    return {"description": _DESCRIPTIONS[status], "content": {PROBLEM_JSON: {"model": Problem}}}
