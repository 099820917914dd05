"""The story of a reader: one summary by its article's id, or the newest ones, page by page."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass

from standfirst.domain.article import ArticleId
from standfirst.domain.errors import ArticleWithdrawn, InvalidField, SummaryNotFound
from standfirst.domain.ports import SummaryStore
from standfirst.domain.record import POSITION, Record, Status

MAX_ID_BYTES = 1024
"""No S3 key is longer, and DynamoDB refuses keys over twice that length."""

MAX_CURSOR = 256
"""No cursor of ours is longer, in characters."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some records, newest first, and the cursor the next page begins at; ``None`` on the last page."""

    records: Sequence[Record]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class FindSummaries:
    """Answers what readers ask of the store."""

    summaries: SummaryStore

    def one(self, article_id: ArticleId, revision: int | None = None) -> Record:
        """The newest revision, or the one asked for.

        Raises ``SummaryNotFound``, and ``ArticleWithdrawn`` when the newest revision says that the article is gone.
        """
        if len(article_id.encode(errors="replace")) > MAX_ID_BYTES:
            raise SummaryNotFound("No article has so long an id.")
        if revision is not None:
            return _found(self.summaries.revision(article_id, revision), f"revision {revision} of {article_id}")
        stored = self.summaries.current(article_id)
        record = _found(stored.record if stored else None, article_id)
        if record.status is Status.WITHDRAWN:
            raise ArticleWithdrawn(f"The article {article_id} was withdrawn.")
        return record

    def newest(self, status: Status | None, cursor: str | None, limit: int) -> Page:
        """Up to ``limit`` summaries after ``cursor``; raises ``InvalidField`` for one this list did not give out."""
        after = _position(cursor, status) if cursor is not None else None
        records = self.summaries.newest(status, after, limit + 1)
        page = records[:limit]
        more = len(records) > limit
        return Page(page, _cursor(page[-1].position, status) if more else None)


def _found(record: Record | None, what: str) -> Record:
    if record is None:
        raise SummaryNotFound(f"There is no summary of {what}.")
    return record


def _cursor(position: str, status: Status | None) -> str:
    return base64.urlsafe_b64encode(json.dumps([status, position]).encode()).decode().rstrip("=")


def _position(cursor: str, status: Status | None) -> str:
    try:
        if len(cursor) > MAX_CURSOR:
            raise ValueError(len(cursor))  # noqa: TRY301
        padding = "=" * (-len(cursor) % 4)
        of_status, position = json.loads(base64.b64decode(cursor + padding, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError) as error:
        raise InvalidField("cursor", "The cursor is not one that this API gave out.") from error
    if not isinstance(position, str) or not POSITION.fullmatch(position):
        raise InvalidField("cursor", "The cursor is not one that this API gave out.")
    if of_status != status:
        raise InvalidField("cursor", "The cursor belongs to another list.")
    return position
