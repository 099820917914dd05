"""Our errors as HTTP answers: problem details (RFC 9457)."""

import json
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from standfirst.domain.errors import (
    ArticleWithdrawn,
    InvalidField,
    StandfirstError,
    SummaryNotFound,
    TransientError,
)

PROBLEM_JSON = "application/problem+json"

_STATUS: dict[type[StandfirstError], HTTPStatus] = {
    SummaryNotFound: HTTPStatus.NOT_FOUND,
    ArticleWithdrawn: HTTPStatus.GONE,
    InvalidField: HTTPStatus.UNPROCESSABLE_ENTITY,
    TransientError: HTTPStatus.SERVICE_UNAVAILABLE,
}


def answer_with_problems(app: ApiGatewayResolver) -> None:
    """Let ``app`` answer errors of ours, unknown paths and wrong parameters with problem details."""
    for error in _STATUS:
        app.exception_handler(error)(_of_ours)
    app.exception_handler(NotFoundError)(_no_route)
    app.exception_handler(RequestValidationError)(_wrong_parameters)


def _of_ours(error: StandfirstError) -> Response[str]:
    status = next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        # What the store said is for the log; the reader can only come back later.
        return _problem(status, "The store of summaries cannot be reached just now.", {"Retry-After": "2"})
    return _problem(status, str(error))


def _no_route(_: NotFoundError) -> Response[str]:
    return _problem(HTTPStatus.NOT_FOUND, "There is nothing under this path.")


def _wrong_parameters(error: RequestValidationError) -> Response[str]:
    errors = [{"field": str(found["loc"][-1]), "detail": found["msg"]} for found in error.errors()]
    detail = "; ".join(f"{found['field']}: {found['detail']}" for found in errors)
    return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)


def _problem(
    status: HTTPStatus,
    detail: str,
    headers: dict[str, str | list[str]] | None = None,
    **members: Any,  # noqa: ANN401 - RFC 9457 lets a problem carry members of any type
) -> Response[str]:
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail} | members
    return Response(status_code=status.value, content_type=PROBLEM_JSON, headers=headers, body=json.dumps(body))
