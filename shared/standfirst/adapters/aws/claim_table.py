"""Claims in a DynamoDB table: one item per article, which DynamoDB deletes some time after the claim has ended."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any, NoReturn

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import ArticleClaimed, StoreUnavailable
from standfirst.domain.queue import Claim
from standfirst.domain.schema import rfc3339

Item = dict[str, Any]
"""An item in DynamoDB JSON, each value with its type."""

BATCH = 100
"""Most items that BatchGetItem returns (DynamoDB API reference)."""

PAUSES = (0.05, 0.1, 0.2)
"""Seconds before each further request for the items that BatchGetItem left out."""


class DynamoDbClaimTable:
    """``ClaimStore`` over one table, whose keys are in ``template.yaml``."""

    def __init__(self, table: str) -> None:
        """Makes the client; nothing is sent yet."""
        self._table = table
        self._dynamodb = boto3.client("dynamodb", config=client_config.DYNAMODB)

    def claim(self, article_id: ArticleId, claim: Claim, now: datetime) -> None:
        """See ``ClaimStore``; a conditional write."""
        with _available():
            try:
                self._dynamodb.put_item(
                    TableName=self._table,
                    Item=_item(article_id, claim),
                    ConditionExpression="attribute_not_exists(id) OR claimed_by = :by OR claimed_until <= :now",
                    ExpressionAttributeValues={":by": {"S": claim.by}, ":now": {"S": rfc3339(now)}},
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
            except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
                _refuse(error)

    def take_over(self, article_id: ArticleId, claim: Claim) -> None:
        """See ``ClaimStore``."""
        with _available():
            self._dynamodb.put_item(TableName=self._table, Item=_item(article_id, claim))

    def release(self, article_id: ArticleId, by: str) -> None:
        """See ``ClaimStore``; a conditional delete."""
        with _available():
            try:
                self._dynamodb.delete_item(
                    TableName=self._table,
                    Key=key_of(article_id),
                    ConditionExpression="claimed_by = :by",
                    ExpressionAttributeValues={":by": {"S": by}},
                )
            except self._dynamodb.exceptions.ConditionalCheckFailedException:
                return

    def live(self, article_ids: Collection[ArticleId], now: datetime) -> Mapping[ArticleId, Claim]:
        """See ``ClaimStore``; what DynamoDB has not deleted yet does not count."""
        names = {key_of(each)["id"]["S"]: each for each in article_ids}
        keys, found = iter(names.values()), {}
        while batch := list(islice(keys, BATCH)):
            for item in self._items([key_of(each) for each in batch]):
                claim = Claim(by=item["claimed_by"]["S"], until=datetime.fromisoformat(item["claimed_until"]["S"]))
                if claim.is_live(now):
                    found[names[item["id"]["S"]]] = claim
        return found

    def _items(self, keys: list[Item]) -> Iterator[Item]:
        """Yields the items of up to ``BATCH`` keys; DynamoDB may leave out some, to be asked for again."""
        for pause in (0.0, *PAUSES):
            time.sleep(pause)
            with _available():
                answer = self._dynamodb.batch_get_item(RequestItems={self._table: {"Keys": keys}})
            # A table of which nothing was read may not be in the answer.
            yield from answer["Responses"].get(self._table, ())
            if self._table not in answer["UnprocessedKeys"]:
                return
            keys = list(answer["UnprocessedKeys"][self._table]["Keys"])
        raise StoreUnavailable(f"DynamoDB left out {len(keys)} claims again and again.")


@contextmanager
def _available() -> Iterator[None]:
    """Translates boto3's errors to ``StoreUnavailable``."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StoreUnavailable(f"DynamoDB did not get or store a claim: {error}") from error


def _refuse(error: ClientError) -> NoReturn:
    stored: Item = error.response["Item"]  # type: ignore[typeddict-item]
    raise ArticleClaimed(stored["claimed_by"]["S"], stored["claimed_until"]["S"]) from error


def _item(article_id: ArticleId, claim: Claim) -> Item:
    return {
        **key_of(article_id),
        "claimed_by": {"S": claim.by},
        "claimed_until": {"S": rfc3339(claim.until)},
        "expiration": {"N": str(math.ceil(claim.until.timestamp()))},
    }


def key_of(article_id: ArticleId) -> Item:
    """Returns the key of the claim on an article; no other item of the table has one that begins so."""
    # A hash: an id may be as long as a partition key alone may be.
    return {"id": {"S": f"claim#{hashlib.sha256(article_id.encode()).hexdigest()}"}, "item": {"S": "claim"}}
