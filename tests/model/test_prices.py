"""What tokens cost, and where nobody knows."""

import pytest

from standfirst.domain.errors import SettingsError
from standfirst.model.prices import PriceList, Tokens, load_prices

LUNA = "gpt-5.6-luna"


def test_a_cost_is_summed_over_the_kinds_of_tokens() -> None:
    """Cached ones and those written to the cache are part of the input, each at its own price, none twice."""
    tokens = Tokens(input=10_000, cached=4_000, cache_writes=1_000, output=500)

    # 5,000 x 0.20 + 4,000 x 0.02 + 1,000 x 0.25 + 500 x 1.20, for a million each
    assert PriceList().cost(LUNA, "default", tokens) == "0.00193"


@pytest.mark.parametrize(
    ("model", "tier", "cost"),
    [
        (LUNA, "default", "0.2"),
        (LUNA, "flex", "0.1"),
        (LUNA, "priority", None),
        ("gpt-5.6-luna-2026-07-09", "default", None),
        ("openai.gpt-5.6-luna", "default", None),
    ],
    ids=["standard", "flex halves it", "another tier", "another name", "another provider"],
)
def test_what_is_not_on_the_list_has_no_price(model: str, tier: str, cost: str | None) -> None:
    """A guess would stand in the record like a fact."""
    assert (
        load_prices(f"{LUNA}: {{input: 1, output: 0, tiers: {{default: 1, flex: 0.5}}}}").cost(
            model, tier, Tokens(input=200_000, output=0)
        )
        == cost
    )


def test_a_request_longer_than_the_listed_price_goes_has_none() -> None:
    """From there on other prices hold, of which the list knows too little."""
    assert PriceList().cost(LUNA, "default", Tokens(input=272_000, output=0)) == "0.0544"
    assert PriceList().cost(LUNA, "default", Tokens(input=272_001, output=0)) is None


def test_a_cost_is_a_plain_decimal() -> None:
    """Exact, without an exponent, however small it is."""
    assert PriceList().cost(LUNA, "flex", Tokens(input=1, cached=1, output=0)) == "0.00000001"
    assert PriceList().cost(LUNA, "flex", Tokens(input=0, output=0)) == "0"


@pytest.mark.parametrize(
    "text",
    ["my-model: {input: 0.1, output: 0.3}", '{"my-model": {"input": "0.1", "output": "0.3"}}'],
    ids=["YAML", "JSON"],
)
def test_a_deployment_prices_its_own_model(text: str) -> None:
    """Beside those that are listed; without a price of their own cached tokens cost what others cost."""
    prices = load_prices(text)

    assert prices.cost("my-model", "default", Tokens(input=1_000_000, cached=500_000, output=1_000_000)) == "0.4"
    assert prices.cost("my-model", "flex", Tokens(input=1, output=1)) is None
    assert prices.cost(LUNA, "default", Tokens(input=1_000_000 // 4, output=0)) == "0.05"


def test_a_deployment_may_price_a_listed_model_anew() -> None:
    """Prices change more often than this package."""
    assert (
        load_prices(f"{LUNA}: {{input: 1, output: 2}}").cost(LUNA, "default", Tokens(input=1, output=1)) == "0.000003"
    )


def test_an_empty_text_is_the_bundled_list() -> None:
    """As a template leaves it."""
    assert load_prices("") == PriceList()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("m: {input: 1}", "m.output"),
        ("m: {input: -1, output: 1}", "m.input"),
        ("m: {input: 1, output: 1, outputs: 2}", "m.outputs"),
        ("- 1", "the list"),
        ("m: {", "not YAML"),
    ],
    ids=["no output", "negative", "a misspelt key", "no mapping", "broken"],
)
def test_prices_that_are_none_are_named(text: str, said: str) -> None:
    """With the variable and the key."""
    with pytest.raises(SettingsError, match=rf"MODEL_PRICES: .*{said}"):
        load_prices(text)
