"""The model writer: the real client, against a provider that is played over HTTP."""

import json
import logging
import threading
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pytest

import model_server as play
from builders import a_draft, an_article
from desk import GOOD, GOOD_DRAFT, ONE_ANSWER, Desk
from model_server import ModelServer
from standfirst.adapters.aws.api_key import PlainKey
from standfirst.adapters.openai.client import to_bedrock, to_openai
from standfirst.adapters.openai.request import MORE_OUTPUT_TOKENS, MOST_RETRY_SECONDS, OUTPUT_TOKENS
from standfirst.adapters.openai.responses import ModelOptions
from standfirst.domain.deadline import AFTER_MODEL_SECONDS, MODEL_SECONDS
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.errors import (
    ModelBusy,
    ModelDown,
    ModelError,
    ModelMisconfigured,
    ModelOutputInvalid,
    ModelRefused,
    ModelUnavailable,
    ModelUnusable,
)
from standfirst.domain.ports import Generation, Rejected, Summarizer, WriterIdentity
from standfirst.domain.usage import Usage
from standfirst.model.prices import PriceList
from standfirst_local.environment import environment

EMBARGOED = "The ferry on the Sele is under embargo until Friday."


@dataclass
class RotatedKey:
    """A key that was changed behind our back."""

    values: list[str]
    looked: int = 0

    def __call__(self) -> str:
        """The key as far as we know."""
        return self.values[self.looked]

    def renew(self) -> bool:
        """Look again."""
        self.looked += 1
        return True


# ----------------------------------------------------------------------------------------------------------------------
# What is asked
# ----------------------------------------------------------------------------------------------------------------------


def test_a_good_answer_is_the_draft(desk: Desk) -> None:
    """One call, one draft, one sum."""
    desk.model.answers(GOOD)

    assert desk.write() == Generation(GOOD_DRAFT)
    assert desk.spent == [ONE_ANSWER]
    assert len(desk.model.requests) == 1


def test_the_request_is_strict_private_and_bounded(desk: Desk) -> None:
    """The schema is binding, nothing is kept by the provider, and the answer has an end."""
    desk.model.answers(GOOD)

    desk.write()

    (request,) = desk.model.requests
    assert request.body["model"] == play.MODEL
    assert request.body["store"] is False
    assert request.body["max_output_tokens"] == OUTPUT_TOKENS
    assert request.body["text"]["format"]["strict"] is True
    assert request.headers["Authorization"] == "Bearer key"
    assert "tools" not in request.body


def test_the_rules_come_first_and_the_article_last(desk: Desk) -> None:
    """The newsroom speaks as the developer, the article as whoever hands it over."""
    desk.model.answers(GOOD)

    desk.write()

    (request,) = desk.model.requests
    assert [message["role"] for message in request.body["input"]] == ["developer", "developer", "user"]
    rules, assignment, material = request.texts
    assert rules.startswith("You are the sub-editor")
    assert "1 to 2 sentences" in assignment
    assert an_article().paragraphs[0] in material
    assert an_article().paragraphs[0] not in rules + assignment


def test_only_the_rules_are_marked_for_the_providers_cache(desk: Desk) -> None:
    """The article would be written to it at a higher price and never read again."""
    desk.model.answers(GOOD)

    desk.write()

    (request,) = desk.model.requests
    marked = ["prompt_cache_breakpoint" in part for message in request.body["input"] for part in message["content"]]
    assert marked == [True, False, False]
    assert request.body["prompt_cache_options"] == {"mode": "explicit"}
    assert request.body["prompt_cache_key"]


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("gpt-5.6-luna", True),
        ("gpt-6-luna", True),
        ("gpt-6.1-terra-2026-10-01", True),
        ("us.openai.gpt-5.6-sol", True),
        ("gpt-5.4-nano", False),
        ("gpt-5-mini", False),
        ("gpt-4o", False),
        ("llama-4", False),
    ],
)
def test_models_that_know_no_cache_marks_get_none(model: ModelServer, name: str, marks: bool) -> None:  # noqa: FBT001
    """They would refuse the request; they cache what requests have in common by themselves."""
    desk = Desk(model, ModelOptions("openai", name, input_tokens=60_000, prices=PriceList()))
    model.answers(GOOD)

    desk.write()

    (request,) = model.requests
    assert ("prompt_cache_options" in request.body) == marks
    assert ("prompt_cache_breakpoint" in str(request.body)) == marks


def test_effort_and_tier_are_asked_for_as_set(desk: Desk) -> None:
    """And left to the provider where they are not."""
    asked = Desk(desk.model, replace(desk.options, reasoning_effort="low", service_tier="flex"))
    desk.model.answers(GOOD)

    desk.write()
    asked.write()

    plain, set_ = desk.model.requests
    assert not {"reasoning", "service_tier"} & plain.body.keys()
    assert set_.body["reasoning"] == {"effort": "low"}
    assert set_.body["service_tier"] == "flex"


def test_a_revision_tells_the_model_what_was_wrong(desk: Desk) -> None:
    """The first answer had a wrong number; the second is asked for with the finding, and is the draft."""
    wrong = a_draft("The ferry is to return in June.", "Repairs cost 24,000 crowns.")
    finding = Finding("number", "summary", "24,000 crowns", "not in the article", "error")
    desk.model.answers(play.draft(wrong.texts["standfirst"], wrong.texts["summary"]), GOOD)

    first = desk.write()
    second = desk.write(revises=Rejected(first.draft, [finding]))

    assert (first.draft, second.draft) == (wrong, GOOD_DRAFT)
    assert '"24,000 crowns": not in the article' in desk.model.requests[1].told
    assert desk.model.requests[0].texts[0] == desk.model.requests[1].texts[0]


def test_the_identity_changes_with_the_model(desk: Desk) -> None:
    """It is part of the fingerprint: another model writes anew."""
    writer: Summarizer = desk.writer

    assert writer.identity == WriterIdentity("openai", model=play.MODEL, prompt="3")


# ----------------------------------------------------------------------------------------------------------------------
# What comes back: status, refusal, JSON, shape
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "useless",
    [
        pytest.param(play.incomplete("max_output_tokens"), id="cut off"),
        pytest.param(play.text("Sure! Here it is:"), id="no JSON"),
        pytest.param(play.text('{"standfirst": "A ferry", "summ'), id="half of it"),
        pytest.param(play.text('{"standfirst": "A", "summary": "B"}'), id="another shape"),
        pytest.param(play.draft("", "A summary."), id="an empty text"),
        pytest.param(play.bare(), id="no output"),
        pytest.param(play.broken_json(), id="broken JSON"),
        pytest.param(play.garbled(), id="no UTF-8"),
        pytest.param(play.misshapen(status="done"), id="an unknown status"),
        pytest.param(play.misshapen(output=[{"type": "message", "content": None}]), id="no content"),
        pytest.param(play.misshapen(output="Sure!"), id="text for output"),
        pytest.param(play.misshapen(status="incomplete", incomplete_details="length"), id="text for details"),
    ],
)
def test_an_answer_of_no_use_is_asked_for_once_more(desk: Desk, useless: play.Answer) -> None:
    """With more room; both are paid for. Twice of no use is enough."""
    desk.model.answers(useless, GOOD)
    assert desk.write().draft == GOOD_DRAFT
    assert [request.body["max_output_tokens"] for request in desk.model.requests] == [OUTPUT_TOKENS, MORE_OUTPUT_TOKENS]
    assert len(desk.spent) == 2

    desk.model.answers(useless)
    with pytest.raises(ModelOutputInvalid):
        desk.write()
    assert len(desk.model.requests) == 4
    assert len(desk.spent) == 4


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        pytest.param(play.refusal(), ModelRefused, id="declined"),
        pytest.param(play.incomplete("content_filter"), ModelRefused, id="filtered"),
        pytest.param(play.failed("invalid_prompt"), ModelRefused, id="failed for its prompt"),
        pytest.param(play.failed("misalignment_policy_violation"), ModelRefused, id="failed for a policy"),
        pytest.param(play.failed("server_error"), ModelDown, id="failed"),
        pytest.param(play.failed("data_residency_mismatch"), ModelMisconfigured, id="failed for its region"),
        pytest.param(play.page(), ModelDown, id="a page"),
        pytest.param(play.http_error(400, code="invalid_prompt"), ModelRefused, id="refused before it was read"),
        pytest.param(play.http_error(400, code="unknown_parameter"), ModelMisconfigured, id="a wrong request"),
        pytest.param(play.http_error(403), ModelUnusable, id="forbidden"),
        pytest.param(play.http_error(404, code="model_not_found"), ModelUnusable, id="no such model"),
        pytest.param(play.http_error(429, code="rate_limit_exceeded"), ModelBusy, id="too fast"),
        pytest.param(play.http_error(429, kind="insufficient_quota"), ModelUnusable, id="no credit"),
        pytest.param(play.http_error(400, kind={"of": 1}, code=400), ModelMisconfigured, id="strange codes"),
    ],
)
def test_an_outcome_that_another_call_would_not_change_is_told_at_once(
    desk: Desk, answer: play.Answer, error: type[Exception]
) -> None:
    """Without a second call: nobody waits, and nobody pays."""
    desk.model.answers(answer)

    with pytest.raises(error) as caught:
        desk.write()

    assert caught.type is error
    assert len(desk.model.requests) == 1
    assert not desk.slept


def test_a_paid_answer_is_not_forgotten_when_a_second_cannot_be_had(desk: Desk) -> None:
    """As "unavailable" it would be asked for again, and paid again, at every delivery."""
    desk.model.answers(play.incomplete("max_output_tokens"), play.http_error(429, retry_after="600"))

    with pytest.raises(ModelOutputInvalid):
        desk.write()

    assert desk.spent == [ONE_ANSWER]


@pytest.mark.parametrize(
    "usage", [{}, {"prompt_tokens": 1}, {"input_tokens": None, "output_tokens": 2}, "none"], ids=str
)
def test_tokens_that_are_not_told_have_no_price(desk: Desk, usage: object) -> None:
    """Servers that only speak like OpenAI's count in words of their own, or not at all."""
    draft = {"standfirst": GOOD_DRAFT.texts["standfirst"], "summary": GOOD_DRAFT.texts["summary"], "key_points": []}
    desk.model.answers(play.misshapen(json.dumps(draft), usage=usage))

    assert desk.write().draft == GOOD_DRAFT
    assert desk.spent == [Usage(cost_usd=None)]


def test_what_a_refusal_cost_is_told_too(desk: Desk) -> None:
    """The tokens are billed, whatever became of them; an answer that failed has none."""
    desk.model.answers(play.refusal(), play.incomplete("content_filter"), play.failed("server_error"))

    for error in (ModelRefused, ModelRefused, ModelUnavailable):
        with pytest.raises(error):
            desk.write()

    assert desk.spent == [ONE_ANSWER, ONE_ANSWER, Usage()]


# ----------------------------------------------------------------------------------------------------------------------
# Faults that may pass, and the time there is
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "pause", "error"),
    [
        pytest.param(play.http_error(500), 0.5, ModelDown, id="500"),
        pytest.param(play.http_error(503, retry_after="2"), 2, ModelDown, id="503 with a time"),
        pytest.param(play.http_error(409), 0.5, ModelBusy, id="409"),
        pytest.param(
            play.http_error(429, code="rate_limit_exceeded", retry_after="1"), 1, ModelBusy, id="429 with a time"
        ),
        pytest.param(play.dropped(), 0.5, ModelDown, id="dropped connection"),
    ],
)
def test_a_fault_that_may_pass_gets_one_more_try(
    desk: Desk, fault: play.Answer, pause: float, error: type[Exception]
) -> None:
    """After a moment, or after the time the provider names; a second fault is the queue's."""
    desk.model.answers(fault, GOOD)
    assert desk.write().draft == GOOD_DRAFT
    assert desk.slept == [pause]

    desk.model.answers(fault)
    with pytest.raises(error) as caught:
        desk.write()
    assert caught.type is error
    assert len(desk.model.requests) == 4


def test_a_longer_wait_is_left_to_the_queue(desk: Desk) -> None:
    """Which is told how long the provider wants to be left alone."""
    desk.model.answers(play.http_error(429, code="rate_limit_exceeded", retry_after=str(MOST_RETRY_SECONDS + 1)))

    with pytest.raises(ModelBusy) as caught:
        desk.write()

    assert caught.value.retry_after == MOST_RETRY_SECONDS + 1
    assert not desk.slept


def test_nobody_sleeps_past_the_deadline(desk: Desk) -> None:
    """There has to be time left for the call that follows."""
    desk.seconds = MODEL_SECONDS + 1
    desk.model.answers(play.http_error(503, retry_after="2"), GOOD)

    with pytest.raises(ModelUnavailable):
        desk.write()

    assert not desk.slept
    assert len(desk.model.requests) == 1


def test_a_call_without_time_is_not_begun(desk: Desk) -> None:
    """It would be paid for, and its answer never heard."""
    desk.seconds = MODEL_SECONDS - 0.1
    desk.model.answers(GOOD)

    with pytest.raises(ModelUnavailable, match="too little time") as caught:
        desk.write()

    assert not desk.model.requests
    # The model is not to blame: this does not count against it.
    assert caught.type is ModelUnavailable


def test_a_slow_answer_is_given_up_in_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the time is over but for the reserve; once, because a second wait would be as long."""
    monkeypatch.setattr("standfirst.adapters.openai.call_times.MODEL_ANSWER_SECONDS", 0)
    desk.seconds = AFTER_MODEL_SECONDS + 0.3
    desk.model.answers(play.slow(GOOD))

    with pytest.raises(ModelUnavailable, match="did not answer in"):
        desk.write()

    assert len(desk.model.requests) == 1
    assert desk.spent == [Usage(cost_usd=None)]


@pytest.mark.parametrize(("fair", "error"), [(0.0, ModelDown), (10.0, ModelUnavailable)], ids=["fair", "short"])
def test_only_a_model_that_had_time_enough_is_down_when_it_is_late(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, fair: float, error: type[Exception]
) -> None:
    """The breaker counts the one and not the other: the last part of a package may have had seconds."""
    monkeypatch.setattr("standfirst.adapters.openai.call_times.MODEL_ANSWER_SECONDS", 0)
    monkeypatch.setattr("standfirst.adapters.openai.request.FAIR_SECONDS", fair)
    desk.seconds = AFTER_MODEL_SECONDS + 0.3
    desk.model.answers(play.slow(GOOD))

    with pytest.raises(ModelUnavailable) as caught:
        desk.write()

    assert type(caught.value) is error


def test_a_provider_that_is_not_there_is_unavailable(desk: Desk) -> None:
    """A name that does not answer, or a port where nobody listens."""
    lost = Desk(desk.model, connection=to_openai(PlainKey("key"), "http://127.0.0.1:9/v1"))

    with pytest.raises(ModelDown):
        lost.write()


# ----------------------------------------------------------------------------------------------------------------------
# Keys
# ----------------------------------------------------------------------------------------------------------------------


def test_a_key_that_was_rotated_is_looked_for_again(model: ModelServer) -> None:
    """A 401 is no error while a newer key may lie where the old one was."""
    desk = Desk(model, connection=to_openai(RotatedKey(["old", "new"]), model.base_url))
    model.answers(play.http_error(401, code="invalid_api_key"), GOOD)

    assert desk.write().draft == GOOD_DRAFT
    assert [request.headers["Authorization"] for request in model.requests] == ["Bearer old", "Bearer new"]


def test_a_key_that_is_wrong_is_the_operators(model: ModelServer) -> None:
    """When the newest one is not taken either; and at once, where there is no place to look."""
    model.answers(play.http_error(401, code="invalid_api_key"))

    with pytest.raises(ModelUnusable, match="401"):
        Desk(model, connection=to_openai(RotatedKey(["old", "new"]), model.base_url)).write()
    with pytest.raises(ModelUnusable, match="401"):
        Desk(model).write()

    assert len(model.requests) == 3


AWS = {
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_SESSION_TOKEN": "token",
    "AWS_REGION": "us-east-2",
    "AWS_BEARER_TOKEN_BEDROCK": "a key that is not the role",
}


@pytest.fixture
def credentials() -> Iterator[Mapping[str, str]]:
    """What Lambda gives a function of its role."""
    with environment(AWS):
        yield AWS


@pytest.mark.usefixtures("credentials")
def test_bedrock_is_asked_with_the_functions_role(model: ModelServer) -> None:
    """Signed for bedrock-mantle in the function's region; a key in the environment does not win over the role."""
    options = ModelOptions("bedrock", "openai.gpt-5.6-luna", input_tokens=60_000, prices=PriceList())
    desk = Desk(model, options, connection=to_bedrock(model.base_url))
    model.answers(GOOD)

    assert desk.write().draft == GOOD_DRAFT

    (request,) = model.requests
    assert request.headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
    assert "/us-east-2/bedrock-mantle/aws4_request" in request.headers["Authorization"]
    assert request.headers["X-Amz-Security-Token"] == "token"
    assert desk.writer.identity.writer == "bedrock"
    assert desk.spent == [replace_cost(ONE_ANSWER)]


def replace_cost(usage: Usage) -> Usage:
    """The same, for a model that no price is listed for."""
    return usage.model_copy(update={"cost_usd": None})


@pytest.mark.usefixtures("credentials")
def test_bedrock_has_an_endpoint_in_each_region() -> None:
    """As the client makes it, where no other is set."""
    assert str(to_bedrock().client.base_url) == "https://bedrock-mantle.us-east-2.api.aws/openai/v1/"


def test_bedrock_without_a_region_is_the_operators() -> None:
    """The client cannot know whom to ask."""
    with environment({"AWS_CONFIG_FILE": "/dev/null"}), pytest.raises(ModelUnusable):
        to_bedrock()


# ----------------------------------------------------------------------------------------------------------------------
# Threads and logs
# ----------------------------------------------------------------------------------------------------------------------


def test_one_writer_serves_many_threads(desk: Desk) -> None:
    """Ten articles of a batch are written at the same time, and each gets its own draft."""

    def answer_with_the_article(asked: play.Asked) -> play.Response:
        number = asked.texts[2].partition("Article ")[2].partition(" ")[0]
        return play.draft(f"Standfirst {number}", f"Summary {number}")(asked)

    desk.model.answers(answer_with_the_article)
    drafts: dict[int, Draft] = {}

    def write(number: int) -> None:
        drafts[number] = desk.write(an_article(f"Article {number} is about a ferry that returns.")).draft

    threads = [threading.Thread(target=write, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert drafts == {number: a_draft(f"Standfirst {number}", f"Summary {number}") for number in range(10)}


def test_no_log_ever_holds_an_article_or_a_draft(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Not at DEBUG either, where clients like to log whole requests."""
    caplog.set_level(logging.DEBUG)
    desk.model.answers(play.dropped(), play.text("Secret talks"), GOOD)

    desk.write(an_article(EMBARGOED))

    assert "embargo until" not in caplog.text
    assert "Secret talks" not in caplog.text
    assert "Bearer" not in caplog.text


@pytest.mark.parametrize(
    "answer", [play.http_error(400), play.text("Secret talks about the ferry")], ids=["400", "talk"]
)
def test_no_traceback_ever_holds_an_article_or_a_draft(desk: Desk, answer: play.Answer) -> None:
    """Errors are logged with the errors they come from, and some servers repeat the request in theirs."""
    desk.model.answers(answer)

    with pytest.raises(ModelError) as caught:
        desk.write(an_article(EMBARGOED))

    told = "".join(traceback.format_exception(caught.value))
    assert "embargo until" not in told
    assert "Secret talks" not in told
