"""The daily budget: one item a day in a DynamoDB table, whose ``spent`` is only changed by atomic additions.

``spent`` is in billionths of a US dollar: a token costs some tens of them, and integers add up without rounding. Items
expire after ``KEPT`` (``expiration`` is the table's TTL attribute).
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import product

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.errors import BudgetSpent, StoreUnavailable
from standfirst.domain.ports import Clock, Reservation

KEPT = timedelta(days=40)
"""How long the cost of a day can be looked up."""

BILLION = 10**9

LIVE, BACKGROUND = "budget", "backfill-budget"
"""The names of the budgets: of live news, and of backfills and upgrades."""

NEARLY_ALL = Decimal("0.99")
"""Share of the budget that counts as all of it: the rest is hardly ever enough for a call."""


class DynamoDbBudgetTable:
    """``Budget`` of so many US dollars a day, from midnight to midnight UTC. One serves all threads of a process.

    ``LIVE`` and ``BACKGROUND`` are counted apart.
    """

    def __init__(self, table: str, usd_a_day: Decimal, clock: Clock, name: str = LIVE) -> None:
        """Makes the client; nothing is sent yet."""
        self._name = name
        self._table = table
        self._usd_a_day = usd_a_day
        self._clock = clock
        self._dynamodb = boto3.client("dynamodb", config=client_config.DYNAMODB)

    def reserve(self, usd: Decimal) -> Reservation:
        """See ``Budget``; one conditional update, so that concurrent reservations cannot exceed the budget."""
        now = self._clock.now()
        day = now.date()
        expiration = datetime.combine(day, time(), UTC) + KEPT
        if usd > self._usd_a_day:
            raise self._spent(now)
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=self._key(day),
                UpdateExpression="ADD spent :usd SET expiration = :expiration",
                ConditionExpression="attribute_not_exists(spent) OR spent <= :room",
                ExpressionAttributeValues={
                    ":usd": _billionths(usd),
                    ":room": _billionths(self._usd_a_day - usd),
                    ":expiration": {"N": str(int(expiration.timestamp()))},
                },
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                raise self._spent(now) from error
            raise StoreUnavailable(f"DynamoDB did not count what is spent: {error}") from error
        except BotoCoreError as error:
            raise StoreUnavailable(f"DynamoDB could not be reached to count what is spent: {error}") from error
        return Reservation(day, usd)

    def _spent(self, now: datetime) -> BudgetSpent:
        tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
        return BudgetSpent(
            f"The budget of {self._usd_a_day} US dollars for {now.date()} is spent.", (tomorrow - now).total_seconds()
        )

    def settle(self, reservation: Reservation, usd: Decimal) -> None:
        """See ``Budget``."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=self._key(reservation.day),
                UpdateExpression="ADD spent :more",
                ExpressionAttributeValues={":more": _billionths(usd - reservation.usd)},
            )
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"DynamoDB did not count what was spent: {error}") from error

    @property
    def usd_a_day(self) -> Decimal:
        """Returns the budget of a day."""
        return self._usd_a_day

    def is_spent(self) -> bool:
        """See ``Budget``."""
        return self.spent() >= self._usd_a_day * NEARLY_ALL

    def spent(self) -> Decimal:
        """Returns the US dollars that are spent or reserved today; raises ``StoreUnavailable``."""
        try:
            found = self._dynamodb.get_item(TableName=self._table, Key=self._key(self._clock.now().date()))
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"DynamoDB did not say what is spent: {error}") from error
        item = found.get("Item", {})
        return Decimal(item["spent"]["N"] if "spent" in item else 0) / BILLION

    def _key(self, day: date) -> dict[str, dict[str, str]]:
        return _key(self._name, day)


def spent_on(table: str, days: Iterable[date]) -> Mapping[date, Decimal]:
    """Returns the US dollars that the budgets counted on each of ``days``; a day of which nothing is kept is left out.

    That is the cost of every call, and what was likely for those whose cost is not known. Raises ``StoreUnavailable``.
    """
    dynamodb = boto3.client("dynamodb", config=client_config.DYNAMODB)
    found: dict[date, Decimal] = {}
    try:
        for day, name in product(days, (LIVE, BACKGROUND)):
            if item := dynamodb.get_item(TableName=table, Key=_key(name, day)).get("Item"):
                found[day] = found.get(day, Decimal(0)) + Decimal(item["spent"]["N"]) / BILLION
    except (ClientError, BotoCoreError) as error:
        raise StoreUnavailable(f"DynamoDB did not say what is spent: {error}") from error
    return found


def _key(name: str, day: date) -> dict[str, dict[str, str]]:
    return {"id": {"S": f"{name}#{day.isoformat()}"}}


def _billionths(usd: Decimal) -> dict[str, str]:
    return {"N": str(round(usd * BILLION))}
