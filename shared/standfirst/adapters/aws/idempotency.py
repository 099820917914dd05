"""Powertools' idempotency over one DynamoDB table, for generations and for API requests; and the claims of batches.

A call is marked as in progress until its deadline, so that after a crash others wait no longer than that. Keys and
requests are stored as hashes.
"""

import hashlib
import json
import time
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import boto3
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyInconsistentStateError,
    IdempotencyItemAlreadyExistsError,
    IdempotencyPersistenceLayerError,
    IdempotencyValidationError,
)
from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import DataRecord
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.deadline import Deadline
from standfirst.domain.errors import (
    GenerationInProgress,
    IdempotencyKeyReused,
    RequestInProgress,
    StandfirstError,
    StoreUnavailable,
)

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext
    from mypy_boto3_dynamodb import DynamoDBClient

KEEP_GENERATIONS_SECONDS = 14 * 24 * 60 * 60
"""As long as a message stays in the dead-letter queue: a redrive finds what was paid for."""

KEEP_ANSWERS_SECONDS = 24 * 60 * 60
"""How long a caller that repeats a request gets the same answer."""

GENERATION = "generation"
"""What the keys of generations begin with; those of requests begin with ``request``."""

CONTENT_INDEX = "by_content"
"""The index of generations by the content that they are about."""

SAVE_WAITS = (0.2, 0.5, 1.0)
"""Seconds between the attempts to save a generation, each with boto3's own retries; they fit into
``AFTER_MODEL_SECONDS``."""


LONGEST_PLAIN = 100_000
"""Bytes of a result that is stored as it is, so that other releases can read it; a usual one has three thousand."""

PACKED = "zlib:"
"""What a packed result begins with; others are JSON objects or lists."""


_CLAIMED = "The text is in a batch of requests to the model, whose answer is awaited."


class DynamoDbGenerationCache:
    """``GenerationCache`` over one table. One serves all threads of a process.

    A claim is an item in progress like that of a call, so that Powertools holds off everybody else; its attribute
    ``batch`` has the claim.
    """

    def __init__(self, table: str, sleep: Callable[[float], None] = time.sleep) -> None:
        """Makes the client; nothing is sent yet."""
        self._layer = _Layer(table, client_config.DYNAMODB, SAVE_WAITS, sleep)
        self._config = IdempotencyConfig("key", expires_after_seconds=KEEP_GENERATIONS_SECONDS, hash_function="sha256")

    def once(
        self,
        fingerprint: str,
        generate: Callable[[], str],
        deadline: Deadline,
        content: str,
        claim: str | None = None,
    ) -> str:
        """See ``GenerationCache``."""
        layer = copy(self._layer)
        layer.client = cast("DynamoDBClient", tagging := _Tagging(layer.client, content, claim))
        with _translated(GenerationInProgress("Another delivery is writing about the same text.")):
            try:
                return _once(GENERATION, generate, layer, self._config, deadline)(asked={"key": fingerprint}) or ""
            except IdempotencyAlreadyInProgressError:
                if tagging.claimed_for is None:
                    raise
                raise GenerationInProgress(_CLAIMED, retry_after=tagging.claimed_for) from None

    def claim(self, fingerprint: str, content: str, claim: str, until: datetime) -> bool:
        """See ``GenerationCache``.

        The item stays after the claim has ended: so an answer that comes late is told from one about erased content.
        """
        layer = copy(self._layer)
        layer.client = cast("DynamoDBClient", _Tagging(layer.client, content, claim, is_for_batch=True))
        milliseconds = int(until.timestamp() * 1000)
        expiration = milliseconds // 1000 + KEEP_GENERATIONS_SECONDS
        with _stored("claim a text"):
            try:
                layer.put_in_progress(_key(fingerprint), expiration, milliseconds)
            except IdempotencyItemAlreadyExistsError:
                return False
        return True

    def release(self, fingerprint: str, claim: str) -> None:
        """See ``GenerationCache``."""
        with _stored("release a text"), suppress(self._layer.client.exceptions.ConditionalCheckFailedException):
            self._layer.client.delete_item(
                TableName=self._layer.table_name,
                Key={self._layer.key_attr: {"S": _key(fingerprint)}},
                ConditionExpression="#status = :in_progress AND #batch = :claim",
                ExpressionAttributeNames={"#status": self._layer.status_attr, "#batch": "batch"},
                ExpressionAttributeValues={":in_progress": {"S": "INPROGRESS"}, ":claim": {"S": claim}},
            )

    def store_answer(self, fingerprint: str, content: str, answer: str) -> bool:
        """See ``GenerationCache``."""
        layer = self._layer
        item = {
            layer.key_attr: {"S": _answer_key(fingerprint)},
            layer.data_attr: {"S": _packed(answer)},
            layer.expiry_attr: {"N": str(int(time.time()) + KEEP_GENERATIONS_SECONDS)},
            "content": {"S": content},
        }
        with _stored("store an answer"):
            try:
                layer.client.transact_write_items(
                    TransactItems=[
                        {
                            "ConditionCheck": {
                                "TableName": layer.table_name,
                                "Key": {layer.key_attr: {"S": _key(fingerprint)}},
                                "ConditionExpression": "attribute_exists(content)",
                            }
                        },
                        {"Put": {"TableName": layer.table_name, "Item": item}},
                    ]
                )
            except layer.client.exceptions.TransactionCanceledException as error:
                if error.response["CancellationReasons"][0].get("Code") == "ConditionalCheckFailed":
                    return False
                raise
        return True

    def answer(self, fingerprint: str) -> str | None:
        """See ``GenerationCache``."""
        layer = self._layer
        with _stored("find an answer"):
            found = layer.client.get_item(
                TableName=layer.table_name, Key={layer.key_attr: {"S": _answer_key(fingerprint)}}, ConsistentRead=True
            )
        return _unpacked(found["Item"][layer.data_attr]["S"]) if "Item" in found else None

    def forget(self, content: str) -> None:
        """See ``GenerationCache``; a call in progress does not store its text once its item is gone."""
        client, table = self._layer.client, self._layer.table_name
        with _stored("delete the generated texts"):
            pages = client.get_paginator("query").paginate(
                TableName=table,
                IndexName=CONTENT_INDEX,
                KeyConditionExpression="content = :content",
                ExpressionAttributeValues={":content": {"S": content}},
            )
            for item in (item for page in pages for item in page["Items"]):
                client.delete_item(TableName=table, Key={self._layer.key_attr: item[self._layer.key_attr]})


def _key(fingerprint: str) -> str:
    """Returns the key of a generation's item, as Powertools makes it."""
    return f"{GENERATION}#{hashlib.sha256(json.dumps(fingerprint).encode()).hexdigest()}"


def _answer_key(fingerprint: str) -> str:
    return f"answer#{fingerprint}"


@contextmanager
def _stored(what: str) -> Iterator[None]:
    """Translates boto3's exceptions; ``what`` is what DynamoDB was to do."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise StoreUnavailable(f"DynamoDB did not {what}: {error}") from error


class DynamoDbIdempotencyStore:
    """``IdempotencyStore`` over one table. One serves all threads of a process."""

    def __init__(self, table: str) -> None:
        """Makes the client; nothing is sent yet."""
        self._layer = _Layer(table, client_config.IDEMPOTENCY)
        # A list, because an empty key counts as well; Powertools would take it by itself for a missing one.
        key, request = "[key]", "request"
        self._config = IdempotencyConfig(
            key, request, expires_after_seconds=KEEP_ANSWERS_SECONDS, hash_function="sha256"
        )

    def once(self, key: str, request: str, answer: Callable[[], str], deadline: Deadline) -> str:
        """See ``IdempotencyStore``."""
        asked = {"key": key, "request": request}
        with _translated(
            RequestInProgress("A request with this idempotency key is being answered; ask again in a moment.")
        ):
            return _once("request", answer, self._layer, self._config, deadline)(asked=asked) or ""


def _once(
    prefix: str, work: Callable[[], str], layer: "_Layer", config: IdempotencyConfig, deadline: Deadline
) -> Callable[..., str | None]:
    """Returns ``work`` as a function that runs once for the keyword ``asked`` and is in progress until ``deadline``.

    That returns ``None`` for a stored empty text.
    """

    def run(*, asked: Mapping[str, str]) -> str:  # noqa: ARG001 - what Powertools hashes
        return _packed(work())

    # Copies, because the config holds the deadline of one call, and the layer its expiry.
    config = copy(config)
    config.register_lambda_context(cast("LambdaContext", _Invocation(deadline)))
    guarded: Callable[..., str | None] = idempotent_function(
        run, data_keyword_argument="asked", persistence_store=copy(layer), config=config, key_prefix=prefix
    )
    return lambda *, asked: _unpacked(guarded(asked=asked) or "")


def _packed(text: str) -> str:
    """Returns ``text``, packed if it is long: as JSON in JSON, a letter of another script takes six bytes or twelve."""
    if len(json.dumps(text)) <= LONGEST_PLAIN:
        return text
    return PACKED + b64encode(zlib.compress(text.encode(errors="surrogatepass"))).decode()


def _unpacked(text: str) -> str:
    if not text.startswith(PACKED):
        return text
    return zlib.decompress(b64decode(text.removeprefix(PACKED))).decode(errors="surrogatepass")


@contextmanager
def _translated(in_progress: StandfirstError) -> Iterator[None]:
    """Translates Powertools' exceptions."""
    try:
        yield
    except IdempotencyValidationError:
        raise IdempotencyKeyReused(
            "This idempotency key came with another request before; choose a new one for every request."
        ) from None
    except (IdempotencyAlreadyInProgressError, IdempotencyInconsistentStateError):
        raise in_progress from None
    except IdempotencyPersistenceLayerError as error:
        raise StoreUnavailable(f"DynamoDB did not store that the work is in progress: {error}") from error


@dataclass(frozen=True, slots=True)
class _Invocation:
    """The part of Lambda's context that Powertools' idempotency uses."""

    deadline: Deadline

    def get_remaining_time_in_millis(self) -> int:
        return int(self.deadline.seconds_left * 1000)


class _Tagging:
    """A client that writes the hash of the content into each item, and updates no item that was deleted meanwhile.

    It takes over an item with the claim ``claim``; with ``is_for_batch`` it claims the item. ``claimed_for`` is how
    many seconds the claim of somebody else has left that it came upon.
    """

    claimed_for: float | None = None

    def __init__(
        self, client: "DynamoDBClient", content: str, claim: str | None = None, *, is_for_batch: bool = False
    ) -> None:
        self._client = client
        self._content = content
        self._claim = claim
        self._is_for_batch = is_for_batch

    def put_item(self, **request: Any) -> Any:  # noqa: ANN401 - as boto3 has it
        item = {**request.pop("Item"), "content": {"S": self._content}}
        if self._claim is not None:
            request["ConditionExpression"] += " OR (#status = :inprogress AND #batch = :claim)"
            request["ExpressionAttributeNames"] |= {"#batch": "batch"}
            request["ExpressionAttributeValues"] |= {":claim": {"S": self._claim}}
            if self._is_for_batch:
                item["batch"] = {"S": self._claim}
        try:
            return self._client.put_item(Item=item, **request)
        except self._client.exceptions.ConditionalCheckFailedException as error:
            found = cast("Mapping[str, Any]", error.response.get("Item", {}))
            if "batch" in found:
                now = int(request["ExpressionAttributeValues"][":now_in_millis"]["N"])
                self.claimed_for = (int(found["in_progress_expiration"]["N"]) - now) / 1000
            raise

    def update_item(self, **request: Any) -> Any:  # noqa: ANN401
        return self._client.update_item(**request, ConditionExpression="attribute_exists(content)")

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._client, name)


class _Layer(DynamoDBPersistenceLayer):
    """Powertools' layer for one call, whose result the caller gets even if DynamoDB fails after the work is done.

    A text that cannot be saved, and an in-progress item that cannot be deleted, stay until the item expires. A call
    deletes its own item only: after its deadline another call may hold the key.

    The methods are those that Powertools has a persistence layer implement ("Bring your own persistent store").
    """

    _in_progress_until: int | None = None

    def __init__(
        self,
        table: str,
        config: Config,
        save_waits: Sequence[float] = (),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._save_waits = save_waits
        self._sleep = sleep
        super().__init__(table, boto3_client=boto3.client("dynamodb", config=config))

    def put_in_progress(self, key: str, expiration: int, until: int) -> None:
        """Stores that ``key`` is in progress ``until`` (milliseconds) in an item that stays until ``expiration``.

        Raises ``IdempotencyItemAlreadyExistsError`` if it is already, or is done.
        """
        self._put_record(DataRecord(key, "INPROGRESS", expiration, until))

    def _put_record(self, data_record: DataRecord) -> None:
        super()._put_record(data_record)
        self._in_progress_until = data_record.in_progress_expiry_timestamp

    def _update_record(self, data_record: DataRecord) -> None:
        for wait in self._save_waits:
            try:
                super()._update_record(data_record)
            except (ClientError, BotoCoreError) as error:
                if isinstance(error, ClientError) and (client_config.is_refusal(error) or _is_deleted(error)):
                    return
                self._sleep(wait)
            else:
                return
        with suppress(ClientError, BotoCoreError):
            super()._update_record(data_record)

    def _delete_record(self, data_record: DataRecord) -> None:
        with suppress(ClientError, BotoCoreError):
            self.client.delete_item(
                TableName=self.table_name,
                Key={self.key_attr: {"S": data_record.idempotency_key}},
                ConditionExpression="#status = :in_progress AND #until = :until",
                ExpressionAttributeNames={"#status": self.status_attr, "#until": self.in_progress_expiry_attr},
                ExpressionAttributeValues={
                    ":in_progress": {"S": "INPROGRESS"},
                    ":until": {"N": str(self._in_progress_until)},
                },
            )


def _is_deleted(error: ClientError) -> bool:
    """Returns whether the item is gone: what it is about was erased."""
    return error.response["Error"]["Code"] == "ConditionalCheckFailedException"
