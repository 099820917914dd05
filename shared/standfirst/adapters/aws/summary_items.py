"""The items of the summaries table as they are stored, for those who need not wait for the models of a record.

``summary_table.py`` says which items there are.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from http import HTTPStatus
from typing import Any, NamedTuple

import boto3
from boto3.dynamodb.types import TypeDeserializer
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config

CURRENT = "CURRENT"

NOT_OF_THE_RECORD = frozenset(
    (
        "item",
        "answered",
        "announced_as",
        "announced_kind",
        "announced_disclosure",
        "update_shard",
        "status_shard",
        "updated_key",
        "degraded_shard",
        "degraded_due",
        "queue_shard",
        "queue",
    )
)

_deserialize = TypeDeserializer().deserialize

Item = dict[str, Any]
"""An item in DynamoDB JSON, each value with its type."""


class CurrentItem(NamedTuple):
    """What there is under the key of an article's current record: the item, nothing, or botocore's error."""

    article_id: str
    outcome: Item | Exception | None

    @property
    def members(self) -> Item | None:
        """Returns the members of the record, if there is one."""
        return members_of(self.outcome) if isinstance(self.outcome, dict) else None


class _Known(threading.local):
    item: CurrentItem | None = None


class SummaryItems:
    """Reads items of the summaries table."""

    def __init__(self, table: str) -> None:
        """Makes the client; nothing is sent yet."""
        self.table = table
        self._known = _Known()
        self.dynamodb = boto3.client("dynamodb", config=client_config.DYNAMODB)
        for operation in ("GetItem", "Query"):
            self.dynamodb.meta.events.register(f"before-parse.dynamodb.{operation}", _take_as_it_is)

    def current(self, article_id: str) -> CurrentItem:
        """Returns what ``get`` finds of an article's current record, or raises."""
        try:
            return CurrentItem(article_id, self.get(article_id, CURRENT))
        except (ClientError, BotoCoreError) as error:
            return CurrentItem(article_id, error)

    @contextmanager
    def known(self, current: CurrentItem) -> Iterator[None]:
        """Lets ``get`` return or raise ``current`` in this thread and block, so that it is not read a second time."""
        self._known.item = current
        try:
            yield
        finally:
            self._known.item = None

    def get(self, article_id: str, item: str) -> Item | None:
        """Returns an item, ``None`` without one; a consistent read. Raises botocore's errors."""
        known = self._known.item
        if known and (known.article_id, CURRENT) == (article_id, item):
            if isinstance(known.outcome, Exception):
                raise known.outcome
            return known.outcome
        key = key_of(article_id, item)
        return self.dynamodb.get_item(TableName=self.table, Key=key, ConsistentRead=True).get("Item")


def _take_as_it_is(
    response_dict: dict[str, Any],
    customized_response_dict: dict[str, Any],
    **_: Any,  # noqa: ANN401 - whatever else botocore says of a response
) -> None:
    """Takes the items of a response as they are: JSON, since no record has bytes.

    botocore would look at each value of each item for each type that there is, half of the time that a list takes. It
    still reads what is no such response.
    """
    if response_dict["status_code"] == HTTPStatus.OK:
        with suppress(ValueError):
            customized_response_dict.update(json.loads(response_dict["body"]))
            response_dict["body"] = b"{}"


def key_of(article_id: str, item: str) -> Item:
    """Returns the key of an article's item."""
    return {"article_id": {"S": article_id}, "item": {"S": item}}


def members_of(item: Item) -> Item:
    """Returns the members of the record that is stored in ``item``, as JSON has them."""
    return {name: _plain(value) for name, value in item.items() if name not in NOT_OF_THE_RECORD}


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON of any kind
    """Returns a value of DynamoDB JSON, with numbers instead of decimals."""
    [(kind, inner)] = value.items()
    match kind:
        case "S" | "BOOL":
            return inner
        case "NULL":
            return None
        case "N":
            return int(inner) if inner.isdigit() else _number(Decimal(inner))
        case "L":
            return [_plain(each) for each in inner]
        case "M":
            return {name: _plain(each) for name, each in inner.items()}
    # A record of this release has no other types.
    return _deserialize(value)


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
