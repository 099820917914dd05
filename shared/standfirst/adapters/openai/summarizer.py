"""``Summarizer`` over the Responses API."""

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock, Thread
from typing import TypeVar

from openai import APITimeoutError, AuthenticationError, RateLimitError
from openai.types.responses import Response

from standfirst.adapters.openai.client import Connection
from standfirst.adapters.openai.errors import CLIENT_ERRORS, translated
from standfirst.adapters.openai.responses import ModelOptions, post, text_of, usage_of
from standfirst.domain import fingerprint
from standfirst.domain.article import Article
from standfirst.domain.errors import ModelDown, ModelOutputInvalid, ModelUnavailable, StandfirstError
from standfirst.domain.ports import Assignment, Generation, GenerationCache, TimeLeft, WriterIdentity
from standfirst.domain.record import Usage
from standfirst.writing.model.answer import read_draft, read_notes
from standfirst.writing.model.map_reduce import Readable, fits, within
from standfirst.writing.model.prices import STANDARD_TIER, Tokens
from standfirst.writing.model.prompt import PROMPT_VERSION, Prompt, draft_prompt
from standfirst.writing.model.tokens import estimate_tokens

RESERVE_SECONDS = 8.0
"""Reserved of the time: to store what was paid for, and for the checks, the fallback writer and the record."""

LEAST_SECONDS = 10.0
"""With less time no call is made: it would be paid for and then abandoned."""

FAIR_SECONDS = 30.0
"""A timeout after less says nothing about the model's health."""

RETRY_SECONDS = 0.5
"""Before the one retry, if the provider names no time."""

MOST_RETRY_SECONDS = 5.0
"""A longer wait is left to the queue."""

OUTPUT_TOKENS = 8_000
"""The limit of a response: a draft has a few hundred tokens and notes have two thousand; the rest is for reasoning,
which counts as output (OpenAI, "Reasoning models"). Unused room costs nothing."""

MORE_OUTPUT_TOKENS = 24_000
"""The limit of the second response, if the first could not be used."""

LIKELY_PROMPT_TOKENS = 2_500
"""An estimate of a request without the article: the instructions and the house style."""

LIKELY_OUTPUT_TOKENS = 1_000
"""An estimate of a response, with a little reasoning."""

PARTS_AT_ONCE = 4
"""The number of parts of a long article that are read concurrently."""

KEPT_ARTICLES = 8
"""The number of long articles whose notes are cached, so that a revision need not pay for them again."""

T = TypeVar("T")
Spend = Callable[[Usage], None]


class OpenAiSummarizer:
    """``Summarizer`` over the Responses API; safe for use by several threads.

    ``log`` stores the notes on the parts of a long article: if one part fails, the others are not paid for again.
    """

    def __init__(
        self,
        connection: Connection,
        options: ModelOptions,
        sleep: Callable[[float], None] = time.sleep,
        log: GenerationCache | None = None,
    ) -> None:
        """Sends nothing."""
        self._connection = connection
        self._options = options
        self._sleep = sleep
        self._log = log
        self._read_articles: OrderedDict[Article, Readable] = OrderedDict()
        self._lock = Lock()

    @property
    def identity(self) -> WriterIdentity:
        """See ``Summarizer``."""
        return WriterIdentity(self._options.writer, model=self._options.model, prompt=PROMPT_VERSION)

    def write(self, assignment: Assignment, record_usage: Spend) -> Generation:
        """See ``Summarizer``; ``spend`` may be called from other threads, but never concurrently."""
        requests = _Requests(
            self._connection, self._options, self._sleep, assignment.time_left, _one_by_one(record_usage), self._log
        )
        readable = self._readable(assignment.article, requests)
        draft = requests.ask(draft_prompt(readable.article, assignment.style, assignment.revises), read_draft)
        return Generation(draft, readable.parts, readable.coverage)

    def likely_cost(self, article: Article) -> Decimal | None:
        """See ``Summarizer``; a long article costs a request for each of its parts."""
        options, tokens = self._options, estimate_tokens(article.text)
        parts = -(-tokens // options.input_tokens)
        one = Tokens(min(tokens, options.input_tokens) + LIKELY_PROMPT_TOKENS, LIKELY_OUTPUT_TOKENS)
        cost = options.prices.cost(options.model, options.service_tier or STANDARD_TIER, one)
        return None if cost is None else Decimal(cost) * (1 if parts == 1 else parts + 1)

    def _readable(self, article: Article, requests: "_Requests") -> Readable:
        if fits(article, self._options.input_tokens):
            return Readable(article)
        with self._lock:
            kept = self._read_articles.get(article)
        return kept or self._keep(article, within(self._options.input_tokens, article, requests.take_notes))

    def _keep(self, article: Article, readable: Readable) -> Readable:
        with self._lock:
            self._read_articles[article] = readable
            while len(self._read_articles) > KEPT_ARTICLES:
                self._read_articles.popitem(last=False)
        return readable


def in_time(seconds: float, call: Callable[[], T]) -> T:
    """Returns the result of ``call``; raises ``TimeoutError`` after ``seconds`` and leaves the call running.

    The client's own timeout is for each read: a response that arrives slowly could take for ever.
    """
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(call())
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            done.set_exception(error)

    Thread(target=run, name="model", daemon=True).start()
    return done.result(seconds)


def _one_by_one(record_usage: Spend) -> Spend:
    lock = Lock()

    def spend_alone(usage: Usage) -> None:
        with lock:
            record_usage(usage)

    return spend_alone


@dataclass(frozen=True, slots=True)
class _Requests:
    """Sends the requests of one assignment."""

    connection: Connection
    options: ModelOptions
    sleep: Callable[[float], None]
    time_left: TimeLeft
    record_usage: Spend
    log: GenerationCache | None

    def take_notes(self, prompts: Sequence[Prompt]) -> Sequence[Sequence[str]]:
        """Returns the notes on the part of the article in each of ``prompts``."""
        with ThreadPoolExecutor(PARTS_AT_ONCE) as pool:
            return list(pool.map(self._notes, prompts))

    def _notes(self, prompt: Prompt) -> Sequence[str]:
        if self.log is None:
            return self.ask(prompt, read_notes)
        mark = fingerprint.of_request(self.options.model, prompt.instructions, prompt.assignment, prompt.material)
        kept = self.log.once(mark, lambda: json.dumps(self.ask(prompt, read_notes)), self.time_left)
        notes: list[str] = json.loads(kept)
        return notes

    def ask(self, prompt: Prompt, read: Callable[[str], T]) -> T:
        """Returns what ``read`` returns for the response; asks again if the first was cut off or could not be read."""
        try:
            return read(self._answer(prompt, OUTPUT_TOKENS))
        except ModelOutputInvalid as first:
            try:
                return read(self._answer(prompt, MORE_OUTPUT_TOKENS))
            except ModelUnavailable:
                # As "unavailable" the first response, which is paid for, would be requested again.
                raise first from None

    def _answer(self, prompt: Prompt, output_tokens: int) -> str:
        response = self._sent(prompt, output_tokens)
        self.record_usage(usage_of(response, self.options))
        return text_of(response)

    def _sent(self, prompt: Prompt, output_tokens: int) -> Response:
        """Returns the response to ``prompt``; retries once after an error that may pass at once."""
        try:
            return self._post(prompt, output_tokens)
        except CLIENT_ERRORS as exc:
            error = translated(exc)
            if not self._may_ask_again(exc, error):
                raise error from None  # the log of a chain would show the provider's words: see errors.py
        try:
            return self._post(prompt, output_tokens)
        except CLIENT_ERRORS as exc:
            raise translated(exc) from None

    def _post(self, prompt: Prompt, output_tokens: int) -> Response:
        seconds = self.time_left() - RESERVE_SECONDS
        if seconds < LEAST_SECONDS:
            raise ModelUnavailable("There is too little time left to ask the model.")
        try:
            return in_time(seconds, lambda: post(self.connection.client, self.options, prompt, output_tokens, seconds))
        except (APITimeoutError, TimeoutError):
            # The provider may still have responded, and billed it.
            self.record_usage(Usage(cost_usd=None))
            late = f"The model did not answer in {seconds:.0f} seconds."
            raise (ModelDown if seconds >= FAIR_SECONDS else ModelUnavailable)(late) from None

    def _may_ask_again(self, exc: Exception, error: StandfirstError) -> bool:
        """Whether to retry; if so, renews the key or waits first."""
        if isinstance(exc, AuthenticationError):
            return self.connection.renew_key()
        wait = _wait_before_retry(exc, error)
        if wait is None or self.time_left() - RESERVE_SECONDS - wait < LEAST_SECONDS:
            return False
        self.sleep(wait)
        return True


def _wait_before_retry(exc: Exception, error: StandfirstError) -> float | None:
    """Returns seconds, or ``None`` for no retry: a rate limit without Retry-After does not pass in a moment."""
    if not isinstance(error, ModelUnavailable):
        return None
    if error.retry_after is None:
        return None if isinstance(exc, RateLimitError) else RETRY_SECONDS
    return error.retry_after if error.retry_after <= MOST_RETRY_SECONDS else None
