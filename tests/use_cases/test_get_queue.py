"""The queue by page and in numbers, and who has what of it open."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from builders import MORNING, a_record, save
from fakes import FakeClaims, FakeClock, FakeSummaries
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import InvalidField
from standfirst.domain.listing import Listing
from standfirst.domain.queue import Claim
from standfirst.domain.record import Status
from standfirst.use_cases import get_queue
from standfirst.use_cases.get_queue import GetQueue, QueuePage

ME, ANOTHER = "an editor", "another editor"


@dataclass
class Desk:
    """The queue over stores in memory."""

    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    claims: FakeClaims = field(default_factory=FakeClaims)
    clock: FakeClock = field(default_factory=FakeClock)

    @property
    def queue(self) -> GetQueue:
        """The use case."""
        return GetQueue(self.summaries, self.claims, self.clock)

    def has(self, *names: str, language: str = "en") -> None:
        """Each needs a review, the last one most recently."""
        for name in names:
            minutes = len(self.summaries.revisions)
            record = a_record(name, minutes=minutes, status=Status.NEEDS_REVIEW)
            save(self.summaries, record.model_copy(update={"language": language}))

    def is_claimed(self, name: str, by: str, minutes: int = 10) -> None:
        """For so long."""
        self.claims.take_over(ArticleId(name), Claim(by=by, until=self.clock.moment + timedelta(minutes=minutes)))


def names(page: QueuePage) -> list[str]:
    """The ids of a page."""
    return [entry.article_id for entry in page.entries]


def test_pages_hold_every_entry_once_latest_first() -> None:
    """The last one has no cursor, also if it is full."""
    desk = Desk()
    desk.has("a", "b", "c", "d")

    first = desk.queue.page(Listing(), None, 2)
    second = desk.queue.page(Listing(), first.cursor, 2)

    assert (names(first), names(second), second.cursor) == (["d", "c"], ["b", "a"], None)


def test_a_page_is_filled_past_what_the_filters_leave_out() -> None:
    """Up to its limit."""
    desk = Desk()
    desk.has("a", "b", language="de")
    desk.has("c", "d")

    page = desk.queue.page(Listing(language="de"), None, 2)  # type: ignore[arg-type]

    assert (names(page), page.cursor) == (["b", "a"], None)


def test_a_page_without_entries_may_have_a_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many entries are read for one page."""
    monkeypatch.setattr(get_queue, "MOST_EXAMINED", 2)
    desk = Desk()
    desk.has("a", language="de")
    desk.has("b", "c")
    german = Listing(language="de")  # type: ignore[arg-type]

    first = desk.queue.page(german, None, 100)
    second = desk.queue.page(german, first.cursor, 100)

    assert (names(first), names(second), second.cursor) == ([], ["a"], None)


def test_a_cursor_goes_on_in_its_own_list_alone() -> None:
    """Not with other filters, not in what is one's own, and not in the list of summaries."""
    desk = Desk()
    desk.has("a", "b")
    cursor = desk.queue.page(Listing(), None, 1).cursor
    mine = desk.queue.page_claimed_by(ME, Listing(), None, 1).cursor

    for page in (
        lambda: desk.queue.page(Listing(stale=False), cursor, 1),
        lambda: desk.queue.page(Listing(since=MORNING), cursor, 1),
        lambda: desk.queue.page(Listing(), mine, 1),
        lambda: desk.queue.page_claimed_by(ME, Listing(), cursor, 1),
        lambda: desk.queue.page_claimed_by(ANOTHER, Listing(), mine, 1),
    ):
        with pytest.raises(InvalidField, match="another list"):
            page()


def test_entries_say_who_has_them_open_now() -> None:
    """A claim that has ended says nothing, also while it is still stored."""
    desk = Desk()
    desk.has("a", "b", "c")
    desk.is_claimed("a", ANOTHER)
    desk.is_claimed("b", ANOTHER, minutes=0)

    page = desk.queue.page(Listing(), None, 10)

    assert {name: claim.by for name, claim in page.claims.items()} == {"a": ANOTHER}


def test_one_finds_what_one_has_claimed() -> None:
    """With the other filters."""
    desk = Desk()
    desk.has("a", "b", "politics/c", "politics/d")
    for name, by in {"a": ME, "politics/c": ME, "politics/d": ANOTHER}.items():
        desk.is_claimed(name, by)

    page = desk.queue.page_claimed_by(ME, Listing(prefix="politics/"), None, 10)

    assert names(page) == ["politics/c"]
    assert list(page.claims) == ["politics/c"]


def test_the_queue_is_counted() -> None:
    """All of it, however long a page is."""
    desk = Desk()
    desk.has("a", "politics/b", "politics/c")

    counts = desk.queue.counts()

    assert (counts.total, counts.needs_review, counts.stale, counts.pending) == (3, 3, 0, 0)
    assert [(each.section, each.total) for each in counts.sections] == [("politics", 2), ("", 1)]


def test_an_article_under_embargo_is_in_the_queue() -> None:
    """It is to be reviewed before the embargo ends."""
    desk = Desk()
    record = a_record("a", status=Status.NEEDS_REVIEW)
    embargoed = record.article.model_copy(update={"embargoed_until": "2999-01-01"})
    save(desk.summaries, record.model_copy(update={"article": embargoed}))

    (entry,) = desk.queue.page(Listing(), None, 10).entries

    assert entry.embargoed_until == "2999-01-01"
