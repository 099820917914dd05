"""The state machine of the backfill and its bucket."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from cloudformation import PARAMETERS, plain, properties, rights
from standfirst.use_cases.backfill.advance import Next, Pace, Step

EVENTS_AT_MOST = 25_000
"""Of a standard execution (Step Functions developer guide, "Quotas")."""

EVENTS_OF_A_STEP = 12
"""A task with its Lambda invocation (5), a choice (2), a wait (2), or a map (7) in its place; more for a retry."""


def definition() -> dict[str, Any]:
    """What the state machine does."""
    found: dict[str, Any] = properties("BackfillStateMachine")["Definition"]
    return found


def everything_in(value: Any) -> Iterator[Any]:  # noqa: ANN401 - JSON
    """Each value, at any depth."""
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from everything_in(each)


def test_the_definition_has_no_null() -> None:
    """CloudFormation refuses a template with one."""
    assert None not in list(everything_in(definition()))


def test_every_step_leads_to_a_state() -> None:
    """What the function returns is what the choice knows; the rest ends the execution."""
    choice = definition()["States"]["Choose"]
    known = {each["StringEquals"]: each["Next"] for each in choice["Choices"]}

    assert known == {Step.ADVANCE: "Advance", Step.PREPARE: "Prepare", Step.WAIT: "Wait"}
    assert {*Step} - set(known) == {Step.RENEW, Step.END}
    assert definition()["States"][choice["Default"]] == {"Type": "Succeed"}
    assert definition()["States"]["Wait"]["SecondsPath"] == "$.seconds"
    assert {"seconds", "manifest"} <= set(Next._fields)


def test_an_execution_ends_before_its_history_is_full() -> None:
    """Also if some of its steps are tried again."""
    assert Pace().steps * EVENTS_OF_A_STEP < EVENTS_AT_MOST


def test_a_run_that_was_cut_off_is_waited_for() -> None:
    """It is held until the function that ended would have had to."""
    (held, *_) = definition()["States"]["Advance"]["Retry"]

    assert held["ErrorEquals"] == ["RunHeld"]
    assert held["IntervalSeconds"] * held["MaxAttempts"] > properties("BackfillRuns")["Timeout"]


def test_few_documents_are_prepared_at_once_and_a_failure_leaves_the_others() -> None:
    """Live news uses the same tables and the same account's concurrency."""
    prepare = definition()["States"]["Prepare"]
    (part, leave) = prepare["ItemProcessor"]["States"].values()

    assert prepare["MaxConcurrency"] <= 4
    assert prepare["ItemProcessor"]["ProcessorConfig"]["Mode"] == "DISTRIBUTED"
    assert [caught["Next"] for caught in part["Catch"]] == ["Leave"]
    assert leave["Type"] == "Pass"


def test_the_state_machine_may_ask_the_function_read_manifests_and_run_its_map() -> None:
    """And log and trace; nothing of articles or tables."""
    allowed = set(rights("BackfillStateMachineRole"))

    assert {(action, plain(resource)) for action, resource in allowed if not action.startswith(("logs:", "xray:"))} == {
        ("lambda:InvokeFunction", "BackfillRuns.Alias"),
        ("s3:GetObject", "${BackfillBucket.Arn}/lists/*"),
        ("states:StartExecution", _of_runs("stateMachine")),
        ("states:DescribeExecution", f"{_of_runs('execution')}:*"),
        ("states:StopExecution", f"{_of_runs('execution')}:*"),
    }


def _of_runs(kind: str) -> str:
    where = "${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}"
    return f"arn:{where}:{kind}:standfirst-backfill-${{AWS::StackId}}"


@pytest.mark.parametrize("parameters", PARAMETERS.values(), ids=PARAMETERS.keys())
def test_requests_with_articles_are_private_and_forgotten_in_days(parameters: dict[str, str]) -> None:
    """The bucket takes TLS only, and nobody in public."""
    bucket = properties("BackfillBucket", parameters)
    rules = {rule["Prefix"]: rule["ExpirationInDays"] for rule in bucket["LifecycleConfiguration"]["Rules"]}
    ((statement,),) = [properties("BackfillBucketPolicy", parameters)["PolicyDocument"]["Statement"]]

    assert all(bucket["PublicAccessBlockConfiguration"].values())
    assert rules == {"texts/": 3, "lists/": 90}
    assert json.dumps(statement["Condition"]) == '{"Bool": {"aws:SecureTransport": "false"}}'
    assert (statement["Effect"], statement["Action"], statement["Principal"]) == ("Deny", "s3:*", "*")
