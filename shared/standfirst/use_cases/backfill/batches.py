"""Fills files of requests within the budget, submits them, and collects what a batch answered.

Every step may be cut off and repeated. What belongs to a batch is claimed for the run before it is submitted, so that
nobody else pays for it meanwhile; what was not answered is released.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, NamedTuple

from standfirst.domain.backfill_run import Action, Batch, Run
from standfirst.domain.errors import BudgetSpent
from standfirst.domain.ports import BatchModel, Budget, Clock, GenerationCache, Reservation, RunFiles
from standfirst.use_cases.backfill.prepare import Prepared, decided_file, requests_file

MOST_REQUESTS, MOST_BYTES = 50_000, 190_000_000
"""Of one file; OpenAI takes 50,000 requests and 200 MB (guide to the Batch API)."""

CLAIMED = timedelta(hours=26)
"""How long a text is claimed: a batch is over after 24 hours, and is collected soon after that."""

RESERVED = Decimal("1.25")
"""What is reserved for a batch, as a multiple of its likely cost: of its drafts, some are revised or read."""

NOT_ASKED = frozenset({"batch_expired", "batch_cancelled"})
"""Codes of requests that the provider did not come to (OpenAI API reference, the error file of a batch)."""

AtOnce = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""``map``, or one that makes several calls at once."""


@dataclass(slots=True)
class _File:
    """A file of requests that is being filled, what is reserved for it, and the documents that need no request."""

    stream: IO[bytes]
    requests: list[Prepared] = field(default_factory=list)
    free: list[str] = field(default_factory=list)
    usd: Decimal = Decimal(0)
    day: date | None = None
    size: int = 0

    def has_room(self, asked: "_Asked") -> bool:
        """Returns whether ``asked`` fits in; into an empty file it does."""
        size = self.size + sum(len(line) for _, line in asked)
        return not self.requests or (len(self.requests) + len(asked) <= MOST_REQUESTS and size <= MOST_BYTES)

    def add(self, prepared: Prepared, line: bytes) -> None:
        """Adds a request."""
        self.stream.write(line)
        self.size += len(line)
        self.requests.append(prepared)


_Asked = list[tuple[Prepared, bytes]]
"""Requests, and the lines that ask."""


class Filled(NamedTuple):
    """A run with one more batch that is to be submitted; ``is_spent`` says that the budget allowed no more."""

    run: Run
    is_spent: bool


@dataclass(frozen=True, slots=True)
class RunBatches:
    """The batches of a run. Without ``budget`` there is no limit; ``usd_a_day`` is the whole of it."""

    model: BatchModel
    cache: GenerationCache
    budget: Budget | None
    usd_a_day: Decimal | None
    files: RunFiles
    clock: Clock
    at_once: AtOnce = map

    def fill(self, run: Run) -> Filled:
        """Fills a file with the requests of the next parts, reserves their cost, and claims their texts.

        If it is cut off, a second call does it again; only what was reserved by then stays counted for the day.
        """
        folder, round_ = run.folder, run.current
        open_keys = set(read_keys(self.files, open_file(folder)))
        seen = {each.generation for part in range(round_.next_part) for each in self._asked_in(folder, part)}
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory, "requests.jsonl")
            with path.open("wb") as stream:
                file, next_part, is_spent = _File(stream), round_.next_part, False
                while next_part < round_.parts:
                    # The same text under two keys is asked for once.
                    asked = {
                        each.generation: (each, line)
                        for each, line in self._requests_in(folder, next_part)
                        if each.key in open_keys and each.generation not in seen
                    }
                    if not file.has_room([*asked.values()]):
                        break
                    if is_spent := not self._add(file, run, [*asked.values()]):
                        break
                    seen |= asked.keys()
                    next_part += 1
            write_keys(self.files, free_file(folder, round_.files), file.free)
            run = self._with_file(run, file, path)
        return Filled(run.at(run.stage, next_part=next_part, files=round_.files + 1), is_spent)

    def _add(self, file: _File, run: Run, asked: _Asked) -> bool:
        """Adds the requests of a part; returns whether the budget allows that."""
        usd = sum((Decimal(each.usd or 0) for each, _ in asked), Decimal(0)) * RESERVED
        if self.usd_a_day is not None and usd > self.usd_a_day:
            file.free += [each.key for each, _ in asked]
            return True
        if not asked:
            return True
        reservation = self._reserve(usd, file.day)
        if reservation is None:
            return False
        file.day, file.usd = reservation.day, file.usd + usd
        for (each, line), is_ours in self._claimed(run, asked):
            if is_ours:
                file.add(each, line)
            else:
                # It was written about meanwhile, or is being: that costs nothing, or no second time.
                file.free.append(each.key)
        return True

    def _with_file(self, run: Run, file: _File, path: Path) -> Run:
        """Stores ``file`` for its submission; returns the run with a batch for it, if it has requests."""
        if file.day is None:
            return run
        if not file.requests:
            self._settle(Reservation(file.day, file.usd), Decimal(0))
            return run
        name = f"{run.folder}batch-{run.current.files:03d}"
        self.files.put(f"texts/{name}", path)
        self.files.write(f"lists/{name}", (each.to_line() for each in file.requests))
        batch = Batch(name=name, requests=len(file.requests), day=file.day, usd=f"{file.usd:f}")
        return run.with_batch(batch).with_(counts=run.counts.plus(requests=batch.requests))

    def submit(self, run: Run, batch: Batch) -> Run:
        """Submits ``batch``, or finds it again; returns the run with its id. Raises as ``BatchModel.submit``."""
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory, "requests.jsonl")
            self.files.get(f"texts/{batch.name}", path)
            batch_id = self.model.submit(path, {"standfirst_batch": batch.name})
        return run.with_batch(batch.model_copy(update={"batch_id": batch_id}))

    def collect(self, run: Run, batch: Batch, save: Callable[[Run], None]) -> Run:
        """Stores the answers of ``batch``, which is over, counts its cost, and deletes its files; returns the run.

        ``save`` stores the run, so that after a cut-off the cost is not counted twice.
        """
        if not batch.is_settled:
            run, cost = self._stored(run, batch)
            batch = batch.model_copy(update={"is_settled": True})
            run = run.with_batch(batch)
            save(run)
            self._settle(Reservation(batch.day, Decimal(batch.usd)), cost)
        self.model.discard(batch.batch_id or "")
        self.files.delete(f"texts/{batch.name}")
        return run.without_batch(batch.name)

    def _stored(self, run: Run, batch: Batch) -> tuple[Run, Decimal]:
        """Stores the answers, and releases what has none; returns the run with them counted, and what they cost."""
        asked = {
            each.generation or "": each for each in map(Prepared.from_line, self.files.read(f"lists/{batch.name}"))
        }
        reserved = Decimal(batch.usd) / RESERVED / max(1, len(asked))
        answered: set[str] = set()
        refused: list[str] = []
        cost = Decimal(0)

        def store(generation: str, body: str) -> None:
            # If it was erased meanwhile, the answer goes the same way.
            self.cache.store_answer(generation, asked[generation].content or "", body)

        def bodies() -> Iterator[tuple[str, str]]:
            nonlocal cost
            for answer in self.model.answers(batch.batch_id or ""):
                cost += reserved if answer.usage.cost_usd is None else Decimal(answer.usage.cost_usd)
                if answer.custom_id not in asked:
                    continue
                if answer.body is not None:
                    answered.add(answer.custom_id)
                    yield answer.custom_id, answer.body
                elif answer.error not in NOT_ASKED:
                    refused.append(asked[answer.custom_id].key)

        for _ in self.at_once(lambda answer: store(*answer), bodies()):
            pass
        for _ in self.at_once(lambda each: self.cache.release(each, run.run_id), asked.keys() - answered):
            pass
        write_keys(self.files, answered_file(batch.name), [asked[each].key for each in asked if each in answered])
        write_keys(self.files, refused_file(batch.name), refused)
        return run.with_(counts=run.counts.with_answers(len(answered), cost)), cost

    def _claimed(self, run: Run, requests: _Asked) -> Iterable[tuple[tuple[Prepared, bytes], bool]]:
        until = self.clock.now() + CLAIMED

        def claim(request: tuple[Prepared, bytes]) -> bool:
            return self.cache.claim(request[0].generation or "", request[0].content or "", run.run_id, until)

        return zip(requests, self.at_once(claim, requests), strict=True)

    def _reserve(self, usd: Decimal, day: date | None) -> Reservation | None:
        """Reserves ``usd``, of the budget of ``day`` if there is one; returns ``None`` if that is spent or over."""
        if self.budget is None:
            return Reservation(day or self.clock.now().date(), usd)
        with suppress(BudgetSpent):
            reservation = self.budget.reserve(usd)
            if day in {None, reservation.day}:
                return reservation
            self._settle(reservation, Decimal(0))
        return None

    def _settle(self, reservation: Reservation, usd: Decimal) -> None:
        if self.budget is not None:
            self.budget.settle(reservation, usd)

    def _asked_in(self, folder: str, part: int) -> Iterator[Prepared]:
        for line in self.files.read(decided_file(folder, part)):
            if (prepared := Prepared.from_line(line)).action is Action.REQUEST:
                yield prepared

    def _requests_in(self, folder: str, part: int) -> Iterator[tuple[Prepared, bytes]]:
        """Yields the requests of a part, and the lines that ask; these may be gone after some days."""
        lines = {str(json.loads(line)["custom_id"]): line for line in self.files.read(requests_file(folder, part))}
        for prepared in self._asked_in(folder, part):
            if line := lines.get(prepared.generation or ""):
                yield prepared, f"{line}\n".encode()


def write_keys(files: RunFiles, name: str, keys: Iterable[str]) -> None:
    """Stores a list of keys, each as JSON: a key may hold any character."""
    files.write(name, map(json.dumps, keys))


def read_keys(files: RunFiles, name: str) -> Iterator[str]:
    """Yields the keys of such a list, none if it is not there."""
    yield from map(json.loads, files.read(name))


def open_file(folder: str) -> str:
    """Returns the name of the file with the documents that are to be written about."""
    return f"lists/{folder}open"


def free_file(folder: str, file: int) -> str:
    """Returns the name of the file with the documents that need no request after all, or may have none."""
    return f"lists/{folder}free-{file:03d}"


def answered_file(batch: str) -> str:
    """Returns the name of the file with the documents that a batch answered."""
    return f"lists/{batch}-answered"


def refused_file(batch: str) -> str:
    """Returns the name of the file with the documents whose request was wrong in itself: they are tried live."""
    return f"lists/{batch}-refused"
