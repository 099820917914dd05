"""The state machines of the template, as moto plays them; they invoke the functions of this process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import boto3

from standfirst_local.environment import ACCOUNT, REGION
from standfirst_local.moto_lambda import invocable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from standfirst_local.deployment import StateMachinePlan
    from standfirst_local.functions import LocalFunction

_LOOK_SECONDS = 0.05
_STOP_SECONDS = 30

_ROLE = f"arn:aws:iam::{ACCOUNT}:role/state-machine"


class StateMachines:
    """Makes the state machines, and ends what they execute when it stops."""

    def __init__(
        self,
        plans: Sequence[StateMachinePlan],
        functions: Mapping[str, LocalFunction],
        resources: Mapping[str, str],
    ) -> None:
        """Prepare; ``start`` makes them. ``resources`` are the names of what is stored, by logical ids."""
        arns = {name: f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}" for name in functions}
        self._definitions = {plan.name: plan.resolved({**resources, **arns}) for plan in plans}
        self._invocable = invocable(functions)
        self._stepfunctions = boto3.client("stepfunctions")
        self._arns: list[str] = []

    def start(self) -> None:
        """Make them."""
        self._invocable.__enter__()
        for name, definition in self._definitions.items():
            made = self._stepfunctions.create_state_machine(name=name, definition=definition, roleArn=_ROLE)
            self._arns.append(made["stateMachineArn"])

    def stop(self) -> None:
        """End every execution, and return once the functions do nothing for them any more."""
        deadline = time.monotonic() + _STOP_SECONDS
        while (running := self._running()) and time.monotonic() < deadline:
            for arn in running:
                self._stepfunctions.stop_execution(executionArn=arn)
            time.sleep(_LOOK_SECONDS)
        self._invocable.__exit__(None, None, None)

    def _running(self) -> list[str]:
        return [
            each["executionArn"]
            for arn in self._arns
            for each in self._stepfunctions.list_executions(stateMachineArn=arn, statusFilter="RUNNING")["executions"]
        ]
