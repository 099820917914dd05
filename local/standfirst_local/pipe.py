"""The pipe: what EventBridge Pipes does between the stream of a table and an event bus.

Event patterns are moto's. Of input templates only what ``template.yaml`` uses is understood; anything else is an error
at the start.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, cast

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from moto.events.models import EventPattern

from standfirst_local.environment import REGION
from standfirst_local.terminal import json_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from moto.events.utils import EventMessageType

logger = logging.getLogger(__name__)

Event = dict[str, Any]
"""An event as EventBridge delivers it, or a record of a stream as it reaches a pipe."""

_IDLE_SECONDS = 0.1
_PATH = re.compile(r"\$((?:\.[A-Za-z0-9_-]+)+)")
_PLACEHOLDER = re.compile(r"<([^<>]*)>")


class NotEmulated(ValueError):
    """The template asks of a pipe what is not emulated here."""


class PathNotFound(LookupError):
    """A record has nothing where the template looks for something."""


@dataclass(frozen=True, slots=True)
class InputTemplate:
    """An input template that is a JSON object, with placeholders such as ``<$.a.b>`` in its strings only.

    Raises ``NotEmulated`` for any other.
    """

    text: str

    def __post_init__(self) -> None:
        """Check it before the first record comes."""
        for value in self._shape().values():
            if not isinstance(value, str):
                raise NotEmulated(f"{value!r} cannot be filled in here: each value is a string.")
            for placeholder in _PLACEHOLDER.findall(value):
                _steps(placeholder)

    def fill(self, record: Mapping[str, Any]) -> dict[str, str]:
        """Returns the detail of the event about ``record``. Raises ``PathNotFound``."""
        # What is filled into a string of JSON is escaped: it is valid for any record.
        return {
            name: _PLACEHOLDER.sub(lambda found: look_up(found[1], record), value)
            for name, value in self._shape().items()
        }

    def _shape(self) -> dict[str, Any]:
        try:
            shape = json.loads(self.text)
        except ValueError as error:
            raise NotEmulated(f"The input template is no JSON as long as it is not filled in: {error}") from error
        if not isinstance(shape, dict):
            raise NotEmulated(f"The input template is no JSON object: {self.text}")
        return shape


def look_up(path: str, record: Mapping[str, Any]) -> str:
    """Returns the string at ``$.a.b.c``. Raises ``NotEmulated`` for another kind of path, or ``PathNotFound``."""
    found: Any = record
    for step in _steps(path):
        found = found.get(step) if isinstance(found, dict) else None
    if not isinstance(found, str):
        raise PathNotFound(f"There is no string at {path}.")
    return found


def _steps(path: str) -> Sequence[str]:
    if not (found := _PATH.fullmatch(path)):
        raise NotEmulated(f"{path!r} cannot be looked up here: $.name.name, no lists, no reserved variables.")
    return found[1].split(".")[1:]


@dataclass(frozen=True, slots=True)
class PipePlan:
    """One pipe from the stream of a table to an event bus, by logical ids.

    ``patterns`` are alternatives; without any, each record is taken. ``detail_type`` may be a path.
    """

    pipe: str
    table: str
    patterns: tuple[EventPattern, ...]
    source: str
    detail_type: str
    template: InputTemplate

    def event_about(self, record: Mapping[str, Any]) -> Event | None:
        """Returns the event for ``record``, or ``None`` if no pattern matches it. Raises ``PathNotFound``."""
        if self.patterns and not any(
            pattern.matches_event(cast("EventMessageType", record)) for pattern in self.patterns
        ):
            return None
        kind = self.detail_type
        return {
            "version": "0",
            "id": str(uuid.uuid4()),
            "detail-type": look_up(kind, record) if kind.startswith("$") else kind,
            "source": self.source,
            "account": "123456789012",
            "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "region": REGION,
            "resources": [],
            "detail": self.template.fill(record),
        }


def line_about(event: Event) -> str:
    """Returns ``event`` as one line of JSON, without what the bus adds to it."""
    return json_line({name: event[name] for name in ("detail-type", "detail")})


def read_pipe(pipe: str, properties: Mapping[str, Any]) -> PipePlan:
    """Returns the plan of one ``AWS::Pipes::Pipe``. Raises ``NotEmulated`` for one that does more than is emulated."""
    match properties:
        case {
            "Source": {"Fn::GetAtt": [str(table), "StreamArn"]},
            "SourceParameters": {"DynamoDBStreamParameters": _},
            "TargetParameters": {
                "EventBridgeEventBusParameters": {"Source": str(source), "DetailType": str(detail_type)},
                "InputTemplate": str(template),
            },
        } if "Enrichment" not in properties:
            filters = properties["SourceParameters"].get("FilterCriteria", {}).get("Filters", [])
            patterns = tuple(EventPattern.load(each["Pattern"]) for each in filters)
            return PipePlan(pipe, table, patterns, source, detail_type, InputTemplate(template))
    raise NotEmulated(f"The pipe {pipe} is not emulated: only one from the stream of a table to an event bus is.")


class Stream(Protocol):
    """The records of a stream (``TableStream``)."""

    def read(self) -> Sequence[Event]:
        """Returns what came since the last time, oldest first."""
        ...


class TableStream:
    """The stream of one table of moto's, from now on; moto keeps it in a single shard."""

    def __init__(self, table: str) -> None:
        """Find the stream of ``table``."""
        arn = boto3.client("dynamodb").describe_table(TableName=table)["Table"]["LatestStreamArn"]
        self._streams: Any = boto3.client("dynamodbstreams")
        (shard,) = self._streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        self._iterator = self._streams.get_shard_iterator(
            StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="LATEST"
        )["ShardIterator"]

    def read(self) -> Sequence[Event]:
        """See ``Stream``."""
        answer = self._streams.get_records(ShardIterator=self._iterator)
        self._iterator = answer["NextShardIterator"]
        # As JSON, where a time is a number: so a pipe is given them.
        records: list[Event] = json.loads(json.dumps(answer["Records"], default=datetime.timestamp))
        return records


class Pipe:
    """Reads one stream from a thread of its own, and hands each event to ``listener``, in the order of the stream.

    A record that no event can be made of is logged and skipped, as is one that ``listener`` raises at. AWS would send
    it to the dead-letter queue.
    """

    def __init__(self, plan: PipePlan, stream: Stream, listener: Callable[[Event], object]) -> None:
        """Prepare; ``start`` begins to read."""
        self._plan = plan
        self._stream = stream
        self._listener = listener
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"pipe-{plan.pipe}", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """Handle what is in the stream now, and return."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        stopping = False
        while not stopping:
            stopping = self._stopping.wait(_IDLE_SECONDS)
            try:
                self._publish(self._stream.read())
            except (ClientError, BotoCoreError):
                logger.exception("The stream of %s could not be read", self._plan.table)

    def _publish(self, records: Sequence[Event]) -> None:
        for record in records:
            try:
                if event := self._plan.event_about(record):
                    self._listener(event)
            except Exception:  # of any kind: the next event is published all the same
                logger.exception("%s skipped a record", self._plan.pipe)
