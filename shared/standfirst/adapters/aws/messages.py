"""Reads and writes the messages of the queues of uploads and backfills: S3 events, and commands of this service.

An S3 event is read as S3 sends it to a queue, as EventBridge passes it on, and inside the notification of an SNS topic.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote_plus

from standfirst.domain.article import ArticleId, Backfill, Regeneration, Upgrade, Upload
from standfirst.domain.errors import InvalidMessage
from standfirst.domain.sequencer import from_event_time

Command = Upload | Upgrade | Regeneration | Backfill

_CONTENT_CHANGES = ("ObjectCreated:", "ObjectRemoved:", "LifecycleExpiration:")
"""How the names of events about an object's content begin (Amazon S3 user guide, "Supported event types")."""

_OTHER_CHANGES = (
    "IntelligentTiering",
    "LifecycleTransition",
    "ObjectAcl:",
    "ObjectRestore:",
    "ObjectTagging:",
    "ReducedRedundancyLostObject",
    "Replication:",
)
"""Those of the events that leave the content of the object as it is."""

_OTHER_KINDS = frozenset(
    {
        "Object Access Tier Changed",
        "Object ACL Updated",
        "Object Restore Completed",
        "Object Restore Expired",
        "Object Restore Initiated",
        "Object Storage Class Changed",
        "Object Tags Added",
        "Object Tags Deleted",
    }
)
"""The same by EventBridge's names (Amazon S3 user guide, "EventBridge event message structure"). CloudTrail's events
have the source of S3, too, and another structure."""


def read_message(body: str, prefix: str) -> list[Command]:
    """Returns the commands in ``body``, none if it is about no article's content. Raises ``InvalidMessage``."""
    return read_event(_json(body), prefix)


def read_event(event: object, prefix: str) -> list[Command]:
    """Returns the commands in ``event``; raises ``InvalidMessage`` for what is neither an S3 event nor a command.

    There are none in the test event of S3, in one about an object's tags or storage class, about a key outside
    ``prefix``, or about the empty object that represents a new folder.
    """
    try:
        commands = _commands(event, prefix)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidMessage(f"The event is broken: {type(error).__name__} {error}.") from error
    return [command for command in commands if command.article_id]


def _commands(event: object, prefix: str) -> Sequence[Command]:
    match event:
        case {"source": "standfirst", "detail-type": str(kind), "detail": detail} if kind in _OURS:
            return _OURS[kind](detail, prefix)
        case {"Type": "Notification", "TopicArn": _, "Message": str(message)}:
            return _commands(_json(message), prefix)
        case {"source": "aws.s3", "detail-type": str(kind), "detail": detail, **others}:
            return _eventbridge_uploads(kind, detail, others.get("time"), prefix)
        case {"Event": "s3:TestEvent"}:
            return []
        case {"Records": [_, *_] as records}:
            return [upload for record in records for upload in _uploads(record, prefix)]
    raise InvalidMessage(f"The message is no event of S3 and no command of this service: {json.dumps(event)[:200]}")


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidMessage(f"The message is no JSON: {error}.") from error


# ----------------------------------------------------------------------------------------------------------------------
# Commands of this service
# ----------------------------------------------------------------------------------------------------------------------


def write_upgrade(bucket: str, key: str) -> str:
    """Returns the body of the message for an upgrade of the document under ``key``."""
    return _written("Upgrade Summary", bucket=bucket, key=key)


def write_backfill(command: Backfill) -> str:
    """Returns the body of the message for a document of a backfill."""
    return _written(
        "Backfill Article", bucket=command.bucket, key=command.key, run=command.run, announce=command.announces
    )


def write_regeneration(command: Regeneration) -> str:
    """Returns the body of the message for a regeneration."""
    return _written(
        "Regenerate Summary",
        bucket=command.bucket,
        key=command.key,
        article_id=command.article_id,
        wish=command.request_id,
        by=command.by,
    )


def _written(kind: str, **detail: str | bool) -> str:
    return json.dumps({"source": "standfirst", "detail-type": kind, "detail": detail})


def _upgrades(detail: Mapping[str, object], prefix: str) -> list[Command]:
    bucket, key = (_text(detail[name]) for name in ("bucket", "key"))
    return [Upgrade(_article_id(key, prefix), bucket, key)]


def _backfills(detail: Mapping[str, object], prefix: str) -> list[Command]:
    bucket, key, run = (_text(detail[name]) for name in ("bucket", "key", "run"))
    announces = detail["announce"]
    if not isinstance(announces, bool):
        raise TypeError(f"{announces!r} is neither true nor false")
    return [Backfill(_article_id(key, prefix), bucket, key, run, announces)]


def _regenerations(detail: Mapping[str, object], prefix: str) -> list[Command]:
    names = ("bucket", "key", "article_id", "wish", "by")
    bucket, key, article_id, request_id, by = (_text(detail[name]) for name in names)
    document = _article_id(key, prefix)
    if not document:
        return []
    if article_id != document and not article_id.startswith(f"{document}/"):
        raise ValueError(f"{article_id!r} is no article of {document!r}")
    if not request_id:
        raise ValueError("the wish is empty")
    return [Regeneration(ArticleId(article_id), document, bucket, key, request_id, by)]


_OURS: Mapping[str, Callable[[Mapping[str, object], str], list[Command]]] = MappingProxyType(
    {"Upgrade Summary": _upgrades, "Regenerate Summary": _regenerations, "Backfill Article": _backfills}
)
"""What reads the detail of each command, by its type."""


# ----------------------------------------------------------------------------------------------------------------------
# Events of S3
# ----------------------------------------------------------------------------------------------------------------------


def _uploads(record: Mapping[str, Any], prefix: str) -> list[Upload]:
    """Returns the upload in one record of an S3 event (Amazon S3 user guide, "Event message structure")."""
    if record.get("eventSource") != "aws:s3":
        raise InvalidMessage(f"A record of the event is not from S3 but from {record.get('eventSource')!r}.")
    name, bucket, entry = record.get("eventName", "ObjectCreated:Put"), record["s3"]["bucket"], record["s3"]["object"]
    if name.startswith(_OTHER_CHANGES):
        return []
    if not name.startswith(_CONTENT_CHANGES):
        raise InvalidMessage(f"The event of S3 has an unknown name, {name!r}.")
    key = unquote_plus(entry["key"])
    if name.startswith("ObjectCreated:") and _is_folder(key, entry):
        return []
    sequencer = entry.get("sequencer") or from_event_time(datetime.fromisoformat(record["eventTime"]))
    at = _time(record.get("eventTime"))
    return [Upload(_article_id(key, prefix), _text(bucket["name"]), key, sequencer, at=at)]


def _eventbridge_uploads(kind: str, detail: Mapping[str, Any], time: object, prefix: str) -> list[Upload]:
    """Returns the upload in an event that S3 sent to EventBridge; keys are not encoded there (user guide)."""
    if kind in _OTHER_KINDS:
        return []
    if kind not in {"Object Created", "Object Deleted"}:
        raise InvalidMessage(f"The event of S3 has an unknown name, {kind!r}.")
    bucket, entry = detail["bucket"], detail["object"]
    key = _text(entry["key"])
    if kind == "Object Created" and _is_folder(key, entry):
        return []
    sequencer = entry.get("sequencer") or from_event_time(datetime.fromisoformat(_text(time)))
    # The user guide shows it without the two zeros that it has in events sent to a queue.
    sequencer = sequencer if sequencer.startswith("00") else f"00{sequencer}"
    return [Upload(_article_id(key, prefix), _text(bucket["name"]), key, sequencer, at=_time(time))]


def _time(written: object) -> datetime | None:
    """Returns the time of an event; ``None`` for one that cannot be read or compared, which holds nothing up."""
    try:
        time = datetime.fromisoformat(_text(written))
    except (TypeError, ValueError):
        return None
    return time if time.tzinfo else None


def _is_folder(key: str, entry: Mapping[str, Any]) -> bool:
    return key.endswith("/") and entry.get("size") == 0


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _article_id(key: str, prefix: str) -> ArticleId:
    """Returns the article id of ``key``, empty outside ``prefix``."""
    return ArticleId(key.removeprefix(prefix) if key.startswith(prefix) else "")
