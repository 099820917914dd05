"""Timeouts (seconds) and retries of all boto3 clients, attempts include the first one; and what no retry mends."""

from botocore.config import Config
from botocore.exceptions import ClientError


def _config(connect: float, read: float, attempts: int = 3) -> Config:
    retries = {"mode": "standard", "total_max_attempts": attempts}
    return Config(
        connect_timeout=connect,
        read_timeout=read,
        retries=retries,  # type: ignore[arg-type]
        # Ten records, each with two calls at once: a connection more than there is room for is closed after its call.
        max_pool_connections=20,
    )


_UNCHECKED = Config(parameter_validation=False)
"""For DynamoDB alone: to check each value of each item, whenever it is written, takes as long as to sign and send it.

The tests hold requests to what DynamoDB takes. It refuses an empty key, where S3 would take a request for the bucket.
"""

DEFAULT = _config(connect=3, read=10)

DYNAMODB = DEFAULT.merge(_UNCHECKED)

IDEMPOTENCY = _config(connect=2, read=3).merge(_UNCHECKED)
"""Short: an API caller waits."""

API_KEY = _config(connect=3, read=5)

CIRCUIT_BREAKER = _config(connect=1, read=2, attempts=2).merge(_UNCHECKED)
"""Short: read before each model call, which goes ahead if the table cannot be read."""

REFUSALS = frozenset(
    {
        "ValidationException",
        "ItemCollectionSizeLimitExceededException",
        "SerializationException",
        # The reasons of a cancelled transaction (DynamoDB API reference, ``TransactWriteItems``).
        "ValidationError",
        "ItemCollectionSizeLimitExceeded",
    }
)
"""An item over 400 KB is one of these, as are a key over 2 KB and an item collection over 10 GB."""


def is_refusal(error: ClientError) -> bool:
    """Returns whether DynamoDB would refuse the same request again."""
    reasons = (reason.get("Code") for reason in error.response.get("CancellationReasons", []))
    return not REFUSALS.isdisjoint((error.response["Error"]["Code"], *reasons))
