"""The settings of each function, read from its environment; an error names the variable."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from standfirst.domain.errors import SettingsError
from standfirst.domain.ports import WriterIdentity
from standfirst.domain.second_reading import Policy


class Settings(BaseModel):
    """Base of a function's settings. A field is read from the variable of its name in capitals."""

    # Built at first use: a function's cold start pays for its own settings only.
    model_config = ConfigDict(frozen=True, defer_build=True)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Returns the settings in ``environment``; raises ``SettingsError`` naming each missing or invalid variable."""
        given = {name: environment[name.upper()] for name in cls.model_fields if name.upper() in environment}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            problems = "; ".join(map(_explained, error.errors()))
            raise SettingsError(f"The environment cannot be used. {problems}") from error


def _explained(problem: ErrorDetails) -> str:
    message = problem["msg"].removeprefix("Value error, ")
    # An error of several variables together names them itself.
    return f"{str(problem['loc'][0]).upper()}: {message}" if problem["loc"] else message


def _given(value: str) -> str | None:
    return value.strip() or None


Optional = Annotated[str | None, BeforeValidator(_given)]
"""Empty means unset: a template cannot leave a variable out."""

ModelProvider = Literal["openai", "bedrock", "none"]

DEFAULT_MODELS: Mapping[ModelProvider, str] = {"openai": "gpt-5.6-luna", "bedrock": "openai.gpt-5.6-luna"}
"""On Bedrock the provider's name precedes the model's (Amazon Bedrock user guide, model cards)."""


BEDROCK_TIERS = frozenset((None, "default"))
"""Bedrock refuses every other service tier for GPT-5 models (Amazon Bedrock user guide, model cards)."""


_Effort = Annotated[Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"] | None, BeforeValidator(_given)]
_Tier = Annotated[
    Literal["auto", "default", "flex", "scale", "priority", "fast", "ultrafast"] | None, BeforeValidator(_given)
]


_Budget = Annotated[Annotated[Decimal, Field(ge=0)] | None, BeforeValidator(_given)]


class LaneSettings(Settings):
    """The lane of a function that asks the model: that of live news, or ``backfill``, with its upgrades."""

    model_lane: Annotated[Literal["backfill"] | None, BeforeValidator(_given)] = None


class ModelSettings(LaneSettings):
    """The model and its options. An empty variable means the provider's default, a missing one the default here.

    Those of the second reader that are empty or missing are the writer's.

    ``model_input_tokens`` is the most of an article (estimated tokens) in one request; a longer one is read in parts.
    ``model_prices`` is YAML or JSON (``model/prices.py``); empty means the bundled list.
    """

    model: Optional = None
    model_base_url: Optional = None
    model_reasoning_effort: _Effort = "low"
    model_service_tier: _Tier = None
    model_input_tokens: Annotated[int, Field(ge=1_000)] = 60_000
    model_prices: str = ""
    second_reader: Policy = "doubtful"
    second_reader_model: Optional = None
    second_reader_base_url: Optional = None
    second_reader_reasoning_effort: _Effort = None
    second_reader_service_tier: _Tier = None

    def of_second_reader(self) -> Self:
        """Returns the settings of the second reader's model, in the places of the writer's."""
        return self.model_copy(
            update={
                "model": self.second_reader_model or self.model,
                "model_base_url": self.second_reader_base_url or self.model_base_url,
                "model_reasoning_effort": self.second_reader_reasoning_effort or self.model_reasoning_effort,
                "model_service_tier": self.second_reader_service_tier or self.model_service_tier,
            }
        )


class DeployedModelSettings(ModelSettings):
    """The same, with the model's provider and its key: one secret (an ARN) or one parameter (a name).

    ``bedrock`` needs no key, and ``none`` no model, and so no second reader. A second reader of another provider than
    the writer's has that provider's model, address and tier, unless it has its own.
    """

    model_provider: ModelProvider = "none"
    model_key_secret: Optional = None
    model_key_parameter: Optional = None
    second_reader_provider: Annotated[Literal["openai", "bedrock"] | None, BeforeValidator(_given)] = None
    second_reader_key_secret: Optional = None
    second_reader_key_parameter: Optional = None

    def of_second_reader(self) -> Self:
        """See ``ModelSettings``."""
        update: dict[str, str | None] = {}
        if self.second_reader_provider not in {None, self.model_provider}:
            update = {
                "model_provider": self.second_reader_provider,
                "model": self.second_reader_model,
                "model_base_url": self.second_reader_base_url,
                "model_service_tier": self.second_reader_service_tier,
            }
        if self.second_reader_key_secret or self.second_reader_key_parameter:
            update |= {
                "model_key_secret": self.second_reader_key_secret,
                "model_key_parameter": self.second_reader_key_parameter,
            }
        return super().of_second_reader().model_copy(update=update)

    @model_validator(mode="after")
    def _require_one_key(self) -> Self:
        if self.model_provider == "openai" and bool(self.model_key_secret) == bool(self.model_key_parameter):
            raise ValueError(
                "MODEL_PROVIDER is openai, so one of MODEL_KEY_SECRET and MODEL_KEY_PARAMETER has to name its key"
            )
        return self

    @model_validator(mode="after")
    def _require_a_tier_of_bedrock(self) -> Self:
        if self.model_provider == "bedrock" and self.model_service_tier not in BEDROCK_TIERS:
            raise ValueError(
                f"MODEL_SERVICE_TIER is {self.model_service_tier}, but MODEL_PROVIDER is bedrock, which serves GPT-5 "
                "models in its standard tier only: leave it empty, or take default"
            )
        return self

    @model_validator(mode="after")
    def _require_a_usable_second_reader(self) -> Self:
        reader = self.of_second_reader()
        if self.model_provider == "none":
            return self
        if reader.model_provider == "openai" and bool(reader.model_key_secret) == bool(reader.model_key_parameter):
            raise ValueError(
                "The second reader's provider is openai, so one of SECOND_READER_KEY_SECRET and "
                "SECOND_READER_KEY_PARAMETER, or of MODEL_KEY_SECRET and MODEL_KEY_PARAMETER, has to name its key"
            )
        if reader.model_provider == "bedrock" and reader.model_service_tier not in BEDROCK_TIERS:
            raise ValueError(
                f"SECOND_READER_SERVICE_TIER is {reader.model_service_tier}, but the second reader's provider is "
                "bedrock, which serves GPT-5 models in its standard tier only: take default"
            )
        return self


class WriterName(Settings):
    """The name of the writer's model, for functions that do not ask it."""

    model_provider: ModelProvider = "none"
    model: Optional = None

    @property
    def writer(self) -> WriterIdentity:
        """Returns the writer's model, whose circuit lets its upgrades through."""
        return WriterIdentity(self.model_provider, model=self.model or DEFAULT_MODELS.get(self.model_provider))


class ModelStateSettings(LaneSettings):
    """The table of breakers and budgets, and the lane's budget in US dollars a day.

    An empty one is no limit, 0 no model call.
    """

    model_state_table: str
    daily_budget_usd: _Budget = None


class GuardedModelSettings(DeployedModelSettings, ModelStateSettings):
    """A deployment's model, with its circuit breaker, its daily budget and its cache.

    ``house_styles`` is YAML (``writing/house_style.py``); empty means the bundled default. ``metric_sections`` are the
    first parts of ids, separated by commas, whose costs are told apart.
    """

    generations_table: str
    house_styles: str = ""
    metric_sections: str = ""

    @property
    def asked_model(self) -> str | None:
        """Returns the name of the writer's model; ``None`` if there is none."""
        return self.model or DEFAULT_MODELS.get(self.model_provider)

    @property
    def reader_model(self) -> str | None:
        """Returns the name of the second reader's model; ``None`` if there is none."""
        reader = self.of_second_reader()
        return reader.model or DEFAULT_MODELS.get(reader.model_provider)


class WritesSummariesSettings(Settings):
    """Settings of whatever stores revisions.

    ``revisions_kept`` is how many before the newest keep their texts (``domain/retention.py``); empty keeps all.
    """

    summaries_table: str
    revisions_kept: Annotated[Annotated[int, Field(ge=1)] | None, BeforeValidator(_given)] = None


class SummarizeUploadsSettings(GuardedModelSettings, WritesSummariesSettings):
    """Settings of ``functions/summarize_uploads``.

    ``max_receives`` is how often the queue delivers a message before it moves it to the dead-letter queue.
    ``articles_prefix`` is that of the articles' keys; the rest of a key is the article's id.
    """

    uploads_queue_url: str
    dead_letter_queue_url: str
    max_receives: Annotated[int, Field(ge=1)]
    articles_prefix: str = ""


class UpgradeSummariesSettings(ModelStateSettings, WriterName):
    """Settings of ``functions/upgrade_summaries``.

    ``backfill_concurrency`` is how many batches of ``backfill_queue_url`` are worked on at once, and
    ``backfill_budget_usd`` the budget of that lane, as ``daily_budget_usd`` is that of live news.
    """

    summaries_table: str
    backfill_queue_url: str
    backfill_concurrency: Annotated[int, Field(ge=1)]
    backfill_budget_usd: _Budget = None
    second_reader_provider: Annotated[ModelProvider | None, BeforeValidator(_given)] = None
    second_reader_model: Optional = None

    def of_lane(self) -> Self:
        """Returns the settings of the background lane, in the places of those of live news."""
        return self.model_copy(update={"model_lane": "backfill", "daily_budget_usd": self.backfill_budget_usd})

    @property
    def reader(self) -> WriterIdentity:
        """Returns the second reader's model, whose circuit lets second readings through."""
        provider = self.second_reader_provider or self.model_provider
        same = self.model if provider == self.model_provider else None
        return WriterIdentity(provider, model=self.second_reader_model or same or DEFAULT_MODELS.get(provider))


class BackfillSettings(GuardedModelSettings):
    """Settings of ``functions/backfill``; see those of ``summarize_uploads`` and ``upgrade_summaries``.

    The seconds are between two looks at the queue, at a batch, and after an attempt that brought nothing.
    """

    summaries_table: str
    articles_bucket: str
    articles_prefix: str = ""
    backfill_bucket: str
    backfill_queue_url: str
    backfill_concurrency: Annotated[int, Field(ge=1)]
    backfill_queue_seconds: Annotated[int, Field(ge=1)] = 20
    backfill_batch_seconds: Annotated[int, Field(ge=1)] = 60
    backfill_fruitless_seconds: Annotated[int, Field(ge=1)] = 600


class SummarizeOnRequestSettings(GuardedModelSettings, WritesSummariesSettings):
    """Settings of ``functions/summarize_on_request``; see those of ``summarize_uploads``."""

    articles_bucket: str
    articles_prefix: str = ""


class ReviewSummariesSettings(WriterName, WritesSummariesSettings):
    """Settings of ``functions/review_summaries``; see those of ``summarize_uploads``."""

    reviews_table: str
    uploads_queue_url: str
    generations_table: str
    articles_prefix: str = ""
    house_styles: str = ""
