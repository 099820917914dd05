"""The AWS of this machine: moto on loopback, holding what the template stores."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

from standfirst_local.environment import emulated_account
from standfirst_local.moto_dynamodb import adapt_dynamodb
from standfirst_local.moto_lambda import adapt_lambda
from standfirst_local.moto_s3 import adapt_s3
from standfirst_local.same_machine import only_from_this_machine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef
    from mypy_boto3_s3.type_defs import QueueConfigurationTypeDef

    from standfirst_local.deployment import Deployment

LOOPBACK = "127.0.0.1"
STACK_NAME = "standfirst-local"

_LOOK_SECONDS = 0.05
"""Between two looks whether to stop."""


@contextmanager
def emulated_aws(port: int = 0) -> Iterator[str]:
    """Moto on ``port`` (0: a free one) and a process that talks to nothing else, for the block; the endpoint's URL.

    Raises ``PortInUse`` when the port is taken. What was stored is gone afterwards.
    """
    check_free(port)
    # One line per request would drown what the functions log.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    adapt_moto()
    # What moto.server's ThreadedMotoServer serves; moto by itself lets the page of any origin read and write.
    moto = only_from_this_machine(DomainDispatcherApplication(create_backend_app))
    server = make_server(LOOPBACK, port, moto, threaded=True, request_handler=MotoRequestHandler)
    serving = threading.Thread(target=server.serve_forever, args=[_LOOK_SECONDS], name="emulated-aws", daemon=True)
    serving.start()
    url = f"http://{LOOPBACK}:{server.port}"
    try:
        with emulated_account(url):
            yield url
    finally:
        # What moto holds belongs to the process, not to its server.
        with urlopen(Request(f"{url}/moto-api/reset", method="POST")):  # noqa: S310 - our own server
            server.shutdown()
            serving.join()


def adapt_moto() -> None:
    """Change moto for the rest of the process, as far as it is not what the service runs on."""
    adapt_dynamodb()
    adapt_lambda()
    adapt_s3()


class PortInUse(OSError):
    """Another program listens on this port, or this user may not."""


def check_free(port: int) -> None:
    """Raises ``PortInUse`` for a port of loopback that is taken; werkzeug would end the process, or wait for ever."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise PortInUse(error.errno, f"port {port} cannot be used: {error.strerror}") from error


def create_storage(deployment: Deployment, stack_name: str = STACK_NAME) -> dict[str, str]:
    """Makes the buckets, queues and tables. Returns their names (of queues: URLs) by the template's logical ids."""
    cloudformation = boto3.client("cloudformation")
    given: list[ParameterTypeDef] = [
        {"ParameterKey": name, "ParameterValue": value} for name, value in deployment.parameters.items()
    ]
    cloudformation.create_stack(StackName=stack_name, TemplateBody=json.dumps(deployment.storage), Parameters=given)
    made = cloudformation.describe_stack_resources(StackName=stack_name)["StackResources"]
    resources = {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in made}
    _keep_versions(deployment, resources)
    return resources


def _keep_versions(deployment: Deployment, resources: Mapping[str, str]) -> None:
    # moto's CloudFormation leaves that out.
    for name, resource in deployment.storage["Resources"].items():
        if name in resources and (versioning := resource.get("Properties", {}).get("VersioningConfiguration")):
            boto3.client("s3").put_bucket_versioning(Bucket=resources[name], VersioningConfiguration=versioning)


def tables_of(deployment: Deployment, resources: Mapping[str, str]) -> dict[str, str]:
    """Returns the names of the tables among ``resources``, by logical ids."""
    stored = deployment.storage["Resources"]
    return {name: table for name, table in resources.items() if stored[name]["Type"] == "AWS::DynamoDB::Table"}


def queue_arn(url: str) -> str:
    """Returns the ARN of the queue at ``url``."""
    attributes = boto3.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return attributes["Attributes"]["QueueArn"]


def connect_buckets(deployment: Deployment, resources: Mapping[str, str]) -> None:
    """Send the buckets' events to their queues."""
    # moto's CloudFormation leaves the notifications out. Their prefix filter is not needed: the handler knows it too.
    configurations: dict[str, list[QueueConfigurationTypeDef]] = defaultdict(list)
    for plan in deployment.notifications:
        arn = queue_arn(resources[plan.queue])
        configurations[resources[plan.bucket]].append({"QueueArn": arn, "Events": [plan.event]})  # type: ignore[list-item]
    for bucket, queues in configurations.items():
        boto3.client("s3").put_bucket_notification_configuration(
            Bucket=bucket, NotificationConfiguration={"QueueConfigurations": queues}
        )
