"""One contract for every cache of generations: the fake, and DynamoDB (moto)."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from builders import A_MINUTE, a_deadline
from fakes import FakeGenerationCache
from standfirst.adapters.aws.idempotency import KEEP_GENERATIONS_SECONDS, SAVE_WAITS, DynamoDbGenerationCache
from standfirst.domain.errors import GenerationInProgress, ModelDown, StoreUnavailable
from standfirst.domain.ports import GenerationCache

FINGERPRINTS = (f"fingerprint {number}" for number in count())
THROTTLED = "ProvisionedThroughputExceededException"

CONTENT = "hash of a text"
"""What the texts are about, to whom it does not matter."""


@pytest.fixture
def mark() -> str:
    """A fingerprint that nothing was generated for."""
    return next(FINGERPRINTS)


@pytest.fixture
def table(storage: Mapping[str, str]) -> str:
    """The table of the template."""
    return storage["GenerationsTable"]


@pytest.fixture(params=["in memory", "DynamoDB"])
def log(request: pytest.FixtureRequest) -> GenerationCache:
    """A log."""
    if request.param == "in memory":
        return FakeGenerationCache()
    return DynamoDbGenerationCache(request.getfixturevalue("table"))


@dataclass
class Model:
    """What is paid for: gives, or raises, what its script says, the last again and again."""

    script: list[str | BaseException] = field(default_factory=lambda: ["a text"])
    calls: int = 0

    def __call__(self) -> str:
        """The next of the script."""
        self.calls += 1
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer


class Killed(BaseException):
    """Lambda ends the process: nothing that would tidy up runs."""


# ----------------------------------------------------------------------------------------------------------------------
# The contract
# ----------------------------------------------------------------------------------------------------------------------


def test_a_text_is_generated_once(log: GenerationCache, mark: str) -> None:
    """A second call gets the stored text."""
    model = Model(["a text", "another text"])

    assert [log.once(mark, model, A_MINUTE, CONTENT) for _ in range(3)] == ["a text"] * 3
    assert model.calls == 1


def test_what_was_generated_about_erased_content_is_forgotten(log: GenerationCache) -> None:
    """Under whichever fingerprint: also texts of regenerations, and notes on a long article."""
    first, second, other = (next(FINGERPRINTS) for _ in range(3))
    for each in (first, second):
        log.once(each, Model(["to be erased"]), A_MINUTE, "erased")
    log.once(other, Model(["stays"]), A_MINUTE, CONTENT)

    for _ in range(2):
        log.forget("erased")

    again = [log.once(each, Model(["written anew"]), A_MINUTE, CONTENT) for each in (first, second, other)]
    assert again == ["written anew", "written anew", "stays"]


def test_what_is_being_generated_while_it_is_erased_is_not_kept(log: GenerationCache, mark: str) -> None:
    """The caller gets it, and finds that the record has no place for it."""

    def generate() -> str:
        log.forget("erased")
        return "too late"

    assert log.once(mark, generate, A_MINUTE, "erased") == "too late"
    assert log.once(mark, Model(["written anew"]), A_MINUTE, CONTENT) == "written anew"


def test_each_fingerprint_has_its_own_text(log: GenerationCache) -> None:
    """Another article, style or model is another text."""
    model = Model(["one", "two"])
    first, second = next(FINGERPRINTS), next(FINGERPRINTS)

    assert [log.once(each, model, A_MINUTE, CONTENT) for each in (first, second, first)] == ["one", "two", "one"]


@pytest.mark.parametrize(
    "text",
    ['{"summary": "Élysée 日本 🚢"}', '"quoted" \\ \n\r\t\u2028\x00', "null", "0", "[]", "ü" * 60_000],
    ids=["JSON", "odd characters", "null", "a number", "a list", "long"],
)
def test_a_text_comes_back_as_it_was(log: GenerationCache, mark: str, text: str) -> None:
    """To the letter, though it is kept as JSON within JSON."""
    given = log.once(mark, Model([text]), A_MINUTE, CONTENT)

    assert given == log.once(mark, Model(["another"]), A_MINUTE, CONTENT) == text


@pytest.mark.parametrize(
    "error", [ModelDown("503", retry_after=7), ValueError("a bug")], ids=["an error of ours", "a bug"]
)
def test_what_the_generation_raises_is_passed_on_and_nothing_is_kept(
    log: GenerationCache, mark: str, error: Exception
) -> None:
    """The very error; the next delivery generates at once."""
    model = Model([error, "a text"])

    with pytest.raises(type(error)) as caught:
        log.once(mark, model, A_MINUTE, CONTENT)

    assert caught.value is error
    assert log.once(mark, model, A_MINUTE, CONTENT) == "a text"


def test_a_text_that_is_being_written_is_not_written_twice(log: GenerationCache, mark: str) -> None:
    """A second delivery comes while the first is at it."""
    second = Model()

    with pytest.raises(GenerationInProgress):
        log.once(mark, lambda: log.once(mark, second, A_MINUTE, CONTENT), A_MINUTE, CONTENT)

    assert second.calls == 0


# ----------------------------------------------------------------------------------------------------------------------
# Claims and answers of batches
# ----------------------------------------------------------------------------------------------------------------------


def in_hours(hours: float) -> datetime:
    """So long from now."""
    return datetime.now(UTC) + timedelta(hours=hours)


def test_a_claimed_text_is_generated_by_nobody_else(log: GenerationCache, mark: str) -> None:
    """Who asks is told how long the claim lasts: longer than anybody waits."""
    model = Model()
    assert log.claim(mark, CONTENT, "run 1", in_hours(26))

    with pytest.raises(GenerationInProgress) as caught:
        log.once(mark, model, A_MINUTE, CONTENT)
    with pytest.raises(GenerationInProgress):
        log.once(mark, model, A_MINUTE, CONTENT, claim="run 2")

    assert model.calls == 0
    assert caught.value.retry_after == pytest.approx(26 * 3600, abs=60)


def test_who_claimed_a_text_generates_it_without_letting_go_of_it(log: GenerationCache, mark: str) -> None:
    """While it does, others are held off as from any call, and get the text afterwards."""
    log.claim(mark, CONTENT, "run 1", in_hours(26))

    def generate() -> str:
        for claim in (None, "run 1"):
            with pytest.raises(GenerationInProgress) as caught:
                log.once(mark, Model(), A_MINUTE, CONTENT, claim)
            assert caught.value.retry_after is None
        return "a text"

    assert log.once(mark, generate, A_MINUTE, CONTENT, claim="run 1") == "a text"
    assert log.once(mark, Model(["another text"]), A_MINUTE, CONTENT) == "a text"


def test_a_text_is_claimed_by_one(log: GenerationCache, mark: str) -> None:
    """Again by the same, but by no other, and not while it is generated or afterwards."""
    assert log.claim(mark, CONTENT, "run 1", in_hours(26))
    assert log.claim(mark, CONTENT, "run 1", in_hours(26))
    assert not log.claim(mark, CONTENT, "run 2", in_hours(26))

    def generate() -> str:
        assert not log.claim(mark, CONTENT, "run 1", in_hours(26))
        return "a text"

    log.once(mark, generate, A_MINUTE, CONTENT, claim="run 1")
    assert not log.claim(mark, CONTENT, "run 1", in_hours(26))


def test_a_claim_that_has_ended_holds_nobody_off(log: GenerationCache, mark: str) -> None:
    """Neither another batch nor an upload."""
    log.claim(mark, CONTENT, "run 1", in_hours(-1))

    assert log.claim(mark, CONTENT, "run 2", in_hours(-1))
    assert log.once(mark, Model(["a text"]), A_MINUTE, CONTENT) == "a text"


def test_a_released_text_is_free(log: GenerationCache, mark: str) -> None:
    """Once whoever claimed it lets it go, and nobody else."""
    log.claim(mark, CONTENT, "run 1", in_hours(26))

    log.release(mark, "run 2")
    assert not log.claim(mark, CONTENT, "run 2", in_hours(26))

    for _ in range(2):
        log.release(mark, "run 1")
    assert log.claim(mark, CONTENT, "run 2", in_hours(26))


def test_a_generation_is_not_released_by_a_claim_that_it_took_over(log: GenerationCache, mark: str) -> None:
    """What collects a batch may run again while the worker generates already."""
    log.claim(mark, CONTENT, "run 1", in_hours(26))

    def generate() -> str:
        log.release(mark, "run 1")
        return "a text"

    log.once(mark, generate, A_MINUTE, CONTENT, claim="run 1")

    assert log.once(mark, Model(["another text"]), A_MINUTE, CONTENT) == "a text"


@pytest.mark.parametrize("answer", ['{"output": ["日本 \\u2028"]}', "ü" * 60_000], ids=["JSON", "long"])
def test_the_answer_of_a_batch_is_found(log: GenerationCache, mark: str, answer: str) -> None:
    """To the letter, by whoever generates; there is none for any other text."""
    log.claim(mark, CONTENT, "run 1", in_hours(26))

    assert [log.store_answer(mark, CONTENT, answer) for _ in range(2)] == [True, True]

    assert log.answer(mark) == answer
    assert log.answer(next(FINGERPRINTS)) is None


def test_an_answer_that_comes_after_the_claims_end_is_kept(log: GenerationCache, mark: str) -> None:
    """It is paid for, however late it is collected."""
    log.claim(mark, CONTENT, "run 1", in_hours(-1))

    assert log.store_answer(mark, CONTENT, "late")
    assert log.answer(mark) == "late"


def test_a_takedown_erases_the_answer_and_what_is_in_a_batch(log: GenerationCache) -> None:
    """An answer about erased content that comes afterwards is not stored."""
    answered, awaited, other = (next(FINGERPRINTS) for _ in range(3))
    for each, content in ((answered, "erased"), (awaited, "erased"), (other, CONTENT)):
        log.claim(each, content, "run 1", in_hours(26))
    log.store_answer(answered, "erased", "to be erased")

    log.forget("erased")

    stored = [log.store_answer(each, content, "new") for each, content in ((awaited, "erased"), (other, CONTENT))]
    assert stored == [False, True]
    assert [log.answer(each) for each in (answered, awaited, other)] == [None, None, "new"]


# ----------------------------------------------------------------------------------------------------------------------
# Several environments and threads
# ----------------------------------------------------------------------------------------------------------------------


def test_another_environment_finds_the_text(table: str, mark: str) -> None:
    """The queue delivers to whichever is free."""
    DynamoDbGenerationCache(table).once(mark, Model(["a text"]), A_MINUTE, CONTENT)
    second = Model(["another text"])

    assert DynamoDbGenerationCache(table).once(mark, second, A_MINUTE, CONTENT) == "a text"
    assert second.calls == 0


def test_another_environment_is_held_off_while_the_first_is_at_it(table: str, mark: str) -> None:
    """And gets the text afterwards."""
    first, second, others = DynamoDbGenerationCache(table), DynamoDbGenerationCache(table), Model()

    def generate() -> str:
        with pytest.raises(GenerationInProgress):
            second.once(mark, others, A_MINUTE, CONTENT)
        return "a text"

    assert first.once(mark, generate, A_MINUTE, CONTENT) == "a text"
    assert second.once(mark, others, A_MINUTE, CONTENT) == "a text"
    assert others.calls == 0


def test_twenty_threads_with_one_article_pay_once(table: str, mark: str) -> None:
    """The others are held off, or come late enough to get the text."""
    logs = [DynamoDbGenerationCache(table) for _ in range(2)]
    model, start = Model(), threading.Barrier(20)

    def ask(number: int) -> str:
        start.wait()
        try:
            return logs[number % 2].once(mark, model, A_MINUTE, CONTENT)
        except GenerationInProgress:
            return "held off"

    with ThreadPoolExecutor(20) as pool:
        got = Counter(pool.map(ask, range(20)))

    assert model.calls == 1
    assert got["a text"] >= 1
    assert set(got) <= {"a text", "held off"}


def test_threads_with_different_articles_do_not_mix_them_up(table: str) -> None:
    """One log serves all threads of a process, each with a deadline and a text of its own."""
    log, start = DynamoDbGenerationCache(table), threading.Barrier(10)
    marks = [next(FINGERPRINTS) for _ in range(10)]

    def ask(mark: str) -> str:
        start.wait()
        return log.once(mark, lambda: f"text of {mark}", A_MINUTE, CONTENT)

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(ask, marks)) == [f"text of {mark}" for mark in marks]


# ----------------------------------------------------------------------------------------------------------------------
# Crashes
# ----------------------------------------------------------------------------------------------------------------------


def test_a_crash_holds_others_off_while_its_invocation_would_still_run(table: str, mark: str) -> None:
    """Nobody can tell it from one that is at it."""
    with pytest.raises(Killed):
        DynamoDbGenerationCache(table).once(mark, Model([Killed()]), A_MINUTE, CONTENT)

    with pytest.raises(GenerationInProgress):
        DynamoDbGenerationCache(table).once(mark, Model(), A_MINUTE, CONTENT)


@pytest.mark.parametrize("left", [0.002, 0.0, -3.0], ids=["a moment", "nothing", "less than nothing"])
def test_a_crash_holds_nobody_off_once_its_time_is_over(table: str, mark: str, left: float) -> None:
    """Not for the hour, or the fortnight, that its record lies there."""
    with pytest.raises(Killed):
        DynamoDbGenerationCache(table).once(mark, Model([Killed()]), a_deadline(left), CONTENT)
    time.sleep(0.05)

    assert DynamoDbGenerationCache(table).once(mark, Model(["a text"]), A_MINUTE, CONTENT) == "a text"


def test_a_call_that_fails_too_late_leaves_the_next_one_its_mark(table: str, mark: str) -> None:
    """The mark of the first had expired, and what the second paid for stays."""
    first, second, third = (DynamoDbGenerationCache(table) for _ in range(3))

    def second_generates_meanwhile() -> str:
        time.sleep(0.05)
        second.once(mark, Model(["a text"]), A_MINUTE, CONTENT)
        raise ValueError("too late")

    with pytest.raises(ValueError, match="too late"):
        first.once(mark, second_generates_meanwhile, a_deadline(0.002), CONTENT)

    assert third.once(mark, Model(["another text"]), A_MINUTE, CONTENT) == "a text"


# ----------------------------------------------------------------------------------------------------------------------
# DynamoDB in trouble
# ----------------------------------------------------------------------------------------------------------------------


@contextmanager
def refusing(log: DynamoDbGenerationCache, operation: str, times: int | None = None) -> Iterator[Counter[str]]:
    """DynamoDB throttles ``operation``, so often or always, while the block runs; counts how often."""
    event, refused = f"before-call.dynamodb.{operation}", Counter[str]()

    def refuse(**_: object) -> tuple[SimpleNamespace, dict[str, Any]] | None:
        if times is not None and refused[operation] >= times:
            return None
        refused[operation] += 1
        return SimpleNamespace(status_code=400), {"Error": {"Code": THROTTLED, "Message": "Slow down."}}

    events = log._layer.client.meta.events  # noqa: SLF001 - the wire is what is played
    events.register(event, refuse)
    try:
        yield refused
    finally:
        events.unregister(event, refuse)


@contextmanager
def without_a_table(log: DynamoDbGenerationCache) -> Iterator[None]:
    """The table is gone while the block runs."""
    table, log._layer.table_name = log._layer.table_name, "no-such-table"  # noqa: SLF001
    yield
    log._layer.table_name = table  # noqa: SLF001


def test_a_text_that_is_hard_to_keep_is_kept_in_the_end(table: str, mark: str) -> None:
    """It is paid for: that is worth some patience."""
    slept: list[float] = []
    log = DynamoDbGenerationCache(table, slept.append)

    with refusing(log, "UpdateItem", times=3):
        assert log.once(mark, Model(["a text"]), A_MINUTE, CONTENT) == "a text"

    assert slept == list(SAVE_WAITS[:3])
    assert log.once(mark, Model(["another text"]), A_MINUTE, CONTENT) == "a text"


def test_a_text_that_cannot_be_kept_is_served_all_the_same(table: str, mark: str) -> None:
    """After all patience; the record answers for it then."""
    slept: list[float] = []
    log = DynamoDbGenerationCache(table, slept.append)

    with refusing(log, "UpdateItem") as refused:
        assert log.once(mark, Model(["a text"]), A_MINUTE, CONTENT) == "a text"

    assert slept == list(SAVE_WAITS)
    assert refused["UpdateItem"] == len(SAVE_WAITS) + 1


def test_a_text_too_long_to_be_kept_is_served_all_the_same(table: str, mark: str) -> None:
    """DynamoDB takes 400 KB."""
    text = "x" * 500_000

    assert DynamoDbGenerationCache(table, lambda _: None).once(mark, Model([text]), A_MINUTE, CONTENT) == text


@pytest.mark.parametrize("error", [ModelDown("503", retry_after=7), ValueError("a bug")], ids=["ours", "a bug"])
def test_a_log_that_cannot_forget_passes_the_generations_own_error_on(table: str, mark: str, error: Exception) -> None:
    """It says how long to wait, and whether the model is to blame."""
    log = DynamoDbGenerationCache(table)

    with refusing(log, "DeleteItem") as refused, pytest.raises(type(error)) as caught:
        log.once(mark, Model([error]), A_MINUTE, CONTENT)

    assert caught.value is error
    assert refused["DeleteItem"] == 1


@pytest.mark.parametrize(
    "break_it",
    [lambda log: refusing(log, "PutItem"), without_a_table],
    ids=["throttled", "no table"],
)
def test_nothing_is_generated_that_could_not_be_noted(table: str, mark: str, break_it: Callable[..., Any]) -> None:
    """Every redelivery would pay again; the store is what is unavailable."""
    log, model = DynamoDbGenerationCache(table), Model()

    with break_it(log), pytest.raises(StoreUnavailable) as caught:
        log.once(mark, model, A_MINUTE, CONTENT)

    assert model.calls == 0
    assert caught.value.__cause__


def test_a_log_out_of_reach_generates_nothing(table: str, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that is gone is an error of the store too."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    model = Model()

    with pytest.raises(StoreUnavailable):
        DynamoDbGenerationCache(table).once(mark, model, A_MINUTE, CONTENT)

    assert model.calls == 0


# ----------------------------------------------------------------------------------------------------------------------
# What lies in the table
# ----------------------------------------------------------------------------------------------------------------------


def item_of(table: str, text: str) -> dict[str, Any]:
    """The one item that holds ``text``."""
    pages = boto3.client("dynamodb").get_paginator("scan").paginate(TableName=table)
    [found] = [item for page in pages for item in page["Items"] if text in item.get("data", {}).get("S", "")]
    return found


def test_what_is_kept_forgets_itself_after_a_fortnight(table: str, mark: str) -> None:
    """By the attribute that the table looks at; not after an hour, as Powertools would have it."""
    DynamoDbGenerationCache(table).once(mark, Model(["a text that forgets itself"]), A_MINUTE, CONTENT)

    item = item_of(table, "a text that forgets itself")
    assert int(item["expiration"]["N"]) == pytest.approx(time.time() + KEEP_GENERATIONS_SECONDS, abs=300)


def test_the_same_text_is_found_by_every_function_and_version(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its key hangs on the fingerprint alone, not on the name of the function that runs."""
    mark = next(FINGERPRINTS)
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "one")
    DynamoDbGenerationCache(table).once(mark, Model(["a text of one"]), A_MINUTE, CONTENT)

    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "two")

    assert DynamoDbGenerationCache(table).once(mark, Model(["a text of two"]), A_MINUTE, CONTENT) == "a text of one"
    assert item_of(table, "a text of one")["id"]["S"].startswith("generation#")


def test_a_text_that_an_earlier_release_paid_for_is_found(table: str) -> None:
    """A deployment pays for nothing again: key and shape of the item stay as they are."""
    item: dict[str, Any] = {
        "id": {"S": "generation#e52b712a03b2ee110a2b8acd25ba2caccae5dc07d62887afdcba30823bc0deff"},
        "status": {"S": "COMPLETED"},
        "data": {"S": '"a text of 0.1.0"'},
        "expiration": {"N": str(int(time.time()) + 60)},
        "in_progress_expiration": {"N": "1795889730636"},
    }
    boto3.client("dynamodb").put_item(TableName=table, Item=item)
    model = Model()

    assert DynamoDbGenerationCache(table).once("fingerprint of old", model, A_MINUTE, CONTENT) == "a text of 0.1.0"
    assert model.calls == 0


def test_claims_and_answers_tell_of_a_store_that_is_out_of_reach(table: str, mark: str) -> None:
    """Each as an error that a later attempt may mend."""
    log = DynamoDbGenerationCache(table)

    with without_a_table(log):
        for ask in (
            lambda: log.claim(mark, CONTENT, "run 1", in_hours(26)),
            lambda: log.release(mark, "run 1"),
            lambda: log.store_answer(mark, CONTENT, "an answer"),
            lambda: log.answer(mark),
        ):
            with pytest.raises(StoreUnavailable):
                ask()


def test_an_answer_is_kept_as_long_as_a_text(table: str, mark: str) -> None:
    """By the attribute that the table looks at."""
    log = DynamoDbGenerationCache(table)
    log.claim(mark, CONTENT, "run 1", in_hours(26))
    log.store_answer(mark, CONTENT, "an answer that forgets itself")

    item = item_of(table, "an answer that forgets itself")

    assert int(item["expiration"]["N"]) == pytest.approx(time.time() + KEEP_GENERATIONS_SECONDS, abs=300)
