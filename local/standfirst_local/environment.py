"""The process environment of the local stack: nothing of it may reach a real account."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import boto3

REGION = "eu-west-1"
ACCOUNT = "123456789012"
"""That of everything in moto."""


@contextmanager
def environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Set ``variables`` while the block runs."""
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def emulated_account(endpoint_url: str) -> Iterator[None]:
    """Send every AWS call of this process to ``endpoint_url``, with keys that no account has, while the block runs."""
    ours = {
        "AWS_ENDPOINT_URL": endpoint_url,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        # Where moto itself sends what a state machine asks of other services.
        "MOTO_PORT": endpoint_url.rpartition(":")[2],
    }
    with environment({}):
        # A profile, a session token or an endpoint for one service would win over what is set here.
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
        os.environ.update(ours)
        _forget_default_session()
        try:
            yield
        finally:
            _forget_default_session()


def _forget_default_session() -> None:
    # boto3 keeps the credentials it found first.
    boto3.DEFAULT_SESSION = None
