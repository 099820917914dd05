"""SQS's message move tasks, as the emulated account answers them."""

import time
from collections.abc import Iterator

import boto3
import pytest
from botocore.exceptions import ClientError
from moto.sqs.responses import SQSResponse
from mypy_boto3_sqs import SQSClient
from mypy_boto3_sqs.type_defs import ListMessageMoveTasksResultEntryTypeDef

from standfirst_local.emulator import emulated_aws, queue_arn


@pytest.fixture
def sqs() -> Iterator[SQSClient]:
    """An account with the queue ``source``, its dead-letter queue ``dead`` and another queue."""
    with emulated_aws():
        client = boto3.client("sqs")
        dead = client.create_queue(QueueName="dead")["QueueUrl"]
        policy = f'{{"deadLetterTargetArn": "{queue_arn(dead)}", "maxReceiveCount": 2}}'
        client.create_queue(QueueName="source", Attributes={"RedrivePolicy": policy})
        client.create_queue(QueueName="other")
        yield client


def url(sqs: SQSClient, name: str) -> str:
    """The URL of the queue ``name``."""
    return sqs.get_queue_url(QueueName=name)["QueueUrl"]


def arn(name: str) -> str:
    """The ARN of the queue ``name``."""
    return f"arn:aws:sqs:eu-west-1:123456789012:{name}"


def bury(sqs: SQSClient, *bodies: str) -> None:
    """Put messages into the dead-letter queue."""
    for body in bodies:
        sqs.send_message(QueueUrl=url(sqs, "dead"), MessageBody=body)


def ended(sqs: SQSClient) -> ListMessageMoveTasksResultEntryTypeDef:
    """The newest task, once it runs no longer."""
    for _ in range(200):
        [task] = sqs.list_message_move_tasks(SourceArn=arn("dead"))["Results"]
        if task["Status"] != "RUNNING":
            return task
        time.sleep(0.05)
    pytest.fail("it runs for ever")


def test_moto_has_no_move_tasks_of_its_own() -> None:
    """When it has, ours can go."""
    assert not hasattr(SQSResponse, "start_message_move_task")


def test_a_move_is_told_of_as_the_reference_says(sqs: SQSClient) -> None:
    """An ended task has no handle any more."""
    bury(sqs, "a", "b")

    started = sqs.start_message_move_task(SourceArn=arn("dead"), DestinationArn=arn("source"))

    task = ended(sqs)
    assert started["TaskHandle"]
    assert abs(task.pop("StartedTimestamp") / 1000 - time.time()) < 60
    assert task == {
        "Status": "COMPLETED",
        "SourceArn": arn("dead"),
        "DestinationArn": arn("source"),
        "ApproximateNumberOfMessagesMoved": 2,
        "ApproximateNumberOfMessagesToMove": 2,
    }


def test_a_moved_message_is_a_new_one_with_the_old_content(sqs: SQSClient) -> None:
    """Id and receive count are its own, body and attributes of every type the old one's."""
    sent = sqs.send_message(
        QueueUrl=url(sqs, "dead"),
        MessageBody="Zürich",
        MessageAttributes={
            "reason": {"DataType": "String", "StringValue": "größer"},
            "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
        },
    )
    sqs.receive_message(QueueUrl=url(sqs, "dead"), VisibilityTimeout=0)

    sqs.start_message_move_task(SourceArn=arn("dead"), DestinationArn=arn("other"))
    ended(sqs)

    [message] = sqs.receive_message(
        QueueUrl=url(sqs, "other"), MessageAttributeNames=["All"], MessageSystemAttributeNames=["All"]
    )["Messages"]
    assert message["MessageId"] != sent["MessageId"]
    assert message["Attributes"]["ApproximateReceiveCount"] == "1"
    assert (message["Body"], message["MD5OfMessageAttributes"]) == ("Zürich", sent["MD5OfMessageAttributes"])
    assert message["MessageAttributes"]["bytes"]["BinaryValue"] == b"\x00\xff"


def test_a_hidden_message_stays(sqs: SQSClient) -> None:
    """Somebody has it in hand."""
    bury(sqs, "a", "b")
    [hidden] = sqs.receive_message(QueueUrl=url(sqs, "dead"), VisibilityTimeout=60)["Messages"]

    sqs.start_message_move_task(SourceArn=arn("dead"), DestinationArn=arn("source"))

    task = ended(sqs)
    [moved] = sqs.receive_message(QueueUrl=url(sqs, "source"), MaxNumberOfMessages=10)["Messages"]
    assert (task["ApproximateNumberOfMessagesMoved"], task["ApproximateNumberOfMessagesToMove"]) == (1, 1)
    assert moved["Body"] != hidden["Body"]


def test_one_task_runs_at_a_time(sqs: SQSClient) -> None:
    """And shows its handle and its rate while it does."""
    bury(sqs, *"abcdefgh")
    first = sqs.start_message_move_task(
        SourceArn=arn("dead"), DestinationArn=arn("source"), MaxNumberOfMessagesPerSecond=1
    )

    with pytest.raises(ClientError, match="There is already a task running"):
        sqs.start_message_move_task(SourceArn=arn("dead"), DestinationArn=arn("source"))

    [task] = sqs.list_message_move_tasks(SourceArn=arn("dead"), MaxResults=10)["Results"]
    assert (task["Status"], task["TaskHandle"]) == ("RUNNING", first["TaskHandle"])
    assert (task["MaxNumberOfMessagesPerSecond"], task["ApproximateNumberOfMessagesToMove"]) == (1, 8)


def test_the_newest_task_comes_first(sqs: SQSClient) -> None:
    """As many as are asked for, one by default."""
    for bodies in ("a", "bc"):
        bury(sqs, *bodies)
        sqs.start_message_move_task(SourceArn=arn("dead"), DestinationArn=arn("source"))
        ended(sqs)

    tasks = sqs.list_message_move_tasks(SourceArn=arn("dead"), MaxResults=10)["Results"]

    assert [task["ApproximateNumberOfMessagesMoved"] for task in tasks] == [2, 1]


def test_a_task_fails_whose_destination_goes_away(sqs: SQSClient) -> None:
    """With AWS's reason; what was not moved can be received as before."""
    bury(sqs, *"abcdefgh")
    sqs.start_message_move_task(SourceArn=arn("dead"), DestinationArn=arn("other"), MaxNumberOfMessagesPerSecond=1)

    sqs.delete_queue(QueueUrl=url(sqs, "other"))

    task = ended(sqs)
    assert (task["Status"], task["FailureReason"]) == ("FAILED", "AWS.SimpleQueueService.NonExistentQueue")
    assert sqs.receive_message(QueueUrl=url(sqs, "dead"))["Messages"]


@pytest.mark.parametrize(
    ("source", "destination", "code"),
    [
        ("nothing", "source", "ResourceNotFoundException"),
        ("dead", "nothing", "ResourceNotFoundException"),
        ("source", "other", "InvalidParameterValue"),
    ],
    ids=["no source", "no destination", "not a dead-letter queue"],
)
def test_what_cannot_be_moved_is_refused(sqs: SQSClient, source: str, destination: str, code: str) -> None:
    """At once, and not by a task."""
    with pytest.raises(ClientError) as refused:
        sqs.start_message_move_task(SourceArn=arn(source), DestinationArn=arn(destination))

    assert refused.value.response["Error"]["Code"] == code


def test_only_a_queue_that_is_there_has_tasks(sqs: SQSClient) -> None:
    """A list of none is the answer for one that never moved anything."""
    assert sqs.list_message_move_tasks(SourceArn=arn("dead"))["Results"] == []

    with pytest.raises(ClientError, match="SourceArn parameter doesn't exist"):
        sqs.list_message_move_tasks(SourceArn=arn("nothing"))


@pytest.mark.parametrize("most", [0, 11])
def test_at_most_ten_tasks_are_listed(sqs: SQSClient, most: int) -> None:
    """The limits of the reference."""
    with pytest.raises(ClientError, match="MaxResults"):
        sqs.list_message_move_tasks(SourceArn=arn("dead"), MaxResults=most)


def test_a_task_without_a_destination_is_refused(sqs: SQSClient) -> None:
    """AWS knows where each message came from; here nobody does."""
    with pytest.raises(ClientError, match="needs a DestinationArn"):
        sqs.start_message_move_task(SourceArn=arn("dead"))
