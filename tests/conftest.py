"""Fixtures that more than one folder of tests needs."""

import os
from collections.abc import Iterator, Mapping

import pytest

from standfirst_local.deployment import read_deployment
from standfirst_local.emulator import create_storage, emulated_aws

for name in [name for name in os.environ if name.startswith(("AWS_", "POWERTOOLS_"))]:
    # No test may depend on, or reach, an account of whoever runs it.
    del os.environ[name]


@pytest.fixture(scope="module")
def storage() -> Iterator[Mapping[str, str]]:
    """Bucket, queues and table of the template, in moto over HTTP; their names by logical ids."""
    with emulated_aws():
        yield create_storage(read_deployment({}))
