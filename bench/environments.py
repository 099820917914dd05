"""Execution environments of a function: a process each, which keeps what it has loaded between one event and the next.

Run as a program it is one: it loads the function that its argument names and answers each line, an event, with a line.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from measurement import CannotMeasure
from processes import own_cpu_seconds
from project import PROJECT

_QUIET = {"POWERTOOLS_LOG_LEVEL": "ERROR", "POWERTOOLS_METRICS_NAMESPACE": "bench"}
_TIMEOUT_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Invoked:
    """An answer, how long it took by the clock, and the CPU of the environment and what it has started."""

    answer: Any
    seconds: float
    cpu_seconds: float


class Environment:
    """One execution environment of a function."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Takes the process that is it."""
        self._process = process

    def invoke(self, event: Mapping[str, Any]) -> Invoked:
        """Returns what one event comes to; raises ``CannotMeasure`` if the environment fails."""
        self.begin(event)
        return self.end()

    def begin(self, event: Mapping[str, Any]) -> None:
        """Hands over an event without waiting for it."""
        print(json.dumps(event), file=_pipe(self._process.stdin), flush=True)

    def end(self) -> Invoked:
        """Returns what the event that was handed over comes to."""
        if not (line := _pipe(self._process.stdout).readline()):
            raise CannotMeasure("The environment has ended: see above.")
        told = Invoked(**json.loads(line))
        answer = told.answer if isinstance(told.answer, dict) else {}
        if answer.get("batchItemFailures") or answer.get("statusCode", 200) >= 300:  # noqa: PLR2004
            raise CannotMeasure(f"The function answered {told.answer}.")
        return told


@contextmanager
def environments(folder: str, variables: Mapping[str, str], count: int = 1) -> Iterator[Sequence[Environment]]:
    """So many environments of a function, by its folder, for the block."""
    command = [sys.executable, __file__, str(_code_of(folder))]
    told = {**os.environ, **variables, **_QUIET, "POWERTOOLS_SERVICE_NAME": folder}
    with ExitStack() as stack:
        processes = [stack.enter_context(_started(command, told)) for _ in range(count)]
        yield [Environment(process) for process in processes]


@contextmanager
def _started(command: list[str], variables: Mapping[str, str]) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(  # noqa: S603 - our own program
        command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _code_of(folder: str) -> Path:
    return Path(__file__).with_name(folder) if folder == "bare_handler" else PROJECT / "functions" / folder


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise CannotMeasure("The environment cannot be spoken to.")
    return stream


def _serve(code: Path) -> None:
    from standfirst_local.functions import LocalFunction  # noqa: PLC0415 - the program's alone

    answers = os.fdopen(os.dup(1), "w")
    # What functions print are logs and metrics.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    function = LocalFunction(code.name, code, memory_mb=1024, timeout_seconds=_TIMEOUT_SECONDS)
    for line in sys.stdin:
        event = json.loads(line)
        started, used = time.perf_counter(), own_cpu_seconds()
        answer = function.invoke(event)
        told = {"answer": answer, "seconds": time.perf_counter() - started, "cpu_seconds": own_cpu_seconds() - used}
        print(json.dumps(told, default=str), file=answers, flush=True)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
