"""Fixtures that more than one folder of tests needs, and which tests are slow."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_httpserver import HTTPServer

    from model_server import ModelServer

for name in [name for name in os.environ if name.startswith(("AWS_", "MODEL", "OPENAI_", "POWERTOOLS_"))]:
    # No test may depend on, or reach, an account of whoever runs it.
    del os.environ[name]

SLOW_FOLDERS = {
    "adapters",
    "architecture",
    "desk",
    "functions",
    "growth",
    "local",
    "promises",
    "template",
    "upgrade",
    "wiring",
}
SLOW_FIXTURES = {"model", "storage"}
WITH_EXAMPLES = {"test_promises.py", "test_openapi_cases.py"}

# The same examples each time, so that a failure is the fault of what was changed. No deadline: the machine may be busy.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("few", UNHURRIED, max_examples=200, derandomize=True)
settings.register_profile("long", UNHURRIED, max_examples=2_000)
settings.load_profile("few")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even load what ``-m "not slow"`` would leave out."""
    is_slow = collection_path.parent == Path(__file__).parent and collection_path.name in SLOW_FOLDERS
    return True if is_slow and config.option.markexpr == "not slow" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what tries many examples, and with it what starts a server, as slow."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)) or item.path.name in WITH_EXAMPLES:
            item.add_marker("examples")
            item.add_marker("slow")
        if SLOW_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


# moto, boto3 and openai take seconds to load, and most tests need none of them: the fixtures load them.


@pytest.fixture(scope="session")
def model_host() -> Iterator[HTTPServer]:
    """Where the models are played."""
    from model_server import playing_models  # noqa: PLC0415

    with playing_models() as http:
        yield http


@pytest.fixture
def model(model_host: HTTPServer) -> Iterator[ModelServer]:
    """A provider of models on this machine, without a script yet; its requests were valid, or the test fails."""
    from model_server import playing_model  # noqa: PLC0415

    with playing_model(model_host) as server:
        yield server


@pytest.fixture(scope="module")
def storage() -> Iterator[Mapping[str, str]]:
    """Bucket, queues and table of the template, in moto over HTTP; their names by logical ids."""
    from emulated import emulated_storage  # noqa: PLC0415

    with emulated_storage() as names:
        yield names
