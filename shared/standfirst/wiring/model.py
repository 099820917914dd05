"""Who the model writer is, if there is one: by a deployment's settings, or by what stands in a shell's environment.

``model_wiring`` and what it brings are imported when there is a model to ask: OpenAI's client takes half a second to
import, for which nobody should wait who has no model.
"""

from collections.abc import Callable, Mapping

from standfirst.domain.ports import GenerationCache, Summarizer
from standfirst.wiring.settings import DeployedModelSettings, GuardedModelSettings, ModelSettings


def summarizer_from(settings: DeployedModelSettings) -> Summarizer | None:
    """The model that a deployment asks, ``None`` where it has none.

    Nothing is sent yet. Raises ``SettingsError`` for prices that are none, ``ModelMisconfigured`` where Bedrock has no
    region.
    """
    if settings.model_provider == "none":
        return None
    from standfirst.wiring import openai_model  # noqa: PLC0415 - see above

    return openai_model.deployed_summarizer(settings)


def guarded_summarizer(
    settings: GuardedModelSettings, log: GenerationCache, on_breaker_open: Callable[[str], None]
) -> Summarizer | None:
    """The same, behind a breaker and within the daily budget; ``tell_opened`` hears the name of a circuit that opens.

    ``log`` keeps what was paid for on the way to a text. Raises as ``summarizer_from`` does.
    """
    if settings.model_provider == "none":
        return None
    from standfirst.wiring import openai_model  # noqa: PLC0415 - see above

    return openai_model.guarded(openai_model.deployed_summarizer(settings, log), settings, on_breaker_open)


def command_line_summarizer(environment: Mapping[str, str]) -> Summarizer | None:
    """The model that a shell's environment names, ``None`` without a key in it.

    The key is OPENAI_API_KEY, the server OPENAI_BASE_URL if it is not OpenAI's own, and the rest is as in
    ``ModelSettings``: MODEL, MODEL_REASONING_EFFORT and so on. Raises ``SettingsError`` naming what is wrong.
    """
    key = environment.get("OPENAI_API_KEY", "").strip()
    if not key:
        return None
    from standfirst.wiring import openai_model  # noqa: PLC0415 - see above

    base_url = environment.get("MODEL_BASE_URL", "").strip() or environment.get("OPENAI_BASE_URL", "")
    settings = ModelSettings.from_environment({**environment, "MODEL_BASE_URL": base_url})
    return openai_model.summarizer_with_key(settings, key)
