"""What a message of the queue says, in domain words: S3's news of an object, or a wish of our own."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from standfirst.domain.article import ArticleId, Upgrade, Upload
from standfirst.domain.errors import InvalidMessage
from standfirst.domain.sequencer import from_event_time

_UPGRADE = "Upgrade Summary"


def read_message(body: str, prefix: str) -> list[Upload | Upgrade]:
    """What ``body`` asks for; nothing for a test event or an unknown one. Raises ``InvalidMessage``."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidMessage(f"The message is no JSON: {error}.") from error
    return read_event(event, prefix)


def read_event(event: object, prefix: str) -> list[Upload | Upgrade]:
    """What ``event`` asks for, as in ``read_message``.

    Keys outside ``prefix`` and the empty objects that stand for folders are no articles.
    """
    try:
        wishes = [_upgrade(event, prefix)] if _is_upgrade(event) else _uploads(event, prefix)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidMessage(f"The event is broken: {type(error).__name__} {error}.") from error
    return [wish for wish in wishes if wish.article_id]


def write_upgrade(bucket: str, key: str) -> str:
    """The body of a message that wishes for an upgrade of what lies under ``key``."""
    return json.dumps({"source": "standfirst", "detail-type": _UPGRADE, "detail": {"bucket": bucket, "key": key}})


def _is_upgrade(event: object) -> bool:
    return isinstance(event, Mapping) and event.get("detail-type") == _UPGRADE


def _upgrade(event: Any, prefix: str) -> Upgrade:  # noqa: ANN401 - whatever the message holds
    bucket, key = _text(event["detail"]["bucket"]), _text(event["detail"]["key"])
    return Upgrade(_article_id(key, prefix), bucket, key)


def _uploads(event: object, prefix: str) -> list[Upload]:
    """One of ours is in S3's shape (Amazon S3 user guide, "Event message structure")."""
    records = event.get("Records") if isinstance(event, Mapping) else None
    if not isinstance(records, list):
        return []
    return [_upload(record, prefix) for record in records if _of_s3(record) and not _is_folder(record)]


def _of_s3(record: object) -> bool:
    return isinstance(record, Mapping) and record.get("eventSource") == "aws:s3"


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
    """Empty for a key outside ``prefix``."""
    return ArticleId(key.removeprefix(prefix) if key.startswith(prefix) else "")
