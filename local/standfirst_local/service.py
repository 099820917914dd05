"""The running service, as its users meet it: upload to S3, read from the API."""

from __future__ import annotations

import json
import mimetypes
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import boto3

from standfirst.domain.record import Record
from standfirst_local import swagger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from standfirst_local.stack import LocalStack

_POLL_SECONDS = 0.05
_REQUEST_SECONDS = 30


class NoAnswer(Exception):
    """The API gave no summary within the time allowed."""


@dataclass(frozen=True, slots=True)
class Service:
    """What a CMS and a web site do with a running stack."""

    stack: LocalStack

    def upload(self, key: str, content: bytes) -> None:
        """Put an article into the bucket, with the content type its name suggests, as the AWS tools do."""
        content_type = mimetypes.guess_type(key)[0] or "binary/octet-stream"
        boto3.client("s3").put_object(Bucket=self.stack.bucket, Key=key, Body=content, ContentType=content_type)

    def url_of(self, article_id: str) -> str:
        """Where the API serves the summary."""
        return f"{self.stack.api_url}/summaries/{quote(article_id)}"

    @property
    def docs_url(self) -> str:
        """Where a browser can try the API."""
        return f"{self.stack.api_url}{swagger.PATH}"

    def wait_for(self, key: str, timeout_seconds: float) -> list[Record]:
        """Returns the record of the article under ``key``, or of each article of the package there.

        Raises ``NoAnswer`` when there is none in time.
        """
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            # A package's records are saved one by one: all are there once its message is gone from the queue.
            if self._is_drained() and (found := [record for record in self.records() if record.article.key == key]):
                return found
            time.sleep(_POLL_SECONDS)
        raise NoAnswer(f"The API has no summary of {key} after {timeout_seconds:g} s.")

    def get(self, article_id: str) -> dict[str, Any]:
        """Returns the summary from the API. Raises ``HTTPError`` when it has none."""
        return self._get(f"/summaries/{quote(article_id)}")

    def edit(self, article_id: str, texts: dict[str, str]) -> None:
        """Replace texts of the summary, as an editor who has read it. Raises ``HTTPError`` when the API does not."""
        path = f"{self.stack.api_url}/summaries/{quote(article_id)}"
        with urlopen(path, timeout=_REQUEST_SECONDS) as answer:  # noqa: S310 - our own server
            headers = {"If-Match": answer.headers["ETag"], "Content-Type": "application/json"}
        request = Request(path, json.dumps(texts).encode(), headers, method="PATCH")  # noqa: S310 - our own server
        urlopen(request, timeout=_REQUEST_SECONDS).close()  # noqa: S310 - our own server

    @property
    def is_empty(self) -> bool:
        """Whether there is neither an article nor a summary."""
        stored = boto3.client("s3").list_objects_v2(Bucket=self.stack.bucket, MaxKeys=1)
        return not stored["KeyCount"] and next(self.records(), None) is None

    @property
    def desk_url(self) -> str:
        """Where an editor reviews in a browser."""
        return f"{self.stack.api_url}/desk/"

    def records(self) -> Iterator[Record]:
        """Yields every record that the API lists."""
        cursor = ""
        while cursor is not None:
            page = self._get(f"/summaries?limit=100{cursor and f'&cursor={cursor}'}")
            yield from (Record.model_validate(summary | {"fingerprint": ""}) for summary in page["summaries"])
            cursor = page["cursor"]

    def _is_drained(self) -> bool:
        counts = boto3.client("sqs").get_queue_attributes(
            QueueUrl=self.stack.resources["UploadsQueue"],
            AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        )
        return set(counts["Attributes"].values()) == {"0"}

    def _get(self, path: str) -> dict[str, Any]:
        with urlopen(self.stack.api_url + path, timeout=_REQUEST_SECONDS) as answer:  # noqa: S310 - our own server
            page: dict[str, Any] = json.load(answer)
            return page
