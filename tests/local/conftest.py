"""What the tests of the local service share."""

from collections.abc import Iterator

import pytest

from api_client import FERRIES, Client, Function, route, serving


@pytest.fixture
def function() -> Function:
    """What is behind the API of ``client``."""
    return Function()


@pytest.fixture
def client(function: Function) -> Iterator[Client]:
    """Of an API with one route that takes all there is."""
    with serving(route("$default", function), route(f"GET {FERRIES}", function)) as client:
        yield client
