"""What was changed for the emulator, and what it lacks: each is still so, or one of these tests fails."""

import json
import re
import time
from collections.abc import Iterable
from typing import Any

import boto3
import pytest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from samtranslator.yaml_helper import yaml_parse

from adapted_template import LACKS, adapted, of_type
from builders import STORY
from cloudformation import TEMPLATE, is_deployed
from cloudformation import stack as transformed_stack
from deployed import Stack
from ministack import as_given, create_stack, delete_stack

SOURCE: dict[str, Any] = yaml_parse(TEMPLATE.read_text(encoding="utf-8"))
OBJECTIVES = set(of_type(SOURCE, "AWS::ApplicationSignals::ServiceLevelObjective"))
METRIC_MATH = {name for name, each in of_type(SOURCE, "AWS::CloudWatch::Alarm").items() if "Metrics" in each}
LAYER = "StandfirstLayer"
HASHED = re.compile(f"{LAYER}[0-9a-f]+|[A-Za-z]+Version[0-9a-f]{{10}}")
"""SAM adds a hash of the content to the names of a layer and of a function's versions."""


def test_all_that_the_template_makes_was_made(stack: Stack) -> None:
    """But for the alarms and objectives that were left out."""
    wanted = {name for name in transformed_stack()["Resources"] if is_deployed(name, {})}

    missing = {name for name in wanted if not HASHED.fullmatch(name)} - set(stack.resources)

    assert missing == METRIC_MATH | OBJECTIVES
    assert _unhashed(stack.resources) == _unhashed(wanted)


def test_nothing_else_was_changed() -> None:
    """The template that is deployed is this one, but for what adapted_template.py says."""
    template = adapted(TEMPLATE.read_text(encoding="utf-8"))
    workers = of_type(template, "AWS::Serverless::Function")
    changed = {name for name, each in SOURCE["Resources"].items() if template["Resources"].get(name) != each}

    assert changed - METRIC_MATH - OBJECTIVES == {LAYER, "SummarizeUploads", "BackfillArticles"}
    for name, parameter in {
        "SummarizeUploads": "MaximumConcurrency",
        "BackfillArticles": "BackfillConcurrency",
    }.items():
        [event] = workers[name]["Events"].values()
        assert event["Properties"]["ScalingConfig"] == {
            "MaximumConcurrency": SOURCE["Parameters"][parameter]["Default"]
        }


@pytest.mark.lacking_in_ministack("it refuses alarms on metric math", raises=RuntimeError)
def test_an_alarm_on_metric_math_is_made() -> None:
    """One of those that are left out, by itself."""
    [name, *_] = METRIC_MATH
    properties = SOURCE["Resources"][name]["Properties"]
    alarm = {key: value for key, value in properties.items() if key not in {"AlarmActions", "OKActions"}}

    create_stack("metric-math", TemplateBody=json.dumps({"Resources": {name: _resource("CloudWatch::Alarm", alarm)}}))


@pytest.mark.lacking_in_ministack("it knows no service level objectives", raises=ClientError)
def test_an_objective_is_made() -> None:
    """One of those that are left out, by itself."""
    [name, *_] = sorted(OBJECTIVES)
    template = {"Resources": {name: {"Type": "AWS::ApplicationSignals::ServiceLevelObjective", "Properties": {}}}}

    create_stack("objective", TemplateBody=json.dumps(template))


@pytest.mark.lacking_in_ministack("it compares MaximumConcurrency as text if it is a parameter", raises=AssertionError)
def test_a_parameter_may_say_the_concurrency(stack: Stack) -> None:
    """An event source takes what waits in its queue then."""
    uploads = {
        "Queue": {"Fn::GetAtt": ["Queue", "Arn"]},
        "ScalingConfig": {"MaximumConcurrency": {"Ref": "Concurrency"}},
    }
    function = {
        "Runtime": "python3.13",
        "Handler": "index.handler",
        "InlineCode": "handler = print",
        "Role": {"Fn::Sub": f"arn:aws:iam::${{AWS::AccountId}}:role/{stack.resources['SummarizeUploadsRole']}"},
        "Events": {"Uploads": {"Type": "SQS", "Properties": uploads}},
    }
    template = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Parameters": {"Concurrency": {"Type": "Number"}},
        "Resources": {"Queue": _resource("SQS::Queue", {}), "Function": _resource("Serverless::Function", function)},
    }
    given = as_given({"Concurrency": "10"})
    made = create_stack("concurrency", TemplateBody=json.dumps(template), Parameters=given)

    boto3.client("sqs").send_message(QueueUrl=made["Queue"], MessageBody="hello")
    time.sleep(3)
    delete_stack("concurrency")

    assert "'>=' not supported between instances of 'int' and 'str'" not in stack.ministack.log


@pytest.mark.lacking_in_ministack(LACKS["pipes"], raises=AssertionError)
def test_a_summary_is_announced_on_the_bus(stack: Stack) -> None:
    """By the pipe from the table's stream."""
    events, sqs = boto3.client("events"), boto3.client("sqs")
    queue = sqs.create_queue(QueueName="announcements")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name="announcements", EventPattern=json.dumps({"source": ["standfirst"]}))
    events.put_targets(Rule="announcements", Targets=[{"Id": "queue", "Arn": arn}])

    stack.upload("announced.txt", STORY)

    assert sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=5).get("Messages")


@pytest.mark.lacking_in_ministack(LACKS["metrics"], raises=AssertionError)
def test_a_log_line_makes_a_metric(stack: Stack, roles: dict[str, Credentials]) -> None:
    """Of the embedded format, once a function has run."""
    assert stack.ask(roles["reader"], "GET", "/summaries").status == 200

    assert boto3.client("cloudwatch").list_metrics(Namespace="Standfirst")["Metrics"]


def _unhashed(names: Iterable[str]) -> set[str]:
    return {re.sub(r"[0-9a-f]{10}$", "", name) for name in names if HASHED.fullmatch(name)}


def _resource(name: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"Type": f"AWS::{name}", "Properties": properties}
