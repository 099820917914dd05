"""The breaker between us and the model: Powertools' circuit breaker, its state in a DynamoDB table.

There are two circuits. One counts faults that pass (``ModelDown``) and opens after several in a row. The other opens at
the first fault that passes only when an operator does something (``ModelUnusable``), and tries again less often. One
that is open keeps every worker from asking. After a while one call is let through as a trial, and closes the circuit
when it is answered, whatever the answer.
"""

import time
from collections.abc import Callable
from decimal import Decimal

import boto3
from aws_lambda_powertools.utilities.circuit_breaker import (
    CircuitBreakerConfig,
    CircuitBreakerOpenError,
    CircuitState,
    CircuitTransition,
    circuit_breaker,
)
from aws_lambda_powertools.utilities.circuit_breaker.persistence import CircuitBreakerDynamoDBPersistence
from botocore.config import Config

from standfirst.domain.article import Article
from standfirst.domain.errors import (
    BudgetSpent,
    ModelBusy,
    ModelDown,
    ModelError,
    ModelSwitchedOff,
    ModelUnusable,
    StandfirstError,
)
from standfirst.domain.ports import Assignment, Generation, Summarizer, WriterIdentity
from standfirst.domain.record import Usage

FAULTS_IN_A_ROW = 5
"""So many of one worker open the circuit of faults that pass."""

TRIAL_SECONDS = 30
"""An open circuit lets a trial through after so long; also the time the trial has."""

OPERATOR_TRIAL_SECONDS = 300
"""The same where an operator has to act."""

Tell = Callable[[str], None]
"""Is told the name of a circuit."""

_CONFIG = Config(retries={"mode": "standard", "total_max_attempts": 2}, connect_timeout=1, read_timeout=2)
# One success closes a circuit: with more, another worker may take the trial over in between and begin to count anew.
_DOWN = CircuitBreakerConfig(
    failure_threshold=FAULTS_IN_A_ROW, recovery_timeout=TRIAL_SECONDS, success_threshold=1, handled_exceptions=ModelDown
)
_UNUSABLE = CircuitBreakerConfig(
    failure_threshold=1, recovery_timeout=OPERATOR_TRIAL_SECONDS, success_threshold=1, handled_exceptions=ModelUnusable
)


class ModelBehindBreaker:
    """``Summarizer`` over another, which is not asked while a circuit is open.

    ``tell_opened`` is called when a circuit opens, from the thread that met the fault.
    """

    def __init__(self, summarizer: Summarizer, table: str, on_breaker_open: Tell) -> None:
        """Make the client; nothing is sent yet."""
        self._summarizer = summarizer
        store = _store(table)

        def on_transition(transition: CircuitTransition) -> None:
            if transition.to_state is CircuitState.OPEN:
                on_breaker_open(transition.circuit_name)

        down, unusable = _names(summarizer.identity)
        guarded = circuit_breaker(down, store, on_transition=on_transition, config=_DOWN)(self._answer)
        self._guarded = circuit_breaker(unusable, store, on_transition=on_transition, config=_UNUSABLE)(guarded)

    @property
    def identity(self) -> WriterIdentity:
        """See ``Summarizer``."""
        return self._summarizer.identity

    def write(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation:
        """See ``Summarizer``; raises ``ModelSwitchedOff`` when a circuit is open."""
        try:
            answer: Generation | StandfirstError = self._guarded(assignment, record_usage)
        except CircuitBreakerOpenError:
            raise ModelSwitchedOff("The model did not answer of late, so it is not asked for a while.") from None
        if isinstance(answer, StandfirstError):
            raise answer
        return answer

    def likely_cost(self, article: Article) -> Decimal | None:
        """See ``Summarizer``."""
        return self._summarizer.likely_cost(article)

    def _answer(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation | StandfirstError:
        """What the model answered. An error that is an answer is no fault, so it is returned."""
        try:
            return self._summarizer.write(assignment, record_usage)
        except (ModelUnusable, BudgetSpent):
            raise
        except (ModelError, ModelBusy) as answer:
            return answer


class DynamoDbBreaker:
    """``Breaker``: what a table knows of the circuits before the model that ``identity`` names."""

    def __init__(self, table: str, identity: WriterIdentity) -> None:
        """Make the client; nothing is sent yet."""
        self._store = _store(table)
        self._circuits = dict(zip(_names(identity), (TRIAL_SECONDS, OPERATOR_TRIAL_SECONDS), strict=True))

    def calls_allowed(self, wanted: int) -> int:
        """See ``Breaker``; a table that cannot be read counts as a closed circuit, as it does for the calls."""
        return min(self._allowed(name, trial_seconds, wanted) for name, trial_seconds in self._circuits.items())

    def _allowed(self, name: str, trial_seconds: int, wanted: int) -> int:
        circuit = self._store.get_state(name)
        if circuit.state is CircuitState.CLOSED:
            return wanted
        due = (circuit.opened_at or 0) + trial_seconds
        if circuit.state is CircuitState.HALF_OPEN:
            due = circuit.probe_lease_expiry or 0
        return min(wanted, int(time.time() >= due))


def _names(identity: WriterIdentity) -> tuple[str, str]:
    # Another model may well answer where this one does not.
    model = f"{identity.writer}/{identity.model}"
    return f"{model} down", f"{model} unusable"


def _store(table: str) -> CircuitBreakerDynamoDBPersistence:
    return CircuitBreakerDynamoDBPersistence(table, boto3_client=boto3.client("dynamodb", config=_CONFIG))
