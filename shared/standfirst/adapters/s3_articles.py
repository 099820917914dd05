"""Articles in an S3 bucket."""

from __future__ import annotations

from email.errors import MessageError
from email.header import decode_header, make_header
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.domain.article import Document, Language, StoredObject, Upload, refuse_oversized
from standfirst.domain.errors import ArticleRemoved, StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

_NO_SUCH_OBJECT = {"NoSuchKey", "404"}
_CONFIG = Config(retries={"mode": "standard", "total_max_attempts": 3}, connect_timeout=3, read_timeout=10)


class S3Articles:
    """``ArticleStore`` over S3.

    A missing object can be told from a forbidden one only by a role that may list the bucket; without it S3 answers
    403 to both (Amazon S3 API reference, GetObject).
    """

    def __init__(self) -> None:
        """Make the client; nothing is sent yet."""
        self._s3 = boto3.client("s3", config=_CONFIG)

    def fetch(self, upload: Upload) -> StoredObject:
        """The object as it is now, however old ``upload`` is; see ``ArticleStore``."""
        try:
            found = self._s3.get_object(Bucket=upload.bucket, Key=upload.key)
            with found["Body"] as body:
                refuse_oversized(found["ContentLength"])
                content = body.read()
        except ClientError as error:
            if error.response["Error"]["Code"] in _NO_SUCH_OBJECT:
                raise ArticleRemoved(f"s3://{upload.bucket}/{upload.key} is gone.") from error
            raise StoreUnavailable(f"S3 did not give s3://{upload.bucket}/{upload.key}: {error}") from error
        except BotoCoreError as error:
            raise StoreUnavailable(f"S3 could not be reached for s3://{upload.bucket}/{upload.key}: {error}") from error
        return StoredObject(
            document=_document(upload.key, content, found),
            etag=found["ETag"].strip('"'),
            version_id=found.get("VersionId"),
        )


def _document(key: str, content: bytes, found: GetObjectOutputTypeDef) -> Document:
    said = {name.lower(): _decoded(value) for name, value in found["Metadata"].items()}
    language = said.get("language")
    return Document(
        name=key,
        content=content,
        content_type=found.get("ContentType"),
        headline=said.get("headline"),
        language=Language(language) if language else None,
        style=said.get("style"),
    )


def _decoded(value: str) -> str:
    # S3 hands out metadata that is not ASCII as RFC 2047 encoded words (Amazon S3 user guide, "Working with object
    # metadata").
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, LookupError, ValueError):
        return value
