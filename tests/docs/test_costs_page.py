"""docs/costs.md has the tables that `make bill` prints, and the bill counts what is billed."""

from dataclasses import replace
from pathlib import Path

from bill.dynamodb_units import Tables, read_units, size_of
from bill.newsrooms import NEWSROOMS, READER, bill, counted_in_template, idle_bill
from bill.quantities import kept
from bill.report import tables

PAGE = Path(__file__).parents[2] / "docs" / "costs.md"
DEFINITION = {
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "by_update",
            "KeySchema": [{"AttributeName": "shard", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "ALL"},
        },
        {
            "IndexName": "by_queue",
            "KeySchema": [{"AttributeName": "queue_shard", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["queue"]},
        },
    ],
}
"""A table with an index of everything and one of little."""

KEY = ("summaries", '{"id": {"S": "a"}}')


def an_item(size: int, at: str = "1") -> dict[str, object]:
    """An item of so many bytes, in the first index."""
    item: dict[str, dict[str, str]] = {"id": {"S": "a"}, "shard": {"S": "0"}, "at": {"S": at}, "text": {"S": ""}}
    item["text"]["S"] = "x" * (size - size_of(item))
    return dict(item)


def test_the_page_has_the_tables_that_are_reckoned() -> None:
    """Each between the comments that bear its name."""
    page = PAGE.read_text(encoding="utf-8")

    made = tables(kept())

    assert list(made) == ["bill", "settings", "idle", "quantities", "prices"]
    for name, table in made.items():
        assert f"<!-- {name} -->\n{table}\n<!-- /{name} -->" in page


def test_a_setting_changes_what_it_is_about() -> None:
    """Without the second reader nothing is paid for it; without articles the models cost nothing."""
    used, newsroom = kept(), NEWSROOMS[0]

    without = bill(replace(newsroom, second_reader=0.0), used)

    assert without[READER] == 0
    assert bill(newsroom, used)[READER] > 0
    assert not {"the model that writes", "DynamoDB, writes", "API Gateway"} & idle_bill(used).keys()


def test_the_template_is_counted() -> None:
    """Alarms, boards and queues are what the bill says of an idle deployment."""
    counted = counted_in_template()

    assert counted.keys() == kept().template.keys()
    assert min(counted.values()) > 0


def test_writes_are_billed_by_the_kilobyte_with_every_index_that_changes() -> None:
    """Twice in a transaction, and twice where an item moves within an index; indexes are written outside of it."""
    billed = Tables({"summaries": DEFINITION})
    small, large, moved = an_item(1_000), an_item(2_500), an_item(2_500, at="2")

    def units(operation: str, before: dict[str, object], after: dict[str, object]) -> int:
        return billed.write_units(operation, {KEY: before}, {KEY: after})["summaries"]

    assert units("PutItem", {}, small) == 1 + 1
    assert units("TransactWriteItems", {}, large) == 2 * 3 + 3
    assert units("PutItem", small, large) == 3 + 3
    assert units("PutItem", large, moved) == 3 + (3 + 3)
    assert units("PutItem", large, large) == 3
    assert units("PutItem", {}, {**small, "queue_shard": {"S": "0"}, "queue": {"S": "x"}}) == 1 + 1 + 1


def test_reads_are_billed_by_four_kilobytes_and_half_where_they_may_be_late() -> None:
    """Also of an item that is not there."""
    assert read_units("GetItem", {"ConsistentRead": True}, {"Item": an_item(5_000)}) == 2
    assert read_units("Query", {}, {"Items": [an_item(5_000), an_item(5_000)]}) == 1.5
    assert read_units("GetItem", {}, {}) == 0.5
    assert read_units("PutItem", {}, {}) == 0


def test_the_size_of_an_item_is_that_of_its_names_and_values() -> None:
    """As DynamoDB's developer guide counts them."""
    item = {"id": {"S": "ä"}, "n": {"N": "1234"}, "l": {"L": [{"S": "ab"}]}, "m": {"M": {"k": {"BOOL": True}}}}

    assert size_of(item) == (2 + 2) + (1 + 3) + (1 + 3 + 1 + 2) + (1 + 3 + 1 + 1 + 1)
