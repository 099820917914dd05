"""The records of decisions: the contract of ``ReviewStore`` in memory and in DynamoDB, over moto."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import boto3
import pytest

from builders import a_record, save
from emulated import empty
from fakes import FakeReviews, FakeSummaries
from standfirst.adapters.aws.reviews_table import SHARDS, DynamoDbReviewsTable
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import RevisionConflict, StoreRefused, StoreUnavailable
from standfirst.domain.ports import ReviewStore, Stored, SummaryStore, Transition
from standfirst.domain.record import Record, Review, Status
from standfirst.domain.review_record import ReviewRecord, review_record
from standfirst.domain.sequencer import padded

MARCH = datetime(2026, 3, 31, 23, 59, 59, 999_000, tzinfo=UTC)
A = ArticleId("politics/ferry.txt")


@dataclass(frozen=True)
class Tables:
    """The two stores, and what was decided first."""

    summaries: SummaryStore
    reviews: ReviewStore


@pytest.fixture(params=["in memory", "DynamoDB"])
def tables(request: pytest.FixtureRequest) -> Tables:
    """Both empty."""
    if request.param == "in memory":
        kept = FakeReviews()
        return Tables(FakeSummaries(reviews=kept), kept)
    names = request.getfixturevalue("storage")
    empty(names["SummariesTable"], names["ReviewsTable"])
    reviews = DynamoDbReviewsTable(names["ReviewsTable"])
    return Tables(DynamoDbSummaryTable(names["SummariesTable"], put_of_review=reviews.put_of), reviews)


def approved(article_id: str, at: datetime = MARCH, revision: int = 2, note: str | None = None) -> Transition:
    """An approval of the revision before."""
    review = Review(decision=Status.APPROVED, by="editor", at=at, of=revision - 1, note=note)
    record = a_record(article_id, revision=revision, status=Status.APPROVED)
    record = record.model_copy(update={"review": review, "updated_at": at, "updated_by": "editor"})
    return Transition(record, review=review_record(record, review, record))


def decide(tables: Tables, decision: Transition, before: Record | None = None) -> ReviewRecord:
    """Store a decision about what is there, or ``before``; its record."""
    record = decision.record
    if record.revision == 2:
        save(tables.summaries, a_record(record.article_id))
    stored = tables.summaries.current(record.article_id)
    tables.summaries.apply(decision, Stored(before, padded("0A")) if before else stored, None)
    assert decision.review
    return decision.review


def test_a_decision_is_found_in_its_month_as_it_was_stored(tables: Tables) -> None:
    """With all its members, and in no other month; months are those of UTC."""
    review = decide(tables, approved(A, note="Good."))

    assert tables.reviews.list_month("2026-03", None, 10) == [review]
    assert tables.reviews.list_month("2026-04", None, 10) == []
    assert tables.reviews.list_month("2026-02", None, 10) == []


def test_decisions_are_listed_in_their_order_and_in_pages(tables: Tables) -> None:
    """Over all shards, each decision once, wherever a page ends; two of one moment as well."""
    decided = [
        decide(tables, approved(f"{number}.txt", MARCH - timedelta(seconds=number // 2)))
        for number in range(4 * SHARDS)
    ]

    listed: list[ReviewRecord] = []
    while page := tables.reviews.list_month("2026-03", listed[-1].position if listed else None, 3):
        listed += page

    assert [review.at for review in listed] == sorted(review.at for review in decided)
    assert sorted(listed, key=lambda review: review.position) == listed
    assert {review.article_id for review in listed} == {review.article_id for review in decided}
    assert len(listed) == len(decided)


def test_a_decision_that_came_too_late_leaves_no_record(tables: Tables) -> None:
    """It is stored together with what was decided, or not at all."""
    first = decide(tables, approved(A))

    with pytest.raises(RevisionConflict):
        decide(tables, approved(A, MARCH - timedelta(days=1), revision=3), before=a_record(A))

    assert tables.reviews.list_month("2026-03", None, 10) == [first]


@pytest.mark.parametrize("broken", ["SummariesTable", "ReviewsTable"])
def test_neither_is_stored_when_one_of_the_tables_fails(storage: Mapping[str, str], broken: str) -> None:
    """A decision without a proof, or a proof without its decision, would be worth nothing."""
    empty(storage["SummariesTable"], storage["ReviewsTable"])
    reviews = DynamoDbReviewsTable(storage["ReviewsTable"])
    summaries = DynamoDbSummaryTable(storage["SummariesTable"], put_of_review=reviews.put_of)
    save(summaries, a_record(A))
    gone = {"SummariesTable": storage["SummariesTable"], "ReviewsTable": storage["ReviewsTable"], broken: "gone"}
    failing = DynamoDbSummaryTable(gone["SummariesTable"], DynamoDbReviewsTable(gone["ReviewsTable"]).put_of)

    with pytest.raises((StoreUnavailable, StoreRefused)):
        failing.apply(approved(A), summaries.current(A), None)

    stored = summaries.current(A)
    assert stored
    assert stored.record.revision == 1
    assert reviews.list_month("2026-03", None, 10) == []


def test_a_store_that_cannot_keep_the_record_stores_no_decision(storage: Mapping[str, str]) -> None:
    """Somebody forgot to say where it goes."""
    summaries = DynamoDbSummaryTable(storage["SummariesTable"])

    with pytest.raises(TypeError, match="with their record only"):
        summaries.apply(approved(A, revision=1), None, None)


def test_members_that_a_later_release_added_are_read_past(storage: Mapping[str, str], tables: Tables) -> None:
    """As in records of summaries."""
    review = decide(tables, approved(A))
    if isinstance(tables.reviews, FakeReviews):
        return
    table = boto3.resource("dynamodb").Table(storage["ReviewsTable"])
    [item] = table.scan()["Items"]
    table.put_item(Item={**item, "mood": "cheerful"})

    assert tables.reviews.list_month("2026-03", None, 10) == [review]


def test_values_that_a_later_release_added_are_read_as_the_nearest(storage: Mapping[str, str], tables: Tables) -> None:
    """After a rollback: one decision must not keep a whole month from whoever asks."""
    review = decide(tables, approved(A))
    if isinstance(tables.reviews, FakeReviews):
        return
    table = boto3.resource("dynamodb").Table(storage["ReviewsTable"])
    [item] = table.scan()["Items"]
    table.put_item(Item={**item, "status": "syndicated", "ai_disclosure": "ai-translated"})

    [read] = tables.reviews.list_month("2026-03", None, 10)

    assert read == review.model_copy(update={"status": Status.NEEDS_REVIEW, "ai_disclosure": None})


def test_a_table_that_does_not_answer_is_a_transient_error(storage: Mapping[str, str]) -> None:
    """In our words; whatever boto3 raised stands behind it."""
    assert storage

    with pytest.raises(StoreUnavailable) as caught:
        DynamoDbReviewsTable("no-such-table").list_month("2026-03", None, 1)
    assert caught.value.__cause__


def test_a_takedown_leaves_the_facts_of_a_decision(tables: Tables) -> None:
    """Also a second one, which changes nothing; and of another decision nothing is erased."""
    review, other = decide(tables, approved(A, note="Good.")), decide(tables, approved("b.txt", note="Good."))
    later = MARCH + timedelta(days=1)

    for at in (later, later + timedelta(days=1)):
        tables.reviews.erase(A, review.revision, review.at, at)
    tables.reviews.erase(A, 9, review.at, later)

    listed = {each.article_id: each for each in tables.reviews.list_month("2026-03", None, 10)}
    assert listed == {A: review.erased(later), "b.txt": other}
