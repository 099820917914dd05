"""How often a function waits for AWS: calls that need nothing of each other go out together."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import boto3
import pytest

from http_events import a_post
from model_server import ModelServer
from model_worker import GOOD, batch, failed, put
from reading_requests import get_list, get_one
from standfirst.adapters.aws.summary_table import SHARDS
from standfirst_local.functions import LocalFunction

TOGETHER_SECONDS = 5
"""How long a call waits for those that go out with it."""

Expect = Callable[..., Any]


class RoundTrips:
    """Lets calls to AWS go only with all of those that are expected to go out with them."""

    def __init__(self, tables: Mapping[str, str], expected: Sequence[Sequence[str]]) -> None:
        """``expected`` has the calls of each round trip, by operation and table."""
        self._tables = tables
        self._expected = [([*calls], threading.Barrier(len(calls))) for calls in expected]
        self._lock = threading.Lock()
        self.unexpected: list[str] = []

    def before_call(self, model: Any, params: Mapping[str, Any], **_: object) -> None:  # noqa: ANN401
        """Waits for the others of the round trip; the key of the model is fetched once."""
        if model.service_model.service_name == "secretsmanager":
            return
        table = _table_in(params)
        name = f"{model.name} {self._tables[table]}" if table else model.name
        with self._lock:
            calls, together = next(iter(self.missing), ([], threading.Barrier(1)))
            if name not in calls:
                self.unexpected.append(name)
                return
            calls.remove(name)
        together.wait(TOGETHER_SECONDS)

    @property
    def missing(self) -> list[tuple[list[str], threading.Barrier]]:
        """The round trips of which a call has not been made."""
        return [(calls, together) for calls, together in self._expected if calls]


def _table_in(params: Mapping[str, Any]) -> str | None:
    if "X-Amz-Target" not in params["headers"]:
        return None
    asked = json.loads(params["body"])
    table: str = asked["TableName"] if "TableName" in asked else asked["TransactItems"][0]["Put"]["TableName"]
    return table


@pytest.fixture
def expect(storage: Mapping[str, str]) -> Expect:
    """Holds the calls that a block makes to the round trips that are expected."""
    names = {physical: logical for logical, physical in storage.items() if logical.endswith("Table")}

    @contextmanager
    def expecting(*calls: Sequence[str]) -> Iterator[None]:
        trips = RoundTrips(names, calls)
        events: Any = boto3.DEFAULT_SESSION.events  # type: ignore[union-attr]
        events.register("before-call", trips.before_call)
        try:
            yield
        finally:
            events.unregister("before-call", trips.before_call)
        assert (trips.unexpected, trips.missing) == ([], [])

    return expecting


def test_a_new_article_waits_three_times(summarize_uploads: LocalFunction, bucket: str, expect: Expect) -> None:
    """Its event is claimed first; then what is stored and what is to be stored need nothing of each other."""
    put(bucket, "ferry.txt")

    with expect(
        ["UpdateItem SummariesTable"],
        ["GetItem SummariesTable", "GetObject"],
        ["TransactWriteItems SummariesTable"],
    ):
        answer = summarize_uploads.invoke(batch(bucket, "ferry.txt"))

    assert failed(answer) == []


def test_an_event_that_comes_twice_fetches_nothing(
    summarize_uploads: LocalFunction, bucket: str, expect: Expect
) -> None:
    """The record accounts for it."""
    put(bucket, "ferry.txt")

    with expect(
        ["UpdateItem SummariesTable"],
        ["GetItem SummariesTable", "GetObject"],
        ["TransactWriteItems SummariesTable"],
        ["UpdateItem SummariesTable"],
        ["GetItem SummariesTable"],
    ):
        summarize_uploads.invoke(batch(bucket, "ferry.txt"))
        answer = summarize_uploads.invoke(batch(bucket, "ferry.txt"))

    assert failed(answer) == []


def test_a_summary_that_there_is_not_is_looked_for_once(serve_summaries: LocalFunction, expect: Expect) -> None:
    """Also where the routes have to say so."""
    with expect(["GetItem SummariesTable"]):
        answer = serve_summaries.invoke(get_one("nothing"))

    assert answer["statusCode"] == 404


def test_a_list_waits_once_though_it_is_read_from_several_partitions(
    serve_summaries: LocalFunction, expect: Expect
) -> None:
    """Their first pages are read together."""
    with expect(["Query SummariesTable"] * SHARDS):
        answer = serve_summaries.invoke(get_list())

    assert answer["statusCode"] == HTTPStatus.OK


def test_an_article_that_a_model_writes_about_waits_four_times_more(
    worker: LocalFunction, bucket: str, model: ModelServer, monkeypatch: pytest.MonkeyPatch, expect: Expect
) -> None:
    """Before the call for what holds others off, and the budget; after it for the bill, and to keep what is paid."""
    monkeypatch.setenv("DAILY_BUDGET_USD", "10")
    put(bucket, "ferry.txt")
    model.answers(GOOD)
    # Known for some seconds: the states of the two circuit breakers.
    kept = (["GetItem ModelStateTable"], ["GetItem ModelStateTable"])

    with expect(
        ["UpdateItem SummariesTable"],
        ["GetItem SummariesTable", "GetObject"],
        ["GetItem GenerationsTable", "PutItem GenerationsTable"],
        *kept,
        ["UpdateItem ModelStateTable"],
        ["UpdateItem ModelStateTable"],
        ["UpdateItem GenerationsTable"],
        ["TransactWriteItems SummariesTable"],
    ):
        answer = worker.invoke(batch(bucket, "ferry.txt"))

    assert failed(answer) == []


def test_an_article_that_is_sent_waits_for_what_its_upload_waits_for_and_no_more(
    summarize_on_request: LocalFunction, expect: Expect
) -> None:
    """Whoever sent it is known; it is looked up only for an article that somebody else has put there meanwhile."""
    of_the_document = ["GetItem SummariesTable", "GetItem SummariesTable"]

    with expect(
        of_the_document,
        ["PutItem SummariesTable"],
        ["PutObject"],
        of_the_document,
        ["GetObject"],
        ["TransactWriteItems SummariesTable"],
    ):
        answer = summarize_on_request.invoke(a_post(article_id="sent.txt"))

    assert answer["statusCode"] == HTTPStatus.CREATED
