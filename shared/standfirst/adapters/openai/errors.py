"""Translates the exceptions of OpenAI's client: one table, and a test that asks for every exception of the client.

Only the provider's codes are passed on, not its messages: some repeat the request, and with it the article.
"""

import email.utils
import json
import math
import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType

import httpx2
import openai

from standfirst.domain.errors import (
    ModelBusy,
    ModelDown,
    ModelMisconfigured,
    ModelOutputInvalid,
    ModelRefused,
    ModelUnavailable,
    ModelUnusable,
    StandfirstError,
)

Translation = Callable[[Exception], StandfirstError]


REQUEST_TIMEOUT, FIRST_SERVER_ERROR = 408, 500

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

STATUS_OF_CODE: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(QUOTA_CODES, 429),
        **dict.fromkeys(REFUSAL_CODES, 400),
        UNKNOWN_MODEL: 404,
        "invalid_api_key": 401,
        "authentication_error": 401,
        "permission_error": 403,
        "unsupported_country_region_territory": 403,
        "request_timeout": 408,
        "rate_limit_error": 429,
        "rate_limit_exceeded": 429,
        "resource_unavailable": 429,
        "server_error": 500,
        "overloaded_error": 503,
        "server_is_overloaded": 503,
        "slow_down": 503,
        "vector_store_timeout": 504,
    }
)
"""The HTTP status that each code comes with (OpenAI, "Error codes"), for those in the body of a 200."""


def _down(exc: Exception) -> StandfirstError:
    return ModelDown(_message(exc), _retry_after(exc))


def _unusable(exc: Exception) -> StandfirstError:
    return ModelUnusable(_message(exc))


def _misconfigured(exc: Exception) -> StandfirstError:
    return ModelMisconfigured(_message(exc))


def _refused(exc: Exception) -> StandfirstError:
    return ModelRefused(_message(exc))


def _invalid(exc: Exception) -> StandfirstError:
    return ModelOutputInvalid(_message(exc))


def _by_status(exc: Exception) -> StandfirstError:
    error = _meaning(getattr(exc, "status_code", 0), _codes(exc, "type", "code"))
    return error(_message(exc), _retry_after(exc)) if issubclass(error, ModelUnavailable) else error(_message(exc))


def _meaning(status: int, codes: Collection[str]) -> type[StandfirstError]:
    """Returns the error of the domain for an HTTP status and the provider's codes, which decide where it does not."""
    match status:
        case 400 if not REFUSAL_CODES.isdisjoint(codes):
            return ModelRefused
        # One status for two causes: a rate limit, which passes, and a spent quota (OpenAI, "Error codes").
        case 429 if not QUOTA_CODES.isdisjoint(codes):
            return ModelUnusable
        case 409 | 429:
            return ModelBusy
        case 401 | 402 | 403 | 404:
            return ModelUnusable
    if status == REQUEST_TIMEOUT or status >= FIRST_SERVER_ERROR:
        return ModelDown
    return ModelUnusable if UNKNOWN_MODEL in codes else ModelMisconfigured


def failure(codes: Sequence[str]) -> StandfirstError:
    """Returns the error for a failed response with the HTTP status 200: that of the status which its codes come with.

    ``codes`` are its error's, none if it has no error. Servers that only speak like OpenAI's put the HTTP status there,
    or a sentence, which is not repeated.
    """
    named = [code for code in codes if re.fullmatch("[a-z0-9_]{1,60}", code)]
    statuses = {
        code: STATUS_OF_CODE.get(code) or int(code) for code in named if code in STATUS_OF_CODE or _is_status(code)
    }
    # A spent quota is called a rate limit as well.
    spent = not QUOTA_CODES.isdisjoint(codes)
    status = 429 if spent else next(iter(statuses.values()), 400 if codes else 500)
    said = f": {', '.join(named)}" if named else ""
    return _meaning(status, codes)(f"The model's provider answered 200 and that it failed{said}.")


def _is_status(code: str) -> bool:
    return re.fullmatch("[45][0-9]{2}", code) is not None


def _unreadable(exc: Exception) -> StandfirstError:
    body = exc.doc.encode() if isinstance(exc, json.JSONDecodeError) else getattr(exc, "object", b"")
    if body.lstrip().startswith(b"{"):
        # Half an answer is an answer, and paid for.
        return ModelOutputInvalid("The model's answer cannot be read as JSON.")
    return _down(exc)


TRANSLATIONS: Mapping[type[Exception], Translation] = MappingProxyType(
    {
        openai.APITimeoutError: _down,
        openai.APIConnectionError: _down,
        openai.InternalServerError: _by_status,
        openai.ConflictError: _by_status,
        openai.RateLimitError: _by_status,
        openai.BadRequestError: _by_status,
        openai.AuthenticationError: _unusable,
        openai.OAuthError: _unusable,
        openai.PermissionDeniedError: _by_status,
        openai.NotFoundError: _by_status,
        openai.UnprocessableEntityError: _by_status,
        openai.APIStatusError: _by_status,
        # A proxy responded in place of the API.
        openai.APIResponseValidationError: _down,
        json.JSONDecodeError: _unreadable,
        UnicodeDecodeError: _unreadable,
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


def may_be_billed(exc: Exception) -> bool:
    """Returns whether the request may have been answered, and billed, though ``exc`` hides the answer and its price."""
    if isinstance(exc, openai.APIConnectionError):
        return not isinstance(exc.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout)
    return isinstance(exc, json.JSONDecodeError | UnicodeDecodeError | openai.APIResponseValidationError | ModelDown)


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
