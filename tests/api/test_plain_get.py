"""A plain GET is answered as the routes answer it."""

from typing import Any

import pytest
from aws_lambda_powertools import Logger

from builders import a_record, save
from fakes import FakeSummaries
from http_events import an_event
from reading_requests import get_list, get_one, get_revisions, whatever, with_headers
from standfirst.adapters.clock import SystemClock
from standfirst.api import plain_get
from standfirst.api.app import HttpApi
from standfirst.api.etags import entity_tag
from standfirst.api.routes.read import reading_routes
from standfirst.domain.record import Record, Status
from standfirst.domain.stored_record import to_stored
from standfirst.use_cases.get_summaries import GetSummaries
from standfirst_local.functions import LocalContext

ID = "politics/ferry.txt"
TAG = entity_tag(a_record(ID), a_record(ID).as_served().model_dump_json())

PLAIN: dict[str, Any] = {
    "as it comes": get_one(ID),
    "for JSON": with_headers(get_one(ID), accept="application/json"),
    "for a page": with_headers(get_one(ID), accept="text/html, */*;q=0.1"),
    "for what may be published": get_one(ID, publishable="true"),
    "by whom has it": with_headers(get_one(ID), if_none_match=f'W/"other", {TAG}'),
    "by whom has any": with_headers(get_one(ID), if_none_match="*"),
    "by whom has another": with_headers(get_one(ID), if_none_match='"another"'),
}


def from_the_routes(event: dict[str, Any], record: Record) -> dict[str, Any]:
    """The routes' response to ``event`` where there is one record."""
    summaries = FakeSummaries()
    save(summaries, record)
    api = HttpApi(Logger(), reading_routes(lambda: GetSummaries(summaries, SystemClock())))
    return api.handle(event, LocalContext("tests", 128, "1", 10))  # type: ignore[arg-type]


@pytest.mark.parametrize("event", PLAIN.values(), ids=PLAIN)
def test_a_plain_get_is_answered_as_the_routes_answer_it(event: dict[str, Any]) -> None:
    """To the byte."""
    record = a_record(ID)

    assert plain_get.asked_for(event) == ID
    assert plain_get.answer(event, to_stored(record)) == from_the_routes(event, record)


def test_there_is_one_that_is_sent_no_body() -> None:
    """Or nothing above would show it."""
    assert from_the_routes(PLAIN["by whom has it"], a_record(ID))["statusCode"] == 304


OTHERS = {
    "a revision": get_one(ID, revision="1"),
    "a rejected draft": get_one(ID, rejected_draft="true"),
    "a parameter that there is not": get_one(ID, publishable="true", page="2"),
    "another word for true": get_one(ID, publishable="1"),
    "linked data": with_headers(get_one(ID), accept="application/ld+json"),
    "the list": get_list(),
    "the revisions": get_revisions(ID),
    "an edit": an_event("http_patch_summary"),
    "what there is no route for": whatever("GET", f"/summaries/{ID}"),
}


@pytest.mark.parametrize("event", OTHERS.values(), ids=OTHERS)
def test_all_else_is_left_to_the_routes(event: dict[str, Any]) -> None:
    """They know what to make of it."""
    assert plain_get.asked_for(event) is None


def test_what_is_not_served_is_left_to_the_routes() -> None:
    """They say why."""
    embargoed = a_record(ID).article.model_copy(update={"embargoed_until": "2026-03-04T06:00:00Z"})
    publishable = get_one(ID, publishable="true")

    assert plain_get.answer(get_one(ID), to_stored(a_record(ID, status=Status.WITHDRAWN))) is None
    assert plain_get.answer(publishable, to_stored(a_record(ID, status=Status.NEEDS_REVIEW))) is None
    assert plain_get.answer(publishable, to_stored(a_record(ID).model_copy(update={"article": embargoed}))) is None
