"""A deployed stack as an operator's shell reaches it: its parameters, and the resources by their logical ids."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, NoRegionError
from botocore.parsers import ResponseParserError

from standfirst.domain.errors import StandfirstError
from standfirst_local.exit_status import ALL_DONE, SOME_FAILED
from standfirst_local.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mypy_boto3_cloudformation import CloudFormationClient

AWS = Config(connect_timeout=5, read_timeout=30, retries={"mode": "standard", "total_max_attempts": 3})
"""A person waits at a terminal: botocore's own timeouts add up to five minutes."""


class OperationFailed(Exception):
    """Why a command did not do what it was asked to, as one clause for a person."""


@dataclass(frozen=True, slots=True)
class DeployedStack:
    """A stack, what it was deployed with, and its outputs."""

    name: str
    parameters: Mapping[str, str]
    outputs: Mapping[str, str]
    cloudformation: CloudFormationClient

    def resource(self, logical_id: str) -> str:
        """Returns the name, or of a queue the URL, of a resource of template.yaml; raises boto3's errors."""
        found = self.cloudformation.describe_stack_resource(StackName=self.name, LogicalResourceId=logical_id)
        return found["StackResourceDetail"].get("PhysicalResourceId", "")

    @property
    def articles_bucket(self) -> str:
        """Returns the name of the bucket of articles."""
        return self.parameters.get("ExistingArticlesBucket") or self.resource("ArticlesBucket")

    @property
    def summaries_table(self) -> str:
        """Returns the name of the table of summaries; an existing one is known by the ARN of its stream."""
        stream = self.parameters.get("ExistingSummariesTableStream")
        return stream.split("/")[1] if stream else self.resource("SummariesTable")

    @property
    def reviews_table(self) -> str:
        """Returns the name of the table of reviews."""
        return self.parameters.get("ExistingReviewsTable") or self.resource("ReviewsTable")


def find_stack(name: str) -> DeployedStack:
    """Returns the stack of a name. Raises ``OperationFailed`` if there is none, or boto3's errors."""
    cloudformation = client("cloudformation")
    try:
        [described] = cloudformation.describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        region = cloudformation.meta.region_name
        raise OperationFailed(f"there is no stack {name} in {region}: name yours with --stack") from error
    parameters = {each["ParameterKey"]: each["ParameterValue"] for each in described.get("Parameters", [])}
    outputs = {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])}
    return DeployedStack(name, parameters, outputs, cloudformation)


def client(service: str) -> Any:  # noqa: ANN401 - as boto3 has it
    """Returns a client of an AWS service. Raises ``OperationFailed`` for an AWS_ENDPOINT_URL that is no URL."""
    try:
        return boto3.client(service, config=AWS)  # type: ignore[call-overload]
    except ValueError as error:
        raise OperationFailed(str(error)) from error


def status_of(work: Callable[[], object]) -> int:
    """Does the work of a command. Returns the exit status; what went wrong is one line on standard error."""
    try:
        work()
    except (OperationFailed, StandfirstError, BotoCoreError, ClientError, ResponseParserError) as error:
        print(f"standfirst: {one_line(in_words(error))}", file=sys.stderr)
        return SOME_FAILED
    return ALL_DONE


def in_words(error: BaseException) -> str:
    """Returns what is wrong, and what to do about it where that is known."""
    if isinstance(error, StandfirstError) and isinstance(error.__cause__, (BotoCoreError, ClientError)):
        # The adapters' errors repeat botocore's.
        error = error.__cause__
    match error:
        case NoCredentialsError():
            return "there are no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        case NoRegionError():
            return "there is no AWS region: set AWS_DEFAULT_REGION"
        case ClientError():
            details = error.response["Error"]
            return f"{error.operation_name} was refused: {details.get('Message')} ({details.get('Code')})"
    return str(error)
