"""What a message of the queue says, in domain words: S3's news of an object, or a wish of our own."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from standfirst.domain.article import ArticleId, Regeneration, Upgrade, Upload
from standfirst.domain.errors import InvalidMessage
from standfirst.domain.sequencer import from_event_time

Wish = Upload | Upgrade | Regeneration


def read_message(body: str, prefix: str) -> list[Wish]:
    """What ``body`` asks for; nothing for a test event or an unknown one. Raises ``InvalidMessage``."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidMessage(f"The message is no JSON: {error}.") from error
    return read_event(event, prefix)


def read_event(event: object, prefix: str) -> list[Wish]:
    """What ``event`` asks for, as in ``read_message``.

    Keys outside ``prefix`` and the empty objects that stand for folders are no articles.
    """
    try:
        wishes = _wishes(event, prefix)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidMessage(f"The event is broken: {type(error).__name__} {error}.") from error
    return [wish for wish in wishes if wish.article_id]


def _wishes(event: object, prefix: str) -> Sequence[Wish]:
    if not isinstance(event, Mapping):
        return []
    match event.get("detail-type"):
        case "Upgrade Summary":
            return _upgrades(event["detail"], prefix)
        case "Regenerate Summary":
            return _regenerations(event["detail"], prefix)
    return _uploads(event, prefix)


# ----------------------------------------------------------------------------------------------------------------------
# Our own
# ----------------------------------------------------------------------------------------------------------------------


def write_upgrade(bucket: str, key: str) -> str:
    """The body of a message that wishes for an upgrade of what lies under ``key``."""
    return _written("Upgrade Summary", bucket=bucket, key=key)


def write_regeneration(wish: Regeneration) -> str:
    """The body of a message that wishes for a regeneration."""
    return _written(
        "Regenerate Summary",
        bucket=wish.bucket,
        key=wish.key,
        article_id=wish.article_id,
        wish=wish.wish,
        by=wish.by,
    )


def _written(kind: str, **detail: str) -> str:
    return json.dumps({"source": "standfirst", "detail-type": kind, "detail": detail})


def _upgrades(detail: Mapping[str, object], prefix: str) -> list[Upgrade]:
    bucket, key = _text(detail["bucket"]), _text(detail["key"])
    return [Upgrade(_article_id(key, prefix), bucket, key)]


def _regenerations(detail: Mapping[str, object], prefix: str) -> list[Regeneration]:
    bucket, key, article_id, wish, by = (_text(detail[name]) for name in ("bucket", "key", "article_id", "wish", "by"))
    document = _article_id(key, prefix)
    if not document:
        return []
    if article_id != document and not article_id.startswith(f"{document}/"):
        raise ValueError(f"{article_id!r} is no article of {document!r}")
    if not wish:
        raise ValueError("the wish has no name")
    return [Regeneration(ArticleId(article_id), document, bucket, key, wish, by)]


# ----------------------------------------------------------------------------------------------------------------------
# S3's
# ----------------------------------------------------------------------------------------------------------------------


def _uploads(event: Mapping[str, Any], prefix: str) -> list[Upload]:
    """One of ours is in S3's shape (Amazon S3 user guide, "Event message structure")."""
    records = event.get("Records")
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
