"""What is shown for people: no text, name or log line steers the terminal, whatever it holds."""

import io
import json
import logging
import os
import pty
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from builders import a_checked_summary, a_reading, a_record, an_article
from standfirst.domain.draft import Evidence, Finding
from standfirst.domain.record import ArticleSource, MadeBy, Record, RejectedDraft, Review, Status
from standfirst.domain.second_reading import Verdict
from standfirst_local.cards import check_card, record_card
from standfirst_local.cli import main
from standfirst_local.terminal import Terminal, filtered_streams, json_line, visible

STEERING = [
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} and character not in "\n\t\u00ad\u200c\u200d"
]
"""Every control and format character that Unicode has, escape and the direction marks among them."""

ATTACK = (
    "\x1b[31mred\x1b]0;title\x07\x1b]8;;http://evil.example\x1b\\click\x9b2J\x08\r[link=http://evil.example]x[/link]"
    "\u202eright\u2066to\u200fleft\u2029\U000e0041\u061c"
)


def steers(shown: str) -> list[str]:
    """The characters in ``shown`` that steer a terminal."""
    return [character for character in shown if character in set(STEERING) or "\ud800" <= character <= "\udfff"]


def on_a_terminal(capsys: pytest.CaptureFixture[str], shown: object) -> str:
    """What ``Terminal`` prints of ``shown``, without colours of its own."""
    Terminal().print(shown, width=88)
    return capsys.readouterr().out


def test_every_character_that_steers_is_shown_and_every_other_is_left_as_it_is() -> None:
    """One for one, so that places in a text stay what they are."""
    others = "Fähre naïve 日本 عربي עברית नहीं می‌خواهم 👩‍🚒 co­op\u00a0km\n\tline"

    assert visible("".join(STEERING)) == "\N{REPLACEMENT CHARACTER}" * len(STEERING)
    assert visible("\ud800\udfff") == "\N{REPLACEMENT CHARACTER}" * 2
    assert visible(others) == others


def test_json_keeps_every_character_and_steers_nothing() -> None:
    """A program that reads the line gets what was there, lone surrogates of a file's name too."""
    text = "".join(STEERING) + "\ud800 Fähre 日本 👩‍🚒\n"

    line = json_line({"text": text})

    assert json.loads(line) == {"text": text}
    assert steers(line) == []
    assert "Fähre 日本 👩‍🚒" in line


def hostile(value: Any) -> Any:  # noqa: ANN401 - a part of a record
    """``value`` with the attack in each of its strings of words."""
    match value:
        case str():
            return value + ATTACK
        case dict():
            return {name: hostile(each) for name, each in value.items()}
        case tuple() | list():
            return type(value)(map(hostile, value))
    return value


FINDING = Finding(
    check="numbers",
    field="summary",
    text="crowns" + ATTACK,
    detail="not there" + ATTACK,
    severity="error",
    span=(0, 5),
    question="Is it?" + ATTACK,
)
UNDECIDED = replace(FINDING, check="second_reader", severity="warning", sentence=0, question=None)
READING = a_reading(
    Verdict("summary", 0, "contradicted", (0,), "q" + ATTACK, "r" + ATTACK, "s" + ATTACK),
    model="reader" + ATTACK,
    trouble="t" + ATTACK,
)
MADE_BY = MadeBy(writer="openai", model="m" + ATTACK, prompt=None, style="a@1" + ATTACK)


def records() -> Iterator[Record]:
    """A record of each status, hostile in all that a card shows."""
    texts = hostile({kind: getattr(a_record(), kind) for kind in ("standfirst", "summary")})
    rejected = RejectedDraft(**texts, made_by=MADE_BY, findings=(FINDING, UNDECIDED), verdicts=READING.verdicts)
    members = {
        **texts,
        "article_id": "a" + ATTACK,
        "headline": "h" + ATTACK,
        "article": ArticleSource(bucket=None, key="a", standfirst="own" + ATTACK),
        "made_by": MADE_BY,
        "findings": (FINDING, UNDECIDED),
        "evidence": (Evidence("summary", 0, (0,), quote="q" + ATTACK),),
        "second_reading": READING,
        "rejected_draft": rejected,
        "review": Review(decision=Status.REJECTED, by="ann", at=a_record().updated_at, of=1, note="no" + ATTACK),
    }
    for status in Status:
        yield a_record(status=status).model_copy(update=members)
    yield a_record(status=Status.FAILED).model_copy(update={"reason": "why" + ATTACK})


@pytest.mark.parametrize("record", list(records()), ids=lambda record: record.status)
def test_no_card_steers_the_terminal(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    """Names, texts, findings, rejected drafts and an editor's notes alike."""
    raw = Console(file=io.StringIO(), width=88)
    raw.print(record_card(record, 88))

    shown = on_a_terminal(capsys, record_card(record, 88))

    assert steers(raw.file.getvalue())  # type: ignore[attr-defined]  # what the attack would do
    assert steers(shown) == []
    assert "\N{REPLACEMENT CHARACTER}[31mred" in shown.replace("\n", "")


def test_no_checked_text_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Nor the article it was checked against."""
    article = replace(an_article(), headline="h" + ATTACK, paragraphs=("p" + ATTACK,))

    evidence = (Evidence("summary", 0, (0,), quote="q" + ATTACK),)
    for reading in (READING, READING.model_copy(update={"outcome": "unavailable"})):
        checked = a_checked_summary("One." + ATTACK, [FINDING, UNDECIDED], evidence, reading)
        card = check_card("name" + ATTACK, article, checked, 88)

        assert steers(on_a_terminal(capsys, card)) == []


def test_a_second_reader_makes_no_line_that_could_be_ours(capsys: pytest.CaptureFixture[str]) -> None:
    """What it says is a model's, and stands on lines that say so."""
    forged = "fine\n! error: none\n\nSTILL OPEN\nnothing"
    verdict = Verdict("summary", 0, "contradicted", (0,), quote=forged, reason=forged, article_says=forged)
    reading = a_reading(verdict, outcome="unavailable", trouble=forged)
    record = a_record().model_copy(update={"second_reading": reading, "findings": (UNDECIDED,)})

    shown = on_a_terminal(capsys, record_card(record, 88))

    lines = [line.strip("│ ") for line in shown.splitlines()]
    assert "contradicted: fine ! error: none" in shown
    assert lines.count("STILL OPEN") == 1
    assert not [line for line in lines if line.startswith("! error")]


def test_what_is_no_card_is_shown_without_markup_and_without_steering(capsys: pytest.CaptureFixture[str]) -> None:
    """A file may be called [link=…]."""
    shown = on_a_terminal(capsys, ATTACK).replace("\n", "")

    assert steers(shown) == []
    assert "[link=http://evil.example]x[/link]" in shown


def test_what_libraries_print_warn_and_log_is_filtered(capsys: pytest.CaptureFixture[str]) -> None:
    """So are the lines of the functions of a local service."""
    with filtered_streams():
        sys.stdout.write(ATTACK)
        sys.stderr.write(ATTACK)
        logger, handler = logging.getLogger("any.library"), logging.StreamHandler()
        logger.addHandler(handler)
        logger.warning(ATTACK)
        logger.removeHandler(handler)

    out, err = capsys.readouterr()
    assert steers(out + err) == []
    assert (out.count("red"), err.count("red")) == (1, 2)


def files_of(folder: Path) -> list[Path]:
    """Files with hostile names: one that reads, one that does not, and one that is not there."""
    names = ["ferry\x1b[31m\x9b2J\u202e.txt", "empty\x1b]0;x\x07.txt", os.fsdecode(b"no\xff\x1b[2J.txt")]
    content = "The council\x1b[31m voted\u202e on Tuesday to reopen the ferry across the Sele.\n\nIt returns in June.\n"
    (folder / names[0]).write_text(content, encoding="utf-8")
    (folder / names[1]).touch()
    return [folder / name for name in names]


@pytest.mark.parametrize(
    "command",
    [
        ["read"],
        ["summarize", "--offline"],
        ["summarize", "--offline", "--json"],
        ["check", "--text", "{text}"],
        ["check", "--text", "{missing}"],
        ["no-such-command"],
        ["summarize", "--offline", "--style", "{missing}"],
    ],
    ids=" ".join,
)
def test_no_command_steers_the_terminal(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the files are called and hold; also where arguments are wrong."""
    files = files_of(tmp_path)
    places = {"text": files[0], "missing": files[2]}

    try:
        main([*(each.format(**places) for each in command), *map(str, files)])
    except SystemExit as wrong_usage:
        assert wrong_usage.code == 2  # noqa: PT017 - argparse's

    shown = "".join(capsys.readouterr())
    assert shown
    assert steers(shown) == []


@pytest.mark.parametrize("command", [["read"], ["demo"], ["check", "--text", "{missing}"]], ids=" ".join)
def test_a_files_name_makes_no_line_of_its_own(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would be read as an error about another file."""
    missing = str(tmp_path / "a\nstandfirst: forged.txt: This is no error.\u2028b.txt")

    status = main([*(each.format(missing=missing) for each in command), missing])

    told = capsys.readouterr().err
    assert status == 1
    assert "forged" in told
    assert told.count("\n") == 1


def test_lines_go_to_the_file_while_a_bar_is_on_the_terminal(tmp_path: Path) -> None:
    """The bar stands on standard error; what a program is to read does not."""
    files = files_of(tmp_path)
    ours, terminal = pty.openpty()
    with (tmp_path / "lines.jsonl").open("wb") as lines:
        command = [sys.executable, "-m", "standfirst_local", "read", *map(str, files)]
        subprocess.run(command, stdout=lines, stderr=terminal, check=False, timeout=60)
    os.close(terminal)
    shown = os.read(ours, 1 << 20).decode()
    os.close(ours)

    read = [json.loads(line) for line in (tmp_path / "lines.jsonl").read_text("utf-8").splitlines()]
    assert [line["file"] for line in read] == list(map(str, files))
    assert "\x1b[31m\x9b" not in shown
    assert "\u202e" not in shown
