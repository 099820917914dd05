"""What every route of the API has in common."""

import json
from typing import Any

import pytest
from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler.api_gateway import Router

from http_events import an_event
from standfirst.api.app import HttpApi
from standfirst.api.problem_details import STATUSES
from standfirst.api.routes.articles import article_routes
from standfirst.api.routes.openapi import document_routes
from standfirst.api.routes.queue import queue_routes
from standfirst.api.routes.read import reading_routes
from standfirst.api.routes.review import review_routes
from standfirst.api.routes.reviews import reviews_routes
from standfirst.api.routes.summarize import request_routes
from standfirst.api.whole_api import document
from standfirst.domain.errors import RequestError
from standfirst.domain.record import Record
from standfirst_local.functions import LocalContext

DOCUMENT: dict[str, Any] = json.loads(document())
OPERATIONS = [
    pytest.param(method.upper(), path, operation, id=operation["operationId"])
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]


def not_called(*_: object) -> Any:  # noqa: ANN401
    """Stands for whatever a route would call."""
    raise AssertionError("A wrong request got through.")


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_a_query_parameter_that_a_route_does_not_declare_is_refused(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    """And the answer names those of the document: a misspelt filter would list everything."""
    routers = (
        reading_routes(not_called),
        review_routes(not_called, not_called, not_called),
        queue_routes(not_called, not_called),
        reviews_routes(not_called),
        article_routes(not_called, not_called),
        request_routes(not_called, not_called, not_called),
        document_routes(not_called),
    )
    asked = [each for each in operation.get("parameters", ()) if each["in"] == "query"]
    needed = {each["name"]: each["schema"]["examples"][0] for each in asked if each["required"]}
    event = an_event("http_patch_summary", queryStringParameters={"misspelt": "1", **needed})
    event["requestContext"]["http"]["method"] = method
    event["routeKey"] = f"{method} {path.replace('}', '+}')}"
    event["rawPath"] = path
    if "{" not in path:
        del event["pathParameters"]

    answer = HttpApi(Logger(service="tests"), *routers).handle(
        event, LocalContext("tests", 128, "1", timeout_seconds=9)
    )

    known = ", ".join(sorted(each["name"] for each in asked)) or "none"
    assert answer["statusCode"] == 422
    assert json.loads(answer["body"])["detail"] == f"Unknown parameters: misspelt. This route knows {known}."


def test_every_error_of_a_request_has_a_status() -> None:
    """One that is forgotten would be a 500."""
    assert set(RequestError.__subclasses__()) <= STATUSES.keys()


def test_an_answer_of_ours_that_is_none_is_our_fault() -> None:
    """And not the caller's, whom a 422 would have look for what was wrong with the request."""
    router = Router()  # type: ignore[no-untyped-call]

    @router.get("/summaries")
    def list_summaries() -> Record:
        return {"nothing": "of the kind"}  # type: ignore[return-value]

    api = HttpApi(Logger(service="tests"), router)

    answer = api.handle(
        an_event("http_list_summaries", queryStringParameters={}), LocalContext("tests", 128, "1", timeout_seconds=9)
    )

    assert (answer["statusCode"], json.loads(answer["body"])["status"]) == (500, 500)
