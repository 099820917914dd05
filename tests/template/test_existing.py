"""A bucket and tables that another stack left: a new stack takes them over, where nothing else has their names."""

import json
import re
from pathlib import Path

import boto3
import pytest

from cloudformation import PARAMETERS, STREAM, is_deployed, plain, properties, rights, stack
from standfirst.adapters.aws.messages import read_message
from standfirst.domain.article import ArticleId, Upload
from standfirst_local.deployment import Deployment, FunctionPlan, read_deployment
from standfirst_local.emulator import create_storage, emulated_aws

DEPLOY, UPGRADE = (
    (Path(__file__).parents[2] / "docs" / name).read_text(encoding="utf-8") for name in ("deploy.md", "upgrade.md")
)
LEFT = PARAMETERS["all that another stack left, and a key"]


def test_a_bucket_and_tables_that_exist_are_not_made() -> None:
    """Nor is a policy put on the bucket, which may have one."""
    made = ["ArticlesBucket", "ArticlesBucketPolicy", "SummariesTable", "ReviewsTable"]

    assert [is_deployed(name, LEFT) for name in made] == [False] * 4
    assert [is_deployed(name, {}) for name in made] == [True] * 4


def test_each_of_them_is_taken_over_by_itself() -> None:
    """A stack of an older release left no reviews."""
    made = {"ExistingArticlesBucket": "ArticlesBucket", "ExistingSummariesTableStream": "SummariesTable"}
    made["ExistingReviewsTable"] = "ReviewsTable"

    for parameter, own in made.items():
        alone = {parameter: LEFT[parameter]}
        assert [name for name in made.values() if not is_deployed(name, alone)] == [own]


@pytest.mark.parametrize("role", [name for name in stack()["Resources"] if name.endswith("Role")])
def test_the_rights_are_those_on_ones_own_bucket_and_tables(role: str) -> None:
    """Action by action, on what was named instead."""
    named = {"ArticlesBucket": "ExistingArticlesBucket", "SummariesTable": "ExistingSummariesTableStream"}
    named["ReviewsTable"] = "ExistingReviewsTable"
    other = re.compile("|".join(named))

    own = {(action, other.sub(lambda found: named[found[0]], at)) for action, at in rights(role)}

    assert {(action, at.replace("Stream.StreamArn", "Stream")) for action, at in own} == set(rights(role, LEFT))


EVENTS = PARAMETERS["an existing bucket's events"]


@pytest.mark.parametrize(
    ("prefix", "filtered"),
    [({}, {}), ({"ArticlePrefix": "a/"}, {"object": {"key": [{"prefix": {"Ref": "ArticlePrefix"}}]}})],
)
def test_the_events_of_a_bucket_that_exists_come_through_a_rule_where_that_is_chosen(
    prefix: dict[str, str], filtered: dict[str, object]
) -> None:
    """Of that bucket alone, of articles alone, and what the queue refuses is put aside."""
    rule = properties("UploadsRule", {**EVENTS, **prefix})

    assert rule["EventPattern"] == {
        "source": ["aws.s3"],
        "detail-type": ["Object Created", "Object Deleted"],
        "detail": {"bucket": {"name": [{"Ref": "ExistingArticlesBucket"}]}, **filtered},
    }
    (target,) = rule["Targets"]
    assert plain(target["Arn"]) == "UploadsQueue.Arn"
    assert plain(target["DeadLetterConfig"]["Arn"]) == "UploadsDeadLetterQueue.Arn"


@pytest.mark.parametrize("name", ["UploadsRule", "UploadsDeadLetterQueuePolicy"])
def test_nobody_else_gets_the_rule_or_its_rights(name: str) -> None:
    """Not where the events are sent by hand, nor where the stack makes its own bucket."""
    assert is_deployed(name, EVENTS)
    assert not any(is_deployed(name, parameters) for parameters in ({}, LEFT, {"ExistingBucketEvents": "EventBridge"}))


def test_the_rule_alone_puts_aside_what_the_queue_refuses() -> None:
    """As it alone may send to the queue on behalf of EventBridge."""
    (statement,) = properties("UploadsDeadLetterQueuePolicy", EVENTS)["PolicyDocument"]["Statement"]

    assert (statement["Principal"], statement["Action"]) == ({"Service": "events.amazonaws.com"}, "sqs:SendMessage")
    assert plain(statement["Resource"]) == "UploadsDeadLetterQueue.Arn"
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": ["UploadsRule", "Arn"]}}}


def test_an_event_of_the_rule_is_an_upload() -> None:
    """EventBridge sends the queue what this matches, in its own envelope."""
    detail = {"bucket": {"name": "newsroom.articles"}, "object": {"key": "a/ferry.txt", "sequencer": "00"}}
    types = properties("UploadsRule", EVENTS)["EventPattern"]["detail-type"]
    events = [{"source": "aws.s3", "detail-type": each, "detail": detail} for each in types]

    uploads = [read_message(json.dumps(event), "a/") for event in events]

    upload = Upload(ArticleId("ferry.txt"), "newsroom.articles", "a/ferry.txt", "00")
    assert uploads == [[upload], [upload]]


def test_the_pipe_reads_the_stream_of_the_table_that_exists() -> None:
    """The parameter is that stream; the table's name stands in it."""
    assert properties("ChangeEvents", LEFT)["Source"] == {"Ref": "ExistingSummariesTableStream"}
    assert re.fullmatch(stack()["Parameters"]["ExistingSummariesTableStream"]["AllowedPattern"], STREAM)


def variables(deployment: Deployment, names: dict[str, str]) -> dict[str, str]:
    """What the functions of a deployment are told."""

    def told(plan: FunctionPlan) -> dict[str, str]:
        return deployment.environment_of(plan, names)

    return {name: value for plan in deployment.functions for name, value in told(plan).items()}


def test_a_second_stack_works_on_what_the_first_one_left() -> None:
    """In moto: it makes its queues and none of those, and its functions are told of what exists."""
    with emulated_aws():
        first = create_storage(read_deployment({}))
        table = boto3.client("dynamodb").describe_table(TableName=first["SummariesTable"])["Table"]
        taken_over = read_deployment(
            {
                "ExistingArticlesBucket": first["ArticlesBucket"],
                "ExistingSummariesTableStream": table["LatestStreamArn"],
                "ExistingReviewsTable": first["ReviewsTable"],
            }
        )

        second = create_storage(taken_over, "standfirst-again")

    told = variables(taken_over, second)
    assert told["ARTICLES_BUCKET"] == first["ArticlesBucket"]
    assert told["SUMMARIES_TABLE"] == first["SummariesTable"]
    assert told["REVIEWS_TABLE"] == first["ReviewsTable"]
    assert told["UPLOADS_QUEUE_URL"] == second["UploadsQueue"] != first["UploadsQueue"]
    assert not {"ArticlesBucket", "SummariesTable", "ReviewsTable"} & second.keys()


def test_the_documented_index_is_the_one_of_the_template() -> None:
    """A table of an older release gets it as documented, beside those that it has."""
    documented = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", UPGRADE, re.DOTALL)]
    (by_hand,) = [block for block in documented if isinstance(block, list)]
    names = re.findall(r"AttributeName=(\w+),AttributeType=S", UPGRADE)
    older = read_deployment({})
    indexes = properties("SummariesTable")["GlobalSecondaryIndexes"]

    with emulated_aws():
        table, dynamodb = create_storage(older)["SummariesTable"], boto3.client("dynamodb")
        dynamodb.update_table(TableName=table, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by_queue"}}])
        dynamodb.update_table(
            TableName=table,
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
            GlobalSecondaryIndexUpdates=by_hand,
        )
        made = dynamodb.describe_table(TableName=table)["Table"]["GlobalSecondaryIndexes"]

    ours = {index["IndexName"]: (index["KeySchema"], index["Projection"]) for index in indexes}
    assert {index["IndexName"]: (index["KeySchema"], index["Projection"]) for index in made} == ours
    assert names == ["queue_shard", "updated_key"]


def test_the_documented_notification_is_the_one_of_the_template() -> None:
    """Somebody who sends the events of a bucket by hand sends all of them."""
    documented = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", DEPLOY, re.DOTALL)]
    ((by_hand,),) = [block["QueueConfigurations"] for block in documented if "QueueConfigurations" in block]
    ours = properties("ArticlesBucket", LEFT)["NotificationConfiguration"]["QueueConfigurations"]

    assert by_hand["Events"] == [each["Event"] for each in ours]
    assert by_hand["Filter"]["Key"]["FilterRules"] == [{"Name": "prefix", "Value": "articles/"}]


def test_the_documented_copy_sends_articles_again_as_they_were() -> None:
    """With the headline, language and style that S3 keeps as metadata of theirs, and with their content type."""
    option, value = re.search(r"`aws s3 cp s3://BUCKET/ s3://BUCKET/ --recursive --([a-z-]+) (\w+)`", DEPLOY).groups()  # type: ignore[union-attr]
    argument = "".join(map(str.title, option.split("-")))
    uploaded = {"Metadata": {"headline": "Ferry to return", "style": "sport"}, "ContentType": "text/markdown"}

    with emulated_aws():
        bucket, s3 = create_storage(read_deployment({}))["ArticlesBucket"], boto3.client("s3")
        s3.put_object(Bucket=bucket, Key="ferry", Body=b"Text", **uploaded)  # type: ignore[arg-type]
        s3.copy_object(Bucket=bucket, Key="ferry", CopySource=f"{bucket}/ferry", **{argument: value})  # type: ignore[arg-type]
        found = s3.head_object(Bucket=bucket, Key="ferry")

    assert {name: found.get(name) for name in uploaded} == uploaded
