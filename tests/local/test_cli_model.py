"""The command line with a model: each thing a provider may do, and what a person gets and is told."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import model_server as play
from builders import STORY
from commands import DOUBTFUL, GOOD, STANDFIRST, STILL_WRONG, SUMMARY, WRONG, Done, Run
from model_server import Answer, ModelServer
from standfirst.adapters.openai import call_times, request
from standfirst.domain.deadline import AFTER_MODEL_SECONDS, MODEL_SECONDS
from standfirst_local import files
from standfirst_local.files import ModelWait


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wait of which two seconds are the model's, which is enough for an answer on a busy machine."""
    monkeypatch.setattr(request, "AFTER_MODEL_SECONDS", files.WAIT_SECONDS - 2)
    monkeypatch.setattr(call_times, "MODEL_ANSWER_SECONDS", 0.1)


# ----------------------------------------------------------------------------------------------------------------------
# summarize --json: the text is the model's where it is sound
# ----------------------------------------------------------------------------------------------------------------------


def test_the_installed_command_returns_the_models_text(story: Path, model: ModelServer) -> None:
    """As a newsroom's own script would call it: a file in, a record out."""
    model.answers(play.draft(STANDFIRST, SUMMARY.format("240,000"), figures=play.Figures(1_400, 1_024, 0, 150)))
    command = Path(sys.executable).with_name("standfirst")

    done = subprocess.run(
        [str(command), "summarize", "--json", str(story)],
        env={"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "x"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    record = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (record["standfirst"], record["summary"]) == (STANDFIRST, SUMMARY.format("240,000"))
    assert (record["status"], record["findings"], record["rejected_draft"]) == ("generated", [], None)
    assert record["made_by"] == {
        "writer": "openai",
        "model": play.MODEL,
        "prompt": record["made_by"]["prompt"],
        "style": "default@1",
        "degraded": None,
        "parts": 1,
        "coverage": 100,
    }
    assert record["usage"] == {
        "input_tokens": 1_400,
        "cached_input_tokens": 1_024,
        "output_tokens": 150,
        "cost_usd": "0.00027568",
    }
    assert {each["field"] for each in record["evidence"]} == {"standfirst", "summary"}
    assert record["digital_source_type"].endswith("/trainedAlgorithmicMedia")


def test_a_wrong_number_is_corrected_by_the_model_itself(run: Run, story: Path, model: ModelServer) -> None:
    """One revision, which is told what was wrong; both calls are on the bill."""
    model.answers(WRONG, GOOD)

    done = run("summarize", "--json", story)

    [record] = done.lines
    assert (done.status, done.stderr) == (0, "")
    assert (record["summary"], record["status"]) == (SUMMARY.format("240,000"), "generated")
    assert record["made_by"]["writer"] == "openai"
    assert record["rejected_draft"] is None
    assert record["usage"]["input_tokens"] == 2_000
    first, second = model.requests
    assert "290,000" not in first.told
    assert "290,000" in second.told


@pytest.mark.parametrize(
    ("review_on", "status"), [("negation", "generated"), ("limits", "needs_review")], ids=["not asked", "asked"]
)
def test_a_draft_with_a_warning_is_served(  # noqa: PLR0913, PLR0917 - fixtures
    run: Run, story: Path, model: ModelServer, tmp_path: Path, review_on: str, status: str
) -> None:
    """A summary that is too short is no reason to pay again; whether an editor has to see it is the house's to say."""
    model.answers(DOUBTFUL)
    (style := tmp_path / "style.yaml").write_text(f"name: daily\nreview_on: [{review_on}]\n")

    [record] = run("summarize", "--json", "--style", style, story).lines

    assert (record["made_by"]["writer"], record["status"]) == ("openai", status)
    assert {finding["severity"] for finding in record["findings"]} == {"warning"}
    found = len(record["findings"])
    assert (record["checks"]["errors"], record["checks"]["warnings"]) == (0, found)
    assert record["checks"]["unsure_sentences"] == []
    assert len(model.requests) == 1


# ----------------------------------------------------------------------------------------------------------------------
# summarize --json: the extractive writer's where it is not
# ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """What the model does, and what the record and the person have to say about it."""

    script: Sequence[Answer]
    degraded: str
    said: str
    status: str = "generated"
    calls: int = 1
    paid: int = 0


FAULTS = {
    "wrong twice": Fault([WRONG, STILL_WRONG], "ungrounded", "errors in the model's draft", "needs_review", 2, 2),
    "wrong, then gone": Fault([WRONG, play.http_error(500)], "ungrounded", "no revision came", "needs_review", 3, 1),
    "refusal": Fault([play.refusal()], "refused", "declined", "needs_review", 1, 1),
    "content filter": Fault([play.incomplete("content_filter")], "refused", "content filter", "needs_review", 1, 1),
    "prompt refused": Fault([play.http_error(400, code="content_policy_violation")], "refused", "400", "needs_review"),
    "incomplete twice": Fault([play.incomplete("max_output_tokens")], "truncated", "cut off", calls=2, paid=2),
    "no JSON twice": Fault([play.text('{"standfirst": "The')], "truncated", "shape", calls=2, paid=2),
    "another shape twice": Fault([play.text('{"title": "Ferry"}')], "truncated", "shape", calls=2, paid=2),
    "an empty text twice": Fault([play.draft("", "")], "truncated", "shape", calls=2, paid=2),
    "rate limit": Fault([play.http_error(429)], "model_unavailable", "429"),
    "rate limit, short": Fault([play.http_error(429, retry_after="0.1")], "model_unavailable", "429", calls=2),
    "rate limit, long": Fault([play.http_error(429, retry_after="60")], "model_unavailable", "429"),
    "no quota": Fault(
        [play.http_error(429, kind="insufficient_quota", code="insufficient_quota", retry_after="1")],
        "model_unavailable",
        "insufficient_quota",
    ),
    "wrong key": Fault([play.http_error(401, code="invalid_api_key")], "model_unavailable", "invalid_api_key"),
    "no rights": Fault([play.http_error(403)], "model_unavailable", "403"),
    "unknown model": Fault([play.http_error(404, code="model_not_found")], "model_unavailable", "model_not_found"),
    "unknown setting": Fault([play.http_error(400, code="unsupported_value")], "model_unavailable", "400"),
    "server error": Fault([play.http_error(500)], "model_unavailable", "500", calls=2),
    "overloaded": Fault([play.http_error(503)], "model_unavailable", "503", calls=2),
    "failed": Fault([play.failed("server_error")], "model_unavailable", "server_error"),
    "dropped": Fault([play.dropped()], "model_unavailable", "APIConnectionError", calls=2),
    "a sign-in page": Fault([play.page()], "model_unavailable", "Something other"),
    "half an answer": Fault([play.broken_json()], "truncated", "cannot be read as JSON", calls=2),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_whatever_the_model_does_the_file_gets_a_text_and_the_person_the_reason(
    run: Run, story: Path, model: ModelServer, fault: Fault
) -> None:
    """DESIGN §8: labelled, with what was paid, and exit status 0; the file is named, the key and the text are not."""
    model.answers(*fault.script)

    done = run("summarize", "--json", story)

    [record] = done.lines
    assert done.status == 0
    assert (record["made_by"]["writer"], record["made_by"]["degraded"]) == ("extractive", fault.degraded)
    assert record["status"] == fault.status
    assert record["standfirst"] in STORY
    assert record["summary"]
    assert record["digital_source_type"].endswith("/algorithmicMedia")
    assert len(model.requests) == fault.calls
    assert record["usage"]["input_tokens"] == fault.paid * 1_000
    [complaint] = done.stderr.splitlines()
    assert complaint.startswith(f"standfirst: {story}: ")
    assert fault.said in complaint
    assert "sk-secret" not in complaint
    assert "landing stage" not in complaint


@pytest.mark.usefixtures("impatient")
def test_a_model_that_is_too_slow_is_not_waited_for_twice(run: Run, story: Path, model: ModelServer) -> None:
    """One wait, one call, then the article's own words."""
    model.answers(play.slow(GOOD))

    done = run("summarize", "--json", story)

    [record] = done.lines
    assert (done.status, record["made_by"]["degraded"]) == (0, "model_unavailable")
    assert "did not answer in" in done.stderr
    assert len(model.requests) == 1


@pytest.mark.usefixtures("impatient")
def test_a_revision_that_is_too_slow_shares_the_wait_of_its_article(run: Run, story: Path, model: ModelServer) -> None:
    """The time an article waits is spent once, however many calls it takes."""
    model.answers(WRONG, play.slow(GOOD))

    [record] = run("summarize", "--json", story).lines

    assert record["made_by"]["degraded"] == "ungrounded"
    assert SUMMARY.format("290,000") == record["rejected_draft"]["summary"]


def test_a_server_that_is_not_there_is_an_answer_at_once(
    run: Run, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong address must not look like a hanging program."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")

    done = run("summarize", "--json", story)

    [record] = done.lines
    assert (done.status, record["made_by"]["degraded"]) == (0, "model_unavailable")
    assert "APIConnectionError" in done.stderr


def test_what_the_model_wrote_and_may_not_be_served_is_on_the_record(run: Run, story: Path, model: ModelServer) -> None:
    """With the findings that kept it back."""
    model.answers(WRONG, STILL_WRONG)

    [record] = run("summarize", "--json", story).lines

    rejected = record["rejected_draft"]
    assert rejected["summary"] == SUMMARY.format("310,000")
    assert rejected["made_by"]["model"] == play.MODEL
    assert [found["text"] for found in rejected["findings"] if found["severity"] == "error"] == ["310,000 crowns"]
    assert "310,000" not in json.dumps([record["standfirst"], record["summary"], record["key_points"]])


def test_a_model_without_a_price_costs_nobody_knows_what(
    run: Run, story: Path, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Null, and never a guess."""
    monkeypatch.setenv("MODEL", "house-model-7b")
    model.answers(WRONG, GOOD)

    [record] = run("summarize", "--json", story).lines

    assert record["made_by"]["model"] == "house-model-7b"
    assert record["usage"] == {
        "input_tokens": 2_000,
        "cached_input_tokens": 0,
        "output_tokens": 200,
        "cost_usd": None,
    }


def test_one_file_with_trouble_leaves_the_others_to_the_model(run: Run, tmp_path: Path, model: ModelServer) -> None:
    """In order, and only the one is complained of."""
    paths = [tmp_path / f"{name}.txt" for name in ("a", "b", "c")]
    for path in paths:
        path.write_text(f"Ferry to return\n\n{STORY}\n", encoding="utf-8")
    model.answers(GOOD, play.refusal(), GOOD)

    done = run("summarize", "--json", *paths)

    assert [record["made_by"]["degraded"] for record in done.lines] == [None, "refused", None]
    assert [record["article"]["key"] for record in done.lines] == list(map(str, paths))
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == [str(paths[1])]


def test_offline_never_calls(run: Run, story: Path, model: ModelServer) -> None:
    """Whatever stands in the environment."""
    model.answers(GOOD)

    done = run("summarize", "--offline", "--json", story)

    [record] = done.lines
    assert (record["made_by"]["writer"], record["made_by"]["degraded"]) == ("extractive", None)
    assert record["usage"]["cost_usd"] == "0"
    assert (done.stderr, model.requests) == ("", [])


@pytest.mark.parametrize(
    "variable",
    [
        ("MODEL_REASONING_EFFORT", "much"),
        ("MODEL_SERVICE_TIER", "cheap"),
        ("MODEL_INPUT_TOKENS", "ten"),
        ("MODEL_INPUT_TOKENS", "10"),
        ("MODEL_PRICES", "gpt-7: {input: free}"),
        ("MODEL_PRICES", "{"),
    ],
    ids="=".join,
)
def test_a_wrong_setting_of_the_model_is_wrong_usage_and_named(
    run: Run, story: Path, model: ModelServer, monkeypatch: pytest.MonkeyPatch, variable: tuple[str, str]
) -> None:
    """Exit status 2, before anything is read or paid; offline it does not matter."""
    monkeypatch.setenv(*variable)

    done, offline = run("summarize", "--json", story), run("summarize", "--offline", "--json", story)

    assert (done.status, done.stdout, model.requests) == (2, "", [])
    assert variable[0] in done.stderr
    assert "Traceback" not in done.stderr
    assert offline.status == 0


@pytest.mark.parametrize("wait", ["0", "24", "-1", "1.5", "soon", ""])
def test_a_wait_that_leaves_the_model_no_time_is_wrong_usage(run: Run, story: Path, wait: str) -> None:
    """A typing error must not turn the model off without a word."""
    done = run("summarize", "--json", "--wait", wait, story)

    assert done.status == 2
    assert "--wait" in done.stderr


# ----------------------------------------------------------------------------------------------------------------------
# Waiting
# ----------------------------------------------------------------------------------------------------------------------


def test_articles_in_a_row_that_waited_in_vain_wait_half_as_long_each() -> None:
    """Ten files and a model that hangs are minutes, not ten waits; its first text brings the whole wait back."""
    clock = [0.0]
    wait = ModelWait(60, clock=lambda: clock[0])
    waits = []

    for degraded in [files.Degraded.MODEL_UNAVAILABLE] * 4 + [None, None]:
        attempt = wait.attempt()
        waits.append(attempt.deadline.seconds_left)
        clock[0] += attempt.deadline.seconds_left - AFTER_MODEL_SECONDS if degraded else 3
        wait.learn(attempt, degraded)

    assert waits == [60, 30, files.LEAST_WAIT_SECONDS, files.LEAST_WAIT_SECONDS, files.LEAST_WAIT_SECONDS, 60]


def test_a_model_that_says_no_at_once_shortens_no_wait() -> None:
    """A rate limit passes; the next file may well be served."""
    wait = ModelWait(60, clock=lambda: 0.0)

    wait.learn(wait.attempt(), files.Degraded.MODEL_UNAVAILABLE)

    assert wait.attempt().deadline.seconds_left == 60


def test_the_least_wait_is_enough_for_a_call() -> None:
    """The shortest wait that the command line allows leaves time for a model call."""
    assert MODEL_SECONDS < files.LEAST_WAIT_SECONDS < files.WAIT_SECONDS


# ----------------------------------------------------------------------------------------------------------------------
# Cards
# ----------------------------------------------------------------------------------------------------------------------


def words_of(done: Done) -> str:
    """A card's text on one line, without its border."""
    return " ".join(done.stdout.replace("│", " ").split())


def test_a_card_says_which_model_wrote_and_what_it_cost(run: Run, story: Path, model: ModelServer) -> None:
    """The name of the model, not of its maker."""
    model.answers(GOOD)

    card = words_of(run("summarize", story))

    assert STANDFIRST in card
    assert f"written by {play.MODEL}, style default@1 · $0.00032" in card
    assert "STILL OPEN" not in card


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ([play.http_error(401)], "the extractive writer wrote this because the model was unavailable"),
        ([play.refusal()], "the extractive writer wrote this because the model declined"),
        (
            [play.incomplete("max_output_tokens")],
            "the extractive writer wrote this because the model's answer was cut off",
        ),
        (
            [WRONG, STILL_WRONG],
            "the extractive writer wrote this because the article does not support what the model wrote",
        ),
    ],
    ids=["unavailable", "refused", "truncated", "ungrounded"],
)
def test_a_card_says_why_another_writer_wrote(
    run: Run, story: Path, model: ModelServer, script: Sequence[Answer], why: str
) -> None:
    """A person who asked for a model has to see that it is not the model's text."""
    model.answers(*script)

    done = run("summarize", story)

    assert done.status == 0
    assert why in words_of(done)
    assert "written by extractive" in words_of(done)
    assert str(story) in done.stderr


def test_a_card_shows_the_rejected_draft_with_what_was_found_in_it(run: Run, story: Path, model: ModelServer) -> None:
    """Apart from the text that is served, and said not to be."""
    model.answers(WRONG, STILL_WRONG)

    card = words_of(run("summarize", story))

    served, _, rejected = card.partition(f"REJECTED, NOT SERVED: what {play.MODEL} wrote")
    assert "310,000" not in served
    assert SUMMARY.format("310,000") in rejected
    assert "! error in summary: “310,000 crowns”: not in the article" in rejected


def test_a_card_says_what_is_found_wrong_and_not_only_how(run: Run, story: Path, model: ModelServer) -> None:
    """A finding about a whole field repeats nothing of it."""
    model.answers(DOUBTFUL)

    card = words_of(run("summarize", story))

    assert "! warning in summary: 10 words; the house style wants" in card
