"""What the tests of the adapters over AWS share."""

import pytest

from emulated import empty
from fakes import FakeSummaries
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.ports import SummaryStore


@pytest.fixture(params=["in memory", "DynamoDB"])
def store(request: pytest.FixtureRequest) -> SummaryStore:
    """An empty store."""
    if request.param == "in memory":
        return FakeSummaries()
    table = request.getfixturevalue("storage")["SummariesTable"]
    empty(table)
    return DynamoDbSummaryTable(table)
