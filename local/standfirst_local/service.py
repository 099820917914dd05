"""The running service, as its users meet it: upload to S3, read from the API."""

from __future__ import annotations

import json
import mimetypes
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import boto3

from standfirst.domain.record import Record

if TYPE_CHECKING:
    from standfirst_local.stack import LocalStack

_POLL_SECONDS = 0.05


class NoAnswer(Exception):
    """The API gave no summary within the time allowed."""


@dataclass(frozen=True, slots=True)
class Service:
    """What a CMS and a site do with a running stack."""

    stack: LocalStack

    def upload(self, key: str, content: bytes) -> None:
        """Put an article into the bucket, with the content type its name suggests, as the AWS tools do."""
        content_type = mimetypes.guess_type(key)[0] or "binary/octet-stream"
        boto3.client("s3").put_object(Bucket=self.stack.bucket, Key=key, Body=content, ContentType=content_type)

    def url_of(self, article_id: str) -> str:
        """Where the API serves the summary."""
        return f"{self.stack.api_url}/summaries/{quote(article_id)}"

    def wait_for(self, article_id: str, timeout_seconds: float) -> Record:
        """The summary, once the API has it; raises ``NoAnswer`` when it does not come in time."""
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            if record := self._get(article_id):
                return record
            time.sleep(_POLL_SECONDS)
        raise NoAnswer(f"The API has no summary of {article_id} after {timeout_seconds:g} s.")

    def _get(self, article_id: str) -> Record | None:
        try:
            with urlopen(self.url_of(article_id)) as answer:  # noqa: S310 - our own server
                return Record.model_validate(json.load(answer) | {"fingerprint": ""})
        except HTTPError as error:
            error.close()
            return None
