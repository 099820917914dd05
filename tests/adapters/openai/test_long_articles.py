"""Articles that the model reads part by part, against a provider that is played over HTTP."""

from dataclasses import replace

import pytest

import model_server as play
from builders import an_article
from desk import GOOD, GOOD_DRAFT, Desk
from fakes import FakeGenerationCache
from model_server import ModelServer
from standfirst.adapters.aws.api_key import PlainKey
from standfirst.adapters.openai.client import to_openai
from standfirst.adapters.openai.responses import ModelOptions
from standfirst.adapters.openai.summarizer import (
    OpenAiSummarizer,
)
from standfirst.domain.errors import (
    ModelDown,
    ModelRefused,
)
from standfirst.domain.ports import Generation, Rejected
from standfirst.model.prices import PriceList

LONG = tuple(f"In paragraph {number} the harbour counted {number} ferries on Tuesday." for number in range(100, 180))
"""About 1,400 tokens."""


def long_desk(model: ModelServer) -> Desk:
    """A writer that shows 400 tokens at once."""
    return Desk(model, ModelOptions("openai", play.MODEL, input_tokens=400, prices=PriceList()))


def answer_by_kind(asked: play.Asked) -> play.Response:
    """Notes where notes are asked for, the draft otherwise."""
    wanted = asked.body["text"]["format"]["name"]
    return (play.notes("The harbour counted ferries.") if wanted == "notes" else GOOD)(asked)


def replace_log(desk: Desk, log: FakeGenerationCache) -> Desk:
    """The same desk, with a log of what was paid for."""
    desk.writer = OpenAiSummarizer(to_openai(PlainKey("key"), desk.model.base_url), desk.options, desk._sleep, log)  # noqa: SLF001
    return desk


def test_the_notes_on_a_part_are_paid_for_once_though_another_part_fails(model: ModelServer) -> None:
    """The next delivery, in whatever process, asks for that part and for the whole."""
    log, article = FakeGenerationCache(), an_article(*LONG)

    def fail_the_last(asked: play.Asked) -> play.Response:
        return (play.http_error(503) if LONG[-1] in asked.told else answer_by_kind)(asked)

    model.answers(fail_the_last)
    with pytest.raises(ModelDown):
        replace_log(long_desk(model), log).write(article)
    noted = len(log.kept)
    model.answers(answer_by_kind)
    before = len(model.requests)

    generation = replace_log(long_desk(model), log).write(article)

    assert noted == generation.parts - 1
    assert len(model.requests) - before == 2


def test_the_likely_cost_of_a_long_article_counts_a_request_for_each_part(model: ModelServer) -> None:
    """And one for the whole; else a package of long articles would go through a budget that has no room for it."""
    desk, article = long_desk(model), an_article(*LONG)
    model.answers(answer_by_kind)

    likely = desk.writer.likely_cost(article)
    desk.write(article)

    full = Desk(model, replace(desk.options, input_tokens=60_000)).writer.likely_cost(an_article("x" * 4 * 400))
    assert likely is not None
    assert full is not None
    assert likely / full == pytest.approx(len(model.requests), abs=1)


def test_a_long_article_is_read_part_by_part_and_told_as_one(model: ModelServer) -> None:
    """Every paragraph is shown, the notes are put together, and each call is paid for."""
    desk = long_desk(model)
    model.answers(answer_by_kind)

    generation = desk.write(an_article(*LONG, headline="Ferries"))

    *parts, whole = model.requests
    shown = "\n".join(request.told for request in parts)
    assert all(shown.count(paragraph) == 1 for paragraph in LONG)
    assert generation == Generation(GOOD_DRAFT, parts=len(parts), coverage=100)
    assert len(parts) > 2
    assert whole.texts[2].count("The harbour counted ferries.") == len(parts)
    assert len(desk.spent) == len(model.requests)


def test_a_revision_of_a_long_article_does_not_read_it_again(model: ModelServer) -> None:
    """The notes are kept while the process lives: half the price, and time that there would not be."""
    desk = long_desk(model)
    model.answers(answer_by_kind)
    article = an_article(*LONG)

    first = desk.write(article)
    read = len(model.requests)
    second = desk.write(article, Rejected(first.draft, []))

    assert len(model.requests) == read + 1
    assert (second.parts, second.coverage) == (first.parts, 100)


def test_one_part_that_is_refused_refuses_the_article(model: ModelServer) -> None:
    """A summary of the rest would not be one of the article."""

    def refuse_the_last(asked: play.Asked) -> play.Response:
        return (play.refusal() if LONG[-1] in asked.told else answer_by_kind)(asked)

    model.answers(refuse_the_last)

    with pytest.raises(ModelRefused):
        long_desk(model).write(an_article(*LONG))

    assert all(request.body["text"]["format"]["name"] == "notes" for request in model.requests)
