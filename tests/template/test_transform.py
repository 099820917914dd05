"""The template as a whole: what SAM's own transform makes of it, and what the local stack needs of it."""

from pathlib import Path

import pytest
from samtranslator.model.exceptions import InvalidDocumentException

from cloudformation import PARAMETERS, TEMPLATE, as_list, is_deployed, names_in, of_type, stack, variables_of
from standfirst_local.template import decided, transformed

PSEUDO = ("AccountId", "Partition", "Region", "StackId", "StackName", "URLSuffix")
"""What CloudFormation knows by itself."""


@pytest.mark.parametrize("parameters", PARAMETERS.values(), ids=PARAMETERS.keys())
def test_the_transform_accepts_every_choice_of_parameters(parameters: dict[str, str]) -> None:
    """AWS would deploy the template whatever is chosen: nothing of SAM's own is left in it."""
    types = [resource["Type"] for resource in transformed(TEMPLATE, parameters)["Resources"].values()]

    assert not [name for name in types if name.startswith("AWS::Serverless::")]


@pytest.mark.parametrize("one", PARAMETERS)
def test_nothing_refers_to_a_resource_that_is_not_deployed(one: str) -> None:
    """Resources and outputs, with every choice of parameters beside every other."""
    known = {*stack()["Parameters"], *(f"AWS::{name}" for name in PSEUDO)}
    for other in PARAMETERS.values():
        chosen = {**PARAMETERS[one], **other}
        deployed = {name for name in stack()["Resources"] if is_deployed(name, chosen)}
        parts = [stack()["Resources"][name] for name in deployed] + [*stack()["Outputs"].values()]
        named = {name for part in parts for name in names_in(decided(part, stack(), chosen))}
        named |= {name for part in parts for name in as_list(part.get("DependsOn", []))}

        assert named - known - deployed == set(), chosen


def test_the_transform_refuses_what_aws_would_refuse(tmp_path: Path) -> None:
    """An authorizer chosen by a condition passes `sam validate --lint`, but not here: the API is written out for it."""
    api = """
  AnotherApi:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        EnableIamAuthorizer: true
        DefaultAuthorizer: !If [HasJwtIssuer, AWS_IAM, !Ref AWS::NoValue]

"""
    broken = tmp_path / "template.yaml"
    broken.write_text(TEMPLATE.read_text(encoding="utf-8").replace("\nOutputs:", api + "\nOutputs:"), "utf-8")

    with pytest.raises(InvalidDocumentException):
        transformed(broken)


def test_environment_values_are_literals_or_references() -> None:
    """The local stack resolves the environment by itself, and knows no more than that and the choices made."""
    values = [value for function in of_type("AWS::Lambda::Function") for value in variables_of(function).values()]

    assert [value for value in values if not isinstance(value, str) and list(value) != ["Ref"]] == []
