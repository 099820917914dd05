"""A function in a fresh process under Lambda's own runtime client, in an environment like Lambda's."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from measurement import CannotMeasure
from runtime_api import runtime_api

PROJECT = Path(__file__).parents[1]

_ANSWER_SECONDS = 60
_LAST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Function:
    """Code as ``CodeUri`` names it, and the environment the template gives it."""

    code: Path
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Invocation:
    """The answer to the first event, the seconds from the start of the process to it, and the process, still alive."""

    body: bytes
    seconds: float
    pid: int
    printed: IO[bytes]


@contextmanager
def first_invocation(function: Function, event: dict[str, Any], python: Sequence[str] = ()) -> Iterator[Invocation]:
    """Start ``function``, give it ``event`` and take its answer; the process ends with the block.

    ``python`` are options of the interpreter. Raises ``CannotMeasure``, with what was printed last.
    """
    with runtime_api(event) as api, _x_ray_daemon() as daemon, tempfile.TemporaryFile() as printed:
        environment = _environment(function, api.address, daemon)
        command = [sys.executable, *python, "-m", "awslambdaric", "app.lambda_handler"]
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own functions
            command, cwd=function.code, env=environment, stdout=printed, stderr=subprocess.STDOUT
        )
        try:
            answer = api.answer(_ANSWER_SECONDS)
            yield Invocation(answer.body, answer.received - started, process.pid, printed)
        except CannotMeasure as error:
            printed.seek(0)
            last = printed.read().decode(errors="replace")[-_LAST_LINES:]
            raise CannotMeasure(f"{function.code.name}: {error}\n{last}") from error
        finally:
            process.kill()
            process.wait()


@contextmanager
def _x_ray_daemon() -> Iterator[str]:
    """An address that takes in traces and drops them: tracing is on, as the template says, and goes nowhere."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as daemon:
        daemon.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{daemon.getsockname()[1]}"


def _environment(function: Function, runtime: str, daemon: str) -> dict[str, str]:
    # "Using Lambda environment variables" (AWS Lambda developer guide): the reserved ones that libraries look at.
    reserved = {
        "AWS_LAMBDA_RUNTIME_API": runtime,
        "AWS_LAMBDA_FUNCTION_NAME": function.code.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.code.name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "measured",
        "AWS_LAMBDA_LOG_FORMAT": "JSON",
        "AWS_LAMBDA_LOG_LEVEL": "INFO",
        "AWS_XRAY_DAEMON_ADDRESS": daemon,
        "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
        "LAMBDA_TASK_ROOT": str(function.code),
        "_HANDLER": "app.lambda_handler",
        "PYTHONPATH": os.pathsep.join([str(function.code), str(PROJECT / "shared")]),
        "TZ": ":UTC",
    }
    # PYTHONDONTWRITEBYTECODE, say, would compile anew what the build compiles once.
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**ours, **function.environment, **reserved}
