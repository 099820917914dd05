"""Records in a DynamoDB table.

Each article has one item ``CURRENT`` and one item per revision. Each document has an item ``PARTS`` with the last event
that was claimed and, for a package, the articles that it ever held; an item ``REQUEST#…`` has the caller of an API
request. The partition key is the article's id. Only ``CURRENT`` items have the attributes of the list indexes, whose
partition keys are sharded over ``SHARDS`` values: a list is read from each shard and merged. The third index holds only
the upgradable records, the fourth only those that ask for an editor, with what the queue shows of them. A partition
takes 1 000 writes a second (DynamoDB developer guide, "Burst and adaptive capacity"), so four of them suffice for far
more than a million articles a day.
"""

from __future__ import annotations

import heapq
import json
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, NoReturn, TypeVar

from boto3.dynamodb.types import TypeSerializer
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config
from standfirst.adapters.aws.summary_items import CURRENT, NOT_OF_THE_RECORD, Item, SummaryItems, key_of, members_of
from standfirst.domain.article import ArticleId, Upload
from standfirst.domain.change_event import change_event_type
from standfirst.domain.deadline import begun
from standfirst.domain.errors import NewerVersionStored, RevisionConflict, StoreRefused, StoreUnavailable
from standfirst.domain.ports import ClaimedEvent, Stored, Transition
from standfirst.domain.queue import QueueEntry, asks_for_editor, entry_from_stored, entry_of
from standfirst.domain.record import MAX_REVISION, Record, Status
from standfirst.domain.retention import is_expired, without_texts
from standfirst.domain.review_record import ReviewRecord
from standfirst.domain.schema import rfc3339
from standfirst.domain.sequencer import padded
from standfirst.domain.stored_record import from_stored, to_stored

Page = TypeVar("Page")

SHARDS = 4
PARTS = "PARTS"
REQUEST = "REQUEST#"

_serialize = TypeSerializer().serialize


class DynamoDbSummaryTable:
    """``SummaryStore`` over one table, whose keys and indexes are in ``template.yaml``."""

    def __init__(
        self,
        table: str | SummaryItems,
        put_of_review: Callable[[ReviewRecord], Item] | None = None,
        revisions_kept: int | None = None,
    ) -> None:
        """Makes the client, unless ``table`` has one; nothing is sent yet.

        ``revisions_kept`` is how many revisions before the newest keep their texts (``domain/retention.py``): all, if
        it is ``None``.
        ``put_of_review`` returns the ``Put`` that stores the record of a decision, in a table of its own; who stores no
        decisions needs none.
        """
        self._put_of_review = put_of_review
        self._revisions_kept = revisions_kept
        self._items = SummaryItems(table) if isinstance(table, str) else table
        self._table, self._dynamodb = self._items.table, self._items.dynamodb

    def current(self, article_id: ArticleId) -> Stored | None:
        """See ``SummaryStore``; a consistent read, because decisions depend on it."""
        item = self._get(article_id, CURRENT)
        return Stored(_record(item), item["answered"]["S"]) if item else None

    def revision(self, article_id: ArticleId, number: int) -> Record | None:
        """See ``SummaryStore``."""
        item = self._get(article_id, _revision(number))
        return _record(item) if item else None

    def claim_event(self, document: ArticleId, sequencer: str) -> ClaimedEvent:
        """See ``SummaryStore``; the last event claimed is in the item ``PARTS``."""
        try:
            with _available(document, "update"):
                found = self._dynamodb.update_item(
                    TableName=self._table,
                    Key=key_of(document, PARTS),
                    UpdateExpression="SET begun = :sequencer",
                    ConditionExpression=_NOT_CLAIMED_LATER,
                    ExpressionAttributeValues={":sequencer": {"S": padded(sequencer)}},
                    ReturnValues="ALL_OLD",
                )
        except _Refused as error:
            raise NewerVersionStored(f"A later event of {document} is being handled.") from error
        before = found.get("Attributes", {})
        return ClaimedEvent(_parts(before), is_first="begun" not in before)

    def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
        """See ``SummaryStore``; the items are written in one transaction."""
        if transition is None:
            if expected and event and expected.record.article.key == event.key:
                self._process(expected, event)
            return
        record = transition.record
        first = transition.pending or record
        if first.revision != (expected.record.revision if expected else 0) + 1:
            self._refuse(record.article_id, event)
        is_first = transition.is_first(expected, event)
        claimed = _is_claimed(record.article_id, event) if is_first else None
        after = padded("") if is_first or not expected else expected.sequencer
        sequencer = padded(event.sequencer) if event else after
        try:
            self._write(transition, sequencer, _is_stored(expected, event), claimed)
        except _Refused as error:
            self._refuse(record.article_id, event, error)
        if self._revisions_kept is not None and record.revision > self._revisions_kept + 1:
            # What fails is done with the next revision.
            with suppress(StoreUnavailable, StoreRefused):
                self._expire(record, self._revisions_kept)

    def _expire(self, current: Record, kept: int) -> None:
        """Takes the texts from the newest of the old revisions that are no longer kept, a few each time."""
        items = self._revisions(current.article_id, current.revision - kept, _EXPIRED_AT_ONCE)
        expired = ((item, record) for item in items if is_expired(record := _record(item), current, kept))
        for item, record in expired:
            about = {name: item[name] for name in NOT_OF_THE_RECORD if name in item}
            members = to_stored(without_texts(record, current.updated_at))
            # A takedown may have deleted it meanwhile.
            with suppress(_Refused), _available(current.article_id, "expire a revision of"):
                self._dynamodb.put_item(
                    TableName=self._table,
                    Item={name: _serialize(value) for name, value in members.items()} | about,
                    ConditionExpression="attribute_exists(article_id)",
                )

    def _process(self, expected: Stored, event: Upload) -> None:
        """Stores that ``expected`` accounts for ``event`` too."""
        try:
            with _available(event.article_id, "update"):
                self._dynamodb.update_item(
                    TableName=self._table,
                    Key=key_of(event.article_id, CURRENT),
                    UpdateExpression="SET answered = :sequencer",
                    **_is_stored(expected, event),
                )
        except _Refused as error:
            self._refuse(event.article_id, event, error)

    def _write(self, transition: Transition, sequencer: str, condition: Item, claimed: Item | None) -> None:
        """Writes ``transition`` under ``condition`` and, on another item, the condition ``claimed``."""
        record, pending = transition.record, transition.pending
        # In the item of the revision, which is written once: so its change event (``template.yaml``) is sent once.
        event_type = transition.is_announced and {
            "announced_as": {"S": change_event_type(record).value},
            "announced_kind": {"S": record.article.kind or ""},
            "announced_disclosure": {"S": record.ai_disclosure or ""},
        }
        stored = _attributes(record, sequencer)
        puts = [{"Item": stored | _item(CURRENT) | _index_attributes(record), **condition}]
        if pending:
            puts += [{"Item": _attributes(pending, sequencer) | _item(_revision(pending.revision))}]
        puts += [{"Item": stored | _item(_revision(record.revision)) | (event_type or {})}]
        writes: Any = [{"Put": {"TableName": self._table, **put}} for put in puts]
        if transition.review:
            if self._put_of_review is None:
                raise TypeError("Decisions are stored with their record only.")
            writes += [{"Put": self._put_of_review(transition.review)}]
        writes += [{"ConditionCheck": {"TableName": self._table, **claimed}}] if claimed else []
        with _available(record.article_id, "store"):
            try:
                self._dynamodb.transact_write_items(TransactItems=writes)
            except ClientError as error:
                reasons = [reason.get("Code") for reason in error.response.get("CancellationReasons", [])]
                if claimed and reasons[-1:] == [_CONDITION_FAILED]:
                    raise NewerVersionStored(f"A later event of {record.article_id} is being handled.") from error
                if _CONDITION_FAILED in reasons:
                    raise _Refused from error
                raise

    def _refuse(self, article_id: ArticleId, event: Upload | None, error: Exception | None = None) -> NoReturn:
        stored = self.current(article_id) if event else None
        if event and stored and stored.accounts_for(event):
            raise NewerVersionStored(f"{article_id} has a newer version already.") from error
        raise RevisionConflict(f"{article_id} was changed meanwhile.") from error

    def record_request(self, article_id: ArticleId, request_id: str, by: str) -> None:
        """See ``SummaryStore``."""
        with _available(article_id, "store"):
            item = {**key_of(article_id, REQUEST + request_id), "requested_by": {"S": by}}
            self._dynamodb.put_item(TableName=self._table, Item=item)

    def requested_by(self, article_id: ArticleId, request_id: str) -> str | None:
        """See ``SummaryStore``."""
        item = self._get(article_id, REQUEST + request_id)
        return str(item["requested_by"]["S"]) if item else None

    def parts(self, article_id: ArticleId) -> frozenset[str]:
        """See ``SummaryStore``."""
        return _parts(self._get(article_id, PARTS) or {})

    def add_parts(self, article_id: ArticleId, parts: Collection[str]) -> None:
        """See ``SummaryStore``; an atomic addition to a set."""
        with _available(article_id, "update"):
            self._dynamodb.update_item(
                TableName=self._table,
                Key=key_of(article_id, PARTS),
                UpdateExpression="ADD parts :parts",
                ExpressionAttributeValues={":parts": {"SS": sorted(parts)}},
            )

    def due_for_upgrade(self, due: datetime, limit: int) -> Sequence[Record]:
        """See ``SummaryStore``."""
        return self._all_due(_DEGRADED, due, limit)

    def due_for_reading(self, due: datetime, limit: int) -> Sequence[Record]:
        """See ``SummaryStore``."""
        return self._all_due(_UNREAD, due, limit)

    def _all_due(self, prefix: str, due: datetime, limit: int) -> Sequence[Record]:
        shards = [self._due(f"{prefix}{shard}", rfc3339(due), limit) for shard in range(SHARDS)]
        with _available("degraded summaries", "list"):
            merged = heapq.merge(*shards, key=lambda item: item["degraded_due"]["S"])
            return [_record(item) for item in islice(merged, limit)]

    def defer_upgrade(self, record: Record, until: datetime) -> None:
        """See ``SummaryStore``."""
        with suppress(_Refused), _available(record.article_id, "update"):
            self._dynamodb.update_item(
                TableName=self._table,
                Key=key_of(record.article_id, CURRENT),
                UpdateExpression="SET degraded_due = :until",
                ConditionExpression="revision = :revision AND attribute_exists(degraded_shard)",
                ExpressionAttributeValues={
                    ":until": {"S": rfc3339(until)},
                    ":revision": {"N": str(record.revision)},
                },
            )

    def list_by_updated(
        self, status: Status | None, since: datetime | None, after: str | None, limit: int
    ) -> Sequence[Record]:
        """See ``SummaryStore``."""
        index = ("by_status", "status_shard") if status else ("by_update", "update_shard")
        shards = [self._shard(*index, _shard_key(status, shard), since, after, limit) for shard in range(SHARDS)]
        with _available("summaries", "list"):
            return [_record(item) for item in islice(_latest_first(shards), limit)]

    def updated_since(self, since: datetime) -> Iterator[Record]:
        """Yields the current records that changed since then, the latest first; the index is read as it goes on."""
        shards = [
            self._shard("by_update", "update_shard", _shard_key(None, shard), since, None, None)
            for shard in range(SHARDS)
        ]
        with _available("summaries", "list"):
            yield from map(_record, _latest_first(shards))

    def list_queue(self, since: datetime | None, after: str | None, at_once: int | None) -> Iterator[QueueEntry]:
        """See ``SummaryStore``; only the index is read."""
        page = at_once and -(-at_once // SHARDS)
        shards = [self._shard("by_queue", "queue_shard", str(shard), since, after, page) for shard in range(SHARDS)]
        with _available("the queue", "list"):
            yield from map(_entry, _latest_first(shards))

    def queued_since(self) -> datetime | None:
        """See ``SummaryStore``; one item of each partition of the index is read."""
        with _available("the queue", "read"):
            pages = [self._oldest_queued(str(shard)) for shard in range(SHARDS)]
        return min((_entry(item).updated_at for page in pages for item in page), default=None)

    def _oldest_queued(self, shard: str) -> Sequence[Item]:
        found: Sequence[Item] = self._dynamodb.query(
            TableName=self._table,
            IndexName="by_queue",
            KeyConditionExpression="queue_shard = :shard",
            ExpressionAttributeValues={":shard": {"S": shard}},
            Limit=1,
        )["Items"]
        return found

    def history(self, article_id: ArticleId, before: int | None, limit: int) -> Sequence[Record]:
        """See ``SummaryStore``; a consistent read, because a takedown erases what it finds here."""
        return [_record(item) for item in self._revisions(article_id, before, limit)]

    def _revisions(self, article_id: ArticleId, before: int | None, limit: int) -> list[Item]:
        last = _revision(max((MAX_REVISION + 1 if before is None else before) - 1, 0))
        with _available(article_id, "list the revisions of"):
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
                ConsistentRead=True,
                PaginationConfig={"PageSize": limit, "MaxItems": limit},
            )
            return [item for page in pages for item in page["Items"]]

    def erase(self, article_id: ArticleId, before: int) -> None:
        """See ``SummaryStore``; nothing else writes these items any more, see ``apply``."""
        for first, last in ((_revision(0), _revision(before - 1)), (REQUEST, REQUEST + "~")):
            with _available(article_id, "erase"):
                pages = self._dynamodb.get_paginator("query").paginate(
                    TableName=self._table,
                    KeyConditionExpression="article_id = :article AND #item BETWEEN :first AND :last",
                    FilterExpression="attribute_not_exists(erased_at) OR attribute_type(erased_at, :null)",
                    ProjectionExpression="article_id, #item",
                    ExpressionAttributeNames={"#item": "item"},
                    ExpressionAttributeValues={
                        ":article": {"S": article_id},
                        ":first": {"S": first},
                        ":last": {"S": last},
                        ":null": {"S": "NULL"},
                    },
                    ConsistentRead=True,
                )
                for item in (item for page in pages for item in page["Items"]):
                    self._dynamodb.delete_item(TableName=self._table, Key=item)

    def _get(self, article_id: ArticleId, item: str) -> Item | None:
        with _available(article_id, "get"):
            return self._items.get(article_id, item)

    def _shard(  # noqa: PLR0913, PLR0917 - an index, a partition of it and a range of that
        self, index: str, name: str, shard: str, since: datetime | None, after: str | None, page_size: int | None
    ) -> Iterator[Item]:
        """Yields the items of a partition of an index by time, latest first."""
        first, last = rfc3339(since) if since else _EARLIEST, after or _LATEST
        if last < first:
            # DynamoDB refuses such a range.
            return iter(())
        pages = _begun(
            self._dynamodb.get_paginator("query").paginate(
                TableName=self._table,
                IndexName=index,
                # DynamoDB takes one condition on a sort key, and BETWEEN includes both ends.
                KeyConditionExpression=f"{name} = :shard AND updated_key BETWEEN :since AND :after",
                ExpressionAttributeValues={":shard": {"S": shard}, ":since": {"S": first}, ":after": {"S": last}},
                ScanIndexForward=False,
                PaginationConfig={"PageSize": page_size} if page_size else {},
            )
        )
        items = (item for page in pages for item in page["Items"])
        return (item for item in items if item["updated_key"]["S"] != after)

    def _due(self, shard: str, due: str, limit: int) -> Iterator[Item]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="by_degraded",
            KeyConditionExpression="degraded_shard = :shard AND degraded_due <= :due",
            ExpressionAttributeValues={":shard": {"S": shard}, ":due": {"S": due}},
            PaginationConfig={"PageSize": limit},
        )
        return (item for page in pages for item in page["Items"])


class _Refused(Exception):
    """The condition of a write does not hold."""


@contextmanager
def _available(what: str, to: str) -> Iterator[None]:
    """Translates boto3's errors.

    To ``_Refused`` for a condition that does not hold, ``StoreRefused`` for what no retry mends, else
    ``StoreUnavailable``.
    """
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] == _CONDITION_FAILED + "Exception":
            raise _Refused from error
        if client_config.is_refusal(error):
            raise StoreRefused(f"DynamoDB refuses to {to} {what}, and would again: {_said(error)}") from error
        raise StoreUnavailable(f"DynamoDB did not {to} {what}: {error}") from error
    except BotoCoreError as error:
        raise StoreUnavailable(f"DynamoDB could not be reached to {to} {what}: {error}") from error


def _said(error: ClientError) -> str:
    """Returns the error with the reasons of a cancelled transaction, which have the cause."""
    reasons = (reason.get("Message") for reason in error.response.get("CancellationReasons", []))
    return "; ".join((str(error), *filter(None, reasons)))


_CONDITION_FAILED = "ConditionalCheckFailed"

_EARLIEST, _LATEST = "0", "9999-12-31T23:59:59.999Z$"
"""Before and after every position."""

_EXPIRED_AT_ONCE = 10
"""Revisions that are looked at when one is stored: one or two are due, or more while there are old ones left."""

_NOT_CLAIMED_LATER = "attribute_not_exists(begun) OR begun <= :sequencer"


def _is_stored(expected: Stored | None, event: Upload | None) -> Item:
    """Returns the condition that ``expected`` is stored and accounts for neither ``event`` nor a later one."""
    if expected is None:
        return {"ConditionExpression": "attribute_not_exists(article_id)"}
    is_ordered = event is not None and expected.record.article.key == event.key
    sequencer = padded(event.sequencer) if event and is_ordered else expected.sequencer
    return {
        "ConditionExpression": f"revision = :revision AND answered {'<' if is_ordered else '='} :sequencer",
        "ExpressionAttributeValues": {
            ":revision": {"N": str(expected.record.revision)},
            ":sequencer": {"S": sequencer},
        },
    }


def _is_claimed(article_id: ArticleId, event: Upload | None) -> Item:
    """Returns, for the first revision of an object's article, the condition that no later event of it was claimed."""
    document = (event.document if event else None) or article_id
    return {
        "Key": key_of(document, PARTS),
        "ConditionExpression": _NOT_CLAIMED_LATER,
        "ExpressionAttributeValues": {":sequencer": {"S": padded(event.sequencer if event else "")}},
    }


def _attributes(record: Record, sequencer: str) -> Item:
    attributes = {**to_stored(record), "answered": sequencer}
    return {name: _serialize(value) for name, value in attributes.items()}


def _item(item: str) -> Item:
    return {"item": {"S": item}}


_DEGRADED, _UNREAD = "", "unread#"
"""What the shards of the third index begin with: of records to write about anew, and of those to read."""


def _index_attributes(record: Record) -> Item:
    """Returns the keys of the indexes that ``record`` is in, and what the queue's index holds beside its keys."""
    shard = zlib.crc32(record.article_id.encode()) % SHARDS
    keys = {
        "update_shard": _shard_key(None, shard),
        "status_shard": _shard_key(record.status, shard),
        "updated_key": record.position,
    }
    if record.is_upgradable:
        due = f"{_UNREAD if record.is_unread else _DEGRADED}{shard}"
        keys |= {"degraded_shard": due, "degraded_due": rfc3339(record.upgrade_due)}
    if asks_for_editor(record):
        keys |= {"queue_shard": str(shard), "queue": entry_of(record).to_stored()}
    return {name: {"S": value} for name, value in keys.items()}


def _begun(pages: Iterable[Page]) -> Iterator[Page]:
    """Yields pages; the first is asked for already, beside those of other partitions."""
    rest = iter(pages)
    first = begun(partial(next, rest, None))

    def each() -> Iterator[Page]:
        if page := first.result():
            yield page
            yield from rest

    return each()


def _latest_first(shards: Sequence[Iterator[Item]]) -> Iterator[Item]:
    return heapq.merge(*shards, key=lambda item: item["updated_key"]["S"], reverse=True)


def _entry(item: Item) -> QueueEntry:
    return entry_from_stored(item["article_id"]["S"], item["updated_key"]["S"], json.loads(item["queue"]["S"]))


def _shard_key(status: Status | None, shard: int) -> str:
    return f"{status}#{shard}" if status else str(shard)


def _record(item: Item) -> Record:
    return from_stored(members_of(item))


def _revision(number: int) -> str:
    # Padded to ten digits, so that revisions sort as text.
    return f"REVISION#{number:010d}"


def _parts(item: Item) -> frozenset[str]:
    return frozenset(item["parts"]["SS"]) if "parts" in item else frozenset()
