"""Requests to a model about one article: their retries, their time, and what they cost."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TypeVar

from openai import APITimeoutError, AuthenticationError, RateLimitError

from standfirst.adapters.openai.call_times import CallTimes, size_of
from standfirst.adapters.openai.client import Connection
from standfirst.adapters.openai.errors import CLIENT_ERRORS, may_be_billed, translated
from standfirst.adapters.openai.responses import ModelOptions, Response, post, text_of, usage_of
from standfirst.domain.deadline import AFTER_MODEL_SECONDS, Deadline, run_within
from standfirst.domain.errors import ModelDown, ModelOutputInvalid, ModelUnavailable, StandfirstError
from standfirst.domain.usage import Usage
from standfirst.model.prompt import Prompt

FAIR_SECONDS = 30.0
"""A call that had less and timed out says nothing about the model's health."""

RETRY_SECONDS = 0.5
"""Before the one retry, where the provider names no time."""

MOST_RETRY_SECONDS = 5.0
"""A longer wait is the queue's."""

OUTPUT_TOKENS = 8_000
"""Room for an answer: a draft has a few hundred tokens and notes have two thousand; the rest is for reasoning, which
counts as output (OpenAI, "Reasoning models"). It is a limit, and costs nothing while it is not used."""

MORE_OUTPUT_TOKENS = 24_000
"""Room the second time, when the first answer could not be used."""

T = TypeVar("T")
RecordUsage = Callable[[Usage], None]


def one_by_one(record_usage: RecordUsage) -> RecordUsage:
    """Returns ``record_usage`` for several threads, which never calls it twice at once."""
    lock = Lock()

    def record_alone(usage: Usage) -> None:
        with lock:
            record_usage(usage)

    return record_alone


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """Requests to one model until a deadline; ``record_usage`` is called for each response."""

    connection: Connection
    options: ModelOptions
    sleep: Callable[[float], None]
    deadline: Deadline
    record_usage: RecordUsage
    times: CallTimes

    def ask(self, prompt: Prompt, read: Callable[[str], T]) -> T:
        """Returns what ``read`` makes of the answer; asks twice if the first was cut off or could not be read."""
        try:
            return read(self._answer(prompt, OUTPUT_TOKENS))
        except ModelOutputInvalid as first:
            try:
                return read(self._answer(prompt, MORE_OUTPUT_TOKENS))
            except ModelUnavailable:
                # The first answer is paid for: as "unavailable" it would be asked for, and paid, all over again.
                raise first from None

    def _answer(self, prompt: Prompt, output_tokens: int) -> str:
        """Returns the text of the answer; a fault that may pass at once is given one more try."""
        try:
            response = self._send(prompt, output_tokens)
        except CLIENT_ERRORS as exc:
            error = translated(exc)
            if not self._may_retry(exc, error, prompt):
                raise error from None  # the log of a chain would show the provider's words: see errors.py
            try:
                response = self._send(prompt, output_tokens)
            except CLIENT_ERRORS as again:
                raise translated(again) from None
        self.record_usage(usage_of(response, self.options))
        return text_of(response)

    def _send(self, prompt: Prompt, output_tokens: int) -> Response:
        deadline, clock, size = self.deadline.reserving(AFTER_MODEL_SECONDS), self.deadline.clock, size_of(prompt)
        seconds, expected = deadline.seconds_left, self.times.expected(size, clock)
        if seconds < expected:
            raise ModelUnavailable(
                f"There is too little time left to ask the model: {max(seconds, 0):.0f} seconds; it may take "
                f"{expected:.0f}."
            )
        call = self.times.begin(size, clock)
        try:
            # The client's own limit is for each piece that arrives: an answer that trickles in could take for ever.
            response = run_within(
                seconds, partial(post, self.connection.client, self.options, prompt, output_tokens, seconds)
            )
        except (APITimeoutError, TimeoutError):
            self.times.end(call, clock)
            # It may have been answered, and billed, when nobody listened any more.
            self.record_usage(Usage(cost_usd=None))
            late = f"The model did not answer in {seconds:.0f} seconds."
            raise (ModelDown if seconds >= FAIR_SECONDS else ModelUnavailable)(late) from None
        except BaseException as exc:
            self.times.forget(call)
            if isinstance(exc, Exception) and may_be_billed(exc):
                self.record_usage(Usage(cost_usd=None))
            raise
        self.times.end(call, clock)
        return response

    def _may_retry(self, exc: Exception, error: StandfirstError, prompt: Prompt) -> bool:
        """Returns whether a retry makes sense and there is time for it, after renewing the key or waiting for it."""
        if isinstance(exc, AuthenticationError):
            return self.connection.renew_key()
        wait = _wait_before_retry(exc, error)
        expected = self.times.expected(size_of(prompt), self.deadline.clock)
        if wait is None or not self.deadline.enough_for(wait + expected + AFTER_MODEL_SECONDS):
            return False
        self.sleep(wait)
        return True


def _wait_before_retry(exc: Exception, error: StandfirstError) -> float | None:
    """Returns seconds, or ``None`` for no retry: a rate limit without a date does not pass in a moment."""
    if not isinstance(error, ModelUnavailable):
        return None
    if error.retry_after is None:
        return None if isinstance(exc, RateLimitError) else RETRY_SECONDS
    return error.retry_after if error.retry_after <= MOST_RETRY_SECONDS else None
