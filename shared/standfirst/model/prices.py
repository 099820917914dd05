"""What the tokens of a model cost: the list that comes with the package, and a deployment's own on top of it.

A list is YAML or JSON, by the model's name; prices are US dollars for a million tokens::

    gpt-5.6-luna:
      input: 0.20
      cached_input: 0.02            # as input when left out
      cache_write: 0.25             # as input when left out
      output: 1.20
      tiers: {default: 1, flex: 0.5, batch: 0.5}    # what a service tier, or a batch, multiplies the prices by;
                                                    # only default when left out
      largest_input: 272000         # more tokens in one request are priced otherwise; no limit when left out

What is not on the list has no price: a cost is ``None`` rather than a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from standfirst.domain.errors import SettingsError
from standfirst.text.settings_yaml import parsed

Amount = Annotated[Decimal, Field(ge=0)]

STANDARD_TIER = "default"
"""The service tier of a request that asks for none (OpenAI API reference, ``service_tier``)."""

BATCH_TIER = "batch"
"""What the list calls requests in a batch, which have no service tier of their own."""

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one answer; what was read from the provider's cache, or written to it, is part of ``input``."""

    input: int
    output: int
    cached: int = 0
    cache_writes: int = 0


class Price(BaseModel):
    """The prices of one model; see the module's docstring."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    input: Amount
    output: Amount
    cached_input: Amount | None = None
    cache_write: Amount | None = None
    tiers: Mapping[str, Amount] = Field(default_factory=lambda: {STANDARD_TIER: Decimal(1)})
    largest_input: int | None = None

    def cost(self, tokens: Tokens, tier: str) -> Decimal | None:
        """US dollars for ``tokens`` in service tier ``tier``; ``None`` where the list has no price for them."""
        if tier not in self.tiers or (self.largest_input is not None and tokens.input > self.largest_input):
            return None
        plain = tokens.input - tokens.cached - tokens.cache_writes
        millionths = (
            self.input * plain
            + _or(self.cached_input, self.input) * tokens.cached
            + _or(self.cache_write, self.input) * tokens.cache_writes
            + self.output * tokens.output
        )
        return millionths * self.tiers[tier] / _MILLION


def _or(price: Decimal | None, otherwise: Decimal) -> Decimal:
    return otherwise if price is None else price


LISTED: Mapping[str, Price] = MappingProxyType(
    {
        "gpt-5.6-luna": Price(
            input=Decimal("0.20"),
            cached_input=Decimal("0.02"),
            cache_write=Decimal("0.25"),
            output=Decimal("1.20"),
            tiers={STANDARD_TIER: Decimal(1), "flex": Decimal("0.5"), BATCH_TIER: Decimal("0.5")},
            largest_input=272_000,
        ),
    }
)
"""As of November 2026: OpenAI's model page of gpt-5.6-luna (input, cached input, output; cache writes at 1.25 times the
input; more from 272 000 tokens on) and its guide to flex processing (the prices of the Batch API: half)."""

_SHAPE = TypeAdapter(dict[str, Price])


@dataclass(frozen=True, slots=True)
class PriceList:
    """The prices of models by their names."""

    prices: Mapping[str, Price] = field(default_factory=lambda: LISTED)

    def has_tier(self, model: str, tier: str) -> bool:
        """Whether there is a price for ``model`` in ``tier``."""
        return model in self.prices and tier in self.prices[model].tiers

    def cost(self, model: str, tier: str, tokens: Tokens) -> str | None:
        """US dollars as a decimal string, ``None`` for a model or a tier without a price."""
        price = self.prices.get(model)
        cost = price.cost(tokens, tier) if price else None
        return None if cost is None else f"{cost.normalize():f}"


def load_prices(yaml_text: str) -> PriceList:
    """The list that comes with the package, each model of ``yaml_text`` in place of the one it has.

    Raises ``SettingsError`` that says which key is wrong.
    """
    try:
        own = _SHAPE.validate_python(parsed(yaml_text, "MODEL_PRICES"))
    except ValidationError as exc:
        problems = (f"{'.'.join(map(str, problem['loc'])) or 'the list'}: {problem['msg']}" for problem in exc.errors())
        raise SettingsError(f"MODEL_PRICES: {'; '.join(problems)}") from exc
    return PriceList({**LISTED, **own})
