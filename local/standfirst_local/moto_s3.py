"""Moto's S3 with versions, made to tell of deletes, and to have its versions back after a restart.

In a bucket with versions moto sends no event when an object is deleted, which puts a marker in its place, nor when a
version of several is; and it fails where the last thing that is deleted is a marker. Here each delete is told of as S3
tells of it (Amazon S3 user guide, "Event notification types and destinations"): ``DeleteMarkerCreated`` for a marker,
``Delete`` for a version, or a marker, that is gone for good.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.s3 import notifications
from moto.s3.models import FakeDeleteMarker, S3Backend, s3_backends
from moto.s3.notifications import S3NotificationEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTITION = "aws"
_EMPTY = '"d41d8cd98f00b204e9800998ecf8427e"'
"""The ETag of nothing: what S3 says of a marker."""

_MARKED = S3NotificationEvent.OBJECT_REMOVED_DELETE_MARKER_CREATED_EVENT
_GONE = S3NotificationEvent.OBJECT_REMOVED_DELETE_EVENT

_delete_untold = S3Backend.delete_object


class Version(NamedTuple):
    """A version of an object, or a delete marker."""

    key: str
    version_id: str
    is_marker: bool


def adapt_s3() -> None:
    """Change moto for the rest of the process; doing so twice changes nothing more."""
    S3Backend.delete_object = _delete_object  # type: ignore[assignment,method-assign]
    FakeDeleteMarker.etag = _EMPTY  # type: ignore[attr-defined]
    FakeDeleteMarker.size = 0  # type: ignore[attr-defined]


def versions_in(bucket: str) -> Iterator[Version]:
    """Yields what lies in ``bucket``; those of one key in the order in which they came.

    S3's API lists versions and markers apart, with their times in whole seconds.
    """
    for key, versions in _held(bucket).iterlists():
        for each in [*versions]:
            yield Version(key, each.version_id, isinstance(each, FakeDeleteMarker))


def name_newest(bucket: str, key: str, version_id: str) -> None:
    """Gives the newest version under ``key`` the id that it had before, which S3 lets nobody choose."""
    _held(bucket)[key]._version_id = version_id  # noqa: SLF001 - moto draws the id itself


def _held(bucket: str) -> Any:  # noqa: ANN401 - a dictionary of lists, of moto's own
    return s3_backends[DEFAULT_ACCOUNT_ID][_PARTITION].get_bucket(bucket).keys


def _delete_object(
    backend: S3Backend,
    bucket_name: str,
    key_name: str,
    version_id: str | None = None,
    **others: Any,  # noqa: ANN401 - as moto's
) -> tuple[bool, dict[str, Any]]:
    bucket = backend.get_bucket(bucket_name)
    before = [*bucket.keys.getlist(key_name, [])]
    found, answer = _delete_untold(backend, bucket_name, key_name, version_id, **others)
    after = [*bucket.keys.getlist(key_name, [])]
    if bucket.is_versioned and after:  # of the last one moto tells itself
        concerned, event = (after, _MARKED) if version_id is None else (before, _GONE)
        for each in concerned:
            if each.version_id == answer.get("version-id"):
                notifications.send_event(backend.account_id, event, bucket, each)
    return found, answer
