"""Errors as HTTP responses: problem details (RFC 9457)."""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Annotated, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from pydantic import ConfigDict, Field

from standfirst.domain.errors import (
    ArticleClaimed,
    ArticleGone,
    ArticleUnreadable,
    ArticleWithdrawn,
    CallerUnknown,
    DocumentTooLarge,
    IdempotencyKeyReused,
    InvalidField,
    NothingToReview,
    ReadingError,
    RequestError,
    RequestInProgress,
    RevisionExpired,
    StandfirstError,
    StoreRefused,
    SummaryNotFound,
    TransientError,
    UnexpectedRevision,
)
from standfirst.domain.schema import Schema

PROBLEM_JSON = "application/problem+json"
_IF_MATCH = ("header", "if-match")


class WrongField(Schema):
    """A part of the request that is wrong."""

    field: Annotated[
        str,
        Field(
            description="A parameter, a header, or a member of the body, with dots where it lies deeper.",
            examples=["key_points.1"],
        ),
    ]
    detail: Annotated[
        str, Field(description="What is wrong with it.", examples=["String should have at least 1 character"])
    ]


class Problem(Schema):
    """Why a request failed, as problem details (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: Annotated[str, Field(description="Always `about:blank`: `status` says it all.", examples=["about:blank"])]
    title: Annotated[str, Field(description="The phrase of the status.", examples=["Unprocessable Entity"])]
    status: Annotated[int, Field(description="The HTTP status.", examples=[422])]
    detail: Annotated[
        str,
        Field(
            description="What is wrong, and often what to do about it.",
            examples=["key_points.1: String should have at least 1 character"],
        ),
    ]
    errors: Annotated[
        tuple[WrongField, ...], Field(description="The parts of the request that are wrong, where they are known.")
    ] = ()


class UnknownParameters(RequestError):
    """The query has parameters that the route does not declare."""

    def __init__(self, unknown: Collection[str], known: Collection[str]) -> None:
        """The names of those, and the names that the route declares."""
        allowed = f"This route knows {', '.join(sorted(known))}." if known else "This route knows none."
        super().__init__(f"Unknown parameters: {', '.join(sorted(unknown))}. {allowed}")
        self.unknown = sorted(unknown)


class MalformedBody(RequestError):
    """The body does not parse as its content type."""


class UnsupportedBody(RequestError):
    """The route does not accept the body's content type."""


class PreconditionRequired(RequestError):
    """A change needs an If-Match header (RFC 6585)."""


STATUSES: Mapping[type[StandfirstError], HTTPStatus] = MappingProxyType(
    {
        MalformedBody: HTTPStatus.BAD_REQUEST,
        CallerUnknown: HTTPStatus.FORBIDDEN,
        SummaryNotFound: HTTPStatus.NOT_FOUND,
        NothingToReview: HTTPStatus.CONFLICT,
        ArticleClaimed: HTTPStatus.CONFLICT,
        RequestInProgress: HTTPStatus.CONFLICT,
        ArticleWithdrawn: HTTPStatus.GONE,
        ArticleGone: HTTPStatus.GONE,
        RevisionExpired: HTTPStatus.GONE,
        UnexpectedRevision: HTTPStatus.PRECONDITION_FAILED,
        DocumentTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        UnsupportedBody: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        InvalidField: HTTPStatus.UNPROCESSABLE_ENTITY,
        ArticleUnreadable: HTTPStatus.UNPROCESSABLE_ENTITY,
        IdempotencyKeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
        ReadingError: HTTPStatus.UNPROCESSABLE_ENTITY,
        UnknownParameters: HTTPStatus.UNPROCESSABLE_ENTITY,
        PreconditionRequired: HTTPStatus.PRECONDITION_REQUIRED,
    }
)
"""The status of each error; a subclass has that of its nearest base class here."""

_FIELDS: Mapping[type[StandfirstError], str] = MappingProxyType(
    {
        PreconditionRequired: "if-match",
        UnexpectedRevision: "if-match",
        IdempotencyKeyReused: "idempotency-key",
        RequestInProgress: "idempotency-key",
        UnsupportedBody: "content-type",
        MalformedBody: "body",
        ReadingError: "body",
    }
)
"""The part of the request that is wrong, for errors that are always about the same one."""

_WITH_BODY = frozenset(("PATCH", "POST"))
"""The methods whose request may be why DynamoDB refuses a write."""

RETRY_SECONDS = 2
"""In the Retry-After header of a 503."""


Methods = Mapping[str, frozenset[str]]
"""The methods of each path; path parameters stand in braces."""


def handle_errors(app: ApiGatewayResolver, logger: Logger, methods: Callable[[], Methods]) -> None:
    """Make ``app`` respond to every error with problem details.

    A request without a route gets 405 if its path is in ``methods``, else 404.
    """

    def no_route(_: NotFoundError) -> Response[str]:
        allowed = ", ".join(sorted(_methods_of(app.current_event.path, methods())))
        if not allowed:
            return _problem(HTTPStatus.NOT_FOUND, "There is nothing under this path.")
        return _problem(HTTPStatus.METHOD_NOT_ALLOWED, f"This path takes {allowed}.", {"Allow": allowed})

    def unavailable(error: TransientError) -> Response[str]:
        # The log has the cause; to the caller it makes no difference.
        logger.warning("Not answered", trouble=str(error), exc_info=error)
        retry = {"Retry-After": str(RETRY_SECONDS)}
        return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "What this service stands on cannot be reached now.", retry)

    def refused(error: StoreRefused) -> Response[str]:
        if app.current_event.http_method not in _WITH_BODY:
            return unexpected(error)
        logger.error("Not answered", exc_info=error)
        return _problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "This cannot be stored: DynamoDB refuses it, and would again. Texts or names that are too long are the "
            "likely cause; the log says what it is.",
        )

    def unexpected(error: Exception) -> Response[str]:
        logger.error("Not answered", exc_info=error)
        return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here; the log knows what.")

    def invalid(error: RequestValidationError) -> Response[str]:
        locations = [tuple(each["loc"]) for each in error.errors()]
        # Powertools raises the same error when a response does not fit its declaration.
        if any(location[0] == "response" for location in locations):
            return unexpected(error)
        if _IF_MATCH in locations:
            return _error_response(
                PreconditionRequired("If-Match is missing: give the ETag of the summary you have seen.")
            )
        return _invalid_fields(error)

    app.exception_handler(list(STATUSES))(_error_response)
    app.exception_handler(TransientError)(unavailable)
    app.exception_handler(StoreRefused)(refused)
    app.exception_handler(NotFoundError)(no_route)
    app.exception_handler(RequestValidationError)(invalid)
    app.exception_handler(Exception)(unexpected)


def _methods_of(path: str, methods: Methods) -> frozenset[str]:
    found = (allowed for known, allowed in methods.items() if _pattern(known).fullmatch(path))
    return frozenset().union(*found)


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(path)), re.DOTALL)


def _error_response(error: StandfirstError) -> Response[str]:
    status = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    detail = f"{error} {error.remedy}" if isinstance(error, ReadingError) else str(error)
    errors = [{"field": field, "detail": detail} for field in _fields_of(error)]
    if isinstance(error, InvalidField):
        detail = f"{error.field}: {error}"
    members: dict[str, Any] = dict(error.members) if isinstance(error, RequestError) else {}
    return _problem(status, detail, **members | ({"errors": errors} if errors else {}))


def _fields_of(error: StandfirstError) -> Sequence[str]:
    """Returns the parts of the request that ``error`` is about, where they are known."""
    if isinstance(error, InvalidField):
        return [error.field]
    if isinstance(error, UnknownParameters):
        return error.unknown
    return [_FIELDS[kind] for kind in type(error).__mro__ if kind in _FIELDS][:1]


def _invalid_fields(error: RequestValidationError) -> Response[str]:
    errors = [
        # A location starts with the part of the request: query, path, header or body.
        {
            "field": ".".join(str(step) for step in each["loc"][1:]) or str(each["loc"][0]),
            # JSON has lists, not tuples.
            "detail": each["msg"].removeprefix("Value error, ").replace("valid tuple", "valid list"),
        }
        for each in error.errors()
    ]
    detail = "; ".join(f"{each['field']}: {each['detail']}" for each in errors)
    return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)


def _problem(
    status: HTTPStatus,
    detail: str,
    headers: Mapping[str, str | list[str]] | None = None,
    **members: Any,  # noqa: ANN401 - RFC 9457 lets a problem carry members of any type
) -> Response[str]:
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail} | members
    # Error messages quote the request, and not all of that can be encoded as UTF-8; json.dumps escapes it.
    return Response(status.value, PROBLEM_JSON, json.dumps(body), {"Cache-Control": "no-store", **(headers or {})})
