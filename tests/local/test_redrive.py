"""``standfirst redrive`` against moto over HTTP: what lies in the dead-letter queue is told, and goes back."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import quote_plus

import boto3
import pytest
from botocore.awsrequest import AWSResponse, HTTPHeaders
from mypy_boto3_sqs import SQSClient
from mypy_boto3_sqs.type_defs import MessageTypeDef
from pytest_httpserver import HTTPServer

from standfirst_local import redrive
from standfirst_local.cli import main
from standfirst_local.deployment import Deployment, read_deployment
from standfirst_local.emulator import create_storage, emulated_aws, queue_arn

COMMAND = ["redrive", "--stack", "standfirst-local"]
OK = AWSResponse("", 200, HTTPHeaders(), None)
TOLD = {"article_id": "politics/ferry.txt", "reason": "DynamoDB did not answer.", "what_to_do": "Redrive it."}


@dataclass
class Queues:
    """The two queues of a stack that was just made, and SQS's message move tasks, which moto lacks.

    Requests for tasks are answered here instead of being sent. A task that is to be ``COMPLETED`` moves everything.
    """

    sqs: SQSClient
    dead_letters: str
    uploads: str
    outcome: dict[str, object] = field(default_factory=lambda: {"Status": "COMPLETED"})
    tasks: list[dict[str, object]] = field(default_factory=list)
    is_listed_late: bool = False

    def bury(self, body: str, told: Mapping[str, str] | None = None) -> None:
        """Put a message into the dead-letter queue."""
        attributes = {name: {"DataType": "String", "StringValue": value} for name, value in (told or {}).items()}
        self.sqs.send_message(QueueUrl=self.dead_letters, MessageBody=body, MessageAttributes=attributes)  # type: ignore[arg-type]

    def messages_in(self, url: str) -> list[MessageTypeDef]:
        """What can be received now, up to ten."""
        received = self.sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=10,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["All"],
        )
        return received.get("Messages", [])

    def start_task(self, params: dict[str, str], **_: object) -> tuple[AWSResponse, dict[str, object]]:
        """Answers StartMessageMoveTask."""
        arns = {"SourceArn": queue_arn(self.dead_letters), "DestinationArn": queue_arn(self.uploads)}
        assert json.loads(params["body"]) == arns
        moved = self._move_all() if self.outcome["Status"] == "COMPLETED" else 0
        numbers = {"ApproximateNumberOfMessagesMoved": moved, "ApproximateNumberOfMessagesToMove": moved or 1}
        self.tasks.insert(0, {"StartedTimestamp": len(self.tasks) + 1, **numbers, **self.outcome})
        return OK, {"TaskHandle": "a task"}

    def list_tasks(self, **_: object) -> tuple[AWSResponse, dict[str, object]]:
        """Answers ListMessageMoveTasks with the newest one, or once with the one before if it is listed late."""
        first = int(self.is_listed_late and len(self.tasks) > 1)
        self.is_listed_late = self.is_listed_late and not first
        return OK, {"Results": self.tasks[first : first + 1]}

    def _move_all(self) -> int:
        moved = 0
        while messages := self.messages_in(self.dead_letters):
            for message in messages:
                attributes = message.get("MessageAttributes", {})
                self.sqs.send_message(QueueUrl=self.uploads, MessageBody=message["Body"], MessageAttributes=attributes)
                self.sqs.delete_message(QueueUrl=self.dead_letters, ReceiptHandle=message["ReceiptHandle"])
                moved += 1
        return moved


@pytest.fixture(scope="module")
def deployment() -> Deployment:
    """The template, read once."""
    return read_deployment({})


@pytest.fixture
def queues(deployment: Deployment) -> Iterator[Queues]:
    """Empty queues."""
    with emulated_aws():
        yield made(deployment)


def made(deployment: Deployment, lane: str = "Uploads") -> Queues:
    """The queues of a lane of ``deployment``, in the emulated account."""
    resources = create_storage(deployment)
    queues = Queues(boto3.client("sqs"), resources[f"{lane}DeadLetterQueue"], resources[f"{lane}Queue"])
    # Of the session from which every client is made from now on.
    events: Any = cast("boto3.Session", boto3.DEFAULT_SESSION).events
    events.register("before-call.sqs.StartMessageMoveTask", queues.start_task)
    events.register("before-call.sqs.ListMessageMoveTasks", queues.list_tasks)
    return queues


def name_of(url: str) -> str:
    """What the AWS console calls the queue at ``url``."""
    return url.rsplit("/", maxsplit=1)[-1]


def an_event(key: str) -> str:
    """The event of S3 about ``key``."""
    entry = {"key": quote_plus(key), "sequencer": "0A", "size": 5}
    return json.dumps({"Records": [{"eventSource": "aws:s3", "s3": {"bucket": {"name": "articles"}, "object": entry}}]})


def test_dead_letters_of_backfills_go_back_to_their_own_queue(
    deployment: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    """With ``--backfills``."""
    with emulated_aws():
        queues = made(deployment, "Backfill")
        queues.bury("the command", TOLD)

        status = main([*COMMAND, "--backfills"])

        [message] = queues.messages_in(queues.uploads)
    assert status == 0
    assert message["Body"] == "the command"
    assert f"1 message in {name_of(queues.dead_letters)}:" in capsys.readouterr().out


def test_what_the_worker_gave_up_is_told_and_goes_back_unchanged(
    queues: Queues, capsys: pytest.CaptureFixture[str]
) -> None:
    """Article, reason, what to do and age; body and attributes are those that were sent."""
    queues.bury("the event", TOLD)

    status = main(COMMAND)

    told = capsys.readouterr().out
    [message] = queues.messages_in(queues.uploads)
    assert status == 0
    assert f"1 message in {name_of(queues.dead_letters)}:" in told
    assert re.search(
        r"^politics/ferry\.txt · sent \d s ago\n  DynamoDB did not answer\.\n  → Redrive it\.$", told, re.MULTILINE
    )
    assert f"Moved 1 of 1 message back to {name_of(queues.uploads)}." in told
    assert message["Body"] == "the event"
    assert {name: value["StringValue"] for name, value in message["MessageAttributes"].items()} == TOLD
    assert queues.messages_in(queues.dead_letters) == []


@pytest.mark.parametrize("key", ["politics/ferry.txt", "Zürich/die Fähre  fährt.txt", "日本 語/50% + 1.txt"])
def test_a_message_that_sqs_gave_up_names_the_article_of_its_event(
    queues: Queues, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    """The worker never came to say why."""
    queues.bury(an_event(key))

    status = main(COMMAND)

    told = capsys.readouterr().out
    assert status == 0
    assert f"{key} · sent" in told
    assert "The function did not finish, however often it was tried" in told
    assert "Read the log of SummarizeUploads, or of BackfillArticles, fix the cause, then redrive." in told


def test_the_prefix_of_the_stack_is_no_part_of_the_article(capsys: pytest.CaptureFixture[str]) -> None:
    """As everywhere else."""
    with emulated_aws():
        made(read_deployment({"ArticlePrefix": "articles/"})).bury(an_event("articles/ferry.txt"))

        main([*COMMAND, "--dry-run"])

    assert "\nferry.txt · sent" in capsys.readouterr().out


@pytest.mark.parametrize(
    "body",
    [
        "good morning",
        "[" * 100_000,
        '"Records"',
        '{"Records": [{"eventSource": "aws:s3"}]}',
        '{"Records": [{"eventSource": "aws:s3", "s3": {"bucket": {"name": "a"}, "object": {"key": 5}}}]}',
    ],
    ids=["no JSON", "too deep", "no event", "no key", "a key that is a number"],
)
def test_a_message_that_is_no_event_is_quoted_and_goes_back(
    queues: Queues, capsys: pytest.CaptureFixture[str], body: str
) -> None:
    """Whatever is in the queue, nothing breaks."""
    queues.bury(body)

    status = main(COMMAND)

    told = capsys.readouterr().out
    assert status == 0
    assert f"no article: {body[:60]} · sent" in told
    assert "Moved 1 of 1 message" in told


def test_a_key_cannot_steer_the_terminal(queues: Queues, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor can a broken character stop the command."""
    queues.bury(an_event("a\x1b[2J\nb.txt"))
    queues.bury(
        '{"Records": [{"eventSource": "aws:s3", "s3": {"bucket": {"name": "a"}, "object": {"key": "\\ud800"}}}]}'
    )

    status = main(COMMAND)

    told = capsys.readouterr().out
    assert status == 0
    assert "\x1b" not in told
    assert "a\ufffd[2J b.txt · sent" in told


def test_a_reason_of_an_earlier_time_is_not_told_again() -> None:
    """A message keeps its attributes when it is redriven; that SQS buried it this time, SQS says."""
    message: MessageTypeDef = {
        "Body": "",
        "Attributes": {"SentTimestamp": "1000", "DeadLetterQueueSourceArn": "arn:aws:sqs:eu-west-1:1:uploads"},
        "MessageAttributes": {
            name: {"DataType": "String", "StringValue": value}  # type: ignore[typeddict-item]
            for name, value in TOLD.items()
        },
    }

    letter = redrive.dead_letter(message, "")

    assert letter.article == "politics/ferry.txt"
    assert letter.reason.startswith("The function did not finish")
    assert letter.sent == 1


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-3, "0 s ago"),
        (119, "119 s ago"),
        (120, "2 min ago"),
        (3 * 3600, "3 h ago"),
        (47 * 3600, "47 h ago"),
        (13.9 * 86_400, "13 days ago"),
    ],
)
def test_ages_are_told_in_one_unit(seconds: float, said: str) -> None:
    """A clock that is behind AWS's makes nothing younger than now."""
    assert redrive.ago(seconds) == said


def test_nothing_to_move_is_said_and_no_error(queues: Queues, capsys: pytest.CaptureFixture[str]) -> None:
    """No task is started for it."""
    status = main(COMMAND)

    assert status == 0
    assert capsys.readouterr().out == f"There are no messages in {name_of(queues.dead_letters)}.\n"
    assert queues.tasks == []


def test_a_dry_run_shows_and_moves_nothing(queues: Queues, capsys: pytest.CaptureFixture[str]) -> None:
    """And hides nothing: whoever looks next sees the same."""
    queues.bury("the event", TOLD)

    status = main([*COMMAND, "--dry-run"])

    told = capsys.readouterr().out
    assert status == 0
    assert "politics/ferry.txt" in told
    assert "Nothing was moved" in told
    assert queues.messages_in(queues.uploads) == []
    assert len(queues.messages_in(queues.dead_letters)) == 1


def test_many_messages_are_counted_and_all_of_them_moved(
    queues: Queues, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first are shown."""
    monkeypatch.setattr(redrive, "MOST_SHOWN", 12)
    for number in range(15):
        queues.bury(an_event(f"{number}.txt"))

    status = main(COMMAND)

    told = capsys.readouterr().out
    assert status == 0
    assert told.startswith("15 messages in ")
    assert told.count(" · sent ") == 12
    assert "… and 3 more." in told
    assert "Moved 15 of 15 messages back" in told


def test_a_second_redrive_tells_of_its_own_move(queues: Queues, capsys: pytest.CaptureFixture[str]) -> None:
    """Not of the one before, which SQS may still list as the newest."""
    queues.is_listed_late = True

    for bodies in (["a", "b"], ["c"]):
        for body in bodies:
            queues.bury(body)
        capsys.readouterr()
        main(COMMAND)

    assert "Moved 1 of 1 message back" in capsys.readouterr().out


def test_messages_in_other_hands_are_waited_for_by_a_person(queues: Queues, capsys: pytest.CaptureFixture[str]) -> None:
    """They are not there, and yet the queue is not empty."""
    queues.bury("the event")
    queues.messages_in(queues.dead_letters)

    status = main(COMMAND)

    assert status == 1
    assert f"{name_of(queues.dead_letters)} has 1 message that another consumer has received" in capsys.readouterr().err


def test_a_move_that_fails_says_why_and_loses_nothing(queues: Queues, capsys: pytest.CaptureFixture[str]) -> None:
    """What could not be moved stays."""
    queues.bury("the event")
    queues.outcome = {"Status": "FAILED", "FailureReason": "InvalidParameterValue"}

    status = main(COMMAND)

    failed = capsys.readouterr().err
    assert status == 1
    assert failed == (
        f"standfirst: the move to {name_of(queues.uploads)} failed after 0 messages: InvalidParameterValue\n"
    )
    assert len(queues.messages_in(queues.dead_letters)) == 1


@pytest.mark.parametrize("options", [[], ["--dry-run"]], ids=["redrive", "dry run"])
def test_a_move_that_runs_already_is_left_alone(
    queues: Queues, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    """Not even looked at: what is in our hands, it would leave behind."""
    queues.bury("the event")
    numbers = {"ApproximateNumberOfMessagesMoved": 3, "ApproximateNumberOfMessagesToMove": 8}
    queues.tasks = [{"StartedTimestamp": 1, "Status": "RUNNING", **numbers}]

    status = main([*COMMAND, *options])

    assert status == 1
    assert f"{name_of(queues.dead_letters)}, 3 of 8 so far" in capsys.readouterr().err
    assert len(queues.messages_in(queues.dead_letters)) == 1


def test_a_long_move_is_not_waited_for(
    queues: Queues, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes on by itself."""
    monkeypatch.setattr(redrive, "WATCH_SECONDS", 0)
    queues.bury("a")
    queues.outcome = {"Status": "RUNNING"}

    status = main(COMMAND)

    assert status == 0
    assert "Moved 0 of 1 message so far; SQS continues by itself." in capsys.readouterr().out


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def redriven(
    queues: Queues, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs the command in a shell with ``variables``, of which an empty one is taken out."""
    assert queues

    def run(**variables: str) -> Done:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
            if not value:
                monkeypatch.delenv(name)
        boto3.DEFAULT_SESSION = None  # it has found its keys already
        status = main(["redrive"])
        boto3.DEFAULT_SESSION = None
        return Done(status, *capsys.readouterr())

    return run


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "there is no stack standfirst in eu-west-1: name yours with --stack"),
        ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "there are no AWS credentials"),
        ({"AWS_DEFAULT_REGION": "", "AWS_REGION": ""}, "there is no AWS region"),
        ({"AWS_PROFILE": "nobody"}, "nobody"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "Could not connect to the endpoint"),
        ({"AWS_ENDPOINT_URL": "nowhere"}, "Invalid endpoint: nowhere"),
    ],
    ids=["stack", "credentials", "region", "profile", "network", "endpoint"],
)
def test_what_is_missing_is_said_in_one_line(
    redriven: Callable[..., Done], variables: dict[str, str], said: str
) -> None:
    """Without a traceback."""
    done = redriven(**variables)

    assert done.status == 1
    assert done.err.startswith("standfirst: ")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert done.out == ""


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (
            "<E><Error><Code>AccessDenied</Code><Message>Bob is not authorized</Message></Error></E>",
            403,
            "DescribeStacks was refused: Bob is not authorized (AccessDenied)",
        ),
        ("a page\nof something else", 200, "Unable to parse response"),
    ],
    ids=["refused", "no AWS"],
)
def test_what_aws_refuses_is_said_in_its_words(
    redriven: Callable[..., Done], httpserver: HTTPServer, answer: str, status: int, said: str
) -> None:
    """One line, and which call it was."""
    httpserver.expect_request("/").respond_with_data(answer, status, content_type="text/xml")

    done = redriven(AWS_ENDPOINT_URL=httpserver.url_for(""))

    assert done.status == 1
    assert said in done.err
    assert done.err.count("\n") == 1


def test_a_stack_that_is_another_says_which_queue_it_lacks(queues: Queues, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own resources are left alone."""
    assert queues
    other = {"Resources": {"Table": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "other"}}}}
    boto3.client("cloudformation").create_stack(StackName="other", TemplateBody=json.dumps(other))

    status = main(["redrive", "--stack", "other"])

    assert status == 1
    assert "UploadsDeadLetterQueue" in capsys.readouterr().err
