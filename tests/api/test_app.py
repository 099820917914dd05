"""What every route of the API has in common."""

import json

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler.api_gateway import Router

from http_events import an_event
from standfirst.api.app import HttpApi
from standfirst.domain.record import Record
from standfirst_local.functions import LocalContext


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
