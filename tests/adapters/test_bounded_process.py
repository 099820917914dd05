"""The process of its own in which documents are read: what it ends, what it survives, and how errors come back."""

import importlib
import os
import pickle
import pkgutil
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import standfirst.api
import standfirst_local
from standfirst.adapters.bounded_process import BoundedProcess, Share
from standfirst.domain.errors import DocumentTooDemanding, LeftToQueue, ModelBusy, StandfirstError, TransientError

MEGABYTE = 1024**2

FAULT = xmlrpc.client.dumps(xmlrpc.client.Fault(4, "Too many parameters"))
"""Raised when it is read; its two arguments are lost when it is pickled."""


@pytest.fixture(scope="module")
def process() -> Iterator[BoundedProcess]:
    """One with a small share."""
    process = BoundedProcess(Share(cpu_seconds=0.3, memory_bytes=100 * MEGABYTE))
    yield process
    process.close()


def every_error() -> list[type[StandfirstError]]:
    """Every error of the service and of the command line."""
    for package in (standfirst.api, standfirst_local):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found = [StandfirstError]
    for error in found:
        found += error.__subclasses__()
    return sorted(set(found), key=lambda error: error.__name__)


def an_error(kind: type[StandfirstError]) -> StandfirstError:
    """One whose arguments are those of its own ``__init__``."""
    for arguments in ((["a"], ["b"]), ("article", ValueError("why")), ("one", 2.0), ("one",)):
        try:
            return kind(*arguments)
        except TypeError:
            continue
    raise AssertionError(kind)


def test_every_error_is_the_same_after_it_crossed_a_process() -> None:
    """Also those with arguments of their own, which pickle alone would lose or refuse."""
    kinds = every_error()

    for error in map(an_error, kinds):
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        assert (type(copy), str(copy), copy.__dict__) == (type(error), str(error), error.__dict__)
    assert {DocumentTooDemanding, LeftToQueue, ModelBusy} < set(kinds)


def test_an_unexpected_error_says_where_it_came_from(process: BoundedProcess) -> None:
    """The log of the function shows both tracebacks."""
    with pytest.raises(ZeroDivisionError) as raised:
        process.function("operator", "floordiv")(1, 0)

    assert "in _answer" in raised.value.__notes__[0]


def test_an_error_that_cannot_be_pickled_is_told_in_words(process: BoundedProcess) -> None:
    """It fails one document, not the process."""
    with pytest.raises(RuntimeError, match="Fault: <Fault 4: 'Too many parameters'>"):
        process.function("xmlrpc.client", "loads")(FAULT)


@pytest.mark.parametrize(
    ("module", "name", "arguments", "reason"),
    [
        ("re", "match", (r"(a+)+$", "a" * 60 + "b"), r"more than 0\.3 seconds of processor time"),
        ("operator", "mul", (b"x", 200 * MEGABYTE), "more than 100 MB of memory"),
        ("os", "abort", (), r"crashes what reads it \(SIGABRT\)"),
        ("os", "_exit", (7,), r"crashes what reads it \(exit\)"),
    ],
    ids=["processor time", "memory", "signal", "exit"],
)
def test_a_call_over_its_share_ends_alone(
    process: BoundedProcess, module: str, name: str, arguments: tuple[object, ...], reason: str
) -> None:
    """Calls of other threads, which wait meanwhile, and later ones are answered."""
    with ThreadPoolExecutor(10) as threads:
        bad = threads.submit(process.function(module, name), *arguments)
        good = [threads.submit(process.function("operator", "add"), number, 1) for number in range(9)]

        assert [each.result() for each in good] == list(range(1, 10))
        with pytest.raises(DocumentTooDemanding, match=reason):
            bad.result()
    assert process.function("operator", "add")(1, 1) == 2


def test_time_on_the_clock_is_nobodys_fault(process: BoundedProcess) -> None:
    """What waits for a starved machine takes no processor time."""
    process.function("select", "select")([], [], [], 0.4)


def test_what_one_call_leaves_in_memory_is_not_counted_against_the_next(process: BoundedProcess) -> None:
    """A large document is the last of its worker; small ones share one."""
    worker = process.function("os", "getpid")

    before, again = worker(), worker()
    process.function("operator", "mul")(b"x", 40 * MEGABYTE)

    assert before == again != worker()


@pytest.mark.parametrize("killed", ["template", "both"])
def test_a_process_that_is_killed_from_outside_is_replaced(process: BoundedProcess, killed: str) -> None:
    """No document is failed for it: its message is delivered again."""
    if killed == "template":
        process.function("os", "kill")(process.function("os", "getppid")(), 9)
    else:
        with pytest.raises(TransientError):
            process.function("os", "killpg")(0, 9)

    assert process.function("operator", "add")(1, 1) == 2


def test_a_worker_that_is_killed_during_a_call_fails_no_document_either(process: BoundedProcess) -> None:
    """A limit of its share ends it otherwise: this is whoever needs the machine's memory."""
    with pytest.raises(TransientError):
        process.function("signal", "raise_signal")(9)

    assert process.function("operator", "add")(1, 1) == 2


def test_a_worker_that_is_killed_between_two_calls_fails_no_document(process: BoundedProcess) -> None:
    """What is said of its end is not taken for the answer to the next call."""
    os.kill(process.function("os", "getpid")(), 9)
    time.sleep(0.2)

    assert [process.function("operator", "add")(1, number) for number in range(2)] == [1, 2]


AS_COPY = """
import logging, os, sys, types
from standfirst.adapters.bounded_process import *

opened = os.open(os.devnull, os.O_RDONLY)
logging.getLogger().addHandler(logging.StreamHandler(sys.stdout))
sys.modules["only_here"] = types.SimpleNamespace(
    closed=lambda: not os.path.exists(f"/proc/self/fd/{opened}"), warn=lambda: logging.warning("to standard error")
)
process = BoundedProcess(Share(0.3, 100 * 1024**2))
process.start_as_copy()


def call(module, name, *arguments):
    try:
        print(process.function(module, name)(*arguments), flush=True)
    except Exception as error:
        print(type(error).__name__, flush=True)


call("only_here", "closed")
call("only_here", "warn")
call("re", "match", "(a+)+$", "a" * 60 + "b")
call("operator", "mul", b"x", 200 * 1024**2)
call("only_here", "closed")
call("os", "killpg", 0, 9)
call("only_here", "closed")
call("operator", "add", 1, 1)
os.kill(os.getpid(), 9)
"""


FORKED = """
import os, sys
from standfirst.adapters.bounded_process import *

process = BoundedProcess(Share(0.3, 100 * 1024**2))
getattr(process, sys.argv[1])()
ours = process.function("os", "getpid")()
if child := os.fork():
    os.waitpid(child, 0)
    print(process.function("os", "getpid")() == ours)
else:
    print(process.function("os", "getpid")() == ours, flush=True)
    process.close()
    os._exit(0)
"""


@pytest.mark.parametrize("start", ["start", "start_as_copy"])
def test_what_is_forked_from_this_process_has_one_of_its_own(start: str) -> None:
    """Through one socket each would get the other's articles; this process keeps the one that it had."""
    environment = {"PYTHONPATH": str(Path(standfirst.api.__path__[0]).parents[1])}

    done = subprocess.run(
        [sys.executable, "-c", FORKED, start], env=environment, capture_output=True, text=True, check=False, timeout=60
    )

    assert (done.stdout.split(), done.stderr) == (["False", "True"], "")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells how many threads there are")
def test_a_copy_of_this_process_ends_what_is_over_its_share_and_is_replaced_by_a_new_interpreter() -> None:
    """It has what was imported, but none of the open files and no handlers of logs, and ends with this process."""
    environment = {"PYTHONPATH": str(Path(standfirst.api.__path__[0]).parents[1])}

    done = subprocess.run([sys.executable, "-c", AS_COPY], env=environment, capture_output=True, text=True, check=False)

    assert done.stdout.split() == [
        "True",
        "None",
        "DocumentTooDemanding",
        "DocumentTooDemanding",
        "True",
        "TransientError",
        "ModuleNotFoundError",
        "2",
    ]
    assert "to standard error" in done.stderr


def test_a_process_with_several_threads_is_not_copied(process: BoundedProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that another one held would stay locked in the copy."""
    monkeypatch.setitem(sys.modules, "only_here", os)
    process.close()
    with ThreadPoolExecutor(1) as threads:
        threads.submit(time.sleep, 0).result()
        process.start_as_copy()

    with pytest.raises(ModuleNotFoundError):
        process.function("only_here", "getpid")()


def test_nothing_is_left_running_when_the_function_is_killed() -> None:
    """The output, which the two processes would hold open, comes to its end."""
    program = (
        "import os; from standfirst.adapters.bounded_process import *\n"
        "print(BoundedProcess(Share(1, 10**9)).function('operator', 'add')(1, 1), flush=True)\n"
        "os.kill(os.getpid(), 9)"
    )
    environment = {"PYTHONPATH": str(Path(standfirst.api.__path__[0]).parents[1])}

    done = subprocess.run([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, check=False)

    assert (done.returncode, done.stdout) == (-9, b"2\n")
