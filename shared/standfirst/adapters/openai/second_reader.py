"""A model as a ``SecondReader``."""

import time
from collections.abc import Callable
from decimal import Decimal

from standfirst.adapters.openai.call_times import CallTimes
from standfirst.adapters.openai.client import Connection
from standfirst.adapters.openai.request import ModelRequest, RecordUsage, one_by_one
from standfirst.adapters.openai.responses import ModelOptions
from standfirst.domain.article import Article
from standfirst.domain.ports import ReadingAssignment, WriterIdentity
from standfirst.domain.second_reading import Verdict
from standfirst.model.prices import STANDARD_TIER, Tokens
from standfirst.model.tokens import estimate_tokens
from standfirst.second_reader.answer import read_verdicts
from standfirst.second_reader.prompt import PROMPT_VERSION, reading_prompt

LIKELY_PROMPT_TOKENS = 1_800
"""What a request has beside the article: the instructions, the schema, the sentences and their questions."""

LIKELY_OUTPUT_TOKENS = 800
"""What an answer comes to, with a little reasoning."""


class OpenAiSecondReader:
    """``PricedSecondReader`` over the Responses API. One serves all threads of a process."""

    def __init__(
        self, connection: Connection, options: ModelOptions, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Nothing is sent yet."""
        self._connection = connection
        self._options = options
        self._sleep = sleep
        self._times = CallTimes()

    @property
    def identity(self) -> WriterIdentity:
        """See ``SecondReader``."""
        return WriterIdentity(self._options.writer, model=self._options.model, prompt=PROMPT_VERSION)

    def read(self, assignment: ReadingAssignment, record_usage: RecordUsage) -> tuple[Verdict, ...]:
        """See ``SecondReader``."""
        article, sentences = assignment.article, assignment.sentences
        request = ModelRequest(
            self._connection,
            self._options,
            self._sleep,
            assignment.deadline,
            one_by_one(record_usage),
            self._times,
        )
        return request.ask(
            reading_prompt(article, sentences, self._options.input_tokens),
            lambda text: read_verdicts(text, sentences, len(article.paragraphs)),
        )

    def likely_cost(self, article: Article) -> Decimal | None:
        """See ``PricedSecondReader``."""
        options, tokens = self._options, min(estimate_tokens(article.text), self._options.input_tokens)
        one = Tokens(tokens + LIKELY_PROMPT_TOKENS, LIKELY_OUTPUT_TOKENS)
        cost = options.prices.cost(options.model, options.service_tier or STANDARD_TIER, one)
        return None if cost is None else Decimal(cost)
