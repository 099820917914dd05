"""Builds the summarizer and the second reader. Importing this imports OpenAI's client: see ``wiring/model.py``."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from standfirst.adapters.aws.api_key import PlainKey, StoredKey, key_in_parameter, key_in_secret
from standfirst.adapters.openai.batch import OpenAiBatchModel
from standfirst.adapters.openai.client import Connection, to_bedrock, to_openai
from standfirst.adapters.openai.responses import ModelOptions
from standfirst.adapters.openai.second_reader import OpenAiSecondReader
from standfirst.adapters.openai.summarizer import OpenAiSummarizer, likely_cost
from standfirst.domain.article import Article
from standfirst.domain.ports import GenerationCache
from standfirst.model.prices import BATCH_TIER, STANDARD_TIER, load_prices
from standfirst.use_cases.model_call import ModelCall, ReaderCall
from standfirst.wiring.model_state import daily_budget, reader_breaker, writer_breaker
from standfirst.wiring.settings import (
    DEFAULT_MODELS,
    DeployedModelSettings,
    GuardedModelSettings,
    ModelProvider,
    ModelSettings,
)


def deployed_summarizer(settings: DeployedModelSettings) -> OpenAiSummarizer:
    """Returns the summarizer of a deployment with a model; raises ``ModelUnusable`` if Bedrock has no region."""
    return OpenAiSummarizer(_connection(settings), _options(settings.model_provider, settings))


def guarded_models(
    settings: GuardedModelSettings, cache: GenerationCache, on_breaker_open: Callable[[str], None]
) -> tuple[ModelCall, ReaderCall]:
    """Returns the summarizer and the second reader of a deployment with a model, as ``wiring/model.py`` says.

    Both use one client if they are asked at the same place with the same key.
    """
    of_reader, connection, budget = settings.of_second_reader(), _connection(settings), daily_budget(settings)
    reader_connection = connection if _place(of_reader) == _place(settings) else _connection(of_reader)
    summarizer = OpenAiSummarizer(connection, _options(settings.model_provider, settings), cache=cache)
    reader = OpenAiSecondReader(reader_connection, _options(of_reader.model_provider, of_reader))
    return (
        ModelCall(summarizer, writer_breaker(settings, summarizer.identity, on_breaker_open), budget),
        ReaderCall(reader, reader_breaker(settings, reader.identity, on_breaker_open), budget),
    )


def deployed_batch_model(settings: DeployedModelSettings) -> OpenAiBatchModel:
    """Returns the same model as ``deployed_summarizer``, for files of requests; that of Bedrock has none."""
    return OpenAiBatchModel(_connection(settings), _options(settings.model_provider, settings))


def likely_costs(settings: DeployedModelSettings) -> dict[str, Callable[[Article], Decimal | None]]:
    """Returns what a draft is likely to cost: at the list's price, ``live`` in this lane, and in a ``batch``.

    Bedrock has no batches.
    """
    options = _options(settings.model_provider, settings)
    tiers = {"list": STANDARD_TIER, "live": options.service_tier or STANDARD_TIER, "batch": BATCH_TIER}
    if settings.model_provider != "openai":
        del tiers["batch"]
    return {name: partial(_likely_cost, options, tier) for name, tier in tiers.items()}


def _likely_cost(options: ModelOptions, tier: str, article: Article) -> Decimal | None:
    return likely_cost(options, article, tier)


def summarizer_with_key(settings: ModelSettings, key: str) -> OpenAiSummarizer:
    """Returns the summarizer of OpenAI, or of a server with the same API, for ``key``."""
    return OpenAiSummarizer(to_openai(PlainKey(key), settings.model_base_url), _options("openai", settings))


def second_reader_with_key(settings: ModelSettings, key: str) -> OpenAiSecondReader:
    """Returns the second reader of OpenAI, or of a server with the same API, for ``key``.

    ``settings`` are those of ``ModelSettings.of_second_reader``.
    """
    return OpenAiSecondReader(to_openai(PlainKey(key), settings.model_base_url), _options("openai", settings))


def _connection(settings: DeployedModelSettings) -> Connection:
    if settings.model_provider == "bedrock":
        return to_bedrock(settings.model_base_url)
    return to_openai(_stored_key(settings), settings.model_base_url)


def _place(settings: DeployedModelSettings) -> tuple[str | None, ...]:
    """Returns what ``_connection`` depends on."""
    return settings.model_provider, settings.model_base_url, settings.model_key_secret, settings.model_key_parameter


def _stored_key(settings: DeployedModelSettings) -> StoredKey:
    if settings.model_key_secret:
        return key_in_secret(settings.model_key_secret)
    return key_in_parameter(settings.model_key_parameter or "")


def _options(provider: ModelProvider, settings: ModelSettings) -> ModelOptions:
    model, prices, tier = (
        settings.model or DEFAULT_MODELS[provider],
        load_prices(settings.model_prices),
        settings.model_service_tier,
    )
    if settings.model_lane == "backfill" and provider == "openai" and prices.has_tier(model, "flex"):
        # Half the price, and nobody waits. A model whose list has no price for it may not be served so.
        tier = "flex"
    return ModelOptions(
        writer=provider,
        model=model,
        input_tokens=settings.model_input_tokens,
        prices=prices,
        reasoning_effort=settings.model_reasoning_effort,
        service_tier=tier,
    )
