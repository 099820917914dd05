"""What the exceptions of OpenAI's client mean to us: one table, and a test that walks every exception the client knows.

No message of the provider's is handed on, only its codes: some repeat the request, and with it the article.
"""

import email.utils
import json
import math
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType

import openai
from openai._exceptions import SubjectTokenProviderError

from standfirst.domain.errors import (
    ModelBusy,
    ModelDown,
    ModelMisconfigured,
    ModelOutputInvalid,
    ModelRefused,
    ModelUnusable,
    StandfirstError,
)

Meaning = Callable[[Exception], StandfirstError]


UNKNOWN_MODEL = "model_not_found"
"""Of a 404 at OpenAI, of a 400 elsewhere."""

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
"""Of answers with the status ``failed``; refusals apart, the others are about the request."""


def _down(exc: Exception) -> StandfirstError:
    return ModelDown(_said(exc), _retry_after(exc))


def _busy(exc: Exception) -> StandfirstError:
    return ModelBusy(_said(exc), _retry_after(exc))


def _unusable(exc: Exception) -> StandfirstError:
    return ModelUnusable(_said(exc))


def _misconfigured(exc: Exception) -> StandfirstError:
    return ModelMisconfigured(_said(exc))


def _refused(exc: Exception) -> StandfirstError:
    return ModelRefused(_said(exc))


def _invalid(exc: Exception) -> StandfirstError:
    return ModelOutputInvalid(_said(exc))


def _rate_limited(exc: Exception) -> StandfirstError:
    # One status for two things: too fast, which passes, and no credit, which does not (OpenAI, "Error codes").
    spent = not QUOTA_CODES.isdisjoint(_words(exc, "type", "code"))
    return _unusable(exc) if spent else _busy(exc)


def _bad_request(exc: Exception) -> StandfirstError:
    codes = _words(exc, "code")
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


MEANINGS: Mapping[type[Exception], Meaning] = MappingProxyType(
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
        # Not the API, but something on the way to it.
        openai.APIResponseValidationError: _down,
        json.JSONDecodeError: _down,
        UnicodeDecodeError: _down,
        openai.APIError: _down,
        # No credentials, no region: the client cannot even ask.
        openai.OpenAIError: _unusable,
        # Of helpers that are not used here.
        openai.LengthFinishReasonError: _invalid,
        openai.ContentFilterFinishReasonError: _refused,
        openai.InvalidWebhookSignatureError: _misconfigured,
        openai.WebSocketConnectionClosedError: _down,
        openai.WebSocketQueueFullError: _down,
        SubjectTokenProviderError: _unusable,
    }
)
FAULTS = (openai.OpenAIError, json.JSONDecodeError, UnicodeDecodeError)
"""What a request may raise."""


def translated(exc: Exception) -> StandfirstError:
    """The error of ours that ``exc``, one of ``FAULTS``, stands for."""
    return next(MEANINGS[kind] for kind in type(exc).__mro__ if kind in MEANINGS)(exc)


def _said(exc: Exception) -> str:
    """What happened, for a person; of the provider's words only the codes."""
    status = getattr(exc, "status_code", None)
    codes = dict.fromkeys(_words(exc, "type", "code", "param"))
    request = getattr(exc, "request_id", None)
    answered = f"The model's provider answered {status}" if status else f"No answer of the model: {type(exc).__name__}"
    return answered + (f", {', '.join(codes)}" if codes else "") + (f" (request {request})." if request else ".")


def _words(exc: Exception, *names: str) -> list[str]:
    """What ``exc`` says under ``names``; servers other than OpenAI's put numbers there, and objects."""
    said = (getattr(exc, name, None) for name in names)
    return [str(word) for word in said if word and isinstance(word, str | int)]


def _retry_after(exc: Exception) -> float | None:
    """Seconds the provider asks to wait: ``retry-after-ms``, or ``Retry-After`` in seconds or as a date (RFC 9110)."""
    response = getattr(exc, "response", None)
    if response is None:
        return None
    milliseconds = _number(response.headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    wish = response.headers.get("retry-after")
    return _number(wish) if _number(wish) is not None else _until(wish)


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
