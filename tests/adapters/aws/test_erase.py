"""One contract for erasing: the fake store, and DynamoDB (moto)."""

import pytest

from builders import a_record, replace_stored, save
from emulated import empty
from fakes import FakeSummaries
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId
from standfirst.domain.ports import SummaryStore
from standfirst.domain.record import ArticleSource
from standfirst.domain.revisions import Stamp, erased

A = ArticleId("a")


@pytest.fixture(params=["in memory", "DynamoDB"])
def store(request: pytest.FixtureRequest) -> SummaryStore:
    """An empty store."""
    if request.param == "in memory":
        return FakeSummaries()
    table = request.getfixturevalue("storage")["SummariesTable"]
    empty(table)
    return DynamoDbSummaryTable(table)


def take_down(store: SummaryStore) -> int:
    """Store what a takedown leaves, and erase what was before; its revision."""
    stored = store.current(A)
    assert stored
    stamp = Stamp(A, stored.record.revision + 1, stored.record.updated_at, "legal")
    record = erased(stamp, ArticleSource(bucket="articles", key=A), [f"hash {stamp.revision}"])
    replace_stored(store, stored, record)
    store.erase(A, before=record.revision)
    return record.revision


def test_only_what_takedowns_left_stays(store: SummaryStore) -> None:
    """Each of them; the parts that a package ever had are no text, and other articles are other articles."""
    save(store, a_record("a"))
    save(store, a_record("a", revision=2, sequencer="0B"))
    save(store, a_record("ab"))
    store.add_parts(A, ["p"])
    store.record_request(A, "r", "a caller")
    first = take_down(store)
    save(store, a_record("a", revision=first + 1, sequencer="0C"))

    second = take_down(store)

    assert [record.revision for record in store.history(A, None, 10)] == [second, first]
    assert [record.erased_content for record in store.history(A, None, 10)] == [("hash 5",), ("hash 3",)]
    assert store.requested_by(A, "r") is None
    assert store.parts(A) == {"p"}
    assert len(store.history(ArticleId("ab"), None, 10)) == 1
