"""The whole template, deployed to ministack with the SAM CLI."""

import subprocess
from collections.abc import Iterator, Mapping

import boto3
import pytest
from botocore.credentials import Credentials

from deployed import Deploy, Stack, a_role, the_stack
from ministack import Ministack, as_given, clean_environment, create_stack
from standfirst_local.deployment import PROJECT
from standfirst_local.environment import REGION

SAM = PROJECT / ".venv-sam/bin/sam"
BUILT = PROJECT / "build/e2e/sam/template.yaml"
ARTEFACTS = "artefacts"


@pytest.fixture(scope="session", autouse=True)
def account(ministack: Ministack) -> Iterator[None]:
    """Talk to the emulator as the account's root."""
    with ministack.account():
        yield


@pytest.fixture(scope="session")
def stack(ministack: Ministack) -> Stack:
    """The template with its defaults, as ``sam deploy`` deploys what was built."""
    boto3.client("s3").create_bucket(Bucket=ARTEFACTS, CreateBucketConfiguration={"LocationConstraint": REGION})
    command = [
        *(str(SAM), "deploy", "--template-file", str(BUILT), "--stack-name", "standfirst", "--s3-bucket", ARTEFACTS),
        *("--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset", "--no-progressbar"),
    ]
    settings = clean_environment() | ministack.environment | {"SAM_CLI_TELEMETRY": "0"}
    deployed = subprocess.run(
        command, env=settings, cwd=ministack.folder, capture_output=True, text=True, timeout=300, check=False
    )
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    return the_stack("standfirst", ministack)


@pytest.fixture(scope="session")
def deploy(stack: Stack) -> Deploy:
    """Deploys the same code again, as a stack of its own with a bucket of its own."""
    found = boto3.client("cloudformation").get_template(StackName=stack.name, TemplateStage="Original")
    # It is longer than what a request may hold.
    boto3.client("s3").put_object(Bucket=ARTEFACTS, Key="template.yaml", Body=str(found["TemplateBody"]).encode())

    def another(name: str, parameters: Mapping[str, str]) -> Stack:
        given = as_given({"BucketPrefix": f"{name}-articles", **parameters})
        create_stack(name, TemplateURL=f"{stack.ministack.url}/{ARTEFACTS}/template.yaml", Parameters=given)
        return the_stack(name, stack.ministack)

    return another


@pytest.fixture(scope="session")
def roles(stack: Stack) -> dict[str, Credentials]:
    """People with the managed policies of the stack, as docs/deploy.md says who gets which."""
    of = {name: stack.outputs[f"{name}SummariesPolicyArn"] for name in ("Read", "Review", "Write", "Erase")}
    return {
        "reader": a_role("reader", of["Read"]),
        "editor": a_role("editor", of["Read"], of["Review"]),
        "writer": a_role("writer", of["Write"]),
        "eraser": a_role("eraser", of["Erase"]),
        "nobody": a_role("nobody"),
    }
