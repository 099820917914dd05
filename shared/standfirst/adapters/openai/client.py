"""The client, and how it proves who is asking."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from openai import OpenAI, OpenAIError
from openai.providers.bedrock import bedrock

from standfirst.adapters.openai.errors import translated

OPENAI_URL = "https://api.openai.com/v1"


class ApiKey(Protocol):
    """A key that may change while we run."""

    def __call__(self) -> str:
        """The key as it is known; raises ``ModelUnusable`` or ``ModelUnavailable``."""
        ...

    def renew(self) -> bool:
        """Look where the key is kept, whatever is remembered of it; whether there is such a place."""
        ...


@dataclass(frozen=True, slots=True)
class Connection:
    """A client, and what looks for its key again when that is not taken; answers whether there is a place to look."""

    client: OpenAI
    renew_key: Callable[[], bool]


def to_openai(key: ApiKey, base_url: str | None = None) -> Connection:
    """A connection to OpenAI, or to what stands at ``base_url``. Nothing is sent yet."""
    return Connection(OpenAI(api_key=key, base_url=base_url or OPENAI_URL, max_retries=0), key.renew)


def to_bedrock(base_url: str | None = None) -> Connection:
    """A connection to Bedrock in the region of the process, signed with its AWS credentials. Nothing is sent yet.

    Raises ``ModelUnusable`` when there is no region.
    """
    try:
        # No key: one in the environment would win over the role.
        client = OpenAI(provider=bedrock(base_url=base_url, api_key=None), max_retries=0)
    except OpenAIError as exc:
        raise translated(exc) from exc
    return Connection(client, _has_no_key)


def _has_no_key() -> bool:
    return False
