"""What an S3 event says, in domain words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from standfirst.domain.article import ArticleId, Upload
from standfirst.domain.sequencer import from_event_time


def uploads_in(event: object, prefix: str) -> list[Upload]:
    """The uploads and deletes of articles that ``event`` tells of; none for a test event or an unknown one.

    ``event`` is what the queue or a caller delivered; one of ours is S3's "Event message structure" (Amazon S3 user
    guide). Keys outside ``prefix`` and the empty objects that stand for folders are no articles. Raises ``KeyError``,
    ``TypeError`` or ``ValueError`` for an S3 record that is broken.
    """
    records = event.get("Records") if isinstance(event, Mapping) else None
    if not isinstance(records, list):
        return []
    uploads = (_upload(record, prefix) for record in records if _of_s3(record) and not _is_folder(record))
    return [upload for upload in uploads if upload.article_id]


def _of_s3(record: object) -> bool:
    return isinstance(record, Mapping) and record.get("eventSource") == "aws:s3"


def _is_folder(record: Mapping[str, Any]) -> bool:
    entry = record["s3"]["object"]
    return unquote_plus(entry["key"]).endswith("/") and not entry.get("size")


def _upload(record: Mapping[str, Any], prefix: str) -> Upload:
    bucket, entry = record["s3"]["bucket"]["name"], record["s3"]["object"]
    key = unquote_plus(entry["key"])
    article_id = ArticleId(key.removeprefix(prefix) if key.startswith(prefix) else "")
    sequencer = entry.get("sequencer") or from_event_time(datetime.fromisoformat(record["eventTime"]))
    return Upload(article_id, bucket, key, sequencer)
