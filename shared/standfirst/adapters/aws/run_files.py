"""The files of a backfill's runs, in a bucket of their own."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.errors import StoreUnavailable

IN_MEMORY_BYTES = 10_000_000
"""A larger file is written to disk before it is sent."""


class S3RunFiles:
    """``RunFiles`` over a bucket. One serves all threads of a process."""

    def __init__(self, bucket: str) -> None:
        """Makes the client; nothing is sent yet."""
        self._bucket = bucket
        self._s3 = boto3.client("s3", config=client_config.DEFAULT)

    def write(self, name: str, lines: Iterable[str]) -> None:
        """See ``RunFiles``."""
        with SpooledTemporaryFile(IN_MEMORY_BYTES) as file:
            for line in lines:
                # A lone surrogate cannot be encoded as UTF-8.
                file.write(f"{line}\n".encode(errors="replace"))
            file.seek(0)
            with _translated("store", name):
                self._s3.put_object(Bucket=self._bucket, Key=name, Body=file)

    def read(self, name: str) -> Iterator[str]:
        """See ``RunFiles``."""
        try:
            with _translated("give", name):
                body = self._s3.get_object(Bucket=self._bucket, Key=name)["Body"]
        except _Missing:
            return
        with body, _translated("give", name):
            for line in body.iter_lines():
                yield line.decode()

    def put(self, name: str, path: Path) -> None:
        """See ``RunFiles``; sent in parts if it is large."""
        with _translated("store", name):
            self._s3.upload_file(str(path), self._bucket, name)

    def get(self, name: str, path: Path) -> None:
        """See ``RunFiles``."""
        with _translated("give", name):
            self._s3.download_file(self._bucket, name, str(path))

    def delete(self, prefix: str) -> None:
        """See ``RunFiles``."""
        with _translated("delete", prefix):
            for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix):
                if found := page.get("Contents", []):
                    self._s3.delete_objects(
                        Bucket=self._bucket,
                        Delete={"Objects": [{"Key": each["Key"]} for each in found], "Quiet": True},
                    )


class _Missing(StoreUnavailable):
    """There is no such file."""


@contextmanager
def _translated(what: str, name: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        missing = error.response["Error"]["Code"] in {"NoSuchKey", "404"}
        kind = _Missing if missing else StoreUnavailable
        raise kind(f"S3 did not {what} the file {name} of a run: {error}") from error
    except BotoCoreError as error:
        raise StoreUnavailable(f"S3 did not {what} the file {name} of a run: {error}") from error
