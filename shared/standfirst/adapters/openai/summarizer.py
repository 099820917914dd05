"""The model as a ``Summarizer``; it reads long articles in parts."""

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from threading import Lock

from standfirst.adapters.openai.call_times import CallTimes
from standfirst.adapters.openai.client import Connection
from standfirst.adapters.openai.request import ModelRequest, RecordUsage, one_by_one
from standfirst.adapters.openai.responses import ModelOptions, response_from, text_of, usage_of
from standfirst.domain import fingerprint
from standfirst.domain.article import Article
from standfirst.domain.ports import Assignment, Generation, GenerationCache, WriterIdentity
from standfirst.model.prices import BATCH_TIER, STANDARD_TIER, Tokens
from standfirst.model.prompt import Prompt
from standfirst.model.tokens import estimate_tokens
from standfirst.writing.model.answer import read_draft, read_notes
from standfirst.writing.model.map_reduce import Readable, fits, within
from standfirst.writing.model.prompt import PROMPT_VERSION, draft_prompt

LIKELY_PROMPT_TOKENS = 2_500
"""What a request has beside the article: the instructions and the house style."""

LIKELY_OUTPUT_TOKENS = 1_000
"""What an answer comes to, with a little reasoning."""

PARTS_AT_ONCE = 4
"""So many parts of a long article are read at the same time."""

KEPT_ARTICLES = 8
"""So many long articles stay readable as notes, so that a revision need not pay for reading them again."""


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
        request = ModelRequest(
            self._connection,
            self._options,
            self._sleep,
            assignment.deadline,
            one_by_one(record_usage),
            self._times,
        )
        readable = self._readable(assignment.article, request)
        draft = request.ask(draft_prompt(readable.article, assignment.style, assignment.revises), read_draft)
        return Generation(draft, readable.parts, readable.coverage)

    def read_answer(self, answer: str, record_usage: RecordUsage) -> Generation:
        """See ``Summarizer``."""
        response = response_from(answer)
        record_usage(usage_of(response, self._options, BATCH_TIER))
        return Generation(read_draft(text_of(response)))

    def likely_cost(self, article: Article) -> Decimal | None:
        """See ``PricedSummarizer``; that of a long article counts a request for each of its parts."""
        return likely_cost(self._options, article, self._options.service_tier or STANDARD_TIER)

    def _readable(self, article: Article, request: ModelRequest) -> Readable:
        """Returns ``article``, or its notes if it is too long for one request; those of the last few are kept."""
        if fits(article, self._options.input_tokens):
            return Readable(article)
        with self._notes_lock:
            known = self._notes.get(article)
        readable = known or within(self._options.input_tokens, article, partial(self._map_parts, article, request))
        with self._notes_lock:
            self._notes[article] = readable
            while len(self._notes) > KEPT_ARTICLES:
                self._notes.popitem(last=False)
        return readable

    def _map_parts(self, article: Article, request: ModelRequest, prompts: Sequence[Prompt]) -> Sequence[Sequence[str]]:
        """Returns the notes on each part of an article; see ``map_reduce``."""
        with ThreadPoolExecutor(PARTS_AT_ONCE) as pool:
            return list(pool.map(partial(self._map_part, article, request), prompts))

    def _map_part(self, article: Article, request: ModelRequest, prompt: Prompt) -> Sequence[str]:
        if self._cache is None:
            return request.ask(prompt, read_notes)
        key = fingerprint.of_request(self._options.model, prompt.instructions, prompt.assignment, prompt.material)
        content = fingerprint.content_hash(article)
        cached = self._cache.once(key, lambda: json.dumps(request.ask(prompt, read_notes)), request.deadline, content)
        notes: list[str] = json.loads(cached)
        return notes


def likely_cost(options: ModelOptions, article: Article, tier: str) -> Decimal | None:
    """Returns the US dollars that a draft of ``article`` is likely to cost in ``tier``, ``None`` without a price."""
    tokens = estimate_tokens(article.text)
    parts = -(-tokens // options.input_tokens)
    one = Tokens(min(tokens, options.input_tokens) + LIKELY_PROMPT_TOKENS, LIKELY_OUTPUT_TOKENS)
    cost = options.prices.cost(options.model, tier, one)
    return None if cost is None else Decimal(cost) * (1 if parts == 1 else parts + 1)
