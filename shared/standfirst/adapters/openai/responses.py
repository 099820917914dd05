"""One request of the Responses API, and its response."""

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from openai import BaseModel, OpenAI, Timeout
from openai.types.responses import (
    EasyInputMessageParam,
    ResponseError,
    ResponseInputTextParam,
    ResponseUsage,
    ServiceTier,
)
from openai.types.responses.response import IncompleteDetails
from openai.types.responses.response_create_params import ResponseCreateParamsNonStreaming
from openai.types.shared import ReasoningEffort

from standfirst.adapters.openai.errors import failure
from standfirst.domain.errors import ModelDown, ModelOutputInvalid, ModelRefused, StandfirstError
from standfirst.domain.usage import Usage
from standfirst.model.prices import STANDARD_TIER, PriceList, Tokens
from standfirst.model.prompt import Prompt

CONNECT_SECONDS = 5.0

ANOTHER_SERVER = "Something other than the model's API answered."

_GPT = re.compile(r"\bgpt-(\d+)(?:\.(\d+))?(?![\w.])")
_FIRST_WITH_CACHE_MARKS = (5, 6)


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """The model and its settings.

    ``writer`` is ``openai`` or ``bedrock``. ``input_tokens`` is the most of an article (estimated) in one request. The
    provider decides what is ``None``.
    """

    writer: str
    model: str
    input_tokens: int
    prices: PriceList
    reasoning_effort: ReasoningEffort = None
    service_tier: ServiceTier = None


class _Content(BaseModel, hide_input_in_errors=True):
    type: Any = None
    text: Any = None


class _Output(BaseModel, hide_input_in_errors=True):
    type: Any = None
    phase: Any = None
    content: list[_Content] | None = None


class Response(BaseModel, hide_input_in_errors=True):
    """What is used of a response, made as the client makes its own model of all that there may be.

    To build that one for the first response takes as long as all other work on an article.
    """

    status: Any = None
    error: ResponseError | None = None
    incomplete_details: IncompleteDetails | None = None
    output: list[_Output] | None = None
    service_tier: Any = None
    usage: ResponseUsage | None = None


def post(client: OpenAI, options: ModelOptions, prompt: Prompt, output_tokens: int, seconds: float) -> Response:
    """Returns the response to ``prompt``, of at most ``output_tokens``; waits up to ``seconds`` for it.

    Raises what the client raises, and ``ModelDown`` if a proxy responded in place of the API.
    """
    # As ``responses.create`` posts it, which would look at each value of the body for one to rewrite.
    response: object = client.post(
        "/responses",
        cast_to=Response,
        body=request_body(options, prompt, output_tokens),
        options={
            "timeout": Timeout(seconds, connect=min(seconds, CONNECT_SECONDS)),
            "security": {"bearer_auth": True},
        },
    )
    if not isinstance(response, Response):
        # The client returns text where it expected JSON.
        raise ModelDown(ANOTHER_SERVER)
    return response


def request_body(options: ModelOptions, prompt: Prompt, output_tokens: int) -> ResponseCreateParamsNonStreaming:
    """Returns the request for ``prompt``, whose response has at most ``output_tokens``."""
    marks = takes_cache_marks(options.model)
    body: ResponseCreateParamsNonStreaming = {
        "model": options.model,
        "input": [
            _message("developer", _marked(prompt.instructions) if marks else _plain(prompt.instructions)),
            _message("developer", _plain(prompt.assignment)),
            _message("user", _plain(prompt.material)),
        ],
        "text": {
            "format": {
                "type": "json_schema",
                "name": prompt.answer,
                "schema": dict(prompt.schema),
                "strict": True,
            }
        },
        # By default the provider keeps it for thirty days, and articles may be under embargo.
        "store": False,
        "max_output_tokens": output_tokens,
        "prompt_cache_key": f"standfirst-{prompt.answer}-{prompt.version}",
    }
    if options.reasoning_effort:
        body["reasoning"] = {"effort": options.reasoning_effort}
    if options.service_tier:
        body["service_tier"] = options.service_tier
    if marks:
        body["prompt_cache_options"] = {"mode": "explicit"}
    return body


def takes_cache_marks(model: str) -> bool:
    """Whether ``model`` takes cache breakpoints: gpt-5.6 and later do (OpenAI, "Prompt caching").

    These models cache only up to a breakpoint. By default that is the end of the article, which costs more to write
    and is never read again.
    """
    found = _GPT.search(model)
    return found is not None and (int(found[1]), int(found[2] or 0)) >= _FIRST_WITH_CACHE_MARKS


def _message(role: Literal["developer", "user"], content: ResponseInputTextParam) -> EasyInputMessageParam:
    return {"role": role, "content": [content]}


def _plain(text: str) -> ResponseInputTextParam:
    return {"type": "input_text", "text": text}


def _marked(text: str) -> ResponseInputTextParam:
    return {"type": "input_text", "text": text, "prompt_cache_breakpoint": {"mode": "explicit"}}


# ----------------------------------------------------------------------------------------------------------------------
# The response
# ----------------------------------------------------------------------------------------------------------------------


def response_from(body: str) -> Response:
    """Returns the response with ``body``, as the client makes one of what it receives.

    Raises ``ModelOutputInvalid`` if that is no JSON object.
    """
    try:
        return Response.construct(**json.loads(body))
    except (TypeError, ValueError):
        raise ModelOutputInvalid("The answer of the batch is no JSON object.") from None


def usage_of(response: Response, options: ModelOptions, tier: str | None = None) -> Usage:
    """Returns what the response cost in ``tier``, or else in its service tier.

    Without token counts the price is not known.
    """
    if response.usage is None:
        has_failed = response.status == "failed" or (response.error and not getattr(response, "output", None))
        return Usage(cost_usd="0" if has_failed else None)
    tokens = _tokens(response.usage)
    if tokens is None:
        return Usage(cost_usd=None)
    tier = tier or response.service_tier or options.service_tier or STANDARD_TIER
    return Usage(
        input_tokens=tokens.input,
        cached_input_tokens=tokens.cached,
        output_tokens=tokens.output,
        cost_usd=options.prices.cost(options.model, tier, tokens),
    )


def text_of(response: Response) -> str:
    """Returns the text of a complete response, which should be JSON.

    Raises ``ModelOutputInvalid`` if it was cut off or malformed, ``ModelRefused`` for a refusal, and what ``failure``
    returns if it failed.
    """
    try:
        return _text(response)
    except (AttributeError, TypeError):
        # The client does not validate what it receives.
        raise ModelOutputInvalid("The model's answer has not the shape of an answer.") from None


def _text(response: Response) -> str:
    """Returns the text of the final message: newer models may say something before it (``phase``: ``commentary``)."""
    _require_success(response)
    # The client accepts a response without output.
    messages = [item for item in getattr(response, "output", None) or () if item.type == "message"]
    answers = [message for message in messages if _phase(message) != "commentary"]
    if any(content.type == "refusal" for message in answers or messages for content in message.content):
        raise ModelRefused("The model declined to write about this article.")
    final = [message for message in answers if _phase(message) == "final_answer"] or answers
    texts = ("".join(content.text for content in each.content if content.type == "output_text") for each in final)
    return ([text for text in texts if text.strip()] or [""])[-1]


def _phase(message: _Output) -> str | None:
    return getattr(message, "phase", None)


def _require_success(response: Response) -> None:
    if response.error and response.status != "completed":
        # Gateways answer so without a status, too.
        raise _failed(response)
    match response.status:
        case "completed":
            return
        case "incomplete":
            raise _incomplete(response)
        case "failed":
            raise _failed(response)
        case "queued" | "in_progress" | "cancelled":
            raise ModelDown(f"The model's answer has the status {response.status}.")
    if getattr(response, "output", None) is None and response.usage is None:
        raise ModelDown(ANOTHER_SERVER)
    raise ModelOutputInvalid("The model's answer has no status that is known.")


def _incomplete(response: Response) -> ModelRefused | ModelOutputInvalid:
    reason = response.incomplete_details.reason if response.incomplete_details else None
    if reason == "content_filter":
        return ModelRefused("The provider's content filter stopped the model's answer.")
    return ModelOutputInvalid(f"The model's answer was cut off ({reason}).")


def _failed(response: Response) -> StandfirstError:
    error = response.error
    named = [error] if isinstance(error, str) else [getattr(error, name, None) for name in ("code", "type")]
    return failure([str(name) for name in named if name and isinstance(name, str | int)])


def _tokens(usage: ResponseUsage) -> Tokens | None:
    # Servers that only speak like OpenAI's leave some of it out, which the client does not mind.
    taken, given = getattr(usage, "input_tokens", None), getattr(usage, "output_tokens", None)
    if not isinstance(taken, int) or not isinstance(given, int):
        return None
    details = getattr(usage, "input_tokens_details", None)
    cached = getattr(details, "cached_tokens", None) or 0
    writes = getattr(details, "cache_write_tokens", None) or 0
    if not all(isinstance(count, int) for count in (cached, writes)) or not 0 <= cached + writes <= taken or given < 0:
        return None
    return Tokens(input=taken, output=given, cached=cached, cache_writes=writes)
