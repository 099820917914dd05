"""The example of a samconfig, with its two stacks side by side, and the stack that comes after one that was removed."""

import re
import tomllib
from typing import Any

import boto3
import pytest

from cloudformation import properties, rule_holds, stack, value_of
from docs_pages import PROJECT
from standfirst_local.deployment import read_deployment
from standfirst_local.emulator import create_storage, emulated_aws
from standfirst_local.template import decided

OF_EACH_STACK = ("BucketPrefix", "MetricsNamespace")
"""What the second stack needs of its own (``test_names.py``)."""

EXAMPLE: dict[str, Any] = tomllib.loads((PROJECT / "samconfig.example.toml").read_text(encoding="utf-8"))
SECTIONS = [name for name in EXAMPLE if name != "version"]


def overrides(section: str) -> dict[str, str]:
    """The parameters of a section of the example."""
    given = EXAMPLE[section]["deploy"]["parameters"]["parameter_overrides"]
    return dict(each.split("=", 1) for each in given)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_example_can_be_deployed(section: str) -> None:
    """Its parameters exist, have values that they may have, and go together."""
    given = overrides(section)

    for name, value in given.items():
        parameter = stack()["Parameters"][name]
        assert re.fullmatch(parameter.get("AllowedPattern", ".*"), value), name
        assert value in parameter.get("AllowedValues", [value])
    assert all(rule_holds(rule, given) for rule in stack()["Rules"])
    assert EXAMPLE[section]["deploy"]["parameters"]["capabilities"] == "CAPABILITY_IAM"
    assert "project=standfirst" in EXAMPLE[section]["deploy"]["parameters"]["tags"]


def test_the_example_has_two_stacks_that_live_side_by_side() -> None:
    """As the documentation says."""
    stacks = [EXAMPLE[section]["deploy"]["parameters"]["stack_name"] for section in SECTIONS]
    own = [[overrides(section).get(name) for name in OF_EACH_STACK] for section in SECTIONS]

    assert len(set(stacks)) == len(SECTIONS) == 2
    assert all(one != other for one, other in zip(*own, strict=True))
    page = (PROJECT / "docs" / "deploy.md").read_text(encoding="utf-8")
    (said,) = re.findall(r"^Each needs a name, (.*?) of its own", page, flags=re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", said)) == set(OF_EACH_STACK)


def test_no_role_or_policy_has_a_name_of_its_own() -> None:
    """CAPABILITY_IAM is enough."""
    named = [name for name in stack()["Resources"] if {"RoleName", "ManagedPolicyName"} & properties(name).keys()]

    assert named == []


def test_the_last_stack_says_what_the_next_one_takes_over() -> None:
    """Its output is what that one is deployed with, and names what there is."""
    with emulated_aws():
        resources = create_storage(read_deployment({}))
        table = boto3.client("dynamodb").describe_table(TableName=resources["SummariesTable"])["Table"]
        text, names_in = decided(stack()["Outputs"]["TakeOver"]["Value"], stack(), {})["Fn::Sub"]
    found = {"SummariesTable.StreamArn": table["LatestStreamArn"], **resources}

    for name, value in names_in.items():
        reference = ".".join(value["Fn::GetAtt"]) if "Fn::GetAtt" in value else value["Ref"]
        text = text.replace(f"${{{name}}}", found[reference])
    taken_over = dict(each.split("=", 1) for each in text.split())

    for name, value in taken_over.items():
        assert re.fullmatch(stack()["Parameters"][name]["AllowedPattern"], value)
    makes = ("MakesBucket", "MakesTable", "MakesReviewsTable")
    assert not any(value_of({"Condition": condition}, taken_over) for condition in makes)
