"""Moto in this process: what the template stores, made in little time and emptied in none."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

import botocore.session
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from standfirst_local.deployment import read_deployment
from standfirst_local.emulator import create_storage, emulated_aws
from standfirst_local.environment import REGION

# Each session, and many a client brings one of its own, would read botocore's descriptions of the services anew.
botocore.session.create_loader = cache(botocore.session.create_loader)

deployment = cache(lambda: read_deployment({}))
"""The template with its defaults; the transform takes a while."""


@contextmanager
def emulated_storage() -> Iterator[Mapping[str, str]]:
    """Bucket, queues and tables of the template, in moto over HTTP; their names by logical ids."""
    with emulated_aws():
        yield create_storage(deployment())


def empty(*tables: str) -> None:
    """Leave no item in the tables of these names: over HTTP, one by one, it would take longer than most tests."""
    held = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables
    for name in tables:
        held[name].items.clear()
