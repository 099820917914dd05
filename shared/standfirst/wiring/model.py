"""Builds the model's summarizer, if there is a model: from a deployment's settings, or from a shell's environment.

``wiring/openai_model.py`` is imported only when there is a model: OpenAI's client takes half a second to import.
"""

from collections.abc import Callable, Mapping

from standfirst.domain.ports import GenerationCache, PricedSecondReader, PricedSummarizer, ReservingReader, Summarizer
from standfirst.wiring.settings import DeployedModelSettings, GuardedModelSettings, ModelSettings


def summarizer_from(settings: DeployedModelSettings) -> Summarizer | None:
    """Returns the summarizer of a deployment, ``None`` if it has no model. Nothing is sent yet.

    Raises ``SettingsError`` for invalid prices, ``ModelUnusable`` if Bedrock has no region.
    """
    if settings.model_provider == "none":
        return None
    from standfirst.wiring import openai_model  # noqa: PLC0415 - see above

    return openai_model.deployed_summarizer(settings)


def guarded_models(
    settings: GuardedModelSettings, cache: GenerationCache, on_breaker_open: Callable[[str], None]
) -> tuple[Summarizer, ReservingReader] | None:
    """Returns the summarizer and the second reader, each with a circuit breaker, and the daily budget of both.

    ``None`` without a model. There is a second reader also if ``SECOND_READER`` is ``off``, because a house style may
    ask for it. ``on_breaker_open`` is called with the name of a circuit that opens. ``cache`` stores the notes on long
    articles. Raises as ``summarizer_from`` does.
    """
    if settings.model_provider == "none":
        return None
    from standfirst.wiring import openai_model  # noqa: PLC0415 - see above

    return openai_model.guarded_models(settings, cache, on_breaker_open)


def command_line_summarizer(environment: Mapping[str, str]) -> PricedSummarizer | None:
    """Returns the summarizer that a shell's environment names, ``None`` without a key in it.

    The key is OPENAI_API_KEY, the server OPENAI_BASE_URL if it is not OpenAI's own, and the rest is as in
    ``ModelSettings``: MODEL, MODEL_REASONING_EFFORT and so on. Raises ``SettingsError`` naming what is wrong.
    """
    key = environment.get("OPENAI_API_KEY", "").strip()
    if not key:
        return None
    from standfirst.wiring import openai_model  # noqa: PLC0415 - see above

    return openai_model.summarizer_with_key(command_line_settings(environment), key)


def command_line_second_reader(environment: Mapping[str, str]) -> PricedSecondReader | None:
    """Returns the second reader that a shell's environment names, ``None`` without a key in it.

    The key is SECOND_READER_API_KEY, or else that of the summarizer; the rest is SECOND_READER_MODEL and so on, or else
    as for the summarizer. Raises ``SettingsError`` naming what is wrong.
    """
    key = (environment.get("SECOND_READER_API_KEY", "").strip() or environment.get("OPENAI_API_KEY", "")).strip()
    if not key:
        return None
    from standfirst.wiring import openai_model  # noqa: PLC0415 - see above

    return openai_model.second_reader_with_key(command_line_settings(environment).of_second_reader(), key)


def command_line_settings(environment: Mapping[str, str]) -> ModelSettings:
    """Returns the settings of the models that a shell's environment names; raises ``SettingsError``."""
    base_url = environment.get("MODEL_BASE_URL", "").strip() or environment.get("OPENAI_BASE_URL", "")
    return ModelSettings.from_environment({**environment, "MODEL_BASE_URL": base_url})
