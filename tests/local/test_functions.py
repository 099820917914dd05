"""How functions run in one process, and what a handler learns of its invocation."""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
import pytest

from standfirst_local.functions import LocalContext, LocalFunction


def test_the_time_that_remains_is_counted_from_the_start_of_the_invocation() -> None:
    """Down from the function's timeout."""
    context = LocalContext("worker", 128, "request-1", timeout_seconds=90)

    first, second = context.get_remaining_time_in_millis(), context.get_remaining_time_in_millis()

    assert 90_000 >= first >= second > 0


def test_a_function_that_is_late_has_no_time_left() -> None:
    """Never less than none."""
    long_ago = LocalContext("worker", 128, "request-1", timeout_seconds=90).started - 91

    late = LocalContext("worker", 128, "request-1", timeout_seconds=90, started=long_ago)

    assert late.get_remaining_time_in_millis() == 0


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], LocalFunction]:
    """Loads a function that does what its event says."""
    (tmp_path / "app.py").write_text("def lambda_handler(event, context):\n    return event['do'](context)\n")
    return lambda name: LocalFunction(name, tmp_path, memory_mb=128, timeout_seconds=90)


def test_each_function_is_told_of_its_own_invocation(load: Callable[[str], LocalFunction]) -> None:
    """By an id that no other has."""
    function = load("worker")

    first, second = (function.invoke({"do": lambda context: context}) for _ in range(2))

    assert (first.function_name, first.timeout_seconds) == ("worker", 90)
    assert first.aws_request_id != second.aws_request_id


def test_functions_of_one_code_may_be_told_different_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has the environment that it was given, also after the process got another; the rest is the process's."""
    monkeypatch.setenv("QUEUE", "of the process")
    monkeypatch.setenv("TABLE", "of all")
    code = (
        "import os\ndef lambda_handler(event, context):\n    return os.environ['QUEUE'], os.environ['TABLE'], os.sep\n"
    )
    (tmp_path / "app.py").write_text(code)
    told: list[dict[str, str] | None] = [{"QUEUE": "uploads"}, {"QUEUE": "backfills"}, None]
    functions = [LocalFunction("f", tmp_path, memory_mb=128, timeout_seconds=90, variables=each) for each in told]

    answers = [function.invoke({}) for function in functions]

    assert answers == [(queue, "of all", os.sep) for queue in ("uploads", "backfills", "of the process")]


def test_no_function_waits_for_the_first_invocation_of_another(load: Callable[[str], LocalFunction]) -> None:
    """The queue's may take a minute over its first batch."""
    is_there, may_go = threading.Event(), threading.Event()

    def slow(_: LocalContext) -> bool:
        is_there.set()
        return may_go.wait(30)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(load("worker").invoke, {"do": slow})
        assert is_there.wait(30)
        other = pool.submit(load("api").invoke, {"do": lambda _: "answered"})

        assert other.result(10) == "answered"
        may_go.set()
        assert first.result(30)


def test_functions_that_start_at_once_make_their_clients_one_by_one(
    load: Callable[[str], LocalFunction], monkeypatch: pytest.MonkeyPatch
) -> None:
    """boto3's session is not safe for more."""
    making: list[int] = []
    most: list[int] = []

    def make(_: boto3.Session, name: str) -> str:
        making.append(1)
        most.append(len(making))
        time.sleep(0.05)
        making.pop()
        return name

    functions = [load(f"function-{number}") for number in range(5)]
    monkeypatch.setattr(boto3.Session, "client", make)

    with ThreadPoolExecutor(5) as pool:
        made = [pool.submit(each.invoke, {"do": lambda _: boto3.client("s3")}) for each in functions]

    assert [str(each.result()) for each in made] == ["s3"] * 5
    assert most == [1] * 5
