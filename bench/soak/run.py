"""Uploads articles through faults, duplicates, disorder and kills, and counts what is lost.

    python bench/soak/run.py [--uploads 2000] [--seed 1]

The service's own code, on the stack of template.yaml in an emulated AWS, with a model server that is often in trouble;
nothing leaves this machine. The timeouts of function and queue are shorter than the template's, in the same proportion.
Exit status: 0 when nothing is lost or stale and hardly anything is paid for twice; 1 when not, or when the soak itself
failed.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import boto3
from children import HARD_LIMIT_SECONDS, CannotSoak, Child, running
from newsroom import uploads_of
from outcome import outcome_of
from report import Figures, is_good, report
from uploads import Backlog, Relay, Uploads

from standfirst_local.deployment import Deployment, FunctionPlan, QueuePlan, read_deployment
from standfirst_local.emulator import connect_buckets, create_storage, queue_arn
from standfirst_local.environment import emulated_account

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsroom import Upload

FUNCTION_SECONDS, VISIBILITY_SECONDS = 25, 150
"""Instead of 90 and 600: what a killed worker had in hand comes back soon enough to wait for."""

FAULTS = {"429": 0.05, "429 retry-after": 0.05, "500": 0.05, "dropped": 0.02, "slow": 0.02}
"""The shares of the model's answers that go wrong, by how. A slow one comes in the end, and is paid for."""

MODEL_SECONDS = (0.1, 0.3)
"""Between these an answer of the model takes, if it is not slow."""

WORKERS = 2
DRAIN_SECONDS = 600
"""So long after the last upload the queue has to be empty."""

_LOOK_SECONDS = 0.5
_QUIET = {"POWERTOOLS_METRICS_DISABLED": "true", "POWERTOOLS_TRACE_DISABLED": "true", "POWERTOOLS_LOG_LEVEL": "INFO"}
_KEY = "/standfirst/soak"
_QUEUE, _STAGING = "UploadsQueue", "StagingQueue"


def main() -> int:
    """Soak, and say what came of it."""
    options = _options()
    for number in (signal.SIGTERM, signal.SIGALRM):
        # Leave by way of every `finally`, so that no process stays behind.
        signal.signal(number, _leave)
    signal.alarm(HARD_LIMIT_SECONDS)
    _forget_the_world()
    with tempfile.NamedTemporaryFile(prefix="soak-", suffix=".log", delete=False) as log:
        try:
            figures = _soak(options.uploads, options.seed, Path(log.name))
        except KeyboardInterrupt:
            Path(log.name).unlink()
            return 130
        except CannotSoak as error:
            print(f"soak: {error}\nWhat the workers logged: {log.name}", file=sys.stderr)
            return 1
    report(figures)
    if is_good(figures):
        Path(log.name).unlink()
        return 0
    print(f"What the workers logged: {log.name}", file=sys.stderr)
    return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--uploads", type=int, default=2_000, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="of what is left to chance; default: %(default)s")
    return parser.parse_args()


def _leave(number: int, _frame: object) -> None:
    raise CannotSoak("It took too long." if number == signal.SIGALRM else "It was told to end.")


def _forget_the_world() -> None:
    """No proxy may stand between these processes, and no setting of a shell may reach the functions."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith(("OPENAI_", "MODEL", "POWERTOOLS_")):
            del os.environ[name]


@dataclass(frozen=True, slots=True)
class Stack:
    """The stack of the template. ``resources`` maps logical ids to the names (of queues: URLs) they got."""

    aws: Child
    deployment: Deployment
    resources: Mapping[str, str]

    @property
    def source(self) -> QueuePlan:
        """The queue that uploads are told to, and the function it feeds."""
        [plan] = [plan for plan in self.deployment.queues if plan.queue == _QUEUE]
        return plan

    @property
    def function(self) -> FunctionPlan:
        """The worker."""
        [plan] = [plan for plan in self.deployment.functions if plan.name == self.source.function]
        return plan


def _soak(number: int, seed: int, log: Path) -> Figures:
    uploads, started = uploads_of(seed, number), time.monotonic()
    asked = {"seed": seed, "faults": FAULTS, "seconds": MODEL_SECONDS}
    with running("model.py", asked) as model, _stack(model.said["url"]) as stack:
        with running("workers.py", _work(stack, seed, log), _environment(stack)) as workers:
            children = (model, stack.aws, workers)
            relay = _send(uploads, stack, seed, children)
            kills = workers.ask("kill no more")["kills"]
            left = _drained(stack, children)
            crashes = workers.ask("and since then?")["crashes"]
        relay.require_all(uploads)
        outcome = outcome_of(uploads, stack.resources["SummariesTable"], stack.resources["UploadsDeadLetterQueue"])
        with urlopen(f"{model.said['url']}/counts") as answer:  # noqa: S310 - our own server
            counts = json.load(answer)
    return Figures(
        uploads=uploads,
        outcome=outcome,
        delivered=relay.sent,
        left=left,
        kills=kills,
        crashes=crashes,
        paid=counts["paid"],
        read=counts["read"],
        unheard=counts["unheard"],
        faults=counts["faults"],
        seconds=time.monotonic() - started,
    )


@contextmanager
def _stack(model_url: str) -> Iterator[Stack]:
    with running("aws.py", {}) as aws, emulated_account(aws.said["url"]):
        model = {
            "ModelProvider": "openai",
            "ModelBaseUrl": f"{model_url}/v1",
            "ModelKeyParameter": _KEY,
            "SecondReader": "always",
        }
        deployment = read_deployment(model)
        staging = boto3.client("sqs").create_queue(QueueName="soak-staging")["QueueUrl"]
        resources = {**create_storage(deployment), _STAGING: staging}
        boto3.client("ssm").put_parameter(Name=_KEY, Value="sk-soak", Type="SecureString")
        boto3.client("sqs").set_queue_attributes(
            QueueUrl=resources[_QUEUE], Attributes={"VisibilityTimeout": str(VISIBILITY_SECONDS)}
        )
        connect_buckets(_told_elsewhere(deployment), resources)
        yield Stack(aws, deployment, resources)


def _told_elsewhere(deployment: Deployment) -> Deployment:
    notifications = tuple(replace(plan, queue=_STAGING) for plan in deployment.notifications)
    return replace(deployment, notifications=notifications)


def _work(stack: Stack, seed: int, log: Path) -> dict[str, Any]:
    queue_url = stack.resources[_QUEUE]
    return {
        "name": stack.function.name,
        "code": str(stack.function.code),
        "memory_mb": stack.function.memory_mb,
        "timeout_seconds": FUNCTION_SECONDS,
        "queue_url": queue_url,
        "queue_arn": queue_arn(queue_url),
        "batch_size": stack.source.batch_size,
        "workers": WORKERS,
        "seed": seed,
        "log": str(log),
    }


def _environment(stack: Stack) -> dict[str, str]:
    return stack.deployment.environment_of(stack.function, stack.resources) | _QUIET


def _send(uploads: Sequence[Upload], stack: Stack, seed: int, children: Sequence[Child]) -> Relay:
    """Upload all, and see that the queue has heard of all."""
    relay = Relay(stack.resources[_STAGING], stack.resources[_QUEUE], seed)
    backlog = Backlog(stack.resources[_QUEUE])
    uploading = Uploads(stack.resources["ArticlesBucket"], uploads, backlog)
    relay.start()
    uploading.start()
    _wait(uploading.done, children)
    relay.finish()
    _wait(relay.done, children)
    # The last events are worked on under fire, too; what comes back of them later is not.
    _wait(lambda: not backlog.waiting(), children)
    return relay


def _wait(done: Callable[[], bool], children: Sequence[Child]) -> None:
    while not done():
        for child in children:
            child.require_alive()
        time.sleep(_LOOK_SECONDS)


def _drained(stack: Stack, children: Sequence[Child]) -> int:
    """Wait until the queue is empty; how many messages are left in it when it is not in time."""
    deadline = time.monotonic() + DRAIN_SECONDS
    backlog = Backlog(stack.resources[_QUEUE])
    _wait(lambda: not backlog.all() or time.monotonic() > deadline, children)
    return backlog.all()


if __name__ == "__main__":
    sys.exit(main())
