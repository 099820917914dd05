"""The model's writer over the real client, with a provider that is played over HTTP and a clock that is not real."""

from dataclasses import dataclass, field

import model_server as play
from builders import a_draft, a_style, an_article
from model_server import ModelServer
from standfirst.adapters.aws.api_key import PlainKey
from standfirst.adapters.openai.client import Connection, to_openai
from standfirst.adapters.openai.responses import ModelOptions
from standfirst.adapters.openai.summarizer import OpenAiSummarizer
from standfirst.domain.article import Article
from standfirst.domain.deadline import Deadline
from standfirst.domain.ports import Assignment, Generation, Rejected
from standfirst.domain.usage import Usage
from standfirst.model.prices import PriceList

GOOD = play.draft("The ferry is to return in June.", "The council voted on Tuesday. Repairs cost 240,000 crowns.")
GOOD_DRAFT = a_draft("The ferry is to return in June.", "The council voted on Tuesday. Repairs cost 240,000 crowns.")
ONE_ANSWER = Usage(input_tokens=1_000, output_tokens=100, cost_usd="0.00032")
UNKNOWN = Usage(cost_usd=None)


@dataclass
class Desk:
    """A writer with a provider to ask, the time it has, and what it spent and slept."""

    model: ModelServer
    options: ModelOptions = field(
        default_factory=lambda: ModelOptions("openai", play.MODEL, input_tokens=60_000, prices=PriceList())
    )
    seconds: float = 60
    now: float = 0
    connection: Connection | None = None
    spent: list[Usage] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        connection = self.connection or to_openai(PlainKey("key"), self.model.base_url)
        self.writer = OpenAiSummarizer(connection, self.options, self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def write(self, article: Article | None = None, revises: Rejected | None = None) -> Generation:
        """What the model makes of the article."""
        assignment = Assignment(article or an_article(), a_style(), Deadline(self.seconds, lambda: self.now), revises)
        return self.writer.write(assignment, self.spent.append)
