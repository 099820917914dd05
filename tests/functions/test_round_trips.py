"""How often a function waits for AWS: calls that need nothing of each other go out together."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import boto3
import pytest

from model_worker import batch, failed, put
from reading_requests import get_one
from standfirst_local.functions import LocalFunction

TOGETHER_SECONDS = 5
"""How long a call waits for those that go out with it."""

Expect = Callable[..., Any]


class RoundTrips:
    """Lets calls to AWS go only with all of those that are expected to go out with them."""

    def __init__(self, tables: Mapping[str, str], expected: Sequence[set[str]]) -> None:
        """``expected`` has the calls of each round trip, by operation and table."""
        self._tables = tables
        self._expected = [(set(calls), threading.Barrier(len(calls))) for calls in expected]
        self._lock = threading.Lock()
        self.unexpected: list[str] = []

    def before_call(self, model: Any, params: Mapping[str, Any], **_: object) -> None:  # noqa: ANN401
        """Waits for the others of the round trip."""
        table = _table_in(params)
        name = f"{model.name} {self._tables[table]}" if table else model.name
        with self._lock:
            calls, together = next(iter(self.missing), (set(), threading.Barrier(1)))
            if name not in calls:
                self.unexpected.append(name)
                return
            calls.remove(name)
        together.wait(TOGETHER_SECONDS)

    @property
    def missing(self) -> list[tuple[set[str], threading.Barrier]]:
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
    def expecting(*calls: set[str]) -> Iterator[None]:
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
        {"UpdateItem SummariesTable"},
        {"GetItem SummariesTable", "GetObject"},
        {"TransactWriteItems SummariesTable"},
    ):
        answer = summarize_uploads.invoke(batch(bucket, "ferry.txt"))

    assert failed(answer) == []


def test_an_event_that_comes_twice_fetches_nothing(
    summarize_uploads: LocalFunction, bucket: str, expect: Expect
) -> None:
    """The record accounts for it."""
    put(bucket, "ferry.txt")

    with expect(
        {"UpdateItem SummariesTable"},
        {"GetItem SummariesTable", "GetObject"},
        {"TransactWriteItems SummariesTable"},
        {"UpdateItem SummariesTable"},
        {"GetItem SummariesTable"},
    ):
        summarize_uploads.invoke(batch(bucket, "ferry.txt"))
        answer = summarize_uploads.invoke(batch(bucket, "ferry.txt"))

    assert failed(answer) == []


def test_a_summary_that_there_is_not_is_looked_for_once(serve_summaries: LocalFunction, expect: Expect) -> None:
    """Also where the routes have to say so."""
    with expect({"GetItem SummariesTable"}):
        answer = serve_summaries.invoke(get_one("nothing"))

    assert answer["statusCode"] == 404
