"""Reads and writes the messages of the upload queue: S3 events, and commands of this service."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from standfirst.domain.article import ArticleId, Regeneration, Upgrade, Upload
from standfirst.domain.errors import InvalidMessage
from standfirst.domain.sequencer import from_event_time

Command = Upload | Upgrade | Regeneration


def read_message(body: str, prefix: str) -> list[Command]:
    """Returns the commands in ``body``, none for a test event or an unknown one. Raises ``InvalidMessage``."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidMessage(f"The message is no JSON: {error}.") from error
    return read_event(event, prefix)


def read_event(event: object, prefix: str) -> list[Command]:
    """Returns the commands in ``event``, as ``read_message`` does.

    Keys outside ``prefix``, and the empty objects that represent folders, are ignored.
    """
    try:
        commands = _commands(event, prefix)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidMessage(f"The event is broken: {type(error).__name__} {error}.") from error
    return [command for command in commands if command.article_id]


def _commands(event: object, prefix: str) -> Sequence[Command]:
    if not isinstance(event, Mapping):
        return []
    match event.get("detail-type"):
        case "Upgrade Summary":
            bucket, key = (_text(event["detail"][name]) for name in ("bucket", "key"))
            return [Upgrade(_article_id(key, prefix), bucket, key)]
        case "Regenerate Summary":
            return _regenerations(event["detail"], prefix)
    return _uploads(event, prefix)


# ----------------------------------------------------------------------------------------------------------------------
# Commands of this service
# ----------------------------------------------------------------------------------------------------------------------


def write_upgrade(bucket: str, key: str) -> str:
    """Returns the body of the message for an upgrade of the document under ``key``."""
    return _written("Upgrade Summary", bucket=bucket, key=key)


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


def _written(kind: str, **detail: str) -> str:
    return json.dumps({"source": "standfirst", "detail-type": kind, "detail": detail})


def _regenerations(detail: Mapping[str, object], prefix: str) -> list[Regeneration]:
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


# ----------------------------------------------------------------------------------------------------------------------
# Events of S3
# ----------------------------------------------------------------------------------------------------------------------


def _uploads(event: Mapping[str, Any], prefix: str) -> list[Upload]:
    """Returns the uploads in an S3 event (Amazon S3 user guide, "Event message structure")."""
    records = event.get("Records")
    if not isinstance(records, list):
        return []
    of_s3 = [each for each in records if isinstance(each, Mapping) and each.get("eventSource") == "aws:s3"]
    return [_upload(record, prefix) for record in of_s3 if not _is_folder(record)]


def _is_folder(record: Mapping[str, Any]) -> bool:
    entry = record["s3"]["object"]
    return unquote_plus(entry["key"]).endswith("/") and not entry.get("size")


def _upload(record: Mapping[str, Any], prefix: str) -> Upload:
    bucket, entry = _text(record["s3"]["bucket"]["name"]), record["s3"]["object"]
    key = unquote_plus(entry["key"])
    sequencer = entry.get("sequencer") or from_event_time(datetime.fromisoformat(record["eventTime"]))
    return Upload(_article_id(key, prefix), bucket, key, sequencer)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _article_id(key: str, prefix: str) -> ArticleId:
    """Returns the article id of ``key``, empty outside ``prefix``."""
    return ArticleId(key.removeprefix(prefix) if key.startswith(prefix) else "")
