"""The stack of template.yaml on this machine: moto holds what it stores, threads play what runs."""

from __future__ import annotations

import json
import logging
import socket
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import boto3
from moto.server import ThreadedMotoServer

from standfirst_local.deployment import read_deployment
from standfirst_local.environment import emulated_account, environment
from standfirst_local.functions import LocalFunction
from standfirst_local.http_api import LOOPBACK, HttpApi, Route
from standfirst_local.pump import EventSourceMapping, Pump

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef
    from mypy_boto3_s3.type_defs import QueueConfigurationTypeDef

    from standfirst_local.deployment import Deployment, FunctionPlan

STACK_NAME = "standfirst-local"
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
) -> Iterator[LocalStack]:
    """The whole service, from here to the end of the block.

    ``parameters`` override those of the template, ``variables`` the environment of its functions. Raises ``OSError``
    when a port is taken.
    """
    deployment = read_deployment(dict(parameters or {}))
    with ExitStack() as stack:
        aws_url = stack.enter_context(_moto(ports.s3))
        stack.enter_context(emulated_account(aws_url))
        resources = _create_storage(deployment)
        functions: dict[str, LocalFunction] = {}
        for plan in deployment.functions:
            wanted = _resolved(plan, deployment, resources) | dict(variables or {})
            stack.enter_context(environment(wanted))
            functions[plan.name] = LocalFunction(plan.name, plan.code, plan.memory_mb, plan.timeout_seconds)
        _notify(deployment, resources)
        pumps = tuple(_pumps(deployment, resources, functions))
        api = _http_api(deployment, functions, ports.api)
        for pump in pumps:
            stack.enter_context(_started(pump))
        stack.enter_context(_started(api))
        yield LocalStack(aws_url, api.url, resources, pumps)


@contextmanager
def _started(runner: Pump | HttpApi) -> Iterator[None]:
    runner.start()
    try:
        yield
    finally:
        runner.stop()


@contextmanager
def _moto(port: int) -> Iterator[str]:
    _check_free(port)
    # One line per request would drown what the functions log.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer(LOOPBACK, port, verbose=False)
    server.start()
    host, bound = server.get_host_and_port()
    url = f"http://{host}:{bound}"
    try:
        yield url
    finally:
        # What moto holds belongs to the process, not to its server.
        with urlopen(Request(f"{url}/moto-api/reset", method="POST")):  # noqa: S310 - our own server
            server.stop()


def _check_free(port: int) -> None:
    # Both servers would end the process, or wait for ever, on a port that is taken.
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((LOOPBACK, port))


def _create_storage(deployment: Deployment) -> dict[str, str]:
    cloudformation = boto3.client("cloudformation")
    given: list[ParameterTypeDef] = [
        {"ParameterKey": name, "ParameterValue": value} for name, value in deployment.parameters.items()
    ]
    cloudformation.create_stack(StackName=STACK_NAME, TemplateBody=json.dumps(deployment.storage), Parameters=given)
    made = cloudformation.describe_stack_resources(StackName=STACK_NAME)["StackResources"]
    return {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in made}


def _resolved(plan: FunctionPlan, deployment: Deployment, resources: Mapping[str, str]) -> dict[str, str]:
    known = {**deployment.parameters, **resources}
    return {name: value if isinstance(value, str) else known[value["Ref"]] for name, value in plan.environment.items()}


def _queue_arn(url: str) -> str:
    attributes = boto3.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return attributes["Attributes"]["QueueArn"]


def _notify(deployment: Deployment, resources: Mapping[str, str]) -> None:
    # moto's CloudFormation leaves the notifications out. Their prefix filter is not needed: the handler knows it too.
    configurations: dict[str, list[QueueConfigurationTypeDef]] = defaultdict(list)
    for plan in deployment.notifications:
        arn = _queue_arn(resources[plan.queue])
        configurations[resources[plan.bucket]].append({"QueueArn": arn, "Events": [plan.event]})  # type: ignore[list-item]
    for bucket, queues in configurations.items():
        boto3.client("s3").put_bucket_notification_configuration(
            Bucket=bucket, NotificationConfiguration={"QueueConfigurations": queues}
        )


def _pumps(
    deployment: Deployment, resources: Mapping[str, str], functions: Mapping[str, LocalFunction]
) -> Iterator[Pump]:
    for plan in deployment.queues:
        url = resources[plan.queue]
        mapping = EventSourceMapping(url, _queue_arn(url), functions[plan.function], plan.batch_size)
        yield Pump(boto3.client("sqs"), mapping)


def _http_api(deployment: Deployment, functions: Mapping[str, LocalFunction], port: int) -> HttpApi:
    _check_free(port)
    return HttpApi([Route(plan.method, plan.path, functions[plan.function]) for plan in deployment.routes], port)
