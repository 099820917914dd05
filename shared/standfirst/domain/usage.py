"""What calls of a model cost."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from standfirst.domain.schema import StoredSchema


class Usage(StoredSchema):
    """What the texts cost, over every call of the model."""

    input_tokens: Annotated[int, Field(description="Tokens of input.", examples=[1830])] = 0
    cached_input_tokens: Annotated[
        int, Field(description="Those of the input tokens that were cached.", examples=[1024])
    ] = 0
    output_tokens: Annotated[int, Field(description="Tokens of output.", examples=[240])] = 0
    cost_usd: Annotated[
        str | None,
        Field(
            description="US dollars, as a decimal; null if the cost of any call is not known: the model has no known "
            "price, or an answer that may be billed came malformed or not in time.",
            examples=["0.000470"],
        ),
    ] = "0"

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            cached_input_tokens=self.cached_input_tokens + other.cached_input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost_usd=_sum(self.cost_usd, other.cost_usd),
        )


def _sum(one: str | None, other: str | None) -> str | None:
    return None if one is None or other is None else f"{Decimal(one) + Decimal(other):f}"
