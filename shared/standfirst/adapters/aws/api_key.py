"""The API key of a model's provider, from Secrets Manager or SSM Parameter Store.

Read through Powertools Parameters, which cache it for ``CACHED_SECONDS``. Reading raises ``ModelUnavailable`` when the
store is throttled or out of reach, ``ModelUnusable`` when the key is missing, invalid or may not be read.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import boto3
from aws_lambda_powertools.utilities.parameters import SecretsProvider, SSMProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError
from botocore.exceptions import ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.errors import ModelUnavailable, ModelUnusable

CACHED_SECONDS = 900
"""A key that is revoked sooner is read again when the provider refuses it."""

NAMES_IN_JSON = ("OPENAI_API_KEY", "api_key")
"""The names under which a JSON secret may hold the key."""

_NAMES = " or ".join(NAMES_IN_JSON)

# AWS, "Common errors" of both stores: those that the operator has to fix. Any other may be transient.
_PERMANENT = frozenset(
    {
        "AccessDeniedException",
        "DecryptionFailure",
        "InvalidKeyId",
        "InvalidParameterException",
        "InvalidRequestException",
        "ParameterNotFound",
        "ParameterVersionNotFound",
        "ResourceNotFoundException",
        "UnrecognizedClientException",
        "ValidationException",
    }
)


@dataclass(frozen=True, slots=True)
class PlainKey:
    """A key given as text."""

    value: str

    def __call__(self) -> str:
        """Returns the key."""
        return self.value

    def renew(self) -> bool:
        """Returns that there is no store to read it from again."""
        return False


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key in Secrets Manager or in SSM Parameter Store, as plain text or as JSON (``NAMES_IN_JSON``).

    ``fetch`` is the ``get`` of a Powertools provider, with all its arguments but ``force_fetch``.
    """

    place: str
    fetch: Callable[..., object]

    def __call__(self) -> str:
        """Returns the key, cached or read; raises as the module says."""
        return _key_in(self._read(), self.place)

    def renew(self) -> bool:
        """Reads the key again, past the cache; raises as the module says."""
        self._read(force_fetch=True)
        return True

    def _read(self, **how: bool) -> str:
        try:
            value = self.fetch(**how)
        except GetParameterError as exc:
            raise _translated(exc, self.place) from exc
        return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def key_in_secret(arn: str) -> StoredKey:
    """Returns the key in the secret ``arn``; nothing is read yet."""
    get = SecretsProvider(boto3_client=boto3.client("secretsmanager", config=client_config.API_KEY)).get
    return StoredKey(arn, partial(get, arn, max_age=CACHED_SECONDS))


def key_in_parameter(name: str) -> StoredKey:
    """Returns the key in the parameter ``name``, decrypted; nothing is read yet."""
    get = SSMProvider(boto3_client=boto3.client("ssm", config=client_config.API_KEY)).get
    return StoredKey(name, partial(get, name, decrypt=True, max_age=CACHED_SECONDS))


def _key_in(value: str, place: str) -> str:
    key = value.strip()
    if key.startswith("{"):
        key = _key_in_json(key)
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise ModelUnusable(f"There is no key in {place}: it is the key alone, or JSON with it under {_NAMES}.")
    return key


def _key_in_json(text: str) -> str:
    try:
        values = json.loads(text)
    except json.JSONDecodeError:
        return ""
    return next((key.strip() for name in NAMES_IN_JSON if isinstance(key := values.get(name), str)), "")


def _translated(error: GetParameterError, place: str) -> ModelUnusable | ModelUnavailable:
    # Powertools raises its own error without ``from``; boto3's is its context.
    cause = error.__context__
    code = cause.response["Error"]["Code"] if isinstance(cause, ClientError) else type(cause).__name__
    if code in _PERMANENT:
        return ModelUnusable(f"The model's key could not be read from {place}: {code}.")
    return ModelUnavailable(f"The model's key could not be read from {place} just now: {code}.")
