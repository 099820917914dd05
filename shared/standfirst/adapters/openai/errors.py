"""Translates the exceptions of OpenAI's client: one table, and a test that asks for every exception of the client.

Only the provider's codes are passed on, not its messages: some repeat the request, and with it the article.
"""

import email.utils
import json
import math
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType

import openai

from standfirst.domain.errors import (
    ModelBusy,
    ModelDown,
    ModelMisconfigured,
    ModelOutputInvalid,
    ModelRefused,
    ModelUnusable,
    StandfirstError,
)

Translation = Callable[[Exception], StandfirstError]


UNKNOWN_MODEL = "model_not_found"
"""The code of a 404 at OpenAI, of a 400 elsewhere."""

QUOTA_CODES = frozenset(
    {
        "insufficient_quota",
        "credit_balance_exhausted",
        "organization_spend_limit_exceeded",
        "organization_usage_limit_exceeded",
        "project_spend_limit_exceeded",
        "billing_hard_limit_reached",
        "billing_not_active",
    }
)

REFUSAL_CODES = frozenset(
    {
        "invalid_prompt",
        "content_filter",
        "content_policy_violation",
        "bio_policy",
        "misalignment_policy_violation",
        "image_content_policy_violation",
    }
)

PASSING_CODES = frozenset({"server_error", "rate_limit_exceeded", "vector_store_timeout"})
"""Codes of responses with the status ``failed`` that may succeed later."""


def _down(exc: Exception) -> StandfirstError:
    return ModelDown(_message(exc), _retry_after(exc))


def _busy(exc: Exception) -> StandfirstError:
    return ModelBusy(_message(exc), _retry_after(exc))


def _unusable(exc: Exception) -> StandfirstError:
    return ModelUnusable(_message(exc))


def _misconfigured(exc: Exception) -> StandfirstError:
    return ModelMisconfigured(_message(exc))


def _refused(exc: Exception) -> StandfirstError:
    return ModelRefused(_message(exc))


def _invalid(exc: Exception) -> StandfirstError:
    return ModelOutputInvalid(_message(exc))


def _rate_limited(exc: Exception) -> StandfirstError:
    # One status for two causes: a rate limit, which passes, and a spent quota, which does not (OpenAI, "Error codes").
    spent = not QUOTA_CODES.isdisjoint(_codes(exc, "type", "code"))
    return _unusable(exc) if spent else _busy(exc)


def _bad_request(exc: Exception) -> StandfirstError:
    codes = _codes(exc, "code")
    if not REFUSAL_CODES.isdisjoint(codes):
        return _refused(exc)
    return _unusable(exc) if UNKNOWN_MODEL in codes else _misconfigured(exc)


def _other_status(exc: Exception) -> StandfirstError:
    match getattr(exc, "status_code", None):
        case 408:
            return _down(exc)
        case 402:
            return _unusable(exc)
    return _misconfigured(exc)


TRANSLATIONS: Mapping[type[Exception], Translation] = MappingProxyType(
    {
        openai.APITimeoutError: _down,
        openai.APIConnectionError: _down,
        openai.InternalServerError: _down,
        openai.ConflictError: _busy,
        openai.RateLimitError: _rate_limited,
        openai.BadRequestError: _bad_request,
        openai.AuthenticationError: _unusable,
        openai.OAuthError: _unusable,
        openai.PermissionDeniedError: _unusable,
        openai.NotFoundError: _unusable,
        openai.UnprocessableEntityError: _misconfigured,
        openai.APIStatusError: _other_status,
        # A proxy responded in place of the API.
        openai.APIResponseValidationError: _down,
        json.JSONDecodeError: _down,
        UnicodeDecodeError: _down,
        openai.APIError: _down,
        # No credentials or no region: nothing was sent. Also the base of exceptions that the client does not export.
        openai.OpenAIError: _unusable,
        # Raised by helpers of the client that are not used here.
        openai.LengthFinishReasonError: _invalid,
        openai.ContentFilterFinishReasonError: _refused,
        openai.InvalidWebhookSignatureError: _misconfigured,
        openai.WebSocketConnectionClosedError: _down,
        openai.WebSocketQueueFullError: _down,
    }
)
CLIENT_ERRORS = (openai.OpenAIError, json.JSONDecodeError, UnicodeDecodeError)
"""What a request may raise."""


def translated(exc: Exception) -> StandfirstError:
    """Returns the error of the domain for ``exc``, one of ``CLIENT_ERRORS``."""
    return next(TRANSLATIONS[kind] for kind in type(exc).__mro__ if kind in TRANSLATIONS)(exc)


def _message(exc: Exception) -> str:
    """Returns a sentence for a person, with the provider's codes but not its message."""
    status = getattr(exc, "status_code", None)
    codes = dict.fromkeys(_codes(exc, "type", "code", "param"))
    request = getattr(exc, "request_id", None)
    answered = f"The model's provider answered {status}" if status else f"No answer of the model: {type(exc).__name__}"
    return answered + (f", {', '.join(codes)}" if codes else "") + (f" (request {request})." if request else ".")


def _codes(exc: Exception, *names: str) -> list[str]:
    """Returns the attributes ``names`` of ``exc`` as text; other servers put numbers there, and objects."""
    values = (getattr(exc, name, None) for name in names)
    return [str(value) for value in values if value and isinstance(value, str | int)]


def _retry_after(exc: Exception) -> float | None:
    """Returns the seconds to wait: ``retry-after-ms``, or ``Retry-After`` in seconds or as a date (RFC 9110)."""
    response = getattr(exc, "response", None)
    if response is None:
        return None
    milliseconds = _number(response.headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    retry_after = response.headers.get("retry-after")
    seconds = _number(retry_after)
    return _until(retry_after) if seconds is None else seconds


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return max(number, 0.0) if math.isfinite(number) else None


def _until(date: str | None) -> float | None:
    try:
        return max(email.utils.parsedate_to_datetime(date or "").timestamp() - time.time(), 0.0)
    except ValueError:
        return None
