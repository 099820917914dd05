"""The emulated DynamoDB keeps what one writes while another's transaction fails."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import boto3
import pytest
from botocore.exceptions import ClientError

from builders import a_record, save
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import NewerVersionStored

ARTICLES = 40


def test_no_write_is_undone_by_the_failing_transaction_of_somebody_else(storage: Mapping[str, str]) -> None:
    """Moto would put the whole table back as it was when that transaction began."""
    store = DynamoDbSummaryTable(storage["SummariesTable"])
    save(store, a_record("taken", sequencer="0B"))

    def fail(_: int) -> None:
        with pytest.raises(NewerVersionStored):
            save(store, a_record("taken", sequencer="0A"))

    with ThreadPoolExecutor(8) as pool:
        failing = pool.map(fail, range(2 * ARTICLES))
        saving = pool.map(partial(save, store), (a_record(f"a{number}") for number in range(ARTICLES)))
        assert len([*failing, *saving]) == 3 * ARTICLES

    assert all(store.current(ArticleId(f"a{number}")) for number in range(ARTICLES))


def test_a_transaction_that_fails_leaves_nothing_behind(storage: Mapping[str, str]) -> None:
    """Neither the items it would have made nor those it would have changed."""
    dynamodb, table = boto3.client("dynamodb"), storage["SummariesTable"]
    old, new = ({"article_id": {"S": "t"}, "item": {"S": name}, "n": {"N": "1"}} for name in ("OLD", "NEW"))
    dynamodb.put_item(TableName=table, Item=old)

    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        dynamodb.transact_write_items(
            TransactItems=[
                {"Put": {"TableName": table, "Item": new}},
                {"Put": {"TableName": table, "Item": old | {"n": {"N": "2"}}}},
                {
                    "Put": {
                        "TableName": table,
                        "Item": {"article_id": {"S": "t"}, "item": {"S": "THIRD"}},
                        "ConditionExpression": "attribute_exists(article_id)",
                    }
                },
            ]
        )

    found = dynamodb.query(
        TableName=table, KeyConditionExpression="article_id = :t", ExpressionAttributeValues={":t": {"S": "t"}}
    )
    assert found["Items"] == [old]
