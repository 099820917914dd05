"""The runs of the backfill: one item each in the table of the model's state, and one that names the newest.

An item has the run as JSON, what the operator wants of it, and until when an invocation holds it. The operator's word
and the run are written by different parties, each with an update of its own attributes.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.backfill_run import Run, Wanted
from standfirst.domain.errors import RunHeld, RunInProgress, StoreUnavailable
from standfirst.domain.ports import Clock

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import UpdateItemOutputTypeDef

_NEWEST = {"id": {"S": "backfill"}}
_FREE = "0"
_CONDITION = "ConditionalCheckFailedException"


class DynamoDbRunTable:
    """``RunStore`` over the table of the model's state."""

    def __init__(self, table: str, clock: Clock) -> None:
        """Makes the client; nothing is sent yet."""
        self._table = table
        self._clock = clock
        self._dynamodb = boto3.client("dynamodb", config=client_config.DYNAMODB)

    def begin(self, run: Run) -> None:
        """See ``RunStore``; of two that begin at once, one does."""
        before = self.newest()
        if before and not before.state.is_over:
            raise RunInProgress(f"Run {before.run_id} is {before.state}: resume it, or stop it first.")
        is_same = "attribute_not_exists(run)" if before is None else "run = :before"
        values = {} if before is None else {":before": {"S": before.run_id}}
        item: Any = {
            **_key(run.run_id),
            "body": {"S": run.model_dump_json()},
            "wanted": {"S": Wanted.RUN},
            "serial": {"N": str(run.serial)},
            "held_until": {"N": _FREE},
        }
        newest: Any = {
            "TableName": self._table,
            "Key": _NEWEST,
            "UpdateExpression": "SET run = :run",
            "ConditionExpression": is_same,
            "ExpressionAttributeValues": {":run": {"S": run.run_id}, **values},
        }
        try:
            self._dynamodb.transact_write_items(
                TransactItems=[{"Put": {"TableName": self._table, "Item": item}}, {"Update": newest}]
            )
        except self._dynamodb.exceptions.TransactionCanceledException as error:
            raise RunInProgress("Another run has just begun.") from error
        except (ClientError, BotoCoreError) as error:
            raise _unavailable(error) from error

    def newest(self) -> Run | None:
        """See ``RunStore``."""
        found = self._get(_NEWEST)
        return self.get(found["run"]["S"]) if found else None

    def get(self, run_id: str) -> Run | None:
        """See ``RunStore``."""
        found = self._get(_key(run_id))
        return _run(found) if found else None

    def wanted(self, run_id: str) -> Wanted:
        """See ``RunStore``."""
        found = self._get(_key(run_id))
        return Wanted(found["wanted"]["S"]) if found else Wanted.STOP

    def want(self, run_id: str, wanted: Wanted) -> None:
        """See ``RunStore``."""
        self._update(run_id, "SET wanted = :wanted", "attribute_exists(body)", {":wanted": {"S": wanted}})

    def hold(self, run_id: str, serial: int, until: datetime) -> Run | None:
        """See ``RunStore``."""
        now, values = _milliseconds(self._clock.now()), {":serial": {"N": str(serial)}, ":until": _number(until)}
        try:
            found = self._update(
                run_id,
                "SET held_until = :until, serial = :serial",
                "serial <= :serial AND held_until < :now",
                {**values, ":now": {"N": str(now)}},
            )
        except RunHeld as held:
            item = self._get(_key(run_id))
            if item is None or int(item["serial"]["N"]) > serial:
                return None
            held.retry_after = max(0, int(item["held_until"]["N"]) - now) / 1000
            raise
        return _run(found["Attributes"])

    def save(self, run: Run, held: datetime) -> None:
        """See ``RunStore``."""
        values = {":body": {"S": run.model_dump_json()}, ":held": _number(held)}
        self._update(run.run_id, "SET body = :body", "held_until = :held", values)

    def let_go(self, run_id: str, held: datetime) -> None:
        """See ``RunStore``; if somebody else holds it by now, that stays so."""
        try:
            values = {":free": {"N": _FREE}, ":held": _number(held)}
            self._update(run_id, "SET held_until = :free", "held_until = :held", values)
        except RunHeld:
            return

    def _update(self, run_id: str, expression: str, condition: str, values: Any) -> "UpdateItemOutputTypeDef":  # noqa: ANN401 - as boto3 has it
        try:
            return self._dynamodb.update_item(
                TableName=self._table,
                Key=_key(run_id),
                UpdateExpression=expression,
                ConditionExpression=condition,
                ExpressionAttributeValues=values,
                ReturnValues="ALL_NEW",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == _CONDITION:
                raise RunHeld(f"Another invocation works on run {run_id}.") from error
            raise _unavailable(error) from error
        except BotoCoreError as error:
            raise _unavailable(error) from error

    def _get(self, key: Any) -> Any:  # noqa: ANN401 - an item as boto3 has it
        try:
            return self._dynamodb.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")
        except (ClientError, BotoCoreError) as error:
            raise _unavailable(error) from error


def _key(run_id: str) -> dict[str, dict[str, str]]:
    return {"id": {"S": f"backfill#{run_id}"}}


def _run(item: Any) -> Run:  # noqa: ANN401 - an item as boto3 has it
    """Returns the run in ``item``; a later execution than the one that stored it may work on it by now."""
    run, serial = Run.model_validate_json(item["body"]["S"]), int(item["serial"]["N"])
    return run if run.serial == serial else run.with_(serial=serial, steps=0)


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _number(moment: datetime) -> dict[str, str]:
    return {"N": str(_milliseconds(moment))}


def _unavailable(error: ClientError | BotoCoreError) -> StoreUnavailable:
    return StoreUnavailable(f"DynamoDB did not read or store the run: {error}")
