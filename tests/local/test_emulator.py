"""What runs on this machine stays on it, and starts on ports that are free or not at all."""

import socket

import boto3
import pytest

from standfirst_local.emulator import emulated_aws
from standfirst_local.stack import Ports, running_stack


def test_a_port_that_is_taken_is_an_error_at_once() -> None:
    """Nothing waits for it, and nothing is left running."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        for ports in (Ports(s3=port), Ports(api=port)):
            with pytest.raises(OSError, match="in use"), running_stack(ports):
                pass


def test_the_process_forgets_every_real_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile or an endpoint of the user's own must not win over loopback."""
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")

    with emulated_aws() as url:
        client = boto3.client("s3")

        assert client.meta.endpoint_url == url
        assert client.list_buckets()["Buckets"] == []
