"""The pipe on this machine: which changes of a summary the bus is told of, and as what."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from moto.events.models import EventPattern

from builders import STORY, a_record, replace_stored, save
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import NewerVersionStored
from standfirst.domain.record import Status
from standfirst_local.deployment import PROJECT, read_deployment
from standfirst_local.pipe import (
    Event,
    InputTemplate,
    NotEmulated,
    PathNotFound,
    Pipe,
    PipePlan,
    line_about,
    look_up,
)
from standfirst_local.service import Service
from standfirst_local.stack import LocalStack, running_stack

MOST_SECONDS = 30
"""An event comes within a second; what takes so long never comes."""

QUIET = {"POWERTOOLS_LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true"}
ANNOUNCED = '{"eventName": ["INSERT"], "dynamodb": {"NewImage": {"announced_as": {"S": [{"exists": true}]}}}}'
AWKWARD = 'news/"quoted" \\back\\slash\nnext line\t{<$.a>} 😀.txt'


def a_stream_record(article_id: str = "a.txt", name: str = "INSERT", **attributes: str) -> Event:
    """A change of an item as DynamoDB tells of it."""
    image = {key: {"S": value} for key, value in ({"article_id": article_id} | attributes).items()}
    return {"eventName": name, "dynamodb": {"NewImage": image | {"revision": {"N": "3"}}}}


def a_plan() -> PipePlan:
    """A pipe that tells of articles and their revisions."""
    template = '{"article": "<$.dynamodb.NewImage.article_id.S>", "revision": "<$.dynamodb.NewImage.revision.N>"}'
    return PipePlan(
        pipe="Changes",
        table="Table",
        patterns=(EventPattern.load(ANNOUNCED),),
        source="tests",
        detail_type="$.dynamodb.NewImage.announced_as.S",
        template=InputTemplate(template),
    )


# ----------------------------------------------------------------------------------------------------------------------
# Which records, and what is made of them
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("article_id", [AWKWARD, "plain.txt", "\\", '"', "\u2028\x00"])
def test_what_is_filled_into_a_template_stays_as_it_is(article_id: str) -> None:
    """Quotes, backslashes, line breaks and what looks like a variable: it is valid JSON, and says the same."""
    event = a_plan().event_about(a_stream_record(article_id, announced_as="News"))

    assert event
    assert json.loads(json.dumps(event))["detail"] == {"article": article_id, "revision": "3"}


@pytest.mark.parametrize(
    "template",
    [
        '{"a": <$.b>}',
        '{"a": 1}',
        '{"a": {"b": "<$.c>"}}',
        '["<$.a>"]',
        '{"a": "<aws.pipes.pipe-arn>"}',
        '{"a": "<$.b[0]>"}',
        '{"a": "<$>"}',
        "",
    ],
)
def test_a_template_that_cannot_be_filled_in_here_is_an_error(template: str) -> None:
    """At the start, not at the first event."""
    with pytest.raises(NotEmulated):
        InputTemplate(template)


@pytest.mark.parametrize("record", [{}, {"a": {}}, {"a": "x"}, {"a": {"b": 1}}, {"a": {"b": {"S": "x"}}}], ids=str)
def test_a_path_that_leads_to_no_string_is_an_error(record: dict[str, Any]) -> None:
    """It names the path."""
    with pytest.raises(PathNotFound, match=r"\$\.a\.b"):
        look_up("$.a.b", record)


def test_a_pipe_that_does_more_than_is_played_here_is_refused(tmp_path: Path) -> None:
    """The template of a checkout decides, when the stack is made."""
    pipe = {"Source": {"Fn::GetAtt": ["Queue", "Arn"]}, "Target": "arn", "RoleArn": "arn"}
    template = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Parameters": {},
        "Resources": {"Other": {"Type": "AWS::Pipes::Pipe", "Properties": pipe}},
    }
    tmp_path.joinpath("template.yaml").write_text(json.dumps(template), encoding="utf-8")

    with pytest.raises(NotEmulated, match="Other"):
        read_deployment({}, tmp_path)


def test_the_pipe_of_the_template_is_read() -> None:
    """By logical ids, with its filter: what is stored for the first time, and says how it is announced."""
    [plan] = read_deployment({}).pipes

    assert (plan.pipe, plan.table, plan.source) == ("ChangeEvents", "SummariesTable", "standfirst")
    record = a_stream_record(
        announced_as="Summary Ready",
        announced_kind="",
        announced_disclosure="none",
        status="generated",
        language="en",
        updated_at="",
        updated_by="",
    )
    record["dynamodb"]["NewImage"]["article"] = {"M": {"bucket": {"S": ""}, "key": {"S": ""}}}
    assert plan.event_about(record)
    assert not plan.event_about(record | {"eventName": "MODIFY"})
    assert not plan.event_about(a_stream_record())
    assert not plan.event_about(a_stream_record() | {"announced_as": {"N": "1"}})


def test_an_event_is_shown_as_one_line() -> None:
    """Kind and detail, readable in any language."""
    event = a_plan().event_about(a_stream_record("é\n.txt", announced_as="News"))

    assert event
    assert line_about(event) == '{"detail-type": "News", "detail": {"article": "é\\n.txt", "revision": "3"}}'


# ----------------------------------------------------------------------------------------------------------------------
# The thread
# ----------------------------------------------------------------------------------------------------------------------


@dataclass
class Told:
    """A listener that keeps what it hears."""

    events: list[Event] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        """Hear of one."""
        self.events.append(event)

    def of(self, key: str) -> list[Event]:
        """What was heard about one article."""
        return [event for event in self.events if event["detail"]["key"] == key]

    def kinds_of(self, key: str) -> list[tuple[str, str]]:
        """Detail-type and revision of each event about one article, in their order."""
        return [(event["detail-type"], event["detail"]["revision"]) for event in self.of(key)]


@dataclass
class Batches:
    """A stream of so many batches."""

    batches: list[Sequence[Event]]

    def read(self) -> Sequence[Event]:
        """See ``Stream``."""
        return self.batches.pop(0) if self.batches else []


def test_a_record_that_makes_no_event_does_not_stop_the_next(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged and let go; what the filter stops is not even logged."""
    good, modified = (a_stream_record("good", name, announced_as="News") for name in ("INSERT", "MODIFY"))
    bad: Event = {"eventName": "INSERT", "dynamodb": {"NewImage": {"announced_as": {"S": "News"}}}}
    told = Told()
    pipe = Pipe(a_plan(), Batches([[modified, bad, good], [good]]), told)

    with caplog.at_level(logging.ERROR):
        pipe.start()
        eventually(lambda: len(told.events) == 2)
        pipe.stop()

    assert [event["detail"]["article"] for event in told.events] == ["good", "good"]
    assert len(caplog.records) == 1
    assert "$.dynamodb.NewImage.article_id.S" in caplog.text
    assert not [thread for thread in threading.enumerate() if thread.name == "pipe-Changes"]


def test_a_pipe_that_is_stopped_tells_of_what_is_there() -> None:
    """What was stored last is not kept quiet about."""
    told = Told()
    pipe = Pipe(a_plan(), Batches([[a_stream_record(announced_as="News")]]), told)

    pipe.start()
    pipe.stop()

    assert len(told.events) == 1


# ----------------------------------------------------------------------------------------------------------------------
# The whole stack
# ----------------------------------------------------------------------------------------------------------------------


def eventually(happened: Callable[[], object]) -> None:
    """Wait until ``happened``, or for a long while."""
    deadline = time.monotonic() + MOST_SECONDS
    while not happened() and time.monotonic() < deadline:
        threading.Event().wait(0.05)


@pytest.fixture(scope="module")
def told() -> Told:
    """What the bus of this file's stack is told."""
    return Told()


@pytest.fixture(scope="module")
def stack(told: Told) -> Iterator[LocalStack]:
    """One stack for the tests below; every test has keys of its own."""
    with running_stack(variables=QUIET, listener=told) as running:
        yield running


def put(stack: LocalStack, key: str, text: str = STORY) -> None:
    """Upload an article and wait until it is answered."""
    Service(stack).upload(key, text.encode())
    Service(stack).wait_for(key, MOST_SECONDS)


def remove(stack: LocalStack, key: str) -> None:
    """Delete an article."""
    boto3.client("s3").delete_object(Bucket=stack.bucket, Key=key)


def test_an_upload_is_announced_when_its_summary_is_ready(stack: LocalStack, told: Told) -> None:
    """As the schema promises, and with nothing of the text."""
    put(stack, "politics/ferry.txt")
    eventually(lambda: told.of("politics/ferry.txt"))

    [event] = told.of("politics/ferry.txt")
    served = Service(stack).get("politics/ferry.txt")
    assert event["detail-type"] == "Summary Ready"
    assert event["source"] == "standfirst"
    assert event["detail"] == {
        "article_id": "politics/ferry.txt",
        "revision": "1",
        "status": "generated",
        "language": "en",
        "kind": "news",
        "ai_disclosure": "none",
        "bucket": stack.bucket,
        "key": "politics/ferry.txt",
        "updated_at": served["updated_at"],
        "updated_by": "summarize_uploads",
    }


def test_a_deleted_article_is_announced_and_an_upload_without_change_is_not(stack: LocalStack, told: Told) -> None:
    """One event for each revision; the stream is in order, so that what did not come before the last never will."""
    put(stack, "gone.txt")
    put(stack, "gone.txt")
    remove(stack, "gone.txt")
    eventually(lambda: len(told.of("gone.txt")) > 1)

    assert told.kinds_of("gone.txt") == [("Summary Ready", "1"), ("Summary Withdrawn", "2")]
    assert told.of("gone.txt")[-1]["detail"]["status"] == "withdrawn"


def test_an_article_that_cannot_be_read_is_announced_to_editors(stack: LocalStack, told: Told) -> None:
    """Somebody has to look at it."""
    put(stack, "broken.json", "{")
    eventually(lambda: told.of("broken.json"))

    assert told.kinds_of("broken.json") == [("Summary Needs Review", "1")]


def test_what_waits_beside_a_persons_words_is_announced_once_with_them(stack: LocalStack, told: Told) -> None:
    """Two revisions are stored, one of them is served."""
    put(stack, "edited.txt")
    store = DynamoDbSummaryTable(stack.resources["SummariesTable"])
    stored = store.current(ArticleId("edited.txt"))
    assert stored
    edited = {"status": Status.EDITED, "revision": 2, "summary": "The ferry returns.", "updated_by": "an editor"}
    replace_stored(store, stored, stored.record.model_copy(update=edited))
    put(stack, "edited.txt", STORY.replace("June", "July"))
    remove(stack, "edited.txt")
    eventually(lambda: len(told.of("edited.txt")) > 3)

    assert told.kinds_of("edited.txt") == [
        ("Summary Ready", "1"),
        ("Summary Ready", "2"),
        ("Summary Needs Review", "4"),
        ("Summary Withdrawn", "5"),
    ]
    assert [event["detail"]["status"] for event in told.of("edited.txt")][1:3] == ["edited", "edited"]


def test_a_key_is_announced_as_it_is(stack: LocalStack, told: Told) -> None:
    """Not as it is encoded on its way."""
    put(stack, '100%/%2F+ü "q" 😀.txt')
    eventually(lambda: told.of('100%/%2F+ü "q" 😀.txt'))

    [event] = told.of('100%/%2F+ü "q" 😀.txt')
    assert event["detail"]["article_id"] == '100%/%2F+ü "q" 😀.txt'


def test_an_article_of_any_name_is_announced_as_json(stack: LocalStack, told: Told) -> None:
    """Stored at once, because moto takes no line breaks in a key."""
    save(DynamoDbSummaryTable(stack.resources["SummariesTable"]), a_record(AWKWARD))
    eventually(lambda: told.of(AWKWARD))

    [event] = told.of(AWKWARD)
    assert json.loads(json.dumps(event)) == event
    assert event["detail"]["article_id"] == AWKWARD


def test_every_event_keeps_what_the_schema_promises(stack: LocalStack, told: Told) -> None:
    """All that the tests above led to, and one more."""
    schema = json.loads((PROJECT / "docs/events.schema.json").read_text(encoding="utf-8"))
    put(stack, "promised.txt")
    eventually(lambda: told.of("promised.txt"))

    assert told.events
    assert [error for event in told.events for error in Draft202012Validator(schema).iter_errors(event["detail"])] == []


def test_nothing_is_told_of_a_revision_that_was_not_stored(stack: LocalStack, told: Told) -> None:
    """Moto would tell of what it stored before it came to the condition that does not hold."""
    store = DynamoDbSummaryTable(stack.resources["SummariesTable"])
    store.claim_event(ArticleId("overtaken"), "0C")

    with pytest.raises(NewerVersionStored):
        save(store, a_record("overtaken", status=Status.FAILED, sequencer="0B"))
    save(store, a_record("overtaken", sequencer="0C"))
    eventually(lambda: told.of("overtaken"))

    assert told.kinds_of("overtaken") == [("Summary Ready", "1")]
