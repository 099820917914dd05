"""A function in a fresh process under Lambda's own runtime client, in an environment like Lambda's.

The interpreter and the packages are those that Lambda's python3.13 brings (requirements-lambda.in), compiled as they
are there; the function finds its own folder and the layer's beside them, and can write nothing next to its code.
"""

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from artefacts import NotBuilt
from measurement import CannotMeasure
from processes import cpu_seconds
from project import HERE
from runtime_api import runtime_api

_ANSWER_SECONDS = 60
_LAST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Function:
    """Code as the build makes it, the layer, and the environment the template gives it."""

    code: Path
    layer: Path
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Invocation:
    """The answer to the first event, and the process, still alive.

    ``seconds`` are those from the start of the process to the answer; ``cpu_seconds`` those that it and the processes
    that it started used.
    """

    body: bytes
    seconds: float
    cpu_seconds: float
    pid: int
    printed: bytes


def runtime() -> Path:
    """Returns Lambda's Python; raises ``NotBuilt`` where there is none."""
    python = HERE / ".venv-lambda" / "bin" / "python"
    if not python.exists():
        raise NotBuilt("needs a python3.13 on the PATH that runs: `make .venv-lambda/.lambda`")
    return python


@contextmanager
def first_invocation(function: Function, event: dict[str, Any], python: Sequence[str] = ()) -> Iterator[Invocation]:
    """Start ``function``, give it ``event`` and take its answer; the process ends with the block.

    ``python`` are options of the interpreter. Raises ``CannotMeasure``, with what was printed last.
    """
    with runtime_api(event) as api, _x_ray_daemon() as daemon, tempfile.TemporaryFile() as printed:
        environment = _environment(function, api.address, daemon)
        command = [str(runtime()), *python, "-m", "awslambdaric", "app.lambda_handler"]
        started = time.perf_counter()
        with _one_processor():
            process = subprocess.Popen(  # noqa: S603 - our own functions
                command, cwd=function.code, env=environment, stdout=printed, stderr=subprocess.STDOUT
            )
        try:
            answer = api.answer(_ANSWER_SECONDS)
            used = cpu_seconds(process.pid)
            printed.seek(0)
            yield Invocation(answer.body, answer.received - started, used, process.pid, printed.read())
        except CannotMeasure as error:
            printed.seek(0)
            last = printed.read().decode(errors="replace")[-_LAST_LINES:]
            raise CannotMeasure(f"{function.code.name}: {error}\n{last}") from error
        finally:
            process.kill()
            process.wait()


@contextmanager
def _one_processor() -> Iterator[None]:
    """What this thread starts in the block has one processor: a function of up to 1,769 MB has no more.

    Two processes of a function would else run beside each other here, and one after the other on Lambda.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(all_of_them)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)


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
        "PYTHONPATH": os.pathsep.join([str(function.code), str(function.layer / "python")]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TZ": ":UTC",
    }
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**ours, **function.environment, **reserved}
