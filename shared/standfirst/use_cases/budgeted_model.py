"""A model that costs no more in a day than was agreed: every call is paid from the day's budget before it is made."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from standfirst.domain.article import Article
from standfirst.domain.errors import ModelUnusable, StandfirstError, StoreUnavailable
from standfirst.domain.ports import Assignment, Budget, Generation, Reservation, Summarizer, WriterIdentity
from standfirst.domain.record import Usage


@dataclass(frozen=True, slots=True)
class BudgetedModel:
    """``Summarizer`` over another, whose calls are paid from ``budget``.

    Before a call its likely cost is reserved, afterwards what it came to is counted. What has no price, or may be
    billed without having been answered, stays counted as it was reserved, and so does what is never heard of again.
    """

    summarizer: Summarizer
    budget: Budget

    @property
    def identity(self) -> WriterIdentity:
        """See ``Summarizer``."""
        return self.summarizer.identity

    def write(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation:
        """See ``Summarizer``; raises ``BudgetSpent`` instead of asking, and ``ModelUnusable`` for want of a price."""
        likely = self.likely_cost(assignment.article)
        if likely is None:
            raise ModelUnusable(
                f"There is a daily budget, but nothing says what {self.identity.model} costs: give its price."
            )
        spent: list[Usage] = []

        def spend_and_count(usage: Usage) -> None:
            spent.append(usage)
            record_usage(usage)

        reservation = self.budget.reserve(likely)
        try:
            generation = self.summarizer.write(assignment, spend_and_count)
        except StandfirstError:
            self._settle(reservation, spent)
            raise
        self._settle(reservation, spent)
        return generation

    def _settle(self, reservation: Reservation, spent: list[Usage]) -> None:
        total = sum(spent, Usage()).cost_usd
        # What cannot be settled stays counted as reserved; an answer that is paid for is not given up for that.
        with suppress(StoreUnavailable):
            self.budget.settle(reservation, reservation.usd if total is None else Decimal(total))

    def likely_cost(self, article: Article) -> Decimal | None:
        """See ``Summarizer``."""
        return self.summarizer.likely_cost(article)
