"""The stack's storage under moto, in a process of its own, so that what it burns is not measured.

Run as a program it prints where everything is, as one line of JSON, and stays until its standard input is closed.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from measurement import CannotMeasure

from standfirst_local.emulator import create_storage, emulated_aws
from standfirst_local.environment import emulated_account

_START_SECONDS = 60
_STOP_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Storage:
    """Logical ids of the template to the names they got, each function's environment, and the process of it all."""

    pid: int
    resources: Mapping[str, str]
    environments: Mapping[str, Mapping[str, str]]

    @property
    def bucket(self) -> str:
        """Where articles are dropped."""
        return self.resources["ArticlesBucket"]

    @property
    def table(self) -> str:
        """Where summaries are stored."""
        return self.resources["SummariesTable"]


@contextmanager
def emulated_storage() -> Iterator[Storage]:
    """Storage that this process, and those it starts, reach like AWS; raises ``CannotMeasure`` if it does not start."""
    command = [sys.executable, __file__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            said = json.loads(_first_line(process))
            with emulated_account(said["url"]):
                yield Storage(process.pid, said["resources"], said["environments"])
        finally:
            _stop(process)


def _first_line(process: subprocess.Popen[str]) -> str:
    # A process that is stopped closes its output, so the wait for its line ends in any case.
    timer = threading.Timer(_START_SECONDS, process.kill)
    timer.start()
    try:
        line = _pipe(process.stdout).readline()
    finally:
        timer.cancel()
    if not line:
        raise CannotMeasure("The emulated AWS did not start.")
    return line


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise CannotMeasure("The emulated AWS cannot be spoken to.")
    return stream


def _stop(process: subprocess.Popen[str]) -> None:
    _pipe(process.stdin).close()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _serve() -> None:
    # Here, because only this process needs the template and what takes it apart.
    from standfirst_local.deployment import read_deployment  # noqa: PLC0415

    deployment = read_deployment({"Desk": "on"})
    with emulated_aws() as url:
        resources = create_storage(deployment)
        environments = {plan.name: deployment.environment_of(plan, resources) for plan in deployment.functions}
        print(json.dumps({"url": url, "resources": resources, "environments": environments}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    _serve()
