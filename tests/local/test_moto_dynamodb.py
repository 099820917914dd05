"""The emulated DynamoDB keeps what one writes while another's transaction fails, and reads indexes as AWS does."""

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


def test_a_query_of_an_index_is_measured_by_what_the_index_holds(storage: Mapping[str, str]) -> None:
    """As DynamoDB does it: the queue of 1.5 MB of records is one page, of small items."""
    dynamodb, table = boto3.client("dynamodb"), storage["SummariesTable"]
    for number in range(25):
        keys = {"article_id": f"a{number:02}", "item": "CURRENT", "queue_shard": "7", "updated_key": f"{number:02}"}
        attributes = {**keys, "queue": "{}", "summary": "x" * 60_000}
        dynamodb.put_item(TableName=table, Item={name: {"S": value} for name, value in attributes.items()})

    page = dynamodb.query(
        TableName=table,
        IndexName="by_queue",
        KeyConditionExpression="queue_shard = :shard AND updated_key BETWEEN :first AND :last",
        ExpressionAttributeValues={":shard": {"S": "7"}, ":first": {"S": "05"}, ":last": {"S": "99"}},
        ScanIndexForward=False,
    )

    assert [item["updated_key"]["S"] for item in page["Items"]] == [f"{number:02}" for number in range(24, 4, -1)]
    assert {name for item in page["Items"] for name in item} == {*keys, "queue"}
    assert "LastEvaluatedKey" not in page


def test_a_query_of_an_index_goes_on_page_by_page_while_others_write(storage: Mapping[str, str]) -> None:
    """Every item once."""
    dynamodb, table = boto3.client("dynamodb"), storage["SummariesTable"]

    def put(number: int) -> None:
        keys = {"article_id": f"b{number:02}", "item": "CURRENT", "queue_shard": "8", "updated_key": f"{number:02}"}
        dynamodb.put_item(TableName=table, Item={name: {"S": value} for name, value in keys.items()})

    def numbers() -> list[str]:
        pages = dynamodb.get_paginator("query").paginate(
            TableName=table,
            IndexName="by_queue",
            KeyConditionExpression="queue_shard = :shard",
            ExpressionAttributeValues={":shard": {"S": "8"}},
            PaginationConfig={"PageSize": 4},
        )
        return [item["updated_key"]["S"] for page in pages for item in page["Items"]]

    for number in range(10):
        put(number)
    with ThreadPoolExecutor(4) as pool:
        writing = pool.map(put, range(10, 50))
        found = numbers()
        assert len([*writing]) == 40

    assert found[:10] == [f"{number:02}" for number in range(10)]
    assert numbers() == [f"{number:02}" for number in range(50)]
