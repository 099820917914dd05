"""The queue, by the same contract as the other lists: in memory, and in an index of DynamoDB (moto)."""

import zlib
from collections.abc import Mapping
from datetime import timedelta

import boto3
import pytest
from boto3.dynamodb.conditions import Attr

from builders import MORNING, a_record, save
from emulated import empty
from standfirst.adapters.aws.summary_table import SHARDS, DynamoDbSummaryTable
from standfirst.domain.draft import Finding
from standfirst.domain.errors import StoreUnavailable
from standfirst.domain.ports import SummaryStore
from standfirst.domain.queue import entry_of
from standfirst.domain.record import Record, Status


def a_queued(name: str, minutes: int = 0) -> Record:
    """A record that needs a review."""
    return a_record(name, minutes=minutes, status=Status.NEEDS_REVIEW)


def queued(store: SummaryStore) -> list[str]:
    """The ids in the queue."""
    return [entry.article_id for entry in store.list_queue(None, None, None)]


def test_the_queue_holds_what_asks_for_an_editor_latest_first(store: SummaryStore) -> None:
    """And nothing else, with all that is shown of it."""
    save(store, a_record("generated", minutes=1))
    save(store, a_queued("reviewed", minutes=2))
    stale = a_record("stale", minutes=3, status=Status.EDITED).model_copy(update={"stale": True})
    save(store, stale)
    save(store, a_queued("ü/2"))

    entries = list(store.list_queue(None, None, None))

    assert [entry.article_id for entry in entries] == ["stale", "reviewed", "ü/2"]
    assert entries[0] == entry_of(stale)


def test_the_queue_has_waited_since_its_oldest_entry_was_changed(store: SummaryStore) -> None:
    """Whatever partition that is in; what asks for nobody does not wait."""
    assert store.queued_since() is None
    save(store, a_record("generated", minutes=-9))
    for number in range(12):
        save(store, a_queued(f"{number}", minutes=20 - number))

    assert store.queued_since() == MORNING + timedelta(minutes=9)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.NEEDS_REVIEW])
def test_an_article_leaves_the_queue_when_nothing_is_open_any_more(store: SummaryStore, status: Status) -> None:
    """Whoever or whatever brought that about; it comes back like any other."""
    save(store, a_queued("a"))

    save(store, a_record("a", 2, sequencer="0B", status=status))

    assert queued(store) == []
    save(store, a_record("a", 3, sequencer="0C", status=Status.NEEDS_REVIEW))
    assert queued(store) == ["a"]


def test_an_article_is_in_the_queue_once_with_its_newest_revision(store: SummaryStore) -> None:
    """A pending revision is no entry of its own."""
    save(store, a_queued("a"))
    waiting = a_record("a", 2, sequencer="0B", status=Status.NEEDS_REVIEW)
    edited = a_record("a", 3, sequencer="0B", status=Status.EDITED, minutes=1)

    save(store, edited.model_copy(update={"stale": True, "pending": 2}), pending=waiting)

    (entry,) = store.list_queue(None, None, None)
    assert (entry.revision, entry.status, entry.pending) == (3, Status.EDITED, 2)


@pytest.mark.parametrize("at_once", [1, 2, 4, 100, None])
def test_the_queue_begins_at_a_moment_and_goes_on_after_a_position(store: SummaryStore, at_once: int | None) -> None:
    """However many are read at once."""
    records = [a_queued(f"a{minutes}", minutes) for minutes in range(9)]
    for record in records:
        save(store, record)
    since = MORNING + timedelta(minutes=2)

    found = store.list_queue(since, records[6].position, at_once)

    assert [entry.article_id for entry in found] == ["a5", "a4", "a3", "a2"]
    assert list(store.list_queue(since, records[0].position, at_once)) == []


def test_an_entry_of_the_index_is_a_few_hundred_bytes(storage: Mapping[str, str]) -> None:
    """So that ten thousand are counted by reading a few megabytes, and a page holds thousands."""
    table = storage["SummariesTable"]
    empty(table)
    name = "politics/2026/03/03/a-ferry-across-the-sele-is-to-return-in-june.txt"
    findings = tuple(Finding("number", "summary", "4", "not in the article", "warning") for _ in range(20))
    save(DynamoDbSummaryTable(table), a_queued(name).model_copy(update={"findings": findings, "headline": "x" * 80}))

    (item,) = boto3.resource("dynamodb").Table(table).scan(IndexName="by_queue")["Items"]

    assert set(item) == {"article_id", "item", "queue_shard", "updated_key", "queue"}
    assert sum(len(name) + len(value) for name, value in item.items()) < 600


def test_the_queue_is_spread_over_every_partition(storage: Mapping[str, str]) -> None:
    """No partition takes all writes: a thousand articles lie about evenly in all of them."""
    shards = [zlib.crc32(f"politics/2026/{number}.txt".encode()) % SHARDS for number in range(1_000)]
    table = storage["SummariesTable"]
    empty(table)
    for number in range(20):
        save(DynamoDbSummaryTable(table), a_queued(f"politics/2026/{number}.txt"))

    items = boto3.resource("dynamodb").Table(table).scan(FilterExpression=Attr("queue_shard").exists())["Items"]

    assert {str(item["article_id"]): str(item["queue_shard"]) for item in items} == {
        f"politics/2026/{number}.txt": str(shards[number]) for number in range(20)
    }
    assert all(200 < shards.count(shard) < 300 for shard in range(SHARDS))


def test_what_the_index_holds_is_no_part_of_the_record(storage: Mapping[str, str]) -> None:
    """A record that is read and stored again is not taken for one of a later release."""
    table = storage["SummariesTable"]
    empty(table)
    store = DynamoDbSummaryTable(table)
    save(store, a_queued("a"))

    stored = store.current(a_queued("a").article_id)

    assert stored
    assert stored.record.stored_as is None


def test_a_queue_that_does_not_answer_is_a_transient_error(storage: Mapping[str, str]) -> None:
    """Also when its first entry is asked for only later."""
    del storage
    entries = DynamoDbSummaryTable("no-such-table").list_queue(None, None, None)

    with pytest.raises(StoreUnavailable):
        next(entries)
