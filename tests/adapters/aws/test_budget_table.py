"""One contract for every daily budget: the fake, and DynamoDB (moto)."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import boto3
import pytest

from fakes import FakeBudget, FakeClock
from standfirst.adapters.aws.budget_table import BILLION, KEPT, DynamoDbBudgetTable
from standfirst.domain.errors import BudgetSpent, StoreUnavailable
from standfirst.domain.ports import Budget, Reservation

DAYS = (datetime(2026, 3, 3, 9, tzinfo=UTC) + timedelta(days=number) for number in count())
"""Each test has a day of its own, on which nothing is spent."""

Open = Callable[[str], Budget]


@pytest.fixture
def table(storage: Mapping[str, str]) -> str:
    """The table of the template."""
    return storage["ModelStateTable"]


@pytest.fixture
def clock() -> FakeClock:
    """A clock at nine in the morning."""
    return FakeClock(next(DAYS))


@pytest.fixture(params=["in memory", "DynamoDB"])
def a_budget(request: pytest.FixtureRequest, clock: FakeClock) -> Open:
    """Makes a budget of so many US dollars a day."""
    if request.param == "in memory":
        return lambda usd: FakeBudget(Decimal(usd))
    table: str = request.getfixturevalue("table")
    return lambda usd: DynamoDbBudgetTable(table, Decimal(usd), clock)


@pytest.fixture
def real_budget(table: str, clock: FakeClock) -> Open:
    """The same, in DynamoDB only."""
    return lambda usd: DynamoDbBudgetTable(table, Decimal(usd), clock)


def reserved(budget: Budget, usd: str, at_most: int = 100) -> int:
    """How often ``usd`` can be reserved."""
    for number in range(at_most):
        try:
            budget.reserve(Decimal(usd))
        except BudgetSpent:
            return number
    return at_most


def item_of(table: str, day: date) -> dict[str, Any]:
    """What the table holds of a day; billionths of a dollar in whole numbers."""
    key = {"id": {"S": f"budget#{day}"}}
    return dict(boto3.client("dynamodb").get_item(TableName=table, Key=key)["Item"])


# ----------------------------------------------------------------------------------------------------------------------
# The contract
# ----------------------------------------------------------------------------------------------------------------------


def test_a_day_begins_with_nothing_spent(a_budget: Open) -> None:
    """Nobody has to open it."""
    assert not a_budget("1").is_spent()


def test_no_more_is_reserved_than_there_is(a_budget: Open) -> None:
    """To the cent; what would go over it is refused, what still fits is not."""
    budget = a_budget("1.00")

    assert reserved(budget, "0.30") == 3
    budget.reserve(Decimal("0.10"))
    assert budget.is_spent()
    with pytest.raises(BudgetSpent):
        budget.reserve(Decimal("0.000001"))


def test_a_refusal_counts_nothing(a_budget: Open) -> None:
    """A smaller call still fits afterwards."""
    budget = a_budget("1.00")
    budget.reserve(Decimal("0.60"))

    with pytest.raises(BudgetSpent):
        budget.reserve(Decimal("0.50"))

    budget.reserve(Decimal("0.40"))
    assert budget.is_spent()


def test_a_call_that_costs_more_than_a_day_may_is_never_let_through(a_budget: Open) -> None:
    """Not as the first one either; a smaller one is."""
    budget = a_budget("0.01")

    with pytest.raises(BudgetSpent):
        budget.reserve(Decimal("0.010001"))

    assert not budget.is_spent()
    assert budget.reserve(Decimal("0.01")).usd == Decimal("0.01")


def test_a_budget_of_nothing_is_spent_from_the_beginning(a_budget: Open) -> None:
    """With a budget of 0 nothing is to be spent."""
    budget = a_budget("0")

    assert budget.is_spent()
    assert reserved(budget, "0.000001") == 0


@pytest.mark.parametrize(
    ("actual", "further"),
    [("0", 10), ("0.1", 9), ("0.5", 5), ("0.9", 1), ("1.0", 0), ("1.3", 0)],
    ids=["nothing", "less", "half", "as reserved", "all", "more than there was"],
)
def test_what_a_call_came_to_takes_the_place_of_what_was_reserved(a_budget: Open, actual: str, further: int) -> None:
    """Down or up: what is left is what was not spent."""
    budget = a_budget("1.00")
    reservation = budget.reserve(Decimal("0.9"))

    budget.settle(reservation, Decimal(actual))

    assert budget.is_spent() == (further == 0)
    assert reserved(budget, "0.1") == further


def test_a_call_that_cost_nothing_leaves_the_budget_as_it_was(a_budget: Open) -> None:
    """The first of a day was not answered: what is back at nothing, however many decimals it had, goes on counting."""
    budget = a_budget("0.01")
    budget.settle(budget.reserve(Decimal("0.0017246")), Decimal(0))

    assert reserved(budget, "0.005") == 2
    assert budget.is_spent()


@pytest.mark.parametrize(
    ("usd", "most"),
    [
        ("0.0000321", "0.0003"),
        ("0.000123456789", "0.0011"),
        ("0.1", "0.8"),
    ],
)
def test_amounts_are_exact_however_small(a_budget: Open, usd: str, most: str) -> None:
    """A token costs a fraction of a millionth, and ten times 0.1 is 1."""
    budget = a_budget(most)

    assert reserved(budget, usd, at_most=20) == int(Decimal(most) / Decimal(usd))


def test_settlements_add_up_to_the_last_decimal(a_budget: Open) -> None:
    """After many calls nothing is left over, and nothing is missing."""
    budget = a_budget("1")

    for _ in range(7):
        budget.settle(budget.reserve(Decimal("0.1111")), Decimal("0.142857"))

    with pytest.raises(BudgetSpent):
        budget.reserve(Decimal("0.000002"))
    budget.reserve(Decimal("0.000001"))
    with pytest.raises(BudgetSpent):
        budget.reserve(Decimal("0.000000001"))


def test_budgets_of_other_names_are_spent_apart(table: str, clock: FakeClock) -> None:
    """What is done in the background takes nothing from live news."""
    live, background = (DynamoDbBudgetTable(table, Decimal(1), clock, *name) for name in ((), ("backfill-budget",)))

    background.reserve(Decimal(1))

    assert (live.is_spent(), background.is_spent()) == (False, True)


def test_who_is_refused_is_told_when_the_next_day_begins(real_budget: Open, clock: FakeClock) -> None:
    """At midnight UTC, however large the budget is."""
    budget = real_budget("1")
    clock.moment = clock.moment.replace(hour=22, minute=59)

    for usd in ("1.5", "1", "1"):
        with suppress(BudgetSpent):
            budget.reserve(Decimal(usd))
    clock.moment = clock.moment.replace(hour=22, minute=59)
    with pytest.raises(BudgetSpent) as caught:
        budget.reserve(Decimal(1))

    assert caught.value.retry_after == 3_600


def test_a_budget_of_which_next_to_nothing_is_left_is_spent(a_budget: Open) -> None:
    """No call costs so little: the next day is waited for."""
    budget = a_budget("1")

    budget.reserve(Decimal("0.98"))
    left = budget.is_spent()
    budget.reserve(Decimal("0.015"))

    assert (left, budget.is_spent()) == (False, True)


@pytest.mark.parametrize("usd", ["0.4000000", "0.4000001", "0.3999999999"], ids=["as reserved", "more", "less"])
def test_a_call_may_cost_nearly_what_was_reserved(a_budget: Open, usd: str) -> None:
    """The difference is nothing, or next to nothing, and is counted all the same."""
    budget = a_budget("1")

    budget.settle(budget.reserve(Decimal("0.4000000")), Decimal(usd))

    assert reserved(budget, "0.5") == 1
    assert reserved(budget, "0.11") == 0
    assert reserved(budget, "0.09") == 1


# ----------------------------------------------------------------------------------------------------------------------
# Days
# ----------------------------------------------------------------------------------------------------------------------


def test_the_next_day_is_new(real_budget: Open, clock: FakeClock) -> None:
    """At midnight UTC."""
    budget = real_budget("1")
    budget.reserve(Decimal(1))
    assert budget.is_spent()

    clock.moment = clock.moment.replace(hour=23, minute=57)
    assert budget.is_spent()
    assert budget.is_spent()
    next(DAYS)

    assert not budget.is_spent()
    budget.reserve(Decimal(1))


def test_a_call_is_settled_on_the_day_it_was_reserved(real_budget: Open, clock: FakeClock) -> None:
    """One that ends after midnight gives nothing to the next day."""
    budget, today = real_budget("1"), clock.moment.date()
    reservation = budget.reserve(Decimal(1))
    clock.moment += timedelta(days=1)
    next(DAYS)
    tomorrows = budget.reserve(Decimal(1))

    budget.settle(reservation, Decimal(0))

    assert (reservation.day, tomorrows.day) == (today, today + timedelta(days=1))
    assert budget.is_spent()


def test_a_day_forgets_itself_in_the_end(real_budget: Open, table: str, clock: FakeClock) -> None:
    """By the attribute that the table looks at; until then one can look up what it cost."""
    day = clock.moment.date()
    budget = real_budget("1")

    budget.settle(budget.reserve(Decimal("0.5")), Decimal("0.25"))

    item = item_of(table, day)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert item["spent"] == {"N": str(BILLION // 4)}
    assert int(item["expiration"]["N"]) == int((midnight + KEPT).timestamp())


# ----------------------------------------------------------------------------------------------------------------------
# Many at once, and a store in trouble
# ----------------------------------------------------------------------------------------------------------------------


def test_fifty_threads_do_not_spend_more_than_there_is(real_budget: Open, table: str, clock: FakeClock) -> None:
    """They see each other, whichever environment they are in: a budget for ten calls lets ten through."""
    day = clock.moment.date()
    budgets, start = [real_budget("1.00") for _ in range(2)], threading.Barrier(50)

    def ask(number: int) -> int:
        start.wait()
        return reserved(budgets[number % 2], "0.10", at_most=1)

    with ThreadPoolExecutor(50) as pool:
        let_through = sum(pool.map(ask, range(50)))

    assert let_through == 10
    assert item_of(table, day)["spent"] == {"N": str(BILLION)}


@pytest.mark.parametrize(
    "operation",
    [
        lambda budget: budget.reserve(Decimal(1)),
        lambda budget: budget.settle(Reservation(date(2026, 3, 3), Decimal(1)), Decimal(0)),
        lambda budget: budget.is_spent(),
    ],
    ids=["reserve", "settle", "is spent"],
)
@pytest.mark.parametrize("where", ["no table", "no network"])
def test_a_budget_that_cannot_be_asked_is_a_transient_error(
    storage: Mapping[str, str],
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
    operation: Callable[[Budget], object],
    where: str,
) -> None:
    """Neither spent nor free: the queue tries again."""
    assert storage
    if where == "no network":
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    budget = DynamoDbBudgetTable("no-such-table", Decimal(1), clock)

    with pytest.raises(StoreUnavailable) as caught:
        operation(budget)

    assert caught.value.__cause__
