"""Timeouts (seconds) and retries of all boto3 clients; attempts include the first one."""

from botocore.config import Config


def _config(connect: float, read: float, attempts: int = 3) -> Config:
    retries = {"mode": "standard", "total_max_attempts": attempts}
    return Config(connect_timeout=connect, read_timeout=read, retries=retries)  # type: ignore[arg-type]


DEFAULT = _config(connect=3, read=10)

IDEMPOTENCY = _config(connect=2, read=3)
"""Short: an API caller waits."""

API_KEY = _config(connect=3, read=5)

CIRCUIT_BREAKER = _config(connect=1, read=2, attempts=2)
"""Short: read before each model call, which goes ahead if the table cannot be read."""
