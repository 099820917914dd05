"""The pipe: what EventBridge Pipes does between the stream of a table and an event bus.

Of event patterns and input templates only what ``template.yaml`` uses is understood; anything else is an error at the
start, because a pipe that let too much or too little through would still look like one.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from standfirst_local.environment import REGION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

logger = logging.getLogger(__name__)

Event = dict[str, Any]
"""An event as EventBridge delivers it, or a record of a stream as it reaches a pipe."""

_IDLE_SECONDS = 0.1
_PATH = re.compile(r"\$((?:\.[A-Za-z0-9_-]+)+)")
_PLACEHOLDER = re.compile(r"<([^<>]*)>")
_LEAF = (str, int, float, bool, type(None))


class NotPlayable(ValueError):
    """The template asks of a pipe what is not played here."""


class PathNotFound(LookupError):
    """A record has nothing where the template looks for something."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """An event pattern (Amazon EventBridge user guide, "Event patterns"): lists of strings, and ``{"exists": true}``.

    ``rules`` is the pattern as JSON. Raises ``NotPlayable`` for any other comparison.
    """

    rules: Mapping[str, Any]

    def __post_init__(self) -> None:
        """Look at all of it at once: what no record reaches would never be seen."""
        _check_rules(self.rules)

    def matches(self, record: Mapping[str, Any]) -> bool:
        """Whether the pipe takes ``record``."""
        return _matches(self.rules, record)


def _check_rules(rules: object) -> None:
    if not isinstance(rules, dict) or not rules:
        raise NotPlayable(f"{rules!r} is no pattern: an object with a list for each leaf.")
    for wanted in rules.values():
        if not isinstance(wanted, list):
            _check_rules(wanted)
        elif not wanted or not all(isinstance(one, str) or _asks_existence(one) for one in wanted):
            raise NotPlayable(f'{wanted!r} cannot be matched here: strings, or {{"exists": true}}.')


def _asks_existence(wanted: object) -> bool:
    return isinstance(wanted, dict) and list(wanted) == ["exists"] and wanted["exists"] is True


def _matches(rules: Mapping[str, Any], found: object) -> bool:
    return isinstance(found, dict) and all(
        name in found and (_leaf_matches if isinstance(wanted, list) else _matches)(wanted, found[name])
        for name, wanted in rules.items()
    )


def _leaf_matches(wanted: Sequence[object], found: object) -> bool:
    # Comparisons only work on leaves, also the one for existence ("Comparison operators", same guide).
    return isinstance(found, _LEAF) and any(_asks_existence(one) or one == found for one in wanted)


@dataclass(frozen=True, slots=True)
class InputTemplate:
    """An input template that is a JSON object, with placeholders such as ``<$.a.b>`` in its strings only.

    Raises ``NotPlayable`` for any other.
    """

    text: str

    def __post_init__(self) -> None:
        """Look at it before any record does."""
        for value in self._shape().values():
            if not isinstance(value, str):
                raise NotPlayable(f"{value!r} cannot be filled in here: each value is a string.")
            for placeholder in _PLACEHOLDER.findall(value):
                _steps(placeholder)

    def fill(self, record: Mapping[str, Any]) -> dict[str, str]:
        """The detail of the event about ``record``; raises ``PathNotFound``."""
        # What is filled into a string of JSON is escaped: it is valid whatever the record holds.
        return {
            name: _PLACEHOLDER.sub(lambda found: look_up(found[1], record), value)
            for name, value in self._shape().items()
        }

    def _shape(self) -> dict[str, Any]:
        try:
            shape = json.loads(self.text)
        except ValueError as error:
            raise NotPlayable(f"The input template is no JSON as long as it is not filled in: {error}") from error
        if not isinstance(shape, dict):
            raise NotPlayable(f"The input template is no JSON object: {self.text}")
        return shape


def look_up(path: str, record: Mapping[str, Any]) -> str:
    """The string at ``$.a.b.c`` of ``record``; raises ``NotPlayable`` for another path, ``PathNotFound``."""
    found: Any = record
    for step in _steps(path):
        found = found.get(step) if isinstance(found, dict) else None
    if not isinstance(found, str):
        raise PathNotFound(f"There is no string at {path}.")
    return found


def _steps(path: str) -> Sequence[str]:
    if not (found := _PATH.fullmatch(path)):
        raise NotPlayable(f"{path!r} cannot be looked up here: $.name.name, no lists, no reserved variables.")
    return found[1].split(".")[1:]


@dataclass(frozen=True, slots=True)
class PipePlan:
    """One pipe from the stream of a table to an event bus, by logical ids.

    ``patterns`` are alternatives; without any, each record is taken. ``detail_type`` may be a path.
    """

    pipe: str
    table: str
    patterns: tuple[Pattern, ...]
    source: str
    detail_type: str
    template: InputTemplate

    def event_about(self, record: Mapping[str, Any]) -> Event | None:
        """What the bus is told of ``record``, if anything; raises ``PathNotFound``."""
        if self.patterns and not any(pattern.matches(record) for pattern in self.patterns):
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
    """``event`` as one line of JSON, without what the bus adds to it."""
    return json.dumps({name: event[name] for name in ("detail-type", "detail")}, ensure_ascii=False)


def read_pipe(pipe: str, properties: Mapping[str, Any]) -> PipePlan:
    """The plan of one ``AWS::Pipes::Pipe``; raises ``NotPlayable`` for one that does more than is played here."""
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
            patterns = tuple(Pattern(json.loads(each["Pattern"])) for each in filters)
            return PipePlan(pipe, table, patterns, source, detail_type, InputTemplate(template))
    raise NotPlayable(f"The pipe {pipe} is not played here: only such from the stream of a table to an event bus are.")


class Stream(Protocol):
    """The records of a stream (``TableStream``)."""

    def read(self) -> Sequence[Event]:
        """What came since the last time, oldest first."""
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
        records: list[Event] = answer["Records"]
        return records


class Pipe:
    """Reads one stream from a thread of its own, and hands each event to ``listener``, in the order of the stream.

    A record that no event can be made of is logged and let go, as AWS puts it aside; so is an event that ``listener``
    raises at.
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
        """Tell of what is in the stream now, and return."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        stopping = False
        while not stopping:
            stopping = self._stopping.wait(_IDLE_SECONDS)
            try:
                self._tell_of(self._stream.read())
            except (ClientError, BotoCoreError):
                logger.exception("The stream of %s could not be read", self._plan.table)

    def _tell_of(self, records: Sequence[Event]) -> None:
        for record in records:
            try:
                if event := self._plan.event_about(record):
                    self._listener(event)
            except Exception:  # whatever a listener raises, the next event is told
                logger.exception("%s gave a record up", self._plan.pipe)
