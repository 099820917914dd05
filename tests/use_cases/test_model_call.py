"""One call of the model: its circuit breaker and its budget, with fakes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from builders import A_MINUTE, a_draft, a_style, an_article
from fakes import FakeBreaker, FakeBudget, FakeSummarizer
from standfirst.domain.draft import Draft
from standfirst.domain.errors import (
    BudgetSpent,
    ModelBusy,
    ModelDown,
    ModelOutputInvalid,
    ModelRefused,
    ModelSwitchedOff,
    ModelUnusable,
    StoreUnavailable,
)
from standfirst.domain.ports import Assignment, Generation, Reservation
from standfirst.domain.usage import Usage
from standfirst.use_cases.model_call import ModelCall

GOOD = a_draft("The ferry is to return.", "The council voted.")
LIKELY = Decimal("0.40")


def a_bill(cost: str | None) -> Usage:
    """What one answer cost."""
    return Usage(input_tokens=1_000, output_tokens=100, cost_usd=cost)


@dataclass
class GuardedModel:
    """A model within a budget of a dollar a day, and what was spent."""

    answer: Draft | Exception = GOOD
    bills: Sequence[Usage] = (a_bill("0.25"),)
    costs: Decimal | None = LIKELY
    budget: FakeBudget = field(default_factory=lambda: FakeBudget(Decimal(1)))
    breaker: FakeBreaker = field(default_factory=FakeBreaker)
    spent: list[Usage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.model = FakeSummarizer([], costs=self.costs)
        self.call = ModelCall(self.model, self.breaker, self.budget)

    def write(self) -> Generation:
        """What comes of one call."""
        self.model.script, self.model.bills = [self.answer], list(self.bills)
        return self.call.write(Assignment(an_article(), a_style(), A_MINUTE), self.spent.append)


def test_what_the_model_gives_is_handed_through() -> None:
    """And what it cost, and who it is."""
    guarded = GuardedModel()

    assert guarded.write() == Generation(GOOD)
    assert guarded.spent == [a_bill("0.25")]
    assert guarded.call.identity == guarded.model.identity


def test_the_likely_cost_is_set_apart_before_the_model_is_asked() -> None:
    """Else ten calls at once would each find the budget untouched."""
    guarded = GuardedModel()
    seen: list[Decimal] = []
    guarded.model.script = [GOOD]

    guarded.call.write(Assignment(an_article(), a_style(), A_MINUTE), lambda _: seen.append(guarded.budget.spent))

    assert seen == [LIKELY]


@pytest.mark.parametrize("cost", ["0", "0.25", "0.40", "0.75"], ids=["nothing", "less", "as likely", "more"])
def test_afterwards_the_budget_counts_what_it_came_to(cost: str) -> None:
    """In the place of what was likely."""
    guarded = GuardedModel(bills=[a_bill(cost)])

    guarded.write()

    assert guarded.budget.spent == Decimal(cost)


def test_a_budget_that_is_spent_keeps_the_model_from_being_asked() -> None:
    """And counts nothing more."""
    guarded = GuardedModel(bills=[a_bill("0.35")])
    guarded.write()
    guarded.write()

    with pytest.raises(BudgetSpent):
        guarded.write()

    assert len(guarded.model.assignments) == 2
    assert guarded.budget.spent == Decimal("0.70")
    assert len(guarded.spent) == 2


@pytest.mark.parametrize("error", [ModelRefused("no"), ModelOutputInvalid("cut off")], ids=["refused", "cut off"])
def test_an_answer_of_no_use_is_counted_too(error: Exception) -> None:
    """It is paid for."""
    guarded = GuardedModel(answer=error)

    with pytest.raises(type(error)) as caught:
        guarded.write()

    assert caught.value is error
    assert guarded.budget.spent == Decimal("0.25")


@pytest.mark.parametrize(
    "error", [ModelDown("503"), ModelBusy("429"), ModelUnusable("401")], ids=["down", "busy", "unusable"]
)
def test_a_call_that_was_not_answered_costs_nothing(error: Exception) -> None:
    """What was set apart is free again: an outage does not eat the budget up."""
    guarded = GuardedModel(answer=error)

    for _ in range(5):
        with pytest.raises(type(error)):
            guarded.write()

    assert guarded.budget.spent == 0


@dataclass
class LongWinded(FakeSummarizer):
    """A model with two answers for one draft."""

    def write(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation:
        """Spends before, too."""
        record_usage(a_bill("0.10"))
        return super().write(assignment, record_usage)


def test_every_answer_of_a_call_is_counted() -> None:
    """A long article is read in parts, and a useless answer is asked for again."""
    budget, spent = FakeBudget(Decimal(1)), []
    model = LongWinded([GOOD], bills=[a_bill("0.25")], costs=LIKELY)
    within = ModelCall(model, FakeBreaker(), budget)

    within.write(Assignment(an_article(), a_style(), A_MINUTE), spent.append)

    assert budget.spent == Decimal("0.35")
    assert spent == [a_bill("0.10"), a_bill("0.25")]


def test_an_answer_without_a_price_stays_counted_as_likely() -> None:
    """Nobody knows what it cost; nothing would be the worst guess."""
    guarded = GuardedModel(bills=[a_bill(None)])

    guarded.write()

    assert guarded.budget.spent == LIKELY


def test_an_answer_of_unknown_cost_counts_beside_one_of_a_known_cost() -> None:
    """The first came malformed and is billed, the second is the draft: both are paid for."""
    budget = FakeBudget(Decimal(1))
    model = LongWinded([GOOD], bills=[a_bill(None)], costs=LIKELY)

    ModelCall(model, FakeBreaker(), budget).write(Assignment(an_article(), a_style(), A_MINUTE), lambda _: None)

    assert budget.spent == LIKELY + Decimal("0.10")


def test_a_model_without_a_price_is_the_operators() -> None:
    """It cannot be kept within a budget; nothing is asked and nothing set apart, and the message says what to do."""
    guarded = GuardedModel(costs=None)

    with pytest.raises(ModelUnusable, match="a-model costs: give its price"):
        guarded.write()

    assert not guarded.model.assignments
    assert guarded.budget.spent == 0


class Deaf(FakeBudget):
    """A budget that is not reached any more once the model was asked."""

    def settle(self, reservation: Reservation, usd: Decimal) -> None:
        """Not to be had."""
        raise StoreUnavailable(f"{reservation} {usd}")


def test_an_answer_that_cannot_be_settled_stays_counted_as_likely() -> None:
    """It is paid for, so it is given all the same."""
    guarded = GuardedModel(budget=Deaf(Decimal(1)))

    assert guarded.write() == Generation(GOOD)
    assert guarded.budget.spent == LIKELY


def test_an_error_of_the_model_is_raised_even_if_its_cost_cannot_be_recorded() -> None:
    """It says what to do; the store's trouble does not."""
    guarded = GuardedModel(answer=ModelRefused("no"), budget=Deaf(Decimal(1)))

    with pytest.raises(ModelRefused):
        guarded.write()


class Away(FakeBudget):
    """A budget that is not reached."""

    def reserve(self, usd: Decimal) -> Reservation:
        """Not to be had."""
        raise StoreUnavailable(f"{usd}")


def test_a_budget_that_cannot_be_asked_keeps_the_model_from_being_asked() -> None:
    """The queue tries again."""
    guarded = GuardedModel(budget=Away(Decimal(1)))

    with pytest.raises(StoreUnavailable):
        guarded.write()

    assert not guarded.model.assignments


def test_an_open_breaker_keeps_the_model_from_being_asked_and_reserves_nothing() -> None:
    """An outage does not eat the budget up."""
    guarded = GuardedModel(breaker=FakeBreaker(allows=0))

    with pytest.raises(ModelSwitchedOff):
        guarded.write()

    assert not guarded.model.assignments
    assert guarded.budget.spent == 0


def test_a_crash_leaves_the_likely_cost_counted() -> None:
    """Nobody knows whether the call was answered, and billed."""
    guarded = GuardedModel(answer=ZeroDivisionError())

    with pytest.raises(ZeroDivisionError):
        guarded.write()

    assert guarded.budget.spent == LIKELY


@pytest.mark.parametrize("costs", [LIKELY, None], ids=["a price", "no price"])
def test_without_a_budget_the_model_is_asked_at_any_price(costs: Decimal | None) -> None:
    """A deployment that sets no limit needs no price list."""
    model, spent = FakeSummarizer([GOOD], bills=[a_bill("99")], costs=costs), list[Usage]()

    generation = ModelCall(model, FakeBreaker()).write(Assignment(an_article(), a_style(), A_MINUTE), spent.append)

    assert generation == Generation(GOOD)
    assert spent == [a_bill("99")]
