"""What the stream of the table says of a revision (moto)."""

from collections.abc import Mapping

import boto3
import pytest

from builders import a_record, replace_stored, save
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.ai_disclosure import TRAINED_ALGORITHMIC_MEDIA
from standfirst.domain.article import ArticleId
from standfirst.domain.ports import Stored, Transition
from standfirst.domain.record import Record, Status


@pytest.fixture
def store(storage: Mapping[str, str]) -> DynamoDbSummaryTable:
    """The table of this file; every test has an article of its own."""
    return DynamoDbSummaryTable(storage["SummariesTable"])


def announced(storage: Mapping[str, str], article_id: str) -> dict[str, str | None]:
    """How each item of an article is announced, by its sort key."""
    found = boto3.client("dynamodb").query(
        TableName=storage["SummariesTable"],
        KeyConditionExpression="article_id = :article",
        ExpressionAttributeValues={":article": {"S": article_id}},
    )
    return {item["item"]["S"]: item.get("announced_as", {}).get("S") for item in found["Items"]}


def current(store: DynamoDbSummaryTable, article_id: str) -> Stored:
    """What is current, which is there."""
    found = store.current(ArticleId(article_id))
    assert found
    return found


def with_words_of_a_person(article_id: str) -> tuple[Record, Record]:
    """A human-authored record, and its pending revision."""
    pending = a_record(article_id, revision=2, sequencer="0B")
    held = a_record(article_id, revision=3, status=Status.EDITED, sequencer="0B")
    return held.model_copy(update={"stale": True, "pending": 2}), pending


def test_each_revision_that_became_current_says_once_how_it_is_announced(
    store: DynamoDbSummaryTable, storage: Mapping[str, str]
) -> None:
    """In the item that is never written again, not in the one that each revision changes."""
    save(store, a_record("a"))
    save(store, a_record("a", revision=2, status=Status.WITHDRAWN, sequencer="0B"))

    assert announced(storage, "a") == {
        "CURRENT": None,
        "REVISION#0000000001": "Summary Ready",
        "REVISION#0000000002": "Summary Withdrawn",
    }


def test_a_revision_that_is_not_to_be_announced_is_not(store: DynamoDbSummaryTable, storage: Mapping[str, str]) -> None:
    """Nor is anything said of its kind; the next one is announced again."""
    save(store, a_record("quiet"))
    silent = Transition(a_record("quiet", revision=2), is_announced=False)
    store.apply(silent, current(store, "quiet"), None)
    replace_stored(store, current(store, "quiet"), a_record("quiet", revision=3))

    events = announced(storage, "quiet")

    assert events == {
        "CURRENT": None,
        "REVISION#0000000001": "Summary Ready",
        "REVISION#0000000002": None,
        "REVISION#0000000003": "Summary Ready",
    }


def test_the_pending_revision_of_an_upload_is_not_announced(
    store: DynamoDbSummaryTable, storage: Mapping[str, str]
) -> None:
    """It is served to nobody; that it waits is what the words beside it are announced with."""
    save(store, a_record("b"))
    save(store, *with_words_of_a_person("b"))

    events = announced(storage, "b")

    assert (events["REVISION#0000000002"], events["REVISION#0000000003"]) == (None, "Summary Needs Review")


def test_what_a_regeneration_leaves_waiting_is_not_announced_either(
    store: DynamoDbSummaryTable, storage: Mapping[str, str]
) -> None:
    """The other way to two revisions at once."""
    save(store, a_record("c"))
    record, pending = with_words_of_a_person("c")
    replace_stored(store, current(store, "c"), record, pending)

    events = announced(storage, "c")

    assert (events["REVISION#0000000002"], events["REVISION#0000000003"]) == (None, "Summary Needs Review")


def test_an_editors_change_is_announced(store: DynamoDbSummaryTable, storage: Mapping[str, str]) -> None:
    """As an upload's is."""
    save(store, a_record("d"))
    replace_stored(store, current(store, "d"), a_record("d", revision=2, status=Status.REJECTED))

    assert announced(storage, "d")["REVISION#0000000002"] == "Summary Withdrawn"


@pytest.mark.parametrize(
    ("status", "said"),
    [(Status.GENERATED, "autonomous"), (Status.APPROVED, "ai-generated"), (Status.WITHDRAWN, "")],
)
def test_a_revision_is_announced_with_what_readers_are_to_be_told(
    store: DynamoDbSummaryTable, storage: Mapping[str, str], status: Status, said: str
) -> None:
    """Of a text that a model wrote; there is nothing to tell where no text is left."""
    texts = {"standfirst": None, "summary": None} if status is Status.WITHDRAWN else {}
    by_model = {"digital_source_type": TRAINED_ALGORITHMIC_MEDIA, **texts}
    save(store, a_record(f"f/{status}", status=status).model_copy(update=by_model))

    key = {"article_id": {"S": f"f/{status}"}, "item": {"S": "REVISION#0000000001"}}
    item = boto3.client("dynamodb").get_item(TableName=storage["SummariesTable"], Key=key)["Item"]

    assert item["announced_disclosure"] == {"S": said}


def test_how_a_revision_is_announced_is_no_part_of_it(store: DynamoDbSummaryTable) -> None:
    """What was saved comes back, and nothing else."""
    record = a_record("e")
    save(store, record)

    assert store.revision(ArticleId("e"), 1) == current(store, "e").record == record
