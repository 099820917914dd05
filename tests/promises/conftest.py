"""The world is made once for all of these tests."""

from collections.abc import Iterator

import pytest

from promises.service import Service, a_service
from promises.world import World, a_world


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The outside world."""
    with a_world() as made:
        yield made


@pytest.fixture
def service(world: World) -> Iterator[Service]:
    """A service to which nothing has happened yet."""
    with a_service(world) as made:
        yield made
