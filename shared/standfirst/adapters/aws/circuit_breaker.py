"""The circuit breaker of a model: Powertools' circuit breaker, its state in a DynamoDB table.

A model has two circuits. One counts transient faults (``ModelDown``) and opens after several in a row. The other opens
at the first fault that only an operator can fix (``ModelUnusable``) and has trials less often. While a circuit is open,
no worker calls the model. After a while one call goes through as a trial, and any answer to it closes the circuit.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar

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
from standfirst.domain.ports import WriterIdentity

T = TypeVar("T")

FAULTS_IN_A_ROW = 5
"""Transient faults in a row, in one worker, that open the circuit."""

TRIAL_SECONDS = 30
"""Time until the first trial of an open circuit, and the time limit of the trial."""

OPERATOR_TRIAL_SECONDS = 300
"""The same for a fault that an operator has to fix."""

# One success closes a circuit: with more, another worker may take over the trial in between and restart the count.
_DOWN = CircuitBreakerConfig(
    failure_threshold=FAULTS_IN_A_ROW, recovery_timeout=TRIAL_SECONDS, success_threshold=1, handled_exceptions=ModelDown
)
_UNUSABLE = CircuitBreakerConfig(
    failure_threshold=1, recovery_timeout=OPERATOR_TRIAL_SECONDS, success_threshold=1, handled_exceptions=ModelUnusable
)


SECOND_READER = "second reader"
"""The role of a model that reads; a circuit of its own, also if the same model writes."""


def _ignore(circuit: str) -> None:
    """The default for ``on_open``."""


class DynamoDbBreaker:
    """``Breaker`` of the model that ``identity`` names, as the writer or in another ``role``.

    One serves all threads of a process.
    ``on_open`` is called with a circuit's name when it opens, in the thread that met the fault.
    """

    def __init__(
        self, table: str, identity: WriterIdentity, on_open: Callable[[str], None] = _ignore, role: str = ""
    ) -> None:
        """Makes the client; nothing is sent yet."""
        client = boto3.client("dynamodb", config=client_config.CIRCUIT_BREAKER)
        self._store = CircuitBreakerDynamoDBPersistence(table, boto3_client=client)
        # Per model: another one may work while this one fails.
        model = " ".join(filter(None, (role, f"{identity.writer}/{identity.model}")))
        self._circuits = {f"{model} down": _DOWN, f"{model} unusable": _UNUSABLE}

        def on_transition(transition: CircuitTransition) -> None:
            if transition.to_state is CircuitState.OPEN:
                on_open(transition.circuit_name)

        self._guarded: Callable[..., Any] = _call
        for name, config in self._circuits.items():
            guard = circuit_breaker(name, self._store, on_transition=on_transition, config=config)
            self._guarded = guard(self._guarded)

    def call(self, ask: Callable[[], T]) -> T:
        """See ``Breaker``."""
        try:
            answer: T | StandfirstError = self._guarded(ask)
        except CircuitBreakerOpenError:
            raise ModelSwitchedOff("The model did not answer of late, so it is not asked for a while.") from None
        if isinstance(answer, StandfirstError):
            raise answer
        return answer

    def calls_allowed(self, wanted: int) -> int:
        """See ``Breaker``; if the table cannot be read, the circuit counts as closed, as in ``call``."""
        return min(self._allowed(name, config.recovery_timeout, wanted) for name, config in self._circuits.items())

    def _allowed(self, name: str, trial_seconds: int, wanted: int) -> int:
        circuit = self._store.get_state(name)
        if circuit.state is CircuitState.CLOSED:
            return wanted
        due = (circuit.opened_at or 0) + trial_seconds
        if circuit.state is CircuitState.HALF_OPEN:
            due = circuit.probe_lease_expiry or 0
        return min(wanted, int(time.time() >= due))


def _call(ask: Callable[[], T]) -> T | StandfirstError:
    """Returns the model's answer; also returns errors that are answers, so that no circuit counts them."""
    try:
        return ask()
    except (ModelUnusable, BudgetSpent):
        raise
    except (ModelError, ModelBusy) as answer:
        return answer
