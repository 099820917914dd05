"""Lists the records of editors' decisions, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass

from standfirst.domain.cursor import read_cursor, write_cursor
from standfirst.domain.errors import InvalidField
from standfirst.domain.ports import ReviewStore
from standfirst.domain.review_record import POSITION, ReviewRecord


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
        """Returns up to ``limit`` decisions of ``month`` after ``cursor``.

        Raises ``InvalidField`` for a cursor of another list.
        """
        listed = f"reviews {month}"
        after = read_cursor(listed, cursor) if cursor is not None else None
        if after is not None and not POSITION.fullmatch(after):
            raise InvalidField("cursor", "The cursor is not one that this API gave out.")
        found = self.reviews.list_month(month, after, limit + 1)
        page = found[:limit]
        return ReviewPage(page, write_cursor(listed, page[-1].position) if len(found) > limit else None)
