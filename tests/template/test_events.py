"""The change events: what template.yaml sends, what docs/events.md promises, and who is told when it fails."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from moto.events.models import EventPattern

from builders import a_record
from cloudformation import as_list, properties, stack
from standfirst.domain.ai_disclosure import AiDisclosure
from standfirst.domain.change_event import ChangeEventType, change_event_type
from standfirst.domain.record import Status

PROJECT = Path(__file__).parents[2]
DOCUMENT = (PROJECT / "docs/events.md").read_text(encoding="utf-8")
SCHEMA = json.loads((PROJECT / "docs/events.schema.json").read_text(encoding="utf-8"))
EXAMPLE, RULE, DEAD_LETTER = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL))

HOUR, DAY = 3_600, 86_400
STREAM_KEEPS = DAY
"""DynamoDB developer guide, "Change data capture for DynamoDB Streams"."""

BUS = {"Fn::Sub": "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/${EventBusName}"}


def source() -> dict[str, Any]:
    """How the pipe reads the stream."""
    found: dict[str, Any] = properties("ChangeEvents")["SourceParameters"]["DynamoDBStreamParameters"]
    return found


def source_filters() -> list[dict[str, str]]:
    """Which records of the stream the pipe takes."""
    found: list[dict[str, str]] = properties("ChangeEvents")["SourceParameters"]["FilterCriteria"]["Filters"]
    return found


def detail() -> dict[str, str]:
    """What the template makes the detail of, by its names."""
    filled: dict[str, str] = json.loads(properties("ChangeEvents")["TargetParameters"]["InputTemplate"])
    return filled


# ----------------------------------------------------------------------------------------------------------------------
# The template, the document and the schema
# ----------------------------------------------------------------------------------------------------------------------


def test_what_is_sent_is_what_the_schema_promises() -> None:
    """No member more, none less, and each a string."""
    promised = SCHEMA["properties"]

    assert list(detail()) == SCHEMA["required"] == list(promised)
    assert {member["type"] for member in promised.values()} == {"string"}


def test_every_value_is_one_path_in_quotes() -> None:
    """As AWS wants variables for strings, and so that one value never runs into the next."""
    assert [value for value in detail().values() if not re.fullmatch(r"<\$(\.\w+)+>", value)] == []


def test_nothing_of_a_text_is_sent() -> None:
    """It may be under embargo, and whoever may listen need not be one who may read it."""
    paths = " ".join(detail().values())

    texts = r"standfirst|summary|headline|key_points|rejected_draft|second_reading|evidence|findings|reason"
    assert not re.search(texts, paths)


def test_what_a_takedown_deletes_is_not_sent() -> None:
    """The stream tells of a deleted item with all its words: neither the filter nor the detail takes any of that."""
    [pattern] = [json.loads(each["Pattern"]) for each in source_filters()]
    words = {"announced_as": {"S": "Summary Ready"}, "standfirst": {"S": "Words"}}
    changes = {
        name: EventPattern.load(json.dumps(pattern)).matches_event({"eventName": name, "dynamodb": images})
        for name, images in {
            "INSERT": {"NewImage": words},
            "REMOVE": {"OldImage": words},
            "MODIFY": {"NewImage": words, "OldImage": words},
        }.items()
    }

    assert changes == {"INSERT": True, "REMOVE": False, "MODIFY": False}
    assert not [path for path in detail().values() if "OldImage" in path]


def test_the_schema_knows_every_status() -> None:
    """Also one that is added."""
    Draft202012Validator.check_schema(SCHEMA)

    assert set(SCHEMA["properties"]["status"]["enum"]) == set(Status)


def test_the_schema_knows_every_value_of_the_disclosure() -> None:
    """And that there are records without texts."""
    assert set(SCHEMA["properties"]["ai_disclosure"]["enum"]) == {"", *get_args(AiDisclosure)}


def test_the_example_is_what_the_template_sends() -> None:
    """In members, source and shape."""
    told = properties("ChangeEvents")["TargetParameters"]["EventBridgeEventBusParameters"]

    assert list(EXAMPLE["detail"]) == list(detail())
    assert list(Draft202012Validator(SCHEMA).iter_errors(EXAMPLE["detail"])) == []
    assert EXAMPLE["source"] == told["Source"]
    assert EXAMPLE["detail-type"] == change_event_type(a_record(status=Status(EXAMPLE["detail"]["status"])))


@pytest.mark.parametrize(
    ("name", "value"),
    [("revision", "0"), ("revision", "07"), ("status", "ready"), ("updated_at", "2026-03-03"), ("key", "")],
)
def test_the_schema_refuses_what_is_never_sent(name: str, value: str) -> None:
    """Else it would promise nothing."""
    broken = EXAMPLE["detail"] | {name: value}

    assert not Draft202012Validator(SCHEMA).is_valid(broken)


def test_the_document_says_how_each_status_is_announced() -> None:
    """Its table is that of the code."""
    rows = re.findall(r"^\| `(Summary [\w ]+)` \| (.*?)(?:;.*?)? \|", DOCUMENT, re.MULTILINE)
    documented = {Status(status): kind for kind, statuses in rows for status in re.findall(r"`(\w+)`", statuses)}

    assert documented == {status: change_event_type(a_record(status=status)) for status in Status}
    assert [kind for kind, _ in rows] == list(ChangeEventType)


def test_the_documents_rule_picks_the_documents_event() -> None:
    """Whoever copies it hears something."""
    pattern = EventPattern.load(json.dumps(RULE))

    assert pattern.matches_event(EXAMPLE)
    assert not pattern.matches_event(EXAMPLE | {"detail-type": ChangeEventType.NEEDS_REVIEW.value})
    assert set(RULE["detail-type"]) <= set(ChangeEventType)


def test_the_document_names_what_the_template_has() -> None:
    """The resources, and how often and how long an event is tried."""
    named = set(re.findall(r"`(ChangeEvents\w*|SummariesTable)`", DOCUMENT))

    assert named == {
        "ChangeEvents",
        "ChangeEventsDeadLetterAlarm",
        "ChangeEventsDeadLetterQueue",
        "ChangeEventsFailingAlarm",
        "SummariesTable",
    }
    assert named <= set(stack()["Resources"])
    assert f"tried {source()['MaximumRetryAttempts']} times" in DOCUMENT
    assert f"for {source()['MaximumRecordAgeInSeconds'] // HOUR} hours" in DOCUMENT
    assert properties("ChangeEventsLogs")["LogGroupName"]["Fn::Sub"].replace("${AWS::StackName}", "STACK") in DOCUMENT


# ----------------------------------------------------------------------------------------------------------------------
# The pipe
# ----------------------------------------------------------------------------------------------------------------------


def test_the_pipe_leads_from_the_table_to_the_bus_that_was_chosen() -> None:
    """The kind of an event is what the revision says of itself."""
    pipe = properties("ChangeEvents")

    assert pipe["Source"] == {"Fn::GetAtt": ["SummariesTable", "StreamArn"]}
    assert pipe["Target"] == BUS
    assert pipe["TargetParameters"]["EventBridgeEventBusParameters"] == {
        "Source": "standfirst",
        "DetailType": "$.dynamodb.NewImage.announced_as.S",
    }
    assert properties("SummariesTable")["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"


def test_a_pipe_that_is_made_anew_can_be_made_beside_the_old_one() -> None:
    """It misses nothing, and has no name that is taken."""
    assert source()["StartingPosition"] == "TRIM_HORIZON"
    assert "Name" not in properties("ChangeEvents")


def test_an_event_that_is_given_up_can_still_be_read_again() -> None:
    """It ends in a queue, one by one, while the stream has its record for some hours more."""
    assert 0 < source()["MaximumRetryAttempts"] <= 10_000
    assert 12 * HOUR <= source()["MaximumRecordAgeInSeconds"] <= STREAM_KEEPS - 6 * HOUR
    assert source()["OnPartialBatchItemFailure"] == "AUTOMATIC_BISECT"
    assert source()["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": ["ChangeEventsDeadLetterQueue", "Arn"]}}
    assert properties("ChangeEventsDeadLetterQueue") == {
        "SqsManagedSseEnabled": True,
        "MessageRetentionPeriod": 14 * DAY,
    }


def test_no_batch_is_larger_than_the_bus_takes() -> None:
    """Ten ("Amazon EventBridge Pipes batching and concurrency")."""
    assert 1 <= source()["BatchSize"] <= 10


def test_the_pipe_logs_errors_without_the_records() -> None:
    """They hold the texts."""
    assert properties("ChangeEvents")["LogConfiguration"] == {
        "Level": "ERROR",
        "CloudwatchLogsLogDestination": {"LogGroupArn": {"Fn::GetAtt": ["ChangeEventsLogs", "Arn"]}},
    }
    assert properties("ChangeEventsLogs")["RetentionInDays"] == {"Ref": "LogRetentionDays"}


def test_the_pipe_may_do_what_it_does_and_nothing_else() -> None:
    """For this account only; DynamoDB knows no resources for listing streams."""
    role = properties("ChangeEventsRole")
    [policy] = role["Policies"]
    [trust] = role["AssumeRolePolicyDocument"]["Statement"]

    rights = {
        action: statement["Resource"]
        for statement in policy["PolicyDocument"]["Statement"]
        for action in as_list(statement["Action"])
    }

    stream, logs = ({"Fn::GetAtt": names} for names in (["SummariesTable", "StreamArn"], ["ChangeEventsLogs", "Arn"]))
    assert properties("ChangeEvents")["RoleArn"] == {"Fn::GetAtt": ["ChangeEventsRole", "Arn"]}
    assert rights == {
        "dynamodb:DescribeStream": stream,
        "dynamodb:GetRecords": stream,
        "dynamodb:GetShardIterator": stream,
        "dynamodb:ListStreams": "*",
        "events:PutEvents": BUS,
        "sqs:SendMessage": {"Fn::GetAtt": ["ChangeEventsDeadLetterQueue", "Arn"]},
        "logs:CreateLogStream": logs,
        "logs:PutLogEvents": logs,
    }
    assert "ManagedPolicyArns" not in role
    assert trust == {
        "Effect": "Allow",
        "Principal": {"Service": "pipes.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}},
    }


@pytest.mark.parametrize(
    ("logical_id", "metric", "dimension", "statistic"),
    [
        (
            "ChangeEventsDeadLetterAlarm",
            ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
            {"Name": "QueueName", "Value": {"Fn::GetAtt": ["ChangeEventsDeadLetterQueue", "QueueName"]}},
            "Maximum",
        ),
        (
            "ChangeEventsFailingAlarm",
            ("AWS/EventBridge/Pipes", "ExecutionFailed"),
            {"Name": "PipeName", "Value": {"Ref": "ChangeEvents"}},
            "Sum",
        ),
    ],
    ids=["given up", "waiting"],
)
def test_somebody_is_told_when_events_wait_or_are_given_up(
    logical_id: str, metric: tuple[str, str], dimension: dict[str, Any], statistic: str
) -> None:
    """Whoever listens cannot know what they did not hear."""
    alarm = properties(logical_id)

    assert (alarm["Namespace"], alarm["MetricName"]) == metric
    assert alarm["Dimensions"] == [dimension]
    assert (alarm["Statistic"], alarm["ComparisonOperator"], alarm["Threshold"]) == (
        statistic,
        "GreaterThanThreshold",
        0,
    )


@pytest.mark.parametrize("name", ["default", "newsroom", "news.room_1-b", "a" * 256])
def test_the_name_of_a_bus_can_be_deployed(name: str) -> None:
    """Each that EventBridge takes for a bus of one's own."""
    assert re.fullmatch(stack()["Parameters"]["EventBusName"]["AllowedPattern"], name)


@pytest.mark.parametrize(
    "name", ["", "*", "news*", "arn:aws:events:eu-west-1:123456789012:event-bus/default", "a" * 257]
)
def test_what_would_widen_the_right_to_send_is_no_name_of_a_bus(name: str) -> None:
    """It becomes part of a resource, where * stands for anything."""
    assert not re.fullmatch(stack()["Parameters"]["EventBusName"]["AllowedPattern"], name)


def test_events_go_to_the_bus_that_every_account_has_unless_somebody_says_so() -> None:
    """A stack without a choice works."""
    assert stack()["Parameters"]["EventBusName"]["Default"] == "default"
