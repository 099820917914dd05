"""One contract for every idempotency store: the fake, and DynamoDB (moto)."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from builders import A_MINUTE, a_deadline
from fakes import FakeIdempotencyStore
from standfirst.adapters.aws.idempotency import KEEP_ANSWERS_SECONDS, DynamoDbIdempotencyStore
from standfirst.domain.errors import IdempotencyKeyReused, ModelDown, RequestInProgress, StoreUnavailable
from standfirst.domain.ports import IdempotencyStore

KEYS = (f"key {number}" for number in count())


@pytest.fixture
def key() -> str:
    """A key that no request came with."""
    return next(KEYS)


@pytest.fixture
def table(storage: Mapping[str, str]) -> str:
    """The table of the template."""
    return storage["GenerationsTable"]


@pytest.fixture(params=["in memory", "DynamoDB"])
def answers(request: pytest.FixtureRequest) -> IdempotencyStore:
    """What keeps answers."""
    if request.param == "in memory":
        return FakeIdempotencyStore()
    return DynamoDbIdempotencyStore(request.getfixturevalue("table"))


@dataclass
class Work:
    """What answers a request: gives, or raises, what its script says, the last again and again."""

    script: list[str | BaseException] = field(default_factory=lambda: ["an answer"])
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


def test_a_request_is_answered_once(answers: IdempotencyStore, key: str) -> None:
    """A repeated request gets the same answer."""
    work = Work(["an answer", "another"])

    assert [answers.once(key, "a request", work, A_MINUTE) for _ in range(3)] == ["an answer"] * 3
    assert work.calls == 1


def test_each_key_has_its_own_answer(answers: IdempotencyStore) -> None:
    """Also where the request is the same: the caller wants it twice."""
    work, first, second = Work(["one", "two"]), next(KEYS), next(KEYS)

    assert [answers.once(each, "a request", work, A_MINUTE) for each in (first, second, first)] == ["one", "two", "one"]


def test_a_key_is_good_for_one_request(answers: IdempotencyStore, key: str) -> None:
    """The first keeps its answer, the other gets none."""
    other = Work()
    answers.once(key, "a request", Work(["an answer"]), A_MINUTE)

    with pytest.raises(IdempotencyKeyReused):
        answers.once(key, "another request", other, A_MINUTE)

    assert other.calls == 0
    assert answers.once(key, "a request", other, A_MINUTE) == "an answer"


def test_a_request_that_is_being_answered_is_not_answered_twice(answers: IdempotencyStore, key: str) -> None:
    """The caller has lost patience, and the first call has not."""
    second = Work()

    with pytest.raises(RequestInProgress):
        answers.once(key, "a request", lambda: answers.once(key, "a request", second, A_MINUTE), A_MINUTE)

    assert second.calls == 0


def test_a_key_is_taken_while_its_request_is_being_answered(answers: IdempotencyStore, key: str) -> None:
    """Another request under it is wrong already, not only once there is an answer."""
    second = Work()

    with pytest.raises(IdempotencyKeyReused):
        answers.once(key, "a request", lambda: answers.once(key, "another request", second, A_MINUTE), A_MINUTE)

    assert second.calls == 0


@pytest.mark.parametrize(
    "error", [ModelDown("503", retry_after=7), ValueError("a bug")], ids=["an error of ours", "a bug"]
)
@pytest.mark.parametrize("then", ["a request", "another request"])
def test_what_the_work_raises_is_passed_on_and_nothing_is_kept(
    answers: IdempotencyStore, key: str, error: Exception, then: str
) -> None:
    """The very error; the key is free again, for any request."""
    with pytest.raises(type(error)) as caught:
        answers.once(key, "a request", Work([error]), A_MINUTE)

    assert caught.value is error
    assert answers.once(key, then, Work(["an answer"]), A_MINUTE) == "an answer"


@pytest.mark.parametrize(
    "text",
    ['{"summary": "Élysée 日本 🚢"}', '"quoted" \\ \n\r\t\u2028\x00', "null", "0", "[]", "", "ü" * 60_000],
    ids=["JSON", "odd characters", "null", "a number", "a list", "empty", "long"],
)
def test_an_answer_comes_back_as_it_was(answers: IdempotencyStore, key: str, text: str) -> None:
    """To the letter, though it is kept as JSON within JSON."""
    given = answers.once(key, "a request", Work([text]), A_MINUTE)

    assert given == answers.once(key, "a request", Work(["another"]), A_MINUTE) == text


@pytest.mark.parametrize(
    "odd", ["", " ", "null", "\ud800", "x" * 5_000, "🚢\x00"], ids=["empty", "a space", "null", "half", "long", "odd"]
)
def test_any_text_is_a_key_and_a_request(answers: IdempotencyStore, odd: str) -> None:
    """The caller chooses it."""
    work = Work(["an answer", "another"])

    assert answers.once(odd, odd, work, A_MINUTE) == answers.once(odd, odd, work, A_MINUTE)

    assert work.calls == 1


# ----------------------------------------------------------------------------------------------------------------------
# Several environments and threads
# ----------------------------------------------------------------------------------------------------------------------


def test_another_environment_finds_the_answer(table: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repeated request goes to whichever is free, of whatever function."""
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "one")
    DynamoDbIdempotencyStore(table).once(key, "a request", Work(["an answer"]), A_MINUTE)
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "two")
    second = Work(["another"])

    assert DynamoDbIdempotencyStore(table).once(key, "a request", second, A_MINUTE) == "an answer"
    assert second.calls == 0


def test_twenty_threads_with_one_request_are_answered_once(table: str, key: str) -> None:
    """The others are held off, or come late enough to get the answer."""
    all_answers = [DynamoDbIdempotencyStore(table) for _ in range(2)]
    work, start = Work(), threading.Barrier(20)

    def ask(number: int) -> str:
        start.wait()
        try:
            return all_answers[number % 2].once(key, "a request", work, A_MINUTE)
        except RequestInProgress:
            return "held off"

    with ThreadPoolExecutor(20) as pool:
        got = Counter(pool.map(ask, range(20)))

    assert work.calls == 1
    assert got["an answer"] >= 1
    assert set(got) <= {"an answer", "held off"}


def test_threads_with_different_requests_do_not_mix_them_up(table: str) -> None:
    """One serves all threads of a process: answers, errors, deadlines and marks stay apart."""
    answers, start = DynamoDbIdempotencyStore(table), threading.Barrier(10)
    keys = [next(KEYS) for _ in range(10)]

    def ask(key: str) -> str:
        failing = Work([ValueError(key), f"answer to {key}"])
        start.wait()
        with pytest.raises(ValueError, match=key):
            answers.once(key, key, failing, A_MINUTE)
        return answers.once(key, key, failing, A_MINUTE)

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(ask, keys)) == [f"answer to {key}" for key in keys]


def test_a_failed_request_frees_its_key_whatever_else_was_answered_meanwhile(table: str) -> None:
    """Each is known by its own mark."""
    answers, outer, inner = DynamoDbIdempotencyStore(table), next(KEYS), next(KEYS)

    def another_is_answered_meanwhile() -> str:
        answers.once(inner, "another request", Work(), a_deadline(30))
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        answers.once(outer, "a request", another_is_answered_meanwhile, A_MINUTE)

    assert answers.once(outer, "a request", Work(["an answer"]), A_MINUTE) == "an answer"


# ----------------------------------------------------------------------------------------------------------------------
# Crashes
# ----------------------------------------------------------------------------------------------------------------------


def test_a_crash_holds_its_key_while_its_invocation_would_still_run(table: str, key: str) -> None:
    """Nobody can tell it from one that is at it."""
    with pytest.raises(Killed):
        DynamoDbIdempotencyStore(table).once(key, "a request", Work([Killed()]), A_MINUTE)

    with pytest.raises(RequestInProgress):
        DynamoDbIdempotencyStore(table).once(key, "a request", Work(), A_MINUTE)


@pytest.mark.parametrize("left", [0.002, 0.0, -3.0], ids=["a moment", "nothing", "less than nothing"])
def test_a_crash_holds_its_key_no_longer_than_its_time(table: str, key: str, left: float) -> None:
    """Not for the day that its record lies there."""
    with pytest.raises(Killed):
        DynamoDbIdempotencyStore(table).once(key, "a request", Work([Killed()]), a_deadline(left))
    time.sleep(0.05)

    assert DynamoDbIdempotencyStore(table).once(key, "a request", Work(["an answer"]), A_MINUTE) == "an answer"


def test_a_call_that_fails_too_late_leaves_the_next_one_in_progress(table: str, key: str) -> None:
    """The key was free when the time of the first was over, and is the second's now."""
    first, second, third = (DynamoDbIdempotencyStore(table) for _ in range(3))

    def second_answers_meanwhile() -> str:
        time.sleep(0.05)
        second.once(key, "a request", Work(["an answer"]), A_MINUTE)
        raise ValueError("too late")

    with pytest.raises(ValueError, match="too late"):
        first.once(key, "a request", second_answers_meanwhile, a_deadline(0.002))

    assert third.once(key, "a request", Work(["another"]), A_MINUTE) == "an answer"


def test_a_call_that_fails_too_late_does_not_let_a_third_in(table: str, key: str) -> None:
    """The second is still at it."""
    first, second, third = (DynamoDbIdempotencyStore(table) for _ in range(3))
    second_is_at_it, first_has_failed = threading.Event(), threading.Event()

    def fail_late() -> str:
        assert second_is_at_it.wait(30)
        raise ValueError("too late")

    def answer_slowly() -> str:
        second_is_at_it.set()
        assert first_has_failed.wait(30)
        with pytest.raises(RequestInProgress):
            third.once(key, "a request", Work(), A_MINUTE)
        return "an answer"

    with ThreadPoolExecutor(2) as pool:
        failing = pool.submit(first.once, key, "a request", fail_late, a_deadline(0.002))
        time.sleep(0.5)
        answering = pool.submit(second.once, key, "a request", answer_slowly, A_MINUTE)
        assert isinstance(failing.exception(30), ValueError)
        first_has_failed.set()

        assert answering.result(30) == "an answer"


# ----------------------------------------------------------------------------------------------------------------------
# DynamoDB in trouble
# ----------------------------------------------------------------------------------------------------------------------


@contextmanager
def refusing(answers: DynamoDbIdempotencyStore, operation: str) -> Iterator[Counter[str]]:
    """DynamoDB throttles ``operation`` while the block runs; counts how often."""
    event, refused = f"before-call.dynamodb.{operation}", Counter[str]()

    def refuse(**_: object) -> tuple[SimpleNamespace, dict[str, Any]]:
        refused[operation] += 1
        return SimpleNamespace(status_code=400), {
            "Error": {"Code": "ProvisionedThroughputExceededException", "Message": "Slow down."}
        }

    events = answers._layer.client.meta.events  # noqa: SLF001 - the wire is what is played
    events.register(event, refuse)
    try:
        yield refused
    finally:
        events.unregister(event, refuse)


@contextmanager
def without_a_table(answers: DynamoDbIdempotencyStore) -> Iterator[None]:
    """The table is gone while the block runs."""
    table, answers._layer.table_name = answers._layer.table_name, "no-such-table"  # noqa: SLF001
    yield
    answers._layer.table_name = table  # noqa: SLF001


@pytest.mark.parametrize(
    "break_it", [lambda answers: refusing(answers, "PutItem"), without_a_table], ids=["throttled", "no table"]
)
def test_nothing_is_answered_that_could_not_be_noted(table: str, key: str, break_it: Callable[..., Any]) -> None:
    """Every repetition would be answered, and paid for, again."""
    answers, work = DynamoDbIdempotencyStore(table), Work()

    with break_it(answers), pytest.raises(StoreUnavailable) as caught:
        answers.once(key, "a request", work, A_MINUTE)

    assert work.calls == 0
    assert caught.value.__cause__


def test_nothing_is_answered_where_the_table_is_out_of_reach(
    table: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network that is gone is an error of the store too."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    work = Work()

    with pytest.raises(StoreUnavailable):
        DynamoDbIdempotencyStore(table).once(key, "a request", work, A_MINUTE)

    assert work.calls == 0


def test_an_answer_that_cannot_be_kept_is_given_all_the_same(table: str, key: str) -> None:
    """The work is done."""
    answers = DynamoDbIdempotencyStore(table)

    with refusing(answers, "UpdateItem") as refused:
        assert answers.once(key, "a request", Work(["an answer"]), A_MINUTE) == "an answer"

    assert refused["UpdateItem"] == 1


def test_an_answer_too_long_to_be_kept_is_given_all_the_same(table: str, key: str) -> None:
    """DynamoDB takes 400 KB."""
    text = "x" * 500_000

    assert DynamoDbIdempotencyStore(table).once(key, "a request", Work([text]), A_MINUTE) == text


@pytest.mark.parametrize("error", [ModelDown("503", retry_after=7), ValueError("a bug")], ids=["ours", "a bug"])
def test_a_key_that_cannot_be_freed_does_not_hide_what_the_work_raised(table: str, key: str, error: Exception) -> None:
    """The caller has to know what is wrong with the request."""
    answers = DynamoDbIdempotencyStore(table)

    with refusing(answers, "DeleteItem") as refused, pytest.raises(type(error)) as caught:
        answers.once(key, "a request", Work([error]), A_MINUTE)

    assert caught.value is error
    assert refused["DeleteItem"] == 1


# ----------------------------------------------------------------------------------------------------------------------
# What lies in the table
# ----------------------------------------------------------------------------------------------------------------------


def item_of(table: str, text: str) -> dict[str, Any]:
    """The one item that holds ``text``."""
    pages = boto3.client("dynamodb").get_paginator("scan").paginate(TableName=table)
    [found] = [item for page in pages for item in page["Items"] if text in item.get("data", {}).get("S", "")]
    return found


def test_an_answer_forgets_itself_after_a_day(table: str, key: str) -> None:
    """By the attribute that the table looks at; not after an hour, as Powertools would have it."""
    DynamoDbIdempotencyStore(table).once(key, "a request", Work(["an answer that forgets itself"]), A_MINUTE)

    item = item_of(table, "an answer that forgets itself")
    assert KEEP_ANSWERS_SECONDS == 24 * 60 * 60
    assert int(item["expiration"]["N"]) == pytest.approx(time.time() + KEEP_ANSWERS_SECONDS, abs=300)


def test_neither_key_nor_request_lies_in_the_table(table: str) -> None:
    """An article under embargo is none of it, and no key is too long for DynamoDB."""
    key, request = "a key of the caller's", "a request with an article"
    DynamoDbIdempotencyStore(table).once(key, request, Work(["an answer beside hashes"]), A_MINUTE)

    item = item_of(table, "an answer beside hashes")

    assert item["id"]["S"].startswith("request#")
    assert key not in str(item)
    assert request not in str(item)


def test_an_answer_of_an_earlier_release_is_found(table: str) -> None:
    """A deployment answers no request twice: keys and shape of the item stay as they are."""
    item: dict[str, Any] = {
        "id": {"S": "request#f4991fdc4413aa2813c228acc5fb4590f6f17d90a05ed84b4a4158abaf085bda"},
        "validation": {"S": "315603e2c5113ca867538f5e3ba2639f0128c89aa776fa470b15b216547f5c19"},
        "status": {"S": "COMPLETED"},
        "data": {"S": '"an answer of 0.1.0"'},
        "expiration": {"N": str(int(time.time()) + 60)},
        "in_progress_expiration": {"N": "1795889730723"},
    }
    boto3.client("dynamodb").put_item(TableName=table, Item=item)
    answers, work = DynamoDbIdempotencyStore(table), Work()

    assert answers.once("old key", "old request", work, A_MINUTE) == "an answer of 0.1.0"
    with pytest.raises(IdempotencyKeyReused):
        answers.once("old key", "another request", work, A_MINUTE)
    assert work.calls == 0
