"""The stack of template.yaml on this machine: moto holds what it stores, threads run the rest."""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import boto3

from standfirst_local.deployment import read_deployment
from standfirst_local.emulator import check_free, connect_buckets, create_storage, emulated_aws, queue_arn, tables_of
from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction
from standfirst_local.http_api import HttpApi, Route
from standfirst_local.pipe import Pipe, TableStream
from standfirst_local.pump import EventSourceMapping, Pump
from standfirst_local.saved_state import SavedState
from standfirst_local.schedule import Schedule
from standfirst_local.state_machines import StateMachines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from standfirst_local.deployment import Deployment
    from standfirst_local.pipe import Event

BUCKET = "ArticlesBucket"
"""Logical id of the bucket that articles are dropped into."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where to listen on loopback; 0 takes a free port."""

    s3: int = 0
    api: int = 0


@dataclass(frozen=True, slots=True)
class LocalStack:
    """A running stack. ``resources`` maps logical ids of the template to the names (of queues: URLs) they got."""

    aws_url: str
    api_url: str
    resources: Mapping[str, str]
    pumps: tuple[Pump, ...]

    @property
    def bucket(self) -> str:
        """The bucket that articles are dropped into."""
        return self.resources[BUCKET]


@contextmanager
def running_stack(
    ports: Ports = Ports(),
    parameters: Mapping[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
    listener: Callable[[Event], object] = lambda _: None,
    data: Path | None = None,
) -> Iterator[LocalStack]:
    """Runs the whole service for the block.

    ``parameters`` override those of the template, ``variables`` the environment of its functions; ``listener`` is
    called with each event that goes to the bus. What is uploaded and written is kept in the folder ``data``, if there
    is one. The desk is on, and nobody signs in.

    Raises ``PortInUse`` when a port is taken, and ``SettingsError`` when the folder cannot be used.
    """
    deployment = read_deployment({"Desk": "on", **(parameters or {})})
    with ExitStack() as stack:
        # First what may be refused: the rest takes seconds.
        check_free(ports.api)
        saved = [stack.enter_context(closing(SavedState(data)))] if data else []
        aws_url = stack.enter_context(emulated_aws(ports.s3))
        resources = create_storage(deployment)
        functions: dict[str, LocalFunction] = {}
        for plan in deployment.functions:
            wanted = deployment.environment_of(plan, resources) | dict(variables or {})
            stack.enter_context(environment(wanted))
            functions[plan.name] = LocalFunction(plan.name, plan.code, plan.memory_mb, plan.timeout_seconds, wanted)
        for state in saved:
            state.restore_items(tables_of(deployment, resources))
        connect_buckets(deployment, resources)
        pumps = tuple(_pumps(deployment, resources, functions))
        api = _http_api(deployment, functions, ports.api)
        # What starts first ends last: all that the others did is saved, and sent to the bus.
        runners: list[Runner] = [
            *saved,
            *_pipes(deployment, resources, listener),
            *pumps,
            StateMachines(deployment.state_machines, functions, resources),
            *_schedules(deployment, functions),
            api,
        ]
        for state in saved:
            state.restore_articles(resources[BUCKET])
        for runner in runners:
            stack.enter_context(_started(runner))
        yield LocalStack(aws_url, api.url, resources, pumps)


class Runner(Protocol):
    """What runs as long as the stack does."""

    def start(self) -> None:
        """Begin."""
        ...

    def stop(self) -> None:
        """Finish what is in hand and return."""
        ...


@contextmanager
def _started(runner: Runner) -> Iterator[None]:
    runner.start()
    try:
        yield
    finally:
        runner.stop()


def _pumps(
    deployment: Deployment, resources: Mapping[str, str], functions: Mapping[str, LocalFunction]
) -> Iterator[Pump]:
    for plan in deployment.queues:
        url = resources[plan.queue]
        mapping = EventSourceMapping(url, queue_arn(url), functions[plan.function], plan.batch_size)
        yield Pump(boto3.client("sqs"), mapping)


def _schedules(deployment: Deployment, functions: Mapping[str, LocalFunction]) -> Iterator[Schedule]:
    for plan in deployment.schedules:
        yield Schedule(plan.rule, functions[plan.function], plan.seconds)


def _pipes(deployment: Deployment, resources: Mapping[str, str], listener: Callable[[Event], object]) -> Iterator[Pipe]:
    for plan in deployment.pipes:
        yield Pipe(plan, TableStream(resources[plan.table]), listener)


def _http_api(deployment: Deployment, functions: Mapping[str, LocalFunction], port: int) -> HttpApi:
    check_free(port)
    return HttpApi([Route(plan.method, plan.path, functions[plan.function]) for plan in deployment.routes], port)
