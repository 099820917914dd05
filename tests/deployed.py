"""A deployed stack as its people see it: the bucket, the queues, and the API with a signature or a token."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.httpsession import URLLib3Session

from api_client import Answer
from ministack import Ministack, resources_of
from standfirst_local.environment import REGION

WAIT_SECONDS = 60
"""A function that is asked for the first time unpacks a hundred megabytes before it answers."""

Seen = TypeVar("Seen")

Caller = Credentials | str | None
"""Who asks: somebody who signs, the bearer of a token, or nobody."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A deployed stack, of the account that this process talks to."""

    name: str
    outputs: Mapping[str, str]
    resources: Mapping[str, str]
    ministack: Ministack

    def ask(
        self, by: Caller, method: str, path: str, content: object = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """What the API answers; ``content`` that is not bytes is sent as JSON."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        sent = {} if isinstance(content, bytes) else {"Content-Type": "application/json"}
        # The address that the outputs name, but for the host: the emulator answers for it on loopback.
        api = (urlsplit(self.outputs["SummariesApiUrl"]).hostname or "").partition(".")[0]
        sent |= {"Host": f"{api}.execute-api.localhost", **(headers or {})}
        if isinstance(by, str):
            sent["Authorization"] = f"Bearer {by}"
        request = AWSRequest(method, self.ministack.url + path, headers=sent, data=body)
        if isinstance(by, Credentials):
            SigV4Auth(by, "execute-api", REGION).add_auth(request)
        answer = URLLib3Session(verify=str(self.ministack.certificate), timeout=WAIT_SECONDS).send(request.prepare())
        return Answer(answer.status_code, dict(answer.headers), answer.content)

    def upload(self, article_id: str, content: str | bytes, **said: str) -> None:
        """Put an article into the bucket."""
        body = content if isinstance(content, bytes) else content.encode()
        boto3.client("s3").put_object(
            Bucket=self.outputs["ArticlesBucketName"],
            Key=article_id,
            Body=body,
            Metadata=said,
        )

    def delete(self, article_id: str) -> None:
        """Delete an article from the bucket."""
        boto3.client("s3").delete_object(Bucket=self.outputs["ArticlesBucketName"], Key=article_id)

    def summary(self, by: Caller, article_id: str, until: Callable[[Answer], bool]) -> Answer:
        """What the API answers about an article once it is as one waits for; the last answer if it never is."""
        path = f"/summaries/{article_id}"
        return eventually(lambda: self.ask(by, "GET", path), until)

    def log_lines(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What the functions logged as JSON, with the name of the log."""
        logs = boto3.client("logs")
        for group in logs.describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{self.name}-")["logGroups"]:
            name = group["logGroupName"]
            for page in logs.get_paginator("filter_log_events").paginate(logGroupName=name):
                for event in page["events"]:
                    if event["message"].startswith("{"):
                        yield name, json.loads(event["message"])


Deploy = Callable[[str, Mapping[str, str]], Stack]
"""Deploys the same code as a stack of this name, with these parameters."""


def eventually(look: Callable[[], Seen], until: Callable[[Seen], bool]) -> Seen:
    """What ``look`` sees once it is as one waits for, or at last."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not until(seen := look()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return seen


def the_stack(name: str, ministack: Ministack) -> Stack:
    """The stack of this name."""
    (described,) = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    outputs = {each["OutputKey"]: each["OutputValue"] for each in described["Outputs"]}
    return Stack(name, outputs, resources_of(name), ministack)


def a_role(name: str, *policies: str) -> Credentials:
    """Credentials of a new role with these managed policies, by their ARNs."""
    iam, sts = boto3.client("iam"), boto3.client("sts")
    account = sts.get_caller_identity()["Account"]
    trust = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
    for policy in policies:
        iam.attach_role_policy(RoleName=name, PolicyArn=policy)
    found = sts.assume_role(RoleArn=arn, RoleSessionName=name)["Credentials"]
    return Credentials(found["AccessKeyId"], found["SecretAccessKey"], found["SessionToken"])
