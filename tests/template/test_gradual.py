"""Versions of the functions: who is invoked, when a new one is published, and how CodeDeploy moves calls to it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cloudformation import ALIAS, DESK, PARAMETERS, TEMPLATE, as_list, names_in, of_type, plain, properties, stack
from standfirst_local.template import decided, transformed

CANARY = {**DESK, "GradualDeployment": "Canary10Percent5Minutes"}
FUNCTIONS = sorted(of_type("AWS::Lambda::Function"))
INVOKE_NOTHING = {"AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard", "AWS::Lambda::Alias", "AWS::Lambda::Version"}
"""What names a function for another reason than to have it invoked."""


def resources(parameters: Mapping[str, str], template: Path = TEMPLATE) -> dict[str, Any]:
    """The resources that SAM makes for a deployment with ``parameters``."""
    found: dict[str, Any] = transformed(template, parameters)["Resources"]
    return found


def of(kind: str, parameters: Mapping[str, str], template: Path = TEMPLATE) -> dict[str, Any]:
    """Those of one type."""
    return {name: each for name, each in resources(parameters, template).items() if each["Type"] == kind}


def test_whoever_invokes_a_function_invokes_its_alias() -> None:
    """Else a part of the stack would be at the new code before the alarms had a look at it, or stay at the old one."""
    past_the_alias = {
        (name, found)
        for name, resource in stack()["Resources"].items()
        if resource["Type"] not in INVOKE_NOTHING and name != "GradualDeploymentRole"
        for found in names_in(resource["Properties"])
        if found in FUNCTIONS
    }

    assert past_the_alias == set()


def test_every_function_has_an_alias_to_be_invoked_by() -> None:
    """It is called live, and follows the newest version."""
    aliases = of_type("AWS::Lambda::Alias")

    assert sorted(aliases) == [f"{function}{ALIAS}" for function in FUNCTIONS]
    assert {alias["Name"] for alias in aliases.values()} == {"live"}
    for alias in aliases.values():
        version, attribute = alias["FunctionVersion"]["Fn::GetAtt"]
        assert stack()["Resources"][version]["Type"] == "AWS::Lambda::Version"
        assert attribute == "Version"


def test_a_change_of_any_parameter_publishes_every_function() -> None:
    """SAM looks at the template alone: an environment that only gets another value would stay in no version's reach.

    The description of a version can only be replaced (CloudFormation reference, AWS::Lambda::Version), and Lambda
    publishes nothing unless the function has changed too.
    """
    told = properties("SettingsVersion")["Content"]["Fn::Sub"]

    assert set(re.findall(r"\$\{(\w+)\}", told)) == set(stack()["Parameters"])
    for kind in ("AWS::Lambda::Function", "AWS::Lambda::Version"):
        for name, each in of_type(kind).items():
            assert "SettingsVersion" in set(names_in(each["Description"])), name


def test_other_code_publishes_a_version(tmp_path: Path) -> None:
    """Of the layer, where most of it is, and the template's own properties."""
    changed = tmp_path / "template.yaml"
    text = TEMPLATE.read_text(encoding="utf-8")
    changed.write_text(text.replace("The standfirst package, Powertools and pydantic.", "Another one."), "utf-8")
    before = set(of("AWS::Lambda::Version", {}))

    after = set(of("AWS::Lambda::Version", {}, changed))

    assert len(after) == len(before) == len(FUNCTIONS)
    assert after & before == set()


def test_old_versions_do_not_pile_up() -> None:
    """A region has room for 75 GB of code, and the worker's is 40 MB (Lambda developer guide, "Lambda quotas")."""
    assert {each["DeletionPolicy"] for each in of("AWS::Lambda::Version", {}).values()} == {"Delete"}


def test_nothing_of_codedeploy_is_deployed_unless_it_is_wanted() -> None:
    """Neither its application nor its role."""
    types = {each["Type"] for each in resources({}).values()}

    assert not [name for name in types if "CodeDeploy" in name]
    assert all("UpdatePolicy" not in each for each in of("AWS::Lambda::Alias", {}).values())


@pytest.mark.parametrize(
    "way", [each for each in stack()["Parameters"]["GradualDeployment"]["AllowedValues"] if each != "off"]
)
def test_every_alias_is_moved_as_it_was_chosen(way: str) -> None:
    """By CodeDeploy, which knows the way by its name, and which undoes it when an alarm rings."""
    chosen = {**CANARY, "GradualDeployment": way}
    groups = of("AWS::CodeDeploy::DeploymentGroup", chosen)

    assert sorted(groups) == [f"{function}DeploymentGroup" for function in FUNCTIONS]
    for group in groups.values():
        assert group["Properties"]["DeploymentConfigName"]["Fn::Sub"] == [
            "CodeDeployDefault.Lambda${ConfigName}",
            {"ConfigName": way},
        ]
        assert "DEPLOYMENT_STOP_ON_ALARM" in group["Properties"]["AutoRollbackConfiguration"]["Events"]
    updates = [
        each["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"] for each in of("AWS::Lambda::Alias", chosen).values()
    ]
    assert sorted(plain(each["DeploymentGroupName"]) for each in updates) == sorted(groups)


def test_alarms_that_exist_undo_a_deployment() -> None:
    """5xx of the API for all, and what the worker does to uploads for the worker."""
    found = resources(CANARY)
    undoing = {
        name: {plain(alarm["Name"]) for alarm in group["Properties"]["AlarmConfiguration"]["Alarms"]}
        for name, group in found.items()
        if group["Type"] == "AWS::CodeDeploy::DeploymentGroup"
    }

    page = (TEMPLATE.parent / "docs" / "upgrade.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:`\w+Alarm`(?:, )?)+) \| (all|`\w+`) \|$", page, flags=re.MULTILINE)
    said = {of.strip("`"): set(re.findall(r"\w+", alarms)) for alarms, of in rows}
    assert all("SummariesApiErrorsAlarm" in alarms for alarms in undoing.values())
    assert {function: said["all"] | said.get(function, set()) for function in FUNCTIONS} == {
        name.removesuffix("DeploymentGroup"): alarms for name, alarms in undoing.items()
    }
    assert undoing["SummarizeUploadsDeploymentGroup"] >= {"SummarizeUploadsErrorsAlarm", "UploadsDeadLetterAlarm"}
    assert {found[alarm]["Type"] for alarms in undoing.values() for alarm in alarms} == {"AWS::CloudWatch::Alarm"}


@pytest.mark.parametrize("parameters", [CANARY, PARAMETERS["a canary"]], ids=["the desk", "no desk"])
def test_codedeploy_may_move_the_aliases_of_this_stack_and_nothing_else(parameters: dict[str, str]) -> None:
    """Instead of AWS's own policy for it, which lets it move every alias of the account and publish to every topic."""
    role = decided(resources(parameters)["GradualDeploymentRole"]["Properties"], stack(), parameters)
    ((statement, alarms),) = [policy["PolicyDocument"]["Statement"] for policy in role["Policies"]]
    deployed = [name for name in FUNCTIONS if name != "ServeDesk" or parameters.get("Desk") == "on"]

    assert "ManagedPolicyArns" not in role
    assert sorted(map(plain, as_list(statement["Resource"]))) == [f"${{{name}.Arn}}:live" for name in deployed]
    assert set(statement["Action"]) == {
        "lambda:GetAlias",
        "lambda:UpdateAlias",
        "lambda:GetProvisionedConcurrencyConfig",
    }
    assert alarms["Action"] == "cloudwatch:DescribeAlarms"
    assert "CodeDeployServiceRole" not in resources(parameters)


def test_without_the_desk_nothing_of_it_is_moved() -> None:
    """Its group would name a function that is not there."""
    groups = of("AWS::CodeDeploy::DeploymentGroup", PARAMETERS["a canary"])

    assert {name for name, each in groups.items() if "Condition" in each} == {"ServeDeskDeploymentGroup"}
    assert groups["ServeDeskDeploymentGroup"]["Condition"] == "HasDesk"
