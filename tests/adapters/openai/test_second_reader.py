"""The second reader: the real client, against a provider that is played over HTTP."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

import model_server as play
from builders import an_article
from desk import ONE_ANSWER
from model_server import ModelServer, a_verdict
from standfirst.adapters.aws.api_key import PlainKey
from standfirst.adapters.openai.client import Connection, to_bedrock, to_openai
from standfirst.adapters.openai.responses import ModelOptions
from standfirst.adapters.openai.second_reader import OpenAiSecondReader
from standfirst.domain.article import Article
from standfirst.domain.deadline import AFTER_MODEL_SECONDS, MODEL_SECONDS, Deadline
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
from standfirst.domain.ports import ReadingAssignment, WriterIdentity
from standfirst.domain.second_reading import SentenceToRead, Verdict
from standfirst.domain.usage import Usage
from standfirst.model.prices import PriceList

SENTENCES = (
    SentenceToRead("standfirst", 0, "The ferry returns in June.", paragraphs=(0,)),
    SentenceToRead("summary", 0, "Repairs cost 24,000 crowns.", ("Does “24,000 crowns” follow from the article?",)),
)
SOUND = play.verdicts(
    a_verdict(1, "supported", "will return in June"),
    a_verdict(2, "contradicted", "240,000 crowns", [2, 0], reason="A digit is lost.", article_says="It is 240,000."),
)
READ = (
    Verdict("standfirst", 0, "supported", (0,), "will return in June"),
    Verdict("summary", 0, "contradicted", (1,), "240,000 crowns", "A digit is lost.", "It is 240,000."),
)


@dataclass
class ReaderDesk:
    """A second reader with a provider to ask, the time it has, and what it spent and slept."""

    model: ModelServer
    options: ModelOptions = field(
        default_factory=lambda: ModelOptions("openai", play.MODEL, input_tokens=60_000, prices=PriceList())
    )
    seconds: float = 60
    now: float = 0
    connection: Connection | None = None
    spent: list[Usage] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        connection = self.connection or to_openai(PlainKey("key"), self.model.base_url)
        self.reader = OpenAiSecondReader(connection, self.options, self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def read(self, article: Article | None = None) -> tuple[Verdict, ...]:
        """What the model says of the sentences."""
        deadline = Deadline(self.seconds, lambda: self.now)
        return self.reader.read(ReadingAssignment(article or an_article(), SENTENCES, deadline), self.spent.append)


@pytest.fixture
def reader(model: ModelServer) -> ReaderDesk:
    """A second reader with a minute."""
    return ReaderDesk(model)


# ----------------------------------------------------------------------------------------------------------------------
# What is asked
# ----------------------------------------------------------------------------------------------------------------------


def test_a_sound_answer_is_its_verdicts(reader: ReaderDesk) -> None:
    """One call, one verdict a sentence, paragraphs counted as everywhere; nothing is proven yet."""
    reader.model.answers(SOUND)

    assert reader.read() == READ
    assert reader.spent == [ONE_ANSWER]
    assert len(reader.model.requests) == 1


def test_the_rules_come_first_and_the_article_last(reader: ReaderDesk) -> None:
    """Only the rules are marked for the cache, which is the reader's own; nothing is kept by the provider."""
    reader.model.answers(SOUND)

    reader.read()

    (request,) = reader.model.requests
    rules, assignment, material = request.texts
    assert rules.startswith("You are the second pair of eyes")
    assert "one for each sentence from 1 to 2" in assignment
    assert material.index(SENTENCES[0].text) < material.index(SENTENCES[1].questions[0])
    assert material.index(SENTENCES[1].questions[0]) < material.index(an_article().paragraphs[0])
    assert [message["role"] for message in request.body["input"]] == ["developer", "developer", "user"]
    marked = ["prompt_cache_breakpoint" in part for message in request.body["input"] for part in message["content"]]
    assert marked == [True, False, False]
    assert request.body["prompt_cache_key"] == "standfirst-verdicts-1"
    assert request.body["store"] is False
    assert request.body["text"]["format"]["strict"] is True


def test_the_reader_says_who_it_is(reader: ReaderDesk) -> None:
    """Its model and its prompt have versions of their own."""
    assert reader.reader.identity == WriterIdentity("openai", model=play.MODEL, prompt="1")


def test_the_likely_cost_counts_article_rules_and_answer(reader: ReaderDesk) -> None:
    """An article that is too long for one request costs no more than one request; no price, no cost."""
    short = reader.reader.likely_cost(an_article())
    long = reader.reader.likely_cost(an_article(*["A long paragraph of the story. " * 400] * 100))
    unpriced = ReaderDesk(reader.model, replace(reader.options, model="another-model"))

    assert short
    assert long
    assert Decimal("0.001") < short < long < Decimal("0.02")
    assert unpriced.reader.likely_cost(an_article()) is None


def test_bedrock_is_asked_like_openai(reader: ReaderDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the role, without a key."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "AKIATEST",
        "AWS_SECRET_ACCESS_KEY": "s",
        "AWS_REGION": "eu-west-1",
    }.items():
        monkeypatch.setenv(name, value)
    reader.model.answers(SOUND)
    connection = to_bedrock(reader.model.base_url)
    bedrock = ReaderDesk(reader.model, replace(reader.options, writer="bedrock"), connection=connection)

    assert bedrock.read() == READ
    assert bedrock.reader.identity.writer == "bedrock"
    assert reader.model.requests[0].headers["Authorization"].startswith("AWS4-HMAC-SHA256")


# ----------------------------------------------------------------------------------------------------------------------
# What is answered
# ----------------------------------------------------------------------------------------------------------------------


def test_only_the_final_message_counts(reader: ReaderDesk) -> None:
    """Newer models talk before they answer."""
    answer = (
        '{"verdicts": [{"sentence": 1, "verdict": "supported", "paragraphs": [1], "quote": "will return in June"}]}'
    )
    reader.model.answers(play.messages(("commentary", "I look at it."), ("final_answer", answer)))

    assert reader.read() == READ[:1]


def test_sentences_that_are_left_out_or_named_twice_are_for_the_rules(reader: ReaderDesk) -> None:
    """They come as they are."""
    twice = [a_verdict(2, "supported", "a"), a_verdict(2, "contradicted", "b")]
    reader.model.answers(play.verdicts(*twice))

    assert [(each.field, each.judgement) for each in reader.read()] == [
        ("summary", "supported"),
        ("summary", "contradicted"),
    ]


def test_a_reason_may_be_in_any_language(reader: ReaderDesk) -> None:
    """It is for editors; the quote is what counts, in the article's."""
    reason = "Die Klägerin verlor; 渡轮不会回来。"
    reader.model.answers(play.verdicts(a_verdict(1, "not_in_article", "will return in June", reason=reason)))

    assert reader.read() == (Verdict("standfirst", 0, "not_in_article", (0,), "will return in June", reason),)


@pytest.mark.parametrize(
    "answer",
    [
        play.incomplete("max_output_tokens"),
        play.text("Supported, all of it."),
        play.text('{"verdicts": [{"sentence": 1, "verdict": "true", "paragraphs": [], "quote": ""}]}'),
        play.text('{"verdicts": [{"sentence": "one", "verdict": "supported", "paragraphs": [], "quote": ""}]}'),
        play.verdicts(*[a_verdict(1, "supported")] * 9),
    ],
    ids=["cut off", "no JSON", "no such verdict", "no number", "run away"],
)
def test_an_answer_that_cannot_be_read_is_asked_for_once_more(reader: ReaderDesk, answer: play.Answer) -> None:
    """And then no more; each answer is paid for."""
    reader.model.answers(answer, SOUND)
    assert reader.read() == READ

    reader.model.answers(answer)
    with pytest.raises(ModelOutputInvalid):
        reader.read()

    assert len(reader.model.requests) == 4
    assert len(reader.spent) == 4


@pytest.mark.parametrize(
    ("answer", "error", "calls"),
    [
        (play.refusal(), ModelRefused, 1),
        (play.incomplete("content_filter"), ModelRefused, 1),
        (play.http_error(429, retry_after="90"), ModelBusy, 1),
        (play.http_error(429), ModelBusy, 1),
        (play.http_error(429, code="insufficient_quota"), ModelUnusable, 1),
        (play.failing(code="insufficient_quota"), ModelUnusable, 1),
        (play.http_error(401), ModelUnusable, 1),
        (play.http_error(400, code="invalid_value"), ModelMisconfigured, 1),
        (play.http_error(500), ModelDown, 2),
        (play.dropped(), ModelDown, 2),
        (play.page(), ModelDown, 1),
    ],
    ids=[
        "refusal",
        "filter",
        "429",
        "429 for no time",
        "no quota",
        "no quota in a 200",
        "401",
        "400",
        "500",
        "dropped",
        "a page",
    ],
)
def test_a_fault_is_the_error_that_it_is_to_a_writer(
    reader: ReaderDesk, answer: play.Answer, error: type[ModelError], calls: int
) -> None:
    """With the retries of a writer, and none that outlast the deadline."""
    reader.model.answers(answer)

    with pytest.raises(error):
        reader.read()

    assert len(reader.model.requests) == calls


def test_a_short_wait_is_waited_for(reader: ReaderDesk) -> None:
    """As the provider asks for."""
    reader.model.answers(play.http_error(429, retry_after="2"), SOUND)

    assert reader.read() == READ
    assert reader.slept == [2.0]


def test_an_answer_that_comes_too_late_may_have_been_billed(
    reader: ReaderDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it cost is not known, and it is not asked for again."""
    monkeypatch.setattr("standfirst.adapters.openai.call_times.MODEL_ANSWER_SECONDS", 0)
    reader.seconds = AFTER_MODEL_SECONDS + 0.3
    reader.model.answers(play.slow(SOUND))

    with pytest.raises(ModelUnavailable, match="did not answer"):
        reader.read()

    assert reader.spent == [Usage(cost_usd=None)]
    assert len(reader.model.requests) == 1


def test_of_a_long_article_the_compared_paragraphs_are_sent(reader: ReaderDesk) -> None:
    """Its verdicts are about the paragraphs of the whole; one that is all too long costs nothing."""
    short = ReaderDesk(reader.model, replace(reader.options, input_tokens=100))
    reader.model.answers(SOUND)

    verdicts = short.read(an_article("The ferry will return in June.", "It costs 240,000 crowns.", "long " * 9_000))
    with pytest.raises(ModelOutputInvalid):
        short.read(an_article("long " * 9_000))

    (request,) = reader.model.requests
    assert verdicts == READ
    assert "[2] It costs" in request.texts[-1]
    assert "long long" not in request.texts[-1]


def test_a_reader_with_too_little_time_is_not_asked(reader: ReaderDesk) -> None:
    """It would be paid for and not waited for."""
    reader.seconds = MODEL_SECONDS - 1

    with pytest.raises(ModelUnavailable, match="too little time"):
        reader.read()

    assert not reader.model.requests
