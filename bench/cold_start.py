"""How long each function takes from nothing to its first answer, against a bare handler of the same libraries.

    python bench/cold_start.py [--only FOLDER] [--pairs 9] [--explain]

As Lambda has it: Python 3.13 with its own boto3 and runtime client, the built artefact, dated as packing dates it, with
nothing written beside it, the environment that the template gives the function, and tracing on (X-Ray's SDK leaves an
empty marker in ``/tmp/.aws-xray``). AWS is moto, and the model a server on this machine that answers at once. The time
is that from the start of the interpreter; Lambda's own preparations are not part of it. The CPU beside it is that of
all processes that the function starts.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from artefacts import LAYER, NotBuilt, artefact, build
from emulator import Storage, emulated_storage
from first_events import FIRST, Event, First
from lambda_process import Function, Invocation, first_invocation, runtime
from local_model import local_model
from measurement import CannotMeasure, Estimate, Row, Skipped, median, ratio, table
from project import BENCH, BUILT

PAIRS, FEWER = 11, 5
"""Pairs for a function with a budget, and for another."""

BUDGETS = {
    "cold start of serve_summaries": 1.10,
    "cold start of summarize_uploads": 1.6,
    "cold start of summarize_uploads, model": 2.2,
}
SHOWN = 10
_IMPORT = re.compile(rb"^import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)$", re.MULTILINE)


@dataclass(slots=True)
class Started:
    """A function with what it is started with, and its measured pairs: seconds and CPU, its own and the bare one's."""

    first: First
    function: Function
    name: str
    pairs: list[tuple[Invocation, Invocation]] = field(default_factory=list)


class ColdStarts:
    """The functions beside the bare handler, for the block."""

    def __init__(self, storage: Storage, folders: Sequence[str]) -> None:
        """Takes the functions by their ``folders``; raises ``NotBuilt`` where Lambda's Python or artefacts lack."""
        self._storage = storage
        self._folders = folders
        self._number = 0
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Lets the worker summarise the article that others ask for."""
        layer = artefact(LAYER)
        bare = _compiled(BENCH / "bare_handler")
        environments = self._storage.environments
        self.bare = Started(FIRST[0], Function(bare, layer, environments["ServeSummaries"]), "the bare handler")
        asked = self._stack.enter_context(local_model(0))
        self.started = [each for first in FIRST for each in self._both(first, layer, asked)]
        [worker] = [each for each in self.started if each.name == "cold start of summarize_uploads"]
        self.invoked(worker)
        self.started = [each for each in self.started if each.first.folder in self._folders]
        return self

    def __exit__(self, *_: object) -> None:
        """Stops the model."""
        self._stack.close()

    def _both(self, first: First, layer: Path, asked: Mapping[str, str]) -> Iterator[Started]:
        """Yields the function without a model, and with one if it has it."""
        if first.folder not in {*self._folders, "summarize_uploads"}:
            return
        variables = self._storage.environments[first.resource]
        code, name = artefact(first.resource), f"cold start of {first.folder}"
        yield Started(first, Function(code, layer, variables), name)
        if first.asks_model:
            yield Started(first, Function(code, layer, {**variables, **asked}), f"{name}, model")

    def invoked(self, started: Started, python: Sequence[str] = ()) -> Invocation:
        """Returns the first invocation of a new process; raises ``CannotMeasure`` if it is not answered well."""
        event: Event = started.first.event(self._storage, self._number)
        self._number += 1
        with first_invocation(started.function, dict(event), python) as invocation:
            answer = json.loads(invocation.body) or {}
            if answer.get("statusCode", 200) >= 300 or answer.get("batchItemFailures"):  # noqa: PLR2004
                raise CannotMeasure(f"{started.name} was answered {answer}")
            return invocation

    def measure(self, pairs: int) -> None:
        """Starts each function, with the bare handler between two of them: a pair with each of the two."""
        for number in range(pairs + 1):
            due = [each for each in self.started if number <= _pairs_of(each, pairs)]
            for two in (due[index : index + 2] for index in range(0, len(due), 2)):
                ours = self.invoked(two[0])
                bare = self.invoked(self.bare)
                # The first of each is not measured: what the system reads from the disk, it has then.
                if number:
                    two[0].pairs.append((ours, bare))
                for other in two[1:]:
                    ours = self.invoked(other)
                    if number:
                        other.pairs.append((ours, bare))


def _pairs_of(started: Started, pairs: int) -> int:
    return pairs if started.name in BUDGETS else min(pairs, FEWER)


def rows(storage: Storage, folders: Sequence[str] | None = None, pairs: int = PAIRS) -> Iterator[Row | Skipped]:
    """Yields the median ratio for each function by the clock, with that of the CPU."""
    try:
        runtime()
        build()
        with ColdStarts(storage, folders or [first.folder for first in FIRST]) as cold_starts:
            cold_starts.measure(pairs)
            for each in cold_starts.started:
                yield from _rows_of(each)
    except NotBuilt as reason:
        yield Skipped("cold start of each function", str(reason))


def _rows_of(started: Started) -> Iterator[Row]:
    """Yields the ratio by the clock, and that of the CPU where there is a budget: fewer processors do not change it."""
    seconds = ratio([(ours.seconds, bare.seconds) for ours, bare in started.pairs])
    cpu = ratio([(ours.cpu_seconds, bare.cpu_seconds) for ours, bare in started.pairs])
    ours, bare = (_milliseconds([pair[side] for pair in started.pairs]) for side in (0, 1))
    detail = f"CPU {cpu:.2f} x; {ours:.0f} ms, bare {bare:.0f} ms; {len(started.pairs)} pairs"
    yield Row(started.name, seconds, "x", BUDGETS.get(started.name), "the bare handler", detail)
    if started.name in BUDGETS:
        yield Row(f"{started.name}, CPU", cpu, "x", None, "the bare handler", "of all its processes")


def _milliseconds(invocations: Sequence[Invocation]) -> Estimate:
    return median([1_000 * each.seconds for each in invocations])


def _compiled(folder: Path) -> Path:
    """Returns a copy with bytecode, as the build makes it: unchecked, because packing changes the files' times."""
    copy = shutil.copytree(folder, BUILT / folder.name, dirs_exist_ok=True)
    command = [str(runtime()), "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash", str(copy)]
    subprocess.run(command, check=True)  # noqa: S603 - the runtime's Python
    return copy


def import_rows(storage: Storage, folders: Sequence[str] = ("serve_summaries", "summarize_uploads")) -> Iterator[Row]:
    """Yields how long the imports of each function take, by ``-X importtime``, and which take longest."""
    try:
        runtime()
        build()
    except NotBuilt:
        return
    with ColdStarts(storage, folders) as cold_starts:
        theirs = _imports(cold_starts, cold_starts.bare)
        for each in cold_starts.started:
            ours = _imports(cold_starts, each)
            extra = Counter({module: time - theirs[module] for module, time in ours.items()}).most_common(SHOWN)
            detail = ", ".join(f"{module} {time / 1_000:.1f}" for module, time in extra)
            name = each.name.removeprefix("cold start of ")
            told = f"{ours.total() / 1_000:.0f} ms; more than there, in ms: {detail}"
            yield Row(f"imports of {name}", ours.total() / theirs.total(), "x", None, "the bare handler", told)


def _imports(cold_starts: ColdStarts, started: Started) -> Counter[str]:
    """Returns the least microseconds of three runs, by the first two parts of the module's name."""
    runs = [_imported(cold_starts, started) for _ in range(3)]
    return Counter({module: min(counted[module] for counted in runs) for module in runs[0]})


def _imported(cold_starts: ColdStarts, started: Started) -> Counter[str]:
    printed = cold_starts.invoked(started, ["-X", "importtime"]).printed
    times: Counter[str] = Counter()
    for microseconds, module in _IMPORT.findall(printed):
        times[".".join(module.decode().split(".")[:2])] += int(microseconds)
    return times


def main() -> int:
    """Measures one function, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=[first.folder for first in FIRST], help="this function alone")
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--explain", action="store_true", help="also say what each import costs")
    arguments = parser.parse_args()
    folders = [arguments.only] if arguments.only else [first.folder for first in FIRST]
    with emulated_storage() as storage:
        measured = list(rows(storage, folders, arguments.pairs))
        print(table([*measured, *(import_rows(storage, folders) if arguments.explain else ())]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
