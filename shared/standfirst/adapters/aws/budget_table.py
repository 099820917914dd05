"""The daily budget: one item a day in a DynamoDB table, whose ``spent`` only ever changes by adding to it.

``spent`` counts billionths of a US dollar: a token costs some tens of them, and whole numbers add up without rounding.
The item forgets itself after some days (``expiration`` is the table's TTL attribute).
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.errors import BudgetSpent, StoreUnavailable
from standfirst.domain.ports import Clock, Reservation

KEPT = timedelta(days=40)
"""So long one can still look up what a day cost."""

BILLION = 10**9

NEARLY_ALL = Decimal("0.99")
"""Of a budget, is all: what is left is hardly ever as much as a call costs."""


class DynamoDbBudgetTable:
    """``Budget`` of so many US dollars a day, from midnight to midnight UTC. One serves all threads of a process."""

    def __init__(self, table: str, usd_a_day: Decimal, clock: Clock) -> None:
        """Make the client; nothing is sent yet."""
        self._table = table
        self._usd_a_day = usd_a_day
        self._clock = clock
        self._dynamodb = boto3.client("dynamodb", config=client_config.DEFAULT)

    def reserve(self, usd: Decimal) -> Reservation:
        """See ``Budget``; one update, so that two who reserve at the same time see each other."""
        day = self._clock.now().date()
        if usd > self._usd_a_day:
            raise self._spent(day)
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=_key(day),
                UpdateExpression="ADD spent :usd SET expiration = :expiration",
                ConditionExpression="attribute_not_exists(spent) OR spent <= :room",
                ExpressionAttributeValues={
                    ":usd": _billionths(usd),
                    ":room": _billionths(self._usd_a_day - usd),
                    ":expiration": {"N": str(_expiration(day))},
                },
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                raise self._spent(day) from error
            raise StoreUnavailable(f"DynamoDB did not count what is spent: {error}") from error
        except BotoCoreError as error:
            raise StoreUnavailable(f"DynamoDB could not be reached to count what is spent: {error}") from error
        return Reservation(day, usd)

    def _spent(self, day: date) -> BudgetSpent:
        return BudgetSpent(f"The budget of {self._usd_a_day} US dollars for {day} is spent.")

    def settle(self, reservation: Reservation, usd: Decimal) -> None:
        """See ``Budget``."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=_key(reservation.day),
                UpdateExpression="ADD spent :more",
                ExpressionAttributeValues={":more": _billionths(usd - reservation.usd)},
            )
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"DynamoDB did not count what was spent: {error}") from error

    def is_spent(self) -> bool:
        """See ``Budget``."""
        try:
            item = self._dynamodb.get_item(TableName=self._table, Key=_key(self._clock.now().date())).get("Item", {})
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"DynamoDB did not say what is spent: {error}") from error
        spent = Decimal(item["spent"]["N"]) if "spent" in item else 0
        return spent >= self._usd_a_day * BILLION * NEARLY_ALL


def _key(day: date) -> dict[str, dict[str, str]]:
    return {"id": {"S": f"budget#{day.isoformat()}"}}


def _expiration(day: date) -> int:
    return int((datetime.combine(day, time(), UTC) + KEPT).timestamp())


def _billionths(usd: Decimal) -> dict[str, str]:
    return {"N": str(round(usd * BILLION))}
