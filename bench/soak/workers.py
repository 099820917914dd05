"""Workers that summarise uploads until they are killed, and who kills them. A program: see ``children.py``.

The program loads the function once and forks the workers from itself, so that a new one need not import everything
again. Each plays one execution environment of Lambda: the handler, and the poller that feeds it. From the first
line on that it is told, no more are killed; every line is answered with how many ended, and how.
"""

import json
import logging
import os
import random
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
from children import end_in_time, say

# The model's client, which the handler imports when it first needs it, takes longer than everything else.
from standfirst.wiring import openai_model as _model_wiring  # noqa: F401
from standfirst_local.functions import LocalFunction
from standfirst_local.pump import EventSourceMapping, Pump

_SECONDS_TO_LIVE = (3.0, 6.0)
"""Between one kill and the next."""

_LOOK_SECONDS = 0.25


@dataclass
class Workers:
    """The workers that are alive, and how those ended that are not."""

    mapping: EventSourceMapping
    log: int
    chance: random.Random
    alive: set[int] = field(default_factory=set)
    kills: int = 0
    crashes: int = 0

    def start(self) -> None:
        """One more."""
        starter = os.getpid()
        if pid := os.fork():
            self.alive.add(pid)
            return
        try:
            _work(self.mapping, self.log, starter)
        finally:
            os._exit(1)  # whatever happens, this copy of the program does not go on as its parent

    def kill_one(self) -> None:
        """As a machine that fails would: nothing is finished, nothing is tidied up."""
        pid = self.chance.choice(sorted(self.alive))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self.alive.remove(pid)
        self.kills += 1
        self.start()

    def replace_the_dead(self) -> None:
        """Start a new one for each that ended by itself, which none should."""
        for pid in sorted(self.alive):
            if os.waitpid(pid, os.WNOHANG) != (0, 0):
                self.alive.remove(pid)
                self.crashes += 1
                self.start()

    def kill_all(self) -> None:
        """The end."""
        for pid in self.alive:
            os.kill(pid, signal.SIGKILL)
        for pid in self.alive:
            os.waitpid(pid, 0)


def main() -> None:
    """Keep workers working, and kill one now and then."""
    end_in_time()
    asked = json.loads(sys.argv[1])
    log = os.open(asked["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    workers = Workers(_mapping(asked), log, random.Random(asked["seed"]))  # noqa: S311 - a draw, no secret
    for _ in range(asked["workers"]):
        workers.start()
    say({"workers": len(workers.alive)})
    try:
        _until_quiet(workers)
        _until_the_end(workers)
    finally:
        workers.kill_all()


def _mapping(asked: dict[str, Any]) -> EventSourceMapping:
    function = LocalFunction(asked["name"], Path(asked["code"]), asked["memory_mb"], asked["timeout_seconds"])
    return EventSourceMapping(asked["queue_url"], asked["queue_arn"], function, asked["batch_size"])


def _until_quiet(workers: Workers) -> None:
    next_kill = time.monotonic() + workers.chance.uniform(*_SECONDS_TO_LIVE)
    while not _told_something():
        workers.replace_the_dead()
        if time.monotonic() > next_kill:
            workers.kill_one()
            next_kill = time.monotonic() + workers.chance.uniform(*_SECONDS_TO_LIVE)


def _until_the_end(workers: Workers) -> None:
    while True:
        if _told_something():
            if not sys.stdin.readline():
                return
            say({"kills": workers.kills, "crashes": workers.crashes})
        workers.replace_the_dead()


def _told_something() -> bool:
    """Whether there is a line, or the end, on standard input; waits a moment for it."""
    return bool(select.select([sys.stdin], [], [], _LOOK_SECONDS)[0])


def _work(mapping: EventSourceMapping, log: int, starter: int) -> None:
    """Poll until the process is killed, or whoever started it is gone."""
    end_in_time()
    random.seed()
    # Standard output is the program's line to the soak; what a worker prints is for the log.
    os.dup2(log, sys.stdout.fileno())
    os.dup2(log, sys.stderr.fileno())
    logging.basicConfig(level=logging.WARNING)
    Pump(boto3.client("sqs"), mapping).start()
    while os.getppid() == starter:
        time.sleep(_LOOK_SECONDS)


if __name__ == "__main__":
    main()
