"""OpenAI's Batch API as a ``BatchModel``: files of requests that are answered within a day, for half the price."""

import json
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import IO, Any, TypeVar

import httpx2
from openai import AuthenticationError, NotFoundError, Timeout
from openai.types import Batch

from standfirst.adapters.openai.client import Connection
from standfirst.adapters.openai.errors import CLIENT_ERRORS, translated
from standfirst.adapters.openai.request import OUTPUT_TOKENS
from standfirst.adapters.openai.responses import (
    ANOTHER_SERVER,
    CONNECT_SECONDS,
    ModelOptions,
    request_body,
    response_from,
    usage_of,
)
from standfirst.adapters.openai.summarizer import likely_cost
from standfirst.domain.article import Article
from standfirst.domain.errors import ModelDown
from standfirst.domain.ports import Assignment, BatchAnswer, BatchState, WriterIdentity
from standfirst.domain.usage import Usage
from standfirst.model.prices import BATCH_TIER
from standfirst.writing.model.map_reduce import fits
from standfirst.writing.model.prompt import PROMPT_VERSION, draft_prompt

KEPT_SECONDS = 3 * 24 * 60 * 60
"""How long the provider keeps the files, and for how long a batch is found again: articles may be under embargo."""

REQUEST_SECONDS, FILE_SECONDS = 30.0, 300.0
"""How long a request may take, and one that sends or fetches a file of up to 200 MB."""

_OVER = frozenset({"completed", "failed", "expired", "cancelled"})

_KEPT_OF_RESPONSE = (
    "id",
    "object",
    "status",
    "error",
    "incomplete_details",
    "model",
    "output",
    "usage",
    "service_tier",
)
"""What is read of a response; the rest repeats the request."""

OK = 200

T = TypeVar("T")


class OpenAiBatchModel:
    """``BatchModel`` over the Batch API. One serves all threads of a process."""

    def __init__(self, connection: Connection, options: ModelOptions) -> None:
        """Nothing is sent yet."""
        self._connection = connection
        # A batch is no request of any service tier.
        self._options = replace(options, service_tier=None)
        self._client = connection.client.with_options(timeout=Timeout(REQUEST_SECONDS, connect=CONNECT_SECONDS))
        self._file_client = connection.client.with_options(timeout=Timeout(FILE_SECONDS, connect=CONNECT_SECONDS))

    @property
    def identity(self) -> WriterIdentity:
        """See ``BatchModel``."""
        return WriterIdentity(self._options.writer, model=self._options.model, prompt=PROMPT_VERSION)

    def request(self, assignment: Assignment) -> Mapping[str, object] | None:
        """See ``BatchModel``."""
        if not fits(assignment.article, self._options.input_tokens):
            return None
        prompt = draft_prompt(assignment.article, assignment.style, assignment.revises)
        return {**request_body(self._options, prompt, OUTPUT_TOKENS)}

    def likely_cost(self, article: Article) -> Decimal | None:
        """See ``BatchModel``."""
        return likely_cost(self._options, article, BATCH_TIER)

    def submit(self, path: Path, metadata: Mapping[str, str]) -> str:
        """See ``BatchModel``."""
        found = self._ask(lambda: self._find(metadata))
        return found or self._ask(lambda: self._create(path, metadata))

    def _find(self, metadata: Mapping[str, str]) -> str | None:
        """Returns the batch with ``metadata``; the provider lists the newest first."""
        oldest = time.time() - KEPT_SECONDS
        for batch in self._client.batches.list(limit=100):
            if batch.created_at < oldest:
                break
            if (batch.metadata or {}).items() >= metadata.items():
                return batch.id
        return None

    def _create(self, path: Path, metadata: Mapping[str, str]) -> str:
        with path.open("rb") as lines:
            sent = self._file_client.files.create(
                file=(path.name, lines),
                purpose="batch",
                # Also that of a submission that ends here, which nobody would delete.
                expires_after={"anchor": "created_at", "seconds": KEPT_SECONDS},
            )
        batch = self._client.batches.create(
            completion_window="24h",
            endpoint="/v1/responses",
            input_file_id=sent.id,
            metadata=dict(metadata),
            output_expires_after={"anchor": "created_at", "seconds": KEPT_SECONDS},
        )
        return batch.id

    def state(self, batch_id: str) -> BatchState:
        """See ``BatchModel``."""
        batch, counts = (found := self._batch(batch_id)), found.request_counts
        codes = [error.code for error in (batch.errors and batch.errors.data) or () if _is_code(error.code)]
        return BatchState(
            status=batch.status,
            is_over=batch.status in _OVER,
            total=counts.total if counts else 0,
            completed=counts.completed if counts else 0,
            failed=counts.failed if counts else 0,
            trouble=", ".join(dict.fromkeys(map(str, codes))) or ("unknown" if batch.status == "failed" else None),
        )

    def answers(self, batch_id: str) -> Iterator[BatchAnswer]:
        """See ``BatchModel``; the files are fetched whole before their first answer is yielded."""
        batch = self._batch(batch_id)
        for file_id in filter(None, (batch.output_file_id, batch.error_file_id)):
            with tempfile.TemporaryFile() as lines:
                self._fetch(file_id, lines)
                for line in lines:
                    if answer := self._answer(line):
                        yield answer

    def _fetch(self, file_id: str, lines: IO[bytes]) -> None:
        def fetch() -> None:
            lines.seek(0)
            lines.truncate()
            try:
                with self._file_client.files.with_streaming_response.content(file_id) as response:
                    for chunk in response.iter_bytes():
                        lines.write(chunk)
            except httpx2.HTTPError as exc:
                # Of the client's own only what is raised before the first byte.
                raise ModelDown(f"A file of the model's provider did not arrive: {type(exc).__name__}.") from None

        self._ask(fetch)
        lines.seek(0)

    def _answer(self, line: bytes) -> BatchAnswer | None:
        """Returns what ``line`` of a file says, ``None`` if it is none that can be read."""
        try:
            told = json.loads(line)
            custom_id, response = str(told["custom_id"]), told.get("response") or {}
            body = response.get("body")
        except (AttributeError, KeyError, TypeError, ValueError):
            return None
        if not isinstance(body, dict):
            return BatchAnswer(custom_id, None, _error(told.get("error"), response), Usage(cost_usd="0"))
        kept = json.dumps({name: body[name] for name in _KEPT_OF_RESPONSE if name in body}, ensure_ascii=False)
        if response.get("status_code") != OK:
            return BatchAnswer(custom_id, None, _error(body.get("error"), response), Usage(cost_usd="0"))
        usage = usage_of(response_from(kept), self._options, BATCH_TIER)
        if body.get("status") == "failed":
            return BatchAnswer(custom_id, None, _error(body.get("error"), response), usage)
        return BatchAnswer(custom_id, kept, None, usage)

    def cancel(self, batch_id: str) -> None:
        """See ``BatchModel``."""
        if not self.state(batch_id).is_over:
            self._ask(lambda: self._client.batches.cancel(batch_id))

    def discard(self, batch_id: str) -> None:
        """See ``BatchModel``."""
        batch = self._batch(batch_id)
        for file_id in filter(None, (batch.input_file_id, batch.output_file_id, batch.error_file_id)):
            self._ask(partial(self._delete, file_id))

    def _delete(self, file_id: str) -> None:
        try:
            self._client.files.delete(file_id)
        except NotFoundError:
            return

    def _batch(self, batch_id: str) -> Batch:
        batch: object = self._ask(lambda: self._client.batches.retrieve(batch_id))
        if not isinstance(batch, Batch):
            # The client returns text where it expected JSON.
            raise ModelDown(ANOTHER_SERVER)
        return batch

    def _ask(self, ask: Callable[[], T]) -> T:
        """Returns what ``ask`` returns, with the client's exceptions translated; renews a key that is rejected."""
        try:
            try:
                return ask()
            except AuthenticationError:
                if not self._connection.renew_key():
                    raise
                return ask()
        except CLIENT_ERRORS as exc:
            raise translated(exc) from None  # see errors.py
        except (AttributeError, TypeError):
            # The client does not validate what it receives.
            raise ModelDown(ANOTHER_SERVER) from None


def _error(error: object, response: Mapping[str, Any]) -> str:
    """Returns the provider's code of what went wrong with a request, else its HTTP status."""
    code = error.get("code") if isinstance(error, Mapping) else None
    return code if isinstance(code, str) and _is_code(code) else str(response.get("status_code") or "unknown")


def _is_code(code: str | None) -> bool:
    """Returns whether ``code`` is one, and no sentence, which might repeat the article."""
    return code is not None and re.fullmatch("[a-z0-9_]{1,60}", code) is not None
