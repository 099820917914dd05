"""Records in a DynamoDB table.

One item ``CURRENT`` and one item per revision for each article, and an item ``PARTS`` for each document, with its last
event and, for a package, the articles that it ever held. The article's id is the partition key, so articles spread over
partitions by themselves. Only ``CURRENT`` items carry the attributes of the list indexes, whose partition keys are
spread over ``SHARDS`` values: a list is read from each and merged. The third index holds only what the model is still
to write. A partition takes 1 000 writes a second (DynamoDB developer guide, "Burst and adaptive capacity"), so four of
them carry far more than a million articles a day.
"""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.domain.article import ArticleId
from standfirst.domain.change_event import change_event_type
from standfirst.domain.errors import NewerVersionStored, RevisionConflict, StoreUnavailable
from standfirst.domain.ports import Stored
from standfirst.domain.record import MAX_REVISION, Record, Status, rfc3339
from standfirst.domain.sequencer import padded

SHARDS = 4
CURRENT = "CURRENT"
PARTS = "PARTS"

_CONFIG = Config(retries={"mode": "standard", "total_max_attempts": 3}, connect_timeout=3, read_timeout=10)
_serialize = TypeSerializer().serialize
_deserialize = TypeDeserializer().deserialize

Item = dict[str, Any]
"""An item in DynamoDB's own JSON, each value with its type."""


class DynamoDbSummaryTable:
    """``SummaryStore`` over one table; its keys and indexes are in ``template.yaml``."""

    def __init__(self, table: str) -> None:
        """Make the client; nothing is sent yet."""
        self._table = table
        self._dynamodb = boto3.client("dynamodb", config=_CONFIG)

    def current(self, article_id: ArticleId) -> Stored | None:
        """See ``SummaryStore``; read consistently, because decisions hang on it."""
        item = self._get(article_id, CURRENT)
        return Stored(_record(item), item["answered"]["S"]) if item else None

    def revision(self, article_id: ArticleId, number: int) -> Record | None:
        """See ``SummaryStore``."""
        item = self._get(article_id, _revision(number))
        return _record(item) if item else None

    def begin(self, document: ArticleId, sequencer: str) -> frozenset[str]:
        """See ``SummaryStore``; what was begun stands in the item of the document's parts."""
        try:
            found = self._dynamodb.update_item(
                TableName=self._table,
                Key=_key(document, PARTS),
                UpdateExpression="SET begun = :sequencer",
                ConditionExpression=_NOT_BEGUN_LATER,
                ExpressionAttributeValues={":sequencer": {"S": padded(sequencer)}},
                ReturnValues="ALL_NEW",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise StoreUnavailable(f"DynamoDB did not update {document}: {error}") from error
            raise NewerVersionStored(f"A later event of {document} is being answered.") from error
        except BotoCoreError as error:
            raise StoreUnavailable(f"DynamoDB could not be reached for {document}: {error}") from error
        return _parts(found["Attributes"])

    def save(self, record: Record, pending: Record | None = None, document: ArticleId | None = None) -> None:
        """See ``SummaryStore``; revisions and the current item are written together or not at all."""
        first = pending or record
        event = first.article.sequencer or ""
        try:
            if first.revision == 1:
                self._write(record, padded(event), _FIRST, pending, self._begun(document or record.article_id, event))
            else:
                self._write(record, padded(event), _following(first.revision - 1, event), pending)
        except _Refused as error:
            self._explain_refusal(record.article_id, event, error)

    def replace(self, stored: Stored, record: Record, pending: Record | None = None) -> None:
        """See ``SummaryStore``."""
        try:
            self._write(record, stored.sequencer, _unchanged_since(stored), pending)
        except _Refused as error:
            raise RevisionConflict(f"{record.article_id} was changed meanwhile.") from error

    def _begun(self, document: ArticleId, sequencer: str) -> Item:
        """The condition that no later event of ``document`` was begun, as one more item of a transaction."""
        return {
            "ConditionCheck": {
                "TableName": self._table,
                "Key": _key(document, PARTS),
                "ConditionExpression": _NOT_BEGUN_LATER,
                "ExpressionAttributeValues": {":sequencer": {"S": padded(sequencer)}},
            }
        }

    def _write(
        self,
        record: Record,
        answered: str,
        condition: Item,
        before: Record | None = None,
        also: Item | None = None,
    ) -> None:
        """Make ``record`` current under ``condition``, with ``before`` in the history; raises ``_Refused``.

        ``also`` is a condition on another item.
        """
        current = _item(record, CURRENT, answered) | _index_keys(record)
        puts = [{"Item": current, **condition}]
        puts += [{"Item": _item(before, _revision(before.revision), answered)}] if before else []
        puts += [{"Item": _item(record, _revision(record.revision), answered) | _announced(record)}]
        writes: Any = [{"Put": {"TableName": self._table, **put}} for put in puts] + ([also] if also else [])
        try:
            self._dynamodb.transact_write_items(TransactItems=writes)
        except ClientError as error:
            if also and _refused_by_condition(error, len(writes) - 1):
                raise NewerVersionStored(f"A later event of {record.article_id} is being answered.") from error
            if _refused_by_condition(error):
                raise _Refused from error
            raise StoreUnavailable(f"DynamoDB did not store {record.article_id}: {error}") from error
        except BotoCoreError as error:
            raise StoreUnavailable(f"DynamoDB could not be reached for {record.article_id}: {error}") from error

    def answer(self, article_id: ArticleId, revision: int, sequencer: str) -> None:
        """See ``SummaryStore``."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=_key(article_id, CURRENT),
                UpdateExpression="SET answered = :sequencer",
                **_following(revision, sequencer),
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise StoreUnavailable(f"DynamoDB did not update {article_id}: {error}") from error
            self._explain_refusal(article_id, sequencer, error)
        except BotoCoreError as error:
            raise StoreUnavailable(f"DynamoDB could not be reached for {article_id}: {error}") from error

    def parts(self, article_id: ArticleId) -> frozenset[str]:
        """See ``SummaryStore``; a set in an item of its own."""
        return _parts(self._get(article_id, PARTS) or {})

    def add_parts(self, article_id: ArticleId, parts: Collection[str]) -> None:
        """See ``SummaryStore``; DynamoDB adds to a set whatever else is written to it at the same time."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=_key(article_id, PARTS),
                UpdateExpression="ADD parts :parts",
                ExpressionAttributeValues={":parts": {"SS": sorted(parts)}},
            )
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"DynamoDB did not update {article_id}: {error}") from error

    def degraded(self, due: datetime, limit: int) -> Sequence[Record]:
        """See ``SummaryStore``."""
        shards = [self._due(shard, rfc3339(due), limit) for shard in range(SHARDS)]
        try:
            merged = heapq.merge(*shards, key=lambda item: item["degraded_due"]["S"])
            return [_record(item) for item in islice(merged, limit)]
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"DynamoDB did not list degraded summaries: {error}") from error

    def defer_upgrade(self, record: Record, until: datetime) -> None:
        """See ``SummaryStore``."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=_key(record.article_id, CURRENT),
                UpdateExpression="SET degraded_due = :until",
                ConditionExpression="revision = :revision AND attribute_exists(degraded_shard)",
                ExpressionAttributeValues={
                    ":until": {"S": rfc3339(until)},
                    ":revision": {"N": str(record.revision)},
                },
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise StoreUnavailable(f"DynamoDB did not update {record.article_id}: {error}") from error
        except BotoCoreError as error:
            raise StoreUnavailable(f"DynamoDB could not be reached for {record.article_id}: {error}") from error

    def list_by_updated(
        self, status: Status | None, since: datetime | None, after: str | None, limit: int
    ) -> Sequence[Record]:
        """See ``SummaryStore``."""
        shards = [self._shard(status, shard, since, after, limit) for shard in range(SHARDS)]
        try:
            merged = heapq.merge(*shards, key=lambda record: record.position, reverse=True)
            return list(islice(merged, limit))
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"DynamoDB did not list summaries: {error}") from error

    def history(self, article_id: ArticleId, before: int | None, limit: int) -> Sequence[Record]:
        """See ``SummaryStore``."""
        last = _revision((before or MAX_REVISION + 1) - 1)
        try:
            pages = self._dynamodb.get_paginator("query").paginate(
                TableName=self._table,
                KeyConditionExpression="article_id = :article AND #item BETWEEN :first AND :last",
                ExpressionAttributeNames={"#item": "item"},
                ExpressionAttributeValues={
                    ":article": {"S": article_id},
                    ":first": {"S": _revision(0)},
                    ":last": {"S": last},
                },
                ScanIndexForward=False,
                PaginationConfig={"PageSize": limit, "MaxItems": limit},
            )
            return [_record(item) for page in pages for item in page["Items"]]
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"DynamoDB did not list the revisions of {article_id}: {error}") from error

    def _get(self, article_id: ArticleId, item: str) -> Item | None:
        try:
            found = self._dynamodb.get_item(TableName=self._table, Key=_key(article_id, item), ConsistentRead=True)
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"DynamoDB did not give {article_id}: {error}") from error
        return found.get("Item")

    def _shard(
        self, status: Status | None, shard: int, since: datetime | None, after: str | None, limit: int
    ) -> Iterator[Record]:
        index, name = ("by_status", "status_shard") if status else ("by_update", "update_shard")
        first, last = rfc3339(since) if since else _EARLIEST, after or _LATEST
        if last < first:
            # DynamoDB takes no such range.
            return iter(())
        values = {
            ":shard": {"S": _shard_key(status, shard)},
            ":since": {"S": first},
            ":after": {"S": last},
        }
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            IndexName=index,
            # DynamoDB takes one condition on a sort key, and BETWEEN includes both ends.
            KeyConditionExpression=f"{name} = :shard AND updated_key BETWEEN :since AND :after",
            ExpressionAttributeValues=values,
            ScanIndexForward=False,
            PaginationConfig={"PageSize": limit},
        )
        items = (item for page in pages for item in page["Items"])
        return (_record(item) for item in items if item["updated_key"]["S"] != after)

    def _due(self, shard: int, due: str, limit: int) -> Iterator[Item]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="by_degraded",
            KeyConditionExpression="degraded_shard = :shard AND degraded_due <= :due",
            ExpressionAttributeValues={":shard": {"S": str(shard)}, ":due": {"S": due}},
            PaginationConfig={"PageSize": limit},
        )
        return (item for page in pages for item in page["Items"])

    def _explain_refusal(self, article_id: ArticleId, sequencer: str, error: Exception) -> None:
        stored = self.current(article_id)
        if stored and stored.sequencer >= padded(sequencer):
            raise NewerVersionStored(f"{article_id} has a newer version already.") from error
        raise RevisionConflict(f"{article_id} got another revision meanwhile.") from error


class _Refused(Exception):
    """The condition of a write does not hold."""


_EARLIEST, _LATEST = "0", "9999-12-31T23:59:59.999Z$"
"""Before and behind every position."""

_NOT_BEGUN_LATER = "attribute_not_exists(begun) OR begun <= :sequencer"

_FIRST: Item = {"ConditionExpression": "attribute_not_exists(article_id)"}


def _following(revision: int, sequencer: str) -> Item:
    """The condition that ``revision`` is current and no event as late as ``sequencer`` has been answered."""
    return {
        "ConditionExpression": "revision = :revision AND answered < :sequencer",
        "ExpressionAttributeValues": {":revision": {"N": str(revision)}, ":sequencer": {"S": padded(sequencer)}},
    }


def _unchanged_since(stored: Stored) -> Item:
    return {
        "ConditionExpression": "revision = :revision AND answered = :sequencer",
        "ExpressionAttributeValues": {
            ":revision": {"N": str(stored.record.revision)},
            ":sequencer": {"S": stored.sequencer},
        },
    }


def _item(record: Record, item: str, answered: str) -> Item:
    attributes = record.model_dump(mode="json") | {
        "item": item,
        "fingerprint": record.fingerprint,
        "story": record.story,
        "kept": record.kept,
        "answered": answered,
    }
    return {name: _serialize(value) for name, value in attributes.items()}


def _announced(record: Record) -> Item:
    """What tells the change events (``template.yaml``) of a revision that became current.

    It stands in the item of the revision, which is written once, and so is its event.
    """
    return {"announced_as": {"S": change_event_type(record).value}}


def _index_keys(record: Record) -> Item:
    shard = zlib.crc32(record.article_id.encode()) % SHARDS
    keys = {
        "update_shard": _shard_key(None, shard),
        "status_shard": _shard_key(record.status, shard),
        "updated_key": record.position,
    }
    if record.is_upgradable:
        keys |= {"degraded_shard": str(shard), "degraded_due": rfc3339(record.upgrade_due)}
    return {name: {"S": value} for name, value in keys.items()}


def _shard_key(status: Status | None, shard: int) -> str:
    return f"{status}#{shard}" if status else str(shard)


_NOT_OF_THE_RECORD = {
    "item",
    "answered",
    "announced_as",
    "update_shard",
    "status_shard",
    "updated_key",
    "degraded_shard",
    "degraded_due",
}


def _record(item: Item) -> Record:
    attributes = {name: _deserialize(value) for name, value in item.items() if name not in _NOT_OF_THE_RECORD}
    return Record.model_validate(attributes)


def _key(article_id: ArticleId, item: str) -> Item:
    return {"article_id": {"S": article_id}, "item": {"S": item}}


def _revision(number: int) -> str:
    # As wide as ten digits, so that revisions sort as text.
    return f"REVISION#{number:010d}"


def _refused_by_condition(error: ClientError, number: int | None = None) -> bool:
    """Whether a condition of a transaction does not hold, or that of its item ``number``."""
    reasons = error.response.get("CancellationReasons", [])
    asked = reasons if number is None else reasons[number : number + 1]
    return any(reason.get("Code") == "ConditionalCheckFailed" for reason in asked)


def _parts(item: Item) -> frozenset[str]:
    return frozenset(item["parts"]["SS"]) if "parts" in item else frozenset()
