"""Calls a model, as writer or as second reader, behind its circuit breaker and within the daily budget."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from standfirst.domain.article import Article
from standfirst.domain.errors import ModelUnusable, StandfirstError, StoreUnavailable
from standfirst.domain.ports import (
    Assignment,
    Breaker,
    Budget,
    Generation,
    PricedSecondReader,
    PricedSummarizer,
    Read,
    ReadingAssignment,
    Reservation,
    WriterIdentity,
)
from standfirst.domain.second_reading import Verdict
from standfirst.domain.usage import Usage


@dataclass(frozen=True, slots=True)
class ModelCall:
    """``Summarizer`` over another: reserves the likely cost, calls the model, and settles the actual cost.

    Without ``budget`` there is no limit. An open breaker reserves nothing. The reservation stays counted after a call
    with an unknown cost, such as one that may be billed without an answer, and one that never returned.
    """

    summarizer: PricedSummarizer
    breaker: Breaker
    budget: Budget | None = None

    @property
    def identity(self) -> WriterIdentity:
        """See ``Summarizer``."""
        return self.summarizer.identity

    def write(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation:
        """See ``Summarizer``.

        Also raises ``ModelSwitchedOff``, ``BudgetSpent`` and, where there is a budget but no price, ``ModelUnusable``.
        """
        return self.breaker.call(partial(self._ask, assignment, record_usage))

    def read_answer(self, answer: str, record_usage: Callable[[Usage], None]) -> Generation:
        """See ``Summarizer``; the batch that brought the answer was paid for."""
        return self.summarizer.read_answer(answer, record_usage)

    def _ask(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation:
        if self.budget is None:
            return self.summarizer.write(assignment, record_usage)
        likely = self.summarizer.likely_cost(assignment.article)
        if likely is None:
            raise _unpriced(self.identity)
        spent: list[Usage] = []

        def record_both(usage: Usage) -> None:
            spent.append(usage)
            record_usage(usage)

        reservation = self.budget.reserve(likely)
        try:
            generation = self.summarizer.write(assignment, record_both)
        except StandfirstError:
            _settle(self.budget, reservation, spent)
            raise
        _settle(self.budget, reservation, spent)
        return generation


@dataclass(frozen=True, slots=True)
class ReaderCall:
    """``ReservingReader`` over a second reader; breaker and budget as in ``ModelCall``.

    The budget is the writer's too, the breaker a circuit of its own: a reader that is down stops no writer.
    """

    reader: PricedSecondReader
    breaker: Breaker
    budget: Budget | None

    @property
    def identity(self) -> WriterIdentity:
        """See ``ReservingReader``."""
        return self.reader.identity

    @contextmanager
    def reserved(self, article: Article) -> Iterator[Read]:
        """See ``ReservingReader``. What it yields also raises ``ModelSwitchedOff`` and ``ModelUnusable``."""
        likely = self.reader.likely_cost(article) if self.budget else None
        if self.budget is None:
            yield lambda assignment, record: self.breaker.call(partial(self.reader.read, assignment, record))
            return
        if likely is None:
            # Within the breaker, as for the writer: an operator is told.
            yield lambda _, __: self.breaker.call(self._refuse_unpriced)
            return
        spent: list[Usage] = []

        def read(assignment: ReadingAssignment, record_usage: Callable[[Usage], None]) -> tuple[Verdict, ...]:
            def record_both(usage: Usage) -> None:
                spent.append(usage)
                record_usage(usage)

            return self.breaker.call(partial(self.reader.read, assignment, record_both))

        reservation = self.budget.reserve(likely)
        try:
            yield read
        except StandfirstError:
            _settle(self.budget, reservation, spent)
            raise
        _settle(self.budget, reservation, spent)

    def _refuse_unpriced(self) -> tuple[Verdict, ...]:
        raise _unpriced(self.identity)


def _unpriced(identity: WriterIdentity) -> ModelUnusable:
    return ModelUnusable(f"There is a daily budget, but nothing says what {identity.model} costs: give its price.")


def _settle(budget: Budget, reservation: Reservation, spent: list[Usage]) -> None:
    known = sum(Decimal(usage.cost_usd) for usage in spent if usage.cost_usd is not None)
    # An answer of unknown cost is one more than those whose cost is known: it is counted as what was likely.
    unknown = reservation.usd if any(usage.cost_usd is None for usage in spent) else 0
    # If this fails, the reservation stays as it is; an answer that is paid for is not lost for it.
    with suppress(StoreUnavailable):
        budget.settle(reservation, Decimal(known + unknown))
