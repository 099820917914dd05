"""The same function with a model, whose provider is played over HTTP."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import boto3
import pytest
from werkzeug import Response

import model_server as play
from builders import STORY
from http_events import a_post, an_event, body_of
from model_server import Asked, ModelServer
from standfirst.domain.deadline import Deadline
from standfirst_local.functions import LocalFunction

STANDFIRST = (
    "Brackenford’s council voted on Tuesday to bring back the crossing, "
    "which stopped in 2019 when a flood washed its landing stage away."
)
SUMMARY = (
    "The town council of Brackenford voted on Tuesday to reopen the ferry across the Sele. It stopped in 2019, "
    "when a flood washed away its landing stage. Repairs will cost {} crowns, the council said, "
    "and are to be finished by June."
)
GOOD = play.draft(STANDFIRST, SUMMARY.format("240,000"))
WRONG = play.draft(STANDFIRST, SUMMARY.format("290,000"))
UNSURE = f"{SUMMARY.format('240,000')} Many beside the water have long wished for it."
DOUBTFUL = play.draft(STANDFIRST, UNSURE)
VOTED = "voted on Tuesday to reopen the ferry across the Sele"
SUPPORTED = play.verdicts(*(play.a_verdict(at, "supported", VOTED, reason="As it says.") for at in range(1, 6)))


@pytest.fixture
def deployed(
    storage: Mapping[str, str], table: str, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ModelServer]:
    """A deployment that asks the model that is played."""
    del storage, table
    boto3.client("ssm").put_parameter(Name="/standfirst/openai", Value="sk-test", Type="SecureString", Overwrite=True)
    monkeypatch.setenv("MODEL_PROVIDER", "openai")
    monkeypatch.setenv("SECOND_READER", "off")  # what it does is for tests of its own
    monkeypatch.setenv("MODEL_BASE_URL", model.base_url)
    monkeypatch.setenv("MODEL_KEY_PARAMETER", "/standfirst/openai")
    return model


@pytest.fixture
def function(deployed: ModelServer, load_function: Callable[..., LocalFunction]) -> LocalFunction:
    """The function of such a deployment."""
    del deployed
    return load_function("summarize_on_request", timeout_seconds=29)


def test_the_models_text_is_answered(function: LocalFunction, deployed: ModelServer) -> None:
    """Checked, and with what it cost."""
    deployed.answers(GOOD)

    body = body_of(function.invoke(a_post()))

    assert (body["standfirst"], body["status"], body["made_by"]["writer"]) == (STANDFIRST, "generated", "openai")
    assert body["usage"]["cost_usd"]


def test_a_draft_with_errors_is_never_answered(function: LocalFunction, deployed: ModelServer) -> None:
    """It is revised once, and then the fallback writes."""
    deployed.answers(WRONG)

    body = body_of(function.invoke(a_post()))

    assert (body["made_by"]["writer"], body["made_by"]["degraded"]) == ("extractive", "ungrounded")
    assert "290,000" not in json.dumps(body)
    assert len(deployed.requests) == 2


def test_the_article_that_is_posted_and_uploaded_is_paid_for_once(
    function: LocalFunction,
    deployed: ModelServer,
    load_function: Callable[..., LocalFunction],
    storage: Mapping[str, str],
) -> None:
    """The worker finds it summarised."""
    deployed.answers(GOOD)
    function.invoke(a_post(article_id="politics/ferry.txt"))
    uploaded = {
        "eventSource": "aws:s3",
        "eventTime": "2026-03-03T10:14:00.000Z",
        "s3": {
            "bucket": {"name": storage["ArticlesBucket"]},
            "object": {"key": "politics/ferry.txt", "size": 1, "sequencer": "0A"},
        },
    }

    load_function("summarize_uploads").invoke({"Records": [uploaded]})
    again = function.invoke(a_post(article_id="another.txt"))

    assert body_of(again)["standfirst"] == STANDFIRST
    assert len(deployed.requests) == 1


@pytest.mark.parametrize(
    ("trouble", "degraded"),
    [
        (play.http_error(500), "model_unavailable"),
        (play.refusal(), "refused"),
        (play.http_error(401), "model_unavailable"),
    ],
    ids=["a model that fails", "a refusal", "a wrong key"],
)
def test_the_article_is_answered_for_where_the_model_is_not(
    function: LocalFunction, deployed: ModelServer, trouble: play.Answer, degraded: str
) -> None:
    """With its own sentences, and why."""
    deployed.answers(trouble)

    answer = function.invoke(a_post())

    body = body_of(answer)
    assert (answer["statusCode"], body["made_by"]["degraded"]) == (200, degraded)
    assert body["standfirst"] in STORY


def test_a_request_that_has_waited_long_is_answered_without_the_model(
    function: LocalFunction, deployed: ModelServer
) -> None:
    """There is not enough left of the 25 seconds to ask one, and the answer says so."""
    event = a_post()
    event["requestContext"]["timeEpoch"] = int((time.time() - 20) * 1000)

    body = body_of(function.invoke(event))

    assert (body["made_by"]["writer"], body["made_by"]["degraded"]) == ("extractive", "model_unavailable")
    assert deployed.requests == []


# ----------------------------------------------------------------------------------------------------------------------
# The second reader
# ----------------------------------------------------------------------------------------------------------------------


@dataclass
class Watch:
    """The clock of every deadline, which an answer may move on."""

    ahead: float = 0.0

    def time(self) -> float:
        """The time it shows."""
        return time.time() + self.ahead

    def taking(self, seconds: float, answer: play.Answer) -> play.Answer:
        """``answer``, after ``seconds`` of this clock."""

        def late(asked: Asked) -> Response:
            self.ahead += seconds
            return answer(asked)

        return late


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Set, and running."""
    watch = Watch()
    monkeypatch.setattr(Deadline, "after", lambda seconds: Deadline(watch.time() + seconds, watch.time))
    return watch


@pytest.fixture
def reading_function(
    deployed: ModelServer, load_function: Callable[..., LocalFunction], monkeypatch: pytest.MonkeyPatch
) -> LocalFunction:
    """The function of a deployment that has what is doubtful read, as the template does by default."""
    del deployed
    monkeypatch.setenv("SECOND_READER", "doubtful")
    return load_function("summarize_on_request", timeout_seconds=29)


def kinds(model: ModelServer) -> list[str]:
    """What was asked for."""
    return [asked.kind for asked in model.requests]


@pytest.mark.parametrize("query", [{}, {"article_id": "politics/ferry.txt"}], ids=["not stored", "stored"])
def test_what_is_doubtful_is_read_while_the_caller_waits(
    reading_function: LocalFunction, deployed: ModelServer, query: dict[str, str]
) -> None:
    """The answer has the verdicts without the reader's own words, and both bills."""
    deployed.answers(play.by_kind(draft=DOUBTFUL, verdicts=SUPPORTED))

    answer = reading_function.invoke(a_post(**query))

    body = body_of(answer)
    assert (body["summary"], body["checks"]["second_reader"]) == (UNSURE, "read")
    assert kinds(deployed) == ["draft", "verdicts"]
    reading = body["second_reading"]
    assert (body["usage"]["input_tokens"], reading["usage"]["input_tokens"]) == (1_000, 1_000)
    assert {each["judgement"] for each in reading["verdicts"]} == {"supported"}
    assert "As it says." not in answer["body"]


def test_what_is_sound_is_not_paid_for_twice(reading_function: LocalFunction, deployed: ModelServer) -> None:
    """By default the reader is asked about what is doubtful only."""
    deployed.answers(play.by_kind(draft=GOOD))

    body = body_of(reading_function.invoke(a_post()))

    assert (body["second_reading"]["outcome"], kinds(deployed)) == ("not_needed", ["draft"])


def test_where_no_time_is_left_for_a_reading_the_answer_says_so(
    reading_function: LocalFunction, deployed: ModelServer, watch: Watch
) -> None:
    """The writer took most of the 25 seconds: its text is answered, and the same article sent again is read."""
    deployed.answers(play.by_kind(draft=watch.taking(9, DOUBTFUL), verdicts=SUPPORTED))

    body = body_of(reading_function.invoke(a_post()))
    asked = kinds(deployed)
    again = body_of(reading_function.invoke(a_post()))

    assert asked == ["draft"]
    assert (body["summary"], body["status"], body["made_by"]["degraded"]) == (UNSURE, "generated", None)
    assert body["second_reading"]["outcome"] == body["checks"]["second_reader"] == "unavailable"
    assert "too little time" in body["second_reading"]["trouble"]
    assert kinds(deployed) == ["draft", "verdicts"]
    assert (again["summary"], again["checks"]["second_reader"]) == (UNSURE, "read")


@pytest.mark.parametrize(
    ("policy", "status"), [("doubtful", "generated"), ("always", "needs_review")], ids=["doubtful", "always"]
)
def test_a_reader_that_fails_does_not_fail_the_request(
    deployed: ModelServer,
    load_function: Callable[..., LocalFunction],
    monkeypatch: pytest.MonkeyPatch,
    policy: str,
    status: str,
) -> None:
    """The rules' result is answered; an editor has to see it where every text should be read."""
    monkeypatch.setenv("SECOND_READER", policy)
    function = load_function("summarize_on_request", timeout_seconds=29)
    deployed.answers(play.by_kind(draft=DOUBTFUL, verdicts=play.http_error(500)))

    answer = function.invoke(a_post())

    body = body_of(answer)
    assert (answer["statusCode"], body["summary"], body["status"]) == (200, UNSURE, status)
    assert body["checks"]["second_reader"] == "unavailable"


def test_what_the_reader_refuses_twice_is_never_answered(
    reading_function: LocalFunction, deployed: ModelServer
) -> None:
    """The article's own sentences are, and neither the draft nor a word of the reader's."""
    against = play.a_verdict(5, "not_in_article", "", (), reason="Nobody wished.")
    deployed.answers(play.by_kind(draft=DOUBTFUL, verdicts=play.verdicts(against)))

    answer = reading_function.invoke(a_post())

    body = body_of(answer)
    assert (body["made_by"]["degraded"], body["status"]) == ("ungrounded", "needs_review")
    assert kinds(deployed) == ["draft", "verdicts"] * 2
    assert not [words for words in ("long wished", "Nobody wished.") if words in answer["body"]]
    assert body["second_reading"]["usage"]["input_tokens"] == 2_000


def test_a_takedown_erases_what_the_reader_said_also_where_it_is_cached(
    reading_function: LocalFunction, deployed: ModelServer, storage: Mapping[str, str], review_summaries: LocalFunction
) -> None:
    """No reason and no quote is left beside the record or beside what was paid for."""
    deployed.answers(play.by_kind(draft=DOUBTFUL, verdicts=SUPPORTED))
    reading_function.invoke(a_post(article_id="politics/ferry.txt"))
    tables = [storage[name] for name in ("SummariesTable", "GenerationsTable")]
    scans = [json.dumps(boto3.client("dynamodb").scan(TableName=table)["Items"]) for table in tables]
    assert all(words in scan for scan in scans for words in ("As it says.", VOTED))
    event = an_event("http_patch_summary", "politics/ferry.txt")
    event["requestContext"]["http"]["method"] = "DELETE"

    answer = review_summaries.invoke(event | {"routeKey": "DELETE /summaries/{article_id+}"})

    left = json.dumps([boto3.client("dynamodb").scan(TableName=table)["Items"] for table in tables])
    assert answer["statusCode"] == 200
    assert not [words for words in ("As it says.", VOTED) if words in left]
