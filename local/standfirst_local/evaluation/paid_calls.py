"""Calls of a model, each paid once: quoted first, several at once, within a ceiling, and kept in a results file.

The results file has a JSON line before each call, with what is reserved for it, and one with its answer. Whatever ends
the run, the next one asks only what has no answer there. A call of which only the first line is there was under way
when the run was killed: the ceiling counts it as spent, and it is made again.
"""

import fcntl
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, as_completed, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from standfirst.domain.errors import ModelUnusable, SettingsError, StandfirstError
from standfirst.domain.usage import Usage
from standfirst.wiring.settings import ModelSettings
from standfirst_local.terminal import Terminal, json_line, one_line

RecordUsage = Callable[[Usage], None]


@dataclass(frozen=True, slots=True)
class PaidCall:
    """One call of a model.

    ``key`` is a hash of everything that decides the answer, ``name`` is shown to people, ``tokens`` is an estimate of
    the input. ``ask`` returns the answer as JSON values; it raises ``StandfirstError``.
    """

    key: str
    name: str
    tokens: int
    likely_cost: Decimal | None
    ask: Callable[[RecordUsage], Any]


@dataclass(frozen=True, slots=True)
class Spending:
    """How calls are paid for: the results file, the ceiling in US dollars, and how many run at once.

    ``is_agreed`` begins without a question.
    """

    results: Path
    ceiling: Decimal | None
    at_once: int
    is_agreed: bool


class _Begun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    name: str
    reserved_usd: Decimal | None


class Answer(BaseModel):
    """What became of a call: ``error`` has a sentence for a person if there is no answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    name: str
    answer: Any
    error: str | None
    usage: Usage
    seconds: float


_LINE: TypeAdapter[_Begun | Answer] = TypeAdapter(_Begun | Answer)


class ResultsFile:
    """The answers in a file, by key, and what all its calls cost; locked while it is open."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        """Reads the file. Raises ``SettingsError`` if it holds something else."""
        self._path, self._file = path, file
        self.answers: dict[str, Answer] = {}
        self.spent = Decimal(0)
        self._reserved: dict[str, Decimal] = {}
        ends_well = True
        for number, line in enumerate(file, start=1):
            ends_well = line.endswith(b"\n")
            try:
                self._count(_LINE.validate_json(line))
            except ValidationError as error:
                # A line that was cut off by a kill is no JSON; its call is made again.
                if line[:1] not in {b"{", b"\n"} or any(each["type"] != "json_invalid" for each in error.errors()):
                    raise SettingsError(f"{path} is no results file of evaluate: line {number}.") from error
        if not ends_well:
            self._write(b"\n")
        # What an earlier run was killed over may have been paid.
        self.spent += sum(self._reserved.values())
        self._reserved.clear()

    @property
    def committed(self) -> Decimal:
        """Returns the US dollars spent, and reserved for the calls that run."""
        return self.spent + sum(self._reserved.values())

    def begin(self, call: PaidCall, reserved: Decimal | None) -> None:
        """Stores that ``call`` is about to be made. Raises ``SettingsError`` if the file cannot be written."""
        self._append(_Begun(key=call.key, name=call.name, reserved_usd=reserved))

    def end(self, answer: Answer) -> None:
        """Stores the answer of a call, or why there is none. Raises ``SettingsError`` as ``begin`` does."""
        self._append(answer)

    def _append(self, line: _Begun | Answer) -> None:
        self._write(json_line(line.model_dump(mode="json")).encode() + b"\n")
        self._count(line)

    def _write(self, content: bytes) -> None:
        try:
            self._file.write(content)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise SettingsError(f"{self._path} cannot be written: {error.strerror}.") from error

    def _count(self, line: _Begun | Answer) -> None:
        if isinstance(line, _Begun):
            # Begun before, and never answered: that run was killed, and the call may have been paid.
            self.spent += self._reserved.pop(line.key, Decimal(0))
            self._reserved[line.key] = line.reserved_usd or Decimal(0)
            return
        reserved = self._reserved.pop(line.key, Decimal(0))
        self.spent += reserved if line.usage.cost_usd is None else Decimal(line.usage.cost_usd)
        if line.error is None:
            self.answers[line.key] = line


@contextmanager
def open_results(path: Path) -> Iterator[ResultsFile]:
    """Yields the results in ``path``, which is made if it is not there.

    Raises ``SettingsError`` if it cannot be opened, holds something else, or another run writes to it.
    """
    try:
        file = path.open("a+b")
    except OSError as error:
        raise SettingsError(f"{path} cannot be opened: {error.strerror}.") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SettingsError(f"{path} is in use: another run of evaluate writes to it.") from error
        file.seek(0)
        yield ResultsFile(path, file)


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers by key, and whether every call has one."""

    answers: Mapping[str, Answer]
    is_complete: bool


def told_in(settings: ModelSettings) -> Mapping[str, Any]:
    """Returns what of a model's settings changes its answers, besides its name: for the key of a call."""
    return settings.model_dump(mode="json", include={"model_base_url", "model_reasoning_effort", "model_input_tokens"})


def ask_all(calls: Iterable[PaidCall], model: str, spending: Spending) -> Asked:
    """Returns the answers of ``calls``: those in the results file, and those of ``model`` to the others.

    Tells on standard error what it will cost, and asks whether to begin. Raises ``SettingsError`` if nobody can be
    asked, or the ceiling cannot be kept for want of a price, and ``ModelUnusable`` for a fault that every call meets;
    the answers before it are in the file.
    """
    once = {call.key: call for call in calls}
    with open_results(spending.results) as results:
        left = [call for call in once.values() if call.key not in results.answers]
        if left and _agreed(left, len(once), model, results, spending):
            _Run(results, spending.ceiling, spending.at_once).ask(left)
        answers = {key: results.answers[key] for key in once if key in results.answers}
    return Asked(answers, is_complete=len(answers) == len(once))


def say(text: str) -> None:
    """Prints one line on standard error."""
    # A progress bar of Rich's takes such lines over, and would read escape sequences in them as styles and links.
    print(one_line(f"standfirst: {text}"), file=sys.stderr)


def _agreed(left: Sequence[PaidCall], of: int, model: str, results: ResultsFile, spending: Spending) -> bool:
    """Tells what ``left`` costs. Returns whether to begin."""
    costs = [call.likely_cost for call in left if call.likely_cost is not None]
    is_priced, ceiling = len(costs) == len(left), spending.ceiling
    price = f"about {dollars(sum(costs, Decimal(0)))} USD at the price list" if is_priced else "at an unknown price"
    say(
        f"{len(left):,} of {of:,} calls of {model} to make, with about {sum(call.tokens for call in left):,} tokens of "
        f"articles and texts beside the instructions, {price}. {spending.results} has {of - len(left):,} answers; "
        f"{dollars(results.spent)} USD are spent."
    )
    if ceiling is not None:
        if not is_priced:
            raise SettingsError(f"--budget-usd cannot be kept: {model} has no known price. Name it in MODEL_PRICES.")
        is_enough = results.spent + sum(costs) <= ceiling
        say(f"The ceiling is {ceiling} USD{'' if is_enough else ', which is unlikely to be enough for all'}.")
    if spending.is_agreed:
        return True
    if not sys.stdin.isatty():
        raise SettingsError("evaluate asks before it pays, and nobody can answer here: --yes begins without asking.")
    print("Begin? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


_Outcome = tuple[Answer, ModelUnusable | None]
"""What became of a call, and the fault that every other would meet."""


@dataclass(slots=True)
class _Run:
    """Makes calls in threads; everything else, the file and the money, stays in one."""

    results: ResultsFile
    ceiling: Decimal | None
    at_once: int
    _dearest: Decimal = Decimal(0)
    _running: set[Future[_Outcome]] = field(default_factory=set)

    def ask(self, calls: Sequence[PaidCall]) -> None:
        """Makes each call for which there is money. Raises ``ModelUnusable`` for a fault that every call meets."""
        waiting = list(reversed(calls))
        errors = Terminal(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        # Standard output is left alone: beside a bar, Rich would print the report on the terminal instead of to a file.
        bar = Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal, redirect_stdout=False)
        with bar, ThreadPoolExecutor(self.at_once) as pool:
            task = bar.add_task("Answers", total=len(calls))
            try:
                while self._fill(pool, waiting):
                    done, _ = wait(self._running, return_when=FIRST_COMPLETED)
                    for future in done:
                        self._keep(future)
                        bar.advance(task)
                        if fault := future.result()[1]:
                            raise fault
            finally:
                # They are paid for, whatever ended the run.
                for future in as_completed(list(self._running)):
                    self._keep(future)
        if waiting:
            say(f"The ceiling is reached: {len(waiting):,} of {len(calls):,} calls are not made.")

    def _fill(self, pool: ThreadPoolExecutor, waiting: list[PaidCall]) -> bool:
        """Begins calls while there is room and money. Returns whether any runs."""
        while waiting and len(self._running) < self.at_once:
            likely = waiting[-1].likely_cost
            reserved = None if likely is None else max(likely, self._dearest)
            if self.ceiling is not None and self.results.committed + (reserved or 0) > self.ceiling:
                break
            call = waiting.pop()
            self.results.begin(call, reserved)
            self._running.add(pool.submit(_made, call))
        return bool(self._running)

    def _keep(self, future: Future[_Outcome]) -> None:
        self._running.remove(future)
        answer, fault = future.result()
        self.results.end(answer)
        self._dearest = max(self._dearest, Decimal(answer.usage.cost_usd or 0))
        if answer.error is not None and fault is None:
            say(f"{answer.name}: {answer.error}")


def _made(call: PaidCall) -> _Outcome:
    usage, begun = Usage(), time.perf_counter()

    def record_usage(more: Usage) -> None:
        nonlocal usage
        usage += more

    said, trouble = None, None
    try:
        said = call.ask(record_usage)
    except StandfirstError as error:
        trouble = error
    answer = Answer(
        key=call.key,
        name=call.name,
        answer=said,
        error=None if trouble is None else str(trouble),
        usage=usage,
        seconds=round(time.perf_counter() - begun, 3),
    )
    return answer, trouble if isinstance(trouble, ModelUnusable) else None


def dollars(amount: Decimal) -> str:
    """Returns an amount of US dollars with as many places as tell something."""
    return f"{amount:.2f}" if amount >= 1 or not amount else f"{amount:.4f}"
