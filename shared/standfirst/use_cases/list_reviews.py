"""Lists the records of editors' decisions, month by month."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standfirst.domain.cursor import position_in, write_cursor
from standfirst.domain.ports import ReviewStore
from standfirst.domain.review_record import POSITION, ReviewRecord

MOST_BYTES = 5_000_000
"""Of a page in JSON; a response of Lambda may have 6 MB. Some two hundred of the longest decisions, or all thousand of
usual ones."""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Records of decisions, the oldest first, and the cursor of the next page, ``None`` on the last one."""

    reviews: Sequence[ReviewRecord]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class ListReviews:
    """Reads the records of decisions from the store."""

    reviews: ReviewStore

    def __call__(self, month: str, cursor: str | None, limit: int) -> ReviewPage:
        """Returns up to ``limit`` decisions of ``month`` after ``cursor``, fewer of long ones.

        Raises ``InvalidField`` for a cursor of another list.
        """
        listed = f"reviews {month}"
        after = position_in(listed, cursor, POSITION)
        found = self.reviews.list_month(month, after, limit + 1)
        page = list(_fitting(found[:limit]))
        return ReviewPage(page, write_cursor(listed, page[-1].position) if len(found) > len(page) else None)


def _fitting(reviews: Sequence[ReviewRecord]) -> Iterator[ReviewRecord]:
    """Yields the first of ``reviews``, and those after it as far as they are no more than ``MOST_BYTES`` together."""
    size = 0
    for number, review in enumerate(reviews):
        # A response is text in JSON, where a character may become twelve.
        size += len(json.dumps(review.model_dump_json()))
        if number and size > MOST_BYTES:
            return
        yield review
