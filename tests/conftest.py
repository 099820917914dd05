"""Fixtures that more than one folder of tests needs."""

import os
from collections.abc import Iterator, Mapping
from functools import cache

import botocore.session
import pytest
from pytest_httpserver import HTTPServer

from model_server import ModelServer, playing_model, playing_models
from standfirst_local.deployment import read_deployment
from standfirst_local.emulator import create_storage, emulated_aws

for name in [name for name in os.environ if name.startswith(("AWS_", "MODEL", "OPENAI_", "POWERTOOLS_"))]:
    # No test may depend on, or reach, an account of whoever runs it.
    del os.environ[name]

# Each session, and a new function has one of its own, would read botocore's descriptions of the services anew.
botocore.session.create_loader = cache(botocore.session.create_loader)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def model_host() -> Iterator[HTTPServer]:
    """Where the models are played."""
    with playing_models() as http:
        yield http


@pytest.fixture
def model(model_host: HTTPServer) -> Iterator[ModelServer]:
    """A provider of models on this machine, without a script yet; its requests were valid, or the test fails."""
    with playing_model(model_host) as server:
        yield server


@pytest.fixture(scope="module")
def storage() -> Iterator[Mapping[str, str]]:
    """Bucket, queues and table of the template, in moto over HTTP; their names by logical ids."""
    with emulated_aws():
        yield create_storage(read_deployment({}))
