"""Builds the circuit breakers and the budget of a lane: that of live news, or the one of backfills and upgrades.

Each lane has its own: what is done in the background neither spends the budget of live news nor stops it. Nothing of
OpenAI's client is imported, see ``wiring/model.py``.
"""

from collections.abc import Callable

from standfirst.adapters.aws.budget_table import BACKGROUND, LIVE, DynamoDbBudgetTable
from standfirst.adapters.aws.circuit_breaker import SECOND_READER, DynamoDbBreaker
from standfirst.adapters.clock import SystemClock
from standfirst.domain.ports import WriterIdentity
from standfirst.wiring.settings import ModelStateSettings


def _ignore(circuit: str) -> None:
    """The default for ``on_open``."""


def writer_breaker(
    settings: ModelStateSettings, writer: WriterIdentity, on_open: Callable[[str], None] = _ignore
) -> DynamoDbBreaker:
    """Returns the breaker of the writer's model; ``on_open`` is called with the name of a circuit that opens."""
    return DynamoDbBreaker(settings.model_state_table, writer, on_open, role=settings.model_lane or "")


def reader_breaker(
    settings: ModelStateSettings, reader: WriterIdentity, on_open: Callable[[str], None] = _ignore
) -> DynamoDbBreaker:
    """Returns the same of the second reader's model, a circuit of its own."""
    role = " ".join(filter(None, (settings.model_lane, SECOND_READER)))
    return DynamoDbBreaker(settings.model_state_table, reader, on_open, role=role)


def daily_budget(settings: ModelStateSettings) -> DynamoDbBudgetTable | None:
    """Returns the budget that writer and second reader share, ``None`` without a limit."""
    if settings.daily_budget_usd is None:
        return None
    name = BACKGROUND if settings.model_lane else LIVE
    return DynamoDbBudgetTable(settings.model_state_table, settings.daily_budget_usd, SystemClock(), name)
