"""``evaluate --second-reader``: rules, reader and both on labelled rows, asked over HTTP, each row paid for once."""

import json
import os
import signal
import subprocess
import sys
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from werkzeug import Response

import model_server as play
from builders import STORY
from commands import Done, Run
from model_server import Answer, Asked, ModelServer

TRUE = "Brackenford’s council voted on Tuesday to bring the ferry back."
OTHERS = "The ferry will be back, as the council of Brackenford voted on Tuesday to reopen it."
REFUSED = "The town council of Brackenford refused on Tuesday to reopen the ferry."
NUMBER = "Repairs of the ferry will cost 290,000 crowns."
VOTED = "The town council of Brackenford voted on Tuesday to reopen the ferry across the Sele."

SAID: dict[str, dict[str, Any]] = {
    TRUE: {"verdict": "supported", "paragraphs": [1], "quote": VOTED, "reason": "The article says so."},
    OTHERS: {"verdict": "not_in_article", "paragraphs": [], "quote": "", "reason": "It is\nnot\x1b[2J there."},
    REFUSED: {"verdict": "contradicted", "paragraphs": [1], "quote": VOTED, "reason": "The council voted for it."},
    NUMBER: {"verdict": "supported", "paragraphs": [3], "quote": "Repairs will cost 240,000 crowns"},
}
"""What the reader says of each sentence: it is wrong about the second and the last."""


def reading(asked: Asked) -> Response:
    """A reader's answer about the one sentence of a draft."""
    [said] = [said for text, said in SAID.items() if text in asked.told]
    verdict = {"sentence": 1, "reason": "", "article_says": "", **said}
    return play.text(json.dumps({"verdicts": [verdict]}))(asked)


def a_row(number: int, summary: str, consistent: object, **more: object) -> dict[str, object]:
    """A labelled summary of an article that no other row has."""
    article = f"{STORY}\n\nThe clerk read letter {number} aloud."
    return {"id": f"row {number}", "article": article, "summary": summary, "consistent": consistent, **more}


FOUR = [
    a_row(1, TRUE, 1),
    a_row(2, OTHERS, consistent=True),
    a_row(3, REFUSED, 0, spans=[{"text": "refused", "label": "conflict"}]),
    a_row(4, NUMBER, consistent=False),
]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """The file of four rows."""
    return written(tmp_path, FOUR)


def written(folder: Path, rows: Sequence[object]) -> Path:
    """A file of rows."""
    path = folder / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def figures(done: Done, system: str) -> list[str]:
    """False alarms, recall and balanced accuracy, then the share asked and the cost per 1,000 rows."""
    scores, costs = (line.split() for line in done.stdout.splitlines() if line.startswith(system))
    words = len(system.split())
    return [scores[words], scores[words + 3], scores[words + 6], costs[words], costs[-1]]


def lines_of(path: Path) -> list[dict[str, Any]]:
    """The JSON lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# ----------------------------------------------------------------------------------------------------------------------
# The report
# ----------------------------------------------------------------------------------------------------------------------


def test_rules_reader_and_both_are_compared(run: Run, rows: Path, model: ModelServer) -> None:
    """Each finds one of the two wrong drafts; both find both, and the reader's false alarm is outweighed."""
    model.answers(reading)

    done = run("evaluate", "--second-reader", rows, "--yes")

    assert done.status == 0
    assert done.stdout.startswith(f"4 of 4 rows are read by {play.MODEL}: 2 consistent, 2 wrong.\n")
    assert figures(done, "rules alone") == ["0.0", "50.0", "0.750", "0", "0.000"]
    assert figures(done, "reader alone") == ["50.0", "50.0", "0.500", "100", "0.320"]
    assert figures(done, "both, always") == ["0.0", "100.0", "1.000", "100", "0.320"]
    assert figures(done, "both, doubtful") == ["0.0", "50.0", "0.750", "0", "0.000"]
    assert "Tokens: 4,000 of input, 0 of them cached, and 400 of output." in done.stdout
    assert len(model.requests) == 4


def test_a_house_style_names_the_kinds_of_story_that_are_always_read(
    run: Run, rows: Path, model: ModelServer, tmp_path: Path
) -> None:
    """With the policy ``doubtful``."""
    style = tmp_path / "style.yaml"
    style.write_text("name: ours\nsecond_reader: {kinds: [{kind: councils, words: [council]}]}\n", encoding="utf-8")
    model.answers(reading)

    done = run("evaluate", "--second-reader", rows, "--yes", "--style", style)

    assert figures(done, "both, doubtful") == ["0.0", "100.0", "1.000", "100", "0.320"]


def test_the_rows_to_read_are_printed_and_kept(run: Run, rows: Path, model: ModelServer) -> None:
    """Those on which rules, reader and label differ, with the verdict and whether its quote is in the article."""
    model.answers(reading)

    done = run("evaluate", "--second-reader", rows, "--yes", "--show", "2")

    [second, third, fourth] = lines_of(rows.with_name("rows.jsonl.disagreements.jsonl"))
    assert [second["id"], third["id"], fourth["id"]] == ["row 2", "row 3", "row 4"]
    assert (third["label"], third["rules"], third["reader"], third["both"]) == (
        "wrong",
        "consistent",
        "wrong",
        "wrong",
    )
    [sentence] = third["sentences"]
    assert (sentence["text"], sentence["is_marked"]) == (REFUSED, True)
    [said] = sentence["verdicts"]
    assert (said["judgement"], said["is_proven"]) == ("contradicted", True)
    assert said["quote"] in VOTED
    assert fourth["sentences"][0]["rules"] == ["money: 290,000 crowns: not in the article"]
    assert "row 3: label wrong, rules consistent, reader wrong\n" in done.stdout
    assert "reader: contradicted, quote found: The council voted for it.\n" in done.stdout
    assert "reader: not_in_article, quote not found: It is not\N{REPLACEMENT CHARACTER}[2J there." in done.stdout
    assert "row 4" not in done.stdout


def test_of_a_wrong_row_that_nobody_finds_every_sentence_is_shown(run: Run, tmp_path: Path, model: ModelServer) -> None:
    """Without places that people marked there is nothing else to go by."""
    model.answers(reading)

    run("evaluate", "--second-reader", path := written(tmp_path, [a_row(1, TRUE, 0)]), "--yes")

    [row] = lines_of(path.with_name("rows.jsonl.disagreements.jsonl"))
    assert [sentence["text"] for sentence in row["sentences"]] == [TRUE]
    assert row["both"] == "consistent"


def test_a_byte_order_mark_is_let_be(run: Run, rows: Path, model: ModelServer) -> None:
    """As in the other commands that read lines."""
    rows.write_bytes(BOM_UTF8 + rows.read_bytes())
    model.answers(reading)

    done = run("evaluate", "--second-reader", rows, "--yes")

    assert done.stdout.startswith("4 of 4 rows")


def test_bad_rows_are_told_by_their_lines_and_the_others_are_done(run: Run, tmp_path: Path, model: ModelServer) -> None:
    """Exit status 1."""
    bad = [{"summary": TRUE, "consistent": 1}, a_row(5, " ", 1), a_row(6, TRUE, 2), a_row(7, TRUE, "yes"), []]
    path = written(tmp_path, [FOUR[0], *bad])
    with path.open("ab") as file:
        file.write(b'\n\n{"article": "\xff"}\n{')
    model.answers(reading)

    done = run("evaluate", "--second-reader", path, "--yes")

    told = [line for line in done.stderr.splitlines() if ": Line " in line]
    assert (done.status, len(model.requests)) == (1, 1)
    assert [line.split(": Line ")[1].split(": ")[0] for line in told] == ["2", "3", "4", "5", "6", "8", "9"]
    assert "article: Field required" in told[0]
    assert "summary: Value error, it is empty" in told[1]
    assert done.stdout.startswith("1 of 1 rows")


def test_a_row_without_a_wrong_one_beside_it_has_no_balanced_accuracy(
    run: Run, tmp_path: Path, model: ModelServer
) -> None:
    """Nor a recall."""
    model.answers(reading)

    done = run("evaluate", "--second-reader", written(tmp_path, FOUR[:1]), "--yes")

    [line, _] = [line for line in done.stdout.splitlines() if line.startswith("reader alone")]
    assert line.split()[-2:] == ["-", "-"]


# ----------------------------------------------------------------------------------------------------------------------
# What is paid
# ----------------------------------------------------------------------------------------------------------------------


def test_a_hundred_rows_survive_a_kill_and_no_answer_is_paid_for_twice(
    run: Run, tmp_path: Path, model: ModelServer
) -> None:
    """A run that is killed after forty answers goes on with the rest."""
    path = written(tmp_path, [a_row(number, TRUE, 1) for number in range(100)])
    unanswered, answered = Event(), Counter[str]()

    def count(asked: Asked) -> Response:
        [row] = [number for number in range(100) if f"letter {number} aloud" in asked.told]
        answered[f"row {row}"] += 1
        return reading(asked)

    def hang(asked: Asked) -> Response:
        if len(model.requests) == 44:  # four run, so forty answers are kept
            unanswered.set()
        return play.slow(reading)(asked)

    model.answers(*[count] * 40, hang)
    command = [sys.executable, "-m", "standfirst_local", "evaluate", "--second-reader", str(path), "--yes"]
    with subprocess.Popen(
        [*command, "--at-once", "4"],
        env={**os.environ, "OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "x"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        assert unanswered.wait(60)
        running.send_signal(signal.SIGKILL)
    kept = [line for line in lines_of(path.with_name("rows.jsonl.results.jsonl")) if "answer" in line]
    model.answers(count)

    done = run("evaluate", "--second-reader", path, "--yes")

    assert len(kept) == 40
    assert done.status == 0
    assert "60 of 100 calls" in done.stderr
    assert done.stdout.startswith("100 of 100 rows are read")
    assert answered == Counter({f"row {number}": 1 for number in range(100)})
    again = run("evaluate", "--second-reader", path)
    assert (again.status, again.stdout, sum(answered.values())) == (0, done.stdout, 100)


def test_another_effort_is_another_reader(
    run: Run, rows: Path, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answers are not mixed with those of the first."""
    model.answers(reading)
    run("evaluate", "--second-reader", rows, "--yes")
    monkeypatch.setenv("SECOND_READER_REASONING_EFFORT", "high")
    run("evaluate", "--second-reader", rows, "--yes")
    monkeypatch.delenv("SECOND_READER_REASONING_EFFORT")

    assert len(model.requests) == 8
    assert run("evaluate", "--second-reader", rows).status == 0


def test_the_ceiling_ends_the_run_and_the_report_is_about_the_rows_that_are_read(
    run: Run, rows: Path, model: ModelServer
) -> None:
    """Exit status 1: some rows have no answer."""
    model.answers(reading)

    done = run("evaluate", "--second-reader", rows, "--yes", "--budget-usd", "0.0001")

    assert (done.status, model.requests) == (1, [])
    assert "The ceiling is reached: 4 of 4 calls are not made." in done.stderr
    assert done.stdout.startswith("0 of 4 rows")


def test_without_a_terminal_and_a_yes_nothing_is_paid(run: Run, rows: Path, model: ModelServer) -> None:
    """Wrong usage, with the price."""
    model.answers(reading)

    done = run("evaluate", "--second-reader", rows)

    assert (done.status, done.stdout, model.requests) == (2, "", [])
    assert f"4 of 4 calls of {play.MODEL} to make" in done.stderr
    assert "--yes" in done.stderr


@pytest.mark.parametrize(
    "fault",
    [
        play.http_error(401, code="invalid_api_key"),
        play.http_error(429, code="insufficient_quota"),
        play.http_error(404, code="model_not_found"),
    ],
    ids=["key", "quota", "model"],
)
def test_a_fault_that_every_call_meets_ends_the_run(run: Run, rows: Path, model: ModelServer, fault: Answer) -> None:
    """With the provider's codes, and not with an error for each row."""
    model.answers(fault)

    done = run("evaluate", "--second-reader", rows, "--yes", "--at-once", "1")

    assert (done.status, done.stdout, len(model.requests)) == (2, "", 1)
    assert "The model's provider answered 4" in done.stderr
    assert "row 1" not in done.stderr


def test_a_row_without_a_usable_answer_is_told_and_asked_about_again(run: Run, rows: Path, model: ModelServer) -> None:
    """It holds up no other, and is not counted as read."""
    model.answers(play.refusal(), reading)

    done = run("evaluate", "--second-reader", rows, "--yes", "--at-once", "1")

    assert done.status == 1
    assert "standfirst: row 1: The model declined" in done.stderr
    assert done.stdout.startswith("3 of 4 rows are read")
    assert run("evaluate", "--second-reader", rows, "--yes").status == 0
    assert len(model.requests) == 5


def test_without_a_key_there_is_no_reader(
    run: Run, rows: Path, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong usage, and the variables are named."""
    monkeypatch.delenv("OPENAI_API_KEY")

    done = run("evaluate", "--second-reader", rows, "--yes")

    assert (done.status, model.requests) == (2, [])
    assert "set SECOND_READER_API_KEY or OPENAI_API_KEY" in done.stderr


@pytest.mark.parametrize("output", ["rows.jsonl", "rows.jsonl.results.jsonl"])
def test_disagreements_overwrite_nothing_that_is_needed(run: Run, rows: Path, model: ModelServer, output: str) -> None:
    """Neither the rows, which people labelled, nor the answers, which are paid for."""
    before = rows.read_bytes()

    done = run("evaluate", "--second-reader", rows, "--yes", "--disagreements", rows.parent / output)

    assert (done.status, model.requests, rows.read_bytes()) == (2, [], before)
    assert "would be overwritten" in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--second-reader", "rows.jsonl", "--drafts", "a.txt"),
        ("--second-reader", "rows.jsonl", "--compare", "a.yaml", "b.yaml"),
        ("--second-reader", "rows.jsonl", "--html", "page.html"),
        ("--second-reader", "missing.jsonl", "--yes"),
        ("--second-reader", ".", "--yes"),
        ("--second-reader", "rows.jsonl", "--budget-usd", "-1"),
        ("--second-reader", "rows.jsonl", "--budget-usd", "nan"),
        ("--second-reader", "rows.jsonl", "--at-once", "0"),
        ("--second-reader", "rows.jsonl", "--results", "missing/results.jsonl"),
        ("--drafts", "a.txt"),
        ("--drafts", "a.txt", "--compare", "a.yaml"),
        ("--drafts", "a.txt", "--compare", "a.yaml", "b.yaml", "--style", "s.yaml"),
        ("--drafts", "-", "-", "--compare", "a.yaml", "b.yaml"),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("rows")
def test_what_does_not_go_together_is_wrong_usage(
    run: Run, model: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    """Nothing is paid."""
    monkeypatch.chdir(tmp_path)

    done = run("evaluate", *options)

    assert (done.status, done.stdout, model.requests) == (2, "", [])
    assert "Traceback" not in done.stderr
