"""What requests to DynamoDB are billed: its request units, from the sizes of items before and after each write.

As the developer guide has it ("DynamoDB read and write operations", "Item sizes", "Global secondary indexes"): a write
unit is 1 KB of the larger of the item before and after, two in a transaction; an index is written where what it holds
of the item changes, twice if the item moves within it; a consistent read unit is 4 KB, any other half of one.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from standfirst_local.environment import REGION

Item = Mapping[str, Any]
"""An item in DynamoDB JSON, each value with its type."""

Key = tuple[str, str]
"""A table's name, and the key of an item in it as JSON."""

_WRITES = {"PutItem": "Item", "UpdateItem": "Key", "DeleteItem": "Key"}


def size_of(item: Item) -> int:
    """Returns the size of an item in bytes."""
    return sum(len(name.encode()) + _size(value) for name, value in item.items())


def _size(value: Item) -> int:
    [(kind, held)] = value.items()
    match kind:
        case "S":
            return len(held.encode())
        case "N":
            return math.ceil(len(Decimal(held).normalize().as_tuple().digits) / 2) + 1
        case "NULL" | "BOOL":
            return 1
        case "L":
            return 3 + sum(1 + _size(each) for each in held)
        case "M":
            return 3 + sum(1 + len(name.encode()) + _size(each) for name, each in held.items())
        case "SS":
            return sum(len(each.encode()) for each in held)
    raise ValueError(f"no size is known for {kind}")


class Tables:
    """The tables of a stack in moto: how they are billed for what is done to them."""

    def __init__(self, definitions: Mapping[str, Mapping[str, Any]]) -> None:
        """``definitions`` has what CloudFormation has of each table, by its name."""
        self._definitions = definitions

    def touched(self, operation: str, body: Mapping[str, Any]) -> Mapping[Key, Item]:
        """Returns the items that a write is about, as they are now; those that are not there are empty."""
        return {key: self._item(*key) for key in self._keys(operation, body)}

    def _keys(self, operation: str, body: Mapping[str, Any]) -> Iterator[Key]:
        if operation == "TransactWriteItems":
            for part in body["TransactItems"]:
                [(kind, inner)] = part.items()
                yield self._key(inner["TableName"], inner["Item"] if kind == "Put" else inner["Key"])
        elif operation in _WRITES:
            yield self._key(body["TableName"], body[_WRITES[operation]])

    def _key(self, table: str, item: Item) -> Key:
        names = [each["AttributeName"] for each in self._definitions[table]["KeySchema"]]
        return table, json.dumps({name: item[name] for name in names}, sort_keys=True)

    def _item(self, table: str, key: str) -> Item:
        wanted = json.loads(key)
        for found in dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables[table].all_items():
            item: Item = found.to_json()["Attributes"]
            if all(item.get(name) == value for name, value in wanted.items()):
                return item
        return {}

    def write_units(self, operation: str, before: Mapping[Key, Item], after: Mapping[Key, Item]) -> Counter[str]:
        """Returns the write units by table, those of its indexes included."""
        units: Counter[str] = Counter()
        for (table, key), now in after.items():
            was = before[table, key]
            factor = 2 if operation == "TransactWriteItems" else 1
            units[table] += factor * _kilobytes(max(size_of(was), size_of(now)))
            for index in self._definitions[table].get("GlobalSecondaryIndexes", ()):
                units[table] += self._index_units(table, index, was, now)
        return units

    def _index_units(self, table: str, index: Mapping[str, Any], was: Item, now: Item) -> int:
        held = [self._held(table, index, item) for item in (was, now)]
        if held[0] == held[1]:
            return 0
        keys = [[item.get(each["AttributeName"]) for each in index["KeySchema"]] for item in held]
        moved = held if held[0] and held[1] and keys[0] != keys[1] else [max(held, key=size_of)]
        return sum(_kilobytes(size_of(each)) for each in moved)

    def _held(self, table: str, index: Mapping[str, Any], item: Item) -> Item:
        """Returns what an index holds of an item, nothing if it lacks the index's keys."""
        own = [each["AttributeName"] for each in index["KeySchema"]]
        if not all(name in item for name in own):
            return {}
        projection = index["Projection"]
        if projection["ProjectionType"] == "ALL":
            return item
        names = {*own, *(each["AttributeName"] for each in self._definitions[table]["KeySchema"])}
        names |= set(projection.get("NonKeyAttributes", ()))
        return {name: value for name, value in item.items() if name in names}

    def stored_bytes(self, article_ids: frozenset[str]) -> Counter[str]:
        """Returns the bytes that are stored of some articles, in tables and their indexes, by table.

        Each item and each entry of an index has 100 bytes more (developer guide, "Table and index size").
        """
        stored: Counter[str] = Counter()
        for table, definition in self._definitions.items():
            for found in dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables[table].all_items():
                item = found.to_json()["Attributes"]
                if item.get("article_id", {}).get("S") in article_ids:
                    held = [item, *(self._held(table, index, item) for index in definition.get(_INDEXES, ()))]
                    stored[table] += sum(size_of(each) + 100 for each in held if each)
        return stored


_INDEXES = "GlobalSecondaryIndexes"


def read_units(operation: str, body: Mapping[str, Any], answer: Mapping[str, Any]) -> float:
    """Returns the read units of a request, as if it had read no more than it returns."""
    if operation not in {"GetItem", "Query", "BatchGetItem"}:
        return 0
    items = [answer["Item"]] if answer.get("Item") else answer.get("Items", [])
    for found in answer.get("Responses", {}).values():
        items = [*items, *found]
    bytes_read = sum(size_of(item) for item in items)
    units = max(1, math.ceil(bytes_read / 4_096))
    return units if body.get("ConsistentRead") else units / 2


def _kilobytes(size: int) -> int:
    return max(1, math.ceil(size / 1_024))
