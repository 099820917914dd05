"""One contract for every store of summaries: the fake that the stories are tested with, and DynamoDB (moto)."""

import itertools
from collections.abc import Mapping

import boto3
import pytest
from botocore.stub import Stubber

from builders import a_record
from fakes import FakeSummaries
from standfirst.adapters.dynamodb_summaries import DynamoDbSummaries
from standfirst.domain.article import ArticleId
from standfirst.domain.draft import Evidence, Finding
from standfirst.domain.errors import NewerVersionStored, RevisionConflict, StoreUnavailable
from standfirst.domain.ports import SummaryStore
from standfirst.domain.record import Status, Usage
from standfirst.domain.sequencer import padded

A, B = ArticleId("a"), ArticleId("b/ü +?.txt")


@pytest.fixture(params=["in memory", "DynamoDB"])
def store(request: pytest.FixtureRequest) -> SummaryStore:
    """An empty store."""
    if request.param == "in memory":
        return FakeSummaries()
    table = request.getfixturevalue("storage")["SummariesTable"]
    _empty(table)
    return DynamoDbSummaries(table)


def _empty(table: str) -> None:
    dynamodb = boto3.client("dynamodb")
    for page in dynamodb.get_paginator("scan").paginate(TableName=table):
        for item in page["Items"]:
            dynamodb.delete_item(TableName=table, Key={name: item[name] for name in ("article_id", "item")})


def test_what_is_saved_is_found_unchanged(store: SummaryStore) -> None:
    """Every field comes back, with its type."""
    record = a_record(B).model_copy(
        update={
            "key_points": ("one", "two"),
            "findings": (Finding("number", "standfirst", "40 percent", "not in the article", "error"),),
            "evidence": (Evidence("summary", 0, (1, 2)),),
            "usage": Usage(input_tokens=1312, output_tokens=148, cost_usd="0.000256"),
        }
    )

    store.save(record)

    stored = store.current(B)
    assert stored
    assert stored.record == record
    assert stored.sequencer == padded("0A")
    assert store.revision(B, 1) == record


def test_nothing_is_found_where_nothing_was_saved(store: SummaryStore) -> None:
    """No error, just nothing."""
    assert store.current(A) is None
    assert store.revision(A, 1) is None
    assert store.newest(None, None, 10) == []


def test_a_later_revision_becomes_current_and_the_earlier_one_stays(store: SummaryStore) -> None:
    """History is kept."""
    store.save(a_record(A, revision=1, sequencer="0A"))
    store.save(a_record(A, revision=2, sequencer="0B", status=Status.FAILED))

    stored = store.current(A)
    assert stored
    assert (stored.record.revision, stored.record.status) == (2, Status.FAILED)
    assert [record.revision for n in (1, 2) if (record := store.revision(A, n))] == [1, 2]


@pytest.mark.parametrize("late", ["0A", "09FF", "0A00"], ids=["the same", "earlier", "the same, padded"])
def test_an_older_version_never_replaces_a_newer_one(store: SummaryStore, late: str) -> None:
    """Whatever revision it believes to follow."""
    store.save(a_record(A, revision=1, sequencer="0A"))

    for revision in (1, 2):
        with pytest.raises(NewerVersionStored):
            store.save(a_record(A, revision=revision, sequencer=late))
    stored = store.current(A)
    assert stored
    assert stored.record == a_record(A)
    assert store.revision(A, 2) is None


@pytest.mark.parametrize("revision", [1, 3], ids=["taken", "skipped"])
def test_a_revision_that_does_not_follow_the_current_one_is_refused(store: SummaryStore, revision: int) -> None:
    """Somebody else wrote meanwhile; the story is told again."""
    store.save(a_record(A, revision=1, sequencer="0A"))

    with pytest.raises(RevisionConflict):
        store.save(a_record(A, revision=revision, sequencer="0B"))
    stored = store.current(A)
    assert stored
    assert stored.record.revision == 1


def test_a_first_revision_must_be_number_one(store: SummaryStore) -> None:
    """A store does not begin in the middle of a history."""
    with pytest.raises(RevisionConflict):
        store.save(a_record(A, revision=2))


def test_an_answered_event_moves_the_sequencer_on_but_never_back(store: SummaryStore) -> None:
    """Without a new revision."""
    store.save(a_record(A, sequencer="0A"))

    store.answer(A, 1, "0C")
    with pytest.raises(NewerVersionStored):
        store.answer(A, 1, "0B")

    stored = store.current(A)
    assert stored
    assert stored.sequencer == padded("0C")
    assert stored.record == a_record(A, sequencer="0A")
    with pytest.raises(NewerVersionStored):
        store.save(a_record(A, revision=2, sequencer="0B"))


def test_an_event_is_answered_only_by_the_revision_that_was_compared(store: SummaryStore) -> None:
    """Another one came between: what it says is not what the bucket held."""
    store.save(a_record(A, revision=1, sequencer="0A"))
    store.save(a_record(A, revision=2, sequencer="0B"))

    with pytest.raises(RevisionConflict):
        store.answer(A, 1, "0C")
    stored = store.current(A)
    assert stored
    assert stored.sequencer == padded("0B")


def test_lists_hold_current_records_only_newest_first(store: SummaryStore) -> None:
    """One per article, across all partitions of the index."""
    for minutes, name in enumerate("abcdefghij"):
        store.save(a_record(name, minutes=minutes))
    store.save(a_record("a", revision=2, sequencer="0B", minutes=20))

    listed = store.newest(None, None, 100)

    assert [record.article_id for record in listed] == ["a", *"jihgfedcb"]
    assert listed[0].revision == 2


def test_lists_are_limited_and_go_on_after_a_position(store: SummaryStore) -> None:
    """The record at the position is not repeated, also when several were written in the same moment."""
    for name in "abcdefg":
        store.save(a_record(name, minutes=0))

    seen, after = [], None
    for _ in itertools.repeat(None, 4):
        page = store.newest(None, after, 2)
        seen += [record.article_id for record in page]
        after = page[-1].position

    assert sorted(seen) == list("abcdefg")


def test_lists_of_one_status_follow_an_article_from_status_to_status(store: SummaryStore) -> None:
    """An article stands in the list of its current status only."""
    store.save(a_record(A))
    store.save(a_record(B))
    store.save(a_record(A, revision=2, sequencer="0B", status=Status.FAILED))

    assert [record.article_id for record in store.newest(Status.FAILED, None, 10)] == [A]
    assert [record.article_id for record in store.newest(Status.GENERATED, None, 10)] == [B]


def test_an_id_of_a_thousand_bytes_is_stored_and_listed(store: SummaryStore) -> None:
    """S3 keys may be so long; DynamoDB's sort keys may not."""
    name = "ü" * 512
    store.save(a_record(name))

    assert [record.article_id for record in store.newest(None, None, 10)] == [name]


def test_the_parts_of_a_package_add_up(store: SummaryStore) -> None:
    """In a store that knows none to begin with."""
    assert store.parts(A) == frozenset()

    store.add_parts(A, {"one", "two"})
    store.add_parts(A, {"two", "three"})

    assert store.parts(A) == {"one", "two", "three"}
    assert store.current(A) is None
    assert store.newest(None, None, 10) == []


def test_a_table_that_does_not_answer_is_a_transient_error(storage: Mapping[str, str]) -> None:
    """Each operation says so in our words; whatever boto3 raised stands behind it."""
    assert storage
    store = DynamoDbSummaries("no-such-table")

    for operation in (
        lambda: store.current(A),
        lambda: store.revision(A, 1),
        lambda: store.save(a_record(A)),
        lambda: store.answer(A, 1, "0A"),
        lambda: store.parts(A),
        lambda: store.add_parts(A, {"one"}),
        lambda: store.newest(None, None, 1),
    ):
        with pytest.raises(StoreUnavailable) as caught:
            operation()
        assert caught.value.__cause__


def test_decisions_are_made_on_what_is_stored_now(storage: Mapping[str, str]) -> None:
    """An eventually consistent read could miss the revision that was just written."""
    store = DynamoDbSummaries(storage["SummariesTable"])
    with Stubber(store._dynamodb) as stub:  # noqa: SLF001 - the wire is what is played
        key = {"article_id": {"S": A}, "item": {"S": "CURRENT"}}
        wanted = {"TableName": storage["SummariesTable"], "Key": key, "ConsistentRead": True}
        stub.add_response("get_item", {}, wanted)

        assert store.current(A) is None
