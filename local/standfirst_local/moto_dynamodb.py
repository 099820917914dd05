"""Moto's DynamoDB, made safe for several writers and quick to query.

A transaction of moto copies the whole table first, and puts the copy back when a condition fails: what anybody else
wrote meanwhile is gone, and each transaction takes longer than the one before. Here only the items that a transaction
names are copied and restored, and other writers wait. What a failed transaction added to the table's stream is removed
again, before anyone reads it.

A query of moto sorts the whole table and copies whole items, whatever the index holds of them, and measures its pages
by those: to count 1,000 articles in the queue took 9 s, and 10,000 would have taken a hundred times as long. Here a
query sees only the items that have its partition key, each with only what the index holds.
"""

from __future__ import annotations

import copy
import inspect
import threading
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import SecondaryIndex, Table
from moto.dynamodbstreams.models import DynamoDBStreamsBackend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from moto.dynamodb.models.dynamo_type import DynamoType

WRITES = ("put_item", "update_item", "delete_item", "transact_write_items")
"""The operations of moto's that change a table and that we use."""

_writing = threading.RLock()
_writes_so_far = 0
_whole_table_transaction = DynamoDBBackend.transact_write_items
_whole_table_query = Table.query


def adapt_dynamodb() -> None:
    """Change moto for the rest of the process; doing so twice changes nothing more."""
    if hasattr(Table, "__deepcopy__"):
        return
    Table.query = _query  # type: ignore[assignment,method-assign]
    Table.__deepcopy__ = _same_table  # type: ignore[attr-defined]
    DynamoDBBackend.transact_write_items = _transaction  # type: ignore[assignment,method-assign]
    for name in WRITES:
        setattr(DynamoDBBackend, name, _one_at_a_time(getattr(DynamoDBBackend, name)))
    DynamoDBStreamsBackend.get_records = _one_at_a_time(  # type: ignore[method-assign]
        DynamoDBStreamsBackend.get_records
    )


@contextmanager
def writes_paused() -> Iterator[int]:
    """Let nobody write for the block, so that what it reads is of one moment; yields how many writes there were."""
    with _writing:
        yield _writes_so_far


def _one_at_a_time(write: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(write)
    def locked(*arguments: object, **named: object) -> object:
        global _writes_so_far  # noqa: PLW0603 - under the lock
        with _writing:
            _writes_so_far += write.__name__ in WRITES
            return write(*arguments, **named)

    return locked


def _same_table(table: Table, _memo: dict[int, Any]) -> Table:
    return table


def _transaction(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    before = [_copied(backend, operation) for item in transact_items for operation in item.values()]
    streamed = [(shard, len(shard.items)) for table, *_ in before if (shard := table.stream_shard)]
    try:
        _whole_table_transaction(backend, transact_items)
    except Exception:
        for table, hash_value, range_value, item in before:
            _restore(table, hash_value, range_value, item)
        for shard, number in streamed:
            del shard.items[number:]
        raise


def _copied(
    backend: DynamoDBBackend, operation: dict[str, Any]
) -> tuple[Table, DynamoType, DynamoType | None, Item | None]:
    """The item that ``operation`` is about, and where moto keeps it."""
    table = backend.get_table(operation["TableName"])
    hash_value, range_value = backend.get_keys_value(table, operation.get("Key") or operation["Item"])
    return table, hash_value, range_value, copy.deepcopy(table.get_item(hash_value, range_value))


def _restore(table: Table, hash_value: DynamoType, range_value: DynamoType | None, item: Item | None) -> None:
    if item is None:
        table.delete_item(hash_value, range_value)
    elif range_value is None:
        table.items[hash_value] = item  # type: ignore[assignment]  # as moto does without a range key
    else:
        table.items[hash_value][range_value] = item


_QUERY = inspect.signature(_whole_table_query)


def _query(table: Table, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as moto's
    asked = _QUERY.bind(table, *arguments, **named).arguments
    with _writing:
        narrowed = _of_partition(table, asked["hash_key"], asked.get("index_name"), asked.get("hash_key_conditions"))
    return _whole_table_query(narrowed, *arguments, **named)


def _of_partition(
    table: Table, hash_key: DynamoType | None, index_name: str | None, conditions: list[tuple[str, DynamoType]] | None
) -> Table:
    """A copy of ``table`` with the items of one partition, of the table itself or of an index."""
    narrowed = copy.copy(table)
    if index_name is None:
        narrowed.items = {hash_key: table.items[hash_key]} if hash_key in table.items else {}  # type: ignore[assignment]
        return narrowed
    index = table.get_index(index_name, error_if_not=True)
    whole = copy.copy(index)
    whole.projection = {"ProjectionType": "ALL"}
    narrowed.global_indexes = [whole if each.name == index_name else each for each in table.global_indexes]  # type: ignore[misc]
    wanted = {name: value.value for name, value in conditions or ()}
    found = [item for item in _items(table) if all(_has(item, *each) for each in wanted.items())]
    # In the order that moto sorts them into, because it compares slowly.
    found.sort(key=lambda item: [item.attrs[name].value for name in index.schema_key_attrs if name in item.attrs])
    held = [_held(item, index) for item in found]
    narrowed.all_items = lambda: held  # type: ignore[method-assign]
    return narrowed


def _items(table: Table) -> Iterator[Item]:
    for items in table.items.values():
        if isinstance(items, Item):  # as moto does without a range key
            yield items
        else:
            yield from items.values()


def _has(item: Item, name: str, value: str) -> bool:
    return name in item.attrs and item.attrs[name].value == value


def _held(item: Item, index: SecondaryIndex) -> Item:
    """What ``index`` holds of ``item``."""
    if index.projection.get("ProjectionType") == "ALL":
        return item
    names = {*index.table_key_attrs, *index.schema_key_attrs, *index.projection.get("NonKeyAttributes", ())}
    held = _Projected(item.hash_key, item.range_key, {})
    for name in names & item.attrs.keys():
        dict.__setitem__(held.attrs, name, item.attrs[name])  # without measuring the item again
    return held


class _Projected(Item):
    """A copy already."""

    def __deepcopy__(self, _memo: dict[int, Any]) -> _Projected:
        return self
