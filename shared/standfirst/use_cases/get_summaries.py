"""Serves summaries to readers: one by its article's id, its history, or the newest ones by page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from standfirst.domain.article import ArticleId
from standfirst.domain.cursor import position_in, write_cursor
from standfirst.domain.errors import ArticleWithdrawn, RevisionExpired, SummaryNotFound
from standfirst.domain.history import Revision, revision_of
from standfirst.domain.listing import Listing
from standfirst.domain.ports import Clock, SummaryStore
from standfirst.domain.queue import entry_of
from standfirst.domain.record import POSITION, Record, Status

MAX_ID_BYTES = 2048
"""Longest partition key that DynamoDB takes. An S3 key has half of it at most, an article of a package its name too."""

_REVISION = re.compile(r"[1-9]\d{0,9}", re.ASCII)

FAILURES = 20
"""Revisions that are read at once to find the last version that could be read."""

FURTHEST_BACK = 2
"""Largest difference between the number of a revision and that of the one it replaced."""


@dataclass(frozen=True, slots=True)
class Page:
    """Records, newest first, and the cursor of the next page, ``None`` on the last one."""

    records: Sequence[Record]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """An article's revisions, newest first, and the cursor of the next page, ``None`` on the last one."""

    revisions: Sequence[Revision]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class GetSummaries:
    """Reads summaries from the store."""

    summaries: SummaryStore
    clock: Clock

    def get(self, article_id: ArticleId, revision: int | None = None) -> Record:
        """Returns the newest revision, or the given one.

        Raises ``SummaryNotFound``, ``RevisionExpired``, and ``ArticleWithdrawn`` when the newest revision is withdrawn:
        the older ones are withheld then, too, until a version of the article can be read.
        """
        current = self._not_withdrawn(article_id)
        return current if revision in {None, current.revision} else self._older(current, revision)

    def get_for_review(self, article_id: ArticleId, revision: int | None = None) -> Record:
        """Returns the same for a reviewer: also of a withdrawn article."""
        refuse_impossible(article_id)
        if revision is not None:
            return _kept(_found(self.summaries.revision(article_id, revision), f"revision {revision} of {article_id}"))
        stored = self.summaries.current(article_id)
        return _found(stored.record if stored else None, article_id)

    def _not_withdrawn(self, article_id: ArticleId) -> Record:
        record = self.get_for_review(article_id)
        if record.status is Status.WITHDRAWN:
            raise ArticleWithdrawn(" ".join(filter(None, (f"The article {article_id} was withdrawn.", record.reason))))
        return record

    def _older(self, current: Record, revision: int | None) -> Record:
        self._refuse_withheld(current)
        return self.get_for_review(current.article_id, revision)

    def _refuse_withheld(self, current: Record) -> None:
        """Raises ``ArticleWithdrawn`` if the article was withdrawn and no version of it could be read since."""
        before: Record | None = current
        while before and before.status is Status.FAILED:
            page = self.summaries.history(current.article_id, before.revision, FAILURES)
            before = next((each for each in page if each.status is not Status.FAILED), page[-1] if page else None)
        if before and before.status is Status.WITHDRAWN:
            raise ArticleWithdrawn(f"The article {current.article_id} was withdrawn, and could not be read since.")

    def get_publishable(self, article_id: ArticleId, revision: int | None = None) -> Record:
        """Returns the same; also raises ``SummaryNotFound`` if it needs review or is under embargo.

        An article that is under embargo now has no publishable older revisions either.
        """
        current, now = self._not_withdrawn(article_id), self.clock.now()
        record = current if revision is None else self._older(current, revision)
        if current.is_embargoed(now) or not record.is_publishable(now):
            raise SummaryNotFound(f"There is no summary of {article_id} that may be published now.")
        return record

    def list_by_updated(self, listing: Listing, cursor: str | None, limit: int) -> Page:
        """Returns up to ``limit`` summaries after ``cursor``; raises ``InvalidField`` if it is of another list.

        With other filters than the status and the time, also a page without records may have a next one.
        """
        listed = listing.named("summaries")
        after = position_in(listed, cursor, POSITION)
        records = self.summaries.list_by_updated(listing.status, listing.since, after, limit + 1)
        page = records[:limit]
        more = len(records) > limit
        taken = [record for record in page if listing.takes(entry_of(record))]
        return Page(taken, write_cursor(listed, page[-1].position) if more else None)

    def list_publishable(self, listing: Listing, cursor: str | None, limit: int) -> Page:
        """Returns the same without what may not be published now; also a page without records may have a next one."""
        page, now = self.list_by_updated(listing, cursor, limit), self.clock.now()
        return replace(page, records=[record for record in page.records if record.is_publishable(now)])

    def history(self, article_id: ArticleId, cursor: str | None, limit: int) -> HistoryPage:
        """Returns up to ``limit`` revisions of an article after ``cursor``.

        Raises ``SummaryNotFound``, ``ArticleWithdrawn``, and ``InvalidField`` as ``list_by_updated`` does.
        """
        self._refuse_withheld(self._not_withdrawn(article_id))
        return self.history_for_review(article_id, cursor, limit)

    def history_for_review(self, article_id: ArticleId, cursor: str | None, limit: int) -> HistoryPage:
        """Returns the same for a reviewer: also of a withdrawn article."""
        refuse_impossible(article_id)
        listed = f"revisions {article_id}"
        before = position_in(listed, cursor, _REVISION)
        records = self.summaries.history(article_id, int(before) if before else None, limit + FURTHEST_BACK)
        if not records and cursor is None:
            raise SummaryNotFound(f"There is no summary of {article_id}.")
        known = {record.revision: record for record in records}
        page = [revision_of(record, known.get(record.previous_revision or 0)) for record in records[:limit]]
        more = len(records) > limit
        return HistoryPage(page, write_cursor(listed, str(page[-1].revision)) if more else None)


def refuse_impossible(article_id: ArticleId) -> None:
    """Raises ``SummaryNotFound`` for an id that no article can have."""
    if len(article_id.encode(errors="replace")) > MAX_ID_BYTES:
        raise SummaryNotFound("No article has so long an id.")


def _kept(record: Record) -> Record:
    if record.expired_at:
        raise RevisionExpired(
            f"The texts of revision {record.revision} of {record.article_id} are no longer kept: they were deleted on "
            f"{record.expired_at[:10]}, when there were enough newer ones. Its history says who stored it, and when."
        )
    return record


def _found(record: Record | None, what: str) -> Record:
    if record is None:
        raise SummaryNotFound(f"There is no summary of {what}.")
    return record
