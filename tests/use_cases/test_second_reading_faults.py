"""What a second reader costs, and what if it cannot be asked."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from fakes import (
    ONE_CALL,
    ONE_READING,
    FakeBreaker,
    FakeBudget,
)
from second_reading import CONTRADICTED, DRAFT, FIRST, LAST, NOT_NEEDED, REVISED, SUPPORTED, Newsroom, T
from standfirst.domain.draft import Draft
from standfirst.domain.errors import (
    BudgetSpent,
    DocumentTooDemanding,
    ModelBusy,
    ModelDown,
    ModelMisconfigured,
    ModelOutputInvalid,
    ModelRefused,
    ModelUnavailable,
    ModelUnusable,
    StoreUnavailable,
)
from standfirst.domain.record import Degraded, Status
from standfirst.domain.second_reading import Policy, ReadDraft, Verdict
from standfirst.domain.usage import Usage
from standfirst.use_cases.generate_summary import Attempt

# ----------------------------------------------------------------------------------------------------------------------
# Money
# ----------------------------------------------------------------------------------------------------------------------


def test_what_a_reading_may_cost_is_reserved_before_the_writer_is_asked() -> None:
    """No draft is paid for that there is no money to read."""
    newsroom = Newsroom(budget=FakeBudget(Decimal("0.0001")))

    record = newsroom.record()

    assert record.made_by
    assert record.made_by.degraded is Degraded.BUDGET
    assert (newsroom.writer.assignments, newsroom.reader.assignments) == ([], [])
    assert newsroom.budget.spent == 0


@pytest.mark.parametrize(
    ("drafts", "readings"),
    [
        ([NOT_NEEDED], [(SUPPORTED,)]),
        ([ModelRefused("It declined.")], [(SUPPORTED,)]),
        ([DRAFT], [ModelUnavailable("busy")]),
    ],
    ids=["not needed", "no draft", "no answer"],
)
def test_a_reading_that_does_not_take_place_costs_nothing(
    drafts: list[Draft | Exception], readings: list[tuple[Verdict, ...] | Exception]
) -> None:
    """What was reserved for it is free again."""
    newsroom = Newsroom(drafts, readings)

    record = newsroom.record()

    assert newsroom.budget.spent == 0
    assert record.second_reading
    assert record.second_reading.usage == Usage()


def test_a_reader_without_a_price_is_not_asked_within_a_budget() -> None:
    """The record says what to do about it."""
    newsroom = Newsroom()
    newsroom.reader.costs = None

    record = newsroom.record()

    assert record.second_reading
    assert record.second_reading.outcome == "unavailable"
    assert record.second_reading.trouble
    assert "give its price" in record.second_reading.trouble
    assert not newsroom.reader.assignments


def test_a_reader_without_a_price_opens_the_breaker() -> None:
    """Which alarms, as for a writer; a reader that is never asked would be noticed by nobody."""
    faults: list[Exception] = []

    class Noting(FakeBreaker):
        def call(self, ask: Callable[[], T]) -> T:
            try:
                return ask()
            except ModelUnusable as fault:
                faults.append(fault)
                raise

    newsroom = Newsroom(breaker=Noting())
    newsroom.reader.costs = None

    newsroom.record()

    assert len(faults) == 1


def test_writing_and_reading_are_paid_for_once() -> None:
    """Whatever is redelivered: the cache keeps the verdict with the draft."""
    newsroom = Newsroom()

    assert newsroom.record() == newsroom.record()

    assert (len(newsroom.writer.assignments), len(newsroom.reader.assignments)) == (1, 1)


def test_a_store_that_is_out_before_the_writer_is_asked_is_tried_again_later() -> None:
    """Nothing is paid for yet."""

    class Down(FakeBudget):
        def reserve(self, usd: Decimal) -> None:  # type: ignore[override]
            raise StoreUnavailable(str(usd))

    newsroom = Newsroom(budget=Down(Decimal(1)))

    with pytest.raises(StoreUnavailable):
        newsroom.checked()

    assert not newsroom.writer.assignments


# ----------------------------------------------------------------------------------------------------------------------
# A reader that cannot be asked
# ----------------------------------------------------------------------------------------------------------------------

OUT = [ModelBusy("busy"), ModelDown("503"), ModelUnusable("no quota"), ModelMisconfigured("400"), BudgetSpent("spent")]


@pytest.mark.parametrize("attempt", [FIRST, LAST], ids=["first attempt", "last attempt"])
@pytest.mark.parametrize(
    ("policy", "status"), [("doubtful", Status.GENERATED), ("always", Status.NEEDS_REVIEW)], ids=["doubtful", "always"]
)
@pytest.mark.parametrize("error", OUT, ids=lambda error: type(error).__name__)
def test_a_reader_that_cannot_be_asked_holds_nothing_up(
    error: Exception, policy: Policy, status: Status, attempt: Attempt
) -> None:
    """The draft is paid for: it is served as the rules left it, which is enough unless every draft is to be read."""
    newsroom = Newsroom(readings=[error], policy=policy)

    record = newsroom.record(attempt)

    assert (record.summary, record.status) == ("The council voted.", status)
    assert record.checks.second_reader == "unavailable"
    assert record.second_reading
    assert record.second_reading.trouble == str(error)
    assert record.is_upgradable
    assert not newsroom.is_done(record)


def test_an_open_breaker_is_not_waited_for() -> None:
    """The same as a reader that cannot be asked; it costs nothing."""
    newsroom = Newsroom(breaker=FakeBreaker(allows=0))

    record = newsroom.record()

    assert (record.checks.second_reader, newsroom.budget.spent) == ("unavailable", 0)


@pytest.mark.parametrize(
    "error", [ModelRefused("It declined."), ModelOutputInvalid("Cut off.")], ids=["refusal", "cut"]
)
@pytest.mark.parametrize(("policy", "status"), [("doubtful", Status.GENERATED), ("always", Status.NEEDS_REVIEW)])
def test_an_answer_of_no_use_is_paid_for_once(error: Exception, policy: Policy, status: Status) -> None:
    """It would be the same the next time, so nobody comes back to it."""
    newsroom = Newsroom(readings=[error], policy=policy)

    record = newsroom.record()
    newsroom.record()

    assert (record.checks.second_reader, record.status, record.is_upgradable) == ("unusable", status, False)
    assert len(newsroom.reader.assignments) == 1
    assert record.second_reading
    assert record.second_reading.usage == ONE_READING
    assert newsroom.is_done(record)


@pytest.mark.parametrize("first", [(SUPPORTED,), ModelDown("503")], ids=["at once", "later"])
def test_an_answer_that_cannot_be_looked_up_in_time_is_of_no_use(first: tuple[Verdict, ...] | Exception) -> None:
    """The checks passed the draft, so the article is not lost for it, and the answer is not paid for again."""
    newsroom = Newsroom(readings=[first, (SUPPORTED,)])

    def too_long(*_: object) -> ReadDraft:
        raise DocumentTooDemanding("The document needs more than 6 seconds of processor time.")

    reads = newsroom.generate.second_reader
    assert reads
    newsroom.generate = replace(newsroom.generate, second_reader=replace(reads, weigh_verdicts=too_long))
    newsroom.record()

    record = newsroom.record()

    assert (record.summary, record.checks.second_reader) == ("The council voted.", "unusable")
    assert record.second_reading
    assert record.second_reading.usage == ONE_READING
    assert newsroom.is_done(record)


def test_what_was_not_read_is_read_later_and_not_written_again() -> None:
    """The upgrade run comes back to it: the draft is taken from the cache, and read."""
    newsroom = Newsroom(readings=[ModelDown("503"), ModelDown("503"), (SUPPORTED,)], policy="always")
    unread, still_unread = newsroom.record(), newsroom.record()

    read, again = newsroom.record(), newsroom.record()

    assert (unread.status, still_unread) == (Status.NEEDS_REVIEW, unread)
    assert (read.status, read.checks.second_reader, read.usage) == (Status.GENERATED, "read", ONE_CALL)
    assert newsroom.is_done(read)
    assert again == read
    assert (len(newsroom.writer.assignments), len(newsroom.reader.assignments)) == (1, 3)


def test_what_is_found_later_is_revised_as_at_once() -> None:
    """And paid for once."""
    newsroom = Newsroom([DRAFT, REVISED], [ModelDown("503"), (CONTRADICTED,), (SUPPORTED,)])
    newsroom.record()

    record, again = newsroom.record(), newsroom.record()

    assert record.summary == "The council voted in May."
    assert (record.usage, again) == (ONE_CALL + ONE_CALL, record)
    assert len(newsroom.writer.assignments) == 2


def test_a_revision_that_could_not_be_read_later_is_read_later_still() -> None:
    """Each text that is paid for is kept, and none is forgotten."""
    newsroom = Newsroom([DRAFT, REVISED], [ModelDown("503"), (CONTRADICTED,), ModelDown("503"), (SUPPORTED,)])
    newsroom.record()

    unread, read = newsroom.record(), newsroom.record()

    assert (unread.summary, unread.checks.second_reader) == ("The council voted in May.", "unavailable")
    assert (read.summary, read.checks.second_reader) == ("The council voted in May.", "read")
    assert newsroom.is_done(read)
    assert (len(newsroom.writer.assignments), len(newsroom.reader.assignments)) == (2, 4)
