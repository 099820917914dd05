"""A deployment that is changed, removed, and made again from what it left (docs/deploy.md)."""

import re

import boto3
import pytest
from botocore.exceptions import ClientError

from builders import STORY
from deployed import Deploy, Stack, a_role, the_stack
from ministack import CAPABILITIES, as_given, delete_stack, wait_for

NEWER = STORY.replace("240,000", "310,000")


def test_a_deployment_is_changed_removed_and_made_again(deploy: Deploy) -> None:
    """The articles, summaries and reviews stay whatever becomes of the stack, and a later one goes on with them."""
    first = deploy("first", {})
    by = a_role("first-editor", first.outputs["ReadSummariesPolicyArn"], first.outputs["ReviewSummariesPolicyArn"])
    first.upload("a.txt", STORY)
    before = first.summary(by, "a.txt", lambda found: found.status == 200)
    assert before.status == 200

    changed = _update(first, {"LogRetentionDays": "7", "AlarmTopicArn": _a_topic()})
    assert _made_anew(first, changed) == set(), "but versions of the functions"
    assert changed.ask(by, "GET", "/summaries/a.txt").json == before.json
    assert _retention(first) == {7}
    assert all(each["AlarmActions"] for each in _alarms(first))

    delete_stack("first")
    _assert_left(first)

    second = deploy(
        "second",
        {
            "ExistingArticlesBucket": first.outputs["ArticlesBucketName"],
            "ExistingSummariesTableStream": _stream_of(first.outputs["SummariesTableName"]),
            "ExistingReviewsTable": first.outputs["ReviewsTableName"],
        },
    )
    _send_events_by_hand(second)
    by = a_role("second-editor", second.outputs["ReadSummariesPolicyArn"], second.outputs["ReviewSummariesPolicyArn"])
    assert second.ask(by, "GET", "/summaries/a.txt").json == before.json
    second.upload("a.txt", NEWER)
    after = second.summary(by, "a.txt", lambda found: found.json["revision"] == 2)
    assert "310,000" in after.json["summary"]


def _made_anew(before: Stack, after: Stack) -> set[str]:
    """The resources that have another name after a change, but for what is published anew with every one."""
    changed = {name for name, found in after.resources.items() if before.resources.get(name) != found}
    return {name for name in changed if not re.fullmatch(r"[A-Za-z]+Version[0-9a-f]{10}|SettingsVersion", name)}


def _update(stack: Stack, parameters: dict[str, str]) -> Stack:
    cloudformation = boto3.client("cloudformation")
    (described,) = cloudformation.describe_stacks(StackName=stack.name)["Stacks"]
    kept = {each["ParameterKey"]: each["ParameterValue"] for each in described["Parameters"]}
    cloudformation.update_stack(
        StackName=stack.name,
        UsePreviousTemplate=True,
        Parameters=as_given({**kept, **parameters}),  # type: ignore[arg-type]
        Capabilities=CAPABILITIES,
    )
    wait_for("stack_update_complete", stack.name)
    return the_stack(stack.name, stack.ministack)


def _a_topic() -> str:
    return boto3.client("sns").create_topic(Name="newsroom-alarms")["TopicArn"]


def _retention(stack: Stack) -> set[int | None]:
    """The days that logs of functions are kept."""
    groups = boto3.client("logs").describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{stack.name}-")["logGroups"]
    return {each.get("retentionInDays") for each in groups}


def _alarms(stack: Stack) -> list[dict[str, object]]:
    found = boto3.client("cloudwatch").describe_alarms(AlarmNamePrefix=f"{stack.name}-")["MetricAlarms"]
    assert found
    return found  # type: ignore[return-value]


def _assert_left(stack: Stack) -> None:
    """The bucket and two tables with what they hold, and nothing else."""
    s3, dynamodb = boto3.client("s3"), boto3.client("dynamodb")
    held = s3.get_object(Bucket=stack.outputs["ArticlesBucketName"], Key="a.txt")["Body"].read()
    assert held == STORY.encode()
    tables = {name for name in dynamodb.list_tables()["TableNames"] if name in stack.resources.values()}
    assert tables == {stack.outputs["SummariesTableName"], stack.outputs["ReviewsTableName"]}
    assert dynamodb.scan(TableName=stack.outputs["SummariesTableName"], Select="COUNT")["Count"] > 0
    functions = boto3.client("lambda").list_functions()["Functions"]
    assert not [each["FunctionName"] for each in functions if each["FunctionName"] in stack.resources.values()]
    for url in (stack.outputs["UploadsQueueUrl"], stack.outputs["UploadsDeadLetterQueueUrl"]):
        with pytest.raises(ClientError, match="NonExistentQueue"):
            boto3.client("sqs").get_queue_attributes(QueueUrl=url)


def _stream_of(table: str) -> str:
    """A new one, because ministack ends the ARN of one that CloudFormation made with a Z, which AWS does not."""
    dynamodb = boto3.client("dynamodb")
    dynamodb.update_table(TableName=table, StreamSpecification={"StreamEnabled": False})
    view = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
    return dynamodb.update_table(TableName=table, StreamSpecification=view)["TableDescription"]["LatestStreamArn"]  # type: ignore[arg-type]


def _send_events_by_hand(stack: Stack) -> None:
    """As docs/deploy.md says, section "Use a bucket and tables that exist"."""
    events = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:LifecycleExpiration:*"]
    queue = {"QueueArn": stack.outputs["UploadsQueueArn"], "Events": events}
    boto3.client("s3").put_bucket_notification_configuration(
        Bucket=stack.outputs["ArticlesBucketName"],
        NotificationConfiguration={"QueueConfigurations": [queue]},  # type: ignore[list-item]
    )
