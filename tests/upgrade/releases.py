"""Releases to play with: the one in this checkout, and any other that is a commit of this repository."""

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import boto3

from model_worker import KEY
from standfirst_local.deployment import PROJECT

SERVE = Path(__file__).parent / "serve_release.py"
CHECKOUTS = PROJECT / "build" / "releases"
KEY_PARAMETER = "/standfirst/openai"


class Release(Protocol):
    """The functions of a release."""

    def invoke(self, function: str, event: Mapping[str, Any]) -> Any:  # noqa: ANN401 - what a handler answers
        """Returns what the function of this logical id answers; raises what it raises."""
        ...


class ReleaseError(Exception):
    """A function of another release raised this."""


class Checkout:
    """A release in a folder, run by a process of its own (``serve_release.py``)."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Over a process that was told what it serves."""
        self._process = process

    def invoke(self, function: str, event: Mapping[str, Any]) -> Any:  # noqa: ANN401 - see Release
        """See ``Release``."""
        self.tell({"function": function, "event": event})
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, f"The process of the release has ended: {self._process.wait()}"
        answer = json.loads(line)
        if "raised" in answer:
            raise ReleaseError(answer["raised"])
        return answer["answer"]

    def tell(self, what: Mapping[str, Any]) -> None:
        """Write a line for the process."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()


def variables_for(url: str) -> dict[str, str]:
    """What tells a function of a model at ``url``, whose key is stored for it, and to keep the least."""
    boto3.client("ssm").put_parameter(Name=KEY_PARAMETER, Value=KEY, Type="SecureString", Overwrite=True)
    return {
        "MODEL_PROVIDER": "openai",
        "MODEL_KEY_PARAMETER": KEY_PARAMETER,
        "MODEL_BASE_URL": url,
        "SECOND_READER": "off",
        "REVISIONS_KEPT": "1",
    }


@contextmanager
def running(checkout: Path, resources: Mapping[str, str], model_url: str) -> Iterator[Checkout]:
    """The release in ``checkout``, over the stores of ``resources`` and a model."""
    variables = variables_for(model_url)
    command = [sys.executable, str(SERVE), str(checkout)]
    quiet = {**os.environ, "POWERTOOLS_TRACE_DISABLED": "1"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=quiet) as process:
        try:
            release = Checkout(process)
            release.tell({"resources": dict(resources), "variables": variables})
            yield release
        finally:
            process.kill()


def checked_out(commit: str) -> Path:
    """The files of ``commit``, below build/. Raises ``CalledProcessError`` for one that this clone does not have."""
    folder = CHECKOUTS / commit
    if not folder.exists():
        archive = subprocess.run(
            ["git", "archive", commit, "template.yaml", "functions", "shared", "local"],  # noqa: S607 - on the PATH
            cwd=PROJECT, check=True, capture_output=True,
        ).stdout  # fmt: skip
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
    return folder
