"""Executions of a Step Functions state machine."""

import json

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.errors import StoreUnavailable


class StepFunctionsExecutions:
    """Starts executions for runs of the backfill."""

    def __init__(self) -> None:
        """Makes the client; nothing is sent yet."""
        self._stepfunctions = boto3.client("stepfunctions", config=client_config.DEFAULT)

    def start(self, state_machine: str, run_id: str, serial: int) -> None:
        """Starts execution ``serial`` of a run, once; raises ``StoreUnavailable``."""
        try:
            self._stepfunctions.start_execution(
                stateMachineArn=state_machine,
                name=execution_name(run_id, serial),
                input=json.dumps({"run": run_id, "serial": serial}),
            )
        except self._stepfunctions.exceptions.ExecutionAlreadyExists:
            return
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"Step Functions did not start an execution: {error}") from error


def execution_name(run_id: str, serial: int) -> str:
    """Returns the name of an execution, which is unique in its state machine for 90 days."""
    return f"{run_id}-{serial}"
