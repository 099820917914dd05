"""What a run would do and cost: the listing is counted whole, and a sample of its documents is decided about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import Field

from standfirst.domain.article import Article
from standfirst.domain.backfill_run import Action, Options
from standfirst.domain.errors import StandfirstError
from standfirst.domain.ports import ObjectListing
from standfirst.domain.schema import Schema
from standfirst.domain.versions import Readable
from standfirst.use_cases.backfill.decide import DecideDocument

LISTED_AT_ONCE = 20_000
"""Objects that are counted in one call."""

CANDIDATES = 200
"""Documents of these that may be in the sample, evenly spread."""

LikelyCost = Callable[[Article], Decimal | None]


class Listed(Schema):
    """A slice of the listing: how many objects it has, how many of them are too old, and some of the others.

    ``cursor`` continues it, ``None`` after the last object.
    """

    objects: int
    older: int
    candidates: tuple[str, ...]
    cursor: str | None


class Sampled(Schema):
    """What would be done with some documents: numbers by action, and tokens and US dollars of what is to be written.

    ``usd`` is by price (``list``, ``batch``, ``flex``); without one the model has no known price.
    """

    actions: Mapping[str, int] = Field(default_factory=dict)
    unread: int = 0
    articles: int = 0
    tokens: int = 0
    usd: Mapping[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuoteRun:
    """Counts and samples; ``prices`` has the likely cost of a draft by price, ``tokens`` those of its input."""

    listing: ObjectListing
    decide: DecideDocument
    prices: Mapping[str, LikelyCost]
    tokens: Callable[[str], int]
    bucket: str
    prefix: str

    def count(self, options: Options, cursor: str | None) -> Listed:
        """Returns the slice of the listing after ``cursor``; raises ``StoreUnavailable``."""
        found = self.listing.after(self.bucket, self.prefix + options.prefix, cursor, LISTED_AT_ONCE)
        keys = [
            each.key
            for each in found
            if not each.key.endswith("/") and (options.since is None or each.modified.date() >= options.since)
        ]
        step = max(1, len(keys) // CANDIDATES)
        return Listed(
            objects=len(found),
            older=len(found) - len(keys),
            candidates=tuple(keys[step // 2 :: step][:CANDIDATES]),
            cursor=found[-1].key if len(found) == LISTED_AT_ONCE else None,
        )

    def sample(self, options: Options, keys: Sequence[str]) -> Sampled:
        """Returns what would be done with the documents under ``keys``; one that cannot be decided about is unread."""
        actions: dict[str, int] = {}
        unread = articles = tokens = 0
        usd = dict.fromkeys(self.prices, Decimal(0))
        for key in keys:
            try:
                decisions = self.decide(self.bucket, key, options)
            except StandfirstError:
                unread += 1
                continue
            order = list(Action)
            action = max((each.action for each in decisions), default=Action.OTHER, key=order.index)
            actions[action] = actions.get(action, 0) + 1
            for version in (each.version for each in decisions if each.generation):
                if isinstance(version, Readable):
                    articles += 1
                    tokens += self.tokens(version.article.text)
                    for name, likely in self.prices.items():
                        cost = likely(version.article)
                        if cost is None:
                            usd.pop(name, None)
                        elif name in usd:
                            usd[name] += cost
        known = {name: f"{amount:f}" for name, amount in usd.items()}
        return Sampled(actions=actions, unread=unread, articles=articles, tokens=tokens, usd=known)
