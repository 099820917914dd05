"""The circuit breaker of a model: Powertools' circuit breaker, its state in a DynamoDB table.

A model has two circuits. One counts transient faults (``ModelDown``) and opens after several in a row. The other opens
at the first fault that only an operator can remove (``ModelUnusable``) and tries again less often. An open circuit
keeps all workers from calling the model. After a while one call is let through as a trial, and closes the circuit when
the model answers it, whatever the answer.
"""

import time
from collections.abc import Callable

import boto3
from aws_lambda_powertools.utilities.circuit_breaker import (
    CircuitBreakerConfig,
    CircuitBreakerOpenError,
    CircuitState,
    CircuitTransition,
    circuit_breaker,
)
from aws_lambda_powertools.utilities.circuit_breaker.persistence import CircuitBreakerDynamoDBPersistence

from standfirst.adapters.aws import client_config
from standfirst.domain.errors import (
    BudgetSpent,
    ModelBusy,
    ModelDown,
    ModelError,
    ModelSwitchedOff,
    ModelUnusable,
    StandfirstError,
)
from standfirst.domain.ports import Generation, WriterIdentity

FAULTS_IN_A_ROW = 5
"""So many of one worker open the circuit of transient faults."""

TRIAL_SECONDS = 30
"""An open circuit lets a trial through after so long; also the time the trial has."""

OPERATOR_TRIAL_SECONDS = 300
"""The same where an operator has to act."""

# One success closes a circuit: with more, another worker may take the trial over in between and begin to count anew.
_DOWN = CircuitBreakerConfig(
    failure_threshold=FAULTS_IN_A_ROW, recovery_timeout=TRIAL_SECONDS, success_threshold=1, handled_exceptions=ModelDown
)
_UNUSABLE = CircuitBreakerConfig(
    failure_threshold=1, recovery_timeout=OPERATOR_TRIAL_SECONDS, success_threshold=1, handled_exceptions=ModelUnusable
)


def _ignore(circuit: str) -> None:
    """Nobody needs to know that a circuit has opened."""


class DynamoDbBreaker:
    """``Breaker`` of the model that ``identity`` names. One serves all threads of a process.

    ``on_open`` is called with a circuit's name when it opens, in the thread that met the fault.
    """

    def __init__(self, table: str, identity: WriterIdentity, on_open: Callable[[str], None] = _ignore) -> None:
        """Make the client; nothing is sent yet."""
        client = boto3.client("dynamodb", config=client_config.CIRCUIT_BREAKER)
        self._store = CircuitBreakerDynamoDBPersistence(table, boto3_client=client)
        # Another model may well answer where this one does not.
        model = f"{identity.writer}/{identity.model}"
        self._circuits = {f"{model} down": _DOWN, f"{model} unusable": _UNUSABLE}

        def on_transition(transition: CircuitTransition) -> None:
            if transition.to_state is CircuitState.OPEN:
                on_open(transition.circuit_name)

        self._guarded = _answer
        for name, config in self._circuits.items():
            guard = circuit_breaker(name, self._store, on_transition=on_transition, config=config)
            self._guarded = guard(self._guarded)

    def call(self, ask: Callable[[], Generation]) -> Generation:
        """See ``Breaker``."""
        try:
            answer = self._guarded(ask)
        except CircuitBreakerOpenError:
            raise ModelSwitchedOff("The model did not answer of late, so it is not asked for a while.") from None
        if isinstance(answer, StandfirstError):
            raise answer
        return answer

    def calls_allowed(self, wanted: int) -> int:
        """See ``Breaker``; a table that cannot be read counts as a closed circuit, as it does for ``call``."""
        return min(self._allowed(name, config.recovery_timeout, wanted) for name, config in self._circuits.items())

    def _allowed(self, name: str, trial_seconds: int, wanted: int) -> int:
        circuit = self._store.get_state(name)
        if circuit.state is CircuitState.CLOSED:
            return wanted
        due = (circuit.opened_at or 0) + trial_seconds
        if circuit.state is CircuitState.HALF_OPEN:
            due = circuit.probe_lease_expiry or 0
        return min(wanted, int(time.time() >= due))


def _answer(ask: Callable[[], Generation]) -> Generation | StandfirstError:
    """Returns what the model answered; an error that is an answer is returned too, so that no circuit counts it."""
    try:
        return ask()
    except (ModelUnusable, BudgetSpent):
        raise
    except (ModelError, ModelBusy) as answer:
        return answer
