"""What the tests of the use cases share."""

import pytest

from request_case import Newsroom


@pytest.fixture
def newsroom() -> Newsroom:
    """Nothing is known of the article."""
    return Newsroom()
