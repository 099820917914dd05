"""What was paid for, in a DynamoDB table: Powertools' idempotency, keyed on what a text is made from.

A call is marked as in progress until the time of its invocation is up, so that a crash holds an article up no longer
than that.
"""

import time
from collections.abc import Callable
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
)
from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import DataRecord
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.domain.errors import GenerationInProgress, StoreUnavailable
from standfirst.domain.ports import TimeLeft

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

KEPT_SECONDS = 14 * 24 * 60 * 60
"""As long as a message may lie in the dead-letter queue: a redrive finds what was paid for."""

PATIENCE_SECONDS = (0.2, 0.5, 1)
"""Waits between the tries to keep what was paid for, each of which boto3 repeats by itself; the summarizer's reserve of
time has room for them."""

_CONFIG = Config(retries={"mode": "standard", "total_max_attempts": 3}, connect_timeout=3, read_timeout=10)
_PREFIX = "generation"


class DynamoDbGenerationCache:
    """``GenerationCache`` over one table. One serves all threads of a process."""

    def __init__(self, table: str, sleep: Callable[[float], None] = time.sleep) -> None:
        """Make the client; nothing is sent yet."""
        self._layer = _PatientLayer(table, sleep)
        # Powertools does this at the first call, and threads could find it half done.
        self._layer.configure(_config(lambda: 0.0), function_name="", key_prefix=_PREFIX)

    def once(self, fingerprint: str, generate: Callable[[], str], time_left: TimeLeft) -> str:
        """See ``GenerationCache``."""
        work = _Work(generate)

        def generation(*, fingerprint: str) -> str:
            del fingerprint
            return work.do()

        guarded = idempotent_function(
            generation,
            data_keyword_argument="fingerprint",
            persistence_store=self._layer,
            config=_config(time_left),
            key_prefix=_PREFIX,
        )
        try:
            return cast("str", guarded(fingerprint=fingerprint))
        except (IdempotencyAlreadyInProgressError, IdempotencyInconsistentStateError):
            raise GenerationInProgress("Another delivery is writing about the same text.") from None
        except IdempotencyPersistenceLayerError as error:
            if work.failure:
                raise work.failure from None
            if work.result is not None:
                # It could not be kept, but it is paid for: it is served, and then the record answers for it.
                return work.result
            raise StoreUnavailable(f"DynamoDB did not note that the model is asked: {error}") from error


@dataclass
class _Work:
    """``generate``, and what came of it, whatever became of the log."""

    generate: Callable[[], str]
    result: str | None = None
    failure: Exception | None = None

    def do(self) -> str:
        try:
            self.result = self.generate()
        except Exception as error:
            self.failure = error
            raise
        return self.result


@dataclass(frozen=True, slots=True)
class _Deadline:
    """As much of Lambda's context as the idempotency looks at."""

    time_left: TimeLeft

    def get_remaining_time_in_millis(self) -> int:
        # Not 0, which would count as unknown, and lock the article for good.
        return max(1, int(self.time_left() * 1000))


def _config(time_left: TimeLeft) -> IdempotencyConfig:
    return IdempotencyConfig(
        expires_after_seconds=KEPT_SECONDS,
        hash_function="sha256",
        lambda_context=cast("LambdaContext", _Deadline(time_left)),
    )


class _PatientLayer(DynamoDBPersistenceLayer):
    """Powertools' own, but it does not give up at once what was paid for."""

    def __init__(self, table: str, sleep: Callable[[float], None]) -> None:
        self._sleep = sleep
        super().__init__(table, boto3_client=boto3.client("dynamodb", config=_CONFIG))

    def _update_record(self, data_record: DataRecord) -> None:
        for wait in PATIENCE_SECONDS:
            try:
                super()._update_record(data_record)
            except (ClientError, BotoCoreError):
                self._sleep(wait)
            else:
                return
        super()._update_record(data_record)
