"""Tells answers to readers that took too long."""

from collections.abc import Mapping
from typing import Any

SLOW_SECONDS = 0.3
"""The objective for a GET (docs/operations.md, "The three objectives")."""


def is_slow_get(event: Mapping[str, Any], now: float) -> bool | None:
    """Returns whether the request was answered too late, ``None`` unless it is a GET.

    ``now`` is the time in seconds. It counts from when API Gateway took the request: with the start of the function, if
    it had to be started.
    """
    context = event["requestContext"]
    if context["http"]["method"] != "GET":
        return None
    return bool(now - context["timeEpoch"] / 1000 > SLOW_SECONDS)
