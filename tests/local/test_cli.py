"""The command line, run as a program."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from builders import STORY

SAMPLES = Path(__file__).parents[2] / "local" / "standfirst_local" / "samples"


def standfirst(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The finished program."""
    return subprocess.run(
        [sys.executable, "-m", "standfirst_local", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A file with an article, in a folder with a space."""
    path = tmp_path / "my stories" / "story.txt"
    path.parent.mkdir()
    path.write_text(f"Ferry to return\n\n{STORY}\n", encoding="utf-8")
    return path


def test_read_prints_the_story_of_each_file(story: Path) -> None:
    """One JSON line per file, with exactly the members of the contract."""
    done = standfirst("read", story)

    [line] = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 0
    assert line == {
        "file": str(story),
        "headline": "Ferry to return",
        "standfirst": None,
        "paragraphs": STORY.split("\n\n"),
        "language": "en",
        "published_at": None,
        "format": "text",
    }


def test_a_missing_file_names_itself_and_the_others_are_done(story: Path) -> None:
    """Exit status 1."""
    done = standfirst("read", story.parent / "nothing.txt", story, story.parent)

    missing, read, folder = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert missing == {"file": str(story.parent / "nothing.txt"), "error": missing["error"]}
    assert "No such file" in missing["error"]
    assert read["headline"] == "Ferry to return"
    assert "directory" in folder["error"]
    assert "nothing.txt: " in done.stderr


def test_summarize_prints_a_record_per_file(story: Path, tmp_path: Path) -> None:
    """Also for those that fail, in order."""
    empty = tmp_path / "empty.txt"
    empty.touch()

    done = standfirst("summarize", "--offline", "--json", story, empty, tmp_path / "nothing.txt")

    good, bad, missing = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert (good["status"], good["headline"], good["article"]["key"]) == ("generated", "Ferry to return", str(story))
    assert good["standfirst"]
    assert good["evidence"]
    assert (bad["status"], missing["status"]) == ("failed", "failed")
    assert "No such file" in missing["reason"]


def test_summarize_shows_a_card_to_a_person(story: Path) -> None:
    """Headline, standfirst, summary, and who wrote it."""
    done = standfirst("summarize", story)

    assert done.returncode == 0
    for expected in ("Ferry to return", "STANDFIRST", "SUMMARY", "generated", "extractive", "default@1"):
        assert expected in done.stdout


def test_a_card_of_an_article_that_failed_says_why(tmp_path: Path) -> None:
    """And the exit status tells the shell."""
    (tmp_path / "empty.txt").touch()

    done = standfirst("summarize", tmp_path / "empty.txt")

    assert done.returncode == 1
    assert "failed" in done.stdout


def test_lines_in_are_lines_out_in_order() -> None:
    """Bad ones say what is wrong, under their id where they have one."""
    lines = [
        {"id": "a", "text": STORY, "headline": "Council votes", "language": "en"},
        {"id": 7, "text": "Too short."},
        {"id": "c"},
        {"id": "d", "text": STORY},
    ]
    stdin = "\n".join([*map(json.dumps, lines), "", "no json", '{"id": "e", "text": "\\ud800"}'])

    done = standfirst("summarize", "--offline", "--jsonl", stdin=stdin)

    a, seven, c, d, none, e = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert [line["id"] for line in (a, seven, c, d, none, e)] == ["a", 7, "c", "d", None, "e"]
    assert set(a) >= {"id", "standfirst", "summary", "findings"}
    assert a["standfirst"] == d["standfirst"]
    assert "at least 50" in seven["error"]
    assert "text: Field required" in c["error"]
    assert none["error"].startswith("Line 6")
    assert e["error"]


def test_a_line_that_is_no_utf8_is_an_error_of_its_own() -> None:
    """And a byte order mark in front is none."""
    good = b"\xef\xbb\xbf" + json.dumps({"id": "a", "text": STORY}).encode()
    bad = b'{"id": "b", "text": "\xff\xfe"}'
    odd = b'{"id": NaN, "text": "x"}'

    done = subprocess.run(
        [sys.executable, "-m", "standfirst_local", "summarize", "--jsonl"],
        input=b"\n".join([good, bad, odd]),
        capture_output=True,
        check=False,
        timeout=60,
    )

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [("error" in line) for line in lines] == [False, True, True]


def test_what_is_no_regular_file_is_not_read() -> None:
    """It might never end."""
    done = standfirst("read", "/dev/zero")

    assert done.returncode == 1
    assert "regular file" in done.stdout


def test_a_house_style_of_ones_own_is_used(story: Path, tmp_path: Path) -> None:
    """And named on the record."""
    style = tmp_path / "style.yaml"
    style.write_text("name: tabloid\nversion: '7'\n", encoding="utf-8")

    done = standfirst("summarize", "--json", "--style", style, story)

    assert json.loads(done.stdout)["made_by"]["style"] == "tabloid@7"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["read"],
        ["summarize"],
        ["summarize", "--json", "--jsonl"],
        ["summarize", "--jsonl", "file.txt"],
        ["summarize", "--style", "nothing.yaml", "file.txt"],
        ["local", "--api-port", "x"],
        ["local", "--api-port", "70000"],
        ["local", "--s3-port", "-1"],
        ["unknown"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2_and_says_what_is_wrong(arguments: list[str]) -> None:
    """Without a traceback."""
    done = standfirst(*arguments)

    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_style_exits_with_2_and_names_the_key(story: Path, tmp_path: Path) -> None:
    """The whole run is off, not one file."""
    style = tmp_path / "style.yaml"
    style.write_text("name: tabloid\nstandfirst: {wordz: [1, 2]}\n", encoding="utf-8")

    done = standfirst("summarize", "--style", style, story)

    assert done.returncode == 2
    assert "wordz" in done.stderr


def test_output_that_nobody_reads_to_the_end_is_no_error(story: Path) -> None:
    """As with `| head -1`."""
    with subprocess.Popen(
        [sys.executable, "-m", "standfirst_local", "read", *[str(story)] * 200],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        running.stdout.close()
        errors = running.stderr.read()
    assert "Traceback" not in errors


def test_demo_shows_what_the_api_returned_for_each_file(story: Path) -> None:
    """The whole path, once; a file that is missing is named and does not stop the others."""
    done = standfirst("demo", story, story.parent / "nothing.txt")

    assert done.returncode == 1
    assert re.search(r"GET http://127\.0\.0\.1:\d+/summaries/story\.txt", done.stdout)
    assert "Ferry to return" in done.stdout
    assert "1 of 1" in done.stdout
    assert "nothing.txt" in done.stderr


def test_demo_summarises_every_bundled_sample() -> None:
    """At least four, of different kinds, none of which fails."""
    done = standfirst("demo")

    samples = sorted(path.name for path in SAMPLES.iterdir())
    assert done.returncode == 0, done.stdout
    assert len(samples) >= 4
    for name in samples:
        assert f"/summaries/{name}" in done.stdout, name
    assert f"{len(samples)} of {len(samples)}" in done.stdout
    assert "Traceback" not in done.stderr


def test_local_runs_until_it_is_interrupted_and_takes_the_upload_it_shows(story: Path) -> None:
    """The commands it prints are the commands that work."""
    with subprocess.Popen(
        [sys.executable, "-m", "standfirst_local", "local"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as running:
        try:
            assert running.stdout
            shown = ""
            while "Ctrl-C" not in shown:
                shown += running.stdout.readline()
            [command] = re.findall(r"curl .*-T story\.txt \S+", shown)
            for _ in range(2):
                subprocess.run([*shlex.split(command), "--fail", "--silent"], cwd=story.parent, check=True)
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(timeout=60)
    assert running.returncode == 0
