"""template.yaml as CloudFormation has it, once SAM's own transform is done with it, and what its words mean there."""

import importlib.util
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from standfirst_local import template
from standfirst_local.deployment import read_deployment
from standfirst_local.environment import environment
from standfirst_local.template import transformed

TEMPLATE = Path(__file__).parents[1] / "template.yaml"
SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:openai-AbCdEf"  # noqa: S105 - where it lies

KEY = "arn:aws:kms:eu-west-1:123456789012:key/12345678-90ab-cdef-1234-567890abcdef"
TABLE_ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/standfirst-SummariesTable-1A2B3C"
STREAM = f"{TABLE_ARN}/stream/2026-11-28T12:00:00.000"

HOUR, DAY = 3_600, 86_400

ALIAS = "Aliaslive"
"""How SAM ends the logical id of a function's alias."""

_SPELT_OUT = re.compile(
    r"arn:\$\{AWS::Partition\}:(?:s3:::|dynamodb:\$\{AWS::Region\}:\$\{AWS::AccountId\}:table/)\$\{(\w+)\}"
)

DEFAULTS: Mapping[str, str] = MappingProxyType({})

TOKENS = {"JwtIssuer": "https://login.newsroom.example/", "JwtAudience": "standfirst,standfirst-test"}
DESK = {**TOKENS, "Desk": "on", "DeskClientId": "desk"}
BROWSERS = {"CorsOrigins": "https://cms.newsroom.example,http://localhost:5173"}

PARAMETERS = {
    "as it is": {},
    "one folder": {"ArticlePrefix": "articles/"},
    "with a topic": {"AlarmTopicArn": "arn:aws:sns:eu-west-1:123456789012:newsroom-alarms"},
    "debug": {"LogLevel": "DEBUG", "MaximumConcurrency": "2", "HouseStyles": "default: {}"},
    "OpenAI, key in a secret": {"ModelProvider": "openai", "ModelKeySecretArn": SECRET},
    "OpenAI, key in a parameter": {"ModelProvider": "openai", "ModelKeyParameter": "/standfirst/openai"},
    "another server": {
        "ModelProvider": "openai",
        "ModelKeySecretArn": SECRET,
        "ModelName": "our-model",
        "ModelBaseUrl": "https://models.example/v1",
        "ModelReasoningEffort": "",
        "ModelPrices": "our-model: {input: 1, output: 2}",
    },
    "flex": {"ModelProvider": "openai", "ModelKeySecretArn": SECRET, "ModelServiceTier": "flex"},
    "Bedrock": {"ModelProvider": "bedrock", "ModelReasoningEffort": "high"},
    "a second reader on Bedrock": {
        "ModelProvider": "openai",
        "ModelKeySecretArn": SECRET,
        "SecondReader": "always",
        "SecondReaderProvider": "bedrock",
    },
    "a second reader of OpenAI": {
        "ModelProvider": "bedrock",
        "SecondReaderProvider": "openai",
        "SecondReaderKeyParameter": "/standfirst/reader",
    },
    "a second reader with the writer's key": {
        "ModelProvider": "bedrock",
        "SecondReaderProvider": "openai",
        "ModelKeySecretArn": SECRET,
    },
    "a second reader elsewhere": {
        "ModelProvider": "openai",
        "ModelKeyParameter": "/standfirst/openai",
        "SecondReaderModel": "our-reader",
        "SecondReaderBaseUrl": "https://models.example/v1",
        "SecondReaderKeySecretArn": SECRET,
    },
    "no limit to what is spent": {"ModelProvider": "bedrock", "DailyBudgetUsd": ""},
    "tokens": TOKENS,
    "browsers": BROWSERS,
    "tokens and browsers": {**TOKENS, **BROWSERS},
    "the desk": DESK,
    "a key": {"KmsKeyArn": KEY},
    "another stack's bucket": {"ExistingArticlesBucket": "newsroom.articles"},
    "an existing bucket's events": {
        "ExistingArticlesBucket": "newsroom.articles",
        "ExistingBucketEvents": "EventBridge",
    },
    "another stack's table": {"ExistingSummariesTableStream": STREAM},
    "another stack's reviews": {"ExistingReviewsTable": "standfirst-ReviewsTable-1A2B3C"},
    "all that another stack left, and a key": {
        "ExistingArticlesBucket": "newsroom.articles",
        "ExistingSummariesTableStream": STREAM,
        "ExistingReviewsTable": "standfirst-ReviewsTable-1A2B3C",
        "ArticlePrefix": "articles/",
        "KmsKeyArn": KEY,
    },
    "old versions of articles expire": {"ArticleVersionsDays": "90"},
    "few revisions": {"RevisionsKept": "5"},
    "tables that may be deleted": {"DeletionProtection": "off"},
    "masked logs": {"MaskLogs": "on"},
    "a canary": {"GradualDeployment": "Canary10Percent5Minutes", "Desk": "off"},
    "the desk, at once by CodeDeploy": {**DESK, "GradualDeployment": "AllAtOnce"},
    "a topic of uploads": {"UploadsTopicArn": "arn:aws:sns:eu-west-1:123456789012:uploads"},
    "no boards": {"Boards": "off"},
    "a rule of uploads": {"UploadsRuleArn": "arn:aws:events:eu-west-1:123456789012:rule/uploads"},
}
"""Choices that somebody who deploys may make."""


@cache
def stack() -> dict[str, Any]:
    """The transformed template with its default parameters."""
    return transformed(TEMPLATE)


def of_type(name: str) -> dict[str, Any]:
    """The properties of every resource of one type, by logical id; never empty."""
    found = {key: value["Properties"] for key, value in stack()["Resources"].items() if value["Type"] == name}
    assert found, f"no {name} in the stack"
    return found


def properties(logical_id: str, parameters: Mapping[str, str] = DEFAULTS) -> dict[str, Any]:
    """The properties of one resource in a stack with ``parameters``."""
    found: dict[str, Any] = template.decided(stack()["Resources"][logical_id]["Properties"], stack(), parameters)
    return found


def is_deployed(logical_id: str, parameters: Mapping[str, str]) -> bool:
    """Whether a stack with ``parameters`` has the resource."""
    condition = stack()["Resources"][logical_id].get("Condition")
    return condition is None or value_of({"Condition": condition}, parameters)


def variables_of(function: str) -> dict[str, Any]:
    """The environment of a function."""
    found: dict[str, Any] = properties(function)["Environment"]["Variables"]
    return found


def as_list(value: object) -> list[Any]:
    """IAM's and CloudFormation's "one or several" as several."""
    return value if isinstance(value, list) else [value]


def plain(resource: str | dict[str, Any]) -> str:
    """A resource of a policy as one reads it in the template."""
    match resource:
        case str():
            return resource
        case {"Fn::GetAtt": [name, attribute]}:
            return f"{name}.{attribute}"
        case {"Ref": str(alias)} if alias.endswith(ALIAS):
            return f"{alias.removesuffix(ALIAS)}.Alias"
        case {"Fn::Sub": str(text)} | {"Ref": str(text)}:
            return text
        case {"Fn::Select": [_, {"Fn::Split": [_, inner]}]}:
            return plain(inner)
        case {"Fn::Sub": [text, names]}:
            for name, value in names.items():
                text = text.replace(f"${{{name}}}", f"${{{plain(value)}}}")
            # An ARN that is spelt out, because the resource may be one of another stack, reads like one's own.
            arn = _SPELT_OUT.sub(r"${\1.Arn}", text)
            return arn[2:-1] if re.fullmatch(r"\$\{\w+\.Arn\}", arn) else arn
    raise AssertionError(resource)


def names_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - CloudFormation's
    """The parameters, pseudo parameters and logical ids that a part of the template refers to."""
    match value:
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), *_]}:
            yield name
        case {"Fn::Sub": [str(text), dict(given)]}:
            yield from (name for name in names_in({"Fn::Sub": text}) if name not in given)
            yield from names_in(given)
        case {"Fn::Sub": str(text)}:
            yield from (name.partition(".")[0] for name in re.findall(r"\$\{([^!}]+)\}", text))
        case dict() | list():
            for each in value.values() if isinstance(value, dict) else value:
                yield from names_in(each)


def value_of(term: Any, parameters: Mapping[str, str]) -> Any:  # noqa: ANN401 - CloudFormation's
    """What CloudFormation makes of a condition, or of a parameter in one."""
    return template.value_of(term, stack(), parameters)


def rule_holds(name: str, parameters: Mapping[str, str]) -> bool:
    """Whether CloudFormation deploys ``parameters``, as far as one rule has a say."""
    rule = stack()["Rules"][name]
    applies = value_of(rule["RuleCondition"], parameters) if "RuleCondition" in rule else True
    return not applies or all(value_of(assertion["Assert"], parameters) for assertion in rule["Assertions"])


def rights(role: str, parameters: Mapping[str, str] = DEFAULTS) -> Iterator[tuple[str, str]]:
    """Every (action, resource) that a role is allowed in a stack with ``parameters``."""
    for policy in properties(role, parameters)["Policies"]:
        yield from allowed_by(policy["PolicyDocument"])


def allowed_by(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every (action, resource) of a policy that only allows."""
    for statement in document["Statement"]:
        assert statement["Effect"] == "Allow"
        for action in as_list(statement["Action"]):
            for resource in as_list(statement["Resource"]):
                yield action, plain(resource)


def resolved_variables_of(function: str) -> dict[str, str]:
    """The environment of a function with the parameters' defaults; a resource's name is its logical id."""

    def resolved(value: Any) -> str:  # noqa: ANN401 - CloudFormation's
        match value:
            case {"Ref": name}:
                return str(stack()["Parameters"].get(name, {"Default": name}).get("Default", ""))
            case str():
                return value
        return "another-stack's"

    return {name: resolved(value) for name, value in variables_of(function).items()}


@cache
def module_of(function: str) -> Any:  # noqa: ANN401 - a module
    """The handler of a function, loaded with the names that the template gives it."""
    names = {key: value for key, value in resolved_variables_of(function).items() if key.startswith("POWERTOOLS_")}
    (code,) = [plan.code for plan in read_deployment(DESK).functions if plan.name == function]
    spec = importlib.util.spec_from_file_location(f"{function}_of_the_template", code / "app.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with environment(names):
        spec.loader.exec_module(module)
    return module
