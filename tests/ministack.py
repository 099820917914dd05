"""A second emulator of AWS, from another house than moto: ministack, in a process and an environment of its own.

It is started with IAM enforced (signatures and policies), and runs Lambda functions as processes of this machine.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

import boto3
from botocore.exceptions import WaiterError

from standfirst_local.deployment import PROJECT
from standfirst_local.emulator import LOOPBACK
from standfirst_local.environment import REGION, emulated_account, environment

PYTHON = PROJECT / ".venv-e2e/bin/python"
START_SECONDS = 60
ROOM_BYTES = 4 * 1024**3
"""Each environment of a function unpacks its code; on a disk it takes longer to delete them than to run the tests."""

LONGEST_SECONDS = 900
"""It ends by itself then, even if nobody is left who would end it."""

CAPABILITIES = ("CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND")
"""Roles, and the transform of SAM."""

_CERTIFICATE = "from ministack.core.tls import resolve_tls_material as make; print(*make())"
_NEVER = "AWS_", "MODEL", "OPENAI_", "POWERTOOLS_", "LAMBDA_"
_CERTIFICATES = {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}


@dataclass(frozen=True, slots=True)
class Ministack:
    """A running emulator."""

    url: str
    plain_url: str
    """The same without TLS."""
    certificate: Path
    folder: Path
    """Whatever it writes; gone with it."""

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to talk to it as the account's root, and to nothing else."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_CA_BUNDLE": str(self.certificate),
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    @contextmanager
    def account(self) -> Iterator[None]:
        """Send every AWS call of this process to it while the block runs."""
        with emulated_account(self.url), environment({"AWS_CA_BUNDLE": str(self.certificate)}):
            yield

    @property
    def log(self) -> str:
        """What it has said so far."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")


def clean_environment() -> dict[str, str]:
    """What this process has in its environment, without what leads to another account or to other certificates."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(_NEVER) and name not in _CERTIFICATES
    }


@contextmanager
def running_ministack() -> Iterator[Ministack]:
    """An emulator on free ports of loopback for the block; its processes and files are gone afterwards."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    is_roomy = memory.is_dir() and disk_usage(memory).free > ROOM_BYTES
    with TemporaryDirectory(prefix="standfirst-e2e-", dir=memory if is_roomy else None) as temporary:
        folder = Path(temporary)
        port, plain_port = _free_port(), _free_port()
        settings = clean_environment() | {
            "TMPDIR": temporary,
            "HOME": temporary,
            "STATE_DIR": str(folder / "state"),
            "S3_DATA_DIR": str(folder / "s3"),
            "AUTH": "true",
            "IOT_MTLS_ENABLED": "0",
            "MINISTACK_REGION": REGION,
            # Where it looks for the keys of its own Cognito pools, without TLS.
            "GATEWAY_PORT": str(plain_port),
        }
        made = subprocess.run([PYTHON, "-c", _CERTIFICATE], env=settings, check=True, capture_output=True, text=True)
        certificate, key = made.stdout.split()
        url = f"https://{LOOPBACK}:{port}"
        ministack = Ministack(url, f"http://{LOOPBACK}:{plain_port}", Path(certificate), folder)
        # As hypercorn's program and not as its own, which also takes port 443 where it may.
        command = [
            *("timeout", "--kill-after=5", str(LONGEST_SECONDS), str(PYTHON), "-m", "hypercorn", "ministack.app:app"),
            *("--bind", f"{LOOPBACK}:{port}", "--insecure-bind", f"{LOOPBACK}:{plain_port}"),
            *("--certfile", certificate, "--keyfile", key, "--keep-alive", "75"),
        ]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                command, env=settings | ministack.environment, cwd=folder, stdout=log, stderr=log, process_group=0
            )
        try:
            _wait_for(ministack, process)
            yield ministack
        finally:
            _end(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(ministack: Ministack, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{ministack.plain_url}/_ministack/health", timeout=5):
                return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"ministack did not start:\n{ministack.log}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """With the functions' processes, which belong to the same group; there is nothing to save."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def create_stack(name: str, **template: object) -> dict[str, str]:
    """Makes a stack and waits for it. Returns the names of its resources by logical ids."""
    boto3.client("cloudformation").create_stack(StackName=name, Capabilities=CAPABILITIES, **template)  # type: ignore[arg-type]
    wait_for("stack_create_complete", name)
    return resources_of(name)


def wait_for(state: str, stack: str) -> None:
    """Wait for a stack, at most two minutes. Raises ``RuntimeError`` with what failed in it."""
    cloudformation = boto3.client("cloudformation")
    try:
        cloudformation.get_waiter(state).wait(StackName=stack, WaiterConfig={"Delay": 1, "MaxAttempts": 120})  # type: ignore[call-overload]
    except WaiterError as error:
        events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
        failed = [each for each in events if "FAILED" in each["ResourceStatus"]]
        reasons = [f"{each['LogicalResourceId']}: {each.get('ResourceStatusReason')}" for each in failed]
        raise RuntimeError(f"{stack} is not {state}: {reasons}") from error


def delete_stack(name: str) -> None:
    """Delete a stack and wait until it is gone."""
    # By its id: CloudFormation answers for a name only as long as there is a stack of it.
    (described,) = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    boto3.client("cloudformation").delete_stack(StackName=name)
    wait_for("stack_delete_complete", described["StackId"])


def resources_of(stack: str) -> dict[str, str]:
    """The names of a stack's resources by logical ids."""
    pages = boto3.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
    found = [each for page in pages for each in page["StackResourceSummaries"]]
    return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in found}


def as_given(values: Mapping[str, str]) -> list[dict[str, str]]:
    """A stack's parameters as CloudFormation takes them."""
    return [{"ParameterKey": name, "ParameterValue": value} for name, value in values.items()]
