"""The table of decisions."""

from cloudformation import properties
from standfirst.adapters.aws.claim_table import key_of
from standfirst.domain.article import ArticleId


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


def test_the_function_that_takes_claims_cannot_touch_a_decision() -> None:
    """Both lie in one table; it may write and delete what a claim's key begins with alone."""
    (policy,) = properties("ServeReviewsRole")["Policies"]
    statements = [each for each in policy["PolicyDocument"]["Statement"] if "ReviewsTable" in str(each["Resource"])]
    changing = [each for each in statements if each["Action"] != "dynamodb:Query"]
    key = key_of(ArticleId("politics/ferry.txt"))["id"]["S"]

    assert [each["Condition"] for each in changing] == [
        {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": "claim#*"}}
    ]
    assert key.startswith("claim#")
