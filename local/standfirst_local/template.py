"""template.yaml as plain CloudFormation: the transform that AWS runs at a deployment, run here without an account."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

# The transform asks for a region to know the partition (aws, aws-cn, …); nothing in the answer depends on which one.
REGION = "eu-west-1"

# Where `sam package` would have put the code. The transform refuses a local directory, and nobody fetches this one.
_PACKAGED = "s3://not-packaged/code.zip"
_CODE_PROPERTIES = {
    "AWS::Serverless::Function": "CodeUri",
    "AWS::Serverless::LayerVersion": "ContentUri",
}


def transformed(template_path: Path, parameters: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The CloudFormation template that AWS would make of this SAM template.

    Functions become `AWS::Lambda::Function` with the Globals merged in, events become event source mappings and routes.
    Code locations are placeholders. `!Ref`, `!Sub`, conditions and the parameters' defaults stay as they are written:
    CloudFormation resolves them.

    Raises samtranslator's `InvalidDocumentException` for a template that AWS would refuse, which `sam validate --lint`
    does not always do.
    """
    template = yaml_parse(template_path.read_text(encoding="utf-8"))
    for resource in template["Resources"].values():
        if code_property := _CODE_PROPERTIES.get(resource["Type"]):
            resource["Properties"][code_property] = _PACKAGED

    # No managed policies: every role is written out in the template, so there is none to look up in an account.
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=REGION))
    plain: dict[str, Any] = translator.translate(template, parameter_values=dict(parameters or {}))
    return plain
