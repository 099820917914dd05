"""The table of summaries."""

from cloudformation import properties


def test_the_table_can_be_restored_to_any_second() -> None:
    """Point-in-time recovery and encryption are on, and capacity follows the load."""
    table = properties("SummariesTable")

    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_every_change_of_a_summary_is_streamed_before_and_after() -> None:
    """Whoever publishes changes sees what was and what is."""
    assert properties("SummariesTable")["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}


def test_the_table_is_found_by_article_by_update_by_status_and_by_what_is_still_to_be_done() -> None:
    """The keys that the DynamoDB adapter reads and writes; every index but the queue's holds the whole item."""
    table = properties("SummariesTable")
    keys = {
        index["IndexName"]: [key["AttributeName"] for key in index["KeySchema"]]
        for index in [{"IndexName": "table", **table}, *table["GlobalSecondaryIndexes"]]
    }

    assert keys == {
        "table": ["article_id", "item"],
        "by_update": ["update_shard", "updated_key"],
        "by_status": ["status_shard", "updated_key"],
        "by_degraded": ["degraded_shard", "degraded_due"],
        "by_queue": ["queue_shard", "updated_key"],
    }
    held = {index["IndexName"]: index["Projection"] for index in table["GlobalSecondaryIndexes"]}
    assert held.pop("by_queue") == {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["queue"]}
    assert list(held.values()) == [{"ProjectionType": "ALL"}] * 3
