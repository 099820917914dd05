"""The Batch API: the real client, against a provider of files and batches that is played over HTTP."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import model_server as play
from batch_server import BatchProvider, Course, playing_batches
from builders import A_MINUTE, a_style, an_article
from model_server import ModelServer, problems_of
from standfirst.adapters.aws.api_key import PlainKey
from standfirst.adapters.openai.batch import KEPT_SECONDS, OpenAiBatchModel
from standfirst.adapters.openai.client import to_openai
from standfirst.adapters.openai.responses import ModelOptions
from standfirst.adapters.openai.summarizer import OpenAiSummarizer
from standfirst.domain.article import Article
from standfirst.domain.errors import ModelDown, ModelOutputInvalid, ModelRefused, ModelUnavailable, ModelUnusable
from standfirst.domain.ports import Assignment, BatchModel, BatchState
from standfirst.domain.usage import Usage
from standfirst.model.prices import Price, PriceList

OPTIONS = ModelOptions("openai", play.MODEL, input_tokens=60_000, prices=PriceList(), service_tier="flex")
HALF = Usage(input_tokens=1_000, output_tokens=100, cost_usd="0.00016")
NOTHING = Usage(cost_usd="0")


@pytest.fixture
def provider() -> Iterator[BatchProvider]:
    """A provider without a batch."""
    with playing_batches() as provider:
        yield provider


@pytest.fixture
def batches(provider: BatchProvider) -> OpenAiBatchModel:
    """What is tested."""
    return OpenAiBatchModel(to_openai(PlainKey("key"), provider.base_url), OPTIONS)


def about(number: int) -> Article:
    """One of several articles."""
    return an_article(f"The ferry number {number} sank on Tuesday.", "Nobody was hurt, the police said.")


def a_file(batches: BatchModel, folder: Path, articles: int = 4) -> Path:
    """A file of requests."""
    path = folder / "requests.jsonl"
    lines = [
        {
            "custom_id": f"article {number}",
            "method": "POST",
            "url": "/v1/responses",
            "body": batches.request(Assignment(about(number), a_style(), A_MINUTE)),
        }
        for number in range(1, articles + 1)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def over(batches: BatchModel, batch_id: str) -> BatchState:
    """Its state, once it is over."""
    return next(state for _ in range(10) if (state := batches.state(batch_id)).is_over)


# ----------------------------------------------------------------------------------------------------------------------
# What is asked
# ----------------------------------------------------------------------------------------------------------------------


def test_a_request_is_the_one_that_would_be_sent_live(model: ModelServer, batches: OpenAiBatchModel) -> None:
    """To the letter, but for the service tier, which a batch has not."""
    model.answers(play.draft("The ferry sank.", "Nobody was hurt."))
    live = OpenAiSummarizer(to_openai(PlainKey("key"), model.base_url), replace(OPTIONS, service_tier=None))
    live.write(Assignment(about(1), a_style(), A_MINUTE), lambda _: None)

    request = batches.request(Assignment(about(1), a_style(), A_MINUTE))

    assert request == model.requests[0].body
    assert problems_of(json.loads(json.dumps(request))) == []
    assert batches.identity == live.identity


def test_an_article_that_needs_several_requests_is_in_no_batch(provider: BatchProvider) -> None:
    """It is read in parts, one answer after the other."""
    options = replace(OPTIONS, input_tokens=1_000)
    batches = OpenAiBatchModel(to_openai(PlainKey("key"), provider.base_url), options)

    assert batches.request(Assignment(an_article("word " * 5_000), a_style(), A_MINUTE)) is None


def test_a_batch_costs_half(batches: OpenAiBatchModel, provider: BatchProvider) -> None:
    """Of what the same request costs live, in whichever tier; without a price nobody knows."""
    connection = to_openai(PlainKey("key"), provider.base_url)
    live = OpenAiSummarizer(connection, replace(OPTIONS, service_tier=None)).likely_cost(about(1))
    plain = PriceList({play.MODEL: Price.model_validate({"input": 1, "output": 1})})

    assert batches.likely_cost(about(1)) == (live or 0) / 2
    assert OpenAiBatchModel(connection, replace(OPTIONS, prices=plain)).likely_cost(about(1)) is None


# ----------------------------------------------------------------------------------------------------------------------
# The way of a batch
# ----------------------------------------------------------------------------------------------------------------------


def test_a_batch_is_submitted_awaited_and_read(
    batches: OpenAiBatchModel, provider: BatchProvider, tmp_path: Path
) -> None:
    """Each answer comes with what it cost, at half the price, and reads as a live one does."""
    batch_id = batches.submit(a_file(batches, tmp_path), {"run": "1"})
    under_way = batches.state(batch_id)

    state, answers = over(batches, batch_id), list(batches.answers(batch_id))

    assert (under_way.status, under_way.is_over) == ("in_progress", False)
    assert state == BatchState("completed", is_over=True, total=4, completed=4)
    assert [answer.custom_id for answer in answers] == [f"article {number}" for number in range(1, 5)]
    assert {answer.usage for answer in answers} == {HALF}
    spent: list[Usage] = []
    live = OpenAiSummarizer(to_openai(PlainKey("key"), provider.base_url), OPTIONS)
    draft = live.read_answer(answers[0].body or "", spent.append).draft
    assert draft.texts["standfirst"] == "The ferry number 1 sank on Tuesday, it is said."
    assert spent == [HALF]


def test_the_provider_keeps_nothing_for_long(
    batches: OpenAiBatchModel, provider: BatchProvider, tmp_path: Path
) -> None:
    """Its files are deleted once they are read, and end by themselves if nobody does."""
    batch_id = batches.submit(a_file(batches, tmp_path), {"run": "1"})
    over(batches, batch_id)

    assert list(provider.expiry.values()) == [str(KEPT_SECONDS)]
    for _ in range(2):
        batches.discard(batch_id)
    assert provider.files == {}


def test_what_an_expired_batch_answered_is_there_and_the_rest_costs_nothing(
    batches: OpenAiBatchModel, provider: BatchProvider, tmp_path: Path
) -> None:
    """Both by the ids of the requests."""
    provider.course = Course(answers=1, errs_every=0)
    batch_id = batches.submit(a_file(batches, tmp_path), {"run": "1"})

    state, answers = over(batches, batch_id), list(batches.answers(batch_id))

    assert state == BatchState("expired", is_over=True, total=4, completed=1, failed=3)
    assert [answer.error for answer in answers] == [None, *["batch_expired"] * 3]
    assert [answer.usage for answer in answers] == [HALF, *[NOTHING] * 3]


def test_a_request_that_went_wrong_says_why(batches: OpenAiBatchModel, provider: BatchProvider, tmp_path: Path) -> None:
    """By the provider's code; the others are answered."""
    provider.course = Course(errs_every=2)
    batch_id = batches.submit(a_file(batches, tmp_path), {"run": "1"})
    over(batches, batch_id)

    answers = {answer.custom_id: answer for answer in batches.answers(batch_id)}

    assert (answers["article 2"].body, answers["article 2"].error) == (None, "server_error")
    assert answers["article 2"].usage == NOTHING
    assert answers["article 1"].error is None


def test_a_cancelled_batch_has_what_was_answered_by_then(
    batches: OpenAiBatchModel, provider: BatchProvider, tmp_path: Path
) -> None:
    """To cancel it again, or when it is over, changes nothing."""
    batch_id = batches.submit(a_file(batches, tmp_path), {"run": "1"})

    for _ in range(2):
        batches.cancel(batch_id)

    assert batches.state(batch_id).status == "cancelled"
    assert [answer.custom_id for answer in batches.answers(batch_id) if answer.body] == ["article 1", "article 2"]
    assert sum(provider.paid.values()) == 2


def test_a_refused_file_says_so(batches: OpenAiBatchModel, provider: BatchProvider, tmp_path: Path) -> None:
    """By code; there are no answers then."""
    provider.course = Course(fails="token_limit_exceeded")

    batch_id = batches.submit(a_file(batches, tmp_path), {"run": "1"})

    state = batches.state(batch_id)
    assert (state.status, state.is_over, state.trouble) == ("failed", True, "token_limit_exceeded")
    assert list(batches.answers(batch_id)) == []


# ----------------------------------------------------------------------------------------------------------------------
# Faults
# ----------------------------------------------------------------------------------------------------------------------


def test_a_submission_that_was_cut_off_finds_its_batch_again(
    batches: OpenAiBatchModel, provider: BatchProvider, tmp_path: Path
) -> None:
    """The provider has it, but nobody heard; among more batches than are listed at once."""
    path = a_file(batches, tmp_path)
    provider.fail("create_batch", 0)
    with pytest.raises(ModelDown):
        batches.submit(path, {"run": "1", "file": "1"})
    [first] = provider.batches.values()
    for number in range(2, 120):
        shown = {**first.shown, "id": f"batch of {number}", "metadata": {"run": "1", "file": str(number)}}
        provider.batches[shown["id"]] = replace(first, shown=shown)

    again = batches.submit(path, {"run": "1", "file": "1"})

    assert again == next(iter(provider.batches))
    assert len(provider.batches) == 119


@pytest.mark.parametrize("endpoint", ["create_file", "create_batch", "list_batches"])
def test_a_submission_that_fails_creates_no_batch(
    batches: OpenAiBatchModel, provider: BatchProvider, tmp_path: Path, endpoint: str
) -> None:
    """And the next one does."""
    provider.fail(endpoint, 503)
    with pytest.raises(ModelDown):
        batches.submit(a_file(batches, tmp_path), {"run": "1"})
    assert not provider.batches

    batches.submit(a_file(batches, tmp_path), {"run": "1"})

    assert len(provider.batches) == 1


@pytest.mark.parametrize(
    ("status", "error"), [(429, ModelUnavailable), (500, ModelDown), (401, ModelUnusable)], ids=["429", "500", "401"]
)
def test_the_providers_errors_are_those_of_a_live_request(
    batches: OpenAiBatchModel, provider: BatchProvider, tmp_path: Path, status: int, error: type[Exception]
) -> None:
    """In whatever is asked."""
    batch_id = batches.submit(a_file(batches, tmp_path), {"run": "1"})
    over(batches, batch_id)
    for endpoint, ask in (
        ("get_batch", lambda: batches.state(batch_id)),
        ("get_content", lambda: list(batches.answers(batch_id))),
        ("delete_file", lambda: batches.discard(batch_id)),
    ):
        provider.fail(endpoint, status)
        with pytest.raises(error):
            ask()


def test_a_key_that_was_rotated_is_read_again(provider: BatchProvider, tmp_path: Path) -> None:
    """As for a live request."""
    key = RotatedKey()
    batches = OpenAiBatchModel(to_openai(key, provider.base_url), OPTIONS)
    provider.fail("list_batches", 401)

    batches.submit(a_file(batches, tmp_path), {"run": "1"})

    assert key.renewed == 1


@dataclass
class RotatedKey:
    """A key that was changed behind our back."""

    renewed: int = 0

    def __call__(self) -> str:
        """The key as far as we know."""
        return f"key {self.renewed}"

    def renew(self) -> bool:
        """Look again."""
        self.renewed += 1
        return True


def test_something_other_than_the_provider_answers(model: ModelServer, tmp_path: Path) -> None:
    """A proxy with a page of its own: it may be gone the next time."""
    page = play.page()
    batches = OpenAiBatchModel(to_openai(PlainKey("key"), model.base_url), OPTIONS)
    model.answers(page)

    for ask in (
        lambda: batches.submit(a_file(batches, tmp_path), {"run": "1"}),
        lambda: batches.state("batch_1"),
        lambda: list(batches.answers("batch_1")),
    ):
        with pytest.raises((ModelDown, ModelUnusable)):
            ask()


def test_lines_that_cannot_be_read_are_left_out(
    batches: OpenAiBatchModel, provider: BatchProvider, tmp_path: Path
) -> None:
    """The others are answers."""
    batch_id = batches.submit(a_file(batches, tmp_path), {"run": "1"})
    over(batches, batch_id)
    output = provider.batches[batch_id].shown["output_file_id"]
    provider.files[output] += b'{"half\n[]\n\n{"custom_id": "a", "response": "b"}\n{"custom_id": "empty"}\n'

    assert [answer.custom_id for answer in batches.answers(batch_id)][4:] == ["empty"]


def test_a_file_that_breaks_off_is_not_half_read(
    batches: OpenAiBatchModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is told of a file that did not arrive whole."""
    batch_id = batches.submit(a_file(batches, tmp_path), {"run": "1"})
    over(batches, batch_id)
    whole = BatchProvider.get_content

    def broken(self: BatchProvider, request: object, file_id: str) -> object:
        answer = whole(self, request, file_id)  # type: ignore[arg-type]
        answer.headers["Content-Length"] = str(len(answer.data) + 10)
        return answer

    monkeypatch.setattr(BatchProvider, "get_content", broken)

    heard = []
    with pytest.raises(ModelDown):
        heard.extend(batches.answers(batch_id))
    assert heard == []


# ----------------------------------------------------------------------------------------------------------------------
# What a stored answer says
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("no JSON", ModelOutputInvalid),
        ("[]", ModelOutputInvalid),
        ("{}", ModelUnavailable),
        ('{"status": "completed", "output": [], "usage": null}', ModelOutputInvalid),
        ('{"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}', ModelOutputInvalid),
        ('{"status": "incomplete", "incomplete_details": {"reason": "content_filter"}}', ModelRefused),
    ],
    ids=["no JSON", "no object", "empty", "without output", "cut off", "filtered"],
)
def test_an_answer_of_no_use_is_the_error_that_it_is_live(
    provider: BatchProvider, answer: str, error: type[Exception]
) -> None:
    """The caller decides about it as about any other."""
    live = OpenAiSummarizer(to_openai(PlainKey("key"), provider.base_url), OPTIONS)

    with pytest.raises(error):
        live.read_answer(answer, lambda _: None)


def test_reading_an_answer_sends_nothing(provider: BatchProvider) -> None:
    """It is paid for."""
    live = OpenAiSummarizer(to_openai(PlainKey("key"), provider.base_url), OPTIONS)

    with suppress(ModelOutputInvalid):
        live.read_answer("{}" * 2, lambda _: None)

    assert provider.live == []
