"""Answers to requests, in a DynamoDB table: Powertools' idempotency, on the key that the caller chose.

What was asked is kept beside it, as a hash. A request is marked as in progress until the time of its invocation is up,
so that a crash holds its key up no longer than that.
"""

from collections.abc import Callable
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

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

from standfirst.domain.errors import IdempotencyKeyReused, RequestInProgress, StoreUnavailable
from standfirst.domain.ports import TimeLeft

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

KEPT_SECONDS = 24 * 60 * 60
"""As long as a caller may repeat a request and get the answer there was."""

# Whoever asks is waiting: there is less patience here than where a queue tries again.
_CONFIG = Config(retries={"mode": "standard", "total_max_attempts": 3}, connect_timeout=2, read_timeout=3)
_PREFIX = "request"


class DynamoDbIdempotencyStore:
    """``IdempotencyStore`` over one table. One serves all threads of a process."""

    def __init__(self, table: str) -> None:
        """Make the client; nothing is sent yet."""
        self._layer = _OneRequest(table, boto3_client=boto3.client("dynamodb", config=_CONFIG))
        self._layer.configure(_config(lambda: 0.0), function_name="", key_prefix=_PREFIX)

    def once(self, key: str, request: str, answer: Callable[[], str], time_left: TimeLeft) -> str:
        """See ``IdempotencyStore``."""

        def answered(*, asked: dict[str, str]) -> str:
            del asked
            return answer()

        guarded = idempotent_function(
            answered,
            data_keyword_argument="asked",
            persistence_store=copy(self._layer),
            config=_config(time_left),
            key_prefix=_PREFIX,
        )
        try:
            # Powertools finds nothing where the answer it kept is empty.
            return cast("str | None", guarded(asked={"key": key, "request": request})) or ""
        except IdempotencyValidationError:
            raise IdempotencyKeyReused(
                "This idempotency key came with another request before; choose a new one for every request."
            ) from None
        except (IdempotencyAlreadyInProgressError, IdempotencyInconsistentStateError):
            raise RequestInProgress(
                "A request with this idempotency key is being answered; ask again in a moment."
            ) from None
        except IdempotencyPersistenceLayerError as error:
            raise StoreUnavailable(f"DynamoDB did not note that the request is being answered: {error}") from error


@dataclass(frozen=True, slots=True)
class _Deadline:
    """As much of Lambda's context as the idempotency looks at."""

    time_left: TimeLeft

    def get_remaining_time_in_millis(self) -> int:
        return int(self.time_left() * 1000)


def _config(time_left: TimeLeft) -> IdempotencyConfig:
    return IdempotencyConfig(
        # A list, because an empty key is one too; by itself Powertools would take it for none, and keep nothing.
        event_key_jmespath="[key]",
        payload_validation_jmespath="request",
        expires_after_seconds=KEPT_SECONDS,
        hash_function="sha256",
        lambda_context=cast("LambdaContext", _Deadline(time_left)),
    )


class _OneRequest(DynamoDBPersistenceLayer):
    """Powertools' own, for one request: once there is an answer, or an error, that is what the caller gets.

    What cannot be kept or forgotten then stays as it is until the mark's time is up. Only our own mark is taken away:
    the key may be another's by now, who came when our time was over.
    """

    _our_time: int | None = None

    def _put_record(self, data_record: DataRecord) -> None:
        super()._put_record(data_record)
        self._our_time = data_record.in_progress_expiry_timestamp

    def _update_record(self, data_record: DataRecord) -> None:
        with suppress(ClientError, BotoCoreError):
            super()._update_record(data_record)

    def _delete_record(self, data_record: DataRecord) -> None:
        with suppress(ClientError, BotoCoreError):
            self.client.delete_item(
                TableName=self.table_name,
                Key={self.key_attr: {"S": data_record.idempotency_key}},
                ConditionExpression="#status = :in_progress AND #until = :ours",
                ExpressionAttributeNames={"#status": self.status_attr, "#until": self.in_progress_expiry_attr},
                ExpressionAttributeValues={":in_progress": {"S": "INPROGRESS"}, ":ours": {"N": str(self._our_time)}},
            )
