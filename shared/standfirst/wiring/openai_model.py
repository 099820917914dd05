"""Builds the model's summarizer. Importing this module imports OpenAI's client: see ``wiring/model.py``."""

from collections.abc import Callable

from standfirst.adapters.aws.api_key import PlainKey, StoredKey, key_in_parameter, key_in_secret
from standfirst.adapters.aws.budget_table import DynamoDbBudgetTable
from standfirst.adapters.aws.circuit_breaker import DynamoDbBreaker
from standfirst.adapters.clock import SystemClock
from standfirst.adapters.openai.client import Connection, to_bedrock, to_openai
from standfirst.adapters.openai.responses import ModelOptions
from standfirst.adapters.openai.summarizer import OpenAiSummarizer
from standfirst.domain.ports import GenerationCache, PricedSummarizer
from standfirst.model.prices import load_prices
from standfirst.use_cases.model_call import ModelCall
from standfirst.wiring.settings import (
    DEFAULT_MODELS,
    DeployedModelSettings,
    ModelProvider,
    ModelSettings,
    ModelStateSettings,
)


def deployed_summarizer(settings: DeployedModelSettings, cache: GenerationCache | None = None) -> OpenAiSummarizer:
    """Returns the summarizer of a deployment with a model; raises ``ModelUnusable`` if Bedrock has no region."""
    if settings.model_provider == "bedrock":
        return _summarizer("bedrock", settings, to_bedrock(settings.model_base_url), cache)
    return _summarizer("openai", settings, to_openai(_stored_key(settings), settings.model_base_url), cache)


def model_call(
    summarizer: PricedSummarizer, settings: ModelStateSettings, on_breaker_open: Callable[[str], None]
) -> ModelCall:
    """Returns ``summarizer`` behind its circuit breaker and the daily budget, if there is one."""
    table, usd_a_day = settings.model_state_table, settings.daily_budget_usd
    budget = None if usd_a_day is None else DynamoDbBudgetTable(table, usd_a_day, SystemClock())
    return ModelCall(summarizer, DynamoDbBreaker(table, summarizer.identity, on_breaker_open), budget)


def summarizer_with_key(settings: ModelSettings, key: str) -> OpenAiSummarizer:
    """Returns the summarizer of OpenAI, or of a server with the same API, for ``key``."""
    return _summarizer("openai", settings, to_openai(PlainKey(key), settings.model_base_url))


def _stored_key(settings: DeployedModelSettings) -> StoredKey:
    if settings.model_key_secret:
        return key_in_secret(settings.model_key_secret)
    return key_in_parameter(settings.model_key_parameter or "")


def _summarizer(
    provider: ModelProvider, settings: ModelSettings, connection: Connection, cache: GenerationCache | None = None
) -> OpenAiSummarizer:
    options = ModelOptions(
        writer=provider,
        model=settings.model or DEFAULT_MODELS[provider],
        input_tokens=settings.model_input_tokens,
        prices=load_prices(settings.model_prices),
        reasoning_effort=settings.model_reasoning_effort,
        service_tier=settings.model_service_tier,
    )
    return OpenAiSummarizer(connection, options, cache=cache)
