"""The key of a model's provider: where it is kept, and how it is found again when it has changed.

Read through Powertools Parameters, which remember it for ``REMEMBERED_SECONDS``. A store that is busy or out of reach
raises ``ModelUnavailable``; a key that is missing, that we may not read or that is none raises ``ModelUnusable``.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from aws_lambda_powertools.utilities.parameters import SecretsProvider, SSMProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError
from botocore.exceptions import ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.errors import ModelUnavailable, ModelUnusable

REMEMBERED_SECONDS = 900
"""A key that is withdrawn sooner is noticed by the provider's refusal, and looked for again."""

NAMES_IN_JSON = ("OPENAI_API_KEY", "api_key")
"""Under one of these a secret of several values holds the key."""

_NAMES = " or ".join(NAMES_IN_JSON)

# AWS, "Common errors" of both stores: what the operator has to mend. Whatever else there is may pass.
_LASTING = frozenset(
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
    """A key that was handed over."""

    value: str

    def __call__(self) -> str:
        """The key."""
        return self.value

    def renew(self) -> bool:
        """No: there is no place to look."""
        return False


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key in Secrets Manager or in SSM Parameter Store, as plain text or as JSON (``NAMES_IN_JSON``).

    ``fetch`` is the ``get`` of a Powertools provider, with all its arguments but ``force_fetch``.
    """

    place: str
    fetch: Callable[..., object]

    def __call__(self) -> str:
        """The key, as it is remembered; raises as the module says."""
        return _key_in(self._read(), self.place)

    def renew(self) -> bool:
        """Read the key again, whatever is remembered; raises as the module says."""
        self._read(force_fetch=True)
        return True

    def _read(self, **how: bool) -> str:
        _keep_answers_out_of_the_log()
        try:
            return _as_text(self.fetch(**how))
        except GetParameterError as exc:
            raise _translated(exc, self.place) from exc


def key_in_secret(arn: str) -> StoredKey:
    """The key in the secret ``arn``. Nothing is read yet."""
    get = SecretsProvider(boto_config=client_config.API_KEY).get
    return StoredKey(arn, partial(get, arn, max_age=REMEMBERED_SECONDS))


def key_in_parameter(name: str) -> StoredKey:
    """The key in the parameter ``name``, decrypted. Nothing is read yet."""
    get = SSMProvider(boto_config=client_config.API_KEY).get
    return StoredKey(name, partial(get, name, decrypt=True, max_age=REMEMBERED_SECONDS))


def _keep_answers_out_of_the_log() -> None:
    # At DEBUG, which Lambda sets for all that logs, these log what a store answers, and with it the key.
    for name in ("botocore", "boto3", "urllib3"):
        logging.getLogger(name).setLevel(logging.INFO)


def _as_text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


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
    # Powertools raises its own error while it handles boto3's, without saying so.
    cause = error.__context__
    code = cause.response["Error"]["Code"] if isinstance(cause, ClientError) else type(cause).__name__
    if code in _LASTING:
        return ModelUnusable(f"The model's key could not be read from {place}: {code}.")
    return ModelUnavailable(f"The model's key could not be read from {place} just now: {code}.")
