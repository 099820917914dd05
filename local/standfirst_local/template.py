"""template.yaml as plain CloudFormation: the transform that AWS runs at a deployment, run here without an account."""

import operator
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import boto3
import yaml
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import intrinsics_multi_constructor

# The transform asks for a region to know the partition (aws, aws-cn, …); nothing in the answer depends on which one.
REGION = "eu-west-1"

# Where `sam package` would have put the code. The transform refuses a local directory, and nobody fetches this one.
_PACKAGED = "s3://not-packaged/code.zip"
_CODE_PROPERTIES = {
    "AWS::Serverless::Function": "CodeUri",
    "AWS::Serverless::LayerVersion": "ContentUri",
}

_CONDITIONS: Mapping[str, Callable[..., bool]] = {
    "Fn::Equals": operator.eq,
    "Fn::Not": operator.not_,
    "Fn::And": lambda *terms: all(terms),
    "Fn::Or": lambda *terms: any(terms),
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads what samtranslator's ``yaml_parse`` reads, seven times as fast where PyYAML comes with libyaml."""


_Loader.add_multi_constructor("!", intrinsics_multi_constructor)

NO_VALUE = {"Ref": "AWS::NoValue"}


def transformed(template_path: Path, parameters: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The CloudFormation template that AWS would make of this SAM template.

    Functions become `AWS::Lambda::Function` with the Globals merged in, events become event source mappings and routes.
    Code locations are placeholders. `!Ref`, `!Sub`, conditions and the parameters' defaults stay as they are written:
    CloudFormation resolves them.

    Raises samtranslator's `InvalidDocumentException` for a template that AWS would refuse, which `sam validate --lint`
    does not always do.
    """
    template = yaml.load(template_path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe one
    for resource in template["Resources"].values():
        if code_property := _CODE_PROPERTIES.get(resource["Type"]):
            resource["Properties"][code_property] = _PACKAGED

    # No managed policies: every role is written out in the template, so there is none to look up in an account.
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=REGION))
    plain: dict[str, Any] = translator.translate(template, parameter_values=dict(parameters or {}))
    return plain


def value_of(term: Any, template: Mapping[str, Any], parameters: Mapping[str, str]) -> Any:  # noqa: ANN401
    """Returns what CloudFormation makes of a condition of ``template``, or of what one compares.

    Parameters that ``parameters`` does not name have their defaults.
    """
    match term:
        case {"Ref": name}:
            return parameters.get(name, str(template["Parameters"][name].get("Default", "")))
        case {"Condition": name}:
            return value_of(template["Conditions"][name], template, parameters)
        case dict():
            ((function, terms),) = term.items()
            return _CONDITIONS[function](*(value_of(inner, template, parameters) for inner in terms))
    return term


def decided(value: Any, template: Mapping[str, Any], parameters: Mapping[str, str]) -> Any:  # noqa: ANN401
    """Returns ``value``, a part of ``template``, with every ``Fn::If`` decided and without what has no value."""
    match value:
        case {"Fn::If": [condition, one, other]}:
            chosen = one if value_of({"Condition": condition}, template, parameters) else other
            return decided(chosen, template, parameters)
        case dict():
            inner = {name: decided(each, template, parameters) for name, each in value.items()}
            return {name: each for name, each in inner.items() if each != NO_VALUE}
        case list():
            return [each for each in (decided(one, template, parameters) for one in value) if each != NO_VALUE]
    return value
