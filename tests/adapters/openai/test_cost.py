"""What a text cost and is likely to cost, by the price list."""

from dataclasses import replace
from decimal import Decimal

import model_server as play
from builders import an_article
from desk import GOOD, Desk
from model_server import ModelServer
from standfirst.adapters.openai.responses import ModelOptions
from standfirst.adapters.openai.summarizer import (
    LIKELY_OUTPUT_TOKENS,
    LIKELY_PROMPT_TOKENS,
)
from standfirst.domain.usage import Usage
from standfirst.model.prices import PriceList
from standfirst.model.tokens import estimate_tokens


def test_a_cost_is_that_of_the_tier_the_answer_was_served_in(model: ModelServer) -> None:
    """Flex was asked for, and not to be had; cached tokens and cache writes are part of the input."""
    desk = Desk(model, ModelOptions("openai", play.MODEL, input_tokens=60_000, prices=PriceList(), service_tier="flex"))
    figures = play.Figures(input=3_000, cached=2_000, cache_writes=500, output=200)
    model.answers(
        play.draft("A.", "B.", figures=figures),
        play.text('{"standfirst":"A","summary":"B","key_points":[]}', tier="flex"),
    )

    desk.write()
    desk.write()

    # 500 x 0.20 + 2,000 x 0.02 + 500 x 0.25 + 200 x 1.20, for a million each
    assert desk.spent[0] == Usage(input_tokens=3_000, cached_input_tokens=2_000, output_tokens=200, cost_usd="0.000505")
    assert desk.spent[1].cost_usd == "0.00016"


def test_a_model_without_a_price_has_a_usage_without_a_cost(model: ModelServer) -> None:
    """Its tokens are known all the same."""
    desk = Desk(model, ModelOptions("openai", "gpt-7", input_tokens=60_000, prices=PriceList()))
    model.answers(GOOD)

    desk.write()

    assert desk.spent == [Usage(input_tokens=1_000, output_tokens=100, cost_usd=None)]


def test_a_cost_is_foretold_before_anything_is_sent(desk: Desk) -> None:
    """From the article's length and the room that instructions and answer take, at the price of the tier."""
    tokens = estimate_tokens(an_article().text)
    flex = Desk(desk.model, replace(desk.options, service_tier="flex"))

    likely, half = desk.writer.likely_cost(an_article()), flex.writer.likely_cost(an_article())

    # USD 0.20 for a million tokens in, 1.20 out
    wanted = (Decimal(tokens + LIKELY_PROMPT_TOKENS) * Decimal("0.2") + LIKELY_OUTPUT_TOKENS * Decimal("1.2")) / 10**6
    assert likely == wanted
    assert half == wanted / 2
    assert not desk.model.requests


def test_a_model_without_a_price_has_no_likely_cost(desk: Desk) -> None:
    """Nobody may guess one: the budget hangs on it."""
    unknown = Desk(desk.model, replace(desk.options, model="gpt-7"))

    assert unknown.writer.likely_cost(an_article()) is None
