"""Whose keys encrypt what the stack stores: AWS's, or the one of KmsKeyArn."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cloudformation import DEFAULTS, KEY, PARAMETERS, as_list, is_deployed, of_type, plain, properties, stack

DEPLOY = (Path(__file__).parents[2] / "docs" / "deploy.md").read_text(encoding="utf-8")
OURS, OF_AWS = {"Ref": "KmsKeyArn"}, None
STORE_NOTHING = {"ServeDeskRole", "GradualDeploymentRole"}
"""The roles that neither read nor write what is encrypted."""

CHOICES = pytest.mark.parametrize(
    ("parameters", "key"),
    [(DEFAULTS, OF_AWS), (PARAMETERS["a key"], OURS)],
    ids=["keys of AWS", "a key of one's own"],
)


def every(kind: str, parameters: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - a choice of parameters
    """The properties of every resource of one type."""
    return (properties(name, parameters) for name in of_type(kind))


@CHOICES
def test_every_bucket_is_encrypted_with_the_key(parameters: dict[str, str], key: object) -> None:
    """S3's own otherwise; with a key of the bucket's, so that KMS is not paid for each object."""
    for bucket in every("AWS::S3::Bucket", parameters):
        (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        by_default = rule["ServerSideEncryptionByDefault"]

        assert by_default.get("KMSMasterKeyID") == key
        assert by_default["SSEAlgorithm"] == ("aws:kms" if key else "AES256")
        assert rule.get("BucketKeyEnabled", False) is bool(key)


@CHOICES
def test_every_queue_is_encrypted_with_the_key(parameters: dict[str, str], key: object) -> None:
    """With SQS's own otherwise, which S3 can send under without a key policy; SQS refuses both at once."""
    for queue in every("AWS::SQS::Queue", parameters):
        assert queue.get("KmsMasterKeyId") == key
        assert queue.get("SqsManagedSseEnabled", False) is not bool(key)


@CHOICES
def test_every_table_is_encrypted_with_the_key(parameters: dict[str, str], key: object) -> None:
    """DynamoDB wants the type said beside a key."""
    for table in every("AWS::DynamoDB::Table", parameters):
        assert table["SSESpecification"] == (
            {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": key} if key else {"SSEEnabled": True}
        )


@CHOICES
def test_every_log_is_encrypted_with_the_key(parameters: dict[str, str], key: object) -> None:
    """Those of the functions, of the API, of the pipe and of the state machine."""
    assert [group.get("KmsKeyId") for group in every("AWS::Logs::LogGroup", parameters)] == [key] * 12


def test_every_role_may_use_the_key_through_the_services_that_encrypt_with_it() -> None:
    """Reading and writing, and nothing beside what the stack stores. Without a key none."""
    policy = properties("UseKmsKeyPolicy")
    (statement,) = policy["PolicyDocument"]["Statement"]
    ((condition, services),) = statement["Condition"]["StringEquals"].items()

    assert {plain(role) for role in policy["Roles"]} == set(of_type("AWS::IAM::Role")) - STORE_NOTHING
    assert set(statement["Action"]) == {"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"}
    assert plain(statement["Resource"]) == "KmsKeyArn"
    assert condition == "kms:ViaService"
    assert {plain(service).split(".")[0] for service in services} == {"dynamodb", "s3", "sqs"}
    assert is_deployed("UseKmsKeyPolicy", PARAMETERS["a key"])
    assert not is_deployed("UseKmsKeyPolicy", {})


def test_a_key_is_named_by_its_arn() -> None:
    """An alias is no resource in a policy of IAM."""
    allowed = stack()["Parameters"]["KmsKeyArn"]["AllowedPattern"]

    assert re.fullmatch(allowed, KEY)
    assert re.fullmatch(allowed, "")
    assert not re.fullmatch(allowed, "arn:aws:kms:eu-west-1:123456789012:alias/newsroom")


def test_the_documented_key_policy_lets_in_every_service_that_encrypts_by_itself() -> None:
    """S3, SNS and EventBridge send to an encrypted queue, CloudWatch writes encrypted logs; all within the account."""
    policy = json.loads(re.search(r"```json\n(\{\n  \"Version\": [^`]*kms:[^`]*)```", DEPLOY)[1])  # type: ignore[index]
    allowed = {
        service: (set(as_list(statement["Action"])), str(statement.get("Condition")))
        for statement in policy["Statement"]
        for service in as_list(statement["Principal"].get("Service", []))
    }

    for sender in ("s3.amazonaws.com", "sns.amazonaws.com", "events.amazonaws.com"):
        assert allowed[sender][0] == {"kms:Decrypt", "kms:GenerateDataKey"}
        assert "aws:SourceAccount" in allowed[sender][1]
    assert allowed["logs.REGION.amazonaws.com"][0] >= {"kms:Decrypt*", "kms:GenerateDataKey*", "kms:Encrypt*"}
    assert "arn:aws:logs:REGION:ACCOUNT:" in allowed["logs.REGION.amazonaws.com"][1]
