"""What the local stack makes of the template: which routes there are, and what is not deployed."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from standfirst_local.deployment import PROJECT, RoutePlan, read_deployment
from standfirst_local.emulator import create_storage, emulated_aws

FUNCTION = {
    "Type": "AWS::Serverless::Function",
    "Properties": {
        "CodeUri": "sweep/",
        "Handler": "app.lambda_handler",
        "Runtime": "python3.13",
        "MemorySize": 128,
        "Timeout": 3,
        "Environment": {"Variables": {}},
    },
}

IS_BIG = {"Fn::Equals": [{"Ref": "Size"}, "big"]}


def project_with(folder: Path, conditions: Mapping[str, Any]) -> Path:
    """A checkout with a function Always, and a function Sometimes that is deployed on the condition Wanted."""
    template = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Parameters": {"Size": {"Type": "String", "Default": "small"}},
        "Conditions": conditions,
        "Resources": {"Always": FUNCTION, "Sometimes": FUNCTION | {"Condition": "Wanted"}},
    }
    folder.joinpath("template.yaml").write_text(json.dumps(template), encoding="utf-8")
    return folder


def functions_of(project: Path, **parameters: str) -> list[str]:
    """The logical ids of the functions that are deployed."""
    return [plan.name for plan in read_deployment(parameters, project).functions]


def test_every_route_of_the_template_is_read_with_its_function() -> None:
    """The one for whatever has no other has a path and a method of its own."""
    assert set(read_deployment({}).routes) == {
        RoutePlan("GET", "/summaries", "ServeSummaries"),
        RoutePlan("GET", "/summaries/{article_id+}", "ServeSummaries"),
        RoutePlan("GET", "/revisions/{article_id+}", "ServeSummaries"),
        RoutePlan("GET", "/openapi.json", "ServeSummaries"),
        RoutePlan("GET", "/review/summaries/{article_id+}", "ServeSummaries"),
        RoutePlan("GET", "/review/revisions/{article_id+}", "ServeSummaries"),
        RoutePlan("PATCH", "/summaries/{article_id+}", "ReviewSummaries"),
        RoutePlan("DELETE", "/summaries/{article_id+}", "ReviewSummaries"),
        RoutePlan("POST", "/regenerations/{article_id+}", "ReviewSummaries"),
        RoutePlan("GET", "/articles/{article_id+}", "ReviewSummaries"),
        RoutePlan("POST", "/checks", "ReviewSummaries"),
        RoutePlan("GET", "/queue", "ServeReviews"),
        RoutePlan("GET", "/queue/counts", "ServeReviews"),
        RoutePlan("PUT", "/claims/{article_id+}", "ServeReviews"),
        RoutePlan("DELETE", "/claims/{article_id+}", "ServeReviews"),
        RoutePlan("GET", "/reviews", "ServeReviews"),
        RoutePlan("POST", "/summaries", "SummarizeOnRequest"),
        RoutePlan("ANY", "$default", "ServeSummaries"),
    }


def test_a_route_is_there_when_its_condition_holds() -> None:
    """As in the account."""
    with_browsers = read_deployment({"CorsOrigins": "https://cms.newsroom.example"})

    assert set(with_browsers.routes) - set(read_deployment({}).routes) == {
        RoutePlan("OPTIONS", "/{proxy+}", "ServeSummaries")
    }


def test_every_function_has_its_code_in_the_checkout() -> None:
    """Where the template says it is."""
    for plan in read_deployment({}).functions:
        assert plan.code.is_relative_to(PROJECT / "functions")
        assert (plan.code / "requirements.txt").is_file()


@pytest.mark.parametrize(
    ("conditions", "deployed_when"),
    [
        ({"Wanted": IS_BIG}, "big"),
        ({"Wanted": {"Fn::Not": [IS_BIG]}}, "small"),
        ({"Wanted": {"Condition": "IsBig"}, "IsBig": IS_BIG}, "big"),
        ({"Wanted": {"Fn::And": [IS_BIG, {"Fn::Equals": ["a", "a"]}]}}, "big"),
        ({"Wanted": {"Fn::Or": [IS_BIG, {"Fn::Equals": ["a", "b"]}]}}, "big"),
    ],
    ids=["equals", "not", "another condition", "and", "or"],
)
def test_what_has_a_condition_is_deployed_when_it_holds(
    tmp_path: Path, conditions: Mapping[str, Any], deployed_when: str
) -> None:
    """By what the parameters are."""
    project = project_with(tmp_path, conditions)

    deployed = {size for size in ("small", "big") if "Sometimes" in functions_of(project, Size=size)}

    assert deployed == {deployed_when}
    assert "Always" in functions_of(project)


def test_a_parameter_that_is_not_given_has_its_default(tmp_path: Path) -> None:
    """Here Size is small."""
    project = project_with(tmp_path, {"Wanted": {"Fn::Not": [IS_BIG]}})

    assert functions_of(project) == ["Always", "Sometimes"]


def test_how_a_stack_is_deployed_and_how_long_it_keeps_things_changes_nothing_here() -> None:
    """CodeDeploy, masked logs and what S3 and DynamoDB do by themselves: the same functions behind the same routes."""
    of_aws = {
        "GradualDeployment": "Canary10Percent5Minutes",
        "MaskLogs": "on",
        "ArticleVersionsDays": "90",
        "DeletionProtection": "off",
        "KmsKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/12345678-90ab-cdef-1234-567890abcdef",
    }
    as_it_is, deployment = read_deployment({}), read_deployment(of_aws)

    with emulated_aws():
        made = create_storage(deployment)

    assert made.keys() == as_it_is.storage["Resources"].keys()
    assert deployment.routes == as_it_is.routes
    assert deployment.queues == as_it_is.queues
    assert deployment.schedules == as_it_is.schedules
    assert [plan.environment for plan in deployment.functions] == [plan.environment for plan in as_it_is.functions]
