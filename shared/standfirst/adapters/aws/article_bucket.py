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
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef, HeadObjectOutputTypeDef, ObjectIdentifierTypeDef

_GONE = {"NoSuchKey", "NoSuchVersion", "404", "MethodNotAllowed", "405", "PreconditionFailed", "412"}
"""No such object or version; a delete marker in place of the version; another ETag than the given one (Amazon S3 API
reference, GetObject). A response to HEAD has no body: botocore puts its status in the place of the code."""

_REQUEST_ID = "standfirst-request"
"""User metadata of an object that came through the API: the request's id."""


class _Version(TypedDict, total=False):
    """The arguments that select a version of an object."""

    VersionId: str
    IfMatch: str


class _Kind(TypedDict, total=False):
    """The arguments that describe an object."""

    ContentType: str


class S3ArticleBucket:
    """``ArticleStore`` over S3.

    The role must be allowed to list the bucket: without that S3 answers 403 for a missing object too (Amazon S3 API
    reference, GetObject).
    """

    def __init__(self) -> None:
        """Makes the client; nothing is sent yet."""
        self._s3 = boto3.client("s3", config=client_config.DEFAULT)

    def fetch(self, upload: Upload) -> StoredObject:
        """See ``ArticleStore``."""
        return self._get(upload.bucket, upload.key, {})

    def fetch_version(self, source: ArticleSource) -> StoredObject:
        """See ``ArticleStore``; a source without version id and ETag matches no version."""
        return self._get(*_version_of(source))

    def look_at_version(self, source: ArticleSource) -> StoredObject:
        """See ``ArticleStore``."""
        bucket, key, which = _version_of(source)
        try:
            found = self._s3.head_object(Bucket=bucket, Key=key, **which)
        except (ClientError, BotoCoreError) as error:
            raise _translated(error, bucket, key) from error
        refuse_oversized(found["ContentLength"])
        return _stored_object(key, b"", found)

    def erase(self, bucket: str, key: str) -> None:
        """See ``ArticleStore``. S3 lists versions by key, so that those of ``key`` come first."""
        try:
            for page in self._s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=key):
                listed = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
                found: list[ObjectIdentifierTypeDef] = [
                    {"Key": key, "VersionId": each["VersionId"]} for each in listed if each["Key"] == key
                ]
                if not found:
                    return
                deleted = self._s3.delete_objects(Bucket=bucket, Delete={"Objects": found, "Quiet": True})
                if errors := deleted.get("Errors"):
                    raise StoreUnavailable(f"S3 did not delete all versions of s3://{bucket}/{key}: {errors[0]}")
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"S3 did not delete the versions of s3://{bucket}/{key}: {error}") from error

    def put(self, bucket: str, document: Document, request_id: str) -> None:
        """See ``ArticleStore``. S3 refuses more than 2 KB of user metadata."""
        values = {"headline": document.headline, "language": document.language, "style": document.style}
        values[_REQUEST_ID] = request_id
        metadata = {name: _encoded(value) for name, value in values.items() if value}
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
        except (ClientError, BotoCoreError) as error:
            raise _translated(error, bucket, key) from error
        return _stored_object(key, content, found)


def _version_of(source: ArticleSource) -> tuple[str, str, _Version]:
    """Returns the bucket, the key and the arguments that select the version; raises ``ArticleRemoved`` for none."""
    if source.bucket is None or not (source.version_id or source.etag):
        raise ArticleRemoved(f"Nobody knows which version of {source.key} was read.")
    # The version id "null" is not unique: without versioning a new object replaces the old one under it (Amazon S3
    # user guide, "Adding objects to versioning-suspended buckets"). So the ETag has to match as well.
    which: _Version = {}
    if source.version_id:
        which["VersionId"] = source.version_id
    if source.etag:
        which["IfMatch"] = f'"{source.etag}"'
    return source.bucket, source.key, which


def _translated(error: ClientError | BotoCoreError, bucket: str, key: str) -> ArticleRemoved | StoreUnavailable:
    if not isinstance(error, ClientError):
        return StoreUnavailable(f"S3 could not be reached for s3://{bucket}/{key}: {error}")
    if error.response["Error"]["Code"] in _GONE:
        return ArticleRemoved(f"s3://{bucket}/{key} is gone.")
    return StoreUnavailable(f"S3 did not give s3://{bucket}/{key}: {error}")


def _stored_object(key: str, content: bytes, found: GetObjectOutputTypeDef | HeadObjectOutputTypeDef) -> StoredObject:
    return StoredObject(
        document=_document(key, content, found),
        etag=found["ETag"].strip('"'),
        version_id=found.get("VersionId"),
        request_id=found["Metadata"].get(_REQUEST_ID),
    )


def _document(key: str, content: bytes, found: GetObjectOutputTypeDef | HeadObjectOutputTypeDef) -> Document:
    metadata = {name.lower(): _decoded(value) for name, value in found["Metadata"].items()}
    language = metadata.get("language")
    return Document(
        name=key,
        content=content,
        content_type=found.get("ContentType"),
        headline=metadata.get("headline"),
        language=Language(language) if language else None,
        style=metadata.get("style"),
    )


def _decoded(value: str) -> str:
    # S3 returns metadata that is not ASCII as RFC 2047 encoded words (Amazon S3 user guide, "Working with object
    # metadata").
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, LookupError, ValueError):
        return value


def _encoded(value: str) -> str:
    """Returns ``value`` as ``_decoded`` reads it, always on one line, so that it cannot inject another header."""
    if _is_plain(value):
        return value
    # A lone surrogate cannot be encoded as UTF-8.
    return Header(value.encode(errors="replace").decode(), "utf-8").encode(linesep="")


def _is_plain(value: str) -> bool:
    """Returns whether ``value`` comes back from an HTTP header unchanged."""
    return value.isascii() and value.isprintable() and value == value.strip() and "=?" not in value
