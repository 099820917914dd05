"""Executions of the backfill's state machine, in an emulator's Step Functions."""

import json
from collections.abc import Mapping

import boto3
import pytest

from standfirst.adapters.aws.executions import StepFunctionsExecutions
from standfirst.domain.errors import StoreUnavailable

PASSES = {"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}
TRUST = {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}


@pytest.fixture(scope="module")
def state_machine(storage: Mapping[str, str]) -> str:
    """One that ends at once."""
    del storage
    trust = json.dumps({"Version": "2012-10-17", "Statement": [TRUST]})
    role = boto3.client("iam").create_role(RoleName="runs", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    made = boto3.client("stepfunctions").create_state_machine(name="runs", definition=json.dumps(PASSES), roleArn=role)
    return made["stateMachineArn"]


def test_an_execution_is_started_once(state_machine: str) -> None:
    """Whoever starts it again, after a cut-off or beside another, starts nothing."""
    executions = StepFunctionsExecutions()

    for serial in (1, 2, 2):
        executions.start(state_machine, "run", serial)

    found = boto3.client("stepfunctions").list_executions(stateMachineArn=state_machine)["executions"]
    assert sorted(each["name"] for each in found) == ["run-1", "run-2"]


def test_a_state_machine_that_is_gone_is_said_so(state_machine: str) -> None:
    """In the words of the service's own errors."""
    with pytest.raises(StoreUnavailable, match="Step Functions did not start"):
        StepFunctionsExecutions().start(f"{state_machine}-gone", "run", 1)
