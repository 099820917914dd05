"""One contract for every store of summaries: the fake that the use cases are tested with, and DynamoDB (moto)."""

import itertools
import zlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from botocore.stub import Stubber

from builders import MORNING, a_record, process, replace_stored, save
from standfirst.adapters.aws.summary_table import SHARDS, DynamoDbSummaryTable
from standfirst.domain.article import ArticleId, Upload
from standfirst.domain.draft import Evidence, Finding
from standfirst.domain.errors import NewerVersionStored, RevisionConflict, StoreUnavailable
from standfirst.domain.ports import Stored, SummaryStore, Transition
from standfirst.domain.record import Record, Status
from standfirst.domain.sequencer import padded
from standfirst.domain.usage import Usage

A, B = ArticleId("a"), ArticleId("b/ü +?.txt")


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

    save(store, record)

    stored = store.current(B)
    assert stored
    assert stored.record == record
    assert stored.sequencer == padded("0A")
    assert store.revision(B, 1) == record


def test_nothing_is_found_where_nothing_was_saved(store: SummaryStore) -> None:
    """No error, just nothing."""
    assert store.current(A) is None
    assert store.revision(A, 1) is None
    assert store.list_by_updated(None, None, None, 10) == []


def test_a_later_revision_becomes_current_and_the_earlier_one_stays(store: SummaryStore) -> None:
    """History is kept."""
    save(store, a_record(A, revision=1, sequencer="0A"))
    save(store, a_record(A, revision=2, sequencer="0B", status=Status.FAILED))

    stored = store.current(A)
    assert stored
    assert (stored.record.revision, stored.record.status) == (2, Status.FAILED)
    assert [record.revision for n in (1, 2) if (record := store.revision(A, n))] == [1, 2]


@pytest.mark.parametrize("late", ["0A", "09FF", "0A00"], ids=["the same", "earlier", "the same, padded"])
def test_an_older_version_never_replaces_a_newer_one(store: SummaryStore, late: str) -> None:
    """Whatever revision it believes to follow."""
    save(store, a_record(A, revision=1, sequencer="0A"))

    for revision in (1, 2):
        with pytest.raises(NewerVersionStored):
            save(store, a_record(A, revision=revision, sequencer=late))
    stored = store.current(A)
    assert stored
    assert stored.record == a_record(A)
    assert store.revision(A, 2) is None


@pytest.mark.parametrize("revision", [1, 3], ids=["taken", "skipped"])
def test_a_revision_that_does_not_follow_the_current_one_is_refused(store: SummaryStore, revision: int) -> None:
    """Somebody else wrote meanwhile; the message is redelivered."""
    save(store, a_record(A, revision=1, sequencer="0A"))

    with pytest.raises(RevisionConflict):
        save(store, a_record(A, revision=revision, sequencer="0B"))
    stored = store.current(A)
    assert stored
    assert stored.record.revision == 1


def test_a_first_revision_must_be_number_one(store: SummaryStore) -> None:
    """A store does not begin in the middle of a history."""
    with pytest.raises(RevisionConflict):
        save(store, a_record(A, revision=2))


def test_an_answered_event_moves_the_sequencer_on_but_never_back(store: SummaryStore) -> None:
    """Without a new revision."""
    save(store, a_record(A, sequencer="0A"))

    process(store, A, 1, "0C")
    with pytest.raises(NewerVersionStored):
        process(store, A, 1, "0B")

    stored = store.current(A)
    assert stored
    assert stored.sequencer == padded("0C")
    assert stored.record == a_record(A, sequencer="0A")
    with pytest.raises(NewerVersionStored):
        save(store, a_record(A, revision=2, sequencer="0B"))


def test_an_event_is_answered_only_by_the_revision_that_was_compared(store: SummaryStore) -> None:
    """Another one came between: what it says is not what the bucket held."""
    save(store, a_record(A, revision=1, sequencer="0A"))
    save(store, a_record(A, revision=2, sequencer="0B"))

    with pytest.raises(RevisionConflict):
        process(store, A, 1, "0C")
    stored = store.current(A)
    assert stored
    assert stored.sequencer == padded("0B")


# ----------------------------------------------------------------------------------------------------------------------
# Human-authored text and its pending revision
# ----------------------------------------------------------------------------------------------------------------------


def with_pending_revision(revision: int = 3, sequencer: str = "0A") -> Record:
    """A human-authored record of an earlier event, ``stale``, with the revision before it pending."""
    human_authored = a_record(A, revision=revision, status=Status.EDITED, sequencer=sequencer)
    return human_authored.model_copy(update={"stale": True, "pending": revision - 1})


def test_a_pending_revision_is_stored_before_the_human_authored_one(store: SummaryStore) -> None:
    """The human-authored one is current, both are in the history, and the pending one's event is processed."""
    save(store, a_record(A, status=Status.EDITED, sequencer="0A"))
    waiting = a_record(A, revision=2, sequencer="0C")

    save(store, with_pending_revision(), pending=waiting)

    stored = store.current(A)
    assert stored
    assert (stored.record, stored.sequencer) == (with_pending_revision(), padded("0C"))
    assert store.revision(A, 2) == waiting
    assert store.revision(A, 3) == with_pending_revision()
    assert [record.revision for record in store.list_by_updated(None, None, None, 10)] == [3]


@pytest.mark.parametrize("late", ["0C", "0B"], ids=["the same", "earlier"])
def test_a_pending_revision_is_refused_when_its_event_is_processed(store: SummaryStore, late: str) -> None:
    """It is older than what is there; neither of the two revisions is written."""
    save(store, a_record(A, status=Status.EDITED, sequencer="0C"))

    with pytest.raises(NewerVersionStored):
        save(store, with_pending_revision(sequencer="0D"), pending=a_record(A, revision=2, sequencer=late))

    stored = store.current(A)
    assert stored
    assert stored.record.revision == 1
    assert store.revision(A, 2) is store.revision(A, 3) is None


@pytest.mark.parametrize("revision", [2, 4], ids=["taken", "skipped"])
def test_a_pending_revision_is_refused_when_it_does_not_follow(store: SummaryStore, revision: int) -> None:
    """An editor was faster: the message is redelivered, and finds the new words."""
    save(store, a_record(A, revision=1, sequencer="0A"))
    save(store, a_record(A, revision=2, status=Status.EDITED, sequencer="0B"))

    with pytest.raises(RevisionConflict):
        save(store, with_pending_revision(revision + 1), pending=a_record(A, revision=revision, sequencer="0C"))

    stored = store.current(A)
    assert stored
    assert (stored.record.revision, stored.sequencer) == (2, padded("0B"))
    assert store.revision(A, revision + 1) is None


def test_a_withdrawn_record_names_the_last_reviewed_revision(store: SummaryStore) -> None:
    """``last_reviewed`` is not part of the JSON, but of what is stored."""
    withdrawn = a_record(A, status=Status.WITHDRAWN).model_copy(
        update={"last_reviewed": 7, "made_by": None, "usage": None}
    )

    save(store, withdrawn)

    stored = store.current(A)
    assert stored
    assert stored.record == withdrawn
    assert stored.record.last_reviewed == 7
    assert store.revision(A, 1) == withdrawn


# ----------------------------------------------------------------------------------------------------------------------
# Lists
# ----------------------------------------------------------------------------------------------------------------------


def test_lists_hold_current_records_only_newest_first(store: SummaryStore) -> None:
    """One per article, across all partitions of the index."""
    for minutes, name in enumerate("abcdefghij"):
        save(store, a_record(name, minutes=minutes))
    save(store, a_record("a", revision=2, sequencer="0B", minutes=20))

    listed = store.list_by_updated(None, None, None, 100)

    assert [record.article_id for record in listed] == ["a", *"jihgfedcb"]
    assert listed[0].revision == 2


def test_lists_are_limited_and_go_on_after_a_position(store: SummaryStore) -> None:
    """The record at the position is not repeated, also when several were written in the same moment."""
    for name in "abcdefg":
        save(store, a_record(name, minutes=0))

    seen, after = [], None
    for _ in itertools.repeat(None, 4):
        page = store.list_by_updated(None, None, after, 2)
        seen += [record.article_id for record in page]
        after = page[-1].position

    assert sorted(seen) == list("abcdefg")


def test_lists_begin_at_a_moment_and_go_on_after_a_position(store: SummaryStore) -> None:
    """What changed at that moment belongs to the list, what changed before does not."""
    for minutes, name in enumerate(["old", "first", "second", "third"]):
        save(store, a_record(name, minutes=minutes))
    since = MORNING + timedelta(minutes=1)

    everything = store.list_by_updated(None, since, None, 10)
    behind = store.list_by_updated(None, since, everything[0].position, 10)
    nothing = store.list_by_updated(None, since, a_record("old").position, 10)

    assert [record.article_id for record in everything] == ["third", "second", "first"]
    assert [record.article_id for record in behind] == ["second", "first"]
    assert nothing == []


def test_what_is_inserted_while_a_list_is_read_neither_repeats_nor_hides_anything(store: SummaryStore) -> None:
    """A position is a moment, not a number of rows."""
    for minutes, name in enumerate(["a", "b", "c", "d"]):
        save(store, a_record(name, minutes=minutes))
    first = store.list_by_updated(None, None, None, 2)
    save(store, a_record("new", minutes=9))

    second = store.list_by_updated(None, None, first[-1].position, 2)

    assert [record.article_id for record in (*first, *second)] == ["d", "c", "b", "a"]


def test_the_history_of_an_article_is_its_revisions_backwards(store: SummaryStore) -> None:
    """Of that article only, so many, from under a number on."""
    for number in range(1, 13):
        save(store, a_record(A, revision=number, sequencer=f"{number:04d}"))
    save(store, a_record(B))

    assert [record.revision for record in store.history(A, None, 3)] == [12, 11, 10]
    assert [record.revision for record in store.history(A, 10, 100)] == [9, 8, 7, 6, 5, 4, 3, 2, 1]
    assert store.history(A, 1, 10) == []
    assert store.history(ArticleId("nothing"), None, 10) == []


def test_a_pending_revision_is_stored_with_a_replacement(store: SummaryStore) -> None:
    """Both, or neither."""
    save(store, a_record(A, status=Status.EDITED))
    stored = store.current(A)
    assert stored
    waits, stays = a_record(A, revision=2), a_record(A, revision=3, status=Status.EDITED)

    replace_stored(store, stored, stays, pending=waits)
    with pytest.raises(RevisionConflict):
        replace_stored(store, stored, a_record(A, revision=5), pending=a_record(A, revision=4))

    assert [record.revision for record in store.history(A, None, 10)] == [3, 2, 1]
    current = store.current(A)
    assert current
    assert (current.record, current.sequencer) == (stays, stored.sequencer)


def test_lists_of_one_status_follow_an_article_from_status_to_status(store: SummaryStore) -> None:
    """An article stands in the list of its current status only."""
    save(store, a_record(A))
    save(store, a_record(B))
    save(store, a_record(A, revision=2, sequencer="0B", status=Status.FAILED))

    assert [record.article_id for record in store.list_by_updated(Status.FAILED, None, None, 10)] == [A]
    assert [record.article_id for record in store.list_by_updated(Status.GENERATED, None, None, 10)] == [B]


def test_an_id_of_a_thousand_bytes_is_stored_and_listed(store: SummaryStore) -> None:
    """S3 keys may be so long; DynamoDB's sort keys may not."""
    name = "ü" * 512
    save(store, a_record(name))

    assert [record.article_id for record in store.list_by_updated(None, None, None, 10)] == [name]


def test_the_parts_of_a_package_add_up(store: SummaryStore) -> None:
    """In a store that knows none to begin with."""
    assert store.parts(A) == frozenset()

    store.add_parts(A, {"one", "two"})
    store.add_parts(A, {"two", "three"})

    assert store.parts(A) == {"one", "two", "three"}
    assert store.current(A) is None
    assert store.list_by_updated(None, None, None, 10) == []


def test_an_event_that_is_claimed_learns_of_the_parts_there_ever_were(store: SummaryStore) -> None:
    """Once, or again when it is delivered again."""
    store.add_parts(A, {"one"})

    assert store.claim_event(A, "0A") == ({"one"}, True)
    store.add_parts(A, {"two"})

    assert store.claim_event(A, "0A") == ({"one", "two"}, False)
    assert store.claim_event(A, "0B") == ({"one", "two"}, False)


def test_the_first_event_of_a_document_knows_that_it_is_the_first(store: SummaryStore) -> None:
    """Whatever is known of other documents."""
    store.claim_event(B, "0A")

    assert store.claim_event(A, "0A") == (frozenset(), True)


@pytest.mark.parametrize("late", ["0A", "0AFF"], ids=["shorter", "longer"])
def test_an_event_is_not_claimed_after_a_later_one(store: SummaryStore, late: str) -> None:
    """Whatever their length."""
    store.claim_event(A, "0B")

    with pytest.raises(NewerVersionStored):
        store.claim_event(A, late)


def test_no_article_is_brought_by_an_event_once_a_later_one_is_claimed(store: SummaryStore) -> None:
    """The later one does not know of it, and would not withdraw it; another document's events say nothing of it."""
    store.claim_event(A, "0C")
    store.claim_event(B, "0A")

    for name, document in ((A, None), (ArticleId(f"{A}/one"), A)):
        with pytest.raises(NewerVersionStored):
            save(store, a_record(name, sequencer="0B"), document=document)
        assert store.current(name) is None
        save(store, a_record(name, sequencer="0C"), document=document)
    save(store, a_record(ArticleId(f"{B}/one"), sequencer="0B"), document=B)


@pytest.mark.parametrize("sequencer", ["09", "0B"], ids=["earlier", "later"])
def test_an_id_that_was_given_up_is_taken_over_by_another_object(store: SummaryStore, sequencer: str) -> None:
    """Sequencers are in order within one key only; an event of the new object that was overtaken takes nothing."""
    save(store, a_record(A, sequencer="0A", status=Status.WITHDRAWN))
    withdrawn = store.current(A)
    taken = of_another_object(a_record(A, revision=2, sequencer=sequencer))
    store.claim_event(A, "0C")
    with pytest.raises(NewerVersionStored):
        save(store, taken)
    assert store.current(A) == withdrawn

    save(store, taken, document=B)

    assert store.current(A) == Stored(taken, padded(sequencer))
    save(store, of_another_object(a_record(A, revision=3, sequencer=sequencer + "1")), document=B)


def test_an_id_is_taken_over_without_an_event_until_its_event_comes(store: SummaryStore) -> None:
    """That of an article that was sent, whatever the sequencers of the other object are."""
    save(store, a_record(A, sequencer="0C", status=Status.WITHDRAWN))
    withdrawn = store.current(A)
    assert withdrawn
    taken = of_another_object(a_record(A, revision=2))

    replace_stored(store, withdrawn, taken)

    assert store.current(A) == Stored(taken, padded(""))


def test_what_is_taken_meanwhile_is_no_newer_version_of_the_object_that_comes_second(store: SummaryStore) -> None:
    """It is delivered again, and finds to whom the id belongs; its event marks nothing on that record."""
    save(store, a_record(A, sequencer="0C"))
    stored = store.current(A)
    second = of_another_object(a_record(A, sequencer="0B"))
    event = Upload(A, "articles", second.article.key, "0D", B)

    with pytest.raises(RevisionConflict):
        store.apply(Transition(second), None, event)
    store.apply(None, stored, event)

    assert store.current(A) == stored


def of_another_object(record: Record) -> Record:
    """The same, made of the object ``B``."""
    return record.model_copy(update={"article": record.article.model_copy(update={"key": B})})


def test_a_table_that_does_not_answer_is_a_transient_error(storage: Mapping[str, str]) -> None:
    """Each operation says so in our words; whatever boto3 raised stands behind it."""
    assert storage
    store = DynamoDbSummaryTable("no-such-table")

    for operation in (
        lambda: store.current(A),
        lambda: store.revision(A, 1),
        lambda: save(store, a_record(A)),
        lambda: save(store, a_record(A, revision=3), pending=a_record(A, revision=2)),
        lambda: replace_stored(store, Stored(a_record(A), padded("0A")), a_record(A, revision=2)),
        lambda: process(store, A, 1, "0A"),
        lambda: store.parts(A),
        lambda: store.claim_event(A, "0A"),
        lambda: store.add_parts(A, {"one"}),
        lambda: store.list_by_updated(None, None, None, 1),
        lambda: store.due_for_upgrade(MORNING, 1),
        lambda: store.defer_upgrade(a_record(A), MORNING),
    ):
        with pytest.raises(StoreUnavailable) as caught:
            operation()
        assert caught.value.__cause__


def test_decisions_are_made_on_what_is_stored_now(storage: Mapping[str, str]) -> None:
    """An eventually consistent read could miss the revision that was just written."""
    store = DynamoDbSummaryTable(storage["SummariesTable"])
    with Stubber(store._dynamodb) as stub:  # noqa: SLF001 - the wire is what is played
        key = {"article_id": {"S": A}, "item": {"S": "CURRENT"}}
        wanted = {"TableName": storage["SummariesTable"], "Key": key, "ConsistentRead": True}
        stub.add_response("get_item", {}, wanted)

        assert store.current(A) is None


def test_a_takedown_finds_the_decision_of_a_moment_ago(storage: Mapping[str, str]) -> None:
    """The history says where the records of decisions are, and is deleted after: a missed one would keep its words."""
    store = DynamoDbSummaryTable(storage["SummariesTable"])
    asked: list[dict[str, Any]] = []
    store._dynamodb.meta.events.register(  # noqa: SLF001 - moto has no reads that are behind
        "provide-client-params.dynamodb.Query", lambda params, **_: asked.append(params)
    )

    store.history(A, None, 10)

    assert [query.get("ConsistentRead") for query in asked] == [True]


@pytest.mark.parametrize("reason", ["ThrottlingError", "TransactionConflict", "ProvisionedThroughputExceeded"])
def test_a_transaction_that_was_cancelled_for_a_passing_reason_is_tried_again(
    storage: Mapping[str, str], reason: str
) -> None:
    """Only a condition that does not hold says something about what is stored."""
    store = DynamoDbSummaryTable(storage["SummariesTable"])
    with Stubber(store._dynamodb) as stub:  # noqa: SLF001 - the wire is what is played
        stub.add_client_error(
            "transact_write_items",
            "TransactionCanceledException",
            modeled_fields={"CancellationReasons": [{"Code": "None"}, {"Code": reason}]},
        )
        # For a look at what is stored, which ought not to be taken.
        stub.add_response("get_item", {})

        with pytest.raises(StoreUnavailable):
            save(store, a_record(A))


def test_the_articles_of_these_tests_lie_in_every_partition_of_the_index() -> None:
    """Else a list that forgets one would go unnoticed."""
    assert {zlib.crc32(name.encode()) % SHARDS for name in "abcdefghij"} == set(range(SHARDS))
