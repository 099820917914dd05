"""What the whole API can do, as OpenAPI, whichever function answers it."""

import json
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler.openapi.models import APIKey, APIKeyIn, HTTPBearer

from standfirst.api.app import HttpApi
from standfirst.api.problem_details import Methods
from standfirst.api.routes.openapi import document_routes
from standfirst.api.routes.read import reading_routes
from standfirst.api.routes.review import review_routes
from standfirst.api.routes.summarize import request_routes

VERSION = "1"
"""Of the API; raised when what callers rely on changes."""

DESCRIPTION = "Standfirsts and short summaries of articles, checked by rules. Errors are problem details (RFC 9457)."

_LEFT_OVER = ("HTTPValidationError", "ValidationError", "ResponseValidationError")
"""Powertools describes its own errors, which are never answered here."""


@cache
def document() -> str:
    """The OpenAPI document of the whole API, as JSON."""
    routers = (
        reading_routes(_nobody),
        review_routes(_nobody, _nobody),
        request_routes(_nobody, _nobody, _nobody),
        document_routes(),
    )
    told = HttpApi(Logger(), *routers).app.get_openapi_schema(
        title="Standfirst",
        version=VERSION,
        description=DESCRIPTION,
        security_schemes={
            "iam": APIKey.model_validate(
                {
                    "name": "Authorization",
                    "in": APIKeyIn.header,
                    "description": "A request signed with AWS Signature Version 4 (execute-api).",
                }
            ),
            "jwt": HTTPBearer(bearerFormat="JWT", description="Where the deployment has an issuer (JwtIssuer)."),
        },
    )
    plain: dict[str, Any] = json.loads(told.model_dump_json(by_alias=True, exclude_none=True))
    for name in _LEFT_OVER:
        plain["components"]["schemas"].pop(name, None)
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


@cache
def methods() -> Methods:
    """What may be done with each path of the whole API."""
    paths: dict[str, dict[str, Any]] = json.loads(document())["paths"]
    return {path: frozenset(method.upper() for method in operations) for path, operations in paths.items()}


def _nobody(*_: object) -> Any:  # noqa: ANN401
    raise AssertionError("These routes are only told of.")
