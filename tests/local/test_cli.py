"""The command line: most commands in this process, some as a program."""

import io
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest

from builders import STORY
from standfirst.domain.article import MAX_DOCUMENT_BYTES
from standfirst_local import cli

SAMPLES = Path(__file__).parents[2] / "local" / "standfirst_local" / "samples"
PROGRAM = [sys.executable, "-m", "standfirst_local"]


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def standfirst(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process."""

    def run(*arguments: str | Path, stdin: str | bytes = "") -> Done:
        content = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        capfd.readouterr()
        try:
            status = cli.main([str(argument) for argument in arguments])
        except SystemExit as exit_of_argparse:
            status = int(exit_of_argparse.code or 0)
        return Done(status, *capfd.readouterr())

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file with an article, in a folder with a space."""
    path = tmp_path / "my articles" / "article.txt"
    path.parent.mkdir()
    path.write_text(f"Ferry to return\n\n{STORY}\n", encoding="utf-8")
    return path


def test_the_version_is_that_of_the_package(standfirst: Run) -> None:
    """As anybody would ask for it."""
    done = standfirst("--version")

    assert (done.returncode, done.stdout) == (0, f"standfirst {version('standfirst')}\n")


def test_read_prints_the_article_in_each_file(standfirst: Run, article: Path) -> None:
    """One JSON line per file, with exactly the members of the contract."""
    done = standfirst("read", article)

    [line] = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 0
    assert line == {
        "file": str(article),
        "headline": "Ferry to return",
        "standfirst": None,
        "paragraphs": STORY.split("\n\n"),
        "language": "en",
        "published_at": None,
        "format": "text",
    }


def test_a_missing_file_names_itself_and_the_others_are_done(standfirst: Run, article: Path) -> None:
    """Exit status 1."""
    (article.parent / "empty").mkdir()

    done = standfirst("read", article.parent / "nothing.txt", article, article.parent / "empty")

    missing, read, folder = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert missing == {"file": str(article.parent / "nothing.txt"), "error": missing["error"]}
    assert "No such file" in missing["error"]
    assert read["headline"] == "Ferry to return"
    assert folder["error"] == "The folder holds no files."
    assert "nothing.txt: " in done.stderr


def test_each_article_of_a_package_has_a_line_of_its_own_also_one_that_failed(standfirst: Run, tmp_path: Path) -> None:
    """Exit status 1; `summarize` names them as an upload would."""
    texts = {"a": STORY, "b": "Ferry back."}
    nodes = [{"@type": "NewsArticle", "@id": name, "articleBody": text} for name, text in texts.items()]
    file = tmp_path / "graph.jsonld"
    file.write_text(json.dumps({"@context": "https://schema.org", "@graph": nodes}))

    read, summarized = standfirst("read", file), standfirst("summarize", "--offline", "--json", file)

    [a, b], [one, two] = [[json.loads(line) for line in done.stdout.splitlines()] for done in (read, summarized)]
    assert (read.returncode, summarized.returncode) == (1, 1)
    assert (a["part"], a["paragraphs"][0]) == ("a", STORY.split("\n\n")[0])
    assert b == {"file": str(file), "part": "b", "error": b["error"]}
    assert "at least 50" in b["error"]
    assert [(each["article_id"], each["status"]) for each in (one, two)] == [
        (f"{file}/a", "generated"),
        (f"{file}/b", "failed"),
    ]


def test_a_folder_stands_for_the_files_in_it_and_below(standfirst: Run, article: Path) -> None:
    """Sorted, and without hidden ones."""
    folder = article.parent
    for name in ("b/two.txt", "b/.hidden.txt", ".git/config.txt", "a.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(article.read_bytes())

    done = standfirst("read", folder)

    read = [json.loads(line)["file"] for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert read == [str(folder / name) for name in ("a.txt", "article.txt", "b/two.txt")]


@pytest.mark.parametrize("command", [["read"], ["summarize", "--json"]], ids=" ".join)
def test_a_dash_stands_for_standard_input(standfirst: Run, article: Path, command: list[str]) -> None:
    """And is what the article is called."""
    done = standfirst(*command, "-", stdin=article.read_bytes())

    [line] = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 0
    assert line["headline"] == "Ferry to return"
    assert "-" in {line.get("file"), line.get("article_id")}


def test_standard_input_that_is_too_large_is_not_read(standfirst: Run) -> None:
    """As a file would not be."""
    done = standfirst("read", "-", stdin=b"x" * (MAX_DOCUMENT_BYTES + 1))

    assert done.returncode == 1
    assert "at most 5,242,880 are read" in done.stdout


def test_a_house_style_may_come_from_standard_input(standfirst: Run, article: Path) -> None:
    """Wherever a file is taken."""
    done = standfirst("summarize", "--json", "--style", "-", article, stdin="name: tabloid\nversion: '7'\n")

    assert json.loads(done.stdout)["made_by"]["style"] == "tabloid@7"


def test_summarize_prints_a_record_per_file(standfirst: Run, article: Path, tmp_path: Path) -> None:
    """Also for those that fail, in order."""
    empty = tmp_path / "empty.txt"
    empty.touch()

    done = standfirst("summarize", "--offline", "--json", article, empty, tmp_path / "nothing.txt")

    good, bad, missing = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert (good["status"], good["headline"], good["article"]["key"]) == ("generated", "Ferry to return", str(article))
    assert good["standfirst"]
    assert good["evidence"]
    assert (bad["status"], missing["status"]) == ("failed", "failed")
    assert "No such file" in missing["reason"]


def test_what_the_house_style_skips_is_no_failure(standfirst: Run, article: Path, tmp_path: Path) -> None:
    """The record says why there is no text; so does the card, and the kind stands on what was read."""
    column, style = article.with_name("column.txt"), tmp_path / "style.yaml"
    column.write_text(f"Opinion: Give us the ferry\n\n{STORY}\n", encoding="utf-8")
    style.write_text("name: daily\nversion: '2'\nkinds: {opinion: skip}\n", encoding="utf-8")

    done = standfirst("summarize", "--offline", "--json", column, "--style", style)
    card = standfirst("summarize", "--offline", column, "--style", style)
    kinds = [json.loads(line).get("kind") for line in standfirst("read", column, article).stdout.splitlines()]

    assert (done.returncode, done.stderr, card.returncode) == (0, "", 0)
    assert json.loads(done.stdout)["status"] == "skipped"
    assert "The house style daily@2 skips articles of the kind opinion" in " ".join(card.stdout.split())
    assert kinds == ["opinion", None]


def test_summarize_shows_a_card_to_a_person(standfirst: Run, article: Path) -> None:
    """Headline, standfirst, summary, and who wrote it."""
    done = standfirst("summarize", article)

    assert done.returncode == 0
    for expected in ("Ferry to return", "STANDFIRST", "SUMMARY", "generated", "extractive", "default@1"):
        assert expected in done.stdout


def test_check_shows_each_sentence_with_its_support_and_its_faults(standfirst: Run, article: Path) -> None:
    """For a person: the paragraph that carries it, or what is not in the article."""
    text = "The council voted on Tuesday to reopen the ferry. Repairs will cost 990,000 crowns."

    done = standfirst("check", article, "--text", "-", stdin=text)

    card = " ".join(done.stdout.replace("│", " ").split())
    supported, _, wrong = card.partition("990,000 crowns. ")
    assert done.returncode == 0
    assert "Ferry to return The council voted on Tuesday to reopen the ferry. ¶ 1 The town council" in supported
    assert "“990,000 crowns”: not in the article" in wrong
    assert "errors: 1, warnings: 0" in wrong


def test_check_names_what_cannot_be_read_and_does_the_others(standfirst: Run, article: Path, tmp_path: Path) -> None:
    """The text too has to hold something."""
    (tmp_path / "text.txt").write_text("The council voted on Tuesday.", encoding="utf-8")
    (tmp_path / "blank.txt").write_text("\n", encoding="utf-8")

    mixed = standfirst("check", tmp_path / "nothing.txt", article, "--text", tmp_path / "text.txt")
    blank = standfirst("check", article, "--text", tmp_path / "blank.txt")
    none = standfirst("check", article, "--text", tmp_path / "nothing.txt")

    assert (mixed.returncode, blank.returncode, none.returncode) == (1, 1, 1)
    assert "nothing.txt: The file cannot be opened: No such file" in mixed.stderr
    assert "nothing found" in mixed.stdout
    assert "blank.txt: The file holds no text" in blank.stderr
    assert "nothing.txt: The file cannot be opened" in none.stderr


def test_a_card_of_an_article_that_failed_says_why(standfirst: Run, tmp_path: Path) -> None:
    """And the exit status tells the shell."""
    (tmp_path / "empty.txt").touch()

    done = standfirst("summarize", tmp_path / "empty.txt")

    assert done.returncode == 1
    assert "failed" in done.stdout


def test_lines_in_are_lines_out_in_order(standfirst: Run) -> None:
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


def test_a_line_that_is_no_utf8_is_an_error_of_its_own(standfirst: Run) -> None:
    """And a byte order mark in front is none."""
    good = b"\xef\xbb\xbf" + json.dumps({"id": "a", "text": STORY}).encode()
    bad = b'{"id": "b", "text": "\xff\xfe"}'
    odd = b'{"id": NaN, "text": "x"}'

    done = standfirst("summarize", "--jsonl", stdin=b"\n".join([good, bad, odd]))

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [("error" in line) for line in lines] == [False, True, True]


def test_what_is_no_regular_file_is_not_read(standfirst: Run) -> None:
    """It might never end."""
    done = standfirst("read", "/dev/zero")

    assert done.returncode == 1
    assert "regular file" in done.stdout


def test_a_house_style_of_ones_own_is_used(standfirst: Run, article: Path, tmp_path: Path) -> None:
    """And named on the record."""
    style = tmp_path / "style.yaml"
    style.write_text("name: tabloid\nversion: '7'\n", encoding="utf-8")

    done = standfirst("summarize", "--json", "--style", style, article)

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
        ["summarize", "-", "-"],
        ["summarize", "--style", "-", "-"],
        ["check"],
        ["check", "file.txt"],
        ["check", "--text", "file.txt"],
        ["check", "--jsonl", "file.txt"],
        ["check", "--jsonl", "--text", "file.txt"],
        ["check", "-", "--text", "-"],
        ["local", "--api-port", "x"],
        ["local", "--api-port", "70000"],
        ["local", "--s3-port", "-1"],
        ["unknown"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2_and_says_what_is_wrong(standfirst: Run, arguments: list[str]) -> None:
    """Without a traceback."""
    done = standfirst(*arguments)

    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_style_exits_with_2_and_names_the_key(standfirst: Run, article: Path, tmp_path: Path) -> None:
    """The whole run is off, not one file."""
    style = tmp_path / "style.yaml"
    style.write_text("name: tabloid\nstandfirst: {wordz: [1, 2]}\n", encoding="utf-8")

    done = standfirst("summarize", "--style", style, article)

    assert done.returncode == 2
    assert "wordz" in done.stderr


def test_output_that_nobody_reads_to_the_end_is_no_error(article: Path) -> None:
    """As with `| head -1`."""
    with subprocess.Popen(
        [*PROGRAM, "read", *[str(article)] * 200],
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


def test_demo_shows_what_the_api_returned_for_each_file(standfirst: Run, article: Path) -> None:
    """The whole path, once; a file that is missing is named and does not stop the others."""
    done = standfirst("demo", article, article.parent / "nothing.txt")

    assert done.returncode == 1
    assert re.search(r"GET http://127\.0\.0\.1:\d+/summaries/article\.txt", done.stdout)
    assert "Ferry to return" in done.stdout
    assert "1 of 1" in done.stdout
    assert "nothing.txt" in done.stderr


def test_demo_summarises_every_bundled_sample(standfirst: Run) -> None:
    """At least four, of different kinds, none of which fails."""
    done = standfirst("demo")

    samples = sorted(path.name for path in SAMPLES.iterdir())
    assert done.returncode == 0, done.stdout
    assert len(samples) >= 4
    for name in samples:
        assert f"/summaries/{name}" in done.stdout, name
    assert f"{len(samples)} of {len(samples)}" in done.stdout
    assert "Traceback" not in done.stderr


def test_local_says_which_port_or_folder_it_cannot_use(standfirst: Run, article: Path) -> None:
    """In one line, and starts nothing."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        busy = standfirst("local", "--s3-port", port)
    file = standfirst("local", "--data", article)
    below = standfirst("local", "--data", article / "below")

    assert busy.returncode == 1
    assert busy.stderr.startswith(f"standfirst: port {port} cannot be used: Address already in use; choose another")
    assert (file.returncode, below.returncode) == (2, 2)
    assert file.stderr == f"standfirst: --data {article}: this is a file, not a folder.\n"
    assert below.stderr == f"standfirst: --data {article / 'below'}: Not a directory.\n"


def test_local_runs_until_it_is_interrupted_and_takes_the_upload_it_shows(article: Path, tmp_path: Path) -> None:
    """The commands it prints are the commands that work."""
    with subprocess.Popen(
        [*PROGRAM, "local", "--data", tmp_path / "data"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as running:
        try:
            assert running.stdout
            shown = ""
            while "Ctrl-C" not in shown:
                shown += running.stdout.readline()
            [command] = re.findall(r"curl .*-T article\.txt \S+", shown)
            for _ in range(2):
                subprocess.run([*shlex.split(command), "--fail", "--silent"], cwd=article.parent, check=True)
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(timeout=60)
    assert running.returncode == 0
