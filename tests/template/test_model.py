"""The model: its key, its budget, what is remembered of it, and the alarms about it."""

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from builders import a_record
from cloudformation import SECRET, module_of, properties, resolved_variables_of, rule_holds, stack, variables_of
from standfirst.adapters.aws.idempotency import CONTENT_INDEX
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import SettingsError
from standfirst.domain.record import Degraded, MadeBy
from standfirst.use_cases.apply_version import Outcome, Result
from standfirst.wiring.settings import DeployedModelSettings, ModelStateSettings
from standfirst_local.environment import environment

# ----------------------------------------------------------------------------------------------------------------------
# Its key
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "deployable"),
    [
        ({}, True),
        ({"ModelProvider": "bedrock"}, True),
        ({"ModelProvider": "openai"}, False),
        ({"ModelProvider": "openai", "ModelKeySecretArn": SECRET}, True),
        ({"ModelProvider": "openai", "ModelKeyParameter": "/key"}, True),
        ({"ModelProvider": "openai", "ModelKeySecretArn": SECRET, "ModelKeyParameter": "/key"}, False),
    ],
    ids=["no model", "Bedrock", "no key", "secret", "parameter", "two keys"],
)
def test_a_model_without_its_key_is_not_deployed(parameters: dict[str, str], deployable: bool) -> None:  # noqa: FBT001
    """CloudFormation refuses before it changes anything, and says what is missing."""
    assert rule_holds("OpenAiNeedsAKey", parameters) == deployable
    assert all(assertion["AssertDescription"] for assertion in stack()["Rules"]["OpenAiNeedsAKey"]["Assertions"])


@pytest.mark.parametrize("tier", stack()["Parameters"]["ModelServiceTier"]["AllowedValues"])
def test_bedrock_is_deployed_in_its_standard_tier_only(tier: str) -> None:
    """Its provider refuses every request for another one, so CloudFormation does first, and the functions as well."""
    variables = {"MODEL_PROVIDER": "bedrock", "MODEL_SERVICE_TIER": tier}

    deployable = rule_holds("BedrockHasOneServiceTier", {"ModelProvider": "bedrock", "ModelServiceTier": tier})

    assert deployable == (tier in {"", "default"})
    assert rule_holds("BedrockHasOneServiceTier", {"ModelProvider": "openai", "ModelServiceTier": tier})
    if deployable:
        assert DeployedModelSettings.from_environment(variables).model_service_tier == (tier or None)
    else:
        with pytest.raises(SettingsError, match=f"MODEL_SERVICE_TIER is {tier}, but MODEL_PROVIDER is bedrock"):
            DeployedModelSettings.from_environment(variables)


@pytest.mark.parametrize("function", ["SummarizeUploads", "SummarizeOnRequest"])
def test_no_key_is_a_parameter_or_a_variable(function: str) -> None:
    """Both show in consoles and logs; only where the key lies is said in them."""
    keys = [name for name in stack()["Parameters"] if "Key" in name and "Kms" not in name]

    assert sorted(keys) == [
        "ModelKeyParameter",
        "ModelKeySecretArn",
        "SecondReaderKeyParameter",
        "SecondReaderKeySecretArn",
    ]
    assert "OPENAI_API_KEY" not in variables_of(function)
    for key in keys:
        assert not re.fullmatch(stack()["Parameters"][key]["AllowedPattern"], "sk-proj-1234")


# ----------------------------------------------------------------------------------------------------------------------
# The second reader
# ----------------------------------------------------------------------------------------------------------------------

OF_READER = {
    "SECOND_READER": "SecondReader",
    "SECOND_READER_PROVIDER": "SecondReaderProvider",
    "SECOND_READER_MODEL": "SecondReaderModel",
    "SECOND_READER_BASE_URL": "SecondReaderBaseUrl",
    "SECOND_READER_REASONING_EFFORT": "SecondReaderReasoningEffort",
    "SECOND_READER_SERVICE_TIER": "SecondReaderServiceTier",
    "SECOND_READER_KEY_SECRET": "SecondReaderKeySecretArn",
    "SECOND_READER_KEY_PARAMETER": "SecondReaderKeyParameter",
}


@pytest.mark.parametrize("function", ["SummarizeUploads", "SummarizeOnRequest"])
def test_who_writes_has_the_settings_of_the_second_reader(function: str) -> None:
    """Under the names that the functions read; the upgrade run needs to know whose circuit to look at."""
    variables, of_upgrades = variables_of(function), variables_of("UpgradeSummaries")

    assert {name: variables[name] for name in OF_READER} == {name: {"Ref": ref} for name, ref in OF_READER.items()}
    assert {name for name in of_upgrades if name in OF_READER} == {"SECOND_READER_PROVIDER", "SECOND_READER_MODEL"}


def test_a_deployment_with_a_model_has_a_second_reader_for_what_is_doubtful() -> None:
    """Unless somebody says otherwise; what the parameter takes, the functions read."""
    parameter = stack()["Parameters"]["SecondReader"]

    assert parameter["Default"] == "doubtful"
    for policy in parameter["AllowedValues"]:
        assert DeployedModelSettings.from_environment({"SECOND_READER": policy}).second_reader == policy


@pytest.mark.parametrize(
    ("parameters", "variables"),
    [
        ({"ModelProvider": "bedrock", "SecondReaderProvider": "openai"}, {}),
        (
            {"ModelProvider": "openai", "ModelKeyParameter": "/k", "SecondReaderProvider": "bedrock"}
            | {"SecondReaderServiceTier": "flex"},
            {"MODEL_KEY_PARAMETER": "/k", "SECOND_READER_SERVICE_TIER": "flex"},
        ),
        (
            {"ModelProvider": "bedrock", "SecondReaderServiceTier": "flex"},
            {"SECOND_READER_SERVICE_TIER": "flex"},
        ),
        (
            {"ModelProvider": "bedrock", "SecondReaderProvider": "openai"}
            | {"ModelKeySecretArn": SECRET, "ModelKeyParameter": "/k"},
            {"MODEL_KEY_SECRET": SECRET, "MODEL_KEY_PARAMETER": "/k"},
        ),
        (
            {"ModelProvider": "openai", "ModelKeyParameter": "/k", "SecondReaderKeySecretArn": SECRET}
            | {"SecondReaderKeyParameter": "/r"},
            {
                "MODEL_KEY_PARAMETER": "/k",
                "SECOND_READER_KEY_SECRET": SECRET,
                "SECOND_READER_KEY_PARAMETER": "/r",
            },
        ),
    ],
    ids=["no key", "Bedrock has one tier", "the writer's Bedrock too", "two keys of the writer", "two keys"],
)
def test_a_second_reader_that_could_not_be_asked_is_not_deployed(
    parameters: dict[str, str], variables: dict[str, str]
) -> None:
    """CloudFormation refuses it, and the functions would."""
    rules = ("SecondReaderNeedsAKey", "SecondReaderOnBedrockHasOneServiceTier", "SecondReaderHasOneKey")
    providers = {"MODEL_PROVIDER": parameters["ModelProvider"]}
    providers["SECOND_READER_PROVIDER"] = parameters.get("SecondReaderProvider", "")

    assert [rule_holds(rule, parameters) for rule in rules].count(False) == 1
    with pytest.raises(SettingsError, match="SECOND_READER"):
        DeployedModelSettings.from_environment({**providers, **variables})


# ----------------------------------------------------------------------------------------------------------------------
# Its budget
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("budget", ["", "0", "0.00", "10", "2.50", "0.000001", "007", "999999999"])
def test_a_budget_that_can_be_deployed_can_be_used(budget: str) -> None:
    """Empty sets no limit, 0 one of nothing; what the parameter takes, the functions read."""
    settings = ModelStateSettings.from_environment({"MODEL_STATE_TABLE": "t", "DAILY_BUDGET_USD": budget})

    assert re.fullmatch(stack()["Parameters"]["DailyBudgetUsd"]["AllowedPattern"], budget)
    assert settings.daily_budget_usd == (Decimal(budget) if budget else None)


@pytest.mark.parametrize("budget", ["-1", "ten", "1,50", "1e3", "10 ", "$10", ".5", "1.", "NaN", "1.1234567", "\u0661"])
def test_a_budget_that_is_none_is_not_deployed(budget: str) -> None:
    """CloudFormation says so before it changes anything."""
    assert not re.fullmatch(stack()["Parameters"]["DailyBudgetUsd"]["AllowedPattern"], budget)


def test_the_model_costs_no_more_than_is_agreed_unless_somebody_says_so() -> None:
    """The default is a limit, not the lack of one."""
    assert Decimal(stack()["Parameters"]["DailyBudgetUsd"]["Default"]) > 0


# ----------------------------------------------------------------------------------------------------------------------
# What is remembered of it
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("logical_id", ["GenerationsTable", "ModelStateTable"])
def test_what_is_remembered_of_the_model_is_encrypted_and_forgets_itself(logical_id: str) -> None:
    """Under the names that Powertools, and the budget beside it, use; capacity follows the load."""
    table = properties(logical_id)

    assert table["KeySchema"] == [{"AttributeName": "id", "KeyType": "HASH"}]
    assert {"AttributeName": "id", "AttributeType": "S"} in table["AttributeDefinitions"]
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expiration", "Enabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_what_was_generated_is_found_by_its_article_and_holds_no_text_twice() -> None:
    """A takedown asks the index, which has the keys alone."""
    [index] = properties("GenerationsTable")["GlobalSecondaryIndexes"]

    assert (index["IndexName"], index["Projection"]) == (CONTENT_INDEX, {"ProjectionType": "KEYS_ONLY"})
    assert index["KeySchema"] == [{"AttributeName": "content", "KeyType": "HASH"}]


def test_what_was_paid_for_lies_apart_from_the_breaker() -> None:
    """Two tables: whoever may look at the one need not be able to read texts under embargo in the other."""
    variables = variables_of("SummarizeUploads")

    assert variables["GENERATIONS_TABLE"] == {"Ref": "GenerationsTable"}
    assert variables["MODEL_STATE_TABLE"] == {"Ref": "ModelStateTable"}


# ----------------------------------------------------------------------------------------------------------------------
# The alarms about it
# ----------------------------------------------------------------------------------------------------------------------


def watched_by(alarm: str) -> dict[str, Any]:
    """Each metric that an alarm adds up, by its id."""
    return {each["Id"]: each["MetricStat"] for each in properties(alarm)["Metrics"] if "MetricStat" in each}


def sent_by(function: str) -> list[tuple[str, str, dict[str, str]]]:
    """Namespace, name and dimension of each metric of a function whose breaker has opened, and budget was spent."""
    app = module_of(function)
    # Powertools keeps metrics for all apps of a process.
    app.metrics.clear_metrics()
    with environment(resolved_variables_of(function)):
        app.on_breaker_open("openai/a-model down")
        if function == "SummarizeUploads":
            app.report([Result(ArticleId("a"), Outcome.GENERATED, degraded=Degraded.BUDGET)])
        else:
            spent = MadeBy(writer="extractive", model=None, prompt=None, style="default@1", degraded=Degraded.BUDGET)
            app.report(a_record().model_copy(update={"made_by": spent}))
    sent = app.metrics.serialize_metric_set()
    app.metrics.clear_metrics()
    (told,) = sent["_aws"]["CloudWatchMetrics"]
    ((dimension,),) = told["Dimensions"]
    by = {"Name": dimension, "Value": sent[dimension]}
    return [(told["Namespace"], metric["Name"], by) for metric in told["Metrics"]]


@pytest.mark.parametrize(
    ("alarm", "function"),
    [
        ("ModelBreakerAlarm", "SummarizeUploads"),
        ("ModelBreakerAlarm", "SummarizeOnRequest"),
        ("BudgetSpentAlarm", "SummarizeUploads"),
        ("BudgetSpentAlarm", "SummarizeOnRequest"),
    ],
)
def test_an_alarm_about_the_model_looks_at_a_metric_that_is_sent(alarm: str, function: str) -> None:
    """Under its namespace, name and service, to the letter: a metric that nobody sends alarms nobody."""
    watched = [stat["Metric"] for stat in watched_by(alarm).values()]

    sent = sent_by(function)

    assert {json.dumps(each["Namespace"]) for each in watched} == {json.dumps({"Ref": "MetricsNamespace"})}
    assert [each for each in watched if ("Standfirst", each["MetricName"], *each["Dimensions"]) in sent]


@pytest.mark.parametrize(
    ("alarm", "metric", "functions"),
    [
        ("ModelBreakerAlarm", "model_breaker_opened", ["SummarizeUploads", "SummarizeOnRequest", "BackfillArticles"]),
        ("BudgetSpentAlarm", "degraded_budget", ["SummarizeUploads", "SummarizeOnRequest"]),
    ],
    ids=["breaker", "budget"],
)
def test_an_alarm_about_the_model_hears_every_function_that_asks_it(
    alarm: str, metric: str, functions: Sequence[str]
) -> None:
    """One of them is enough, though the others send nothing: what is missing is filled up before it is added.

    That the budget of backfills is spent is no reason for one: they go on the next day.
    """
    askers = [variables_of(name)["POWERTOOLS_SERVICE_NAME"] for name in functions]
    watched = watched_by(alarm)
    (summed,) = [each for each in properties(alarm)["Metrics"] if "Expression" in each]

    assert sorted(
        dimension["Value"] for one in watched.values() for dimension in one["Metric"]["Dimensions"]
    ) == sorted(askers)
    assert {(one["Stat"], one["Metric"]["MetricName"]) for one in watched.values()} == {("Sum", metric)}
    assert summed["Expression"] == f"SUM([{', '.join(f'FILL({name}, 0)' for name in watched)}])"
    assert [each["Id"] for each in properties(alarm)["Metrics"] if each.get("ReturnData", True)] == [summed["Id"]]


@pytest.mark.parametrize("alarm", ["ModelBreakerAlarm", "BudgetSpentAlarm"])
def test_an_alarm_about_the_model_goes_off_at_the_first_time(alarm: str) -> None:
    """And looks at more than the newest period, which is filled up before its metrics have come."""
    found = properties(alarm)

    assert found["Threshold"] == 0
    assert (found["DatapointsToAlarm"], found["EvaluationPeriods"] > 1) == (1, True)
    assert len({one["Period"] for one in watched_by(alarm).values()}) == 1
