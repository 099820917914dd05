"""Articles in an S3 bucket."""

from __future__ import annotations

from email.errors import MessageError
from email.header import Header, decode_header, make_header
from typing import TYPE_CHECKING, TypedDict

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.article import Document, Language, StoredObject, Upload, refuse_oversized
from standfirst.domain.errors import ArticleRemoved, StoreUnavailable
from standfirst.domain.record import ArticleSource

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

_GONE = {"NoSuchKey", "NoSuchVersion", "404", "MethodNotAllowed", "PreconditionFailed"}
"""No such object; a marker that the object was deleted, in the place of a version; another object than the one meant
(Amazon S3 API reference, GetObject)."""

_REQUEST_ID = "standfirst-request"
"""User metadata of what the API put into the bucket."""


class _Version(TypedDict, total=False):
    """Which of the objects that lie, or lay, under a key is meant."""

    VersionId: str
    IfMatch: str


class _Kind(TypedDict, total=False):
    """What an object is said to be."""

    ContentType: str


class S3ArticleBucket:
    """``ArticleStore`` over S3.

    A missing object can be told from a forbidden one only by a role that may list the bucket; without it S3 answers
    403 to both (Amazon S3 API reference, GetObject).
    """

    def __init__(self) -> None:
        """Make the client; nothing is sent yet."""
        self._s3 = boto3.client("s3", config=client_config.DEFAULT)

    def fetch(self, upload: Upload) -> StoredObject:
        """The object as it is now, however old ``upload`` is; see ``ArticleStore``."""
        return self._get(upload.bucket, upload.key, {})

    def fetch_version(self, source: ArticleSource) -> StoredObject:
        """See ``ArticleStore``. What is known of no version, not even by its ETag, cannot be told from another."""
        if source.bucket is None or not (source.version_id or source.etag):
            raise ArticleRemoved(f"Nobody knows which version of {source.key} was read.")
        # The id "null" is no name for good: what is put without versions takes the place of what was (Amazon S3 user
        # guide, "Adding objects to versioning-suspended buckets"). So the ETag has to be the same with an id too.
        which: _Version = {}
        if source.version_id:
            which["VersionId"] = source.version_id
        if source.etag:
            which["IfMatch"] = f'"{source.etag}"'
        return self._get(source.bucket, source.key, which)

    def put(self, bucket: str, document: Document, request_id: str) -> None:
        """See ``ArticleStore``. User metadata has room for 2 KB; one that has more is refused."""
        said = {"headline": document.headline, "language": document.language, "style": document.style}
        said[_REQUEST_ID] = request_id
        metadata = {name: _encoded(value) for name, value in said.items() if value}
        kind: _Kind = {}
        if document.content_type and _is_plain(document.content_type):
            kind["ContentType"] = document.content_type
        try:
            self._s3.put_object(Bucket=bucket, Key=document.name, Body=document.content, Metadata=metadata, **kind)
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"S3 did not take s3://{bucket}/{document.name}: {error}") from error

    def _get(self, bucket: str, key: str, which: _Version) -> StoredObject:
        try:
            found = self._s3.get_object(Bucket=bucket, Key=key, **which)
            with found["Body"] as body:
                refuse_oversized(found["ContentLength"])
                content = body.read()
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                raise ArticleRemoved(f"s3://{bucket}/{key} is gone.") from error
            raise StoreUnavailable(f"S3 did not give s3://{bucket}/{key}: {error}") from error
        except BotoCoreError as error:
            raise StoreUnavailable(f"S3 could not be reached for s3://{bucket}/{key}: {error}") from error
        return StoredObject(
            document=_document(key, content, found),
            etag=found["ETag"].strip('"'),
            version_id=found.get("VersionId"),
            request_id=found["Metadata"].get(_REQUEST_ID),
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


def _encoded(value: str) -> str:
    """``value`` as ``_decoded`` reads it, on one line whatever it holds: nothing of it becomes another header."""
    if _is_plain(value):
        return value
    # Half of a surrogate pair is no character, and has no UTF-8.
    return Header(value.encode(errors="replace").decode(), "utf-8").encode(linesep="")


def _is_plain(value: str) -> bool:
    """Whether ``value`` comes back from an HTTP header as it is, and is taken for nothing else."""
    return value.isascii() and value.isprintable() and value == value.strip() and "=?" not in value
