"""How the routes are told of in the OpenAPI document: who may call them, and what they may answer."""

from http import HTTPStatus
from types import UnionType
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler.openapi.params import Header
from aws_lambda_powertools.event_handler.openapi.types import OpenAPIResponse
from pydantic import BaseModel

from standfirst.api.problem_details import PROBLEM_JSON, Problem

Scope = Literal["summaries:read", "summaries:review", "summaries:write"]

JSON = "application/json"

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="idempotency-key",
        pattern=r"^[\x21-\x7e]{1,255}$",
        description="The same key with the same request is the same request, for a day.",
    ),
]
"""A header that every request which costs money takes."""

_ETAG = {"description": "Names the revision and the form that is answered.", "schema": {"type": "string"}}
_EVERYWHERE = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_BY_THE_GATEWAY = {
    HTTPStatus.UNAUTHORIZED: "Not authenticated; answered by API Gateway, in its own JSON.",
    HTTPStatus.FORBIDDEN: "Not allowed: no right to this route, or not its scope; answered by API Gateway.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests; answered by API Gateway.",
}
_WHY = {
    HTTPStatus.BAD_REQUEST: "The body is not of its content type.",
    HTTPStatus.NOT_FOUND: "There is no such summary, or none that may be published.",
    HTTPStatus.CONFLICT: "Not in the state that things are in now.",
    HTTPStatus.GONE: "The article was withdrawn.",
    HTTPStatus.PRECONDITION_FAILED: "Somebody else changed it since.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "A content type that this route does not take.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Something of the request cannot be used; `errors` names it.",
    HTTPStatus.PRECONDITION_REQUIRED: "If-Match is missing.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "A fault of this service; its log knows more.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Come back after `Retry-After` seconds.",
}


def allowed_to(scope: Scope) -> list[dict[str, list[str]]]:
    """The security of a route: an IAM identity that may invoke it, or a token with ``scope``."""
    return [{"iam": []}, {"jwt": [scope]}]


def responses(good: dict[int, OpenAPIResponse], *problems: HTTPStatus) -> dict[int, OpenAPIResponse]:
    """``good`` ones, with ``problems`` and those that every route may answer."""
    bad = {status.value: _problem(status) for status in sorted({*problems, *_EVERYWHERE})}
    return good | bad


def good(
    description: str,
    model: type[BaseModel] | UnionType,
    *,
    tagged: bool = False,
    also: dict[str, type[BaseModel]] | None = None,
) -> OpenAPIResponse:
    """An answer as JSON, or as one of the content types in ``also``; ``tagged`` ones carry an ETag."""
    content: Any = {kind: {"model": shape} for kind, shape in {JSON: model, **(also or {})}.items()}
    answer: OpenAPIResponse = {"description": description, "content": content}
    return answer | {"headers": {"ETag": _ETAG}} if tagged else answer  # type: ignore[return-value]


def _problem(status: HTTPStatus) -> OpenAPIResponse:
    if status in _BY_THE_GATEWAY:
        return {"description": _BY_THE_GATEWAY[status]}
    return {"description": _WHY[status], "content": {PROBLEM_JSON: {"model": Problem}}}
