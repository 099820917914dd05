"""OpenAI's client, and its credentials."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from openai import OpenAI, OpenAIError
from openai.providers.bedrock import bedrock

from standfirst.adapters.openai.errors import translated

OPENAI_URL = "https://api.openai.com/v1"


class ApiKey(Protocol):
    """An API key that may be rotated while the process runs."""

    def __call__(self) -> str:
        """Returns the key, from a cache if it is there; raises ``ModelUnusable`` or ``ModelUnavailable``."""
        ...

    def renew(self) -> bool:
        """Reads the key again from its store; returns whether there is a store."""
        ...


@dataclass(frozen=True, slots=True)
class Connection:
    """A client, and ``renew_key``, which reads a rejected key again and returns whether there is a store to read."""

    client: OpenAI
    renew_key: Callable[[], bool]


def to_openai(key: ApiKey, base_url: str | None = None) -> Connection:
    """Returns a connection to OpenAI, or to the server at ``base_url``. Sends nothing."""
    return Connection(OpenAI(api_key=key, base_url=base_url or OPENAI_URL, max_retries=0), key.renew)


def to_bedrock(base_url: str | None = None) -> Connection:
    """Returns a connection to Bedrock in the process's region, signed with its AWS credentials. Sends nothing.

    Raises ``ModelUnusable`` if there is no region.
    """
    try:
        # Without this, a key in the environment would take precedence over the role.
        client = OpenAI(provider=bedrock(base_url=base_url, api_key=None), max_retries=0)
    except OpenAIError as exc:
        raise translated(exc) from exc
    return Connection(client, _has_no_key)


def _has_no_key() -> bool:
    return False
