"""Lists and counts what asks for an editor, and says who has it open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from standfirst.domain.article import ArticleId
from standfirst.domain.cursor import position_in, write_cursor
from standfirst.domain.listing import Listing
from standfirst.domain.ports import ClaimStore, Clock, SummaryStore
from standfirst.domain.queue import Claim, QueueCounts, QueueEntry, count
from standfirst.domain.record import POSITION

MOST_EXAMINED = 1_000
"""Entries that are read for one page; filters may leave few of them."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Entries of the queue, latest change first, the live claims on them, and the cursor of the next page, if any."""

    entries: Sequence[QueueEntry]
    claims: Mapping[ArticleId, Claim]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class GetQueue:
    """Reads the queue from the stores."""

    summaries: SummaryStore
    claims: ClaimStore
    clock: Clock

    def page(self, listing: Listing, cursor: str | None, limit: int) -> QueuePage:
        """Returns up to ``limit`` entries after ``cursor``; raises ``InvalidField`` if it is of another list.

        With a filter, also a page without entries may have a next one.
        """
        return self._page(listing.named("queue"), listing, cursor, limit)

    def page_claimed_by(self, by: str, listing: Listing, cursor: str | None, limit: int) -> QueuePage:
        """Returns the same, without what ``by`` has not claimed."""
        page = self._page(listing.named(f"queue of {by}"), listing, cursor, limit)
        claims = {article_id: claim for article_id, claim in page.claims.items() if claim.by == by}
        return QueuePage([entry for entry in page.entries if entry.article_id in claims], claims, page.cursor)

    def counts(self) -> QueueCounts:
        """Returns how many summaries ask for an editor, and why."""
        return count(self.summaries.list_queue(None, None, at_once=None))

    def _page(self, listed: str, listing: Listing, cursor: str | None, limit: int) -> QueuePage:
        after = position_in(listed, cursor, POSITION)
        taken: list[QueueEntry] = []
        last: QueueEntry | None = None
        following = None
        is_filtered = listing != Listing(since=listing.since)
        at_once = MOST_EXAMINED if is_filtered else limit + 1
        entries = self.summaries.list_queue(listing.since, after, at_once)
        for examined, entry in enumerate(islice(entries, MOST_EXAMINED + 1)):
            if last and (examined == MOST_EXAMINED or len(taken) == limit):
                following = write_cursor(listed, last.position)
                break
            last = entry
            if listing.takes(entry):
                taken.append(entry)
        return QueuePage(taken, self.claims.live([entry.article_id for entry in taken], self.clock.now()), following)
