"""Which model writes: by a deployment's settings, or by a shell's environment."""

from collections.abc import Iterator, Mapping

import boto3
import pytest

import model_server as play
from builders import A_MINUTE, a_style, an_article
from model_server import ModelServer
from standfirst.domain.errors import ModelMisconfigured, SettingsError
from standfirst.domain.ports import Assignment, ReadingAssignment, Summarizer
from standfirst.domain.second_reading import SentenceToRead
from standfirst.domain.usage import Usage
from standfirst.wiring.model import command_line_second_reader, command_line_summarizer, summarizer_from
from standfirst.wiring.settings import (
    DEFAULT_MODELS,
    DeployedModelSettings,
    SummarizeUploadsSettings,
    UpgradeSummariesSettings,
)
from standfirst_local.emulator import emulated_aws

SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:openai-AbCdEf"  # noqa: S105 - where it lies
GOOD = play.draft("The ferry returns.", "It returns in June.")


def deployed(**variables: str) -> Summarizer | None:
    """The model of a deployment with these variables."""
    return summarizer_from(DeployedModelSettings.from_environment(variables))


def write(summarizer: Summarizer | None) -> list[Usage]:
    """What one article cost."""
    assert summarizer
    spent: list[Usage] = []
    summarizer.write(Assignment(an_article(), a_style(), A_MINUTE), spent.append)
    return spent


@pytest.fixture
def key_in_the_account() -> Iterator[str]:
    """The name of a parameter that holds a key."""
    with emulated_aws():
        boto3.client("ssm").put_parameter(Name="/standfirst/openai", Value="sk-stored", Type="SecureString")
        yield "/standfirst/openai"


def test_without_a_provider_there_is_no_model() -> None:
    """A deployment with the extractive writer alone is complete."""
    assert deployed() is None
    assert deployed(MODEL_PROVIDER="none", MODEL="gpt-7") is None


def test_the_worker_has_the_settings_of_its_model() -> None:
    """As the template hands them over: what is not set is an empty text."""
    settings = SummarizeUploadsSettings.from_environment(
        {
            "SUMMARIES_TABLE": "summaries",
            "GENERATIONS_TABLE": "generations",
            "MODEL_STATE_TABLE": "state",
            "UPLOADS_QUEUE_URL": "https://queue",
            "DEAD_LETTER_QUEUE_URL": "https://dead",
            "DAILY_BUDGET_USD": "",
            "MAX_RECEIVES": "5",
            "MODEL_PROVIDER": "none",
            "MODEL": "",
            "MODEL_BASE_URL": "",
            "MODEL_REASONING_EFFORT": "low",
            "MODEL_SERVICE_TIER": "",
            "MODEL_PRICES": "",
            "MODEL_KEY_SECRET": "",
            "MODEL_KEY_PARAMETER": "",
        }
    )

    assert (settings.model, settings.model_base_url, settings.model_service_tier) == (None, None, None)
    assert settings.model_reasoning_effort == "low"
    assert settings.daily_budget_usd is None


def test_a_deployment_asks_with_the_key_it_keeps(model: ModelServer, key_in_the_account: str) -> None:
    """Everything that is set reaches the request, and the cost is by the deployment's own prices."""
    model.answers(GOOD)

    spent = write(
        deployed(
            MODEL_PROVIDER="openai",
            MODEL="our-model",
            MODEL_BASE_URL=model.base_url,
            MODEL_REASONING_EFFORT="",
            MODEL_SERVICE_TIER="flex",
            MODEL_PRICES="our-model: {input: 1, output: 2}",
            MODEL_KEY_PARAMETER=key_in_the_account,
        )
    )

    (request,) = model.requests
    assert request.headers["Authorization"] == "Bearer sk-stored"
    assert (request.body["model"], request.body["service_tier"]) == ("our-model", "flex")
    assert "reasoning" not in request.body
    assert spent[0].cost_usd == "0.0012"


@pytest.mark.parametrize(
    ("variables", "model_name"),
    [
        ({"MODEL_PROVIDER": "openai", "MODEL_KEY_SECRET": SECRET}, "gpt-5.6-luna"),
        ({"MODEL_PROVIDER": "bedrock"}, "openai.gpt-5.6-luna"),
    ],
    ids=["OpenAI", "Bedrock"],
)
def test_each_provider_has_a_model_of_its_own(
    variables: Mapping[str, str], model_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where none is named; nothing is asked of anybody yet."""
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")

    summarizer = deployed(**variables)

    assert summarizer
    assert (summarizer.identity.writer, summarizer.identity.model) == (variables["MODEL_PROVIDER"], model_name)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"MODEL_PROVIDER": "openai"}, "MODEL_KEY_SECRET and MODEL_KEY_PARAMETER"),
        (
            {"MODEL_PROVIDER": "openai", "MODEL_KEY_SECRET": SECRET, "MODEL_KEY_PARAMETER": "/key"},
            "MODEL_KEY_SECRET and MODEL_KEY_PARAMETER",
        ),
        ({"MODEL_PROVIDER": "openai", "MODEL_KEY_SECRET": " "}, "MODEL_KEY_SECRET and MODEL_KEY_PARAMETER"),
        ({"MODEL_PROVIDER": "azure"}, "MODEL_PROVIDER: "),
        ({"MODEL_REASONING_EFFORT": "much"}, "MODEL_REASONING_EFFORT: "),
        ({"MODEL_SERVICE_TIER": "cheap"}, "MODEL_SERVICE_TIER: "),
        ({"MODEL_INPUT_TOKENS": "10"}, "MODEL_INPUT_TOKENS: "),
        ({"MODEL_PROVIDER": "openai", "MODEL_KEY_SECRET": SECRET, "MODEL_PRICES": "- 1"}, "MODEL_PRICES: "),
    ],
    ids=["no key", "two keys", "a blank key", "provider", "effort", "tier", "budget", "prices"],
)
def test_a_setting_that_cannot_be_used_is_named(
    variables: Mapping[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An operator has to find it."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")

    with pytest.raises(SettingsError, match=said):
        deployed(**variables)


def test_bedrock_without_a_region_is_said_to_be() -> None:
    """It is no setting of ours, and no article's fault."""
    with pytest.raises(ModelMisconfigured):
        deployed(MODEL_PROVIDER="bedrock")


# ----------------------------------------------------------------------------------------------------------------------
# The second reader
# ----------------------------------------------------------------------------------------------------------------------

WRITER = {
    "MODEL_PROVIDER": "openai",
    "MODEL": "our-model",
    "MODEL_BASE_URL": "https://models.example/v1",
    "MODEL_SERVICE_TIER": "flex",
    "MODEL_KEY_PARAMETER": "/key",
}


def of_reader(**variables: str) -> tuple[str | None, ...]:
    """Provider, model, address, effort, tier and both places of the key, of the second reader beside ``WRITER``."""
    reader = DeployedModelSettings.from_environment({**WRITER, **variables}).of_second_reader()
    return (
        reader.model_provider,
        reader.model,
        reader.model_base_url,
        reader.model_reasoning_effort,
        reader.model_service_tier,
        reader.model_key_secret,
        reader.model_key_parameter,
    )


@pytest.mark.parametrize(
    ("variables", "settings"),
    [
        ({}, ("openai", "our-model", "https://models.example/v1", "low", "flex", None, "/key")),
        (
            {"SECOND_READER_MODEL": "reader", "SECOND_READER_REASONING_EFFORT": "high"},
            ("openai", "reader", "https://models.example/v1", "high", "flex", None, "/key"),
        ),
        (
            {"SECOND_READER_KEY_SECRET": SECRET, "SECOND_READER_BASE_URL": "https://other.example/v1"},
            ("openai", "our-model", "https://other.example/v1", "low", "flex", SECRET, None),
        ),
        ({"SECOND_READER_PROVIDER": "bedrock"}, ("bedrock", None, None, "low", None, None, "/key")),
        (
            {"SECOND_READER_PROVIDER": "openai", "SECOND_READER_MODEL": ""},
            ("openai", "our-model", "https://models.example/v1", "low", "flex", None, "/key"),
        ),
    ],
    ids=["as the writer", "a model of its own", "a server of its own", "another provider", "the same provider"],
)
def test_what_is_not_set_of_a_second_reader_is_the_writers(
    variables: Mapping[str, str], settings: tuple[str | None, ...]
) -> None:
    """But for what only the writer's provider has: its models, its address and its tiers."""
    assert of_reader(**variables) == settings


def test_the_upgrade_run_looks_at_the_circuit_of_the_reader_that_is_asked() -> None:
    """By the same names as those who ask: it is told less."""
    own = {"SUMMARIES_TABLE": "t", "MODEL_STATE_TABLE": "t", "BACKFILL_QUEUE_URL": "u", "BACKFILL_CONCURRENCY": "2"}
    for reader in ({}, {"SECOND_READER_PROVIDER": "bedrock"}, {"SECOND_READER_MODEL": "reader"}):
        asked = DeployedModelSettings.from_environment({**WRITER, **reader}).of_second_reader()
        upgrades = UpgradeSummariesSettings.from_environment({**own, **WRITER, **reader})

        assert (upgrades.reader.writer, upgrades.reader.model) == (
            asked.model_provider,
            asked.model or DEFAULT_MODELS[asked.model_provider],
        )


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"SECOND_READER": "sometimes"}, "SECOND_READER: "),
        ({"SECOND_READER_PROVIDER": "none"}, "SECOND_READER_PROVIDER: "),
        ({"SECOND_READER_SERVICE_TIER": "flex", "SECOND_READER_PROVIDER": "bedrock"}, "SECOND_READER_SERVICE_TIER is"),
        ({"SECOND_READER_KEY_SECRET": SECRET, "SECOND_READER_KEY_PARAMETER": "/k"}, "SECOND_READER_KEY_SECRET and"),
        (
            {"MODEL_PROVIDER": "bedrock", "MODEL_SERVICE_TIER": "", "MODEL_KEY_PARAMETER": ""}
            | {"SECOND_READER_PROVIDER": "openai"},
            "SECOND_READER_KEY_SECRET and",
        ),
    ],
    ids=["policy", "provider", "tier", "two keys", "no key"],
)
def test_a_setting_of_a_second_reader_that_cannot_be_used_is_named(variables: Mapping[str, str], said: str) -> None:
    """Before anything is asked."""
    with pytest.raises(SettingsError, match=said):
        of_reader(**variables)


def test_without_a_model_there_is_nothing_to_read_and_nothing_to_complain_of() -> None:
    """The default of a deployment without a model reads like that of one with."""
    settings = DeployedModelSettings.from_environment({"SECOND_READER": "always", "SECOND_READER_PROVIDER": "openai"})

    assert settings.model_provider == "none"


def test_a_shell_has_a_second_reader_of_its_own(model: ModelServer) -> None:
    """With the writer's key and server, unless it names others; none without a key."""
    model.answers(play.verdicts(play.a_verdict(1, "supported", "The ferry")))
    shell = {"OPENAI_API_KEY": "x", "OPENAI_BASE_URL": model.base_url, "SECOND_READER_MODEL": "gpt-6-reader"}
    assignment = ReadingAssignment(an_article(), (SentenceToRead("summary", 0, "The ferry returns."),), A_MINUTE)

    for environment in (shell, {**shell, "SECOND_READER_API_KEY": "y"}):
        reader = command_line_second_reader(environment)
        assert reader
        reader.read(assignment, lambda _: None)

    assert [request.headers["Authorization"] for request in model.requests] == ["Bearer x", "Bearer y"]
    assert {request.body["model"] for request in model.requests} == {"gpt-6-reader"}
    assert command_line_second_reader({"SECOND_READER": "always"}) is None


# ----------------------------------------------------------------------------------------------------------------------
# A shell
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [{}, {"OPENAI_API_KEY": ""}, {"OPENAI_API_KEY": " "}], ids=["none", "empty", "blank"])
def test_a_shell_without_a_key_has_no_model(key: Mapping[str, str]) -> None:
    """Whatever else stands in it."""
    assert command_line_summarizer({**key, "MODEL": "gpt-7", "OPENAI_BASE_URL": "http://127.0.0.1:9"}) is None


def test_a_shell_with_a_key_asks_the_server_it_names(model: ModelServer) -> None:
    """By the names that OpenAI's own tools use, and ours for the rest."""
    model.answers(GOOD)
    shell = {"OPENAI_API_KEY": "x", "OPENAI_BASE_URL": model.base_url, "MODEL": "gpt-6-luna", "HOME": "/root"}

    write(command_line_summarizer(shell))
    write(command_line_summarizer({**shell, "OPENAI_BASE_URL": "http://127.0.0.1:9", "MODEL_BASE_URL": model.base_url}))

    assert [request.headers["Authorization"] for request in model.requests] == ["Bearer x", "Bearer x"]
    assert [request.body["model"] for request in model.requests] == ["gpt-6-luna", "gpt-6-luna"]
    assert model.requests[0].body["reasoning"] == {"effort": "low"}


def test_a_shell_with_a_wrong_setting_gets_an_error() -> None:
    """By the name of the variable."""
    with pytest.raises(SettingsError, match="MODEL_REASONING_EFFORT"):
        command_line_summarizer({"OPENAI_API_KEY": "x", "MODEL_REASONING_EFFORT": "much"})
