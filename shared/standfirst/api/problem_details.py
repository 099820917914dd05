"""Our errors as HTTP answers: problem details (RFC 9457)."""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from pydantic import ConfigDict

from standfirst.domain.errors import (
    ArticleWithdrawn,
    CallerUnknown,
    DocumentTooLarge,
    IdempotencyKeyReused,
    InvalidField,
    NothingToReview,
    ReadingError,
    RequestError,
    RequestInProgress,
    StandfirstError,
    SummaryNotFound,
    TransientError,
    UnexpectedRevision,
)
from standfirst.domain.record import Schema

PROBLEM_JSON = "application/problem+json"


class WrongField(Schema):
    """A parameter, or a member of the body (with dots where it lies deeper), and what is wrong with it."""

    field: str
    detail: str


class Problem(Schema):
    """Why a request was not done (RFC 9457); ``errors`` names what of it was wrong, where that can be told."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[WrongField, ...] = ()


class UnknownParameters(RequestError):
    """The query holds parameters that the route does not know."""

    def __init__(self, unknown: Collection[str], known: Collection[str]) -> None:
        """Their names, and those that the route knows."""
        allowed = f"This route knows {', '.join(sorted(known))}." if known else "This route knows none."
        super().__init__(f"Unknown parameters: {', '.join(sorted(unknown))}. {allowed}")
        self.unknown = sorted(unknown)


class MalformedBody(RequestError):
    """The body is not of its content type."""


class UnsupportedBody(RequestError):
    """The body has a content type that the route does not take."""


class PreconditionRequired(RequestError):
    """A change needs an If-Match header."""


_STATUS: dict[type[StandfirstError], HTTPStatus] = {
    MalformedBody: HTTPStatus.BAD_REQUEST,
    CallerUnknown: HTTPStatus.FORBIDDEN,
    SummaryNotFound: HTTPStatus.NOT_FOUND,
    NothingToReview: HTTPStatus.CONFLICT,
    RequestInProgress: HTTPStatus.CONFLICT,
    ArticleWithdrawn: HTTPStatus.GONE,
    UnexpectedRevision: HTTPStatus.PRECONDITION_FAILED,
    DocumentTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    UnsupportedBody: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    InvalidField: HTTPStatus.UNPROCESSABLE_ENTITY,
    IdempotencyKeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    ReadingError: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnknownParameters: HTTPStatus.UNPROCESSABLE_ENTITY,
    PreconditionRequired: HTTPStatus.PRECONDITION_REQUIRED,
}

_FIELD: dict[type, str] = {
    PreconditionRequired: "if-match",
    UnexpectedRevision: "if-match",
    IdempotencyKeyReused: "idempotency-key",
    RequestInProgress: "idempotency-key",
    UnsupportedBody: "content-type",
    MalformedBody: "body",
    ReadingError: "body",
}
"""What of a request is wrong, where an error is always about the same."""

RETRY_SECONDS = 2
"""Before a caller comes back after a 503."""


Methods = Mapping[str, frozenset[str]]
"""What may be done with each path, whose parameters stand in braces."""


def answer_with_problems(app: ApiGatewayResolver, logger: Logger, methods: Callable[[], Methods]) -> None:
    """Let ``app`` answer every error with problem details.

    What is asked of a path of ``methods`` with another one is 405, whatever else ``app`` has no route for is 404.
    """

    def no_route(_: NotFoundError) -> Response[str]:
        allowed = ", ".join(sorted(_methods_of(app.current_event.path, methods())))
        if not allowed:
            return _problem(HTTPStatus.NOT_FOUND, "There is nothing under this path.")
        return _problem(HTTPStatus.METHOD_NOT_ALLOWED, f"This path takes {allowed}.", {"Allow": allowed})

    def unreachable(error: TransientError) -> Response[str]:
        # What stood in the way is for the log; the caller can only come back later.
        logger.warning("Not answered", trouble=str(error), exc_info=error)
        retry = {"Retry-After": str(RETRY_SECONDS)}
        return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "What this service stands on cannot be reached now.", retry)

    def unforeseen(error: Exception) -> Response[str]:
        logger.error("Not answered", exc_info=error)
        return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here; the log knows what.")

    def wrong_request(error: RequestValidationError) -> Response[str]:
        # Powertools raises the same for an answer of ours that is none.
        ours = any(each["loc"][0] == "response" for each in error.errors())
        return unforeseen(error) if ours else _wrong_fields(error)

    app.exception_handler(list(_STATUS))(_of_ours)
    app.exception_handler(TransientError)(unreachable)
    app.exception_handler(NotFoundError)(no_route)
    app.exception_handler(RequestValidationError)(wrong_request)
    app.exception_handler(Exception)(unforeseen)


def _methods_of(path: str, methods: Methods) -> frozenset[str]:
    found = (allowed for known, allowed in methods.items() if _pattern(known).fullmatch(path))
    return frozenset().union(*found)


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(path)), re.DOTALL)


def _of_ours(error: StandfirstError) -> Response[str]:
    status = next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)
    detail = f"{error} {error.remedy}" if isinstance(error, ReadingError) else str(error)
    errors = [_wrong(field, detail) for field in _fields_of(error)]
    if isinstance(error, InvalidField):
        detail = f"{error.field}: {error}"
    return _problem(status, detail, errors=errors) if errors else _problem(status, detail)


def _fields_of(error: StandfirstError) -> Sequence[str]:
    """What of the request ``error`` is about, where that can be named."""
    if isinstance(error, InvalidField):
        return [error.field]
    if isinstance(error, UnknownParameters):
        return error.unknown
    return [_FIELD[kind] for kind in type(error).__mro__ if kind in _FIELD][:1]


def _wrong_fields(error: RequestValidationError) -> Response[str]:
    errors = [_wrong(_named(each["loc"]), each["msg"].removeprefix("Value error, ")) for each in error.errors()]
    detail = "; ".join(f"{each['field']}: {each['detail']}" for each in errors)
    return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)


def _wrong(field: str, detail: str) -> dict[str, str]:
    return {"field": field, "detail": detail}


def _named(location: tuple[str | int, ...]) -> str:
    # It begins with where the field stands: query, path, header or body.
    return ".".join(str(step) for step in location[1:]) or str(location[0])


def _problem(
    status: HTTPStatus,
    detail: str,
    headers: Mapping[str, str | list[str]] | None = None,
    **members: Any,  # noqa: ANN401 - RFC 9457 lets a problem carry members of any type
) -> Response[str]:
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail} | members
    told = {"Cache-Control": "no-store", **(headers or {})}
    # Error messages quote what was sent, and not all of that can be written as UTF-8.
    text = json.dumps(body)
    return Response(status_code=status.value, content_type=PROBLEM_JSON, headers=told, body=text)
