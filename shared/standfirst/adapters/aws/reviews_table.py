"""The records of editors' decisions in a DynamoDB table.

The items of a month lie in ``SHARDS`` partitions, which are read one by one and merged; within one they are in the
order of the decisions.
"""

import heapq
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import StoreUnavailable
from standfirst.domain.review_record import ReviewRecord, month_of, position_of
from standfirst.domain.stored_record import read_as

SHARDS = 4

_FIRST, _LAST = "0", "9999-12-31T23:59:59.999Z$"
"""Before and after every position."""

_serialize = TypeSerializer().serialize
_deserialize = TypeDeserializer().deserialize

Item = dict[str, Any]
"""An item in DynamoDB JSON, each value with its type."""


class DynamoDbReviewsTable:
    """``ReviewStore`` over one table, whose keys are in ``template.yaml``."""

    def __init__(self, table: str) -> None:
        """Makes the client; nothing is sent yet."""
        self._table = table
        self._dynamodb = boto3.client("dynamodb", config=client_config.DYNAMODB)

    def put_of(self, review: ReviewRecord) -> Item:
        """Returns what stores ``review``, as a part of a transaction."""
        attributes = {**review.model_dump(mode="json"), "id": _id(review.article_id, month_of(review.at))}
        attributes["item"] = review.position
        return {"TableName": self._table, "Item": {name: _serialize(value) for name, value in attributes.items()}}

    def list_month(self, month: str, after: str | None, limit: int) -> Sequence[ReviewRecord]:
        """See ``ReviewStore``."""
        shards = [self._shard(f"review#{month}#{shard}", after, limit) for shard in range(SHARDS)]
        with _available("list"):
            return list(islice(heapq.merge(*shards, key=lambda review: review.position), limit))

    def erase(self, article_id: ArticleId, revision: int, decided_at: datetime, erased_at: datetime) -> None:
        """See ``ReviewStore``; nothing else changes a record, so that it need not be the one that was read."""
        position = position_of(article_id, decided_at, revision)
        key = {"id": {"S": _id(article_id, month_of(decided_at))}, "item": {"S": position}}
        with _available("erase"):
            found = self._dynamodb.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")
            if found is None:
                return
            left = _review(found).erased(erased_at).model_dump(mode="json")
            self._dynamodb.update_item(
                TableName=self._table,
                Key=key,
                UpdateExpression="SET note = :none, findings_overruled = :findings, erased_at = :at",
                ExpressionAttributeValues={
                    ":none": _serialize(None),
                    ":findings": _serialize(left["findings_overruled"]),
                    ":at": _serialize(left["erased_at"]),
                },
            )

    def _shard(self, shard: str, after: str | None, limit: int) -> Iterator[ReviewRecord]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="id = :id AND #item BETWEEN :first AND :last",
            ExpressionAttributeNames={"#item": "item"},
            ExpressionAttributeValues={":id": {"S": shard}, ":first": {"S": after or _FIRST}, ":last": {"S": _LAST}},
            PaginationConfig={"PageSize": limit},
            # Somebody may export what was decided a moment ago.
            ConsistentRead=True,
        )
        items = (item for page in pages for item in page["Items"])
        return (_review(item) for item in items if item["item"]["S"] != after)


def _id(article_id: ArticleId, month: str) -> str:
    return f"review#{month}#{zlib.crc32(article_id.encode()) % SHARDS}"


def _review(item: Item) -> ReviewRecord:
    return read_as(ReviewRecord, {name: _deserialize(value) for name, value in item.items()})


@contextmanager
def _available(to: str) -> Iterator[None]:
    """Translates boto3's errors to ``StoreUnavailable``."""
    try:
        yield
    except ClientError as error:
        raise StoreUnavailable(f"DynamoDB did not {to} review records: {error}") from error
    except BotoCoreError as error:
        raise StoreUnavailable(f"DynamoDB could not be reached to {to} review records: {error}") from error
