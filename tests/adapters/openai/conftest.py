"""What the tests of the model's writer share."""

import pytest

from desk import Desk
from model_server import ModelServer


@pytest.fixture
def desk(model: ModelServer) -> Desk:
    """A writer with a minute."""
    return Desk(model)
