"""The model writer put together. Whoever imports this imports OpenAI's client: see ``model_writer``."""

from collections.abc import Callable

from standfirst.adapters.aws.api_key import PlainKey, StoredKey, key_in_parameter, key_in_secret
from standfirst.adapters.aws.budget_table import DynamoDbBudgetTable
from standfirst.adapters.aws.circuit_breaker import ModelBehindBreaker
from standfirst.adapters.clock import SystemClock
from standfirst.adapters.openai.client import Connection, to_bedrock, to_openai
from standfirst.adapters.openai.responses import ModelOptions
from standfirst.adapters.openai.summarizer import OpenAiSummarizer
from standfirst.domain.ports import GenerationCache, Summarizer
from standfirst.use_cases.budgeted_model import BudgetedModel
from standfirst.wiring.settings import (
    DEFAULT_MODELS,
    DeployedModelSettings,
    ModelProvider,
    ModelSettings,
    ModelStateSettings,
)
from standfirst.writing.model.prices import load_prices


def deployed_summarizer(settings: DeployedModelSettings, log: GenerationCache | None = None) -> OpenAiSummarizer:
    """The model of a deployment that has one; raises ``ModelUnusable`` where Bedrock has no region."""
    if settings.model_provider == "bedrock":
        return _summarizer("bedrock", settings, to_bedrock(settings.model_base_url), log)
    return _summarizer("openai", settings, to_openai(_stored_key(settings), settings.model_base_url), log)


def guarded(summarizer: Summarizer, settings: ModelStateSettings, on_breaker_open: Callable[[str], None]) -> Summarizer:
    """``summarizer`` behind its breaker; the budget is asked last, so that an open breaker reserves nothing."""
    table, usd_a_day = settings.model_state_table, settings.daily_budget_usd
    if usd_a_day is not None:
        summarizer = BudgetedModel(summarizer, DynamoDbBudgetTable(table, usd_a_day, SystemClock()))
    return ModelBehindBreaker(summarizer, table, on_breaker_open)


def summarizer_with_key(settings: ModelSettings, key: str) -> OpenAiSummarizer:
    """A model of OpenAI's, or of a server that speaks the same, for whoever holds its ``key``."""
    return _summarizer("openai", settings, to_openai(PlainKey(key), settings.model_base_url))


def _stored_key(settings: DeployedModelSettings) -> StoredKey:
    if settings.model_key_secret:
        return key_in_secret(settings.model_key_secret)
    return key_in_parameter(settings.model_key_parameter or "")


def _summarizer(
    provider: ModelProvider, settings: ModelSettings, connection: Connection, log: GenerationCache | None = None
) -> OpenAiSummarizer:
    options = ModelOptions(
        writer=provider,
        model=settings.model or DEFAULT_MODELS[provider],
        input_tokens=settings.model_input_tokens,
        prices=load_prices(settings.model_prices),
        reasoning_effort=settings.model_reasoning_effort,
        service_tier=settings.model_service_tier,
    )
    return OpenAiSummarizer(connection, options, log=log)
