"""One contract for every store of claims: the fake, and DynamoDB (moto)."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from builders import MORNING
from emulated import empty
from fakes import FakeClaims
from standfirst.adapters.aws import claim_table
from standfirst.adapters.aws.claim_table import BATCH, PAUSES, DynamoDbClaimTable, key_of
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import ArticleClaimed, StoreUnavailable
from standfirst.domain.ports import ClaimStore
from standfirst.domain.queue import Claim

FERRY = ArticleId("politics/ü ferry.txt")
ME, ANOTHER = "arn:aws:iam::123456789012:user/me", "jwt:another"


@pytest.fixture(params=["in memory", "DynamoDB"])
def claims(request: pytest.FixtureRequest) -> ClaimStore:
    """An empty store."""
    if request.param == "in memory":
        return FakeClaims()
    table = request.getfixturevalue("storage")["ReviewsTable"]
    empty(table)
    return DynamoDbClaimTable(table)


def a_claim(by: str = ME, minutes: int = 10) -> Claim:
    """A claim from nine in the morning on."""
    return Claim(by=by, until=MORNING + timedelta(minutes=minutes))


def test_a_claim_is_found_by_its_article(claims: ClaimStore) -> None:
    """And none where there is none."""
    claims.claim(FERRY, a_claim(), MORNING)

    assert claims.live([FERRY, ArticleId("other")], MORNING) == {FERRY: a_claim()}
    assert claims.live([], MORNING) == {}


def test_a_claim_is_renewed_by_whoever_has_it(claims: ClaimStore) -> None:
    """And by nobody else."""
    claims.claim(FERRY, a_claim(), MORNING)
    claims.claim(FERRY, a_claim(minutes=20), MORNING)

    with pytest.raises(ArticleClaimed) as refused:
        claims.claim(FERRY, a_claim(ANOTHER), MORNING)

    assert refused.value.members == {"claim": {"by": ME, "until": "2026-03-03T09:20:00.000Z"}}
    assert claims.live([FERRY], MORNING) == {FERRY: a_claim(minutes=20)}


@pytest.mark.parametrize(("now", "is_free"), [(MORNING, True), (MORNING - timedelta(milliseconds=1), False)])
def test_a_claim_ends_at_its_time_and_not_when_it_is_deleted(
    claims: ClaimStore, now: datetime, *, is_free: bool
) -> None:
    """DynamoDB deletes what has expired within days."""
    claims.claim(FERRY, a_claim(ANOTHER, minutes=0), MORNING - timedelta(minutes=10))

    assert (FERRY not in claims.live([FERRY], now)) is is_free
    if is_free:
        claims.claim(FERRY, a_claim(), now)
    else:
        with pytest.raises(ArticleClaimed):
            claims.claim(FERRY, a_claim(), now)


def test_a_claim_is_taken_over(claims: ClaimStore) -> None:
    """Whoever has one."""
    claims.claim(FERRY, a_claim(ANOTHER), MORNING)

    claims.take_over(FERRY, a_claim())

    assert claims.live([FERRY], MORNING) == {FERRY: a_claim()}


def test_a_claim_is_ended_by_whoever_has_it(claims: ClaimStore) -> None:
    """Somebody else's stays, and where there is none nothing happens."""
    claims.release(FERRY, ME)
    claims.claim(FERRY, a_claim(), MORNING)

    claims.release(FERRY, ANOTHER)
    assert claims.live([FERRY], MORNING) == {FERRY: a_claim()}

    claims.release(FERRY, ME)
    assert claims.live([FERRY], MORNING) == {}


def test_of_many_editors_at_once_one_gets_the_article(storage: Mapping[str, str]) -> None:
    """The others learn who."""
    table = storage["ReviewsTable"]
    empty(table)
    claims = DynamoDbClaimTable(table)

    def claim(number: int) -> str:
        try:
            claims.claim(FERRY, a_claim(f"editor {number}"), MORNING)
        except ArticleClaimed as error:
            return str(error.members["claim"]["by"])
        return f"editor {number}"

    with ThreadPoolExecutor(8) as pool:
        winners = {*pool.map(claim, range(24))}

    assert len(winners) == 1
    assert winners == {claims.live([FERRY], MORNING)[FERRY].by}


def test_the_claims_of_a_long_page_are_read_in_batches(storage: Mapping[str, str]) -> None:
    """Five hundred articles, each with its own."""
    table = storage["ReviewsTable"]
    empty(table)
    claims, names = DynamoDbClaimTable(table), [ArticleId(f"a{number}") for number in range(2 * BATCH + 1)]
    for number in (0, BATCH, 2 * BATCH):
        claims.claim(names[number], a_claim(f"editor {number}"), MORNING)

    found = claims.live(names, MORNING)

    assert {name: claim.by for name, claim in found.items()} == {
        f"a{number}": f"editor {number}" for number in (0, BATCH, 2 * BATCH)
    }


def test_dynamodb_deletes_a_claim_some_time_after_its_end(storage: Mapping[str, str]) -> None:
    """The attribute of the table's TTL, in seconds."""
    table = storage["ReviewsTable"]
    empty(table)
    DynamoDbClaimTable(table).claim(FERRY, a_claim(), MORNING)

    (item,) = boto3.client("dynamodb").scan(TableName=table)["Items"]

    assert item["expiration"] == {"N": str(int(MORNING.timestamp()) + 600)}
    assert FERRY not in str(item)


@pytest.mark.parametrize("read", [{"claims": []}, {}], ids=["an empty list", "no list"])
def test_claims_that_dynamodb_leaves_out_are_asked_for_again(
    storage: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, read: dict[str, Any]
) -> None:
    """``UnprocessedKeys``: a busy table answers a part."""
    del storage
    monkeypatch.setattr(claim_table, "PAUSES", (0.0,))
    claims, other = DynamoDbClaimTable("claims"), ArticleId("other")
    item = {**key_of(FERRY), "claimed_by": {"S": ME}, "claimed_until": {"S": "2026-03-03T09:10:00.000Z"}}
    # The client has no public name, and is the only way to an answer that moto does not give.
    with Stubber(claims._dynamodb) as stub:  # noqa: SLF001
        left_out = {"claims": {"Keys": [key_of(FERRY)]}}
        stub.add_response("batch_get_item", {"Responses": read, "UnprocessedKeys": left_out})
        stub.add_response(
            "batch_get_item",
            {"Responses": {"claims": [item]}, "UnprocessedKeys": {}},
            {"RequestItems": {"claims": {"Keys": [key_of(FERRY)]}}},
        )

        assert claims.live([FERRY, other], MORNING) == {FERRY: a_claim()}
        stub.assert_no_pending_responses()


def test_claims_that_are_left_out_again_and_again_are_a_transient_error(
    storage: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told that an article is free that is not."""
    del storage
    assert sum(PAUSES) < 1
    monkeypatch.setattr(claim_table, "PAUSES", (0.0,))
    claims = DynamoDbClaimTable("claims")
    answer = {"Responses": {"claims": []}, "UnprocessedKeys": {"claims": {"Keys": [key_of(FERRY)]}}}
    with Stubber(claims._dynamodb) as stub:  # noqa: SLF001
        for _ in range(2):
            stub.add_response("batch_get_item", answer)

        with pytest.raises(StoreUnavailable, match="1 claims"):
            claims.live([FERRY], MORNING)


def test_a_table_that_does_not_answer_is_a_transient_error(storage: Mapping[str, str]) -> None:
    """Whatever is asked."""
    del storage
    claims = DynamoDbClaimTable("no-such-table")
    for ask in (
        lambda: claims.claim(FERRY, a_claim(), MORNING),
        lambda: claims.take_over(FERRY, a_claim()),
        lambda: claims.release(FERRY, ME),
        lambda: claims.live([FERRY], MORNING),
    ):
        with pytest.raises(StoreUnavailable):
            ask()
