"""The command line with a second reader: who is asked, what a person and a program get, and what if it is out."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

import model_server as play
from builders import STORY
from commands import GOOD, STANDFIRST, SUMMARY, WRONG, Done, Run
from model_server import Answer, ModelServer

VOTED = "voted on Tuesday to reopen the ferry across the Sele"
STOPPED = "The ferry stopped in 2019, when its landing stage was washed away by a flood"
SUPPORTED = play.verdicts(
    play.a_verdict(1, "supported", VOTED, (1,)),
    play.a_verdict(2, "supported", VOTED, (1,)),
    play.a_verdict(3, "supported", STOPPED, (2,)),
    play.a_verdict(4, "supported", "Repairs will cost 240,000 crowns", (3,)),
)
DISPUTED = play.verdicts(
    play.a_verdict(1, "supported", VOTED, (1,)),
    play.a_verdict(
        3, "contradicted", STOPPED, (2,), reason="It was no flood.", article_says="The landing stage was sold."
    ),
)
NONSENSE = play.text('{"answer": 42}')


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what whoever runs the tests may have set."""
    for name in ("SECOND_READER", "SECOND_READER_MODEL", "SECOND_READER_API_KEY", "SECOND_READER_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def a_line(text: str, **more: object) -> str:
    """A line for ``check --jsonl`` about the article."""
    return json.dumps({"id": 1, "article": STORY, "text": text, "language": "en", **more}) + "\n"


def words_of(done: Done) -> str:
    """A card's text on one line, without its border."""
    return " ".join(done.stdout.replace("│", " ").split())


def kinds(model: ModelServer) -> list[str]:
    """What was asked for."""
    return [asked.kind for asked in model.requests]


# ----------------------------------------------------------------------------------------------------------------------
# summarize
# ----------------------------------------------------------------------------------------------------------------------


def test_a_text_that_was_read_has_its_quotes_and_its_own_bill(run: Run, story: Path, model: ModelServer) -> None:
    """Whatever the checks think of it."""
    model.answers(play.by_kind(draft=GOOD, verdicts=SUPPORTED))

    done = run("summarize", "--json", "--second-reader", "always", story)

    [record] = done.lines
    assert (done.status, done.stderr, kinds(model)) == (0, "", ["draft", "verdicts"])
    reading = record["second_reading"]
    assert (reading["outcome"], reading["policy"], reading["model"]) == ("read", "always", play.MODEL)
    assert [each["judgement"] for each in reading["verdicts"]] == ["supported"] * 4
    assert all(each["is_proven"] for each in reading["verdicts"])
    assert STOPPED in [each["quote"] for each in record["evidence"]]
    assert (record["usage"]["input_tokens"], reading["usage"]["input_tokens"]) == (1_000, 1_000)
    assert record["checks"]["second_reader"] == "read"


@pytest.mark.parametrize(
    ("variables", "options", "outcome"),
    [
        ({}, [], "not_needed"),
        ({"SECOND_READER": "always"}, [], "read"),
        ({"SECOND_READER": "off"}, [], "off"),
        ({"SECOND_READER": "off"}, ["--second-reader", "always"], "read"),
        ({"SECOND_READER": "always"}, ["--second-reader", "off"], "off"),
        ({"SECOND_READER": "always"}, ["--second-reader", "doubtful"], "not_needed"),
        ({"SECOND_READER": "always"}, ["--offline"], "off"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_when_it_reads_is_set_as_in_a_deployment_unless_the_command_says_so(  # noqa: PLR0913, PLR0917 - fixtures
    run: Run,
    story: Path,
    model: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
    variables: Mapping[str, str],
    options: list[str],
    outcome: str,
) -> None:
    """What is sound is read only if everything is."""
    model.answers(play.by_kind(draft=GOOD, verdicts=SUPPORTED))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    [record] = run("summarize", "--json", *options, story).lines

    assert record["checks"]["second_reader"] == outcome
    assert ("verdicts" in kinds(model)) is (outcome == "read")


@pytest.mark.parametrize(
    ("options", "outcome"),
    [([], "read"), (["--second-reader", "doubtful"], "not_needed"), (["--second-reader", "off"], "off")],
    ids=["the style", "doubtful", "off"],
)
def test_the_command_wins_over_the_house_style(  # noqa: PLR0913, PLR0917 - fixtures
    run: Run, story: Path, model: ModelServer, tmp_path: Path, options: list[str], outcome: str
) -> None:
    """And the house style over the environment, as in a deployment."""
    model.answers(play.by_kind(draft=GOOD, verdicts=SUPPORTED))
    (style := tmp_path / "style.yaml").write_text("name: daily\nsecond_reader: {when: always}\n")

    [record] = run("summarize", "--json", "--style", style, *options, story).lines

    assert record["checks"]["second_reader"] == outcome


def test_the_reader_may_be_another_model_with_a_key_of_its_own(
    run: Run, story: Path, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer keeps its own."""
    model.answers(play.by_kind(draft=GOOD, verdicts=SUPPORTED))
    monkeypatch.setenv("SECOND_READER_MODEL", "a-reader")
    monkeypatch.setenv("SECOND_READER_API_KEY", "sk-reader")

    [record] = run("summarize", "--json", "--second-reader", "always", story).lines

    writer, reader = model.requests
    assert (writer.body["model"], reader.body["model"]) == (play.MODEL, "a-reader")
    assert (writer.headers["Authorization"], reader.headers["Authorization"]) == (
        "Bearer sk-secret",
        "Bearer sk-reader",
    )
    assert (record["made_by"]["model"], record["second_reading"]["model"]) == (play.MODEL, "a-reader")


def test_a_wrong_number_stays_wrong_whatever_the_reader_says(run: Run, story: Path, model: ModelServer) -> None:
    """It is revised, and the revision is read too."""
    model.answers(WRONG, SUPPORTED, GOOD, SUPPORTED)

    [record] = run("summarize", "--json", "--second-reader", "always", story).lines

    assert kinds(model) == ["draft", "verdicts"] * 2
    assert (record["summary"], record["status"]) == (SUMMARY.format("240,000"), "generated")
    assert (record["usage"]["input_tokens"], record["second_reading"]["usage"]["input_tokens"]) == (2_000, 2_000)


def test_what_the_reader_refuses_twice_is_kept_beside_the_articles_own_words(
    run: Run, story: Path, model: ModelServer
) -> None:
    """The card shows what it said, of a draft that is not served, and what that cost."""
    model.answers(play.by_kind(draft=GOOD, verdicts=DISPUTED))

    done = run("summarize", "--second-reader", "always", story)

    served, _, rejected = words_of(done).partition(f"REJECTED, NOT SERVED: what {play.MODEL} wrote")
    assert done.status == 0
    assert kinds(model) == ["draft", "verdicts"] * 2
    assert "It stopped in 2019, when a flood washed away" not in served
    assert "second reader: contradicted: It was no flood." in rejected
    assert "it says that the article says: The landing stage was sold." in rejected
    assert f"¶ 2 “{STOPPED}”" in rejected
    assert f"asked {play.MODEL} to read · $0.00064" in rejected


@pytest.mark.parametrize(
    ("fault", "outcome", "why"),
    [
        (play.http_error(500), "unavailable", "the second reader could not be asked"),
        (play.http_error(401, code="invalid_api_key"), "unavailable", "the second reader could not be asked"),
        (NONSENSE, "unusable", "the second reader's answer could not be used"),
        (play.refusal(), "unusable", "the second reader's answer could not be used"),
    ],
    ids=["server error", "wrong key", "another shape", "refusal"],
)
@pytest.mark.parametrize(("policy", "status"), [("doubtful", "generated"), ("always", "needs_review")])
def test_the_models_text_is_printed_although_nobody_reads_it(  # noqa: PLR0913, PLR0917 - fixtures
    run: Run, story: Path, model: ModelServer, fault: Answer, outcome: str, why: str, policy: str, status: str
) -> None:
    """The record says so, and the person is told, once; exit status 0, as where the writer is out."""
    doubtful = play.draft(STANDFIRST, f"{SUMMARY.format('240,000')} Many beside the water have long wished for it.")
    model.answers(play.by_kind(draft=doubtful, verdicts=fault))

    done = run("summarize", "--json", "--second-reader", policy, story)
    card = words_of(run("summarize", "--second-reader", policy, story))

    [record], [complaint] = done.lines, done.stderr.splitlines()
    assert (done.status, record["status"], record["made_by"]["degraded"]) == (0, status, None)
    assert (record["second_reading"]["outcome"], record["checks"]["second_reader"]) == (outcome, outcome)
    assert complaint.startswith(f"standfirst: {story}: there is no second reading")
    assert f"! no second reading: {why}" in card


@pytest.mark.parametrize("options", [["--offline"], []], ids=["offline", "without a key"])
def test_a_reader_without_a_writer_is_wrong_usage(
    run: Run, story: Path, model: ModelServer, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    """It reads what a model wrote."""
    if not options:
        monkeypatch.delenv("OPENAI_API_KEY")

    done = run("summarize", "--second-reader", "always", *options, story)

    assert (done.status, done.stdout, model.requests) == (2, "", [])
    assert "OPENAI_API_KEY" in done.stderr


# ----------------------------------------------------------------------------------------------------------------------
# check
# ----------------------------------------------------------------------------------------------------------------------

ITS_OWN = "It closed in 2019, when a flood took its landing stage."


def test_check_prints_the_reading_beside_what_the_rules_found(run: Run, model: ModelServer) -> None:
    """Each sentence is asked about; a proven quote is evidence."""
    model.answers(play.verdicts(play.a_verdict(1, "supported", STOPPED, (2,))))

    done = run("check", "--jsonl", "--second-reader", stdin=a_line(ITS_OWN))

    [line] = done.lines
    assert (done.status, done.stderr, kinds(model)) == (0, "", ["verdicts"])
    assert list(line) == ["id", "ok", "findings", "evidence", "second_reading"]
    assert (line["ok"], line["evidence"][0]["quote"]) == (True, STOPPED)
    reading = line["second_reading"]
    assert (reading["outcome"], reading["policy"]) == ("read", "always")
    assert (reading["verdicts"][0]["judgement"], reading["verdicts"][0]["is_proven"]) == ("supported", True)
    assert reading["usage"]["cost_usd"] == "0.00032"


def test_what_the_reader_contradicts_with_the_articles_words_is_not_ok(run: Run, model: ModelServer) -> None:
    """Although the rules find nothing; its reason stands in the verdict, not in the finding."""
    verdict = play.a_verdict(1, "contradicted", STOPPED, (2,), reason="No flood.", article_says="It was sold.")
    model.answers(play.verdicts(verdict))

    [line] = run("check", "--jsonl", "--second-reader", stdin=a_line(ITS_OWN)).lines

    assert line["ok"] is False
    [error] = [finding for finding in line["findings"] if finding["severity"] == "error"]
    assert (error["check"], error["reason"]) == ("second_reader", "contradicted")
    assert "No flood." not in json.dumps(line["findings"])
    assert line["second_reading"]["verdicts"][0]["reason"] == "No flood."


def test_a_reader_that_supports_everything_clears_no_error_of_the_rules(run: Run, model: ModelServer) -> None:
    """A number that is not in the article stays wrong."""
    model.answers(play.verdicts(play.a_verdict(1, "supported", "Repairs will cost 240,000 crowns", (3,))))

    [line] = run("check", "--jsonl", "--second-reader", stdin=a_line("Repairs will cost 290,000 crowns.")).lines

    assert line["ok"] is False
    assert "290,000 crowns" in [finding["text"] for finding in line["findings"] if finding["severity"] == "error"]


def test_the_card_of_a_check_shows_quote_verdict_and_who_has_read(
    run: Run, story: Path, model: ModelServer, tmp_path: Path
) -> None:
    """The quote below the sentence that it supports, the verdict below the one that it is about."""
    (text := tmp_path / "text.txt").write_text(f"{ITS_OWN} It will be a bridge.")
    model.answers(
        play.verdicts(
            play.a_verdict(1, "supported", STOPPED, (2,)),
            play.a_verdict(2, "not_in_article", "", (), reason="No bridge is named."),
        )
    )

    done = run("check", "--second-reader", "--text", text, story)

    card = words_of(done)
    assert (done.status, done.stderr) == (0, "")
    assert f"{ITS_OWN} ¶ 2 “{STOPPED}” It will be a bridge." in card
    assert "second reader: not in article: No bridge is named." in card
    assert f"read by {play.MODEL} · $0.00032" in card


@pytest.mark.parametrize(
    ("fault", "outcome"), [(play.http_error(500), "unavailable"), (NONSENSE, "unusable")], ids=["out", "nonsense"]
)
def test_what_the_rules_found_is_printed_although_nobody_reads(
    run: Run, story: Path, model: ModelServer, fault: Answer, outcome: str
) -> None:
    """Exit status 0: the rules' result is whole, and says that it is all there is."""
    wrong = "Repairs will cost 290,000 crowns."
    [by_rules] = run("check", "--jsonl", stdin=a_line(wrong)).lines
    model.answers(fault)

    done = run("check", "--jsonl", "--second-reader", stdin=a_line(wrong))
    card = run("check", "--second-reader", "--text", "-", story, stdin=wrong)

    [line], [complaint] = done.lines, done.stderr.splitlines()
    assert (done.status, card.status) == (0, 0)
    assert (line["ok"], line["findings"]) == (by_rules["ok"], by_rules["findings"])
    assert (line["second_reading"]["outcome"], line["second_reading"]["verdicts"]) == (outcome, [])
    assert complaint.startswith("standfirst: 1: there is no second reading")
    assert "! no second reading: the second reader" in words_of(card)
    assert "errors: 1" in card.stdout


def test_sentences_of_the_article_are_not_paid_for(run: Run, model: ModelServer) -> None:
    """There is nothing to ask."""
    [line] = run("check", "--jsonl", "--second-reader", stdin=a_line(f"{STOPPED}.")).lines

    assert (line["ok"], line["second_reading"]["outcome"], model.requests) == (True, "not_needed", [])


@pytest.mark.parametrize("form", ["--jsonl", "--text"])
def test_a_check_without_a_key_for_the_reader_is_wrong_usage(
    run: Run, story: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Nothing is checked by the rules alone as if it were all that was asked for."""
    monkeypatch.delenv("OPENAI_API_KEY")
    arguments = [form] if form == "--jsonl" else [form, str(story), str(story)]

    done = run("check", "--second-reader", *arguments, stdin=a_line(ITS_OWN))

    assert (done.status, done.stdout) == (2, "")
    assert "SECOND_READER_API_KEY or OPENAI_API_KEY" in done.stderr


def test_a_check_needs_no_writers_key(run: Run, model: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader's own is enough."""
    model.answers(play.verdicts(play.a_verdict(1, "supported", STOPPED, (2,))))
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.setenv("SECOND_READER_API_KEY", "sk-reader")

    [line] = run("check", "--jsonl", "--second-reader", stdin=a_line(ITS_OWN)).lines

    assert line["second_reading"]["outcome"] == "read"


def test_a_check_without_the_option_asks_nobody(run: Run, model: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a deployment does; its lines are as they were."""
    monkeypatch.setenv("SECOND_READER", "always")

    [line] = run("check", "--jsonl", stdin=a_line(ITS_OWN)).lines

    assert (list(line), model.requests) == (["id", "ok", "findings"], [])
