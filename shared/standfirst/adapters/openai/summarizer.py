"""The model as a writer of drafts."""

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
from standfirst.adapters.openai.errors import FAULTS, translated
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
"""Left of the time: to keep what was paid for, for the checks, the writer that stands in, and the record."""

LEAST_SECONDS = 10.0
"""A call with less than this is not begun: it would be paid for and not waited for."""

FAIR_SECONDS = 30.0
"""A call that had less, and was not answered in time, says nothing of the model's health."""

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
Spend = Callable[[Usage], None]


class OpenAiSummarizer:
    """``Summarizer`` over the Responses API. One serves all threads of a process.

    ``log`` keeps the notes on the parts of a long article: should one part fail, the others are not paid for again.
    """

    def __init__(
        self,
        connection: Connection,
        options: ModelOptions,
        sleep: Callable[[float], None] = time.sleep,
        log: GenerationCache | None = None,
    ) -> None:
        """Nothing is sent yet."""
        self._connection = connection
        self._options = options
        self._sleep = sleep
        self._log = log
        self._kept: OrderedDict[Article, Readable] = OrderedDict()
        self._keeping = Lock()

    @property
    def identity(self) -> WriterIdentity:
        """See ``Summarizer``."""
        return WriterIdentity(self._options.writer, model=self._options.model, prompt=PROMPT_VERSION)

    def write(self, assignment: Assignment, record_usage: Spend) -> Generation:
        """See ``Summarizer``; ``spend`` may be called from other threads, but never twice at once."""
        errand = _Errand(
            self._connection, self._options, self._sleep, assignment.time_left, _one_by_one(record_usage), self._log
        )
        readable = self._readable(assignment.article, errand)
        draft = errand.ask(draft_prompt(readable.article, assignment.style, assignment.revises), read_draft)
        return Generation(draft, readable.parts, readable.coverage)

    def likely_cost(self, article: Article) -> Decimal | None:
        """See ``Summarizer``; that of a long article counts a request for each of its parts."""
        options, tokens = self._options, estimate_tokens(article.text)
        parts = -(-tokens // options.input_tokens)
        one = Tokens(min(tokens, options.input_tokens) + LIKELY_PROMPT_TOKENS, LIKELY_OUTPUT_TOKENS)
        cost = options.prices.cost(options.model, options.service_tier or STANDARD_TIER, one)
        return None if cost is None else Decimal(cost) * (1 if parts == 1 else parts + 1)

    def _readable(self, article: Article, errand: "_Errand") -> Readable:
        if fits(article, self._options.input_tokens):
            return Readable(article)
        with self._keeping:
            kept = self._kept.get(article)
        return kept or self._keep(article, within(self._options.input_tokens, article, errand.take_notes))

    def _keep(self, article: Article, readable: Readable) -> Readable:
        with self._keeping:
            self._kept[article] = readable
            while len(self._kept) > KEPT_ARTICLES:
                self._kept.popitem(last=False)
        return readable


def in_time(seconds: float, call: Callable[[], T]) -> T:
    """What ``call`` gives; raises ``TimeoutError`` when it takes longer, and lets it go on without us.

    The client's own limit is for each piece that arrives: an answer that trickles in could take for ever.
    """
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(call())
        except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to whoever waits
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
class _Errand:
    """The requests of one assignment."""

    connection: Connection
    options: ModelOptions
    sleep: Callable[[float], None]
    time_left: TimeLeft
    record_usage: Spend
    log: GenerationCache | None

    def take_notes(self, prompts: Sequence[Prompt]) -> Sequence[Sequence[str]]:
        """The notes that each of ``prompts`` asks for."""
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
        """What ``read`` makes of the answer; asked twice when the first was cut off or could not be read."""
        try:
            return read(self._answer(prompt, OUTPUT_TOKENS))
        except ModelOutputInvalid as first:
            try:
                return read(self._answer(prompt, MORE_OUTPUT_TOKENS))
            except ModelUnavailable:
                # The first answer is paid for: as "unavailable" it would be asked for, and paid, all over again.
                raise first from None

    def _answer(self, prompt: Prompt, output_tokens: int) -> str:
        response = self._sent(prompt, output_tokens)
        self.record_usage(usage_of(response, self.options))
        return text_of(response)

    def _sent(self, prompt: Prompt, output_tokens: int) -> Response:
        """The answer to ``prompt``; a fault that may pass at once is given one more try."""
        try:
            return self._post(prompt, output_tokens)
        except FAULTS as exc:
            error = translated(exc)
            if not self._may_ask_again(exc, error):
                raise error from None  # the log of a chain would show the provider's words: see faults.py
        try:
            return self._post(prompt, output_tokens)
        except FAULTS as exc:
            raise translated(exc) from None

    def _post(self, prompt: Prompt, output_tokens: int) -> Response:
        seconds = self.time_left() - RESERVE_SECONDS
        if seconds < LEAST_SECONDS:
            raise ModelUnavailable("There is too little time left to ask the model.")
        try:
            return in_time(seconds, lambda: post(self.connection.client, self.options, prompt, output_tokens, seconds))
        except (APITimeoutError, TimeoutError):
            # It may have been answered, and billed, when nobody listened any more.
            self.record_usage(Usage(cost_usd=None))
            late = f"The model did not answer in {seconds:.0f} seconds."
            raise (ModelDown if seconds >= FAIR_SECONDS else ModelUnavailable)(late) from None

    def _may_ask_again(self, exc: Exception, error: StandfirstError) -> bool:
        """Whether there is sense in one more try, and time; the key is renewed, or the wait is over, if so."""
        if isinstance(exc, AuthenticationError):
            return self.connection.renew_key()
        wait = _wait_before_retry(exc, error)
        if wait is None or self.time_left() - RESERVE_SECONDS - wait < LEAST_SECONDS:
            return False
        self.sleep(wait)
        return True


def _wait_before_retry(exc: Exception, error: StandfirstError) -> float | None:
    """Seconds, ``None`` when there shall be no retry: a rate limit without a date does not pass in a moment."""
    if not isinstance(error, ModelUnavailable):
        return None
    if error.retry_after is None:
        return None if isinstance(exc, RateLimitError) else RETRY_SECONDS
    return error.retry_after if error.retry_after <= MOST_RETRY_SECONDS else None
