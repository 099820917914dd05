"""What AWS and a provider allow, as they document it, and which of it one article uses: where a deployment ends.

A limit of AWS that is "by request" is a quota that AWS raises; the others are how the service is built. The provider's
are those of one account and model, and change with what it has paid so far.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SHARDS = 4
"""Partitions that each index of the summaries table is spread over (``adapters/aws/summary_table.py``)."""

PARTITION_WRITES = 1_000
"""Write units a second of one partition, and so of one item (DynamoDB developer guide, "Designing partition keys")."""

NEW_TABLE_WRITES = 4_000
"""Write units a second that a new on-demand table takes at once (DynamoDB developer guide, "Warm throughput")."""

TABLE_GROWTH_SECONDS = 30 * 60
"""A table takes twice its highest load so far; more within this time may be throttled (the same)."""

FIRST_POLLERS = 5
"""Batches that an event source mapping begins with (Lambda developer guide, "Scaling behavior for SQS")."""

POLLERS_A_SECOND = 300 / 60
"""So many more a second while messages wait (the same)."""

ENVIRONMENTS_A_SECOND = 100
"""New environments of one function: 1,000 every ten seconds (Lambda developer guide, "Lambda scaling rate")."""

ACCOUNT_CONCURRENCY = 1_000
"""Invocations at once in an account and region; by request (Lambda developer guide, "Quotas")."""

BUCKET_READS = 5_500
"""GET requests a second under one prefix of a bucket (S3 user guide, "Performance design patterns")."""

MESSAGES_IN_FLIGHT = 120_000
"""Messages of a standard queue that are received and not deleted yet; by request (SQS developer guide, "Quotas")."""

ONE_CPU_MB = 1_769
"""Memory of a function that has one whole virtual CPU (Lambda developer guide, "Configure memory")."""


@dataclass(frozen=True, slots=True)
class ProviderTier:
    """What a provider allows of one model: requests and tokens a minute.

    OpenAI enforces them over shorter times, such as a sixtieth of it a second (guide "Rate limits").
    """

    name: str
    requests_a_minute: int
    tokens_a_minute: int


SMALL = ProviderTier("1", 500, 500_000)
LARGE = ProviderTier("5", 30_000, 180_000_000)
"""The lowest and the highest usage tier of OpenAI's small models, as published for gpt-5-mini in September 2025; look
up those of your account and model (its "Limits" page)."""


@dataclass(frozen=True, slots=True)
class Use:
    """What one new article uses of what is limited.

    ``calls`` are requests to the model, of the writer, its revisions and the second reader together; ``record_units``
    the write units of its record in one place, ``table_units`` those of all its items in the summaries table.
    """

    calls: float
    tokens: float
    usd: float
    record_units: float
    table_units: float

    @property
    def budget_units(self) -> float:
        """Write units of the day's budget, one item: each call reserves, and settles."""
        return 2 * self.calls


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The new articles a second at which one limit is reached, and what to do then."""

    limit: str
    articles_a_second: float
    then: str


def ceilings(use: Use, tier: ProviderTier, concurrency: int, seconds_a_batch: float) -> Sequence[Ceiling]:
    """Returns where each limit ends a steady load, the lowest first; ``concurrency`` is ``MaximumConcurrency``."""
    calls, tokens = tier.requests_a_minute / 60 / use.calls, tier.tokens_a_minute / 60 / use.tokens
    found = [
        Ceiling(
            f"`MaximumConcurrency` {concurrency}, batches of ten of {seconds_a_batch:.1f} s",
            concurrency * 10 / seconds_a_batch,
            "raise it, up to what the account has free",
        ),
        Ceiling(
            f"`MaximumConcurrency` {ACCOUNT_CONCURRENCY:,}: all that an account has, and a mapping may have",
            ACCOUNT_CONCURRENCY * 10 / seconds_a_batch,
            "a second stack in another account",
        ),
        Ceiling(f"the provider's requests a minute, tier {tier.name}", calls, "a higher tier, `SecondReader` off"),
        Ceiling(f"the provider's tokens a minute, tier {tier.name}", tokens, "a higher tier"),
        Ceiling(
            "the item of the day's budget, one partition",
            PARTITION_WRITES / use.budget_units,
            "no `DailyBudgetUsd`, and a limit at the provider instead; or a second stack",
        ),
        Ceiling(
            f"an index of the summaries table, {SHARDS} partitions",
            SHARDS * PARTITION_WRITES / use.record_units,
            "more `SHARDS` (a change of code and of every record), or a second stack",
        ),
        Ceiling(
            "a new summaries table, until it has seen more",
            NEW_TABLE_WRITES / use.table_units,
            "`WarmThroughput` of the table before the day, or let the load grow over half an hour",
        ),
        Ceiling("reads of the bucket under one prefix", BUCKET_READS, "keys with several prefixes"),
    ]
    return sorted(found, key=lambda ceiling: ceiling.articles_a_second)
