"""The table of decisions."""

from cloudformation import properties


def test_the_table_can_be_restored_to_any_second() -> None:
    """Point-in-time recovery and encryption are on, and capacity follows the load."""
    table = properties("ReviewsTable")

    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_the_table_has_the_keys_that_its_adapter_writes() -> None:
    """And an expiry for what is not to be kept."""
    table = properties("ReviewsTable")

    assert [key["AttributeName"] for key in table["KeySchema"]] == ["id", "item"]
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expiration", "Enabled": True}
