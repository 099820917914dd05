"""Records and cached drafts as large as they can be, in a DynamoDB that takes no item over 400 KB."""

import json
import os
from collections.abc import Iterator, Mapping

import pytest
from boto3.dynamodb.types import TypeSerializer

from builders import A_MINUTE, a_record, replace_stored, save
from emulated import empty
from item_limit import ItemLimit, limited_items, size_of
from standfirst.adapters.aws.idempotency import DynamoDbGenerationCache
from standfirst.adapters.aws.reviews_table import DynamoDbReviewsTable
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import MAX_HEADLINE_CHARACTERS, MAX_STANDFIRST_CHARACTERS, ArticleId
from standfirst.domain.checked_draft import CheckedDraft, RejectedGeneration, from_json, to_json
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.errors import StoreRefused
from standfirst.domain.ports import WriterIdentity
from standfirst.domain.record import ArticleSource, MadeBy, OverruledFinding, Record, RejectedDraft, Review, Status
from standfirst.domain.review import LONGEST_FINDING_NOTE, LONGEST_FINDING_TEXT, MOST_OVERRULED
from standfirst.domain.review_record import review_record
from standfirst.domain.second_reading import SecondReading, Verdict
from standfirst.domain.stored_record import MOST_BYTES, to_stored
from standfirst.domain.texts import LONGEST_ITEM, LONGEST_TEXT, MAX_ITEMS, Texts

BY = MadeBy(writer="openai", model="m", prompt="2", style="default@1")


@pytest.fixture
def limit(storage: Mapping[str, str]) -> Iterator[ItemLimit]:
    """The tables of the template, empty, with the limit in front."""
    empty(storage["SummariesTable"], storage["GenerationsTable"])
    with limited_items(os.environ["AWS_ENDPOINT_URL"]) as front:
        yield front


def texts(letter: str) -> Texts:
    """The longest texts that are kept of a draft."""
    item = (letter * LONGEST_ITEM)[:LONGEST_ITEM]
    whole = (letter * LONGEST_TEXT)[:LONGEST_TEXT]
    return Texts(standfirst=whole, summary=whole, key_points=[item] * MAX_ITEMS)


def findings(letter: str, count: int) -> tuple[Finding, ...]:
    """Findings of the longest quotations, each with a question."""
    words = letter * 120
    return tuple(
        Finding("claim", "summary", words, f"{number}: {words}", "error", (0, 120), question=f"{words}?")
        for number in range(count)
    )


def overruled(letter: str) -> tuple[OverruledFinding, ...]:
    """As many findings as a review may name, each with the longest note."""
    words, note = letter * LONGEST_FINDING_TEXT, letter * LONGEST_FINDING_NOTE
    return (OverruledFinding(check="self_contained", field="key_points", text=words, note=note),) * MOST_OVERRULED


def the_largest(letter: str, count: int = 200) -> Record:
    """A record with everything that a record may have, all of it as long as it may be."""
    article_id = ArticleId("a" * 1_000)
    evidence = tuple(Evidence("summary", number, tuple(range(20))) for number in range(100))
    draft = RejectedDraft(**texts(letter), findings=findings(letter, count), made_by=BY)
    review = Review(decision=Status.EDITED, by="x" * 2_000, at=a_record().updated_at, of=1, note=letter * 2_000)
    return a_record(article_id).model_copy(
        update={
            **texts(letter),
            "headline": letter * MAX_HEADLINE_CHARACTERS,
            "article": ArticleSource(
                bucket="b", key="a" * 1_024, sequencer="0A", standfirst=letter * MAX_STANDFIRST_CHARACTERS
            ),
            "findings": findings(letter, count),
            "evidence": evidence,
            "rejected_draft": draft,
            "review": review.model_copy(
                update={"overruled": findings(letter, count), "findings_overruled": overruled(letter)[:count]}
            ),
        }
    )


LETTERS = pytest.mark.parametrize(
    "letter", ["a", "é", "渡", "\N{SHIP}", '"'], ids=["a", "é", "Chinese", "emoji", "mark"]
)


@pytest.mark.usefixtures("limit")
def test_the_largest_record_is_stored_with_its_texts(storage: Mapping[str, str]) -> None:
    """With a pending revision as well: three items in one transaction."""
    table, largest = DynamoDbSummaryTable(storage["SummariesTable"]), the_largest("\N{SHIP}")

    save(table, largest)
    before = table.current(largest.article_id)
    assert before
    second = largest.model_copy(update={"revision": 2})
    replace_stored(table, before, largest.model_copy(update={"revision": 3, "pending": 2}), pending=second)

    after = table.current(largest.article_id)
    assert after
    assert after.record.revision == 3
    assert after.record.texts == largest.texts
    assert after.record.headline == largest.headline


def test_verdicts_make_room_before_the_findings() -> None:
    """What became of the reading stays on the record."""
    verdict = Verdict("summary", 0, "contradicted", (0,), "q" * 600, "r" * 300, "s" * 300)
    reading = SecondReading(policy="always", outcome="read", verdicts=(verdict,) * 300)
    full = the_largest("a", count=20).model_copy(update={"second_reading": reading})

    stored = to_stored(full)

    assert stored["second_reading"]["verdicts"] == []  # type: ignore[index,call-overload]
    assert stored["second_reading"]["outcome"] == "read"  # type: ignore[index,call-overload]
    assert len(stored["findings"]) == 20  # type: ignore[arg-type]


def test_findings_make_room_first_and_say_how_many_are_left_out() -> None:
    """Those of the draft that nobody publishes before those of the texts; evidence goes last."""
    full = the_largest("a", count=300)

    stored = to_stored(full)

    assert len(stored["findings"]) == 21  # type: ignore[arg-type]
    assert stored["findings"][-1]["detail"] == "280 more findings are not shown"  # type: ignore[index,call-overload]
    assert stored["rejected_draft"]["summary"] == full.summary  # type: ignore[index,call-overload]
    assert len(stored["evidence"]) == len(full.evidence)  # type: ignore[arg-type]


@LETTERS
@pytest.mark.parametrize("count", [0, 60])
def test_a_record_is_never_larger_as_an_item_than_as_json(letter: str, count: int) -> None:
    """That is how it is measured before it is stored; what fits is stored whole."""
    record = the_largest(letter, count)
    members = to_stored(record)
    as_json = len(json.dumps(members, ensure_ascii=False).encode())

    item = size_of({name: TypeSerializer().serialize(value) for name, value in members.items()})

    assert item <= as_json <= MOST_BYTES
    if count == 0:
        assert members["rejected_draft"]
        assert len(members["evidence"]) == 100  # type: ignore[arg-type]


@LETTERS
def test_the_largest_draft_is_kept_in_the_cache(limit: ItemLimit, storage: Mapping[str, str], letter: str) -> None:
    """It is JSON in JSON there, where a letter of another script takes up to twelve bytes."""
    cache, writer = DynamoDbGenerationCache(storage["GenerationsTable"]), WriterIdentity("openai")
    largest = CheckedDraft(
        Draft(texts(letter)),
        findings(letter, 60),
        writer,
        "default@1",
        writer,
        rejected=RejectedGeneration(Draft(texts(letter)), findings(letter, 60), writer),
    )
    paid: list[str] = []

    def generate() -> str:
        paid.append("once")
        return to_json(largest)

    kept = [cache.once(f"the largest of {letter}", generate, A_MINUTE, "content") for _ in range(2)]

    assert [from_json(text) for text in kept] == [from_json(to_json(largest))] * 2
    assert (paid, limit.refused) == (["once"], 0)


@pytest.mark.parametrize("by_reasons", [False, True], ids=["as a whole", "by reasons"])
def test_an_item_that_dynamodb_refuses_is_refused_for_good(
    limit: ItemLimit, storage: Mapping[str, str], *, by_reasons: bool
) -> None:
    """Not for a moment: the next delivery would write the same."""
    limit.by_reasons, limit.most = by_reasons, 500

    with pytest.raises(StoreRefused, match=r"refuses to store politics/ferry\.txt.*maximum allowed size"):
        save(DynamoDbSummaryTable(storage["SummariesTable"]), a_record())


def test_a_result_that_cannot_be_kept_is_given_without_a_wait(limit: ItemLimit, storage: Mapping[str, str]) -> None:
    """DynamoDB would refuse it again."""
    waits: list[float] = []
    limit.most = 500

    text = DynamoDbGenerationCache(storage["GenerationsTable"], waits.append).once(
        "k", lambda: "x" * 600, A_MINUTE, "content"
    )

    assert text == "x" * 600
    assert (limit.refused, waits) == (1, [])


@LETTERS
def test_the_largest_record_of_a_decision_is_far_below_the_limit(letter: str, storage: Mapping[str, str]) -> None:
    """Whatever an editor writes, and in whichever script."""
    record = the_largest(letter)
    assert record.review
    review = review_record(record, record.review, record)

    put = DynamoDbReviewsTable(storage["ReviewsTable"]).put_of(review)

    assert len(json.dumps(put["Item"], ensure_ascii=False).encode()) < 250_000
