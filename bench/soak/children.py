"""The programs that the soak consists of: each talks through its standard streams and ends with who started it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

HARD_LIMIT_SECONDS = 15 * 60
"""Nothing of a soak outlives this, whatever goes wrong."""

_START_SECONDS = 60
_STOP_SECONDS = 5


class CannotSoak(Exception):
    """The soak itself failed, so that it has nothing to say of the service; the message says why."""


class Child:
    """A program that runs beside this one. ``said`` is its first line: where it listens, and the like."""

    def __init__(self, name: str, process: "subprocess.Popen[str]") -> None:
        """Wait for its first line; raises ``CannotSoak`` when that does not come."""
        self._name = name
        self._process = process
        # A process that is stopped closes its output, so the wait ends in any case.
        timer = threading.Timer(_START_SECONDS, process.kill)
        timer.start()
        try:
            self.said = self._line()
        finally:
            timer.cancel()

    def ask(self, question: str) -> dict[str, Any]:
        """The program's answer to one line; raises ``CannotSoak`` when it is gone."""
        try:
            print(question, file=self._process.stdin, flush=True)
        except BrokenPipeError:
            raise CannotSoak(f"{self._name} has ended.") from None
        return self._line()

    def require_alive(self) -> None:
        """Raise ``CannotSoak`` when the program has ended."""
        if self._process.poll() is not None:
            raise CannotSoak(f"{self._name} has ended with status {self._process.returncode}.")

    def _line(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise CannotSoak(f"{self._name} does not answer.")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def running(script: str, arguments: Mapping[str, Any], variables: Mapping[str, str] | None = None) -> Iterator[Child]:
    """``script`` of this folder, for the block: with ``arguments`` as one line of JSON, and more ``variables``."""
    command = [sys.executable, str(Path(__file__).with_name(script)), json.dumps(arguments)]
    process = subprocess.Popen(  # noqa: S603 - our own programs
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **(variables or {})},
        # Ctrl-C is for the soak alone: it stops the others in their order.
        start_new_session=True,
    )
    with process:
        try:
            yield Child(script, process)
        finally:
            _stop(process)


def _stop(process: "subprocess.Popen[str]") -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def end_in_time() -> None:
    """End this process at the hard limit; whoever is forked from it has to ask anew."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(HARD_LIMIT_SECONDS)


def end_with_parent(parent: TextIO = sys.stdin) -> None:
    """End this process once the other side of its standard input is gone, or at the hard limit."""
    end_in_time()
    threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: TextIO) -> None:
    parent.read()
    os._exit(0)  # at once: what the other threads have in hand is of use to nobody any more


def say(answer: Mapping[str, Any]) -> None:
    """One line to whoever started this program."""
    print(json.dumps(answer), flush=True)
