"""The model as a ``Summarizer``: requests, their retries, and long articles in parts."""

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from threading import Lock
from typing import TypeVar

from openai import APITimeoutError, AuthenticationError, RateLimitError
from openai.types.responses import Response

from standfirst.adapters.openai.call_times import CallTimes, size_of
from standfirst.adapters.openai.client import Connection
from standfirst.adapters.openai.errors import CLIENT_ERRORS, may_be_billed, translated
from standfirst.adapters.openai.responses import ModelOptions, post, text_of, usage_of
from standfirst.domain import fingerprint
from standfirst.domain.article import Article
from standfirst.domain.deadline import AFTER_MODEL_SECONDS, Deadline, run_within
from standfirst.domain.errors import ModelDown, ModelOutputInvalid, ModelUnavailable, StandfirstError
from standfirst.domain.ports import Assignment, Generation, GenerationCache, WriterIdentity
from standfirst.domain.usage import Usage
from standfirst.writing.model.answer import read_draft, read_notes
from standfirst.writing.model.map_reduce import Readable, fits, within
from standfirst.writing.model.prices import STANDARD_TIER, Tokens
from standfirst.writing.model.prompt import PROMPT_VERSION, Prompt, draft_prompt
from standfirst.writing.model.tokens import estimate_tokens

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

LIKELY_PROMPT_TOKENS = 2_500
"""What a request has beside the article: the instructions and the house style."""

LIKELY_OUTPUT_TOKENS = 1_000
"""What an answer comes to, with a little reasoning."""

PARTS_AT_ONCE = 4
"""So many parts of a long article are read at the same time."""

KEPT_ARTICLES = 8
"""So many long articles stay readable as notes, so that a revision need not pay for reading them again."""

T = TypeVar("T")
RecordUsage = Callable[[Usage], None]


class OpenAiSummarizer:
    """``Summarizer`` over the Responses API. One serves all threads of a process.

    ``cache`` keeps the notes on the parts of a long article: should one part fail, the others are not paid for again.
    """

    def __init__(
        self,
        connection: Connection,
        options: ModelOptions,
        sleep: Callable[[float], None] = time.sleep,
        cache: GenerationCache | None = None,
    ) -> None:
        """Nothing is sent yet."""
        self._connection = connection
        self._options = options
        self._sleep = sleep
        self._cache = cache
        self._times = CallTimes()
        self._notes: OrderedDict[Article, Readable] = OrderedDict()
        self._notes_lock = Lock()

    @property
    def identity(self) -> WriterIdentity:
        """See ``Summarizer``."""
        return WriterIdentity(self._options.writer, model=self._options.model, prompt=PROMPT_VERSION)

    def write(self, assignment: Assignment, record_usage: RecordUsage) -> Generation:
        """See ``Summarizer``; ``record_usage`` may be called from other threads, but never twice at once."""
        request = _Request(
            self._connection,
            self._options,
            self._sleep,
            assignment,
            _one_by_one(record_usage),
            self._cache,
            self._times,
        )
        readable = self._readable(assignment.article, request)
        draft = request.ask(draft_prompt(readable.article, assignment.style, assignment.revises), read_draft)
        return Generation(draft, readable.parts, readable.coverage)

    def likely_cost(self, article: Article) -> Decimal | None:
        """See ``PricedSummarizer``; that of a long article counts a request for each of its parts."""
        options, tokens = self._options, estimate_tokens(article.text)
        parts = -(-tokens // options.input_tokens)
        one = Tokens(min(tokens, options.input_tokens) + LIKELY_PROMPT_TOKENS, LIKELY_OUTPUT_TOKENS)
        cost = options.prices.cost(options.model, options.service_tier or STANDARD_TIER, one)
        return None if cost is None else Decimal(cost) * (1 if parts == 1 else parts + 1)

    def _readable(self, article: Article, request: "_Request") -> Readable:
        """Returns ``article``, or its notes if it is too long for one request; those of the last few are kept."""
        if fits(article, self._options.input_tokens):
            return Readable(article)
        with self._notes_lock:
            known = self._notes.get(article)
        readable = known or within(self._options.input_tokens, article, request.map_parts)
        with self._notes_lock:
            self._notes[article] = readable
            while len(self._notes) > KEPT_ARTICLES:
                self._notes.popitem(last=False)
        return readable


def _one_by_one(record_usage: RecordUsage) -> RecordUsage:
    lock = Lock()

    def record_alone(usage: Usage) -> None:
        with lock:
            record_usage(usage)

    return record_alone


@dataclass(frozen=True, slots=True)
class _Request:
    """The API requests of one assignment."""

    connection: Connection
    options: ModelOptions
    sleep: Callable[[float], None]
    about: Assignment
    record_usage: RecordUsage
    cache: GenerationCache | None
    times: CallTimes

    @property
    def deadline(self) -> Deadline:
        """Returns that of the assignment."""
        return self.about.deadline

    def map_parts(self, prompts: Sequence[Prompt]) -> Sequence[Sequence[str]]:
        """Returns the notes on each part of an article; see ``map_reduce``."""
        with ThreadPoolExecutor(PARTS_AT_ONCE) as pool:
            return list(pool.map(self._map_part, prompts))

    def _map_part(self, prompt: Prompt) -> Sequence[str]:
        if self.cache is None:
            return self.ask(prompt, read_notes)
        key = fingerprint.of_request(self.options.model, prompt.instructions, prompt.assignment, prompt.material)
        content = fingerprint.content_hash(self.about.article)
        cached = self.cache.once(key, lambda: json.dumps(self.ask(prompt, read_notes)), self.deadline, content)
        notes: list[str] = json.loads(cached)
        return notes

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
