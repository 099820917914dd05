"""Powertools' idempotency over one DynamoDB table, for generations and for API requests.

A call is marked as in progress until its deadline, so that after a crash others wait no longer than that. Keys and
requests are stored as hashes.
"""

import json
import time
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass
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

CONTENT_INDEX = "by_content"
"""The index of generations by the content that they are about."""

SAVE_WAITS = (0.2, 0.5, 1.0)
"""Seconds between the attempts to save a generation, each with boto3's own retries; they fit into
``AFTER_MODEL_SECONDS``."""


LONGEST_PLAIN = 100_000
"""Bytes of a result that is stored as it is, so that other releases can read it; a usual one has three thousand."""

PACKED = "zlib:"
"""What a packed result begins with; others are JSON objects or lists."""


class DynamoDbGenerationCache:
    """``GenerationCache`` over one table. One serves all threads of a process."""

    def __init__(self, table: str, sleep: Callable[[float], None] = time.sleep) -> None:
        """Makes the client; nothing is sent yet."""
        self._layer = _Layer(table, client_config.DEFAULT, SAVE_WAITS, sleep)
        self._config = IdempotencyConfig("key", expires_after_seconds=KEEP_GENERATIONS_SECONDS, hash_function="sha256")

    def once(self, fingerprint: str, generate: Callable[[], str], deadline: Deadline, content: str) -> str:
        """See ``GenerationCache``."""
        layer = copy(self._layer)
        layer.client = cast("DynamoDBClient", _Tagging(layer.client, content))
        with _translated(GenerationInProgress("Another delivery is writing about the same text.")):
            return _once("generation", generate, layer, self._config, deadline)(asked={"key": fingerprint}) or ""

    def forget(self, content: str) -> None:
        """See ``GenerationCache``; a call in progress does not store its text once its item is gone."""
        client, table = self._layer.client, self._layer.table_name
        try:
            pages = client.get_paginator("query").paginate(
                TableName=table,
                IndexName=CONTENT_INDEX,
                KeyConditionExpression="content = :content",
                ExpressionAttributeValues={":content": {"S": content}},
            )
            for item in (item for page in pages for item in page["Items"]):
                client.delete_item(TableName=table, Key={self._layer.key_attr: item[self._layer.key_attr]})
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"DynamoDB did not delete the generated texts: {error}") from error


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
    """A client that writes the hash of the content into each item, and updates no item that was deleted meanwhile."""

    def __init__(self, client: "DynamoDBClient", content: str) -> None:
        self._client = client
        self._content = content

    def put_item(self, **request: Any) -> Any:  # noqa: ANN401 - as boto3 has it
        item = {**request.pop("Item"), "content": {"S": self._content}}
        return self._client.put_item(Item=item, **request)

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
