"""Errors in the body of a 200, and what is paid for answers that cannot be read."""

from dataclasses import replace

import pytest

import model_server as play
from builders import an_article
from desk import GOOD, GOOD_DRAFT, ONE_ANSWER, UNKNOWN, Desk
from standfirst.adapters.aws.api_key import PlainKey
from standfirst.adapters.openai.client import to_openai
from standfirst.domain.errors import (
    ModelBusy,
    ModelDown,
    ModelMisconfigured,
    ModelOutputInvalid,
    ModelRefused,
    ModelUnavailable,
    ModelUnusable,
)
from standfirst.domain.usage import Usage


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        pytest.param(play.failing(code="insufficient_quota"), ModelUnusable, id="quota"),
        pytest.param(play.failing(code="billing_hard_limit_reached"), ModelUnusable, id="spending limit"),
        pytest.param(play.failing(code=None, type="insufficient_quota"), ModelUnusable, id="quota as a type"),
        pytest.param(play.failing(code="rate_limit_exceeded", type="insufficient_quota"), ModelUnusable, id="both"),
        pytest.param(play.failing(code="invalid_api_key"), ModelUnusable, id="key"),
        pytest.param(play.failing(code="model_not_found"), ModelUnusable, id="model"),
        pytest.param(play.failing(code="rate_limit_exceeded"), ModelBusy, id="rate limit"),
        pytest.param(play.failing(code=429), ModelBusy, id="a status for a code"),
        pytest.param(play.failing(code="server_error"), ModelDown, id="server error"),
        pytest.param(play.failing(code="slow_down"), ModelDown, id="overload"),
        pytest.param(play.misshapen(status="failed", output=[], error=None, usage=None), ModelDown, id="no error"),
        pytest.param(play.failing(code="invalid_prompt"), ModelRefused, id="prompt"),
        pytest.param(play.failing(code="data_residency_mismatch"), ModelMisconfigured, id="another code"),
        pytest.param(play.failing(code={"of": 1}), ModelDown, id="no code"),
        pytest.param(play.gateway({"code": "insufficient_quota"}), ModelUnusable, id="a gateway's quota"),
        pytest.param(play.gateway({"code": 502, "message": "Bad gateway"}), ModelDown, id="a gateway's status"),
        pytest.param(play.gateway("insufficient_quota"), ModelUnusable, id="a gateway's word"),
    ],
)
def test_an_error_in_a_200_is_the_error_that_its_status_would_be(
    desk: Desk, answer: play.Answer, error: type[Exception]
) -> None:
    """A quota opens the breaker at once, a rate limit passes; nothing was generated, so nothing is billed."""
    desk.model.answers(answer)

    with pytest.raises(error) as caught:
        desk.write()

    assert caught.type is error
    assert len(desk.model.requests) == 1
    assert desk.spent == [Usage()]


@pytest.mark.parametrize(
    "malformed",
    [
        pytest.param(play.broken_json(), id="broken JSON"),
        pytest.param(play.garbled(), id="no UTF-8"),
        pytest.param(play.bare(), id="no output, no usage"),
        pytest.param(play.dropped(), id="a connection that breaks"),
    ],
)
def test_a_malformed_answer_has_an_unknown_cost(desk: Desk, malformed: play.Answer) -> None:
    """It is billed: "0" would be a lie on the record, and a hole in the budget."""
    desk.model.answers(malformed, GOOD)

    assert desk.write().draft == GOOD_DRAFT
    assert desk.spent == [UNKNOWN, ONE_ANSWER]
    assert sum(desk.spent, Usage()).cost_usd is None


@pytest.mark.parametrize("malformed", [play.broken_json(), play.garbled(), play.bare()], ids=["JSON", "UTF-8", "bare"])
def test_a_malformed_answer_is_not_left_to_the_queue(desk: Desk, malformed: play.Answer) -> None:
    """Five deliveries would pay for ten of them; two are paid for, as after an answer that was cut off."""
    desk.model.answers(malformed)

    with pytest.raises(ModelOutputInvalid):
        desk.write()

    assert desk.spent == [UNKNOWN, UNKNOWN]


def test_a_page_in_place_of_the_api_has_an_unknown_cost_and_passes(desk: Desk) -> None:
    """Something stands in between; what became of the request behind it, nobody knows."""
    desk.model.answers(play.page())

    with pytest.raises(ModelDown):
        desk.write()

    assert desk.spent == [UNKNOWN]


@pytest.mark.parametrize(
    "usage",
    [
        {"input_tokens": 10, "output_tokens": -5},
        {"input_tokens": 10, "output_tokens": 5, "input_tokens_details": {"cached_tokens": "all"}},
        {"input_tokens": 10, "output_tokens": 5, "input_tokens_details": {"cached_tokens": 11}},
        {"input_tokens": 10, "output_tokens": 5, "input_tokens_details": {"cached_tokens": -1}},
        {"input_tokens": "10", "output_tokens": 5},
    ],
    ids=["negative", "words", "more than there were", "cached negative", "text"],
)
def test_tokens_that_make_no_sense_have_no_price(desk: Desk, usage: object) -> None:
    """A negative cost would add to the budget."""
    desk.model.answers(play.misshapen(status="completed", usage=usage))

    with pytest.raises(ModelOutputInvalid):
        desk.write()

    assert desk.spent == [UNKNOWN, UNKNOWN]


def test_run_away_notes_are_not_kept(desk: Desk) -> None:
    """Asked for once more, with more room; then the article is the extractive writer's."""
    part = Desk(desk.model, replace(desk.options, input_tokens=1_000))
    desk.model.answers(play.notes(*["The harbour counted ferries on Tuesday."] * 2_000))

    with pytest.raises(ModelOutputInvalid, match=r"notes have 78,000 characters; at most 50,000"):
        part.write(an_article("The harbour counted ferries on Tuesday. " * 150))

    assert len(desk.model.requests) == 4


def test_a_request_that_was_never_sent_costs_nothing(desk: Desk) -> None:
    """Nobody listens there."""
    lost = Desk(desk.model, connection=to_openai(PlainKey("key"), "http://127.0.0.1:9/v1"))

    with pytest.raises(ModelUnavailable):
        lost.write()

    assert not lost.spent
