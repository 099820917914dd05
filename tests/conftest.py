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

    from ministack import Ministack
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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the choice of an emulator."""
    parser.addoption("--ministack", action="store_true", help="against ministack instead of moto, and tests/e2e too")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even load what ``-m "not slow"`` would leave out, or what needs the other emulator."""
    if collection_path.parent != Path(__file__).parent:
        return None
    is_slow = collection_path.name in SLOW_FOLDERS and config.option.markexpr == "not slow"
    return True if is_slow or (collection_path.name == "e2e" and not config.option.ministack) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what tries many examples, and with it what starts a server, as slow; and what ministack fails."""
    for item in items:
        if config.option.ministack:
            # Each with an emulator of its own.
            item.add_marker(pytest.mark.xdist_group(item.path.parent.name))
        if config.option.ministack and (lack := item.get_closest_marker("lacking_in_ministack")):
            item.add_marker(pytest.mark.xfail(reason=lack.args[0], raises=lack.kwargs.get("raises"), strict=True))
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


@pytest.fixture(scope="session")
def ministack() -> Iterator[Ministack]:
    """The second emulator, for ``make e2e``."""
    from ministack import running_ministack  # noqa: PLC0415

    with running_ministack() as running:
        yield running


@pytest.fixture(scope="module")
def aws(request: pytest.FixtureRequest) -> Iterator[None]:
    """An AWS over HTTP that this process talks to: moto, or ministack if it was asked for."""
    if request.config.option.ministack:
        with request.getfixturevalue("ministack").account():
            yield
        return
    from standfirst_local.emulator import emulated_aws  # noqa: PLC0415

    with emulated_aws():
        yield


@pytest.fixture(scope="module")
def storage(request: pytest.FixtureRequest, aws: None) -> Mapping[str, str]:
    """Bucket, queues and table of the template; their names by logical ids."""
    assert aws is None
    from emulated import create_in_ministack, create_in_moto  # noqa: PLC0415

    return create_in_ministack() if request.config.option.ministack else create_in_moto()
