"""How long batches wait with a model that takes a second: ten articles shall cost one article's waiting.

The environments are processes, as Lambda's are, on the processors of this machine; moto is one more process, with one
interpreter for all that they ask of AWS, and the model another.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from articles import batch_of, put
from corpus import KILOBYTE, articles
from emulator import Storage
from environments import Environment, environments
from figures import Curve
from local_model import local_model
from measurement import Row, median, ratio
from processes import cpu_seconds

from standfirst.domain.article import Upload

MODEL_SECONDS = 1.0
FULL = 10
SIZES, ROUNDS = (1, 2, 5, 10), 5
PARALLEL, PARALLEL_ROUNDS = (1, 5, 10), 2

_USUAL = 5 * KILOBYTE


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds until the last answer; seconds of CPU of the environments, and of the emulated AWS."""

    seconds: float
    worked: float
    emulated: float


class Batches:
    """Batches of new articles for environments of the worker."""

    def __init__(self, storage: Storage) -> None:
        """Nothing has been uploaded yet."""
        self._storage = storage
        self._numbers = count()
        self._texts = ["\n\n".join(each) for each in articles(_USUAL)]

    def wait(self, workers: Sequence[Environment], size: int) -> Wait:
        """Returns how long so many articles for each of the environments take, all at once."""
        events = [batch_of([self._new_upload() for _ in range(size)]) for _ in workers]
        emulated = cpu_seconds(self._storage.pid)
        start = time.perf_counter()
        for worker, event in zip(workers, events, strict=True):
            worker.begin(event)
        worked = sum(worker.end().cpu_seconds for worker in workers)
        return Wait(time.perf_counter() - start, worked, cpu_seconds(self._storage.pid) - emulated)

    def _new_upload(self) -> Upload:
        number = next(self._numbers)
        # Once every text has been used, it is told as that of another day.
        told = self._texts[number % len(self._texts)].replace(".\n\n", f", on day {number}.\n\n")
        return put(self._storage.bucket, f"batch/{number}.txt", told.encode())


def rows(storage: Storage) -> Iterator[Row | Curve]:
    """Yields the wait for ten, and for ten in each of ten environments, to that for one; and both as they grow."""
    batches = Batches(storage)
    with _workers(storage, FULL) as workers:
        batches.wait(workers, 2)
        by_size = [[batches.wait(workers[:1], size) for size in SIZES] for _ in range(ROUNDS)]
        yield _row("batch of 10", [(each[-1], each[0]) for each in by_size], 1.15)
        parallel = [
            [batches.wait(workers[:1], 1), *(batches.wait(workers[:many], FULL) for many in PARALLEL)]
            for _ in range(PARALLEL_ROUNDS)
        ]
        yield _row("batch of 10 in each of 10 environments", [(each[-1], each[0]) for each in parallel], None)
    yield Curve("batch", "one environment", _points(SIZES, by_size))
    yield Curve("concurrency", "10 articles each", _points(PARALLEL, [each[1:] for each in parallel]))


def short_rows(storage: Storage) -> Iterator[Row]:
    """Yields the wait for ten to that for one."""
    batches = Batches(storage)
    with _workers(storage, 1) as workers:
        batches.wait(workers, 2)
        pairs = [(batches.wait(workers, FULL), batches.wait(workers, 1)) for _ in range(2)]
    yield _row("batch of 10", pairs, 1.15)


@contextmanager
def _workers(storage: Storage, many: int) -> Iterator[Sequence[Environment]]:
    with local_model(MODEL_SECONDS) as asked:
        variables = {**storage.environments["SummarizeUploads"], **asked}
        with environments("summarize_uploads", variables, many) as workers:
            yield workers


def _row(name: str, pairs: Sequence[tuple[Wait, Wait]], budget: float | None) -> Row:
    seconds = [(batch.seconds, single.seconds) for batch, single in pairs]
    batch, single = (median([pair[side] for pair in seconds]) for side in (0, 1))
    worked, emulated = (
        median([getattr(each, part) / each.seconds for each, _ in pairs]).value for part in ("worked", "emulated")
    )
    detail = (
        f"{batch:.2f} s, one {single:.2f} s, the model takes {MODEL_SECONDS:g}; of the wait, CPU of the functions "
        f"{worked:.0%}, of the emulated AWS {emulated:.0%}, on {os.cpu_count()} processors"
    )
    return Row(f"{name}, model takes 1 s", ratio(seconds), "x", budget, "a batch of one", detail)


def _points(across: Sequence[int], rounds: Sequence[Sequence[Wait]]) -> Sequence[tuple[float, float]]:
    waits = zip(*rounds, strict=True)
    return [(x, median([wait.seconds for wait in each]).value) for x, each in zip(across, waits, strict=True)]
