"""What the tests of the local service share."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api_client import FERRIES, Client, Function, route, serving
from builders import STORY
from commands import Done, Run
from model_server import ModelServer
from standfirst_local import cli


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A file with an article."""
    path = tmp_path / "story.txt"
    path.write_text(f"Ferry to return\n\n{STORY}\n", encoding="utf-8")
    return path


@pytest.fixture
def run(model: ModelServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in a shell that has a key for the model that is played."""
    monkeypatch.setenv("OPENAI_BASE_URL", model.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")

    def main(*arguments: str | Path, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8", "surrogateescape"))))
        try:
            status = cli.main([str(argument) for argument in arguments])
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        return Done(status, *capsys.readouterr())

    return main


@pytest.fixture
def function() -> Function:
    """What is behind the API of ``client``."""
    return Function()


@pytest.fixture
def client(function: Function) -> Iterator[Client]:
    """Of an API with one route that takes all there is."""
    with serving(route("$default", function), route(f"GET {FERRIES}", function)) as client:
        yield client
